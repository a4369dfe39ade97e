"""The stage of sensitivity: headline questions, answered by every member of the ensemble."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from dependence import firmness, leading, scores_of, shares
from questions import NUMBERS, QUESTIONS, Question
from stages import Asked, keep, tell

from ipsim.scenario import Scenario
from ipsim.study.executor import run_all
from ipsim.study.intervals import CONFIDENCE, mean_of
from ipsim.study.simulations import MakesSimulation, PlannedRun, Replicate

SCALE = 0.1
TWICE = 60
"""Members that run a second time with other luck."""

OTHER_LUCK = 100_000
"""Added to the seed of a member for its second run."""

Ran = dict[tuple[str, int], Replicate]
"""A run by the hash of its scenario and its seed."""


def sensitivity(asked: Asked, folder: Path, make: MakesSimulation | None = None) -> dict[str, Any]:
    """Run all questions and say what their answers hang on."""
    tables: list[pd.DataFrame] = []
    ran: Ran = {}
    for question in QUESTIONS:
        tell(f"  {question.name}")
        base, other = question.scenarios()
        members = min(asked.members, len(base.ensemble))
        tables.append(differences(question, base, other, members, asked.workers, ran, make))
    keep(pd.concat(tables, ignore_index=True), folder / "differences.csv")
    analyse(folder)
    return {"scale": SCALE, "runs": len(ran)}


def analyse(folder: Path) -> None:
    """Write what the differences hang on, from the differences alone."""
    table = pd.read_csv(folder / "differences.csv")
    effects: list[dict[str, Any]] = []
    named: list[pd.DataFrame] = []
    for question in QUESTIONS:
        base, _ = question.scenarios()
        one, two = of_question(question, base, table[table["question"] == question.name])
        effects += one
        named += two
    keep(pd.DataFrame(effects), folder / "effects.csv")
    keep(pd.concat(named, ignore_index=True), folder / "leading.csv")


def differences(
    question: Question,
    base: Scenario,
    other: Scenario,
    members: int,
    workers: int,
    ran: Ran,
    make: MakesSimulation | None = None,
) -> pd.DataFrame:
    """Return each number of each member and seed, base and alternative: pairs have the same seed.

    Parameters
    ----------
    question, base, other
        What is compared.
    members
        How many sets of parameters, from the first; the first `TWICE` of them run with other luck again.
    workers
        Processes to use.
    ran
        Runs that are there already, from other questions with the same base; those made here are added.
    make
        Another simulation than the one of ipsim.
    """
    pairs = [(one, one) for one in range(1, members + 1)]
    pairs += [(one, one + OTHER_LUCK) for one in range(1, min(members, TWICE) + 1)]
    wanted = {
        (scenario.hash, seed): PlannedRun(scenario, seed, member=member)
        for scenario in (base, other)
        for member, seed in pairs
    }
    absent = {key: run for key, run in wanted.items() if key not in ran}
    ran.update(zip(absent, run_all(list(absent.values()), SCALE, workers, make=make), strict=True))
    rows: list[dict[str, Any]] = []
    for member, seed in pairs:
        here, there = (ran[scenario.hash, seed].indicators for scenario in (base, other))
        for number in NUMBERS:
            values = number.of_run(here), number.of_run(there)
            rows.append(
                {
                    "question": question.name,
                    "member": member,
                    "seed": seed,
                    "number": number.name,
                    "base": values[0],
                    "alternative": values[1],
                    "difference": values[1] - values[0],
                }
            )
    return pd.DataFrame(rows)


def of_question(
    question: Question, base: Scenario, table: pd.DataFrame
) -> tuple[list[dict[str, Any]], list[pd.DataFrame]]:
    """Return the effects of a question, a row a number, and the leading parameters of each."""
    names, values = parameters_of(base, int(table["member"].max()))
    scores = scores_of(values)
    effects: list[dict[str, Any]] = []
    named: list[pd.DataFrame] = []
    for number in NUMBERS:
        mine = table[table["number"] == number.name]
        once = mine[mine["seed"] == mine["member"]].sort_values("member")
        again = mine[mine["seed"] != mine["member"]].sort_values("member")
        found = once["difference"].to_numpy(dtype=np.float64)
        second = again["difference"].to_numpy(dtype=np.float64)
        share = shares(scores, found, found[: len(second)], second)
        spread = _spread(found)
        ends = {
            name: firmness(spread["mean"], spread["deviation"], part)
            for name, part in (("firm", share.parameters), ("firm_low", share.parameters_high))
        }
        effects.append(
            {
                "question": question.name,
                "number": number.name,
                "unit": number.unit,
                "base": float(once["base"].mean()),
                **spread,
                **share._asdict(),
                **ends,
            }
        )
        rows = leading(names, scores, found)
        named.append(rows.assign(question=question.name, number=number.name))
    return effects, named


def parameters_of(scenario: Scenario, members: int) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Return the names of the parameters that differ between members, and their values."""
    keys = list(scenario.drawn_keys)
    every = [scenario.ensemble.values(member) for member in range(1, members + 1)]
    values = np.array([[one[key] for key in keys] for one in every])
    moved = np.ptp(values, axis=0) > 0
    return [key for key, is_moved in zip(keys, moved, strict=True) if is_moved], values[:, moved]


def _spread(values: np.ndarray[Any, Any]) -> dict[str, float]:
    """Return mean with its interval, between what 90 % of members lie, and the share with its sign."""
    mean = mean_of(values)
    low, high = np.quantile(values, (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2))
    return {
        "members": len(values),
        "mean": float(mean.mean),
        "mean_low": float(mean.low),
        "mean_high": float(mean.high),
        "deviation": float(np.std(values, ddof=1)),
        "low": float(low),
        "high": float(high),
        "same_sign": float(np.mean(np.sign(values) == np.sign(float(mean.mean)))),
    }
