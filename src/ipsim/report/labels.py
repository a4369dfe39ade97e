"""Factors as people read them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ipsim.indicators.catalogue import SPENDING_WORDS
from ipsim.report.numbers import plain
from ipsim.report.phrases import phrase, term
from ipsim.report.policy import date_text
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import LEVERS

if TYPE_CHECKING:
    from ipsim.study.plan import Factor

_WIDTH = 44
_CLOSED_UP = "，。、；：）”"


def words_of(factor: Factor, lang: str) -> str:
    """Return what a factor is, with the date from which it holds if it has one."""
    words = _meaning(factor, lang)
    if factor.start is None:
        return words
    return phrase("sensitivity.from_date", lang, words=words, date=date_text(factor.start, lang))


def _meaning(factor: Factor, lang: str) -> str:
    if factor.key in LEVERS:
        return LEVERS[factor.key].meaning.of(lang)
    if factor.key.startswith("assumptions."):
        known = ASSUMPTIONS.get(factor.key.removeprefix("assumptions."))
        if known is not None:
            return known.meaning.of(lang)
    if factor.key == "policy":
        return phrase("sensitivity.policy", lang)
    spent = SPENDING_WORDS.get(factor.key.removeprefix("policy."))
    return factor.key if spent is None else spent.of(lang)


def span_of(factor: Factor, lang: str) -> str:
    """Return the values that a factor may take, with their unit."""
    if factor.levels is not None:
        values = phrase("page.list_gap", lang).join(text_of(level) for level in factor.levels)
    else:
        values = phrase("sensitivity.span", lang, low=text_of(factor.low), high=text_of(factor.high))
    unit = term(factor.unit, lang) if factor.unit and factor.unit != "0-1" else ""
    return values + (phrase("page.in_unit", lang, unit=unit) if unit else "")


def text_of(value: object) -> str:
    """Return a value of a factor as a person writes it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain(float(value))
    return str(value)


def wrapped(text: str, lines: int = 2, width: int = _WIDTH) -> str:
    """Break a label into lines of so many narrow characters, a Chinese one counting twice; cut the rest."""
    rows: list[str] = [""]
    for piece in _pieces(text):
        if rows[-1] and wide(rows[-1] + piece.rstrip()) > width and piece not in _CLOSED_UP:
            rows.append("")
        rows[-1] += piece if rows[-1] else piece.lstrip()
    rows = [row.rstrip() for row in rows]
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1].rstrip("，,；;、") + "…"]
    return "\n".join(rows)


def _pieces(text: str) -> list[str]:
    """Return words with the blank before them; in Chinese every character by itself."""
    pieces: list[str] = []
    for char in text:
        narrow = char.isascii() and not char.isspace()
        if narrow and pieces and pieces[-1][-1].isascii():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def wide(text: str) -> int:
    """Return the width of a text in narrow characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
