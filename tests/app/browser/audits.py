"""Checks of the page for people: words, names, headings, contrast, keyboard; see ``audits.js``."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

_CHECKS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_NO_WORDS = re.compile(
    r"\bboard(_[a-z]+)?\.[a-z]|\bundefined\b|\bNaN\b|\bInfinity\b|\[object |\{[a-z_]+\}|^null$"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}(\s+[A-Za-z]{2,}){3,}")
OWN_NAMES = frozenset({"中文", "English"})
"""Names of languages, given in the language itself."""


def audit(page: Page, check: str) -> list[str]:
    """Return what a check of ``audits.js`` complains of."""
    return page.evaluate(f"({_CHECKS})().{check}()")


def misplaced_words(page: Page, lang: str) -> list[str]:
    """Return texts that are keys, gaps or no words at all, or in the other language."""
    found = audit(page, "texts")
    foreign = _ENGLISH if lang == "zh" else _CHINESE
    return [
        text for text in found if text not in OWN_NAMES and (_NO_WORDS.search(text) or foreign.search(text))
    ]


def walk_with_tab(page: Page, longest: int = 600) -> tuple[list[str], list[str]]:
    """Walk through the page with the Tab key; return what is never reached, and what shows no focus."""
    left = {words.split(" ", 1)[0]: words for words in audit(page, "tabbable")}
    hidden: list[str] = []
    ends = 0
    for _ in range(longest):
        page.keyboard.press("Tab")
        now = page.evaluate(f"({_CHECKS})().focused()")
        # The walk may begin in the middle, and wraps round once.
        ends += now is None
        if ends == 2 or not left:
            break
        if now is not None:
            left.pop(now["key"], None)
            if not now["ring"]:
                hidden.append(now["words"])
    return list(left.values()), hidden
