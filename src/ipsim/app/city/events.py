"""What an enterprise did and met, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.names import BODY_WORDS, Names, both
from ipsim.app.city.sums import join, money
from ipsim.app.city.tables import Kind
from ipsim.city.patent import KINDS
from ipsim.scenario.words import Words

if TYPE_CHECKING:
    from ipsim.app.city.recording import Recording


class Event(NamedTuple):
    """One line of a life.

    Attributes
    ----------
    quarter
        When.
    kind
        Its mark in the page: filed, granted, loan, case, copy, life, recognised.
    text
        What happened.
    about
        Kind and number of the other party, if there is one.
    why
        Whether it was a choice of this agent that can be reckoned again.
    """

    quarter: int
    kind: str
    text: Words
    about: tuple[str, int] | None = None
    why: bool = False


def enterprise_events(recording: Recording, names: Names, life: int) -> list[Event]:
    """Return the events of an enterprise, in no order."""
    mine = recording.filings[
        (recording.filings["first_owner"] == life) & (recording.filings["university"] == 0)
    ]
    held = recording.filings[(recording.filings["owner"] == life) & (recording.filings["university"] == 0)]
    return [
        *_filed(mine),
        *_decided(mine),
        *_lapsed(held),
        *_cases(recording, names, life),
        *_happened(recording, names, life),
    ]


def counted(filings: NDArray[Any]) -> Words:
    """Return how many filings of each type there are: 2 inventions, 1 design."""
    numbers = np.bincount(filings["kind"], minlength=3)
    parts = [both(f"{KINDS[k]}_{'one' if n == 1 else 'many'}", n=int(n)) for k, n in enumerate(numbers) if n]
    return join(parts)


def _filed(filings: NDArray[Any]) -> list[Event]:
    found = []
    for quarter in np.unique(filings["filed"][filings["filed"] >= 0]):
        now = filings[filings["filed"] == quarter]
        trifles = int(now["trifle"].sum())
        key = "filed" if not trifles else ("filed_all_trifles" if trifles == len(now) else "filed_trifles")
        found.append(Event(int(quarter), "filed", both(key, what=counted(now), trifles=trifles), why=True))
    return found


def _decided(filings: NDArray[Any]) -> list[Event]:
    found = []
    for key, granted in (("granted", 1), ("refused", 0)):
        decided = filings[(filings["decided"] >= 0) & (filings["granted"] == granted)]
        for quarter in np.unique(decided["decided"]):
            now = decided[decided["decided"] == quarter]
            found.append(Event(int(quarter), key, both(key, what=counted(now))))
    return found


def _lapsed(filings: NDArray[Any]) -> list[Event]:
    found = []
    ended = filings[filings["ended"] >= 0]
    for quarter in np.unique(ended["ended"]):
        now = ended[ended["ended"] == quarter]
        found.append(Event(int(quarter), "lapsed", both("lapsed", what=counted(now)), why=True))
    return found


def _cases(recording: Recording, names: Names, life: int) -> list[Event]:
    found = []
    cases = recording.cases
    for case in cases[(cases["plaintiff"] == life) | (cases["defendant"] == life)]:
        sues = bool(case["plaintiff"] == life)
        other = int(case["defendant" if sues else "plaintiff"])
        body = both(BODY_WORDS[int(case["body"])])
        side = "sues" if sues else "sued"
        about, name = ("enterprise", other), names.enterprise(other)
        found.append(
            Event(int(case["filed"]), "case", both(f"case_{side}", other=name, body=body), about, sues)
        )
        if case["decided"] >= 0:
            key = f"case_{side}_{'won' if case['won'] == sues else 'lost'}"
            text = both(key, other=name, body=body, damages=money(float(case["damages"])))
            found.append(Event(int(case["decided"]), "case", text, about))
    return found


_MARKS: dict[Kind, str] = {
    Kind.FOUNDED: "life",
    Kind.CLOSED: "life",
    Kind.FAILED: "life",
    Kind.RECOGNISED: "recognised",
    Kind.NO_LONGER_RECOGNISED: "recognised",
    Kind.RESEARCH_BEGUN: "research",
    Kind.RESEARCH_ENDED: "research",
}
_LOANS = (Kind.LOAN, Kind.REPAID, Kind.DEFAULTED, Kind.PROLONGED)
_COPIES = (Kind.COPY_BEGUN, Kind.COPY_FOUND, Kind.COPY_LICENSED, Kind.COPY_GIVEN_UP)
_CHOSEN = {
    Kind.LOAN,
    Kind.PROLONGED,
    Kind.DEFAULTED,
    Kind.COPY_BEGUN,
    Kind.RESEARCH_BEGUN,
    Kind.RESEARCH_ENDED,
}
_CHOSEN |= {Kind.FAILED, Kind.RECOGNISED, Kind.NO_LONGER_RECOGNISED}


def _happened(recording: Recording, names: Names, life: int) -> list[Event]:
    found = []
    happenings = recording.happenings
    for one in happenings[happenings["who"] == life]:
        kind, other, amount = Kind(int(one["kind"])), int(one["other"]), money(float(one["amount"]))
        quarter, why = int(one["quarter"]), kind in _CHOSEN
        if kind in _MARKS:
            found.append(Event(quarter, _MARKS[kind], both(kind.name.lower()), None, why))
        elif kind in _LOANS:
            text = both(kind.name.lower(), amount=amount, bank=names.of("bank", other))
            found.append(Event(quarter, "loan", text, ("bank", other), why))
        elif kind in _COPIES:
            text = both(kind.name.lower(), amount=amount, other=names.enterprise(other))
            found.append(Event(quarter, "copy", text, ("enterprise", other), why))
        elif kind is Kind.BOUGHT:
            text = both("bought", amount=amount, other=names.of("university", other))
            found.append(Event(quarter, "granted", text, ("university", other)))
        elif kind is Kind.TAKEN_OVER:
            text = both("taken_over", other=names.enterprise(other))
            found.append(Event(quarter, "granted", text, ("enterprise", other)))
    copied = happenings[(happenings["other"] == life) & np.isin(happenings["kind"], _COPIES)]
    for one in copied:
        kind, copier = Kind(int(one["kind"])), int(one["who"])
        text = both(
            f"{kind.name.lower()}_of_it", amount=money(float(one["amount"])), other=names.enterprise(copier)
        )
        why = kind is Kind.COPY_FOUND
        found.append(Event(int(one["quarter"]), "copy", text, ("enterprise", copier), why))
    return found
