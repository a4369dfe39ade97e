"""What ``study.json`` says: what was asked of which model, to go on with it or to verify it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.study.errors import FolderError
from ipsim.study.folders import write_whole
from ipsim.study.manifest import changed_versions, model_hash, versions
from ipsim.study.plan import Study, read_study_text

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

MANIFEST = "study.json"
SCENARIO = "scenario.yaml"
_FORMAT = 1


@dataclass(frozen=True)
class StudyFacts:
    """What a study folder says of itself."""

    name: str
    study: str
    scenario_name: str
    scenario_hash: str
    scale: float
    model: str
    versions: dict[str, str]
    keep: dict[str, list[Any] | None]

    @classmethod
    def of(cls, study: Study) -> StudyFacts:
        """Return what there is to say of a study that begins now."""
        names, years = study.keep
        return cls(
            study.name,
            study.text,
            study.scenario.name,
            study.scenario.hash,
            float(study.scale if study.scale is not None else study.scenario.city.default_scale),
            model_hash(),
            versions(),
            {
                "indicators": None if names is None else list(names),
                "years": None if years is None else list(years),
            },
        )


def write_facts(folder: Path, facts: StudyFacts, scenario: Scenario) -> None:
    """Write manifest and scenario.

    Raises
    ------
    OSError
        When the disk refuses.
    """
    write_whole(folder / SCENARIO, scenario.text.encode())
    text = json.dumps({"kind": "batch", "format": _FORMAT, **vars(facts)}, indent=2, ensure_ascii=False)
    write_whole(folder / MANIFEST, f"{text}\n".encode())


def read_facts(folder: Path) -> StudyFacts:
    """Return what a study folder says.

    Raises
    ------
    FolderError
        When it holds no study, or one that can't be read.
    """
    try:
        given = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if given.get("format") != _FORMAT:
            raise FolderError(
                f"{folder} was written by another version of ipsim: format {given.get('format')}"
            )
        return StudyFacts(**{name: given[name] for name in StudyFacts.__dataclass_fields__})
    except FileNotFoundError:
        raise FolderError(f"{folder} holds no study: {MANIFEST} is missing") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(f"the study in {folder} can't be read: {error!r}") from error


def kept_study(folder: Path) -> Study:
    """Return the study of a folder, as it was asked for.

    Raises
    ------
    FolderError
        When it holds no study, or one that can't be read.
    """
    from ipsim.scenario import ScenarioError, load_text
    from ipsim.scenario.calibrated import UNCALIBRATED

    facts = read_facts(folder)
    try:
        text = (folder / SCENARIO).read_text(encoding="utf-8")
        # As written: another ensemble may ship by now.
        scenario = load_text(text, facts.scenario_name, UNCALIBRATED)
        study = read_study_text(facts.study, str(folder / MANIFEST), facts.name, scenario)
    except (OSError, ScenarioError) as error:
        raise FolderError(f"the study in {folder} can't be read: {' '.join(str(error).split())}") from error
    if scenario.hash != facts.scenario_hash:
        raise FolderError(
            f"{folder}/{SCENARIO} is not the scenario of this study any more "
            f"({scenario.hash[:8]}, not {facts.scenario_hash[:8]}), or this ipsim reads it differently"
        )
    return study


def check_same(folder: Path, kept: StudyFacts, now: StudyFacts, scenario: Scenario) -> list[str]:
    """Make sure that a study can be gone on with, and return what else has changed, for a warning.

    Raises
    ------
    FolderError
        When scenario, scale, model or what is kept of a run has changed: old and new runs would not
        belong together.
    """
    where = f"{folder} can't be gone on with"
    away = "use another folder (--out)"
    if kept.scenario_hash != now.scenario_hash:
        raise FolderError(
            f"{where}: the scenario has changed since ({_difference(folder, scenario)}); {away}"
        )
    if kept.scale != now.scale:
        raise FolderError(f"{where}: scale is {now.scale:g} now, {kept.scale:g} then; {away}")
    if kept.keep != now.keep:
        raise FolderError(f"{where}: `keep` has changed since; {away}")
    if kept.model != now.model:
        raise FolderError(
            f"{where}: the model has changed since ({kept.model[:8]} then, {now.model[:8]} now); {away}"
        )
    changed = changed_versions(kept.versions, now.versions)
    return [f"{name} {then} then, {new} now" for name, (then, new) in changed.items()]


def _difference(folder: Path, now: Scenario) -> str:
    """Name the first thing in which the scenario differs from the one that the folder holds."""
    from ipsim.scenario import ScenarioError, load_text
    from ipsim.scenario.calibrated import UNCALIBRATED

    try:
        then = load_text((folder / SCENARIO).read_text(encoding="utf-8"), ensemble=UNCALIBRATED)
    except (OSError, ScenarioError):
        return "it can't be compared"
    for key, line in now.policy.items():
        if line != then.policy.get(key):
            return f"such as {key}"
    for key, value in now.assumptions.items():
        if value != then.assumptions.get(key):
            return f"such as assumptions.{key}: {then.assumptions.get(key)} then, {value} now"
    return "in figures of the city, industries of the rapid centre or the horizon"
