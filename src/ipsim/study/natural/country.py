"""A country: cities drawn from one distribution, each a scenario that the model can run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ipsim.study.natural.draws import (
    DRAWS,
    FILING_SCHEDULE,
    GRANT_SCHEDULE,
    INDUSTRIES,
    NATIONAL_GROWTH,
    NATIONAL_SHOCK,
    SUPERVISION,
)

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.profile import Industry

_WHY = "drawn for a country of the natural experiments"
_CITIES, _NATION, _INDUSTRIES, _SEEDS = range(4)  # one stream of luck each
_LAST_SHOCK = 2030

ALL = "all"
"""Stands for all industries of a city, which differ between cities."""


@dataclass(frozen=True)
class City:
    """One city of a country.

    Attributes
    ----------
    name
        ``city-001`` and so on.
    scenario
        What is simulated; its own scale gives the number of enterprises that was asked for.
    seed
        Seed of its luck, the same with and without treatment.
    """

    name: str
    scenario: Scenario
    seed: int


def country(
    number: int,
    seed: int,
    simulated: tuple[int, int],
    last: int,
    policies: Mapping[str, Any] | None = None,
) -> list[City]:
    """Draw the cities of a country.

    Parameters
    ----------
    number
        How many. The first cities stay the same when there are more.
    seed
        Seed of all draws.
    simulated
        Fewest and most enterprises that are simulated for a city.
    last
        Last year simulated.
    policies
        Levers by key that are alike in all cities from 2016 on. The patents of 2015 answer to what each
        city had until then: they are drawn from cities of today, most of which paid for filings.

    Raises
    ------
    ScenarioError
        When a lever or its value is not allowed.
    """
    shocks = _national_shocks(seed)
    return [_city(place, seed, simulated, last, policies or {}, shocks) for place in range(number)]


def drawn_figures(seed: int, place: int) -> dict[str, float]:
    """Return what is drawn for one city, by the keys of `DRAWS`."""
    rng = np.random.default_rng((seed, _CITIES, place))
    return {draw.key: draw.value(rng) for draw in DRAWS}


def _national_shocks(seed: int) -> dict[int, float]:
    """Return the growth of each year that all cities share."""
    rng = np.random.default_rng((seed, _NATION))
    years = range(min(NATIONAL_GROWTH), _LAST_SHOCK + 1)
    path = np.interp(list(years), list(NATIONAL_GROWTH), list(NATIONAL_GROWTH.values()))
    shocks = NATIONAL_SHOCK * rng.standard_normal(len(years))
    return {year: float(mean + shock) for year, mean, shock in zip(years, path, shocks, strict=True)}


def _city(
    place: int,
    seed: int,
    simulated: tuple[int, int],
    last: int,
    policies: Mapping[str, Any],
    nation: Mapping[int, float],
) -> City:
    from ipsim.scenario import load

    name = f"city-{place + 1:03d}"
    drawn = drawn_figures(seed, place)
    rng = np.random.default_rng((seed, _SEEDS, place))
    asked = int(rng.integers(simulated[0], simulated[1] + 1))
    profile = _profile(name, drawn, nation)
    profile["industries"] = _industries(np.random.default_rng((seed, _INDUSTRIES, place)))
    profile["default_scale"] = min(1.0, asked / profile["enterprises"]["value"])
    profile["policy"] = _nested(_policies(drawn), "policy", sourced=True)
    alike = _of_city(policies, profile)
    scenario = load(
        {
            "city": profile,
            "name": {"en": name, "zh": name},
            "horizon": {"end": last},
            **{part: _nested(alike, part, sourced=False) for part in ("policy", "national")},
        }
    )
    return City(name, scenario, int(rng.integers(1, 2**31)))


def _given(value: Any) -> dict[str, Any]:
    """Return a figure as a profile holds it."""
    numbers = list(value.values()) if isinstance(value, dict) else [value]
    return {"value": value, "assumption": _WHY, "range": [min(numbers), max(numbers)]}


def _profile(name: str, drawn: Mapping[str, float], nation: Mapping[int, float]) -> dict[str, Any]:
    enterprises = round(drawn["enterprises"])
    revenue = enterprises * drawn["revenue_per_enterprise"] / 1000.0
    people = enterprises * drawn["people_per_enterprise"] / 1e6
    growth = {year: rate + drawn["growth"] for year, rate in nation.items()}
    inventions = drawn["inventions_per_rd"] * drawn["rd_intensity"] * revenue
    return {
        "key": name,
        "name": {"en": name, "zh": name},
        "province": {"en": "Model country", "zh": "模型国家"},
        "population_million": _given({2015: people, 2020: 1.05 * people}),
        "gdp_billion_rmb": _given(revenue * drawn["gdp_per_revenue"]),
        "enterprises": _given(enterprises),
        "revenue_billion_rmb": _given(revenue),
        "revenue_growth": _given(growth),
        **{
            key: _given(drawn[key])
            for key in ("rd_intensity", "firm_size_exponent", "entry_rate", "exit_rate")
        },
        "patents": _patents(drawn, inventions),
        "universities": [_university(drawn, inventions)],
        **_bodies(drawn, enterprises),
    }


def _patents(drawn: Mapping[str, float], inventions: float) -> dict[str, Any]:
    models = inventions * drawn["models_per_invention"]
    designs = inventions * drawn["designs_per_invention"]
    figures = {
        "invention_applications": inventions,
        "utility_model_applications": models,
        "design_applications": designs,
        "inventions_in_force": inventions * drawn["inventions_held"],
        "utility_models_in_force": models * drawn["models_held"],
        "designs_in_force": designs * drawn["designs_held"],
    }
    shares = ("stock_growth", "university_share", "share_over_5y")
    return {key: _given(round(value)) for key, value in figures.items()} | {
        key: _given(drawn[key]) for key in shares
    }


def _university(drawn: Mapping[str, float], inventions: float) -> dict[str, Any]:
    """Return all universities of the city as one."""
    filings = inventions * drawn["university_filings"]
    return {
        "key": "university",
        "name": {"en": "Universities", "zh": "高校"},
        "research_million_rmb": _given(filings * drawn["university_research"]),
        "patent_applications": _given(filings),
    }


def _bodies(drawn: Mapping[str, float], enterprises: float) -> dict[str, Any]:
    rates = {2015: 0.06, 2016: 0.055, 2019: 0.055, 2022: 0.047, 2024: 0.042}  # of the template
    thousands = enterprises / 1000.0
    return {
        "banks": {
            "count": _given(round(drawn["banks"])),
            "lending_rate": _given(rates),
            "funding_cost": _given(0.022),
            "pledge_appetite": _given(drawn["pledge_appetite"]),
        },
        "agencies": {
            "count": _given(round(drawn["agencies"])),
            "careful_share": _given(drawn["careful_share"]),
        },
        "enforcement": {
            "administrative_posts": _given(drawn["posts"] * thousands),
            "court_posts": _given(drawn["court_posts"] * thousands),
        },
    }


def _industries(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Return some industries of the two profiles, with figures drawn within their ranges."""
    pool = _pool()
    fewest, most = INDUSTRIES
    chosen = sorted(rng.choice(len(pool), size=int(rng.integers(fewest, most + 1)), replace=False))
    taken = [pool[place] for place in chosen]
    keys = {industry.key for industry in taken}
    output = rng.dirichlet(np.full(len(taken), 4.0))
    # Firms follow output, more of them where firms are small.
    small = np.array([one.firm_share.value / one.share.value for one in taken])
    firms = output * np.sqrt(small)
    firms /= firms.sum()
    return [_industry(one, float(output[n]), float(firms[n]), keys, rng) for n, one in enumerate(taken)]


