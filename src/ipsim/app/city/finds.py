"""Agents worth looking at: who filed most for the reward, who borrowed first, who was copied most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.tables import Kind

if TYPE_CHECKING:
    from ipsim.app.city.recording import Recording


def found_in(recording: Recording) -> dict[str, dict[str, Any]]:
    """Return the agents worth looking at, by name, each with a quarter in which to look.

    Returns
    -------
    dict
        By name: ``kind``, ``number``, ``quarter``. A name is missing where nothing of the kind happened.
    """
    found = {
        "most-trifles": _most_trifles(recording),
        "most-patents": _most(recording, _patents(recording)),
        "most-debt": _most(recording, recording.states["debt"]),
        "most-revenue": _most(recording, recording.states["revenue"]),
        "most-copied": _most_copied(recording),
        "first-borrower": _first(recording, Kind.LOAN),
        "first-defaulter": _first(recording, Kind.DEFAULTED),
        "first-copier": _first(recording, Kind.COPY_BEGUN),
        "most-cases": _most_cases(recording),
        "university-most-idle": _most_idle(recording),
        "bank-most-losses": _most_losses(recording),
        "most-rushed": _most_rushed(recording),
    }
    return {name: one for name, one in found.items() if one is not None}


def _at(kind: str, number: int, quarter: int) -> dict[str, Any]:
    return {"kind": kind, "number": int(number), "quarter": int(quarter)}


def _patents(recording: Recording) -> NDArray[np.int64]:
    states = recording.states
    return states["inventions"].astype(np.int64) + states["utility_models"] + states["designs"]


def _most(recording: Recording, values: NDArray[Any]) -> dict[str, Any] | None:
    """Return who has the largest value of all quarters, and when."""
    place = int(np.argmax(values))
    if values[place] <= 0:
        return None
    life = int(np.searchsorted(recording.starts, place, side="right")) - 1
    return _at("enterprise", life, int(recording.lives["first"][life]) + place - int(recording.starts[life]))


def _most_trifles(recording: Recording) -> dict[str, Any] | None:
    filings = recording.filings
    mine = filings[(filings["trifle"] == 1) & (filings["university"] == 0) & (filings["filed"] >= 0)]
    return _busiest("enterprise", mine["first_owner"], mine["filed"])


def _most_rushed(recording: Recording) -> dict[str, Any] | None:
    """Return who filed most in the quarter in which the city's enterprises filed most."""
    filings = recording.filings
    mine = filings[(filings["university"] == 0) & (filings["filed"] >= 0)]
    if not len(mine):
        return None
    quarter = int(np.argmax(np.bincount(mine["filed"])))
    now = mine[mine["filed"] == quarter]
    return _busiest("enterprise", now["first_owner"], now["filed"])


def _busiest(kind: str, who: NDArray[Any], quarters: NDArray[Any]) -> dict[str, Any] | None:
    """Return who appears most often in a list, and the quarter in which it does."""
    if not len(who):
        return None
    number = int(np.argmax(np.bincount(who)))
    return _at(kind, number, int(np.argmax(np.bincount(quarters[who == number]))))


def _most_copied(recording: Recording) -> dict[str, Any] | None:
    copies = recording.copies
    return _busiest("enterprise", copies["to"], copies["first"])


def _first(recording: Recording, kind: Kind) -> dict[str, Any] | None:
    happenings = recording.happenings
    of_kind = happenings[happenings["kind"] == kind]
    return _at("enterprise", of_kind["who"][0], of_kind["quarter"][0]) if len(of_kind) else None


def _most_cases(recording: Recording) -> dict[str, Any] | None:
    return _busiest("enterprise", recording.cases["plaintiff"], recording.cases["filed"])


def _most_idle(recording: Recording) -> dict[str, Any] | None:
    """Return the university with the most granted patents that nobody uses, when it filed most."""
    filings = recording.filings
    mine = filings[(filings["university"] == 1) & (filings["filed"] >= 0)]
    idle = mine[(mine["granted"] == 1) & (mine["licensed"] == 0)]
    return _busiest("university", idle["first_owner"], idle["filed"])


def _most_losses(recording: Recording) -> dict[str, Any] | None:
    happenings = recording.happenings
    lost = happenings[happenings["kind"] == Kind.DEFAULTED]
    return _busiest("bank", lost["other"], lost["quarter"])
