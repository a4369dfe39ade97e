"""What is brought up to date once a year: lists by industry, customers, crowding of fields."""

from __future__ import annotations

import itertools

import numpy as np

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import FIRM, IN_FORCE, INVENTION, PENDING, UTILITY_MODEL
from ipsim.city.state import City
from ipsim.engine.networks import reverse_slots

#: A utility model blocks less than an examined invention.
UTILITY_MODEL_WEIGHT = 0.2


def list_members(city: City) -> None:
    """List enterprises alive by industry, with running sums of sales."""
    table = city.enterprises
    alive = np.flatnonzero(table.status == ALIVE)
    order = alive[np.argsort(table.industry[alive], kind="stable")]
    industries = table.industry[order]
    starts = np.searchsorted(industries, np.arange(len(city.industries) + 1))
    city.members[: len(order)] = order
    city.member_starts[:] = starts
    sales = table.sales[order]
    for first, last in itertools.pairwise(starts):
        city.member_weights[first:last] = np.cumsum(sales[first:last])


def list_customers(city: City) -> None:
    """Turn links round: from suppliers to customers."""
    filled = np.empty(len(city.suppliers), np.int32)
    reverse_slots(city.suppliers, city.customer_starts, city.customer_targets, filled)


def thicket_by_industry(city: City) -> np.ndarray:
    """Return patents in force of enterprises by industry, utility models weighing less."""
    used = city.patents[: city.clock[0].patents]
    mine = (used.stage == IN_FORCE) & (used.owner_kind == FIRM)
    weight = np.where(used.kind == INVENTION, 1.0, 0.0)
    weight[used.kind == UTILITY_MODEL] = UTILITY_MODEL_WEIGHT
    return np.bincount(used.industry[mine], weights=weight[mine], minlength=len(city.industries)).astype(
        np.float64
    )


def crowd_fields(city: City) -> None:
    """Bring each industry's thicket and largest holder up to date.

    The thicket is the number of patents in force for each unit of research in the
    industry, relative to the start: a field that widens is less crowded.
    """
    table = city.enterprises
    held = thicket_by_industry(city)
    alive = table.status == ALIVE
    research = np.bincount(table.industry[alive], weights=table.research[alive], minlength=len(held))
    density = held / np.maximum(research, 1e-9)
    starts = city.industries.thicket_start
    starts[starts == 0.0] = np.maximum(density[starts == 0.0], 1e-9)
    city.industries.thicket[:] = np.minimum(5.0, density / starts)
    inventions = np.where(alive, table.inventions + 0.001 * table.utility_models, -1.0)
    for k in range(len(held)):
        mine = np.flatnonzero(alive & (table.industry == k))
        city.industries.largest[k] = mine[np.argmax(inventions[mine])] if len(mine) else -1


def drop_ended_patents(city: City) -> None:
    """Take refused and lapsed patents out of the ledger; the rest keep their order."""
    used = city.patents[: city.clock[0].patents]
    kept = np.flatnonzero((used.stage == PENDING) | (used.stage == IN_FORCE))
    used[: len(kept)] = used[kept]
    used[len(kept) :] = np.zeros((), used.dtype)
    city.clock[0].patents = len(kept)


def drop_closed_cases(city: City) -> None:
    """Take closed cases off the docket."""
    used = city.cases[: city.clock[0].cases]
    kept = np.flatnonzero(used.open == 1)
    used[: len(kept)] = used[kept]
    used[len(kept) :] = np.zeros((), used.dtype)
    city.clock[0].cases = len(kept)
