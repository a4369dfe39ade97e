"""The months that a printed period covers."""

from __future__ import annotations

import re
from typing import NamedTuple

_SPAN = re.compile(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEAR = re.compile(r"(\d{4})(?: \((?:alternative source|average|final)\)| census)?")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_HALF = re.compile(r"(\d{4})-H([12])")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")
_MIDDLE = re.compile(r"(\d{4})-mid")

FORMS = "2019, 2019-01..2019-10, 2019-H1, 2019Q1, 2019-10, 2019-12-31, 2014-2016"
"""The forms a period may have, for messages."""


class Span(NamedTuple):
    """What a figure covers, from the first month to the end of the last.

    Attributes
    ----------
    first_year, first, year, month
        First and last month; 1 to 12.
    moment
        True for a date: a figure at a day, not over a time.
    """

    first_year: int
    first: int
    year: int
    month: int
    moment: bool = False

    @property
    def months(self) -> int:
        """Months covered, both ends counted."""
        return 12 * (self.year - self.first_year) + self.month - self.first + 1

    @property
    def to_date(self) -> bool:
        """Whether it runs from January, so that it can be scaled to a year."""
        return self.first == 1 and not self.moment


def read_span(period: str) -> Span | None:
    """Return the months of a printed period; None where it has no stated length.

    Months are not checked: ``2019-13`` gives month 13.
    """
    for pattern, made in (
        (_YEAR, lambda y: Span(y, 1, y, 12)),
        (_SPAN, lambda y, m, last, n: Span(y, m, last, n)),
        (_DATE, lambda y, m, _: Span(y, m, y, m, moment=True)),
        (_MONTH, lambda y, m: Span(y, m, y, m)),
        (_YEARS, lambda first, last: Span(first, 1, last, 12)),
        (_HALF, lambda y, half: Span(y, 6 * half - 5, y, 6 * half)),
        (_QUARTER, lambda y, q: Span(y, 3 * q - 2, y, 3 * q)),
        (_MIDDLE, lambda y: Span(y, 6, y, 6, moment=True)),
    ):
        if found := pattern.fullmatch(period):
            return made(*(int(part) for part in found.groups()))
    return None
