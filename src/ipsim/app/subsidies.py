"""The headline dial of subsidies: what a start pays for filings and grants, times a number over time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.app.asked import Path, Ramp
from ipsim.app.controls import MOST_SUBSIDIES, SUBSIDISED
from ipsim.scenario.errors import Fault
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR, Timeline, date_of, month_of

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

Floats = NDArray[np.float64]

DIAL_KEY: Final = "subsidies"
"""Key of the dial in faults, as in `Policy`."""
_QUARTERS: Final = 4 * (LAST_YEAR - START_YEAR + 1)


class Clipped(NamedTuple):
    """A subsidy that the dial would raise above what the lever allows.

    Attributes
    ----------
    key
        The lever.
    date
        From when on: ``2021`` or ``2021-07``.
    wanted, paid
        In the lever's unit.
    """

    key: str
    date: int | str
    wanted: float
    paid: float


def dial_of(written: Path | None, file: str, faults: list[Fault]) -> Floats | None:
    """Return the multiple in each quarter from 2016 to 2030, or None where there is no dial.

    Steps that begin later leave the start as it is before the first of them.

    Parameters
    ----------
    written
        One number, steps by date, or a ramp.
    file
        What faults call the policy.
    faults
        Gets a fault for each date or number that is out of bounds.
    """
    if written is None:
        return None
    if isinstance(written, float | int):
        line, values = Timeline.constant(float(written)), {"": float(written)}
    else:
        values = dict(written.ramp if isinstance(written, Ramp) else written)
        months = {date: month_of(date) for date in values}
        faults += [
            Fault(file, 0, f"{DIAL_KEY}.{date}", f"impossible date; allowed: 2000 to {LAST_YEAR}")
            for date, month in months.items()
            if month is None
        ]
        points = {month: values[date] for date, month in months.items() if month is not None}
        if not points:
            return None
        made = Timeline.ramp(points) if isinstance(written, Ramp) else Timeline.steps(points)
        line = made.over(Timeline.constant(1.0))
    for date, value in values.items():
        if not 0 <= value <= MOST_SUBSIDIES:
            message = f"{value:g} is out of bounds; allowed: 0 to {MOST_SUBSIDIES:g} (times the start's)"
            faults.append(Fault(file, 0, f"{DIAL_KEY}.{date}".rstrip("."), message))
    return line.path(_QUARTERS)


def subsidies(
    start: Scenario, dial: Floats | None, given: Collection[str]
) -> dict[str, float | dict[int | str, float]]:
    """Return the levers that the dial moves, as steps by date that say plainly what is paid.

    Parameters
    ----------
    start
        Whose subsidies are multiplied.
    dial
        The multiple in each quarter.
    given
        Levers that have values of their own: these are left alone.
    """
    found: dict[str, float | dict[int | str, float]] = {}
    for key, _, paid in _multiplied(start, dial, given):
        if not np.array_equal(paid, start.policy[key].path(_QUARTERS)):
            found[key] = _steps(paid)
    return found


def clips(start: Scenario, dial: Floats | None, given: Collection[str]) -> list[Clipped]:
    """Return where the dial asks for more than a lever allows; parameters as for `subsidies`."""
    found: list[Clipped] = []
    for key, wanted, paid in _multiplied(start, dial, given):
        before = None
        for quarter in range(_QUARTERS):
            now = (float(wanted[quarter]), float(paid[quarter]))
            if now != before and now[0] != now[1]:
                found.append(Clipped(key, _date(quarter), *now))
            before = now
    return found


def _multiplied(
    start: Scenario, dial: Floats | None, given: Collection[str]
) -> Iterator[tuple[str, Floats, Floats]]:
    """Give each lever under the dial with what it would be and what it is, by quarter."""
    if dial is None:
        return
    for key in SUBSIDISED:
        if key not in given:
            wanted = start.policy[key].path(_QUARTERS) * dial
            yield key, wanted, np.clip(wanted, LEVERS[key].low, LEVERS[key].high)


def _steps(path: Floats) -> float | dict[int | str, float]:
    first = [quarter for quarter in range(len(path)) if quarter == 0 or path[quarter] != path[quarter - 1]]
    return float(path[0]) if len(first) == 1 else {_date(quarter): float(path[quarter]) for quarter in first}


def _date(quarter: int) -> int | str:
    return date_of(START_YEAR * 12 + 3 * quarter)
