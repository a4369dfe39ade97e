"""Effects as moments: what one change of price does, measured by a run and its twin.

A twin has the same city, assumptions and seed; one lever differs from 2016 on by a small
dose. The founding of the city answers to its own policies alone, so twins start alike. The
effect is read off the years 2017 to 2019 of the two: an elasticity, dimensionless.

*R&D and its user cost.* An RMB of R&D costs an enterprise ``1 - s`` with the subsidy ``s``
(``policy.subsidies.research``). The dose is +0.1 of R&D: the user cost falls by about a
tenth, of the size of the tax incentives of E31, E37 and E38. Both real R&D and cost are
moments; reported R&D, which holds relabelled expense, is not looked at.

*Filings and their net cost.* A filing costs its official fee (3,400 RMB with examination for
an invention, 500 for the others; ``national.fee_reduction`` of it remitted to small
applicants and universities), the agency's fee (assumptions ``fee_careful_*``,
``fee_volume_*``, and for a trifle what the agency asks besides), less the subsidy at filing
(``policy.subsidies.filing.*``). Annuities and rewards on grant come later and are left out.
The lever that moves this price for everybody alike is the subsidy: agency fees would move
the founding as well, and the remission reaches small applicants only, in annuities too. The
dose, added to the subsidy of each type, is about a tenth of its mean net cost in 2016-2019
(some 5,500 RMB an invention, 1,000 to 1,500 the others). The relative change of price is
taken at the base run's mix of applicants, ``(cost - dose) / cost``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ipsim.scenario import Scenario
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.timeline import date_of

Indicators = Mapping[tuple[int, str], float]

YEARS = (2017, 2018, 2019)
RESEARCH_DOSE = 0.1  #: share of R&D
FILING_DOSE = {"invention": 500.0, "utility_model": 100.0, "design": 100.0}  #: RMB a filing
PREFIX = "twin."
FIGURES = (
    "invention_applications",
    "moment.research",
    "moment.research_cost",
    "moment.filing_cost_invention",
    "moment.filing_subsidy_invention",
)
"""What the elasticities are made of, in each of `YEARS`."""


class Twin(NamedTuple):
    """One change of a scenario, and the elasticity that a run and its twin give.

    Attributes
    ----------
    changes
        Function of a scenario: the changes that make its twin, for `Scenario.replace`.
    elasticity
        Function of the indicators of base run and twin, both with moments; not a number
        where there was nothing to change.
    """

    changes: Callable[[Scenario], dict[str, object]]
    elasticity: Callable[[Indicators, Indicators], float]


def raised(scenario: Scenario, key: str, dose: float) -> dict[int | str, float]:
    """Return the path of a lever with ``dose`` added in every quarter, as steps of a scenario file.

    Raises
    ------
    ValueError
        If that passes the lever's bounds: the dose would be smaller than it says.
    """
    path = scenario.path(key) + dose
    lever = LEVERS[key]
    if path.min() < lever.low or path.max() > lever.high:
        raise ValueError(
            f"{key}: {path.min():g} to {path.max():g} is not within {lever.low:g} to {lever.high:g}"
        )
    steps: dict[int | str, float] = {}
    for quarter, value in enumerate(path):
        if quarter == 0 or value != path[quarter - 1]:
            steps[date_of(12 * scenario.start_year + 3 * quarter)] = float(value)
    return steps


def cheaper_research(scenario: Scenario) -> dict[str, object]:
    """Return the change by which a tenth more of R&D is repaid."""
    key = "policy.subsidies.research"
    return {key: raised(scenario, key, RESEARCH_DOSE)}


def cheaper_filing(scenario: Scenario) -> dict[str, object]:
    """Return the change by which every filing costs about a tenth less."""
    keys = {kind: f"policy.subsidies.filing.{kind}" for kind in FILING_DOSE}
    return {key: raised(scenario, key, FILING_DOSE[kind]) for kind, key in keys.items()}


def response(more: float, base: float, price: float, base_price: float) -> float:
    """Return the elasticity ``log(more / base) / log(price / base_price)``."""
    if min(more, base, price, base_price) <= 0.0 or price == base_price:
        return float("nan")
    return math.log(more / base) / math.log(price / base_price)


def total(run: Indicators, name: str) -> float:
    """Return the sum of a yearly figure over `YEARS`."""
    return math.fsum(run[year, name] for year in YEARS)


def research_elasticity(base: Indicators, twin: Indicators) -> float:
    """Return the elasticity of real R&D to its user cost, counted positive as published."""
    names = ("moment.research", "moment.research_cost")
    (more, price), (less, base_price) = ([total(run, name) for name in names] for run in (twin, base))
    return -response(more, less, price, base_price)


def filing_elasticity(base: Indicators, twin: Indicators) -> float:
    """Return the elasticity of invention filings to their net cost; below nought if dearer means fewer.

    Inventions alone: the offices of the published study know no utility models.
    """
    filings, cost, subsidy = (
        "invention_applications",
        "moment.filing_cost_invention",
        "moment.filing_subsidy_invention",
    )
    before = total(base, cost)
    after = before - (total(twin, subsidy) - total(base, subsidy))
    return response(total(twin, filings), total(base, filings), after, before)


TWINS: dict[str, Twin] = {
    "research_user_cost": Twin(cheaper_research, research_elasticity),
    "filing_cost": Twin(cheaper_filing, filing_elasticity),
}
"""The twins by name; targets call them ``twin.NAME``."""
