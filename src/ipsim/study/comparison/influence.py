"""Which assumptions matter most for the outcomes of a city, from a sweep of each over its range."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import zip_longest

import pandas as pd

from ipsim.scenario.assumptions import ASSUMPTIONS


@cache
def sweep() -> pd.DataFrame:
    """Return what each assumption does at the ends of its range: ``city, assumption, indicator, ...``.

    The table ships with the report; `experiments/run_city` makes it.
    """
    with files("ipsim.report").joinpath("data/assumption_effects.csv").open(encoding="utf-8") as file:
        found = pd.read_csv(file)
    return found[found["assumption"].isin(ASSUMPTIONS)]


def most_influential(city: str, count: int | None = None) -> list[str]:
    """Return the assumptions that move the outcomes most, in order.

    Each outcome of the sweep (filings, high-value patents, lending, R&D, the pattern) names its most
    important assumption in turn, then its second, and so on: so all outcomes have a say, whatever
    their units.

    Parameters
    ----------
    city
        Key of the city; for one that was not swept, the mean effect over those that were.
    count
        How many; all if None.
    """
    table = sweep()
    mine = table[table["city"] == city]
    rows = (table if mine.empty else mine).copy()
    rows["size"] = rows[["effect_low", "effect_high"]].abs().max(axis=1)
    sizes = rows.groupby(["indicator", "assumption"], sort=False)["size"].mean()
    ranked = [
        of_outcome.droplevel(0).sort_values(ascending=False, kind="stable").index.tolist()
        for _, of_outcome in sizes.groupby(level=0, sort=False)
    ]
    in_turn = [key for level in zip_longest(*ranked) for key in level if key is not None]
    return list(dict.fromkeys(in_turn))[:count]
