"""What each estimator can be told, and the faults in what it was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ipsim.scenario.errors import nearest
from ipsim.scenario.quantity import is_number


class Option(NamedTuple):
    """One option: its value where none is given, what is allowed in words, and the test of it."""

    default: Any
    allowed: str
    fits: Callable[[Any], bool]


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_window(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return False
    return all(is_number(end) for end in value) and value[0] <= value[1]


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_dose(value: object) -> bool:
    if value is None or (is_number(value) and value != 0):
        return True
    if not isinstance(value, Mapping):
        return False
    numbers = all(is_number(part) for part in value.values())
    if set(value) == {"from", "to"}:
        return numbers and min(value.values()) > 0 and value["from"] != value["to"]
    return set(value) in ({"value"}, {"value", "se"}) and numbers and _is_sound(value)


def _is_sound(dose: Mapping[str, float]) -> bool:
    return dose["value"] != 0 and dose.get("se", 0.0) >= 0


def _one_of(default: Any, *allowed: Any) -> Option:
    words = ", ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in allowed)
    return Option(default, words, lambda value: any(value is one or value == one for one in allowed))


COMMON: dict[str, Option] = {
    "log": _one_of(False, False, True, "one-plus"),
    "percent": Option(False, "true or false", _is_flag),
    "per": Option(
        None,
        "the dose: a number other than 0, {value, se}, or {from, to} for log(to/from)",
        _is_dose,
    ),
    "level": Option(0.9, "a number between 0.5 and 0.999", lambda v: is_number(v) and 0.5 <= v <= 0.999),
    "missing": _one_of("error", "error", "drop"),
}
"""Options of every estimator."""

EVENT: dict[str, Option] = {
    "window": Option(
        None,
        "[first, last] time relative to first treatment, such as [-4, 5]; 0 is the first treated time",
        _is_window,
    ),
}
LEADS: dict[str, Option] = {
    "leads": Option(3, "a whole number of times before treatment, 0 for no check", _is_whole),
}
SEASON: dict[str, Option] = {"season": _one_of("none", "none", "quarter")}
DISCONTINUITY: dict[str, Option] = {
    "cutoff": Option(0.0, "a number", is_number),
    "bandwidth": Option(
        "imbens-kalyanaraman",
        "imbens-kalyanaraman or a number above 0",
        lambda value: value == "imbens-kalyanaraman" or (is_number(value) and value > 0),
    ),
    "interval": _one_of("robust", "robust", "conventional"),
}


def read_options(kind: str, known: Mapping[str, Option], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return every option of an estimator, with what was given in place of what is usual.

    Raises
    ------
    ValueError
        For an unknown option, with the nearest one; for a value that is not allowed, with what is.
    """
    faults: list[str] = []
    for name, value in given.items():
        if name not in known:
            faults.append(
                f"{name}: unknown option of {kind}; allowed: {', '.join(known)}{nearest(name, known)}"
            )
        elif not known[name].fits(value):
            faults.append(f"{name}: {value!r} does not do for {kind}; allowed: {known[name].allowed}")
    options = {name: option.default for name, option in known.items()} | dict(given)
    if not faults and options["percent"] and not options["log"]:
        faults.append("percent: needs log: true, since a percentage is read off a difference of logarithms")
    if not faults and options["percent"] and options["per"] is not None:
        faults.append("percent: does not go with per; an elasticity is already relative")
    if faults:
        raise ValueError("\n".join(faults))
    return options
