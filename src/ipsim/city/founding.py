"""A city at the end of 2015, made from its profile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ipsim.city import bodies
from ipsim.city.enterprise import ALIVE, ENTERPRISE, LARGE, MEDIUM, MICRO, SMALL
from ipsim.city.government import CENTRE, CLOCK, FUND, NEWS, SPENDING, TALLY
from ipsim.city.patent import PATENT
from ipsim.city.state import PARAMETERS, POLICY, City
from ipsim.engine.draws import decision_number, normals, uniforms
from ipsim.scenario import Scenario
from ipsim.scenario.profile import CityProfile

TRAITS = decision_number("traits of the first enterprises")
ROWS_PER_ENTERPRISE = 2.0  #: room for 15 years of founding; rows are used again
INFRINGED = 0.145  #: holders that met infringement, China 2015 (evidence share_patentees_infringed)
SLOTS = 4  #: most suppliers of an enterprise
LARGEST_RATIO = 3000.0  #: largest sales relative to the smallest (cuts the Pareto tail)


def parameter_row(scenario: Scenario) -> np.ndarray:
    """Return the table of parameters, one row."""
    table = PARAMETERS.table(1)
    for key, value in scenario.assumptions.items():
        table[key] = value
    return table


def empty_city(scenario: Scenario, seed: int, scale: float) -> City:
    """Return a city with all tables, room for its agents, and nothing in them."""
    profile = scenario.city
    count = max(8, round(profile.enterprises.value * scale))
    rows = int(count * ROWS_PER_ENTERPRISE) + 16
    industries = len(profile.industries)
    filings = sum(
        number.value
        for number in (
            profile.patents.invention_applications,
            profile.patents.utility_model_applications,
            profile.patents.design_applications,
        )
    )
    ledger = int(6.0 * filings * scale) + 4 * count + 2000
    city = City(
        enterprises=ENTERPRISE.table(rows),
        patents=PATENT.table(ledger),
        universities=bodies.UNIVERSITY_RECORD.table(len(profile.universities)),
        banks=bodies.BANK.table(max(1, round(profile.banks.count.value))),
        agencies=bodies.AGENCY.table(max(2, round(profile.agencies.count.value))),
        bodies=bodies.BODY.table(3),
        cases=bodies.CASE.table(count // 4 + 256),
        industries=bodies.INDUSTRY.table(industries),
        fund=FUND.table(1),
        centre=CENTRE.table(1),
        clock=CLOCK.table(1),
        news=NEWS.table(1),
        tally=TALLY.table(1),
        spending=SPENDING.table(1),
        policy=POLICY.table(1),
        parameters=parameter_row(scenario),
        suppliers=np.full((rows, SLOTS), -1, np.int32),
        customer_starts=np.zeros(rows + 1, np.int32),
        customer_targets=np.zeros(rows * SLOTS, np.int32),
        members=np.zeros(rows, np.int32),
        member_starts=np.zeros(industries + 1, np.int64),
        member_weights=np.zeros(rows, np.float64),
        supply_lists=np.zeros((industries, industries), np.int64),
        supply_counts=np.zeros(industries, np.int64),
        firm_shares=np.zeros(industries, np.float64),
        stage_shares=np.zeros((industries, 4), np.float64),
        export_shares=np.zeros(industries, np.float64),
        careful=np.zeros(1, np.int64),
    )
    city.clock[0].seed = seed
    city.clock[0].scale = scale
    city.enterprises.key[:] = np.arange(1, rows + 1)
    city.enterprises.status[:count] = ALIVE
    return city


def describe_industries(city: City, profile: CityProfile) -> None:
    """Fill the tables of industries from the profile."""
    keys = profile.industry_keys
    for k, industry in enumerate(profile.industries):
        row = city.industries[k]
        row.key = k
        row.design_share = industry.design_share.value
        row.complexity = industry.complexity.value
        row.strategic = int(industry.strategic)
        row.value = 1.0
        row.thicket = 1.0
        named = [keys.index(name) for name in industry.suppliers] or [k]
        city.supply_lists[k, : len(named)] = named
        city.supply_counts[k] = len(named)
        stages = industry.stages
        parts = [stages.materials, stages.components, stages.products, stages.brand]
        city.stage_shares[k] = np.cumsum(parts)
        city.export_shares[k] = industry.export_share.value
    city.firm_shares[:] = np.cumsum([i.firm_share.value for i in profile.industries])


def pareto(u: NDArray[np.float64], exponent: float) -> NDArray[np.float64]:
    """Return Pareto numbers from 1 to `LARGEST_RATIO` with the given tail exponent."""
    cut = 1.0 - LARGEST_RATIO**-exponent
    return (1.0 - u * cut) ** (-1.0 / exponent)


def size_classes(yearly_sales: NDArray[np.float64], city: City) -> NDArray[np.int8]:
    """Return size classes of the statistical standard by yearly sales (million RMB)."""
    parameters = city.parameters[0]
    classes = np.full(len(yearly_sales), MICRO, np.int8)
    classes[yearly_sales >= parameters.micro_below] = SMALL
    classes[yearly_sales >= parameters.small_below] = MEDIUM
    classes[yearly_sales >= parameters.medium_below] = LARGE
    return classes


def found_enterprises(city: City, profile: CityProfile) -> None:
    """Give the first enterprises their traits, and sales that sum to the profile's."""
    table = city.enterprises
    seed, scale = int(city.clock[0].seed), float(city.clock[0].scale)
    p = city.parameters[0]
    first = np.flatnonzero(table.status == ALIVE)
    keys = table.key[first]

    def u(n: int) -> NDArray[np.float64]:
        return uniforms(seed, TRAITS, keys, 0, n)

    def z(n: int) -> NDArray[np.float64]:
        return normals(seed, TRAITS, keys, 0, n)

    last = len(profile.industries) - 1
    industry = np.minimum(np.searchsorted(city.firm_shares, u(0)), last)
    table.industry[first] = industry
    stage = (u(1)[:, None] > city.stage_shares[industry]).sum(axis=1)
    table.stage[first] = np.minimum(stage, 3)
    sales = pareto(u(2), profile.firm_size_exponent.value)
    revenue = profile.revenue_billion_rmb.value * 1000.0 * scale / 4.0
    for k, described in enumerate(profile.industries):
        mine = industry == k
        if mine.any():
            sales[mine] *= described.share.value * revenue / sales[mine].sum()
    table.sales[first] = sales
    table.revenue[first] = sales
    mean = float(sales.mean())
    city.clock[0].mean_sales = mean
    table.size_class[first] = size_classes(4.0 * sales, city)
    table.margin[first] = p.margin + p.margin_spread * z(10)
    table.cash[first] = p.reserve * sales
    table.knowledge[:] = 1.0
    spread = p.capability_spread
    intensity = np.array([i.ip_intensity.value for i in profile.industries])[industry]
    capability = np.exp(spread * z(11) - 0.5 * spread * spread) * intensity
    table.capability[first] = capability
    table.opportunism[first] = p.opportunism_mean * np.exp(p.opportunism_spread * z(12))
    table.exporter[first] = u(3) < city.export_shares[industry]
    table.bank[first] = (u(4) * len(city.banks)).astype(np.int16)
    table.born[first] = -1 - (u(5) * 60).astype(np.int16)


