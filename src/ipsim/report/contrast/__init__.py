"""What people read of a comparison: a table for the terminal, a figure, a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study import Comparison

__all__ = ["contrast_table", "write_contrast"]


def write_contrast(comparison: Comparison, folder: Path, lang: str = "en") -> Path:
    """Write ``report.html`` and ``figures/effects`` as SVG and PNG into ``folder``; return the page."""
    from ipsim.report.contrast.page import write

    return write(comparison, folder, lang)


def contrast_table(comparison: Comparison, lang: str = "en") -> Table:
    """Return the effects on the main indicators in the last year, for the terminal."""
    from ipsim.report.contrast.terminal import table

    return table(comparison, lang)
