"""What single runs of Jinhua leave for the stylised facts: a row an enterprise, a column a year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.city.patent import DESIGN, FIRM, IN_FORCE, INVENTION, UTILITY_MODEL
from ipsim.scenario import load
from ipsim.simulation import Simulation

Array = NDArray[np.float64]
SURVEYED = 32  #: quarter at the end of 2023, the year of the CNIPA survey


@dataclass
class Trace:
    """What one run leaves for the facts: a row an enterprise, a column a year."""

    simulation: Simulation
    filings: list[Array] = field(default_factory=list)
    research: list[Array] = field(default_factory=list)
    first_loan: list[Any] = field(default_factory=list)
    values_at_grant: list[Array] = field(default_factory=list)
    use: tuple[float, float, float] = (0.0, 0.0, 0.0)
    lapse: dict[int, tuple[float, float]] = field(default_factory=dict)
    copied: tuple[float, float] = (0.0, 0.0)
    first_filers: float = 0.0
    filings_all: float = 0.0


def traced(changes: dict[str, object], seed: int, scale: float = 0.25, member: int | None = None) -> Trace:
    """Run Jinhua, with the central set of parameters or a member, and keep what the facts need."""
    scenario = load("jinhua") if member is None else load("jinhua").drawn(member)
    simulation = Simulation(scenario.replace(changes) if changes else scenario, seed, scale)
    trace = Trace(simulation)
    cohort: dict[int, tuple[int, int]] = {}
    before = simulation.city.enterprises.experience.copy()
    spent = np.zeros(len(before))
    while simulation.quarter < scenario.quarters:
        simulation.step()
        city = simulation.city
        spent += city.enterprises.research
        rows = city.patents[: city.clock[0].patents]
        new = rows[(rows.granted == simulation.quarter - 1) & (rows.owner_kind == FIRM)]
        rate = city.parameters[0].discount + city.parameters[0].value_decay
        inventions = new[new.kind == INVENTION]
        trace.values_at_grant.append(np.asarray(inventions.flow[inventions.flow > 0.0]) / rate)
        if simulation.quarter <= 16:
            for patent in new:
                cohort[int(patent.key)] = (int(patent.kind), simulation.quarter - 1)
        if simulation.quarter == SURVEYED:
            trace.use = use_rates(rows)
        if simulation.quarter == 44:
            alive = {int(k) for k in rows.key[rows.stage == IN_FORCE]}
            trace.lapse = lapsed_by(cohort, rows, alive)
        if simulation.quarter % 4 == 0:
            now = city.enterprises.experience.copy()
            trace.filings.append(np.maximum(0, now - before).astype(float))
            trace.research.append(spent.copy())
            before, spent = now, np.zeros(len(before))
    return trace


def use_rates(rows: Any) -> tuple[float, float, float]:
    """Return shares of inventions in use, in percent: firms, universities, joint ones."""
    mine = rows[(rows.stage == IN_FORCE) & (rows.kind == INVENTION)]
    firm = mine[mine.owner_kind == FIRM]
    university = mine[mine.owner_kind != FIRM]
    joint = university[university.joint == 1]
    return (100.0 * firm.in_use.mean(), 100.0 * university.in_use.mean(), 100.0 * joint.in_use.mean())


def lapsed_by(
    cohort: dict[int, tuple[int, int]], rows: Any, alive: set[int]
) -> dict[int, tuple[float, float]]:
    """Return, by type, the share of grants of 2016-2019 no longer in force at the end of 2026.

    The mean age since grant is then about nine years; the shares are turned into lapse
    by year five at a constant rate.
    """
    result: dict[int, tuple[float, float]] = {}
    for kind in (INVENTION, UTILITY_MODEL, DESIGN):
        mine = [(k, q) for k, (t, q) in cohort.items() if t == kind]
        kept = np.array([k in alive for k, _ in mine], float)
        years = np.array([(44 - q) / 4.0 for _, q in mine])
        rate = -np.log(max(1e-6, kept.mean())) / years.mean()
        result[kind] = (1.0 - float(np.exp(-5.0 * rate)), float(kept.mean()))
    return result
