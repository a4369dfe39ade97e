"""What is brought up to date once a year: lists by industry, customers, crowding of fields."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import FIRM, IN_FORCE, INVENTION, PENDING, UTILITY_MODEL
from ipsim.city.state import City
from ipsim.engine.networks import reverse_slots
from ipsim.engine.records import as_bytes
from ipsim.engine.rules import loop

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


@loop
def add_thicket(patents: Any, used: int, held: Any) -> None:
    """Add patents in force of enterprises to ``held`` by industry, utility models weighing less."""
    for n in range(used):
        patent = patents[n]
        if patent.stage == IN_FORCE and patent.owner_kind == FIRM:
            if patent.kind == INVENTION:
                held[patent.industry] += 1.0
            elif patent.kind == UTILITY_MODEL:
                held[patent.industry] += UTILITY_MODEL_WEIGHT


@loop
def survey_fields(enterprises: Any, research: Any, sizes: Any, largest: Any) -> None:
    """Add up research by industry and find the enterprise with the largest portfolio."""
    largest[:] = -1
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        if enterprise.status != ALIVE:
            continue
        k = enterprise.industry
        research[k] += enterprise.research
        size = enterprise.inventions + 0.001 * enterprise.utility_models
        if largest[k] < 0 or size > sizes[k]:
            sizes[k] = size
            largest[k] = i


def crowd_fields(city: City) -> None:
    """Bring each industry's thicket and largest holder up to date.

    The thicket is the number of patents in force for each unit of research in the
    industry, relative to the start: a field that widens is less crowded.
    """
    held, research, sizes = np.zeros((3, len(city.industries)))
    largest = np.empty(len(city.industries), np.int64)
    add_thicket(city.patents, int(city.clock[0].patents), held)
    survey_fields(city.enterprises, research, sizes, largest)
    density = held / np.maximum(research, 1e-9)
    starts = city.industries.thicket_start
    starts[starts == 0.0] = np.maximum(density[starts == 0.0], 1e-9)
    city.industries.thicket[:] = np.minimum(5.0, density / starts)
    city.industries.largest[:] = largest


@loop
def pack_ledger(patents: Any, used: int) -> int:
    """Move pending and valid patents to the front, in order; return how many there are."""
    kept = 0
    for n in range(used):
        if patents[n].stage == PENDING or patents[n].stage == IN_FORCE:
            if kept < n:
                patents[kept] = patents[n]
            kept += 1
    return kept


def drop_ended_patents(city: City) -> None:
    """Take refused and lapsed patents out of the ledger; the rest keep their order."""
    used = int(city.clock[0].patents)
    kept = pack_ledger(city.patents, used)
    as_bytes(city.patents)[kept:used] = np.void(city.patents.itemsize)
    city.clock[0].patents = kept


def drop_closed_cases(city: City) -> None:
    """Take closed cases off the docket."""
    used = city.cases[: city.clock[0].cases]
    kept = np.flatnonzero(used.open == 1)
    used[: len(kept)] = used[kept]
    used[len(kept) :] = np.zeros((), used.dtype)
    city.clock[0].cases = len(kept)
