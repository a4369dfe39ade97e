"""The profile of a city: what is there before any policy acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ipsim.scenario.quantity import Dated, Number, Quantity, Stages, Strict
from ipsim.scenario.words import Words

STAGES = ("materials", "components", "products", "brand")
"""Stages of every industry, from the first to the last."""


def _tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _words(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"en", "zh"}:
        texts = (value["en"], value["zh"])
        if all(isinstance(text, str) and text.strip() for text in texts):
            return Words(*texts)
    if isinstance(value, Words):
        return value
    raise PydanticCustomError("words", "expected {en: text, zh: text}", {})


Text = Annotated[Words, BeforeValidator(_words)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Keys = Annotated[tuple[Key, ...], BeforeValidator(_tuple)]
Share = Annotated[Number, Quantity("share", 0, 1)]
Count = Annotated[Number, Quantity("count", 0, 10_000_000)]
Posts = Annotated[Number, Quantity("full-time posts", 0, 10_000)]
Rate = Annotated[Number, Quantity("share/year", -0.5, 1)]


class Industry(Strict):
    """One industry chain of the city."""

    key: Key
    name: Text
    share: Share
    """Share of the output of the city's enterprises."""
    firm_share: Share
    """Share of the number of enterprises."""
    ip_intensity: Annotated[Number, Quantity("relative to mean 1", 0.01, 20)]
    """Inventions per research spending, relative to the mean of the city."""
    design_share: Share
    """Share of its inventions that are designs."""
    complexity: Annotated[Number, Quantity("relative to mean 1", 0, 3)]
    """How many earlier patents a project builds on, relative to the mean."""
    growth_premium: Annotated[Number, Quantity("share/year", -0.3, 0.3)]
    """Growth above that of the city."""
    export_share: Share
    """Share of its output that is exported."""
    strategic: bool
    """Whether it counts as a strategic emerging industry."""
    suppliers: Keys
    """Keys of the industries that it buys from, its own included."""
    stages: Stages


class Patents(Strict):
    """Patents of the city at the end of 2015, and filings of 2015."""

    inventions_in_force: Count
    utility_models_in_force: Count
    designs_in_force: Count
    invention_applications: Count
    utility_model_applications: Count
    design_applications: Count
    stock_growth: Rate
    """Growth of filings before 2016, which gives the ages of the stock."""
    university_share: Share
    """Share of inventions held by universities."""
    share_over_5y: Share
    """Share of valid inventions maintained for over five years."""


class University(Strict):
    """One university or research institute."""

    key: Key
    name: Text
    research_million_rmb: Annotated[Number, Quantity("million RMB/year", 0, 100_000)]
    patent_applications: Annotated[Number, Quantity("filings/year", 0, 100_000)]


class Banks(Strict):
    """The banks that lend in the city."""

    count: Annotated[Number, Quantity("count", 1, 1000)]
    lending_rate: Annotated[Dated, Quantity("share/year", 0, 0.3)]
    funding_cost: Annotated[Number, Quantity("share/year", 0, 0.3)]
    pledge_appetite: Share
    """Share of patenting enterprises' demand for pledge loans that banks look at."""


class Agencies(Strict):
    """The patent service agencies."""

    count: Annotated[Number, Quantity("count", 1, 10_000)]
    careful_share: Share
    """Share of the agencies that draft with care rather than for volume."""


class Enforcement(Strict):
    """Posts of the bodies that hear disputes."""

    administrative_posts: Posts
    court_posts: Posts


class CityProfile(Strict):
    """A city before policy, at the end of 2015 unless a year is given."""

    key: Key
    name: Text
    province: Text
    default_scale: Annotated[float, Field(gt=0, le=1)]
    """Enterprises simulated for each enterprise of the city, unless a run says otherwise."""
    population_million: Annotated[Dated, Quantity("million", 0.01, 100)]
    gdp_billion_rmb: Annotated[Number, Quantity("billion RMB (2015)", 0.1, 100_000)]
    enterprises: Annotated[Number, Quantity("count", 10, 5_000_000)]
    """Enterprises able to patent."""
    revenue_billion_rmb: Annotated[Number, Quantity("billion RMB (2015)", 0.1, 100_000)]
    """Revenue of these enterprises."""
    revenue_growth: Annotated[Dated, Quantity("share/year", -0.3, 0.5)]
    """Nominal growth of their revenue."""
    rd_intensity: Annotated[Number, Quantity("R&D / revenue", 0, 0.3)]
    firm_size_exponent: Annotated[Number, Quantity("tail exponent of sizes", 0.5, 3)]
    entry_rate: Annotated[Number, Quantity("share/year", 0, 0.5)]
    exit_rate: Annotated[Number, Quantity("share/year", 0, 0.5)]
    patents: Patents
    industries: Annotated[tuple[Industry, ...], BeforeValidator(_tuple), Field(min_length=1)]
    universities: Annotated[tuple[University, ...], BeforeValidator(_tuple)]
    banks: Banks
    agencies: Agencies
    enforcement: Enforcement
    policy: dict[str, Any] = Field(default_factory=dict)
    """Baseline levers really in force, as written; the scenario reads them."""
    national: dict[str, Any] = Field(default_factory=dict)
    """National settings that differ from the defaults, as written."""

    def number(self, path: Sequence[str]) -> Number | None:
        """Return the number at a path such as ``("patents", "stock_growth")``; None where there is none.

        Industries and universities are named by their key.
        """
        found: Any = self
        for part in path:
            if isinstance(found, tuple):
                found = next((item for item in found if getattr(item, "key", None) == part), None)
            else:
                found = getattr(found, part, None)
        return found if isinstance(found, Number) else None

    @property
    def industry_keys(self) -> tuple[str, ...]:
        """Keys of the industries, in the order of the profile."""
        return tuple(industry.key for industry in self.industries)