def found_bodies(city: City, profile: CityProfile) -> None:
    """Set up universities, banks, agencies and enforcement bodies."""
    p = city.parameters[0]
    rmb = 1e-6
    for k, described in enumerate(profile.universities):
        row = city.universities[k]
        row.key = k + 1
        row.research = described.research_million_rmb.value / 4.0 * city.clock[0].scale
        row.ideas = described.patent_applications.value / 4.0
    city.banks.key[:] = np.arange(1, len(city.banks) + 1)
    agencies = city.agencies
    careful = round(len(agencies) * profile.agencies.careful_share.value)
    careful = min(max(careful, 1), len(agencies) - 1)
    city.careful[0] = careful
    agencies.key[:] = np.arange(1, len(agencies) + 1)
    agencies.style[careful:] = bodies.VOLUME
    agencies.fee_invention[:careful] = p.fee_careful_invention * rmb
    agencies.fee_other[:careful] = p.fee_careful_other * rmb
    agencies.fee_invention[careful:] = p.fee_volume_invention * rmb
    agencies.fee_other[careful:] = p.fee_volume_other * rmb
    city.bodies.key[:] = np.arange(1, 4)
    city.bodies.kind[:] = np.arange(3)
    city.bodies.posts[bodies.COURT] = profile.enforcement.court_posts.value * city.clock[0].scale
    city.bodies.error[:] = [p.error_administrative, p.error_court, 0.0]
    city.bodies.cost[:] = [p.cost_case_administrative, p.cost_case_court, p.cost_case_mediation]


def set_common_knowledge(city: City, profile: CityProfile) -> None:
    """Start beliefs from the survey of 2015: one patentee in seven met infringement."""
    redressed, punished = 0.15, 0.15  # a share, and a chance a year; assumptions
    used = 0.1 * float((city.enterprises.status == ALIVE).sum())
    news = city.news[0]
    news.used = used
    news.begun = INFRINGED * used
    news.redressed = redressed * news.begun
    news.copies = 2.5 * INFRINGED * used
    news.punished = punished * news.copies
    news.project_worth = 1.0
    news.blocked_worth = 0.03
    table = city.enterprises
    table.copy_hazard[:] = INFRINGED
    table.redress[:] = redressed
    table.punish[:] = punished
    table.blocked[:] = news.blocked_worth
