"""What banks, universities, bodies and agencies met, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ipsim.app.city.events import Event, counted
from ipsim.app.city.names import Names, both
from ipsim.app.city.sums import money, share
from ipsim.app.city.tables import Kind

if TYPE_CHECKING:
    from ipsim.app.city.recording import Recording

_LOANS = (Kind.LOAN, Kind.REPAID, Kind.DEFAULTED, Kind.PROLONGED)


def institution_events(recording: Recording, names: Names, kind: str, number: int) -> list[Event]:
    """Return the events of an institution, in no order."""
    make = {"bank": _bank, "university": _university, "body": _body, "agency": _agency}
    return make[kind](recording, names, number)


def _bank(recording: Recording, names: Names, number: int) -> list[Event]:
    found = []
    happenings = recording.happenings
    mine = happenings[(happenings["other"] == number) & np.isin(happenings["kind"], _LOANS)]
    for one in mine:
        kind, who = Kind(int(one["kind"])), int(one["who"])
        text = both(
            f"bank_{kind.name.lower()}", amount=money(float(one["amount"])), other=names.enterprise(who)
        )
        found.append(Event(int(one["quarter"]), "loan", text, ("enterprise", who), kind is Kind.LOAN))
    burnt = recording.institutions["banks.burnt"][:, number]
    for quarter in np.flatnonzero(np.diff(burnt, prepend=0.0) > 0.01):
        text = both("bank_burnt", chance=share(float(burnt[quarter])))
        found.append(Event(int(quarter), "life", text))
    return found


def _university(recording: Recording, names: Names, number: int) -> list[Event]:
    found = []
    mine = recording.filings[
        (recording.filings["university"] == 1) & (recording.filings["first_owner"] == number)
    ]
    for field, key in (("filed", "filed"), ("decided", "granted"), ("ended", "lapsed")):
        dated = mine[mine[field] >= 0]
        dated = dated[dated["granted"] == 1] if key == "granted" else dated
        for quarter in np.unique(dated[field]):
            now = dated[dated[field] == quarter]
            text = both(key, what=counted(now))
            found.append(Event(int(quarter), key, text, None, key == "filed"))
    happenings = recording.happenings
    sold = happenings[(happenings["kind"] == Kind.BOUGHT) & (happenings["other"] == number)]
    for one in sold:
        who = int(one["who"])
        text = both("university_sold", other=names.enterprise(who), amount=money(float(one["amount"])))
        found.append(Event(int(one["quarter"]), "loan", text, ("enterprise", who)))
    return found


def _body(recording: Recording, names: Names, number: int) -> list[Event]:
    found = []
    for case in recording.cases[recording.cases["body"] == number]:
        plaintiff, defendant = int(case["plaintiff"]), int(case["defendant"])
        parties = {"plaintiff": names.enterprise(plaintiff), "defendant": names.enterprise(defendant)}
        about = ("enterprise", plaintiff)
        found.append(Event(int(case["filed"]), "case", both("body_filed", **parties), about))
        if case["decided"] >= 0:
            key = "body_decided_for" if case["won"] else "body_decided_against"
            months = 3 * (int(case["decided"]) - int(case["filed"])) + 2
            text = both(key, **parties, months=months, damages=money(float(case["damages"])))
            found.append(Event(int(case["decided"]), "case", text, about))
    return found


def _agency(recording: Recording, names: Names, number: int) -> list[Event]:
    """Return a line for each year in which it filed: its filings are too many for a line each."""
    found = []
    filings = recording.institutions["agencies.filings"][:, number]
    trifles = recording.institutions["agencies.trifles"][:, number]
    for last in range(3, recording.quarters, 4):
        year = slice(last - 3, last + 1)
        gaps = {"filings": int(filings[year].sum()), "trifles": int(trifles[year].sum())}
        if gaps["filings"]:
            found.append(Event(last, "filed", both("agency_year", **gaps)))
    return found
