"""What people read of an explanation: sentences, a picture, a table for the terminal, a page.

All take accounts as they are, so that a page and a screen of another program say the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.table import Table

    from ipsim.study.explain import Account, Explanation

__all__ = ["explanation_figure", "explanation_table", "headline", "sentences", "write_explanation"]


def sentences(account: Account, lang: str = "en") -> list[str]:
    """Return what an account says, in a few sentences: effect, levers, pathways, what is joint."""
    from ipsim.report.explanation.saying import sentences as said

    return said(account, lang)


def explanation_figure(account: Account, lang: str = "en", titles: tuple[str, str] = ("", "")) -> Figure:
    """Draw an account: from base to alternative by lever, beside what each mechanism carries.

    ``titles`` are those of base and alternative.
    """
    from ipsim.report import style
    from ipsim.report.explanation.picture import draw

    with style.styled():
        return draw(account, lang, titles)


def write_explanation(explanation: Explanation, folder: Path, lang: str = "en") -> Path:
    """Write ``report.html`` and ``figures/explanation`` as SVG and PNG into ``folder``; return the page."""
    from ipsim.report.explanation.page import write

    return write(explanation, folder, lang)


def explanation_table(account: Account, lang: str = "en") -> Table:
    """Return the parts of one effect, for the terminal."""
    from ipsim.report.explanation.terminal import table

    return table(account, lang)


def headline(explanation: Explanation) -> Account:
    """Return the account that is drawn: the first whose effect is sure, or the first."""
    return next((one for one in explanation.accounts if one.is_sure), explanation.accounts[0])
