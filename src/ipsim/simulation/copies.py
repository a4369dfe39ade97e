"""The copies on sale at the end of 2015, so that disputes do not start from nothing."""

from __future__ import annotations

import numpy as np

from ipsim.city.enterprise import ALIVE
from ipsim.city.founding import INFRINGED
from ipsim.city.state import City
from ipsim.engine.draws import decision_number, uniforms

COPIES = decision_number("copies of 2015")


def found_copies(city: City) -> None:
    """Let as many holders be copied as the survey of 2015 found, each by one of its industry.

    A copy is up to two years old and earns what a copy earns.
    """
    table, seed = city.enterprises, int(city.clock[0].seed)
    parameters = city.parameters[0]
    holders = np.flatnonzero((table.status == ALIVE) & (table.best_flow > 0.0))
    keys = table.key[holders]
    met = uniforms(seed, COPIES, keys, 0, 0) < INFRINGED
    whom = uniforms(seed, COPIES, keys, 0, 1)
    age = uniforms(seed, COPIES, keys, 0, 2)
    for holder, u, old in zip(holders[met], whom[met], age[met], strict=True):
        industry = int(table.industry[holder])
        first, last = city.member_starts[industry], city.member_starts[industry + 1]
        copier = int(city.members[first + int(u * (last - first))])
        if copier == holder or table.copies[copier] >= 0:
            continue
        table.copies[copier] = holder
        table.copy_gain[copier] = parameters.copy_share * table.best_flow[holder]
        table.copy_since[copier] = -1 - int(8.0 * old)
