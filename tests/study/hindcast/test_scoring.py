import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ipsim.study.errors import FolderError
from ipsim.study.hindcast import score
from ipsim.study.hindcast.scoring import COLUMNS
from tests.study.hindcast.stand_ins import draws, figure

NINETEEN = [float(value) for value in range(1, 20)]


def test_a_row_by_hand() -> None:
    scores = score([figure(4)], draws(NINETEEN), [figure(2, 2015), figure(3, 2016)])
    row = scores.table.iloc[0]
    assert list(scores.table.columns) == COLUMNS
    assert (row["median"], row["low_50"], row["high_50"], row["low_90"], row["high_90"]) == (10, 5, 15, 1, 19)
    assert (row["inside_50"], row["inside_90"]) == (False, True)
    assert row["pit"] == pytest.approx(3.5 / 19)
    assert row["log_error"] == pytest.approx(math.log(2.5))
    assert (row["last"], row["growth"]) == (3, pytest.approx(3 * 1.5**2))
    assert row["last_skill"] == pytest.approx(1 - math.log(2.5) / math.log(4 / 3))
    distances = np.abs(np.subtract.outer(NINETEEN, NINETEEN)).sum() / (19 * 18)
    assert row["crps"] == pytest.approx(np.abs(np.array(NINETEEN) - 4).mean() - distances / 2)
    assert row["crps_share"] == pytest.approx(row["crps"] / 4)


def test_the_band_holds_the_error_of_the_figure_and_is_given_without_it() -> None:
    near = draws([99.0, 100.0, 101.0] * 10)
    row = score([figure(110, error=0.1)], near).table.iloc[0]
    assert not row["model_inside_90"]
    assert row["inside_90"]
    assert row["low_90"] < 90 < row["model_low_90"]


def test_summary_by_hand() -> None:
    published = [
        figure(4),
        figure(10, 2019),
        figure(30, indicator="invention_grants"),
        figure(10, place="Port", sure=False),
    ]
    predictions = pd.concat(
        [
            draws(NINETEEN),
            draws(NINETEEN, 2019),
            draws(NINETEEN, indicator="invention_grants"),
            draws(NINETEEN, place="Port"),
        ]
    )
    known = [figure(5, 2015), figure(5, 2016), figure(20, 2016, indicator="invention_grants")]
    scores = score(published, predictions, known)
    whole = scores.overall()
    assert whole["figures"] == 3
    assert (whole["coverage_50"], whole["coverage_90"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    errors = [math.log(2.5), 0, math.log(3)]
    assert whole["error"] == pytest.approx(np.mean(errors))
    naive = [math.log(5 / 4), math.log(2), math.log(1.5)]
    assert whole["last_figures"] == 3
    assert whole["last_skill"] == pytest.approx(1 - np.mean(errors) / np.mean(naive))
    assert (whole["paired"], whole["growth_figures"]) == (2, 2)  # no growth from one figure of grants
    assert whole["error_paired"] == pytest.approx(math.log(2.5) / 2)
    assert whole["growth_paired"] == pytest.approx((math.log(5 / 4) + math.log(2)) / 2)
    assert scores.overall(sure=False)["figures"] == 1
    groups = scores.summary[scores.summary["sure"]].set_index(["over", "group"])["figures"].to_dict()
    assert groups[("year", "2018")] == 2
    assert groups[("place", "Town")] == 3
    assert groups[("indicator", "invention_grants")] == 1


def test_nothing_is_dropped_silently() -> None:
    published = [
        figure(4),
        figure(4, 2016),
        figure(4, place="Port"),
        figure(4, place="China"),
        figure(4, place="Shore (province)"),
        figure(4, indicator="pct_applications"),
        figure(4, 2025),
    ]
    scores = score(published, draws(NINETEEN))
    assert len(scores.table) == 1
    reasons = dict(zip(scores.missing["kind"], scores.missing["reason"], strict=False))
    assert list(scores.missing["kind"]) == [
        "known",
        "no_profile",
        "not_a_city",
        "not_a_city",
        "not_simulated",
        "not_simulated",
    ]
    assert "make one with `ipsim new-city`" in reasons["no_profile"]
    assert "0 values of invention_applications for 2025" in reasons["not_simulated"]


def test_places_match_in_either_language_and_lost_values_are_left_out() -> None:
    values = [*NINETEEN, math.nan]
    scores = score([figure(4, place="厦门市")], draws(values, place="Xiamen"))
    assert scores.table["draws"].tolist() == [19]


def test_bounds_have_no_pit_and_no_crps() -> None:
    row = score([figure(15, low=15)], draws(NINETEEN)).table.iloc[0]
    assert math.isnan(row["pit"])
    assert math.isnan(row["crps"])
    assert (row["inside_50"], row["inside_90"]) == (True, True)
    assert row["log_error"] == pytest.approx(math.log(10 / 15))


def test_no_figures_at_all() -> None:
    scores = score([], draws(NINETEEN))
    assert scores.table.empty
    assert scores.overall() == {}


def test_a_folder_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderError, match="not a result"):
        score([figure(4)], draws(NINETEEN)).save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
