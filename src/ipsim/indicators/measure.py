"""The yearly figures of a city, in real units, from its tables."""

from __future__ import annotations

import math

import numpy as np

from ipsim.city.bodies import BODIES
from ipsim.city.government import SPENDING_NAMES
from ipsim.city.state import City
from ipsim.indicators.firms import firms
from ipsim.indicators.pattern import pattern_indices
from ipsim.indicators.rights import rights_in_force
from ipsim.scenario import Scenario

Figures = dict[str, float]

#: Lever names in ``public_spending.LEVER`` by column of the treasury's table.
LEVER_OF_COLUMN = {name: name.replace("_", ".", 1) for name in SPENDING_NAMES}


def ratio(part: float, whole: float) -> float:
    """Return ``part / whole``, not a number where there is nothing to divide by."""
    return float(part) / float(whole) if whole else float("nan")


def measure_year(city: City, scenario: Scenario, year: int) -> Figures:
    """Return every indicator of the year that just ended.

    Counts are divided by the run's scale, so that they stand for the whole city. A share
    of nothing (no loan ended, no case closed) is not a number.
    """
    figures: Figures = {}
    figures.update(flows_of_patents(city))
    figures.update(stocks_of_patents(city, scenario, year))
    figures.update(quality(city))
    figures.update(protection(city))
    figures.update(finance(city))
    figures.update(economy(city, scenario))
    figures.update(universities(city))
    figures.update(public_money(city))
    figures.update(pattern_indices(figures, city, scenario))
    return figures


def flows_of_patents(city: City) -> Figures:
    """Return filings and grants of the year by type."""
    tally, scale = city.tally[0], float(city.clock[0].scale)
    filed = {
        "invention_applications": tally.filed_invention,
        "utility_model_applications": tally.filed_utility_model,
        "design_applications": tally.filed_design,
    }
    granted = {
        "invention_grants": tally.granted_invention,
        "utility_model_grants": tally.granted_utility_model,
        "design_grants": tally.granted_design,
    }
    figures = {name: float(value) / scale for name, value in {**filed, **granted}.items()}
    figures["patent_applications_total"] = float(sum(filed.values())) / scale
    figures["patent_grants_total"] = float(sum(granted.values())) / scale
    figures["pct_applications"] = float(tally.filed_abroad) / scale
    return figures


def stocks_of_patents(city: City, scenario: Scenario, year: int) -> Figures:
    """Return patents in force at the end of the year."""
    held = rights_in_force(city)
    scale = float(city.clock[0].scale)
    people = scenario.city.population_million.at(year + 1.0) * 100.0  # in 10,000
    high = held.high_value / scale
    count = held.inventions / scale
    return {
        "inventions_in_force": count,
        "utility_models_in_force": held.utility_models / scale,
        "designs_in_force": held.designs / scale,
        "inventions_in_force_per_10k": count / people,
        "high_value_inventions": high,
        "high_value_inventions_per_10k": high / people,
        "share_valid_inventions_maintained_over_5y": 100.0 * ratio(held.over_five_years, held.inventions),
    }


def quality(city: City) -> Figures:
    """Return merit of filings and grants, grants weighted by it, grant rate, use and pendency."""
    tally, scale = city.tally[0], float(city.clock[0].scale)
    held = rights_in_force(city)
    decided = tally.granted_invention + tally.refused_invention
    filed = tally.filed_invention + tally.filed_utility_model + tally.filed_design
    return {
        "mean_quality_filed": ratio(tally.quality_filed, tally.scored_filed),
        "mean_quality_granted": ratio(tally.quality_granted, tally.scored_granted),
        "quality_weighted_patents": float(tally.quality_granted) / 100.0 / scale,
        "invention_grant_rate": 100.0 * ratio(tally.granted_invention, decided),
        "abnormal_filing_share": 100.0 * ratio(tally.trifles, filed),
        "industrialisation_rate_invention_enterprises": 100.0 * ratio(held.used_by_firms, held.of_firms),
        "industrialisation_rate_invention_universities": 100.0
        * ratio(held.used_by_universities, held.of_universities),
        "licence_rate_invention": 100.0 * ratio(tally.licences, held.inventions + held.utility_models),
        "transfer_rate_invention": 100.0 * ratio(held.transferred, held.inventions),
        "examination_pendency_invention": 3.0 * ratio(tally.pendency_quarters, decided),
    }


