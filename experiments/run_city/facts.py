"""Stylised facts of the evidence that wave 1 can speak to, each with a quantified test."""

from __future__ import annotations

import networkx as nx
import numpy as np
from many import Indicators, Job, interval, mean_over, run_jobs, short
from traces import Trace, traced

from ipsim.city.enterprise import ALIVE, LARGE, MICRO
from ipsim.city.patent import FIRM, IN_FORCE, INVENTION
from ipsim.engine.networks import from_slots
from ipsim.study.calibration.distributions import (
    count_exponent,
    log_spread,
    network_figures,
    squared_correlations,
    top_share,
    top_tail_exponent,
)

#: Four times Jinhua's filing subsidies of 2016 (RMB by type), as in a boom.
BOOM = {"invention": 6000.0, "utility_model": 1600.0, "design": 800.0}


def value_facts(traces: list[Trace]) -> list[tuple[str, str, str, str, bool]]:
    """S01 and S02: values at grant."""
    values = np.concatenate([np.concatenate(t.values_at_grant) for t in traces])
    logs = np.log(values)
    share, hill, sigma = top_share(values), top_tail_exponent(values), log_spread(values)
    normal = -len(logs) * (np.log(sigma) + 0.5) - logs.sum()
    shifted = logs - logs.min()
    pareto = len(logs) * (np.log(1.0 / shifted.mean()) - 1.0) - logs.sum()
    return [
        (
            "S01",
            "sigma of log value at grant in 1.65-2.3",
            short(sigma),
            "values of inventions granted to enterprises",
            1.65 <= sigma <= 2.3,
        ),
        ("S01", "top 5 % hold 50-72 % of value", f"{share:.2f}", "", 0.50 <= share <= 0.72),
        (
            "S01",
            "lognormal beats Pareto by likelihood",
            f"{normal - pareto:,.0f} log points",
            "",
            normal > pareto,
        ),
        ("S02", "Hill exponent of the value tail in 0.5-1.0", f"{hill:.2f}", "top 5 %", 0.5 <= hill <= 1.0),
    ]


def applicant_facts(traces: list[Trace]) -> list[tuple[str, str, str, str, bool]]:
    """S03, S04 and S05: patents per applicant, persistence, patents and R&D."""
    exponents, stays, correlations, inside, zero_to_one, next_up = [], [], [], [], [], []
    for trace in traces:
        filings, research = np.array(trace.filings), np.array(trace.research)
        total = filings[-5:].sum(axis=0)
        total = total[total >= 1]
        exponents.append(1.0 + count_exponent(total, 3))
        state = np.minimum(filings, 4).astype(int)
        moves = np.zeros((5, 5))
        rows = trace.simulation.city.enterprises
        settled = (rows.status == ALIVE) & (rows.born < 0)
        np.add.at(moves, (state[:-1, settled].ravel(), state[1:, settled].ravel()), 1.0)
        moves /= moves.sum(axis=1, keepdims=True)
        stays.append(np.diag(moves))
        zero_to_one.append(moves[0, 1:].sum())
        next_up.append([moves[n, n + 1 :].sum() for n in range(1, 4)])
        between, within = squared_correlations(research, filings)
        correlations.append(between)
        inside.append(within)
    exponent, stay = float(np.mean(exponents)), np.mean(stays, axis=0)
    up = np.mean(next_up, axis=0)
    first = float(np.mean(zero_to_one))
    between, within = float(np.mean(correlations)), float(np.mean(inside))
    return [
        (
            "S03",
            "density exponent of patents per applicant in 1.66-2.37",
            f"{exponent:.2f}",
            "five years of filings, maximum likelihood from 3 up",
            1.66 <= exponent <= 2.37,
        ),
        (
            "S04",
            "staying is likeliest with none and with most",
            ", ".join(f"{s:.2f}" for s in stay),
            "yearly counts 0, 1, 2, 3, 4+",
            bool(min(stay[0], stay[4]) > max(stay[1:4])),
        ),
        (
            "S04",
            "P(0 to some) below P(n to more)",
            f"{first:.3f} against {', '.join(f'{u:.2f}' for u in up)}",
            "",
            bool(first < up.min()),
        ),
        (
            "S05",
            "squared correlation of patents and R&D between firms at least 0.8",
            f"{between:.2f}",
            "logs, means over years, firms with R&D in every year",
            between >= 0.8,
        ),
        (
            "S05",
            "within firms over time 0.2-0.3",
            f"{within:.2f}",
            "deviations from firm and year means",
            0.2 <= within <= 0.3,
        ),
    ]


