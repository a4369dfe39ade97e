"""Which outcomes an explanation puts in words and in a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ipsim.indicators.catalogue import INDICATORS, SPENDING, names, spending_lever
from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.study.plan.outcomes import Outcome

GROWTH: Final = "revenue_growth"

HEADLINES: Final = (
    "quality_weighted_patents",
    "high_value_inventions_per_10k",
    GROWTH,
    "patent_pledge_amount",
    SPENDING,
)
"""What is explained when no indicator is named: the headline numbers of a comparison, and the stock."""

_SUMMED: Final = frozenset({"quality_weighted_patents", "patent_pledge_amount", SPENDING})


@dataclass(frozen=True)
class Growth(Outcome):
    """Yearly growth in percent: the rate that compounds to the growth over all the years."""

    def of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the geometric mean of each run; see `Outcome.of`."""
        mean = super().of(np.log1p(values / 100.0))
        return 100.0 * np.expm1(mean)


def chosen_outcomes(
    indicators: Sequence[str] | None, years: Sequence[int] | None, first: int, last: int
) -> tuple[Outcome, ...]:
    """Return the outcomes to explain.

    Parameters
    ----------
    indicators
        Their indicators; `HEADLINES` if None.
    years
        Calendar years: an outcome is the mean over them, or the sum for public money, pledge lending and
        weighted patents. If None, the last year, and all years for sums and for growth.
    first, last
        Years simulated.

    Raises
    ------
    ScenarioError
        For each indicator and year that there is not.
    """
    wanted = tuple(dict.fromkeys(indicators or HEADLINES))
    faults = [*_unknown_indicators(wanted), *_unknown_years(years or (), first, last)]
    if faults:
        raise ScenarioError(faults)
    return tuple(_outcome(name, years, first, last) for name in wanted)


def _outcome(name: str, years: Sequence[int] | None, first: int, last: int) -> Outcome:
    is_summed = name in _SUMMED or spending_lever(name) is not None
    over = tuple(range(first, last + 1)) if is_summed or name == GROWTH else (last,)
    if years:
        over = tuple(sorted(set(years)))
    if len(over) == 1:
        return Outcome(name, name, over, "last")
    if name == GROWTH:
        return Growth(name, name, over)
    return Outcome(name, name, over, "sum" if is_summed else "mean")


def _unknown_indicators(wanted: Sequence[str]) -> list[Fault]:
    from ipsim.indicators.measure import LEVER_OF_COLUMN

    known = names(LEVER_OF_COLUMN.values())
    said = "unknown indicator; `ipsim list indicators` names them"
    return [
        Fault("--indicator", 0, name[:80], f"{said}{nearest(name, INDICATORS) or nearest(name, known)}")
        for name in wanted
        if name not in known
    ]


def _unknown_years(years: Sequence[int], first: int, last: int) -> list[Fault]:
    return [
        Fault("--year", 0, str(year), f"is not simulated; allowed: {first} to {last}")
        for year in years
        if not first <= year <= last
    ]
