"""What people read of a search: a table for the terminal, figures, a page, and the words of its scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study.search import SearchResult, SearchSettings, Stage

__all__ = ["frontier_table", "nothing_found", "stage_words", "write_frontier"]


def write_frontier(result: SearchResult, folder: Path, lang: str = "en") -> Path:
    """Write ``report.html`` and ``figures/`` as SVG and PNG into ``folder``; return the page."""
    from ipsim.report.frontier.page import write

    return write(result, folder, lang)


def frontier_table(result: SearchResult, lang: str = "en") -> Table:
    """Return the policies of the frontier, for the terminal."""
    from ipsim.report.frontier.terminal import table

    return table(result, lang)


def stage_words(stage: Stage, settings: SearchSettings, lang: str = "en") -> str:
    """Return what a stage of a search found, in a line."""
    from ipsim.report.frontier.progress import words

    return words(stage, settings, lang)


def nothing_found(result: SearchResult, lang: str = "en") -> str:
    """Return that no policy keeps to the budget, and what the cheapest costs."""
    from ipsim.report.frontier.sentences import nothing

    return nothing(result, lang)
