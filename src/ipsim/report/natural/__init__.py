"""What people read of natural experiments: a table for the terminal and a picture of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study.natural import Finding

__all__ = ["counts", "natural_table", "write_pictures"]


def natural_table(findings: Sequence[Finding], lang: str = "en") -> Table:
    """Return a row for each experiment, for the terminal."""
    from ipsim.report.natural.terminal import table

    return table(findings, lang)


def counts(findings: Sequence[Finding], lang: str = "en") -> str:
    """Return how many agree with what was published, in a line."""
    from ipsim.report.natural.terminal import counted

    return counted(findings, lang)


def write_pictures(finding: Finding, folder: Path, lang: str = "en") -> None:
    """Write ``effect.svg`` and ``effect.png`` into ``folder``."""
    from ipsim.report.natural.picture import write

    write(finding, folder, lang)
