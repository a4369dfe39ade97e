"""The panel of an experiment: one row for each city and year, in both worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from ipsim.study.natural.experiment import Outcome
    from ipsim.study.natural.running import Figures
    from ipsim.study.natural.treating import Twins


def panel_of(
    twins: Sequence[Twins],
    figures: Sequence[tuple[Figures, Figures]],
    outcome: Outcome,
    window: tuple[int, int],
) -> pd.DataFrame:
    """Return the panel that estimators work on, with the twin beside it.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit, time, outcome, treated, first, cluster`` as estimators read them, and ``untreated``:
        the outcome of the same city, year and seed without treatment.
    """
    import pandas as pd

    rows = [
        (pair.city.name, year, _value(as_it_went, year, outcome), _value(without, year, outcome), pair.first)
        for pair, (without, as_it_went) in zip(twins, figures, strict=True)
        for year in range(window[0], window[1] + 1)
    ]
    panel = pd.DataFrame(rows, columns=["unit", "time", "outcome", "untreated", "first"])
    panel["treated"] = panel["first"].notna().astype(int)
    panel["cluster"] = panel["unit"]
    return panel


def _value(figures: Figures, year: int, outcome: Outcome) -> float:
    """Return the outcome of a year; not a number where there is none, or nothing to divide by."""
    value = figures.get((year, outcome.indicator), np.nan)
    if outcome.denominator is None:
        return float(value)
    whole = figures.get((year, outcome.denominator), np.nan)
    return float(value / whole) if whole else float("nan")
