"""Writing what a search found into its study folder."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from ipsim.study.errors import RunError
from ipsim.study.folders import write_whole
from ipsim.study.search.result import SearchResult
from ipsim.study.search.rivals import rivalry
from ipsim.study.search.scenarios import write_scenarios
from ipsim.study.search.settings import COST, SearchSettings
from ipsim.study.search.tables import candidates, frontier

SUMMARY = "search.json"


def save(result: SearchResult, folder: Path, lang: str) -> Path:
    """Write tables, scenario files, figures and report; equal searches give equal bytes.

    Raises
    ------
    RunError
        When the disk refuses, or a scenario file does not say what was run.
    """
    from ipsim.report.frontier import write_frontier

    try:
        files = write_scenarios(result, folder)
        write_whole(folder / "candidates.csv", candidates(result).to_csv(index=False).encode())
        write_whole(folder / "frontier.csv", frontier(result, files).to_csv(index=False).encode())
        text = json.dumps(_facts(result), indent=2, ensure_ascii=False)
        write_whole(folder / SUMMARY, f"{text}\n".encode())
        write_frontier(result, folder, lang)
    except OSError as error:
        raise RunError(
            f"{folder} can't be written to: {error.strerror or error}; the runs there are safe; "
            "go on with --resume when it can"
        ) from error
    return folder


def _facts(result: SearchResult) -> dict[str, Any]:
    settings, study = result.settings, result.study
    found = rivalry(result)
    base = result.final_base.goals(settings)[0]
    return {
        "study": study.name,
        "scenario": {"name": study.scenario.name, "hash": study.scenario.hash},
        "search": _asked(settings),
        "worlds": [world._asdict() | {"seeds": list(world.seeds)} for world in result.worlds],
        "runs": result.runs,
        "policies": len(result.searched.every),
        "pilots": result.pilots,
        "policies_in_worlds_that_failed": result.failed_worlds,
        "finalists": len(result.searched.finalists),
        "frontier": len(result.frontier),
        "base": {
            **{goal.name: _number(value) for goal, value in zip(settings.goals, base, strict=True)},
            COST: _number(result.final_base.cost(settings.budget)[0]),
        },
        "random": None if found is None else {key: _plain(value) for key, value in found._asdict().items()},
    }


def _asked(settings: SearchSettings) -> dict[str, Any]:
    budget = settings.budget
    return {
        "goals": [
            {
                "outcome": vars(goal.outcome) | {"years": list(goal.outcome.years)},
                "at": str(goal.over),
                "maximise": goal.maximise,
            }
            for goal in settings.goals
        ],
        "budget": {
            "at_most": budget.limit,
            "years": list(budget.years),
            "count": "extra" if budget.extra else "all",
            "at": str(budget.over),
        },
        "spend_less": settings.spend_less,
        "over": [factor.key for factor in settings.uncertain],
        "worlds": settings.worlds,
        "final_worlds": settings.final_worlds,
        "check_worlds": settings.check_worlds,
        "population": settings.population,
        "generations": settings.generations,
        "random": settings.random,
    }


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | None:
    """Return a number, or None where there is none: JSON knows no NaN."""
    return None if math.isnan(value) else float(value)
