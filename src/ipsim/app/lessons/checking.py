"""Whether what a lesson names exists, and whether its policies can be run."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from ipsim.app.asked import Policy
from ipsim.app.charts import CHARTS
from ipsim.app.lessons.outcomes import OUTCOMES
from ipsim.app.lessons.schema import LessonFile
from ipsim.indicators.catalogue import INDICATORS
from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.tree import Node
from ipsim.study.comparison.headline import NUMBERS

Path = tuple[int | str, ...]


def faults_of_names(file: LessonFile, tree: Node) -> list[Fault]:
    """Return the faults of names of indicators, headline numbers and charts."""
    asked = file.prediction
    named: list[tuple[Path, str, tuple[str, ...], str]] = [
        (("prediction", "outcome"), asked.outcome, OUTCOMES, "indicator or headline number"),
        *((("charts", i), name, tuple(CHARTS), "chart") for i, name in enumerate(file.charts)),
    ]
    faults = [
        tree.find(path).fault(
            _key(path), f"no such {what}: {name!r}; {_allowed(known)}{nearest(name, known)}"
        )
        for path, name, known, what in named
        if name not in known
    ]
    if asked.outcome in NUMBERS and asked.year is not None:
        node = tree.find(("prediction", "year"))
        faults.append(node.fault("prediction.year", f"{asked.outcome} sums the years up; leave year out"))
    if asked.outcome in INDICATORS and asked.year is None:
        node = tree.find(("prediction",))
        faults.append(node.fault("prediction.year", "is missing: the year of the indicator"))
    return faults


def faults_of_policies(file: LessonFile, tree: Node) -> list[Fault]:
    """Return the faults of what the policies set; each is tried on the model's levers."""
    from ipsim.app.starts import start_names
    from ipsim.scenario.loading import load

    name = file.baseline.start
    if name not in start_names():
        message = f"no scenario {name!r} ships; `ipsim list scenarios cities` has them"
        node = tree.find(("baseline", "start"))
        return [node.fault("baseline.start", message + nearest(name, start_names()))]
    start = load(name)
    sections: list[tuple[Path, dict[str, Any]]] = [(("baseline", "set"), file.baseline.set)]
    sections += [(("alternatives", i, "set"), one.set) for i, one in enumerate(file.alternatives)]
    faults: list[Fault] = []
    for path, values in sections:
        section = tree.find(path)
        given = {**file.baseline.set, **values}
        try:
            found = start.replace(given) if given else start
            Policy(start=name, changes=given)
        except ScenarioError as error:
            faults += [_placed(fault, section, path) for fault in error.faults]
        except ValidationError as error:
            faults.append(section.fault(_key(path), str(error.errors()[0]["msg"])))
        else:
            faults += _faults_of_end(file, tree, found.end_year)
    return list(dict.fromkeys(faults))


def _faults_of_end(file: LessonFile, tree: Node, end: int) -> list[Fault]:
    """Return faults of years after the last one that is run."""
    asked: list[tuple[Path, int | None]] = [(("prediction", "year"), file.prediction.year)]
    if file.firm is not None and file.firm.quarter is not None:
        asked.append((("firm", "quarter"), int(file.firm.quarter[:4])))
    if file.quarters is not None:
        asked.append((("quarters", "last"), file.quarters.last))
    return [
        tree.find(path).fault(_key(path), f"the runs end in {end}")
        for path, year in asked
        if year is not None and year > end
    ]


def _placed(fault: Fault, section: Node, path: Path) -> Fault:
    """Return a fault of a value at the line of the lesson that gives it."""
    lines = [node.line for key, node in section.items.items() if f"{fault.key}.".startswith(f"{key}.")]
    key = _key((*path, fault.key))
    return Fault(section.file, lines[0] if lines else section.line, key, fault.message)


def _key(path: Path) -> str:
    return ".".join(map(str, path))


def _allowed(known: tuple[str, ...]) -> str:
    return f"allowed: {', '.join(known)}" if len(known) < 10 else "`ipsim list indicators` has them"
