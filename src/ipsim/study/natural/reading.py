"""Reading the file of a natural experiment: every fault at once, or an experiment that can run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.quantity import shown
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR
from ipsim.scenario.tree import Node, read_file
from ipsim.scenario.words import Words
from ipsim.study.natural.experiment import MEAN, Estimator, Experiment, Outcome, Published
from ipsim.study.natural.reading_treatment import read_cities, read_treatment
from ipsim.study.natural.reading_values import flag, known_keys, text, words

if TYPE_CHECKING:
    from ipsim.evidence import Effect
    from ipsim.study.natural.estimators import Claim

_KEYS = (
    "name",
    "effect",
    "design",
    "cities",
    "treatment",
    "level",
    "outcome",
    "measure",
    "window",
    "estimators",
    "published",
    "used_in_calibration",
    "expect",
    "notes",
)
_PUBLISHED = ("value", "sign", "unit", "tolerance", "low", "high", "margin", "why")
_NUMBERS = ("tolerance", "low", "high", "margin")


def read_experiment(path: str | Path) -> Experiment:
    """Return the experiment that a file holds.

    Parameters
    ----------
    path
        A YAML file; docs/natural.md says what may stand in it.

    Raises
    ------
    ScenarioError
        With every fault that was found, by line.
    """
    file = Path(path)
    tree = read_file(file, str(path))
    faults: list[Fault] = []
    known_keys(tree, _KEYS, "", faults)
    cities = read_cities(tree, faults)
    treatment = read_treatment(tree, cities, faults)
    estimators = _estimators(tree, treatment is not None, faults)
    found = Experiment(
        name=file.stem,
        title=words(tree, "name", faults),
        effect=_effect(tree, faults),
        design=text(tree, "design", faults),
        cities=cities,
        treatment=treatment,
        outcome=_outcome(tree, faults),
        window=_window(tree, faults),
        estimators=estimators,
        published=_published(tree, faults),
        used_in_calibration=flag(tree, "used_in_calibration", faults),
        expect=text(tree, "expect", faults, needed=False),
        notes=text(tree, "notes", faults, needed=False),
        file=str(path),
        text=file.read_text(encoding="utf-8-sig"),
    )
    _check_level(tree, faults)
    _check_dates(tree, found, faults)
    if faults:
        raise ScenarioError(sorted(faults, key=lambda fault: fault.line))
    return found


def _effect(tree: Node, faults: list[Fault]) -> Effect:
    from ipsim.evidence import effects

    known = {effect.id: effect for effect in effects()}
    node = tree.items.get("effect")
    value = None if node is None else node.value
    if value in known:
        return known[value]
    got = "expected the id of a published effect" if node is None else f"unknown effect {shown(node.plain())}"
    message = f"{got}; `ipsim evidence` and experiments/natural/README.md name them{nearest(value, known)}"
    faults.append((node or tree).fault("effect", message))
    return next(iter(known.values()))


def _check_level(tree: Node, faults: list[Fault]) -> None:
    """Say what can't be done: a lever acts on a whole city."""
    node = tree.items.get("level")
    if node is None or node.value == "city":
        return
    if node.value == "enterprise":
        message = "a lever acts on all enterprises of a city, so none can be treated alone; allowed: city"
    else:
        message = f"unknown level {shown(node.plain())}; allowed: city"
    faults.append(node.fault("level", message))


def _outcome(tree: Node, faults: list[Fault]) -> Outcome:
    from ipsim.indicators.catalogue import INDICATORS, spending_lever
    from ipsim.study.natural.measures import MEASURES

    node = tree.items.get("outcome")
    if node is None or not isinstance(node.value, (str, dict)):
        faults.append((node or tree).fault("outcome", "expected an indicator or {indicator, denominator}"))
        return Outcome("?")
    section = node if isinstance(node.value, dict) else Node({"indicator": node}, node.file, node.line)
    known_keys(section, ("indicator", "denominator"), "outcome", faults)
    allowed = [*INDICATORS, *MEASURES]
    named: dict[str, str] = {}
    for key in ("indicator", "denominator"):
        child = section.items.get(key)
        if child is None:
            if key == "indicator":
                faults.append(section.fault("outcome.indicator", "is missing"))
            continue
        name = str(child.value)
        if name not in allowed and not spending_lever(name):
            message = (
                f"unknown indicator or measure {shown(child.plain())}; `ipsim list indicators` names the"
            )
            message += f" first, docs/natural.md the others{nearest(name, allowed)}"
            faults.append(child.fault(f"outcome.{key}", message))
        named[key] = name
    return Outcome(named.get("indicator", "?"), named.get("denominator"))


