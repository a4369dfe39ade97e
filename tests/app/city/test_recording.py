"""A recorded run is the run, and what is recorded adds up to what the model counts."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from ipsim.app.city.dossiers import still_in_ledger
from ipsim.app.city.enterprises import REST
from ipsim.app.city.recording import Recorder, Recording
from ipsim.app.city.tables import GONE, Kind
from ipsim.scenario import Scenario
from ipsim.simulation.run import Simulation
from tests.app.city.conftest import SCALE, SEED


def _yearly(recording: Recording, quarters: np.ndarray) -> list[int]:
    return np.bincount(quarters[quarters >= 0] // 4, minlength=3).tolist()


def _indicator(recording: Recording, name: str) -> Any:
    return pytest.approx([recording.indicators[(year, name)] * SCALE for year in (2016, 2017, 2018)])


def test_looking_changes_nothing(scenario: Scenario, recording: Recording) -> None:
    plain = Simulation(scenario, SEED, SCALE).run().indicators
    assert plain.keys() == recording.indicators.keys()
    for key, value in plain.items():
        seen = recording.indicators[key]
        assert seen == value or (math.isnan(seen) and math.isnan(value)), key


def test_filings_and_grants_are_those_of_the_indicators(recording: Recording) -> None:
    filings = recording.filings
    assert _yearly(recording, filings["filed"]) == _indicator(recording, "patent_applications_total")
    granted = filings["decided"][filings["granted"] == 1]
    assert _yearly(recording, granted) == _indicator(recording, "patent_grants_total")
    inventions = filings[filings["kind"] == 0]
    assert _yearly(recording, inventions["filed"]) == _indicator(recording, "invention_applications")


def test_what_is_held_is_what_the_books_say(recording: Recording) -> None:
    filings, states = recording.filings, recording.states
    held = (filings["granted"] == 1) & (filings["ended"] < 0) & (filings["university"] == 0)
    alive = np.flatnonzero(recording.lives["status"] == 1)
    counted = np.bincount(filings["owner"][held], minlength=len(recording.lives))
    last = states[recording.starts[alive + 1] - 1]
    booked = last["inventions"].astype(int) + last["utility_models"] + last["designs"]
    assert counted[alive].tolist() == booked.tolist()
    assert booked.sum() > 100


def test_loans_cases_and_founding_are_those_of_the_indicators(recording: Recording) -> None:
    def happened(*kinds: Kind) -> np.ndarray:
        mine = np.isin(recording.happenings["kind"], kinds)
        return recording.happenings["quarter"][mine]

    assert _yearly(recording, happened(Kind.LOAN)) == _indicator(recording, "patent_pledge_projects")
    assert _yearly(recording, happened(Kind.FOUNDED)) == _indicator(recording, "enterprise_entries")
    assert _yearly(recording, happened(Kind.CLOSED, Kind.FAILED)) == _indicator(recording, "enterprise_exits")
    cases = recording.cases
    for body, name in enumerate(
        ("patent_infringement_admin_cases", "patent_civil_cases_first_instance_new", "mediation_cases")
    ):
        mine = cases["filed"][cases["body"] == body]
        assert _yearly(recording, mine) == _indicator(recording, name)
    assert len(cases) > 5
    assert _yearly(recording, happened(Kind.BOUGHT)) == _indicator(recording, "university_transfers")


def test_debts_follow_from_loans(recording: Recording) -> None:
    happenings = recording.happenings
    for life in np.unique(happenings["who"][happenings["kind"] == Kind.LOAN]):
        mine = happenings[happenings["who"] == life]
        loans = (mine["kind"] == Kind.LOAN).sum()
        ends = np.isin(mine["kind"], (Kind.REPAID, Kind.DEFAULTED)).sum()
        owes = recording.states_of(int(life))["debt"][-1] > 0.0
        assert loans - ends == owes


def test_states_cover_each_life(recording: Recording) -> None:
    lives = recording.lives
    spans = lives["last"] - lives["first"] + 1
    assert np.diff(recording.starts).tolist() == spans.tolist()
    gone = recording.states["flags"][recording.starts[1:] - 1] & GONE > 0
    assert gone.tolist() == (lives["status"] != 1).tolist()
    assert gone.any()


def test_no_two_share_a_place(recording: Recording) -> None:
    lives = recording.lives
    taken: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for life in lives:
        key = (int(life["industry"]), int(life["stage"]), int(life["place"]))
        taken.setdefault(key, []).append((int(life["first"]), int(life["last"]) + REST))
    for spans in taken.values():
        spans.sort()
        assert all(after[0] > before[1] for before, after in itertools.pairwise(spans))
    assert max(len(spans) for spans in taken.values()) > 1


def test_links_lead_from_those_alive(recording: Recording) -> None:
    supplies = recording.supplies
    assert len(supplies) > 300
    lives = recording.lives
    assert (lives["first"][supplies["to"]] <= supplies["first"] + 1).all()
    assert ((supplies["first"] % 4 == 0) & (supplies["last"] % 4 == 3)).all()
    copies = recording.copies
    assert len(copies) == (recording.happenings["kind"] == Kind.COPY_BEGUN).sum()
    assert (copies["first"] <= copies["last"]).all()


def test_rows_are_followed_over_the_turn_of_the_year(scenario: Scenario) -> None:
    simulation = Simulation(scenario, SEED, SCALE)
    recorder = Recorder(simulation)
    for _ in range(5):
        recorder.step()
    city = simulation.city
    used = int(city.clock[0].patents)
    numbers = recorder.ledger.numbers(np.arange(used))
    assert (recorder.ledger.filings.rows["key"][numbers] == city.patents.key[:used]).all()
    assert still_in_ledger(city).sum() < len(recorder.ledger.filings)
