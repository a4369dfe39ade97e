"""The patents in force and pending at the end of 2015, drawn to match the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import DESIGN, FIRM, IN_FORCE, INVENTION, PENDING, UNIVERSITY, UTILITY_MODEL
from ipsim.city.state import City
from ipsim.engine.draws import decision_number, normals, uniforms
from ipsim.engine.rules import interpreted
from ipsim.mechanisms import portfolio, worth
from ipsim.scenario.profile import CityProfile

if TYPE_CHECKING:
    from ipsim.simulation.anchoring import Sample

#: Called a few times only: to compile them would take longer than all calls.
annuity, pendency_years = interpreted(worth.annuity), interpreted(worth.pendency_years)
strength_of = interpreted(portfolio.strength_of)

STOCK = decision_number("patents of 2015")
SCATTERED = 0.1  #: part of the stock that enterprises without research hold
RENEWED = 0.95  #: part of enterprises whose other rights were lately enough for recognition
FIRST_KEY = -(1 << 40)  #: keys of the patents of 2015, apart from all later ones


def owners(city: City, rate: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return enterprises drawn in proportion to their inventions, a few at random."""
    alive = np.flatnonzero(city.enterprises.status == ALIVE)
    weights = np.zeros(len(rate))
    weights[alive] = SCATTERED / len(alive)
    total = rate.sum()
    if total > 0.0:
        weights += (1.0 - SCATTERED) * rate / total
    return np.searchsorted(np.cumsum(weights) / weights.sum(), u).astype(np.int64)


