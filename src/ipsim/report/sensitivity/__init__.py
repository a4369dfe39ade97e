"""What people read of a sensitivity analysis: a table for the terminal, figures, a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study.sensitivity import Sensitivity

__all__ = ["sensitivity_tables", "write_sensitivity"]


def write_sensitivity(sensitivity: Sensitivity, folder: Path, lang: str = "en") -> Path:
    """Write ``report.html`` and ``figures/sensitivity-*`` as SVG and PNG into ``folder``; return the page."""
    from ipsim.report.sensitivity.page import write

    return write(sensitivity, folder, lang)


def sensitivity_tables(sensitivity: Sensitivity, lang: str = "en") -> list[Table]:
    """Return the leading factors of each outcome, for the terminal."""
    from ipsim.report.sensitivity.terminal import tables

    return tables(sensitivity, lang)
