"""A city that is quick to simulate: its filings are those of its profile, one per cent more for each seed."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from ipsim.published import Published
from ipsim.study.simulations import Progress


class Filing:
    """Files each year what the profile says of 2015, and more by the seed; half of it is granted."""

    def __init__(self, scenario: Any, *, seed: int, scale: float | None) -> None:
        self.scenario, self.seed = scenario, seed

    def run(self, progress: Progress | None = None) -> Any:
        if progress:
            progress(self.scenario.quarters, self.scenario.quarters)
        filed = float(self.scenario.city.patents.invention_applications.value) * (1 + self.seed / 100)
        values: dict[tuple[int, str], float] = {}
        for year in range(self.scenario.start_year, self.scenario.end_year + 1):
            values[year, "invention_applications"] = filed
            values[year, "invention_grants"] = filed / 2
        return SimpleNamespace(indicators=values, accounts={}, chain=[])


def figure(value: float = 10.0, year: int = 2018, **more: Any) -> Published:
    """Return a published figure of a town."""
    named: dict[str, Any] = {
        "place": "Town",
        "indicator": "invention_applications",
        "period": str(year),
        "raw": value,
        "unit": "count",
        **more,
    }
    return Published(year=year, value=value, **named)


def draws(
    values: list[float], year: int = 2018, place: str = "Town", indicator: str = "invention_applications"
) -> pd.DataFrame:
    """Return predictions for one figure."""
    return pd.DataFrame(
        {
            "place": place,
            "member": range(1, len(values) + 1),
            "year": year,
            "indicator": indicator,
            "value": [float(one) for one in values],
        }
    )
