"""What ``run.json`` says: all that is needed to repeat a run and to trust it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipsim
from ipsim.study.drawing import parameter_facts

if TYPE_CHECKING:
    from ipsim.study.results import Result

_PACKAGES = ("mesa", "numba", "numpy", "pandas")

#: Folders of the package that decide what a run gives, beside its scenario.
_MODEL = ("city", "engine", "indicators", "mechanisms", "simulation")


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    found = {"ipsim": ipsim.__version__, "python": platform.python_version()}
    return found | {package: version(package) for package in _PACKAGES}


def changed_versions(
    then: Mapping[str, str], now: Mapping[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    """Return the versions that are not those of a result any more: then and now (`versions` if None)."""
    here = versions() if now is None else now
    return {name: (old, here.get(name, "absent")) for name, old in then.items() if here.get(name) != old}


@cache
def model_hash() -> str:
    """Return the SHA-256 of the model's sources: names and bytes of all its Python files."""
    package = Path(ipsim.__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sorted(file for folder in _MODEL for file in (package / folder).rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def scenario_facts(result: Result) -> dict[str, Any]:
    """Return name, title, text and hash of what was simulated."""
    scenario = result.scenario
    return {
        "name": scenario.name,
        "title": {"en": scenario.title.en, "zh": scenario.title.zh},
        "hash": scenario.hash,
        "text": scenario.text,
    }


def run_facts(result: Result) -> dict[str, Any]:
    """Return what can be said of one run, ready for JSON."""
    return {
        "versions": versions(),
        "scenario": scenario_facts(result),
        "seeds": list(result.seeds),
        "replicates": result.replicates,
        "scale": result.scale,
        "duration_seconds": round(result.duration, 3),
        "accounts": result.accounts,
        "parameters": parameter_facts([result]),
    }


def write_json(path: Path, facts: dict[str, Any]) -> None:
    """Write facts as readable JSON."""
    path.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
