"""Compare alternatives with a base, paired by seed so that the policy alone differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.comparison.chance import Chance, chance, chance_table
from ipsim.study.comparison.effects import paired_effects
from ipsim.study.comparison.headline import headline_table, numbers_of_runs, paired_numbers
from ipsim.study.comparison.price import Price, price, price_table
from ipsim.study.comparison.turning import ASSUMPTIONS_MOVED, Turning, turning
from ipsim.study.drawing import check_one_ensemble, parameter_facts, write_parameters
from ipsim.study.folders import written_whole
from ipsim.study.manifest import run_facts, scenario_facts, write_json
from ipsim.study.results import Result, write_tables
from ipsim.study.run import as_scenario, check_numbers, run

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.calibrated import Ensemble
    from ipsim.study.comparison.paired import Paired
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

    @property
    def base_name(self) -> str:
        """Name of the base, told apart from those of the alternatives."""
        return str(self.base.indicators["scenario"].iloc[0])

    @property
    def results(self) -> dict[str, Result]:
        """Base and alternatives by name, the base first."""
        return {self.base_name: self.base, **self.alternatives}

    def against(self, name: str) -> Comparison:
        """Return the same runs measured against another base; nothing is simulated.

        Parameters
        ----------
        name
            Name of an alternative, or of the base itself.

        Raises
        ------
        KeyError
            When nothing of this name was compared.
        """
        results = self.results
        if name not in results:
            raise KeyError(f"{name!r} was not compared; these were: {', '.join(results)}")
        return Comparison(results.pop(name), results)

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What each alternative changes, with the columns of ``effects.csv``."""
        tables = [
            paired_effects(name, self.base.indicators, result.indicators)
            for name, result in self.alternatives.items()
        ]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def numbers(self) -> dict[str, pd.DataFrame]:
        """By scenario, the headline numbers of each run; see `headline.numbers_of_runs`."""
        return {name: numbers_of_runs(result.indicators) for name, result in self.results.items()}

    @cached_property
    def differences(self) -> dict[str, dict[str, Paired]]:
        """By alternative and headline number, the difference from the base."""
        base = self.numbers[self.base_name]
        return {name: paired_numbers(base, self.numbers[name]) for name in self.alternatives}

    @property
    def headline(self) -> pd.DataFrame:
        """The headline numbers of base and alternatives, with the columns of ``headline.csv``."""
        return headline_table(self.differences)

    @cached_property
    def prices(self) -> dict[str, Price]:
        """By alternative, what an extra high-value patent costs; absent where it was not measured."""
        base = self.numbers[self.base_name]
        found: dict[str, Price] = {}
        for name in self.alternatives:
            both = [base[["high_value", "public_cost"]], self.numbers[name][["high_value", "public_cost"]]]
            runs = pd.concat(both, axis=1).dropna().to_numpy()
            if len(runs):
                found[name] = price((runs[:, 0], runs[:, 2]), (runs[:, 1], runs[:, 3]))
        return found

    @cached_property
    def chances(self) -> dict[str, Chance]:
        """By scenario, the chance of meeting the 2030 pattern; empty where it was not measured."""
        found = {name: chance(result.indicators) for name, result in self.results.items()}
        return {name: one for name, one in found.items() if one is not None}

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The indicators of base and alternatives, with the columns of ``indicators.csv``."""
        tables = [result.indicators.assign(scenario=name) for name, result in self.results.items()]
        return pd.concat(tables, ignore_index=True)

    def turning(
        self,
        assumptions: int | Sequence[str] = ASSUMPTIONS_MOVED,
        replicates: int | None = None,
        workers: int = 1,
        progress: Progress | None = None,
        make: MakesSimulation | None = None,
    ) -> Turning:
        """Find the assumption that would turn a difference over; see `turning.turning`."""
        return turning(self.results, assumptions, replicates, workers, progress, make)

    def save(
        self, folder: str | Path, lang: str = "en", force: bool = False, turning: Turning | None = None
    ) -> Path:
        """Write the comparison as a folder, whole or not at all; see `Result.save`.

        Parameters
        ----------
        folder, lang, force
            As in `Result.save`.
        turning
            What `Comparison.turning` found, to be reported and kept as well.
        """
        from ipsim.report.contrast import write_contrast

        with written_whole(folder, force) as inside:
            write_tables(inside, self.indicators)
            write_parameters(inside, list(self.results.values()))
            self.effects.to_csv(inside / "effects.csv", index=False)
            self.headline.to_csv(inside / "headline.csv", index=False)
            price_table(self.prices).to_csv(inside / "prices.csv", index=False)
            chance_table(self.chances).to_csv(inside / "pattern.csv", index=False)
            if turning:
                turning.effects.to_csv(inside / "turning.csv", index=False)
            write_json(inside / "run.json", self._facts(turning))
            write_contrast(self, inside, lang, turning)
        return Path(folder)

    def _facts(self, turning: Turning | None) -> dict[str, Any]:
        others = {
            name: {
                "scenario": scenario_facts(result),
                "accounts": result.accounts,
                "duration_seconds": round(result.duration, 3),
            }
            for name, result in self.alternatives.items()
        }
        facts: dict[str, Any] = {"kind": "compare", **run_facts(self.base), "alternatives": others}
        facts["scenario"]["name"] = self.base_name
        facts["parameters"] = parameter_facts(list(self.results.values()))
        if turning:
            facts["turning"] = {"assumptions": turning.assumptions, "replicates": turning.replicates}
        return facts


def compare(
    base: Scenario | str | Path | Mapping[str, Any],
    *alternatives: Scenario | str | Path | Mapping[str, Any],
    seed: int = 1,
    replicates: int = 1,
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
    central: bool = False,
    ensemble: Ensemble | str | Path | None = None,
) -> Comparison:
    """Simulate a base and its alternatives with the same seeds.

    The parameters are those of `run`; both sides of a pair use the same member of the ensemble. With one
    pair there is an effect but no interval; thirty are a good start.

    Raises
    ------
    ScenarioError
        When a scenario is faulty, or is of another city or ends in another year than the base.
    RunError
        When a run fails.
    ValueError
        When there is no alternative, or a number is out of bounds.
    """
    if not alternatives:
        raise ValueError("a comparison needs at least one alternative")
    check_numbers(seed, replicates, scale, workers)
    scenarios = [as_scenario(one, ensemble) for one in (base, *alternatives)]
    check_comparable(scenarios)
    names = distinct([scenario.name for scenario in scenarios])
    total = sum(scenario.quarters for scenario in scenarios) * replicates
    results: list[Result] = []
    done = 0
    for name, scenario in zip(names, scenarios, strict=True):
        told = _from(done, total, progress)
        result = run(scenario, seed, replicates, scale, workers, told, make, central=central)
        results.append(replace(result, indicators=result.indicators.assign(scenario=name)))
        done += scenario.quarters * replicates
    return Comparison(results[0], dict(zip(names[1:], results[1:], strict=True)))


def check_comparable(scenarios: Sequence[Scenario]) -> None:
    """Make sure that scenarios can be laid side by side: one city, one last year, one ensemble.

    Raises
    ------
    ScenarioError
        With a fault for each scenario that differs from the first.
    """
    from ipsim.scenario.errors import Fault, ScenarioError

    base, *others = scenarios
    faults: list[Fault] = []
    for other in others:
        if other.city.key != base.city.key:
            message = f"{other.city.key}, but {base.name} is of {base.city.key}; compare within one city"
            faults.append(Fault(other.name, 0, "city", message))
        elif other.end_year != base.end_year:
            message = f"{other.end_year}, but {base.name} ends in {base.end_year}; give both one last year"
            faults.append(Fault(other.name, 0, "horizon.end", message))
        else:
            faults += check_one_ensemble(base, other)
    if faults:
        raise ScenarioError(faults)


def _from(start: int, total: int, progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda quarters, _: progress(start + quarters, total)


def distinct(names: Sequence[str]) -> list[str]:
    """Number the names that come twice: ``jinhua``, ``jinhua-2``."""
    taken: list[str] = []
    for name in names:
        new, number = name, 2
        while new in taken:
            new, number = f"{name}-{number}", number + 1
        taken.append(new)
    return taken
