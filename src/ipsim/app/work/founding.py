"""Cities founded once: a policy acts only after the founding, so runs that differ in it alone share one."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from ipsim.city.state import City
from ipsim.simulation import Simulation

MOST_BYTES: Final = 64 * 1024**2
"""Bytes of founded cities in each worker."""
_LARGEST: Final = MOST_BYTES // 16
"""A larger city is founded anew: too few would fit to meet one again."""


class FoundedCities:
    """Cities as they were founded, those not used for longest dropped."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._cities: OrderedDict[tuple[Any, ...], City] = OrderedDict()
        self._nbytes = 0

    def get(self, key: tuple[Any, ...]) -> City | None:
        """Return a copy of a city, or None."""
        found = self._cities.get(key)
        if found is None:
            return None
        self._cities.move_to_end(key)
        return _copied(found)

    def put(self, key: tuple[Any, ...], city: City) -> None:
        """Keep a copy of a city, unless it is large."""
        size = _nbytes(city)
        if size > _LARGEST or key in self._cities:
            return
        self._cities[key] = _copied(city)
        self._nbytes += size
        while self._nbytes > self._most:
            _, dropped = self._cities.popitem(last=False)
            self._nbytes -= _nbytes(dropped)


def _copied(city: City) -> City:
    return City(*(table.copy() for table in city))


def _nbytes(city: City) -> int:
    return sum(table.nbytes for table in city)


_CITIES = FoundedCities()


class FoundedOnce(Simulation):
    """The simulation of ipsim; a city that was founded before is copied, a quarter of a small run's time."""

    def _founded(self) -> City:
        key = self._founding_key()
        city = _CITIES.get(key)
        if city is None:
            city = super()._founded()
            _CITIES.put(key, city)
        return city

    def _founding_key(self) -> tuple[Any, ...]:
        """Return all that a founding reads: profile, parameters, the policy of 2015, luck and size."""
        scenario = self.scenario
        return (
            scenario.city.model_dump_json(),
            tuple(sorted(scenario.founding.items())),
            tuple(sorted(scenario.assumptions.items())),
            self.seed,
            self.scale,
        )