def protection(city: City) -> Figures:
    """Return infringement, cases by channel, their duration, and satisfaction."""
    tally, scale = city.tally[0], float(city.clock[0].scale)
    infringed = 25.0 * ratio(tally.copied_patentees, firms(city)[0].holders)
    months = 3.0 * ratio(tally.case_quarters, tally.decided)
    redress = min(1.0, ratio(city.news[0].redressed, max(1e-9, float(city.news[0].begun))))
    return {
        "share_patentees_infringed": infringed,
        "patent_infringement_admin_cases": float(tally.admin_cases) / scale,
        "patent_civil_cases_first_instance_new": float(tally.court_cases) / scale,
        "mediation_cases": float(tally.mediation_cases) / scale,
        "case_months": months,
        "case_backlog": float(sum(city.bodies.backlog[: len(BODIES)])) / scale,
        "ip_protection_satisfaction": satisfaction(infringed, redress, months),
    }


def satisfaction(infringed_percent: float, redress: float, months: float) -> float:
    """Return a score of 100 for protection as holders meet it.

    The mean of three marks: not infringed (100 at none), redress (share of the loss from
    copies made good, from 50 up), time (100 at once, 50 at two years). The marks are the
    model's own; the survey's weights are not published.
    """
    safe = max(0.0, 100.0 - infringed_percent)
    answered = 50.0 + 50.0 * redress
    quick = 100.0 / (1.0 + months / 24.0) if months == months else 75.0
    return (safe + answered + quick) / 3.0


def finance(city: City) -> Figures:
    """Return pledge lending (registered amount in RMB billion) and the fund."""
    tally, scale = city.tally[0], float(city.clock[0].scale)
    registered = float(tally.lent) / float(city.parameters[0].registered_ratio)
    return {
        "patent_pledge_amount": registered / scale / 1000.0,
        "patent_pledge_projects": float(tally.loans) / scale,
        "pledge_first_time_share": 100.0 * ratio(tally.first_loans, tally.loans),
        "pledge_default_rate": 100.0 * ratio(tally.loans_lost, tally.loans_ended),
        "fund_balance": float(city.fund[0].balance) / scale,
        "fund_payout": float(tally.fund_paid) / scale,
    }


def economy(city: City, scenario: Scenario) -> Figures:
    """Return enterprises, revenue (RMB billion/year), R&D and its share of GDP."""
    tally, scale = city.tally[0], float(city.clock[0].scale)
    counted = firms(city)[0]
    profile = scenario.city
    revenue = float(tally.revenue) / scale / 1000.0
    start = profile.revenue_billion_rmb.value
    before = float(city.clock[0].last_revenue) / scale / 1000.0 or start
    universities = 4.0 * float(city.universities.research.sum()) / scale / 1000.0
    research = float(tally.research) / scale / 1000.0 + universities
    gdp = profile.gdp_billion_rmb.value * revenue / start
    city.clock[0].last_revenue = tally.revenue
    return {
        "enterprises": counted.alive / scale,
        "enterprise_entries": float(tally.entries) / scale,
        "enterprise_exits": float(tally.exits) / scale,
        "revenue": revenue,
        "revenue_growth": 100.0 * (revenue / before - 1.0),
        "rd_expenditure": research,
        "rd_intensity": 100.0 * ratio(research, gdp),
        "high_tech_enterprises": counted.high_tech / scale,
        "leading_enterprises": counted.leading / scale,
        "patent_intensive_share": 100.0 * intensive_share(city),
    }


def intensive_share(city: City) -> float:
    """Return the share of revenue in industries whose patent density is above the mean.

    Density is inventions in force for each revenue; NBS takes inventions per employee.
    """
    _, revenue, inventions = firms(city)
    total = max(1e-9, float(revenue.sum()))
    dense = inventions / np.maximum(revenue, 1e-9) > inventions.sum() / total
    return float(revenue[dense].sum()) / total


def universities(city: City) -> Figures:
    """Return filings, transfers and joint work of universities."""
    tally, scale = city.tally[0], float(city.clock[0].scale)
    return {
        "university_patent_applications": float(tally.university_filed) / scale,
        "university_transfers": float(tally.university_transfers) / scale,
        "joint_patent_share": 100.0 * ratio(tally.joint_filed, tally.filed_invention),
    }


def public_money(city: City) -> Figures:
    """Return what the treasury spent in the year, in all and by lever (million RMB)."""
    spending, scale = city.spending[0], float(city.clock[0].scale)
    by_lever = {
        f"public_spending.{lever}": float(spending[name]) / scale for name, lever in LEVER_OF_COLUMN.items()
    }
    return {"public_spending": math.fsum(by_lever.values()), **by_lever}
