"""Reading figures and periods as they are printed: ``>500``, ``40-60``, ``2019-01..2019-10``."""

import re
from typing import NamedTuple

from ipsim.evidence.spans import read_span

_NUMBER = r"-?\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"([<>~]?)({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})-({_NUMBER})")
_YEAR = re.compile(r"\d{4}")


class Figure(NamedTuple):
    """A printed number.

    Attributes
    ----------
    value
        The number; the middle of a range; None for text.
    low, high
        The range or the bound that was printed; None where nothing was.
    bound
        ``>``, ``<`` or ``~`` as printed, else empty.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    bound: str = ""


class Period(NamedTuple):
    """What a figure covers.

    Attributes
    ----------
    year
        The calendar year it ends in.
    months
        How many months it covers; 12 for a whole year and for a count at the end of one, 0 for any
        other date and for a period without a stated length.
    """

    year: int
    months: int


def read_figure(text: str) -> Figure:
    """Read a printed number, range or inequality; anything else is a figure without a value."""
    if plain := _PLAIN.fullmatch(text):
        bound, value = plain[1], float(plain[2])
        return Figure(value, value if bound == ">" else None, value if bound == "<" else None, bound)
    if spread := _RANGE.fullmatch(text):
        low, high = float(spread[1]), float(spread[2])
        return Figure((low + high) / 2, low, high)
    return Figure(None)


def read_period(text: str) -> Period:
    """Read a printed period.

    Raises
    ------
    ValueError
        When it names no year.
    """
    span = read_span(text.removeprefix("c."))
    if span is not None and not text.endswith("census"):
        dated = span.moment and not text.endswith("-12-31")
        return Period(span.year, 0 if dated else 12 if span.moment else span.months)
    named = _YEAR.findall(text)
    if not named:
        raise ValueError(f"no year in the period {text!r}")
    return Period(int(named[-1]), 0)
