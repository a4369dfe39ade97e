"""The panel that an estimator works on, checked: whom it holds, when each was treated first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from ipsim.study.natural.estimators.estimation import Bools, Floats, Ints

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Panel:
    """Observations of units over time, all arrays of shape (observations,).

    Attributes
    ----------
    unit
        Code of the unit, from 0.
    time
        Time of the observation: years, or quarters as parts of a year.
    outcome
        The outcome, in logarithms where that was asked for.
    first
        First treated time of the unit; infinite if never.
    cluster
        Code of the cluster, from 0; each unit lies in one.
    quarter
        Quarter of the year, 1 to 4; 0 if it is not known.
    """

    unit: Ints
    time: Floats
    outcome: Floats
    first: Floats
    cluster: Ints
    quarter: Ints

    def __len__(self) -> int:
        """Return the number of observations."""
        return len(self.outcome)

    @property
    def on(self) -> Bools:
        """Whether the unit is under treatment at the time."""
        return self.time >= self.first

    @property
    def event(self) -> Floats:
        """Time since first treatment, 0 at the first treated time, minus infinity if never treated."""
        return self.time - self.first

    def kept(self, which: Bools) -> Panel:
        """Return the observations marked, with codes counted anew."""
        part = {item.name: getattr(self, item.name)[which] for item in fields(self)}
        part["unit"] = np.unique(part["unit"], return_inverse=True)[1]
        part["cluster"] = np.unique(part["cluster"], return_inverse=True)[1]
        return Panel(**part)

    def within(self, window: Sequence[float] | None) -> Panel:
        """Return the observations in a window around first treatment; never treated units stay whole."""
        if window is None:
            return self
        event = self.event
        inside = (event >= window[0]) & (event <= window[1])
        return self.kept(inside | np.isinf(event))

    def sizes(self) -> dict[str, Any]:
        """Return what the sample holds, for the detail of an estimate."""
        return {
            "observations": len(self),
            "units": count(self.unit),
            "clusters": count(self.cluster),
            "treated_clusters": count(self.cluster[self.on]),
        }


def count(codes: Ints) -> int:
    """Return how many different codes there are."""
    return len(np.unique(codes))


def read_panel(frame: pd.DataFrame, log: bool | str = False, missing: str = "error") -> Panel:
    """Return a panel from a table with one row for each unit and time.

    Parameters
    ----------
    frame
        Columns ``unit, time, outcome, first`` (first treated time, NaN if never) and, where there are,
        ``cluster`` (each unit its own if not), ``treated`` (0/1 ever, checked against ``first``) and
        ``quarter`` (1 to 4).
    log
        True for the logarithm of the outcome, ``one-plus`` for that of the outcome plus 1.
    missing
        What a missing outcome is: an ``error``, or a row to ``drop``.

    Raises
    ------
    ValueError
        With what is wrong, where, in one line.
    """
    check_columns(frame, ("unit", "time", "outcome", "first"))
    outcome = read_outcome(frame, log, missing)
    known = np.isfinite(outcome)
    frame, outcome = frame.loc[known], outcome[known]
    time = numbers(frame, "time")
    if not np.isfinite(time).all():
        raise ValueError("time: missing in some rows")
    first = numbers(frame, "first")
    first = np.where(np.isnan(first), np.inf, first)
    unit = codes(frame, "unit")
    cluster = codes(frame, "cluster") if "cluster" in frame else unit.copy()
    if len(np.unique(np.column_stack([unit, time]), axis=0)) < len(unit):
        raise ValueError("unit, time: some unit has two rows for one time")
    check_fixed(unit, first, "first", "has two times of first treatment")
    check_fixed(unit, cluster, "cluster", "lies in two clusters")
    _check_treated(frame, first)
    return Panel(unit, time, outcome, first, cluster, _quarters(frame, time))


def check_columns(frame: pd.DataFrame, needed: Sequence[str]) -> None:
    """Raise if the table is empty or lacks a column."""
    absent = [name for name in needed if name not in frame.columns]
    if absent:
        raise ValueError(f"the panel has no column {', '.join(absent)}; it needs {', '.join(needed)}")
    if len(frame) == 0:
        raise ValueError("the panel is empty")


def numbers(frame: pd.DataFrame, name: str) -> Floats:
    """Return a column of numbers."""
    try:
        return frame[name].to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: not all are numbers ({error})") from None


def codes(frame: pd.DataFrame, name: str) -> Ints:
    """Return a column of names as codes from 0."""
    import pandas as pd

    found = pd.factorize(frame[name])[0].astype(np.int64)
    if (found < 0).any():
        raise ValueError(f"{name}: missing in some rows")
    return found


def read_outcome(frame: pd.DataFrame, log: bool | str, missing: str) -> Floats:
    """Return the outcome, NaN where it is missing and may be dropped."""
    raw = numbers(frame, "outcome")
    lost = ~np.isfinite(raw)
    if lost.all():
        raise ValueError("outcome: missing or infinite in every row")
    if lost.any() and missing == "error":
        where = ", ".join(str(name) for name in frame["unit"].to_numpy()[lost][:_SHOWN])
        raise ValueError(
            f"outcome: missing or infinite in {int(lost.sum())} of {len(raw)} rows (units {where} ...); "
            "missing: drop leaves them out"
        )
    raw = np.where(lost, np.nan, raw) + (1.0 if log == "one-plus" else 0.0)
    if not log:
        return raw
    if (raw <= 0).any():
        raise ValueError(
            f"outcome: {int((raw <= 0).sum())} of {len(raw)} rows have no logarithm; "
            "log: one-plus adds 1 first, log: false leaves the outcome as it is"
        )
    return np.log(raw)


def check_fixed(unit: Ints, values: Floats | Ints, name: str, fault: str) -> None:
    """Raise if a figure of a unit is not the same in all its rows."""
    at = np.unique(unit, return_index=True)[1]
    if (values != values[at][unit]).any():
        raise ValueError(f"{name}: some unit {fault}")


def _check_treated(frame: pd.DataFrame, first: Floats) -> None:
    if "treated" not in frame:
        return
    if (numbers(frame, "treated") != np.isfinite(first)).any():
        raise ValueError("treated: has to be 1 where first is given and 0 where it is not")


def _quarters(frame: pd.DataFrame, time: Floats) -> Ints:
    """Return quarters as given, or from times that are parts of a year, or 0."""
    if "quarter" in frame:
        return numbers(frame, "quarter").astype(np.int64)
    part = np.mod(time, 1.0)
    if (part == 0).all():
        return np.zeros(len(time), dtype=np.int64)
    return 1 + np.minimum(3, np.floor(4 * part + 1e-9)).astype(np.int64)


def check_comparison(panel: Panel) -> None:
    """Raise if there is nothing that a design with controls could compare.

    Raises
    ------
    ValueError
        For one unit, no treated one, no control, all treated at once, no time before treatment, or fewer
        than two clusters on either side, which leave no interval.
    """
    if count(panel.unit) < 2:
        raise ValueError("the panel holds a single unit; a comparison needs treated units and controls")
    on = panel.on
    if not on.any():
        raise ValueError("no unit is under treatment at any time of the panel")
    if on.all():
        raise ValueError("every unit is under treatment at all times; nothing is seen before it")
    begun = np.unique(panel.first[on])
    if len(begun) == 1 and (panel.first == begun[0]).all():
        raise ValueError(
            f"no controls: all units are treated at once, in {begun[0]:g}; "
            "leave some for later or never, or use before-after"
        )
    before = panel.unit[~on & np.isfinite(panel.first)]
    if not np.isin(panel.unit[on], before).any():
        raise ValueError("no treated unit is seen before its treatment")
    check_clusters(panel, on)


def check_clusters(panel: Panel, on: Bools) -> None:
    """Raise if an interval can't be had for want of clusters."""
    for side, which in (("under treatment", on), ("without treatment", ~on)):
        found = count(panel.cluster[which])
        if found < 2:
            raise ValueError(f"{found} cluster {side}: an interval needs at least 2")


def without_single_rows(panel: Panel) -> Panel:
    """Return the panel without units seen once: their own effect takes up all that they say."""
    seen = np.bincount(panel.unit)
    return panel if (seen > 1).all() else panel.kept(seen[panel.unit] > 1)
