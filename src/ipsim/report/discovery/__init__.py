"""What people read of a discovery of scenarios: a table for the terminal, figures, a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ipsim.study.sensitivity.discovery import Discovery

__all__ = ["discovery_table", "write_discovery"]


def write_discovery(discovery: Discovery, folder: Path, lang: str = "en") -> Path:
    """Write ``discovery.html`` and ``figures/discovery-*`` into ``folder``; return the page."""
    from ipsim.report.discovery.page import write

    return write(discovery, folder, lang)


def discovery_table(discovery: Discovery, lang: str = "en") -> Table:
    """Return the boxes with the factors they restrict, for the terminal."""
    from ipsim.report.discovery.terminal import table

    return table(discovery, lang)
