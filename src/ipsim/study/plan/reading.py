"""Reading a study file: every fault at once, or a study that can run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.quantity import is_number, shown
from ipsim.scenario.tree import Node, read_file, read_text
from ipsim.study.plan.designs import Design
from ipsim.study.plan.reading_design import read_design, read_policies
from ipsim.study.plan.reading_factors import read_factors
from ipsim.study.plan.reading_outcomes import read_keep, read_outcomes
from ipsim.study.plan.reading_values import placed, whole_number
from ipsim.study.plan.study import Keep, Study

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_KEYS = (
    "scenario",
    "name",
    "description",
    "set",
    "factors",
    "design",
    "policies",
    "replicates",
    "seed",
    "seeds",
    "scale",
    "keep",
    "outcomes",
    "search",
)
_SEEDS = ("shared", "distinct")
_MOST_REPLICATES = 1_000_000
_LARGEST_SEED = 2**53


def read_study(path: str | Path) -> Study:
    """Return the study that a file holds.

    Parameters
    ----------
    path
        A YAML file; docs/studies.md says what may stand in it. A relative path of its scenario starts
        at its folder.

    Raises
    ------
    ScenarioError
        With every fault that was found.
    """
    file = Path(path)
    tree = read_file(file, str(path))
    text = file.read_text(encoding="utf-8-sig")
    return _study(tree, text, file.stem, file.resolve().parent, None)


def read_study_text(text: str, shown_as: str, name: str, scenario: Scenario) -> Study:
    """Return the study of a text whose scenario is at hand, such as one that a study folder holds."""
    return _study(read_text(text, shown_as), text, name, Path(), scenario)


def _study(tree: Node, text: str, name: str, folder: Path, scenario: Scenario | None) -> Study:
    faults = [
        node.fault(str(key), f"unknown key; allowed: {', '.join(_KEYS)}{nearest(key, _KEYS)}")
        for key, node in tree.items.items()
        if key not in _KEYS
    ]
    base = scenario or _scenario(tree, folder, faults)
    if base is None:
        raise ScenarioError(faults)
    factors = read_factors(tree.items.get("factors"), base, faults)
    design = read_design(tree, factors, base, faults)
    keep = read_keep(tree.items.get("keep"), base, faults)
    study = Study(
        name=_name(tree, name, faults),
        scenario=base,
        factors=factors,
        design=design or Design("list"),
        replicates=_whole(tree, "replicates", 1, _MOST_REPLICATES, 1, faults),
        seed=_whole(tree, "seed", 0, _LARGEST_SEED, 1, faults),
        distinct=_distinct(tree, faults),
        scale=_scale(tree, faults),
        keep=keep or Keep(),
        outcomes=read_outcomes(tree.items.get("outcomes"), keep or Keep(), base, faults),
        search=tree.items.get("search"),
        text=text,
        file=tree.file,
        policies=read_policies(tree, design, factors, base, faults),
    )
    if faults:
        raise ScenarioError(sorted(faults, key=lambda fault: (fault.file != tree.file, fault.line)))
    return study


def _scenario(tree: Node, folder: Path, faults: list[Fault]) -> Scenario | None:
    """Return the scenario with the changes of ``set``, or None when it can't be had."""
    from ipsim.scenario.assembly import assemble
    from ipsim.scenario.chain import follow, open_layer

    node = tree.items.get("scenario")
    if node is None or not isinstance(node.value, str):
        got = "" if node is None else f", got {shown(node.plain())}"
        faults.append((node or tree).fault("scenario", f"expected a name or a path of a scenario{got}"))
        return None
    try:
        found = assemble(follow(open_layer(node.value, folder, node, "scenario")))
    except ScenarioError as error:
        faults.extend(error.faults)
        return None
    changes = tree.items.get("set")
    if changes is None:
        return found
    if not isinstance(changes.value, dict):
        faults.append(changes.fault("set", f"expected a map of key: value, got {shown(changes.plain())}"))
        return found
    try:
        return found.replace({str(key): value for key, value in changes.plain().items()})
    except ScenarioError as error:
        faults.extend(placed(fault, changes, "set") for fault in error.faults)
        return found


def _name(tree: Node, default: str, faults: list[Fault]) -> str:
    node = tree.items.get("name")
    if node is None:
        return default
    if not isinstance(node.value, str) or not node.value.strip() or "/" in node.value:
        faults.append(
            node.fault("name", f"expected a short name, fit for a folder, got {shown(node.plain())}")
        )
        return default
    return node.value.strip()


def _whole(tree: Node, key: str, low: int, high: int, default: int, faults: list[Fault]) -> int:
    node = tree.items.get(key)
    value = None if node is None else whole_number(node, key, low, high, faults)
    return default if value is None else value


def _distinct(tree: Node, faults: list[Fault]) -> bool:
    node = tree.items.get("seeds")
    if node is not None and node.value not in _SEEDS:
        message = f"expected one of {', '.join(_SEEDS)}, got {shown(node.plain())}"
        faults.append(node.fault("seeds", f"{message}{nearest(node.value, _SEEDS)}"))
    return node is not None and node.value == "distinct"


def _scale(tree: Node, faults: list[Fault]) -> float | None:
    node = tree.items.get("scale")
    if node is None:
        return None
    if is_number(node.value) and 0 < node.value <= 1:
        return float(node.value)
    faults.append(node.fault("scale", f"expected a number above 0, to 1, got {shown(node.plain())}"))
    return None
