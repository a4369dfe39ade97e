"""Three levels that published figures of 2015 fix: research, value, and merit.

The profile says what enterprises spend on R&D and how many patents of each type the
city filed in 2015. The level of inventive capability, the level of an invention's value
and the mean merit are set so that the enterprises' own choices, under the policy of the
first quarter, give these figures. Nothing after 2015 is used.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import DESIGN, INVENTION, UTILITY_MODEL
from ipsim.city.state import City
from ipsim.engine.draws import decision_number, normals, uniforms
from ipsim.engine.rules import interpreted, loop
from ipsim.mechanisms.filing import best_choice, trifles_wanted
from ipsim.mechanisms.research import kept_by_best_means
from ipsim.scenario.profile import CityProfile
from ipsim.simulation.stock import found_ledger, found_pending

SAMPLE = 4000  #: inventions in the pilot sample
ROUNDS = 16
PILOT = decision_number("pilot sample of inventions")
UNIVERSITY_INVENTION_SHARE = 0.75  #: of university filings; the rest are utility models


@loop
def pilot_choices(
    city: Any,
    rows: Any,
    merits: Any,
    values: Any,
    designs: Any,
    visible: Any,
    kinds: Any,
    parts: Any,
) -> None:
    """Let each sampled invention be chosen for as in a run; write type and parts."""
    for n in range(len(rows)):
        shown = visible[n] == 1
        choice = best_choice(city, rows[n], merits[n], values[n], designs[n] == 1, shown)
        kinds[n] = choice.kind
        parts[n] = choice.parts


@loop
def pilot_trifles(city: Any, wanted: Any) -> None:
    """Add up the trifles that enterprises would file in a quarter, by type."""
    for i in range(len(city.enterprises)):
        if city.enterprises[i].status != 1:
            continue
        best, kind_of_best = 0.0, -1
        for kind in range(3):
            number = trifles_wanted(city, i, kind)
            if number > best:
                best, kind_of_best = number, kind
        if kind_of_best >= 0:
            wanted[kind_of_best] += best


def filings_of_firms(profile: CityProfile, scale: float) -> NDArray[np.float64]:
    """Return filings of enterprises in 2015 by type, in simulated units."""
    patents = profile.patents
    university = sum(u.patent_applications.value for u in profile.universities)
    total = np.array(
        [
            patents.invention_applications.value - UNIVERSITY_INVENTION_SHARE * university,
            patents.utility_model_applications.value - (1.0 - UNIVERSITY_INVENTION_SHARE) * university,
            patents.design_applications.value,
        ]
    )
    return np.maximum(total, 1.0) * scale


def set_research(city: City, target: float, worth: float) -> NDArray[np.float64]:
    """Set who researches and how much, to ``target`` million RMB a quarter in all.

    ``worth`` is the expected worth of an invention. Returns each enterprise's expected
    inventions a quarter.
    """
    p = city.parameters[0]
    g = float(p.research_elasticity)
    subsidy = float(city.policy[0].subsidies_research)
    table = city.enterprises
    alive = table.status == ALIVE
    market = np.where(alive, table.sales, 1.0) / float(city.clock[0].mean_sales)
    able = np.where(alive, table.capability * market ** float(p.capability_scaling), 0.0)
    fixed = float(p.research_fixed_cost)
    begins = 1.0 + float(p.research_start_ratio) / (4.0 * float(p.research_horizon))
    least = begins * fixed * g / (1.0 - g)  # as in `begins_or_goes_on`

    def efforts(level: float) -> NDArray[np.float64]:
        best = (g * level * able * worth / (1.0 - subsidy)) ** (1.0 / (1.0 - g))
        best = np.where(best > least, best, 0.0)
        return np.minimum(best, float(p.cash_for_research) * np.maximum(table.cash, 0.0))

    low, high = 1e-6, 1e6
    for _ in range(80):
        middle = math.sqrt(low * high)
        if middle in (low, high):  # as near as numbers are
            break
        low, high = (middle, high) if efforts(middle).sum() < target else (low, middle)
    level = math.sqrt(low * high)
    table.research[:] = efforts(level)
    table.reported_research[:] = table.research
    table.researches[:] = table.research > 0.0
    city.clock[0].capability = level
    return np.where(table.research > 0.0, level * able * table.research**g, 0.0)


class Sample:
    """A fixed sample of inventions, in standard normal numbers, for the pilot."""

    def __init__(self, seed: int) -> None:
        keys = np.arange(SAMPLE, dtype=np.int64)
        self.owner = uniforms(seed, PILOT, keys, 0, 0)
        self.form = uniforms(seed, PILOT, keys, 0, 1)
        self.shown = uniforms(seed, PILOT, keys, 0, 9)
        self.merit = normals(seed, PILOT, keys, 0, 1)
        self.other = normals(seed, PILOT, keys, 0, 2)
        self.seen = normals(seed, PILOT, keys, 0, 3)
        self.kinds = np.zeros(SAMPLE, np.int64)
        self.parts = np.ones(SAMPLE, np.int64)

    def choose(self, city: City, rate: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share of inventions filed as each type (parts counted)."""
        p = city.parameters[0]
        weights = np.cumsum(rate)
        rows = np.searchsorted(weights, self.owner * weights[-1]).astype(np.int64)
        industry = city.enterprises.industry[rows]
        rho = float(p.value_merit)
        spread = p.value_sigma * (rho * self.merit + math.sqrt(1.0 - rho * rho) * self.other)
        values = city.industries.value[industry] * np.exp(spread)
        merits = city.industries.merit[industry] + self.merit + p.perception * self.seen
        designs = (self.form < city.industries.design_share[industry]).astype(np.int64)
        visible = (self.shown < p.visible_share).astype(np.int64)
        pilot_choices(city, rows, merits, values, designs, visible, self.kinds, self.parts)
        shares = [
            float(self.parts[self.kinds == kind].sum()) / SAMPLE
            for kind in (INVENTION, UTILITY_MODEL, DESIGN)
        ]
        return np.array(shares)