def network_facts(traces: list[Trace]) -> list[tuple[str, str, str, str, bool]]:
    """S27: the supply network of the last year."""
    tails, degrees, paths, assortativity = [], [], [], []
    for trace in traces[:3]:
        city = trace.simulation.city
        alive = city.enterprises.status == ALIVE
        exponent, links = network_figures(city.suppliers, alive)
        tails.append(exponent)
        degrees.append(links)
        graph = from_slots(city.suppliers).to_networkx().subgraph(np.flatnonzero(alive).tolist())
        plain = graph.to_undirected()
        largest = plain.subgraph(max(nx.connected_components(plain), key=len))
        starts = list(largest.nodes)[:: max(1, largest.number_of_nodes() // 40)]
        lengths = [
            np.mean(list(nx.single_source_shortest_path_length(largest, node).values())) for node in starts
        ]
        paths.append(float(np.mean(lengths)))
        assortativity.append(nx.degree_assortativity_coefficient(plain))
    tail_exponent, degree = float(np.mean(tails)), float(np.mean(degrees))
    path, assorted = float(np.mean(paths)), float(np.mean(assortativity))
    return [
        (
            "S27",
            "tail exponent of customers (CDF) about 1 (0.8-1.3)",
            f"{tail_exponent:.2f}",
            "ten customers or more",
            0.8 <= tail_exponent <= 1.3,
        ),
        ("S27", "negative degree correlation", f"{assorted:.2f}", "", assorted < 0.0),
        ("S27", "links per firm about 5 (4-6)", f"{degree:.1f}", "mean degree", 4.0 <= degree <= 6.0),
        (
            "S27",
            "small world: mean path about 4.3 (3-5.5)",
            f"{path:.1f}",
            "a city, not a nation",
            3.0 <= path <= 5.5,
        ),
    ]


def state_facts(traces: list[Trace]) -> list[tuple[str, str, str, str, bool]]:
    """S14, S22, S25, S26 and S31: from the states of enterprises and patents."""
    lapse = {k: float(np.mean([t.lapse[k][0] for t in traces])) for k in range(3)}
    relabel, notch, use, abroad, large, micro = [], [], [], [], [], []
    for trace in traces:
        table = trace.simulation.city.enterprises
        doing = (table.status == ALIVE) & (table.researches == 1)
        reported = table.reported_research[doing].sum()
        relabel.append(1.0 - table.research[doing].sum() / reported)
        bars = np.array([0.05, 0.05, 0.04, 0.03])[table.size_class[doing]]
        ratio = table.reported_research[doing] / table.revenue[doing] / bars
        above = ((ratio >= 0.999) & (ratio < 1.1)).sum()
        below = ((ratio >= 0.9) & (ratio < 0.999)).sum()
        notch.append(above / max(1, below))
        rows = trace.simulation.city.patents[: trace.simulation.city.clock[0].patents]
        mine = rows[(rows.stage == IN_FORCE) & (rows.kind == INVENTION)]
        firm = mine[mine.owner_kind == FIRM]
        use.append(trace.use)
        abroad.append(firm.abroad.mean())
        holders = (table.status == ALIVE) & (table.inventions + table.utility_models > 0)
        large.append((table.loans[holders & (table.size_class == LARGE)] > 0).mean())
        micro.append((table.loans[holders & (table.size_class == MICRO)] > 0).mean())
    used = np.nanmean(np.array(use), axis=0)
    share, bunch = float(np.mean(relabel)), float(np.mean(notch))
    return [
        (
            "S14",
            "lapse by year five: design > utility model > invention",
            f"{lapse[2]:.2f}, {lapse[1]:.2f}, {lapse[0]:.2f}",
            "since grant, grants of 2016-2019",
            lapse[2] > lapse[1] > lapse[0],
        ),
        (
            "S14",
            "designs about 0.91, utility models over 0.5",
            f"{lapse[2]:.2f}, {lapse[1]:.2f}",
            "0.85-0.95 passes",
            0.85 <= lapse[2] <= 0.95 and lapse[1] > 0.5,
        ),
        (
            "S22",
            "a pledge loan is likelier for larger holders",
            f"large {np.nanmean(large):.3f}, micro {np.nanmean(micro):.3f}",
            "share of patent holders that ever borrowed",
            bool(np.nanmean(large) > np.nanmean(micro)),
        ),
        (
            "S25",
            "relabelled share of reported R&D 0.20-0.30",
            f"{share:.2f}",
            "last quarter",
            0.20 <= share <= 0.30,
        ),
        (
            "S25",
            "R&D bunches at the threshold",
            f"{bunch:.1f} firms just above for one just below",
            "within a tenth of the bar: 5, 4 or 3 % by size",
            bunch > 1.5,
        ),
        (
            "S26",
            "inventions in use: universities about 4 %, joint about 23 %, firms about 51 %",
            f"{used[1]:.1f} %, {used[2]:.1f} %, {used[0]:.1f} %",
            "end of 2023; passes within a half",
            bool(2 <= used[1] <= 6 and 11.5 <= used[2] <= 34.5 and 35 <= used[0] <= 65),
        ),
        (
            "S31",
            "foreign families about 1/16 of invention families",
            f"1/{1 / max(1e-9, np.mean(abroad)):.0f}",
            "1/8 to 1/32 passes",
            bool(1 / 32 <= np.mean(abroad) <= 1 / 8),
        ),
    ]


def subsidy_facts(workers: int, seeds: int) -> list[tuple[str, str, str, str, bool]]:
    """S06, S07 and S08: paired runs with a boom of subsidies from 2018."""
    boom = {f"policy.subsidies.filing.{k}": {"2018": rmb} for k, rmb in BOOM.items()}
    on_grant = {"policy.subsidies.grant.invention": {"2018": 20000.0}}
    awards = {"policy.subsidies.high_value": {"2018": 50000.0}}
    numbers = range(1, seeds + 1)
    jobs = [Job("jinhua", n) for n in numbers]
    for change in (boom, on_grant, awards):
        jobs += [Job("jinhua", n, tuple(change.items())) for n in numbers]
    runs = list(run_jobs(jobs, workers))
    base, rest = runs[:seeds], runs[seeds:]
    years = range(2020, 2031)

    def effect(alternative: list[Indicators], name: str) -> tuple[float, float, float]:
        pairs = [
            mean_over(a, name, years) - mean_over(b, name, years)
            for a, b in zip(alternative, base, strict=True)
        ]
        return interval(np.array(pairs))

    filed = {n: rest[k * seeds : (k + 1) * seeds] for k, n in enumerate(("filing", "grant", "high value"))}
    quality = {n: effect(r, "mean_quality_filed") for n, r in filed.items()}
    boomed = quality["filing"]
    survival = effect(filed["filing"], "share_valid_inventions_maintained_over_5y")
    good = effect(filed["filing"], "high_value_inventions")
    signs = {n: np.sign(q[1]) if np.sign(q[1]) == np.sign(q[2]) else 0 for n, q in quality.items()}
    told = ", ".join(f"{n} {q[0]:+.2f} ({q[1]:+.2f} to {q[2]:+.2f})" for n, q in quality.items())
    return [
        (
            "S07",
            "a subsidy boom lowers mean quality",
            f"{boomed[0]:+.2f} points ({boomed[1]:+.2f} to {boomed[2]:+.2f})",
            "four times the filing subsidies of 2016, from 2018",
            quality["filing"][2] < 0,
        ),
        (
            "S07",
            "and the share kept over five years",
            f"{survival[0]:+.2f} points ({survival[1]:+.2f} to {survival[2]:+.2f})",
            "",
            survival[2] < 0,
        ),
        (
            "S07",
            "but the count of high-value patents is not lower",
            f"{good[0]:+,.0f} ({good[1]:+,.0f} to {good[2]:+,.0f})",
            "",
            good[2] >= 0,
        ),
        (
            "S08",
            "the sign on quality depends on the design of the subsidy",
            told,
            "per filing, per invention grant, per high-value patent",
            len(set(signs.values())) > 1,
        ),
    ]


def margin_fact(seeds: int) -> tuple[str, str, str, str, bool]:
    """S06: who brings the growth of filings after a boom."""
    boom: dict[str, object] = {f"policy.subsidies.filing.{k}": {"2018": rmb} for k, rmb in BOOM.items()}
    shares = []
    for seed in range(1, seeds + 1):
        base, with_boom = traced({}, seed, 0.1), traced(boom, seed, 0.1)
        old = np.sum(base.filings[:2], axis=0) > 0  # filed before the boom
        more = np.sum(with_boom.filings[2:5], axis=0) - np.sum(base.filings[2:5], axis=0)
        shares.append(float(more[~old].sum() / more.sum()))
    share = float(np.mean(shares))
    return (
        "S06",
        "over half of the growth comes from first-time filers",
        f"{share:.2f}",
        "2018-2020 against the paired run, no filing in 2016-2017",
        share > 0.5,
    )


def facts(workers: int, seeds: int) -> list[dict[str, object]]:
    """Return a row for each fact: test, figure, pass or fail."""
    traces = [traced({}, seed) for seed in range(1, min(seeds, 5) + 1)]
    found = value_facts(traces) + applicant_facts(traces) + [margin_fact(min(seeds, 4))]
    found += subsidy_facts(workers, seeds) + state_facts(traces) + network_facts(traces)
    return [
        {"fact": i, "test": test, "figure": figure, "note": note, "result": "pass" if ok else "fail"}
        for i, test, figure, note, ok in sorted(found, key=lambda f: f[0])
    ]
