"""Units in which figures are published, and how they convert to those of the catalogue."""

from __future__ import annotations

import unicodedata

_MONEY = {  # in RMB million
    1e-6: "RMB; yuan; 元; CNY",
    1e-3: "RMB thousand; thousand RMB; 千元",
    1e-2: "RMB 10k; 10k RMB; 万元; 万元人民币",
    1.0: "RMB million; million RMB; million yuan; 百万元",
    100.0: "RMB 100 million; 100 million RMB; 亿元; 亿元人民币",
    1e3: "RMB billion; billion RMB; billion yuan; 十亿元",
}
_COUNT = {
    1.0: "count; 件; 个; 家; 笔; 项; 户; 宗; patents; filings; grants; cases; loans; firms; projects",
    1e3: "thousand; thousands; 1k; 千件; 千个; 千家",
    1e4: "10k; 10 thousand; 10,000; 万; 万件; 万个; 万家; 万笔",
    1e6: "million; 百万件",
}
_PEOPLE = {  # in million
    1e-6: "people; persons; residents; 人",
    1e-2: "10k people; 万人; 10k; 10k residents",
    1.0: "million; million people; million residents; 百万人",
}
_PERCENT = {1.0: "percent; per cent; %; 百分比", 100.0: "share; ratio; fraction; 比例", 0.1: "per mille; ‰"}
_DENSITY = {
    10.0: "per 1k residents; per 1,000 residents; 件/千人",
    1.0: "per 10k residents; per 10k; per 10,000 residents; per 10,000 people; per 10,000; 件/万人",
    0.1: "per 100k residents; per 100k; per 100,000 residents; per 100,000 people; 件/十万人",
    0.01: "per million residents; per million people; 件/百万人",
}
_TIME = {
    1.0: "months; month; 月; 个月",
    12.0: "years; year; 年",
    3.0: "quarters; quarter; 季度",
    12.0 / 365.25: "days; day; 天; 日",
}
_SCORE = {1.0: "score; points; 分; index 0-100; index"}

_FAMILIES: dict[str, dict[float, str]] = {
    "count": _COUNT,
    "RMB million": _MONEY,
    "RMB billion": {factor / 1e3: names for factor, names in _MONEY.items()},
    "million": _PEOPLE,
    "percent": _PERCENT,
    "percent of GDP": {
        1.0: "percent of GDP; % of GDP; percent; %; 占GDP %; 占GDP比重%",
        100.0: "share of GDP; share; ratio",
    },
    "per 10k residents": _DENSITY,
    "months": _TIME,
    "score": _SCORE,
    "index": _SCORE,
    "index 0-100": _SCORE,
}


def _plain(unit: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", unit).casefold().split())


_FACTORS: dict[str, dict[str, float]] = {
    wanted: {_plain(name): factor for factor, names in family.items() for name in names.split(";")}
    for wanted, family in _FAMILIES.items()
}


def factor(unit: str, wanted: str) -> float | None:
    """Return what a figure in ``unit`` is multiplied by to be in ``wanted``; None when it does not convert.

    Parameters
    ----------
    unit
        Unit as published, in English or Chinese, in any case.
    wanted
        A unit of the indicator catalogue, or ``million`` for people.
    """
    if unit == wanted:
        return 1.0
    return _FACTORS.get(wanted, {}).get(_plain(unit))


def convertible(wanted: str) -> list[str]:
    """Return the units that convert to ``wanted``, one spelling for each size, it first."""
    sizes = {names.split(";")[0].strip() for names in _FAMILIES.get(wanted, {}).values()}
    return [wanted, *sorted(sizes - {wanted})]
