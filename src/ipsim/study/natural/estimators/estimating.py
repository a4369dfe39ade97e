"""One call for every estimator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ipsim.scenario.errors import nearest
from ipsim.study.natural.estimators.before_after import before_after
from ipsim.study.natural.estimators.callaway_santanna import callaway_santanna
from ipsim.study.natural.estimators.discontinuity import read_sample, regression_discontinuity
from ipsim.study.natural.estimators.dose import in_percent, per_dose
from ipsim.study.natural.estimators.estimation import Estimate
from ipsim.study.natural.estimators.imputation import imputation
from ipsim.study.natural.estimators.options import (
    COMMON,
    DISCONTINUITY,
    EVENT,
    LEADS,
    SEASON,
    Option,
    read_options,
)
from ipsim.study.natural.estimators.panel import Panel, read_panel
from ipsim.study.natural.estimators.two_way import two_way_fixed_effects

if TYPE_CHECKING:
    import pandas as pd


class _Design(NamedTuple):
    options: dict[str, Option]
    estimator: Callable[[Panel, Mapping[str, Any]], Estimate] | None


_COMPARISON = COMMON | EVENT | LEADS
_DESIGNS: dict[str, _Design] = {
    "twfe": _Design(_COMPARISON, two_way_fixed_effects),
    "imputation": _Design(_COMPARISON, imputation),
    "callaway-santanna": _Design(_COMPARISON, callaway_santanna),
    "rd": _Design(COMMON | DISCONTINUITY, None),
    "before-after": _Design(COMMON | EVENT | SEASON, before_after),
}

KINDS: tuple[str, ...] = tuple(_DESIGNS)
"""Names of the estimators."""


def check_options(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all options of an estimator, without a panel: for reading a file.

    Raises
    ------
    ValueError
        For an unknown estimator or option, with the nearest; for a value that is not allowed. One line for
        each fault.
    """
    if kind not in _DESIGNS:
        raise ValueError(f"{kind}: unknown estimator; allowed: {', '.join(KINDS)}{nearest(kind, KINDS)}")
    return read_options(kind, _DESIGNS[kind].options, given)


def estimate(kind: str, panel: pd.DataFrame, **options: Any) -> Estimate:
    """Return what an estimator finds in a panel.

    Parameters
    ----------
    kind
        ``twfe`` (two-way fixed effects), ``imputation``, ``callaway-santanna``, ``rd`` (sharp regression
        discontinuity) or ``before-after``.
    panel
        One row for each unit and time: ``unit, time, outcome, first`` (first treated time, NaN if never),
        and ``cluster``, ``treated``, ``quarter`` where there are. For ``rd``: ``unit, outcome, running``.
    **options
        For all: ``log`` (true, or one-plus), ``percent``, ``per`` (dose), ``level``, ``missing`` (error or
        drop). ``window`` ([first, last] time since treatment) for all but ``rd``; ``leads`` for designs with
        controls; ``season: quarter`` for ``before-after``; ``cutoff``, ``bandwidth``, ``interval`` for
        ``rd``.

    Raises
    ------
    ValueError
        For options that don't do, and for a panel that the design can't work on, each with the reason.
    """
    chosen = check_options(kind, options)
    estimator = _DESIGNS[kind].estimator
    if estimator is None:
        found = regression_discontinuity(read_sample(panel, chosen), chosen)
    else:
        found = estimator(read_panel(panel, chosen["log"], chosen["missing"]), chosen)
    if chosen["percent"]:
        return in_percent(found)
    return found if chosen["per"] is None else per_dose(found, chosen["per"])