def ages_in_quarters(
    kind: int, profile: CityProfile, u: NDArray[np.float64], late: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return quarters since filing of patents in force.

    Inventions: ``share_over_5y`` of them are over five years old. The others fade with
    growth of filings and with lapse: mean ages of about three and two years.
    """
    if kind == INVENTION:
        old = late < profile.patents.share_over_5y.value
        young = 8 + (u * 12).astype(np.int64)
        ages = 20 + np.minimum(40, (-12.0 * np.log(1.0 - 0.99 * u)).astype(np.int64))
        return np.where(old, ages, young)
    mean = 12.0 if kind == UTILITY_MODEL else 8.0
    return 2 + np.minimum(34, (-mean * np.log(1.0 - 0.99 * u)).astype(np.int64))


def found_ledger(city: City, profile: CityProfile, rate: NDArray[np.float64]) -> None:
    """Fill the ledger with patents in force, and enterprises' books with them."""
    p = city.parameters[0]
    seed, scale = int(city.clock[0].seed), float(city.clock[0].scale)
    stocks = (
        (INVENTION, profile.patents.inventions_in_force.value),
        (UTILITY_MODEL, profile.patents.utility_models_in_force.value),
        (DESIGN, profile.patents.designs_in_force.value),
    )
    for kind, stock in stocks:
        count = round(stock * scale)
        start = int(city.clock[0].patents)
        keys = FIRST_KEY + np.arange(start, start + count, dtype=np.int64)
        rows = city.patents[start : start + count]
        u = [uniforms(seed, STOCK, keys, 0, n) for n in range(4)]
        age = ages_in_quarters(kind, profile, u[1], u[2])
        rows.key[:] = keys
        rows.kind[:] = kind
        rows.stage[:] = IN_FORCE
        rows.filed[:] = -age
        wait = round(4.0 * pendency_years(kind, city.policy[0]))
        rows.granted[:] = np.minimum(-1, -age + wait)
        rows.due[:] = (rows.granted % 4) % 4
        rows.quality[:] = (0.4 if kind == INVENTION else 0.0) + 0.9 * normals(seed, STOCK, keys, 0, 5)
        university = kind == INVENTION
        held = (u[3] < profile.patents.university_share.value) & university
        held &= len(city.universities) > 0
        rows.owner_kind[:] = np.where(held, UNIVERSITY, FIRM)
        firms = owners(city, rate, u[0])
        rows.owner[:] = np.where(held, (u[0] * max(1, len(city.universities))).astype(int), firms)
        rows.industry[:] = city.enterprises.industry[firms]
        rows.flow[:] = flows_worth_keeping(city, rows, kind, age)
        value = rows.flow / (p.discount + p.value_decay)
        used = value * (1.0 - p.unused_worth) > p.commercialisation_cost
        rows.in_use[:] = used & ~held
        exporter = city.enterprises.exporter[firms] == 1
        rows.abroad[:] = exporter & (p.abroad_gain * value > p.abroad_cost) & (kind == INVENTION)
        city.clock[0].patents += count
    fill_books(city)


def flows_worth_keeping(city: City, rows: Any, kind: int, age: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return yearly profit flows of patents that their owners kept until now.

    Drawn as for new inventions, faded with age, and at least what makes the coming
    annuity worth paying.
    """
    p = city.parameters[0]
    seed = int(city.clock[0].seed)
    luck = normals(seed, STOCK, rows.key, 0, 6)
    fade = np.exp(-p.value_decay * age / 4.0)
    value = city.industries.value[rows.industry] * np.exp(p.value_sigma * luck) * fade
    years = age // 4 + 1
    fees = np.array([annuity(kind, year) for year in range(1, 22)])[np.minimum(years, 20)]
    least = fees / p.right_share_unused
    return np.maximum(value * (p.discount + p.value_decay), least * np.exp(np.abs(luck)))


def fill_books(city: City) -> None:
    """Set what enterprises and universities hold from the ledger."""
    rows = city.patents[: city.clock[0].patents]
    table = city.enterprises
    size = len(table)
    firm = (rows.owner_kind == FIRM) & (rows.stage == IN_FORCE)
    for kind, name in ((INVENTION, "inventions"), (UTILITY_MODEL, "utility_models")):
        table[name][:] = np.bincount(rows.owner[firm & (rows.kind == kind)], minlength=size)
    table.designs[:] = np.bincount(rows.owner[firm & (rows.kind == DESIGN)], minlength=size)
    lately = 0.5 * (table.utility_models + table.designs)
    settled = uniforms(int(city.clock[0].seed), STOCK, table.key, 2, 0) < RENEWED
    spread = uniforms(int(city.clock[0].seed), STOCK, table.key, 2, 1)
    table.recent[:] = np.where(settled, np.maximum(lately, 3.8 + 3.0 * spread), lately)
    used = firm & (rows.in_use == 1)
    table.protected_flow[:] = np.bincount(rows.owner[used], weights=rows.flow[used], minlength=size)
    table.experience[:] = table.inventions + table.utility_models + table.designs
    order = np.argsort(rows.flow, kind="stable")
    order = order[used[order]]
    table.best_flow[rows.owner[order]] = rows.flow[order]
    strengths = np.array([strength_of(kind, city.parameters[0]) for kind in range(3)])
    table.best_strength[rows.owner[order]] = strengths[rows.kind[order]]
    if len(city.universities):
        mine = (rows.owner_kind == UNIVERSITY) & (rows.stage == IN_FORCE)
        city.universities.in_force[:] = np.bincount(rows.owner[mine], minlength=len(city.universities))


def found_pending(city: City, profile: CityProfile, rate: NDArray[np.float64], sample: Sample) -> None:
    """Add filings of before 2016 that still wait for a decision."""
    seed, scale = int(city.clock[0].seed), float(city.clock[0].scale)
    p = city.parameters[0]
    growth = profile.patents.stock_growth.value
    filings = (
        profile.patents.invention_applications.value,
        profile.patents.utility_model_applications.value,
        profile.patents.design_applications.value,
    )
    for kind, yearly in enumerate(filings):
        wait = pendency_years(kind, city.policy[0])
        count = round(yearly * scale * wait * (1.0 - 0.5 * growth * wait))
        start = int(city.clock[0].patents)
        keys = FIRST_KEY + np.arange(start, start + count, dtype=np.int64)
        rows = city.patents[start : start + count]
        u = [uniforms(seed, STOCK, keys, 1, n) for n in range(3)]
        rows.key[:] = keys
        rows.kind[:] = kind
        rows.stage[:] = PENDING
        remaining = (u[1] * 4.0 * wait).astype(np.int64)
        rows.due[:] = remaining
        rows.filed[:] = np.minimum(-1, remaining - round(4.0 * wait))
        firms = owners(city, rate, u[0])
        rows.owner[:] = firms
        rows.industry[:] = city.enterprises.industry[firms]
        chosen = np.flatnonzero(sample.kinds == kind)
        if len(chosen) == 0:
            chosen = np.arange(len(sample.kinds))
        like = chosen[(u[2] * len(chosen)).astype(np.int64)]
        rows.quality[:] = city.industries.merit[rows.industry] + sample.merit[like]
        rho = float(p.value_merit)
        spread = rho * sample.merit[like] + np.sqrt(1.0 - rho * rho) * sample.other[like]
        value = city.industries.value[rows.industry] * np.exp(p.value_sigma * spread)
        rows.flow[:] = value * (p.discount + p.value_decay)
        careful = u[1] < 0.5
        rows.agency[:] = np.where(careful, 0, int(city.careful[0]))
        city.enterprises.experience[:] += np.bincount(firms, minlength=len(city.enterprises))
        city.clock[0].patents += count
