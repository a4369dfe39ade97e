"""Supply links end now and then, and enterprises choose new suppliers."""

from __future__ import annotations

from typing import Any

from ipsim.city.enterprise import ALIVE
from ipsim.engine.draws import uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule
from ipsim.mechanisms.decisions import SUPPLIER, TURNOVER


@rule
def drawn_by_size(city: Any, industry: int, u: float) -> int:
    """Return the enterprise of an industry at share ``u`` of the sum of attractiveness.

    Suppliers are chosen in proportion to their sales, so customers per supplier are as
    skewed as sizes (Zipf, exponent about 1).
    """
    low = city.member_starts[industry]
    high = city.member_starts[industry + 1]
    end = high
    if low == high:
        return -1
    target = u * city.member_weights[high - 1]
    while low < high:
        middle = (low + high) // 2
        if city.member_weights[middle] < target:
            low = middle + 1
        else:
            high = middle
    return city.members[min(low, end - 1)]


@rule
def supplies(city: Any, i: int, j: int) -> bool:
    """Tell whether ``j`` supplies enterprise ``i`` already."""
    found = 0
    for slot in range(city.suppliers.shape[1]):
        if city.suppliers[i, slot] == j:
            found += 1
    return found > 0


@rule
def choose_supplier(city: Any, i: int, slot: int) -> int:
    """Return a new supplier for enterprise ``i``: the more upstream of two drawn."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    draw = 16 * slot
    u = uniform(clock.seed, SUPPLIER, enterprise.key, clock.quarter, draw)
    options = city.supply_counts[enterprise.industry]
    industry = city.supply_lists[enterprise.industry, int(u * options)]
    best = -1
    for n in range(2):
        u = uniform(clock.seed, SUPPLIER, enterprise.key, clock.quarter, draw + 1 + n)
        j = drawn_by_size(city, industry, u)
        if j < 0 or j == i or city.enterprises[j].status != ALIVE or supplies(city, i, j):
            continue
        if best < 0 or city.enterprises[j].stage < city.enterprises[best].stage:
            best = j
    return best


@rule
def wanted_links(key: int) -> int:
    """Return how many suppliers an enterprise looks for: 2 to 4, a stable trait (mean 2.5)."""
    u = uniform(0, SUPPLIER, key, 0, 999)
    if u < 0.65:
        return 2
    return 3 if u < 0.85 else 4


@act
def renew_links(city: Any, i: int) -> None:
    """Once a year let links of enterprise ``i`` end or go on, and fill the gaps."""
    enterprise = city.enterprises[i]
    clock = city.clock[0]
    if clock.quarter % 4 != 0 or enterprise.status != ALIVE:
        return
    survival = city.parameters[0].link_survival
    for slot in range(wanted_links(enterprise.key)):
        j = city.suppliers[i, slot]
        u = uniform(clock.seed, TURNOVER, enterprise.key, clock.quarter, slot)
        if j < 0 or city.enterprises[j].status != ALIVE or u > survival:
            city.suppliers[i, slot] = choose_supplier(city, i, slot)


@loop
def renew_all_links(city: Any) -> None:
    """Run it for all enterprises."""
    for i in range(len(city.enterprises)):
        renew_links(city, i)


CHAIN = Mechanism("chain", "enterprises", renew_links, renew_all_links)
