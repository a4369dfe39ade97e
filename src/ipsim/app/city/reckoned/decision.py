"""One decision as it is told: in sentences, and the options in a small table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ipsim.app.city.names import both
from ipsim.scenario.words import Words


@dataclass
class Decision:
    """What an agent reckoned and did.

    Attributes
    ----------
    about
        What it is about; its title is the phrase ``why_title_ABOUT``.
    sentences
        What was reckoned, and what was done.
    head, rows
        The options: a line each, a cell a column.
    chosen
        The line that was chosen, -1 for none.
    facts
        Numbers behind the sentences, for tests and other programs.
    """

    about: str
    sentences: list[Words]
    head: list[Words] = field(default_factory=list)
    rows: list[list[Words]] = field(default_factory=list)
    chosen: int = -1
    facts: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return the decision ready for JSON."""
        rows = [
            {"cells": [cell._asdict() for cell in row], "chosen": n == self.chosen}
            for n, row in enumerate(self.rows)
        ]
        head = [cell._asdict() for cell in self.head]
        return {
            "about": self.about,
            "title": both(f"why_title_{self.about}")._asdict(),
            "sentences": [one._asdict() for one in self.sentences],
            "table": {"head": head, "rows": rows} if rows else None,
            "facts": self.facts,
        }


def heads(*keys: str) -> list[Words]:
    """Return the heads of columns: phrases ``why_head_KEY``."""
    return [both(f"why_head_{key}") for key in keys]
