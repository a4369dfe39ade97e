"""What people read of a comparison: a table for the terminal, a figure, a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study import Comparison
    from ipsim.study.comparison.turning import Turning

__all__ = ["contrast_table", "headline_table", "sentences", "write_contrast"]


def write_contrast(
    comparison: Comparison, folder: Path, lang: str = "en", turning: Turning | None = None
) -> Path:
    """Write ``report.html`` and its figures as SVG and PNG into ``folder``; return the page.

    Parameters
    ----------
    comparison
        What was compared.
    folder
        Where to.
    lang
        ``en`` or ``zh``.
    turning
        What `Comparison.turning` found; without it the report says how to find it.
    """
    from ipsim.report.contrast.page import write

    return write(comparison, folder, lang, turning)


def contrast_table(comparison: Comparison, lang: str = "en") -> Table:
    """Return the effects on the main indicators in the last year, for the terminal."""
    from ipsim.report.contrast.terminal import table

    return table(comparison, lang)


def headline_table(comparison: Comparison, lang: str = "en") -> Table:
    """Return the headline numbers of base and alternatives, for the terminal."""
    from ipsim.report.contrast.terminal import headline

    return headline(comparison, lang)


def sentences(comparison: Comparison, lang: str = "en", turning: Turning | None = None) -> list[str]:
    """Return the comparison in short: a line for each alternative, and what would turn it over."""
    from ipsim.report.contrast.brief import in_short

    return in_short(comparison, lang, turning)
