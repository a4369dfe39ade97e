"""Gaps in the text of a lesson, which the page fills from the answer: no figure in a lesson can go stale."""

from __future__ import annotations

import html
import re
from typing import Final, NamedTuple

from ipsim.app.lessons.outcomes import OUTCOMES, indicator_of
from ipsim.scenario.errors import nearest
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR
from ipsim.study.comparison.headline import NUMBERS

GAP: Final = re.compile(r"\[\[([^\[\]\n]*)\]\]")
KINDS: Final = ("base", "level", "difference", "interval", "direction")
_FORM = "[[KIND OUTCOME YEAR]] or [[KIND OUTCOME YEAR ALTERNATIVE]], without YEAR for a headline number"


class Gap(NamedTuple):
    """What a gap asks for; empty where not given.

    Attributes
    ----------
    kind
        One of `KINDS`: value of the baseline or the alternative, difference, interval, direction in words.
    outcome
        An indicator, or a headline number, which has no year.
    year, alternative
        As digits.
    """

    kind: str
    outcome: str
    year: str
    alternative: str

    @property
    def html(self) -> str:
        """The element that the page fills."""
        data = self._asdict() | {"indicator": indicator_of(self.outcome)}
        told = "".join(f' data-{name}="{html.escape(value)}"' for name, value in data.items() if value)
        return f'<span class="lesson-gap"{told}>–</span>'

    def fault(self, alternatives: int) -> str:
        """Return what is wrong with it in a lesson with so many alternatives; empty if nothing."""
        if self.kind not in KINDS:
            return f"expected {_FORM}; KIND is one of {', '.join(KINDS)}{nearest(self.kind, KINDS)}"
        if self.outcome not in OUTCOMES:
            listed = "`ipsim list indicators` has them"
            return f"unknown outcome {self.outcome!r}; {listed}{nearest(self.outcome, OUTCOMES)}"
        if (self.outcome in NUMBERS) == bool(self.year):
            return f"expected {_FORM}"
        if self.year and not (self.year.isdigit() and START_YEAR <= int(self.year) <= LAST_YEAR):
            return f"expected a year from {START_YEAR} to {LAST_YEAR}, got {self.year!r}"
        if not (self.alternative.isdigit() and 1 <= int(self.alternative) <= alternatives):
            return f"expected an alternative from 1 to {alternatives}, got {self.alternative!r}"
        return ""


def gap_of(text: str) -> Gap:
    """Return the gap between two pairs of brackets."""
    kind, outcome, *rest = [*text.split(), "", ""]
    rest = [word for word in rest if word]
    year = rest.pop(0) if rest and len(rest[0]) == 4 else ""
    return Gap(kind, outcome, year, " ".join(rest) or "1")
