"""What the model is shown to reckon is what it did in the straight run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ipsim.app.city.finds import found_in
from ipsim.app.city.reasons import reasons
from ipsim.app.city.recording import Recording
from ipsim.app.city.tables import Kind
from ipsim.scenario import Scenario
from tests.app.city.conftest import SCALE, SEED


def _reasons(scenario: Scenario, recording: Recording, life: int, quarter: int) -> list[dict[str, Any]]:
    row = int(recording.lives["row"][life])
    return reasons(scenario, SEED, SCALE, "enterprise", row, quarter)["decisions"]


def _filed(recording: Recording, life: int, quarter: int, university: int = 0) -> list[int]:
    filings = recording.filings
    mine = (filings["first_owner"] == life) & (filings["university"] == university)
    return np.bincount(filings["kind"][mine & (filings["filed"] == quarter)], minlength=3).tolist()


@pytest.mark.parametrize("quarter", [0, 5, 11])
def test_filings_are_those_of_the_run(scenario: Scenario, recording: Recording, quarter: int) -> None:
    filings = recording.filings
    now = filings[(filings["filed"] == quarter) & (filings["university"] == 0)]
    for life in np.unique(now["first_owner"])[:4]:
        told = [
            one
            for one in _reasons(scenario, recording, int(life), quarter)
            if one["about"] in ("filing", "trifles")
        ]
        assert told[0]["facts"]["filed"] == _filed(recording, int(life), quarter)
        chosen = [0, 0, 0]
        for one in told:
            idea = one["facts"].get("idea")
            if idea and idea.get("kind", -1) >= 0:
                chosen[idea["kind"]] += idea["parts"]
        trifles = told[-1]["facts"]["trifles"]
        assert sum(chosen) + trifles == len(now[now["first_owner"] == life])


def test_the_choice_shown_is_the_best_of_the_options_shown(scenario: Scenario, recording: Recording) -> None:
    life = found_in(recording)["most-patents"]["number"]
    shown = 0
    for quarter in range(3):
        for one in _reasons(scenario, recording, life, quarter):
            if "options" not in one["facts"]:
                continue
            shown += 1
            idea, options = one["facts"]["idea"], one["facts"]["options"]
            threshold = idea["threshold"] if idea["first"] else 0.0
            nets = [options[0]["net"], *(option["net"] - threshold for option in options[1:])]
            assert max(nets) == idea["worth"]
            assert [row["chosen"] for row in one["table"]["rows"]].index(True) == nets.index(max(nets))
    assert shown > 5


def test_research_loans_and_copies_are_those_of_the_run(scenario: Scenario, recording: Recording) -> None:
    happenings = recording.happenings
    for kind, about in ((Kind.LOAN, "lending"), (Kind.COPY_BEGUN, "copying"), (Kind.FOUNDED, "founding")):
        one = happenings[happenings["kind"] == kind][-1]
        life, quarter = int(one["who"]), int(one["quarter"])
        told = {d["about"]: d["facts"] for d in _reasons(scenario, recording, life, quarter)}
        assert about in told
        state = recording.states_of(life)[quarter - recording.lives["first"][life]]
        if kind is Kind.LOAN:
            assert told["lending"]["lent"] == pytest.approx(float(one["amount"]), rel=1e-6)
        elif kind is Kind.COPY_BEGUN:
            assert told["copying"]["copied"]
            assert told["copying"]["gain"] == pytest.approx(float(one["amount"]), rel=1e-6)
        if "research" in told:
            assert told["research"]["research"] == pytest.approx(float(state["research"]), rel=1e-6)


def test_cases_patents_and_ends_are_those_of_the_run(scenario: Scenario, recording: Recording) -> None:
    case = recording.cases[recording.cases["filed"] >= 0][0]
    life, quarter = int(case["plaintiff"]), int(case["filed"])
    ways = [
        d["facts"]["way"] for d in _reasons(scenario, recording, life, quarter) if d["about"] == "dispute"
    ]
    assert int(case["body"]) in ways
    ended = recording.filings[(recording.filings["ended"] >= 0) & (recording.filings["university"] == 0)]
    life, quarter = int(ended["owner"][0]), int(ended["ended"][0])
    told = next(d for d in _reasons(scenario, recording, life, quarter) if d["about"] == "renewal")
    mine = (ended["owner"] == life) & (ended["ended"] == quarter)
    assert told["facts"]["ended"] == mine.sum()
    happenings = recording.happenings
    gone = happenings[np.isin(happenings["kind"], (Kind.CLOSED, Kind.FAILED))][0]
    told = _reasons(scenario, recording, int(gone["who"]), int(gone["quarter"]))[-1]
    assert told["about"] == "end"
    assert told["facts"]["status"] == (3 if gone["kind"] == Kind.FAILED else 2)


def test_a_university_files_what_it_filed_and_sells_what_it_sold(
    scenario: Scenario, recording: Recording
) -> None:
    quarter = 6
    told = reasons(scenario, SEED, SCALE, "university", 0, quarter)["decisions"]
    by_title = {one["about"]: one["facts"] for one in told}
    assert by_title["projects"]["filed"] == _filed(recording, 0, quarter, 1)
    assert by_title["transfers"]["idle"] > 0


def test_sentences_are_in_both_languages(scenario: Scenario, recording: Recording) -> None:
    for one in _reasons(scenario, recording, 0, 2):
        assert one["sentences"]
        for said in one["sentences"]:
            assert said["en"] and said["zh"]
            assert "{" not in said["en"] + said["zh"]


def test_a_bank_lends_what_it_lent(scenario: Scenario, recording: Recording) -> None:
    loans = recording.happenings[recording.happenings["kind"] == Kind.LOAN]
    bank, quarter = int(loans["other"][0]), int(loans["quarter"][0])
    told = reasons(scenario, SEED, SCALE, "bank", bank, quarter)["decisions"][0]["facts"]
    mine = loans[(loans["other"] == bank) & (loans["quarter"] == quarter)]
    assert told["lent"] == pytest.approx(mine["amount"].tolist(), rel=1e-6)
