"""Each lever switched from 2017 on: its effect, and the effect with its pathway cut."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from many import Indicators, Job, interval, mean_over, run_jobs, short

from ipsim.scenario.levers import LEVERS

YEARS = range(2020, 2031)
Runs = list[Indicators]
SCALE = 0.1  #: one enterprise in ten; rare events are noisier than in full


class Switch(NamedTuple):
    """A lever, its value from 2017 on, what it should move, and levers set on both sides."""

    key: str
    value: float
    indicators: tuple[str, ...]
    base: tuple[tuple[str, object], ...] = ()
    also: tuple[str, ...] = ()  #: further levers whose pathways are cut with it


PROTECTION = ("share_patentees_infringed", "case_months", "rd_expenditure", "ip_protection_satisfaction")
FUND = ("patent_pledge_amount", "patent_pledge_projects", "pledge_first_time_share", "pledge_default_rate")
LARGE_FUND: tuple[tuple[str, object], ...] = (("policy.utilisation.pledge_fund.capital", 200),)
CENTRE: tuple[tuple[str, object], ...] = (
    ("policy.protection.rapid_centre.industries", ("pharmaceuticals", "electromechanical")),
)
MEDIATED: tuple[tuple[str, object], ...] = (("policy.protection.mediation", 400),)
DIAL = (
    "policy.protection.enforcement_staff",
    "policy.protection.damages",
    "policy.protection.monitoring",
    "policy.protection.speed",
)

SWITCHES = (
    Switch(
        "policy.subsidies.research",
        0.1,
        ("rd_expenditure", "invention_applications", "high_tech_enterprises"),
    ),
    Switch(
        "policy.subsidies.filing.invention",
        6000,
        ("invention_applications", "mean_quality_filed", "invention_grant_rate"),
    ),
    Switch(
        "policy.subsidies.filing.utility_model",
        3000,
        ("utility_model_applications", "mean_quality_filed", "abnormal_filing_share"),
    ),
    Switch("policy.subsidies.filing.design", 3000, ("design_applications", "abnormal_filing_share")),
    Switch(
        "policy.subsidies.grant.invention",
        20000,
        ("invention_applications", "invention_grants", "mean_quality_granted"),
    ),
    Switch(
        "policy.subsidies.grant.utility_model", 4000, ("utility_model_applications", "mean_quality_filed")
    ),
    Switch("policy.subsidies.grant.design", 4000, ("design_applications", "design_grants")),
    Switch(
        "policy.subsidies.high_value",
        50000,
        ("high_value_inventions", "invention_applications", "mean_quality_granted"),
    ),
    Switch("policy.protection.strength", 0.9, PROTECTION, also=DIAL),
    Switch(
        "policy.protection.enforcement_staff",
        200,
        ("patent_infringement_admin_cases", "share_patentees_infringed", "case_months"),
    ),
    Switch(
        "policy.protection.damages",
        4,
        ("share_patentees_infringed", "patent_civil_cases_first_instance_new", "rd_expenditure"),
    ),
    Switch(
        "policy.protection.monitoring",
        1,
        ("share_patentees_infringed", "patent_infringement_admin_cases", "case_backlog"),
    ),
    Switch("policy.protection.speed", 2, ("case_months", "case_backlog", "share_patentees_infringed")),
    Switch("policy.protection.mediation", 800, ("mediation_cases", "case_months", "case_backlog")),
    Switch(
        "policy.protection.judicial_confirmation",
        1,
        ("mediation_cases", "share_patentees_infringed"),
        MEDIATED,
    ),
    Switch(
        "policy.protection.rapid_centre.capacity",
        2000,
        ("examination_pendency_invention", "invention_grants"),
        CENTRE,
    ),
    Switch("policy.utilisation.pledge_fund.capital", 500, (*FUND, "fund_payout")),
    Switch("policy.utilisation.pledge_fund.loss_share", 0.9, (*FUND, "fund_payout"), LARGE_FUND),
    Switch("policy.utilisation.pledge_fund.interest_subsidy", 0.8, FUND),
    Switch("policy.utilisation.pledge_fund.first_loan_bonus", 0.05, FUND),
    Switch("policy.utilisation.pledge_fund.leverage", 2, FUND, LARGE_FUND),
    Switch(
        "policy.utilisation.university_transfer",
        0.9,
        ("university_transfers", "industrialisation_rate_invention_universities", "joint_patent_share"),
    ),
    Switch(
        "policy.quality.agency_supervision",
        0.9,
        ("abnormal_filing_share", "invention_grant_rate", "patent_applications_total"),
    ),
)


def pathway(switch: Switch) -> tuple[str, ...]:
    """Return the mechanisms that respond to a switch."""
    keys = (switch.key, *switch.also)
    return tuple(sorted({name for key in keys for name in LEVERS[key].pathway}))


def changes(switch: Switch) -> tuple[tuple[str, object], ...]:
    """Return the switch as a change of the scenario: from 2017 on."""
    return ((switch.key, {"2017": switch.value}),)


def levers(workers: int, seeds: int) -> list[dict[str, object]]:
    """Return effects with 90 % intervals over paired seeds, with and without the pathway."""
    numbers = range(1, seeds + 1)
    bases = sorted({s.base for s in SWITCHES}, key=str)
    jobs = [Job("jinhua", seed, base=base, scale=SCALE) for base in bases for seed in numbers]
    for switch in SWITCHES:
        jobs += [Job("jinhua", n, changes(switch), switch.base, SCALE) for n in numbers]
        jobs += [Job("jinhua", n, changes(switch), switch.base, SCALE, pathway(switch)) for n in numbers]
    results = iter(list(run_jobs(jobs, workers)))
    base_runs = {base: [next(results) for _ in numbers] for base in bases}
    rows: list[dict[str, object]] = []
    for switch in SWITCHES:
        on = [next(results) for _ in numbers]
        cut = [next(results) for _ in numbers]
        base = base_runs[switch.base]
        for name in dict.fromkeys((*switch.indicators, "public_spending")):
            rows += [effect_row(switch, name, base, on, cut)]
    return rows


def effect_row(switch: Switch, name: str, base: Runs, on: Runs, cut: Runs) -> dict[str, object]:
    """Return one row: the mean of 2020-2030, the difference and its interval."""
    at_base = np.array([mean_over(run, name, YEARS) for run in base])
    at_on = np.array([mean_over(run, name, YEARS) for run in on])
    at_cut = np.array([mean_over(run, name, YEARS) for run in cut])
    mean, low, high = interval(at_on - at_base)
    mean_cut, low_cut, high_cut = interval(at_cut - at_base)
    sure = "yes" if low > 0 or high < 0 else "no"
    return {
        "lever": switch.key.removeprefix("policy."),
        "from 2017": switch.value,
        "indicator (mean 2020-2030)": name,
        "base": short(float(np.nanmean(at_base))),
        "effect": short(mean),
        "90 % interval": f"{short(low)} to {short(high)}",
        "sign sure": sure,
        "pathway cut": short(mean_cut),
        "90 % interval, cut": f"{short(low_cut)} to {short(high_cut)}",
    }
