"""Enterprises, counted in one pass over their table."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ipsim.city.enterprise import ALIVE, LARGE
from ipsim.city.patent import FIRM, IN_FORCE, INVENTION
from ipsim.city.state import City
from ipsim.engine.rules import loop

LEADING_FROM = 10  #: inventions in force that make a large enterprise a leading one


class Firms(NamedTuple):
    """Counts of enterprises alive, in simulated units."""

    alive: int
    holders: int  #: with a patented invention in use
    high_tech: int
    leading: int
    exporters: int
    exporters_with_rights: int


@loop
def count_firms(enterprises: Any, counts: Any, revenue: Any, inventions: Any) -> None:
    """Add to ``counts``, in the order of `Firms`, and to revenue and inventions by industry."""
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        if enterprise.status != ALIVE:
            continue
        counts[0] += 1
        counts[1] += enterprise.best_flow > 0.0
        counts[2] += enterprise.high_tech
        counts[3] += enterprise.size_class >= LARGE and enterprise.inventions >= LEADING_FROM
        if enterprise.exporter == 1:
            held = enterprise.inventions + enterprise.utility_models + enterprise.designs
            counts[4] += 1
            counts[5] += held > 0
        revenue[enterprise.industry] += enterprise.revenue
        inventions[enterprise.industry] += enterprise.inventions


def firms(city: City) -> tuple[Firms, np.ndarray, np.ndarray]:
    """Return counts, and revenue (million RMB/quarter) and inventions in force by industry."""
    counts = np.zeros(len(Firms._fields), np.int64)
    revenue, inventions = np.zeros((2, len(city.industries)))
    count_firms(city.enterprises, counts, revenue, inventions)
    return Firms(*counts.tolist()), revenue, inventions


@loop
def count_inventions(patents: Any, used: int, enterprises: Any, by_industry: Any, late: Any) -> None:
    """Count enterprises' inventions in force by industry, and in ``late`` those near the market."""
    for n in range(used):
        patent = patents[n]
        if patent.stage == IN_FORCE and patent.kind == INVENTION and patent.owner_kind == FIRM:
            by_industry[patent.industry] += 1
            late[0] += enterprises[patent.owner].stage >= 2


def inventions_of_firms(city: City) -> tuple[np.ndarray, int]:
    """Return enterprises' inventions in force by industry, and those of makers of products and brands."""
    by_industry, late = np.zeros(len(city.industries), np.int64), np.zeros(1, np.int64)
    count_inventions(city.patents, int(city.clock[0].patents), city.enterprises, by_industry, late)
    return by_industry, int(late[0])
