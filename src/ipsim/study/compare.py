"""Compare alternatives with a base, paired by seed so that the policy alone differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.effects import paired_effects
from ipsim.study.folders import written_whole
from ipsim.study.manifest import run_facts, scenario_facts, write_json
from ipsim.study.results import Result, write_tables
from ipsim.study.run import as_scenario, check_numbers, run

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.simulations import MakesSimulation, Progress


@dataclass(frozen=True)
class Comparison:
    """A base and its alternatives, run with the same seeds.

    Attributes
    ----------
    base
        The result that the others are measured against.
    alternatives
        A result by the name of each alternative; a name that comes twice gets a number.
    """

    base: Result
    alternatives: dict[str, Result]

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What each alternative changes, with the columns of ``effects.csv``."""
        tables = [
            paired_effects(name, self.base.indicators, result.indicators)
            for name, result in self.alternatives.items()
        ]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The indicators of base and alternatives, with the columns of ``indicators.csv``."""
        tables = [self.base.indicators]
        tables += [result.indicators.assign(scenario=name) for name, result in self.alternatives.items()]
        return pd.concat(tables, ignore_index=True)

    def save(self, folder: str | Path, lang: str = "en", force: bool = False) -> Path:
        """Write the comparison as a folder, whole or not at all; see `Result.save`."""
        from ipsim.report.contrast import write_contrast

        with written_whole(folder, force) as inside:
            write_tables(inside, self.indicators)
            self.effects.to_csv(inside / "effects.csv", index=False)
            write_json(inside / "run.json", self._facts())
            write_contrast(self, inside, lang)
        return Path(folder)

    def _facts(self) -> dict[str, Any]:
        others = {
            name: {
                "scenario": scenario_facts(result),
                "accounts": result.accounts,
                "duration_seconds": round(result.duration, 3),
            }
            for name, result in self.alternatives.items()
        }
        return {"kind": "compare", **run_facts(self.base), "alternatives": others}


def compare(
    base: Scenario | str | Path | Mapping[str, Any],
    *alternatives: Scenario | str | Path | Mapping[str, Any],
    seed: int = 1,
    replicates: int = 1,
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> Comparison:
    """Simulate a base and its alternatives with the same seeds.

    The parameters are those of `run`. With one pair there is an effect but no interval; thirty are a good
    start.

    Raises
    ------
    ScenarioError
        When a scenario is faulty.
    RunError
        When a run fails.
    ValueError
        When there is no alternative, or a number is out of bounds.
    """
    if not alternatives:
        raise ValueError("a comparison needs at least one alternative")
    check_numbers(seed, replicates, scale, workers)
    scenarios = [as_scenario(one) for one in (base, *alternatives)]
    names = _distinct([scenario.name for scenario in scenarios])
    total = sum(scenario.quarters for scenario in scenarios) * replicates
    results: list[Result] = []
    done = 0
    for name, scenario in zip(names, scenarios, strict=True):
        told = _from(done, total, progress)
        result = run(scenario, seed, replicates, scale, workers, told, make)
        results.append(replace(result, indicators=result.indicators.assign(scenario=name)))
        done += scenario.quarters * replicates
    return Comparison(results[0], dict(zip(names[1:], results[1:], strict=True)))


def _from(start: int, total: int, progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda quarters, _: progress(start + quarters, total)


def _distinct(names: Sequence[str]) -> list[str]:
    """Number the names that come twice: ``jinhua``, ``jinhua-2``."""
    taken: list[str] = []
    for name in names:
        new, number = name, 2
        while new in taken:
            new, number = f"{name}-{number}", number + 1
        taken.append(new)
    return taken
