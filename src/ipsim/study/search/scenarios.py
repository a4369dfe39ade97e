"""A scenario file for each policy of the frontier, ready for ``ipsim run`` and ``ipsim compare``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipsim.scenario import ScenarioError, city_names, load, scenario_names
from ipsim.scenario.tree import read_text
from ipsim.study.batch.manifest import SCENARIO
from ipsim.study.errors import RunError
from ipsim.study.folders import write_whole
from ipsim.study.scenario_files import scenario_text
from ipsim.study.search.result import SearchResult

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.words import Words
    from ipsim.study.plan import Study

FOLDER = "frontier"


def write_scenarios(result: SearchResult, folder: Path) -> list[str]:
    """Write the scenario files and return their paths, seen from the study folder.

    Each is loaded again and has to run exactly as the policy did in the search.

    Raises
    ------
    RunError
        When a file does not say what was run.
    OSError
        When the disk refuses.
    """
    from ipsim.report.frontier.naming import described, named

    digits = max(2, len(str(len(result.frontier))))
    files: list[str] = []
    for place, policy in enumerate(result.frontier.policies):
        assert policy is not None
        path = folder / FOLDER / f"policy-{place + 1:0{digits}}.yaml"
        words = (named(result, place), described(result, place))
        _write(path, result.study, policy.changes, words)
        files.append(f"{FOLDER}/{path.name}")
    return files


def _write(path: Path, study: Study, changes: Mapping[str, object], words: tuple[Words, Words]) -> None:
    """Write what differs, on a scenario that ships where that says all, else on the folder's own."""
    wanted = study.scenario.replace(changes)
    differing = {key: value for key, value in changes.items() if not _is_so_already(study, key, value)}
    ways = [(*way, differing) for way in _shipped(study)]
    ways += [(f"../{SCENARIO}", {}, differing), (f"../{SCENARIO}", {}, dict(changes))]
    for extends, settings, kept in ways:
        write_whole(path, _text(extends, words, settings, kept).encode())
        if _loads_alike(path, wanted):
            return
    raise RunError(f"{path} does not run as the policy did in the search; this is a fault in ipsim")


def _is_so_already(study: Study, key: str, value: object) -> bool:
    """Return whether the study's scenario has this value of a lever in every quarter."""
    timeline = study.scenario.policy.get(key)
    if timeline is None:
        return False
    changed = study.scenario.replace({key: value}).policy[key]
    quarters, first = study.scenario.quarters, study.scenario.start_year
    return bool((changed.path(quarters, first) == timeline.path(quarters, first)).all())


def _shipped(study: Study) -> list[tuple[str, dict[str, object]]]:
    """Return the scenario that ships and the fixed changes, where the study builds on one."""
    tree = read_text(study.text, study.file)
    name = tree.find(("scenario",)).value
    if name not in (*scenario_names(), *city_names()):
        return []
    settings = tree.items["set"].plain() if "set" in tree.items else {}
    return [(name, {str(key): value for key, value in settings.items()})]


def _loads_alike(path: Path, wanted: Scenario) -> bool:
    try:
        return load(path).hash == wanted.hash
    except ScenarioError:
        return False


def _text(extends: str, words: tuple[Words, Words], *changes: Mapping[str, object]) -> str:
    name, description = words
    head: dict[str, object] = {
        "extends": extends,
        "name": {"en": name.en, "zh": name.zh},
        "description": {"en": description.en, "zh": description.zh},
    }
    return scenario_text(head, *changes)
