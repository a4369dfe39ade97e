"""What people read: figures, a one-page report and a table for the terminal.

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.table import Table

    from ipsim.report.drawings.source import Source
    from ipsim.study import Result

__all__ = ["figures", "prepare", "terminal_table", "what_ranges_hold", "write_figures", "write_report"]


def prepare(result: Any, lang: str = "en") -> Source:
    """Make a result ready for several of the functions below, which take it in its place.

    Parameters
    ----------
    result
        A result of one run or of an ensemble.
    lang
        ``en`` or ``zh``.
    """
    from ipsim.report.drawings.source import prepare as make

    return make(result, lang)


def figures(result: Any, lang: str = "en") -> dict[str, Figure]:
    """Draw all figures of a result, by name."""
    from ipsim.report.drawings import draw_all

    return draw_all(prepare(result, lang))


def write_figures(result: Any, folder: str | Path, lang: str = "en") -> list[Path]:
    """Write every figure as SVG and PNG into ``folder``; return the files."""
    from ipsim.report.drawings import write

    return write(prepare(result, lang), Path(folder))


def write_report(result: Any, folder: str | Path, lang: str = "en") -> Path:
    """Write ``report.html``, one page that needs no network, into ``folder``.

    Figures that `write_figures` drew for the same result and language are used again.
    """
    from ipsim.report.page import write

    return write(prepare(result, lang), Path(folder))


def what_ranges_hold(results: Iterable[Result], lang: str = "en") -> str:
    """Return in words what the ranges of results hold: luck alone, or doubt about parameters as well."""
    from ipsim.report.draws import what_ranges_hold as say

    return say(results, lang)


def terminal_table(result: Any, lang: str = "en") -> Table:
    """Return a short table of the main indicators with units, for the terminal."""
    from ipsim.report.terminal import table

    return table(result, lang)
