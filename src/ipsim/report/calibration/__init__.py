"""What people read of a calibration: tables for the terminal, figures, a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study.calibration.keeping import Assessment

__all__ = ["calibration_sentences", "calibration_tables", "write_calibration"]


def write_calibration(assessed: Assessment, folder: Path, lang: str = "en") -> Path:
    """Write ``report.html`` and ``figures/`` as SVG and PNG into ``folder``; return the page."""
    from ipsim.report.calibration.page import write

    return write(assessed, folder, lang)


def calibration_tables(assessed: Assessment, lang: str = "en") -> list[Table]:
    """Return fit, parameters and conflicts, for the terminal."""
    from ipsim.report.calibration.terminal import tables

    return tables(assessed, lang)


def calibration_sentences(assessed: Assessment, lang: str = "en") -> list[str]:
    """Return what the calibration came to and what was missing, in a few sentences."""
    from ipsim.report.calibration.sentences import sentences

    return sentences(assessed, lang)
