"""What a calibration came to, as files beside its runs."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.calibration.assessment import conflict_table, fit_table, identifiability_table
from ipsim.study.calibration.ensemble import write_ensemble
from ipsim.study.calibration.unused import Unused
from ipsim.study.calibration.waves import Calibrated, Plan
from ipsim.study.errors import FolderError
from ipsim.study.folders import written_into
from ipsim.study.manifest import model_hash, versions, write_json

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

FACTS = "calibration.json"
FIT, IDENTIFIABILITY, CONFLICTS = "fit.csv", "identifiability.csv", "conflicts.csv"


@dataclass(frozen=True)
class Assessment:
    """What people are told of a calibration.

    Attributes
    ----------
    fit, identifiability, conflicts
        Tables of `assessment`.
    facts
        What ``calibration.json`` says: cities, aims, plan, duration, versions, and what was not used.
    """

    fit: pd.DataFrame
    identifiability: pd.DataFrame
    conflicts: pd.DataFrame
    facts: Mapping[str, Any]

    @property
    def cities(self) -> dict[str, dict[str, str]]:
        """Names of the cities in both languages, by key."""
        return dict(self.facts["cities"])

    @property
    def is_shared(self) -> bool:
        """Whether it fitted what all cities share, and not one city's own figures alone."""
        return bool(self.facts["shared"])


def assess(
    found: Calibrated,
    cities: Mapping[str, Scenario],
    plan: Plan,
    *,
    shared: bool,
    command: str,
    seconds: float,
    unused: Sequence[Unused] = (),
    known_by: int | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Assessment:
    """Return what a calibration came to.

    Parameters
    ----------
    found
        The calibration.
    cities
        Scenario by key.
    plan
        How much was run.
    shared
        Whether shared parameters were fitted.
    command
        The command that makes it again.
    seconds
        How long it took.
    unused
        Published figures that no run was laid beside.
    known_by
        Last year of the figures that were fitted, if any was asked for.
    told
        Told how far the search for conflicts is: aims left out, and in all.
    """
    learned = {aim.key for aim in found.evidence.aims}
    aims = [
        {
            "key": aim.key,
            "use": aim.use,
            "published": aim.value,
            "low": _open(aim.low),
            "high": _open(aim.high),
            "spread": round(aim.spread, 4),
            "simulated": aim.key in learned,
            "source": aim.source,
        }
        for aim in found.aims
    ]
    facts = {
        "cities": {key: {"en": one.city.name.en, "zh": one.city.name.zh} for key, one in cities.items()},
        "shared": shared,
        "command": command,
        "known_by": known_by,
        "plan": {**asdict(plan), "draws": plan.draws},
        "seconds": round(seconds, 1),
        "members": len(found.members),
        "effective_draws": round(found.effective, 1),
        "parameters": len(found.parameters),
        "inherited": found.prior.fixed,
        "aims": aims,
        "unused": [{**one._asdict(), "reason": one.reason._asdict()} for one in unused],
        "scenarios": {key: one.hash for key, one in cities.items()},
        "model": model_hash(),
        "versions": versions(),
    }
    return Assessment(fit_table(found), identifiability_table(found), conflict_table(found, told=told), facts)


def keep(found: Calibrated, assessed: Assessment, folder: Path, lang: str = "en") -> Assessment:
    """Write ensemble, tables, facts, figures and page into the folder of the runs.

    All files are made aside and then take their places, so that an interruption leaves the folder as it was.

    Returns
    -------
    Assessment
        With the hash of the ensemble among its facts.

    Raises
    ------
    FolderError
        When the disk refuses.
    """
    from ipsim.report.calibration import write_calibration

    with written_into(folder) as work:
        digest = write_ensemble(found, work, _of_ensemble(assessed))
        assessed = replace(assessed, facts={"hash": digest, **assessed.facts})
        for name, table in (
            (FIT, assessed.fit),
            (IDENTIFIABILITY, assessed.identifiability),
            (CONFLICTS, assessed.conflicts),
        ):
            table.to_csv(work / name, index=False, float_format="%.6g", lineterminator="\n")
        write_json(work / FACTS, dict(assessed.facts))
        write_calibration(assessed, work, lang)
    return assessed


def read_assessment(folder: Path) -> Assessment:
    """Read what a calibration came to.

    Raises
    ------
    FolderError
        When the folder holds none.
    """
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        tables = [pd.read_csv(folder / name) for name in (FIT, IDENTIFIABILITY, CONFLICTS)]
    except (OSError, ValueError) as error:
        raise FolderError(f"{folder} holds no finished calibration: {error}") from error
    return Assessment(tables[0], tables[1], tables[2], facts)


def _of_ensemble(assessed: Assessment) -> dict[str, Any]:
    """Return what ``ensemble.json`` says of how the ensemble was made."""
    facts = assessed.facts
    fitted = [one["key"] for one in facts["aims"] if one["use"] == "fit" and one["simulated"]]
    return {
        "command": facts["command"],
        "cities": list(facts["cities"]),
        "known_by": facts["known_by"],
        "draws": facts["plan"]["draws"],
        "effective_draws": facts["effective_draws"],
        "targets": fitted,
    }


def _open(end: float) -> float | None:
    """Return the end of a published range, None where it is open."""
    return end if math.isfinite(end) else None