def anchor(city: City, profile: CityProfile) -> None:
    """Set the three levels, and fill the ledger with the patents of 2015."""
    scale, seed = float(city.clock[0].scale), int(city.clock[0].seed)
    p = city.parameters[0]
    g, sigma = float(p.research_elasticity), float(p.value_sigma)
    revenue = 4.0 * float(city.enterprises.sales.sum())
    research = profile.rd_intensity.value * revenue
    target = filings_of_firms(profile, scale)
    ideas = 1.5 * target.sum()
    sample = Sample(seed)
    first = city.enterprises[0]
    kept = interpreted(kept_by_best_means)(first, city.policy[0], p) * (1.0 - float(first.blocked))
    base_designs = city.industries.design_share.copy()
    mean_merit, designs, stocked = 0.0, 1.0, False
    rate = np.zeros(len(city.enterprises))
    for _ in range(ROUNDS):
        worth = research / (g * ideas)
        city.industries.value[:] = worth / kept / math.exp(0.5 * sigma * sigma)
        city.industries.merit[:] = mean_merit
        city.industries.design_share[:] = np.clip(base_designs * designs, 0.0, 0.95)
        rate = set_research(city, research / 4.0, worth)
        if not stocked:
            found_ledger(city, profile, rate)
            stocked = True
        wanted = np.zeros(3)
        pilot_trifles(city, wanted)
        filed = ideas * sample.choose(city, rate) + 4.0 * wanted
        filed = np.maximum(filed, 1e-6)
        ideas *= (target.sum() / filed.sum()) ** 0.7
        mean_merit += 0.5 * math.log(target[0] / target[1] * filed[1] / filed[0])
        mean_merit = min(max(mean_merit, -2.5), 2.5)
        designs *= (target[2] / filed[2] * filed[:2].sum() / target[:2].sum()) ** 0.6
    found_pending(city, profile, rate, sample)
