"""What differences hang on, where it is known, and that headline questions can be run."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.experiments.sketch import Sketch

MEMBERS = 200


@pytest.fixture
def dependence() -> Any:
    return importlib.import_module("dependence")


@pytest.fixture
def scores() -> Any:
    return np.random.default_rng(1).standard_normal((MEMBERS, 30))


def test_shares_of_parameters_and_luck_are_found(dependence: Any, scores: Any) -> None:
    luck = np.random.default_rng(2).standard_normal((MEMBERS, 2))
    first, second = ((2.0 * scores[:, 0] + luck[:, column]) for column in (0, 1))
    found = dependence.shares(scores, first, first, second)
    assert found.parameters == pytest.approx(0.8, abs=0.06)
    assert found.parameters_low < 0.8 < found.parameters_high
    assert found.explained == pytest.approx(0.78, abs=0.08)
    alone = dependence.shares(scores, luck[:, 0], luck[:, 0], luck[:, 1])
    assert alone.parameters < 0.15 and alone.explained < 0.1


def test_intervals_of_the_share_hold_it_nine_times_in_ten(dependence: Any) -> None:
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(400):
        own = rng.standard_normal(60)
        _, low, high = dependence.intraclass(own + rng.standard_normal(60), own + rng.standard_normal(60))
        held += low <= 0.5 <= high
    assert held / 400 == pytest.approx(0.9, abs=0.05)


def test_the_parameter_that_turns_a_difference_over_is_named(dependence: Any, scores: Any) -> None:
    names = [f"p{place}" for place in range(30)]
    luck = np.random.default_rng(3).standard_normal(MEMBERS)
    turned = dependence.leading(names, scores, 0.6 - 1.5 * scores[:, 4] + 0.5 * luck)
    assert turned["parameter"][0] == "p4" and turned["coefficient"][0] == pytest.approx(-1.5, abs=0.15)
    assert turned["low"][0] < -1.5 < turned["high"][0]
    assert list(turned["parameter"][turned["turns_over"]]) == ["p4"]
    assert turned["lowest_fifth"][0] > 0 > turned["highest_fifth"][0]
    firm = dependence.leading(names, scores, 9.0 - 1.5 * scores[:, 4] + 0.5 * luck)
    assert not firm["turns_over"].any()


def test_a_difference_that_never_differs_has_no_leading_parameter(dependence: Any, scores: Any) -> None:
    assert dependence.leading(["p"] * 30, scores, np.zeros(MEMBERS)).empty
    assert np.isnan(dependence.shares(scores, np.zeros(MEMBERS), np.zeros(9), np.zeros(9)).parameters)


def test_parameters_that_lead_by_luck_are_not_called_sure(dependence: Any) -> None:
    rng, wrong = np.random.default_rng(5), 0
    for _ in range(40):
        luck = dependence.leading(
            [f"p{n}" for n in range(30)], rng.standard_normal((60, 30)), rng.standard_normal(60)
        )
        wrong += bool(((luck["low"] > 0) | (luck["high"] < 0)).any())
    assert wrong <= 10  # one table in ten, and not most of them


def test_the_sign_that_parameters_leave(dependence: Any) -> None:
    assert dependence.firmness(1.0, 10.0, 0.0) == 1.0  # all else is luck
    assert dependence.firmness(-1.0, 2.0, 0.25) == pytest.approx(0.8413, abs=1e-4)
    assert np.isnan(dependence.firmness(1.0, 1.0, np.nan))


def test_headline_questions_are_run_member_by_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stages, runs, questions = (
        importlib.import_module(name) for name in ("stages", "sensitivity_runs", "questions")
    )
    monkeypatch.setattr(runs, "TWICE", 3)
    asked = stages.Asked(tmp_path, tmp_path, tmp_path, workers=1, members=6)
    facts = runs.sensitivity(asked, tmp_path, Sketch)
    assert facts["runs"] == 9 * 6  # members and second seeds; Jinhua's base is run once for three questions
    table = pd.read_csv(tmp_path / "differences.csv")
    assert len(table) == 4 * 9 * len(questions.NUMBERS)
    off = (table["difference"] - (table["alternative"] - table["base"])).abs()
    assert (off <= 1e-5 * table["base"].abs()).all() and table["difference"].abs().max() > 0
    effects = pd.read_csv(tmp_path / "effects.csv")
    assert list(effects["question"].unique()) == [one.name for one in questions.QUESTIONS]
    assert effects["members"].eq(6).all() and effects["same_sign"].between(0, 1).all()


def test_numbers_of_a_run_leave_out_years_without_a_figure() -> None:
    number = importlib.import_module("questions").Number
    run = {(2016, "patent_pledge_amount"): 1.0, (2017, "patent_pledge_amount"): np.nan}
    run[2018, "patent_pledge_amount"] = 3.0
    values = [number("lending", "patent_pledge_amount", how).of_run(run) for how in ("sum", "mean", "last")]
    assert values == [4.0, 2.0, 3.0]