def _window(tree: Node, faults: list[Fault]) -> tuple[int, int]:
    node = tree.items.get("window")
    years = [START_YEAR, 2025] if node is None else node.plain()
    if (
        isinstance(years, list)
        and len(years) == 2
        and all(isinstance(year, int) and START_YEAR <= year <= LAST_YEAR for year in years)
        and years[0] < years[1]
    ):
        return years[0], years[1]
    message = f"expected [first, last] year, got {shown(years)}; allowed: {START_YEAR} to {LAST_YEAR}"
    faults.append((node or tree).fault("window", message))
    return START_YEAR, LAST_YEAR


def _estimators(tree: Node, treated: bool, faults: list[Fault]) -> tuple[Estimator, ...]:
    node = tree.items.get("estimators")
    if not treated:
        if node is not None and node.plain() != [MEAN]:
            message = f"without a treatment there is only [{MEAN}], got {shown(node.plain())}"
            faults.append(node.fault("estimators", message))
        return (Estimator(MEAN, _options(tree.items.get("measure"), "measure", faults)),)
    if node is None or not isinstance(node.value, list) or not node.value:
        faults.append((node or tree).fault("estimators", "expected a list such as [twfe, imputation]"))
        return ()
    shared = _options(tree.items.get("measure"), "measure", faults)
    found: list[Estimator] = []
    for entry in node.value:
        name, own = entry.value, {}
        if len(entry.items) == 1:
            ((name, section),) = entry.items.items()
            own = _options(section, f"estimators.{name}", faults)
        found += _checked(entry, str(name), {**shared, **own}, faults)
    return tuple(found)


def _options(node: Node | None, key: str, faults: list[Fault]) -> dict[str, Any]:
    plain = {} if node is None else node.plain()
    if node is not None and not isinstance(plain, dict):
        faults.append(node.fault(key, f"expected a map of options, got {shown(plain)}"))
        return {}
    return {str(name): value for name, value in plain.items()}


def _checked(node: Node, kind: str, options: Mapping[str, Any], faults: list[Fault]) -> list[Estimator]:
    from ipsim.study.natural.estimators.estimating import check_options

    try:
        check_options(kind, options)
    except ValueError as error:
        faults.extend(node.fault("estimators", line) for line in str(error).splitlines())
        return []
    return [Estimator(kind, dict(options))]


def _published(tree: Node, faults: list[Fault]) -> Published:
    from ipsim.study.natural.estimators import Claim

    node = tree.items.get("published")
    if node is None or not isinstance(node.value, dict):
        faults.append((node or tree).fault("published", "expected {value or sign, unit, why, ...}"))
        return Published("?", Words("?", "?"), Claim(), "")
    known_keys(node, _PUBLISHED, "published", faults)
    plain = {str(key): value for key, value in node.plain().items()}
    if ("value" in plain) == ("sign" in plain):
        faults.append(node.fault("published", "needs either value (a number) or sign (+, - or 0)"))
    what = str(plain["sign"]) if "sign" in plain else plain.get("value", 0.0)
    return Published(
        str(what),
        words(node, "unit", faults, "published"),
        _claim(node, what, {key: plain[key] for key in _NUMBERS if key in plain}, faults),
        text(node, "why", faults, "published"),
    )


def _claim(node: Node, what: Any, how: Mapping[str, Any], faults: list[Fault]) -> Claim:
    from ipsim.study.natural.estimators import Claim

    try:
        claim = Claim.of(what, **how)
    except ValueError as error:
        faults.extend(node.fault("published", line) for line in str(error).splitlines())
        return Claim()
    if len(claim.signs) > 1:
        faults.append(node.fault("published.sign", "one sign for one outcome; make a file for each outcome"))
    return claim


def _check_dates(tree: Node, found: Experiment, faults: list[Fault]) -> None:
    """Say so when the window holds nothing before or nothing after treatment."""
    if found.treatment is None or not found.treatment.dates:
        return
    first, last = found.window
    node = tree.find(("treatment", "dates"))
    if not all(first < date <= last for date in found.treatment.dates):
        message = f"a date has to lie after {first} and up to {last}, within the window"
        faults.append(node.fault("treatment.dates", message))
