"""Explain a difference: run what is needed and divide the effect."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ipsim.study.comparison.compare import Comparison
from ipsim.study.drawing import members_of
from ipsim.study.executor import run_all
from ipsim.study.explain.change import change_between
from ipsim.study.explain.design import Design, Run
from ipsim.study.explain.explanation import Explanation
from ipsim.study.explain.figures import gathered
from ipsim.study.explain.outcomes import chosen_outcomes
from ipsim.study.explain.players import WAYS, By
from ipsim.study.results import Result, gather
from ipsim.study.run import as_scenario, check_numbers
from ipsim.study.simulations import PlannedRun, Replicate

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.calibrated import Ensemble
    from ipsim.study.plan.outcomes import Outcome
    from ipsim.study.simulations import MakesCutSimulation, MakesSimulation, Progress


def explain(
    base: Scenario | str | Path | Mapping[str, Any],
    alternative: Scenario | str | Path | Mapping[str, Any],
    *,
    indicators: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    by: By = "auto",
    replicates: int = 10,
    seed: int = 1,
    scale: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesCutSimulation | None = None,
    central: bool = False,
    ensemble: Ensemble | str | Path | None = None,
) -> Explanation:
    """Divide what an alternative changes among its levers, and among the mechanisms it acts through.

    Parameters
    ----------
    base, alternative
        Two scenarios of one city, or names, paths or mappings to load them from.
    indicators, years
        What words and picture are about; see `outcomes.chosen_outcomes`. The tables hold every indicator.
        With years, nothing after the last of them is simulated.
    by
        What counts as one lever: ``lever``, ``family``, or ``auto`` for families when more than five
        levers change.
    replicates, seed
        Pairs of runs, and the seed of the first; all runs of a pair share their luck.
    scale, workers
        As in `run`.
    progress
        Told of the quarters done and the quarters in all.
    make
        Another simulation than the one of ipsim, that takes ``cut`` and ``cut_policy`` as well.
    central, ensemble
        As in `run`; all runs of a pair use the same set of parameters.

    Returns
    -------
    Explanation
        Accounts of the outcomes, tables, and the comparison of the two.

    Raises
    ------
    ScenarioError
        When a scenario is faulty, the cities are two, no lever differs, or there is no such indicator.
    RunError
        When a run fails.
    ValueError
        When a number is out of bounds.
    """
    check_numbers(seed, replicates, scale, workers)
    asked = as_scenario(base, ensemble), as_scenario(alternative, ensemble)
    seeds = range(seed, seed + replicates)
    members = members_of(asked[0], seeds, central)
    design, outcomes = planned(*asked, indicators, years, by, seeds, members)
    return _explained(design, (outcomes, years), {}, scale, workers, progress, make)


def planned(
    base: Scenario,
    alternative: Scenario,
    indicators: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    by: By = "auto",
    seeds: Sequence[int] = (),
    members: Sequence[int] = (),
    *,
    to_the_end: bool = False,
) -> tuple[Design, tuple[Outcome, ...]]:
    """Return the runs that `explain` would make and the outcomes it would put in words, and run nothing.

    ``members`` are those of `members_of`, the same for both. With ``to_the_end`` years after those asked
    for are simulated as well.

    Raises
    ------
    ScenarioError, ValueError
        As in `explain`.
    """
    if by not in WAYS:
        raise ValueError(f"by must be one of {', '.join(WAYS)}, not {by!r}")
    last = min(base.end_year, alternative.end_year)
    outcomes = chosen_outcomes(indicators, years, base.start_year, last)
    last_year = max(years) if years and not to_the_end else None
    change = change_between(base, alternative, by, last_year, draws=bool(members))
    return Design(change, tuple(seeds), tuple(members)), outcomes


def explain_comparison(
    comparison: Comparison,
    alternative: str | None = None,
    *,
    indicators: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    by: By = "auto",
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesCutSimulation | None = None,
) -> Explanation:
    """Explain a comparison that was run already, with its seeds and scale; its own runs are not repeated.

    Parameters
    ----------
    comparison
        What `compare` gave.
    alternative
        Name of the alternative to explain; may be left out when there is one.
    indicators, years, by, workers, progress, make
        As in `explain`.

    Raises
    ------
    KeyError
        When there is no such alternative, or several and none is named.
    ScenarioError, RunError, ValueError
        As in `explain`.
    """
    names = list(comparison.alternatives)
    if alternative is None and len(names) == 1:
        alternative = names[0]
    if alternative not in comparison.alternatives:
        raise KeyError(f"no alternative {alternative!r}; there are: {', '.join(names)}")
    pair = comparison.base, comparison.alternatives[alternative]
    scenarios = pair[0].scenario, pair[1].scenario
    luck = pair[0].seeds, pair[0].members
    design, outcomes = planned(*scenarios, indicators, years, by, *luck, to_the_end=True)
    known = {design.base: pair[0], design.alternative: pair[1]}
    return _explained(design, (outcomes, years), known, pair[0].scale, workers, progress, make)


def _explained(
    design: Design,
    asked: tuple[tuple[Outcome, ...], Sequence[int] | None],
    known: Mapping[Run, Result],
    scale: float | None,
    workers: int,
    progress: Progress | None,
    make: MakesCutSimulation | None,
) -> Explanation:
    start = time.perf_counter()
    tasks = [task for task in design.runs() if task[0] not in known]
    replicates = run_all(
        planned_runs(design, tasks), scale, workers, progress, cast("MakesSimulation | None", make)
    )
    done = dict(zip(tasks, replicates, strict=True))
    outcomes, years = asked
    duration = time.perf_counter() - start
    return assembled(design, outcomes, done, known, years=years, scale=scale, duration=duration)


def planned_runs(
    design: Design, tasks: Sequence[tuple[Run, int]], *, by_member: bool = False
) -> list[PlannedRun]:
    """Return what to simulate for each run and seed of a design.

    Parameters
    ----------
    design
        What `planned` gave.
    tasks
        Any of ``design.runs()``; those with the same parameters and levers share one scenario.
    by_member
        Leave it to whoever runs base and alternative, cut or whole, to draw their parameters: then these
        runs have the two scenarios that were given. Scenarios in which some changes are made are drawn
        already, since a setting may follow a figure that is drawn.
    """
    members = dict(zip(design.seeds, design.members, strict=True)) if design.members else {}
    made: dict[tuple[int, frozenset[str]], Scenario] = {}
    runs: list[PlannedRun] = []
    for run, seed in tasks:
        is_given = by_member and len(run.members) in (0, len(design.change.players))
        change = design.change if is_given else design.changes[seed]
        kind = id(change), run.members  # seeds that share their parameters share their scenarios
        if kind not in made:
            made[kind] = change.scenario(run.members)
        member = members.get(seed) if is_given else None
        runs.append(PlannedRun(made[kind], seed, run.cut, change.base, member))
    return runs


def assembled(
    design: Design,
    outcomes: tuple[Outcome, ...],
    done: Mapping[tuple[Run, int], Replicate],
    known: Mapping[Run, Result] | None = None,
    *,
    years: Sequence[int] | None = None,
    scale: float | None = None,
    duration: float = 0.0,
) -> Explanation:
    """Put an explanation together from its finished runs, wherever they were made.

    Parameters
    ----------
    design, outcomes
        What `planned` gave.
    done
        What came of `planned_runs`, by run and seed.
    known
        Runs that were there before, with the seeds of the design.
    years, scale
        As in `explain`.
    duration
        Seconds that the runs took.
    """
    change = design.change
    used = float(change.base.city.default_scale if scale is None else scale)
    results = dict(known or {})
    for run, scenario in ((design.base, change.base), (design.alternative, change.alternative)):
        if run not in results:
            replicates = [done[run, seed] for seed in design.seeds]
            results[run] = gather(scenario, used, replicates, duration, design.members)
    every = range(change.base.start_year, change.base.end_year + 1)
    figures = gathered(design.seeds, every, done, known or {})
    comparison = _comparison(results[design.base], results[design.alternative])
    return Explanation(comparison, design, figures, outcomes, tuple(sorted(set(years or ()))), duration)


def _comparison(base: Result, alternative: Result) -> Comparison:
    """Return the pair as a comparison, its scenarios told apart by name."""
    from dataclasses import replace

    name = alternative.scenario.name
    if name == base.scenario.name:
        name = f"{name}-2"
    table = alternative.indicators.assign(scenario=name)
    return Comparison(base, {name: replace(alternative, indicators=table)})
