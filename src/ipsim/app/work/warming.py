"""Before the first visitor: the model is compiled, and the runs that everybody needs are made."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from ipsim.app.asked import DEFAULT_REPLICATES, DEFAULT_SCALE, SKETCH_PAIRS, SKETCH_SCALE, Policy

if TYPE_CHECKING:
    from ipsim.app.work.wanted import Wanted

_IMPORTED_FOR_ANSWERS = ("scipy.stats", "ipsim.study.comparison.compare")
"""They take half a second."""


def warm_up(tell: Callable[[str], None]) -> None:
    """In a worker: import the model, compile it if that was never done, and run it once, small.

    Parameters
    ----------
    tell
        Told ``compiling`` when that takes long, ``warming`` otherwise.
    """
    from ipsim.engine.compiling import is_warm
    from ipsim.scenario import city_names, load
    from ipsim.study.simulations import simulate

    tell("warming" if is_warm() else "compiling")
    small = load(city_names()[0]).replace({"horizon.end": 2017})
    simulate(small.drawn(1), seed=1, scale=0.02)


def baselines() -> list[Wanted]:
    """Return the runs to make while nobody asks: the cities as they are, sketches first.

    Imports what answers need as well, so that the first one does not wait for it.
    """
    for name in _IMPORTED_FOR_ANSWERS:
        import_module(name)
    from ipsim.app.policies import scenario_of
    from ipsim.app.work.wanted import pairs_wanted
    from ipsim.scenario import city_names

    cities = [scenario_of(Policy(start=name)) for name in city_names()]
    sketches = pairs_wanted(cities, range(1, SKETCH_PAIRS + 1), SKETCH_SCALE)
    full = pairs_wanted(cities, range(1, DEFAULT_REPLICATES + 1), DEFAULT_SCALE)
    return [*(run for runs in sketches for run in runs), *(run for runs in full for run in runs)]
