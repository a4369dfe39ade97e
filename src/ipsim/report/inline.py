"""SVG pictures made fit to stand inside a page, in its light and its dark colours."""

from __future__ import annotations

import re
from html import escape

from ipsim.report import style

COLOURS: dict[str, tuple[str, str]] = {
    style.INK: ("ink", "#e8ebee"),
    style.MUTED: ("muted", "#a4afba"),
    style.GRID: ("grid", "#343c45"),
    style.PAPER: ("paper", "#171b20"),
    style.BLUE: ("blue", "#58aee6"),
    style.ORANGE: ("orange", "#f0ac2e"),
    style.GREEN: ("green", "#3cc49f"),
    style.RED: ("red", "#f28a4b"),
    style.PURPLE: ("purple", "#d990c4"),
    style.SKY: ("sky", "#8cc9f0"),
    style.BROWN: ("brown", "#b5a18a"),
}
"""Colours of the figures: name on the page, and value on a dark page."""

_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
_ID = re.compile(r'(\bid="|href="#|url\(#)')
_COLOUR = re.compile("|".join(re.escape(colour) for colour in COLOURS))


def inlined(svg: str, name: str, alt: str) -> str:
    """Return ``svg`` as an element of a page.

    Parameters
    ----------
    svg
        A whole SVG document.
    name
        Put before every id, so that pictures on one page do not mix.
    alt
        What the picture shows, for those who do not see it.
    """
    text = _METADATA.sub("", _COMMENT.sub("", _HEAD.sub("", svg, count=1)))
    opening, rest = text.split(">", 1)
    opening = re.sub(r'\s(?:width|height|version|xmlns(?::xlink)?)="[^"]*"', "", opening)
    opening += f' role="img" aria-label="{escape(alt)}"'
    rest = _ID.sub(rf"\g<1>{name}-", rest).replace("xlink:href", "href")
    return _COLOUR.sub(lambda found: f"var(--{COLOURS[found[0]][0]})", f"{opening}>{rest}")


def variables(*, dark: bool) -> str:
    """Return the declarations of the colours for one of the two looks."""
    pairs = ((name, night if dark else day) for day, (name, night) in COLOURS.items())
    return " ".join(f"--{name}: {value};" for name, value in pairs)
