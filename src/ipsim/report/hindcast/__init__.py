"""What people read of a hindcast: a table for the terminal, a figure, a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study.hindcast import Scores

__all__ = ["hindcast_sentences", "hindcast_table", "write_hindcast"]


def write_hindcast(scores: Scores, folder: Path, lang: str = "en") -> Path:
    """Write ``report.html`` and ``figures/hindcast`` as SVG and PNG into ``folder``; return the page."""
    from ipsim.report.hindcast.page import write

    return write(scores, folder, lang)


def hindcast_table(scores: Scores, lang: str = "en") -> Table:
    """Return a row for each figure, for the terminal."""
    from ipsim.report.hindcast.terminal import table

    return table(scores, lang)


def hindcast_sentences(scores: Scores, lang: str = "en") -> list[str]:
    """Return what the hindcast says, in a few sentences."""
    from ipsim.report.hindcast.sentences import sentences

    return sentences(scores, lang)
