"""Colours of the page."""

from __future__ import annotations

import re
from importlib.resources import files

THEME = files("ipsim.app").joinpath("static/css/theme.css")


def _block(css: str, selector: str) -> list[str]:
    """The declarations of the first rule of a selector."""
    found = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", css)
    assert found, selector
    return [line.strip() for line in found[1].strip().splitlines()]


def test_dark_is_the_same_by_switch_and_by_system() -> None:
    css = THEME.read_text(encoding="utf-8")
    by_switch = _block(css, ':root[data-theme="dark"]')
    assert len(by_switch) >= 15
    assert (
        _block(css[css.index("prefers-color-scheme: dark") :], ':root:not([data-theme="light"])') == by_switch
    )
