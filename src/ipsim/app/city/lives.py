"""The life of one agent as the page reads it: who it is, what it met, its figures by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.events import Event, enterprise_events
from ipsim.app.city.institution_events import institution_events
from ipsim.app.city.names import TABLE_OF, Names, both, stage_words
from ipsim.app.city.sums import date_of
from ipsim.city.enterprise import ALIVE, FAILED
from ipsim.scenario.words import Words

if TYPE_CHECKING:
    from ipsim.app.city.recording import Recording

MOST_EVENTS = 400
"""Events of one life that are sent; the latest of a busier one."""
_SIZES = ("size_micro", "size_small", "size_medium", "size_large")

SERIES: dict[str, tuple[tuple[str, str], ...]] = {
    "enterprise": (
        ("revenue", "million_quarter"),
        ("patents", "patents"),
        ("debt", "million"),
        ("research", "million_quarter"),
        ("subsidy", "million_quarter"),
        ("cash", "million"),
        ("filed", "filings_quarter"),
        ("copied_by", "enterprises"),
        ("copy_hazard", "share_year"),
        ("punish", "share_year"),
    ),
    "bank": (
        ("loans", "million"),
        ("out_lent", "million_quarter"),
        ("screening", "share"),
        ("burnt", "share"),
        ("expected_first", "share"),
        ("expected_known", "share"),
        ("in_fund", "million_quarter"),
        ("in_recovered", "million_quarter"),
    ),
    "university": (
        ("filed", "filings_quarter"),
        ("in_force", "patents"),
        ("transfers", "patents"),
        ("in_royalty", "million_quarter"),
        ("in_subsidy", "million_quarter"),
        ("research", "million_quarter"),
    ),
    "body": (
        ("posts", "posts"),
        ("backlog", "cases"),
        ("months", "months"),
        ("filed_cases", "cases"),
        ("decided_cases", "cases"),
    ),
    "agency": (
        ("filings", "filings_quarter"),
        ("trifles", "filings_quarter"),
        ("in_fees", "million_quarter"),
        ("drafting", "log_points"),
        ("trifle_price", "million"),
    ),
}
"""The curves of a life, with their units (phrases ``curve_*`` and ``unit_*``)."""
_RUNNING = {("university", "filed"), ("university", "transfers")}
"""Counted since the beginning by the model; shown by quarter."""


def life_of(recording: Recording, names: Names, kind: str, number: int) -> dict[str, Any]:
    """Return the life of an agent, ready for JSON."""
    first, last = 0, recording.quarters - 1
    if kind == "enterprise":
        first, last = (int(recording.lives[number][end]) for end in ("first", "last"))
        events = enterprise_events(recording, names, number)
    else:
        events = institution_events(recording, names, kind, number)
    events.sort(key=lambda event: event.quarter)
    return {
        "kind": kind,
        "number": number,
        "name": names.of(kind, number)._asdict(),
        "first": first,
        "last": last,
        "traits": [text._asdict() for text in traits_of(recording, names, kind, number)],
        "series": _series(recording, kind, number),
        "events": [_told(event, names, recording.start_year) for event in events[-MOST_EVENTS:]],
        "left_out": max(0, len(events) - MOST_EVENTS),
    }


def count_of(recording: Recording, kind: str) -> int:
    """Return how many agents of a kind there are."""
    if kind == "enterprise":
        return len(recording.lives)
    return recording.institutions[f"{TABLE_OF[kind]}.{_FIRST_FIELD[kind]}"].shape[1]


_FIRST_FIELD = {"bank": "loans", "university": "research", "body": "posts", "agency": "filings"}


def traits_of(recording: Recording, names: Names, kind: str, number: int) -> list[Words]:
    """Return what is said of an agent under its name."""
    if kind != "enterprise":
        return [both(f"about_{kind}")]
    one = recording.lives[number]
    found = [
        names.industry(int(one["industry"])),
        stage_words(int(one["stage"])),
        both(_SIZES[int(one["size_class"])]),
    ]
    if one["exporter"]:
        found.append(both("exporter"))
    if one["born"] >= 0:
        found.append(both("founded_in", date=date_of(int(one["born"]), recording.start_year)))
    if one["status"] != ALIVE:
        ended = "failed_in" if one["status"] == FAILED else "closed_in"
        found.append(both(ended, date=date_of(int(one["last"]), recording.start_year)))
    return found


def _told(event: Event, names: Names, start_year: int) -> dict[str, Any]:
    about = None
    if event.about is not None:
        kind, number = event.about
        about = {"kind": kind, "number": number, "name": names.of(kind, number)._asdict()}
    return {
        "quarter": event.quarter,
        "date": date_of(event.quarter, start_year)._asdict(),
        "kind": event.kind,
        "text": event.text._asdict(),
        "about": about,
        "why": event.why,
    }


def _series(recording: Recording, kind: str, number: int) -> list[dict[str, Any]]:
    found = []
    for name, unit in SERIES[kind]:
        values = np.nan_to_num(_values(recording, kind, number, name).astype(np.float64))
        found.append(
            {
                "key": name,
                "unit": unit,
                "values": [float(f"{value:.5g}") for value in values],
            }
        )
    return found


def _values(recording: Recording, kind: str, number: int, name: str) -> NDArray[Any]:
    if kind == "enterprise":
        states = recording.states_of(number)
        if name == "patents":
            return states["inventions"].astype(int) + states["utility_models"] + states["designs"]
        return states[name]
    if kind == "body" and name.endswith("_cases"):
        quarters = recording.cases[name.removesuffix("_cases")][recording.cases["body"] == number]
        return np.bincount(quarters[quarters >= 0], minlength=recording.quarters)
    values = recording.institutions[f"{TABLE_OF[kind]}.{name}"][:, number]
    if (kind, name) in _RUNNING:
        return np.diff(values, prepend=values[:1])
    return values