def _industry(
    one: Industry, output: float, firms: float, keys: set[str], rng: np.random.Generator
) -> dict[str, Any]:
    names = ("ip_intensity", "design_share", "complexity", "growth_premium", "export_share")
    drawn = {name: float(rng.uniform(getattr(one, name).low, getattr(one, name).high)) for name in names}
    stages = dict(zip(("materials", "components", "products", "brand"), one.stages.shares(), strict=True))
    return {
        "key": one.key,
        "name": {"en": one.name.en, "zh": one.name.zh},
        "share": _given(output),
        "firm_share": _given(firms),
        **{name: _given(value) for name, value in drawn.items()},
        "strategic": one.strategic,
        "suppliers": [key for key in one.suppliers if key in keys] or [one.key],
        "stages": {**stages, "assumption": _WHY, "range": [0.0, 1.0]},
    }


@cache
def _pool() -> tuple[Industry, ...]:
    """Return the industries of the profiles that ship; of two with one key the first."""
    from ipsim.scenario import load

    found = [one for city in ("jinhua", "xiamen") for one in load(city).city.industries]
    return tuple({one.key: one for one in reversed(found)}.values())


def _policies(drawn: Mapping[str, float]) -> dict[str, Any]:
    """Return the city's own levers by key."""
    filing, grant = drawn["policy.subsidies.filing"], drawn["policy.subsidies.grant"]
    thousands = drawn["enterprises"] / 1000.0
    levers: dict[str, Any] = {}
    for kind, rmb in FILING_SCHEDULE.items():
        levers[f"policy.subsidies.filing.{kind}"] = {2016: round(filing * rmb), "2021-07": 0}
    for kind, steps in GRANT_SCHEDULE.items():
        levers[f"policy.subsidies.grant.{kind}"] = {date: round(grant * rmb) for date, rmb in steps.items()}
    supervision = drawn["policy.quality.agency_supervision"]
    levers["policy.quality.agency_supervision"] = {date: supervision * v for date, v in SUPERVISION.items()}
    levers["policy.protection.mediation"] = drawn["policy.protection.mediation"] * thousands
    for key in (
        "policy.protection.strength",
        "policy.subsidies.research",
        "policy.utilisation.pledge_fund.capital",
        "policy.utilisation.pledge_fund.loss_share",
        "policy.utilisation.pledge_fund.interest_subsidy",
        "policy.utilisation.university_transfer",
    ):
        levers[key] = drawn[key]
    return levers


def _of_city(levers: Mapping[str, Any], profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return levers with ``all`` replaced by the city's industries."""
    industries = [one["key"] for one in profile["industries"]]
    return {key: industries if value == ALL else value for key, value in levers.items()}


def _nested(levers: Mapping[str, Any], part: str, sourced: bool) -> dict[str, Any]:
    """Return the levers of ``policy`` or ``national`` as a tree, each with its source where it needs one."""
    tree: dict[str, Any] = {}
    for key, value in levers.items():
        first, *path, last = key.split(".")
        if first != part:
            continue
        node = tree
        for name in path:
            node = node.setdefault(name, {})
        node[last] = _given(value) if sourced else value
    return tree
