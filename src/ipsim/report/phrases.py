"""Phrases of the report in both languages, read once from ``words/*.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from ipsim.scenario.words import LANGUAGES, Words

FILES = (
    "figures",
    "page",
    "headline",
    "terms",
    "contrast",
    "sensitivity",
    "discovery",
    "explanation",
    "mechanisms",
    "search",
    "verdict",
    "natural",
    "hindcast",
    "calibration",
    "new_city",
    "board",
    "board_charts",
    "board_levers",
    "board_city",
    "board_lessons",
    "board_why",
    "board_faults",
)


@cache
def catalogue() -> dict[str, Words]:
    """Return every phrase by its key, ``file.key``."""
    folder = files("ipsim.report").joinpath("words")
    found: dict[str, Words] = {}
    for name in FILES:
        table = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
        for key, pair in table.items():
            found[f"{name}.{key}"] = Words(pair["en"], pair["zh"])
    return found


def phrase(key: str, lang: str, /, **values: object) -> str:
    """Return a phrase with its gaps filled.

    Parameters
    ----------
    key
        ``file.key``, as in ``words/``.
    lang
        ``en`` or ``zh``.
    **values
        What goes into the gaps, already formatted.
    """
    text = catalogue()[key].of(lang)
    return text.format(**values) if values else text


def term(key: str, lang: str) -> str:
    """Return a term such as a unit or a stage, or the key itself when there is none."""
    words = catalogue().get(f"terms.{key}")
    return words.of(lang) if words else key.replace("_", " ")


def language(lang: str) -> str:
    """Return ``lang`` when it is a language of the report.

    Raises
    ------
    ValueError
        When it is not.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang: {lang!r} is not a language of the report; use en or zh")
    return lang
