"""The runs of a calibration: kept on disk, found again, with twins in the first city."""

import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from ipsim.scenario import Scenario
from ipsim.study.batch.batch import Batch
from ipsim.study.calibration import runs
from ipsim.study.calibration.calibrating import scenarios
from ipsim.study.calibration.parameters import FreeParameter, Parameters
from ipsim.study.calibration.runs import FIRST_SEED, CalibrationRuns
from ipsim.study.errors import FolderError
from tests.study.calibration.known import Town

PARAMETERS = Parameters(
    (FreeParameter("assumptions.blocking", 0.0, 0.5, 1.0),),
    {
        "jinhua": (FreeParameter("city.patents.stock_growth", 0.1, 0.17, 0.25),),
        "xiamen": (FreeParameter("city.patents.stock_growth", 0.1, 0.17, 0.25),),
    },
)
VALUES = np.array([[0.2, 0.15, 0.20], [0.8, 0.15, 0.20], [0.2, 0.22, 0.10]])
FIGURES = [(2018, "invention_applications"), (2019, "invention_applications")]


class Twinned(Town):
    """A town with the moments that twins are compared by; filings follow subsidies a little."""

    def run(self, progress: Any = None) -> Any:
        super().run(progress)
        subsidy = float(self.scenario.path("policy.subsidies.filing.invention")[4])
        research = float(self.scenario.path("policy.subsidies.research")[4])
        for year in range(2016, 2024):
            self.indicators[year, "invention_applications"] *= ((8000.0 - subsidy) / 4000.0) ** -0.3
            self.indicators[year, "moment.research"] = 100.0 * (1.0 - research) ** -1.5
            self.indicators[year, "moment.research_cost"] = 1.0 - research
            self.indicators[year, "moment.filing_cost_invention"] = 8000.0 - subsidy
            self.indicators[year, "moment.filing_subsidy_invention"] = subsidy
        return self


class Stopping(Town):
    """Somebody presses Ctrl-C in the second wave."""

    def run(self, progress: Any = None) -> Any:
        if self.seed == FIRST_SEED + 4:
            os.kill(os.getpid(), signal.SIGINT)
        return super().run(progress)


class Failing(Town):
    """Fails for one draw."""

    def run(self, progress: Any = None) -> Any:
        if self.seed == FIRST_SEED + 1:
            raise RuntimeError("the ledger was full")
        return super().run(progress)


@pytest.fixture(autouse=True)
def _in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "Batch", partial(Batch, executor="tests.study.batch.jobs:threads"))


@pytest.fixture(scope="module")
def cities() -> dict[str, Scenario]:
    return scenarios(["jinhua", "xiamen"])


def made(folder: Path, cities: dict[str, Scenario], make: Any, resume: bool = False) -> CalibrationRuns:
    return CalibrationRuns(folder, cities, PARAMETERS, 0.1, FIGURES, twins=False, resume=resume, make=make)


def test_each_city_gets_its_own_values(tmp_path: Path, cities: dict[str, Scenario]) -> None:
    with made(tmp_path, cities, Town) as opened:
        tables = opened.run(VALUES)
    filings = {city: table[FIGURES[0]].to_numpy() for city, table in tables.items()}
    assert filings["jinhua"][1] / filings["jinhua"][0] == pytest.approx(np.exp(0.6), rel=0.1)
    assert filings["jinhua"][2] / filings["jinhua"][0] == pytest.approx(np.exp(0.28), rel=0.1)
    assert filings["xiamen"][2] / filings["xiamen"][0] == pytest.approx(np.exp(-0.4), rel=0.1)
    assert list(tables["jinhua"].columns) == FIGURES
    assert (tables["jinhua"][FIGURES[1]] / filings["jinhua"]).to_numpy() == pytest.approx([1.05] * 3)


def test_luck_is_new_with_every_draw_and_alike_in_all_cities(
    tmp_path: Path, cities: dict[str, Scenario]
) -> None:
    same = np.repeat(VALUES[:1], 3, axis=0)
    same[:, 2] = same[:, 1]
    with made(tmp_path, cities, Town) as opened:
        first, second = opened.run(same), opened.run(same)
    every = np.concatenate([first["jinhua"][FIGURES[0]], second["jinhua"][FIGURES[0]]])
    assert len(set(every)) == 6
    assert (first["xiamen"][FIGURES[0]] == first["jinhua"][FIGURES[0]]).all()


def test_stopped_and_gone_on_with_gives_the_same(tmp_path: Path, cities: dict[str, Scenario]) -> None:
    with made(tmp_path / "whole", cities, Town) as opened:
        whole = [opened.run(VALUES), opened.run(VALUES)]
    with made(tmp_path / "cut", cities, Stopping) as opened:
        opened.run(VALUES)
        with pytest.raises(KeyboardInterrupt):
            opened.run(VALUES)
    kept = {path: path.read_bytes() for path in (tmp_path / "cut").rglob("*.parquet")}
    assert kept
    with made(tmp_path / "cut", cities, Town, resume=True) as opened:
        again = [opened.run(VALUES), opened.run(VALUES)]
    for one, two in zip(whole, again, strict=True):
        for city in one:
            assert_frame_equal(one[city], two[city])
    assert all(path.read_bytes() == data for path, data in kept.items() if path.exists())


def test_a_folder_that_holds_runs_is_not_used_unasked(tmp_path: Path, cities: dict[str, Scenario]) -> None:
    with made(tmp_path, cities, Town) as opened:
        opened.run(VALUES)
    with pytest.raises(FolderError, match="--resume"), made(tmp_path, cities, Town) as opened:
        opened.run(VALUES)
    with pytest.raises(FolderError, match="other runs"), made(tmp_path, cities, Town, resume=True) as opened:
        opened.run(VALUES[::-1])


def test_a_run_that_fails_has_no_figures(tmp_path: Path, cities: dict[str, Scenario]) -> None:
    with made(tmp_path, cities, Failing) as opened:
        tables = opened.run(VALUES)
    assert np.isnan(tables["jinhua"].to_numpy()).all(axis=1).tolist() == [False, True, False]


def test_twins_measure_effects_in_the_first_city(tmp_path: Path, cities: dict[str, Scenario]) -> None:
    wanted = sorted({*FIGURES, *runs.TWIN_FIGURES})
    with CalibrationRuns(tmp_path, cities, PARAMETERS, 0.1, wanted, make=Twinned) as opened:
        tables = opened.run(VALUES)
    assert tables["jinhua"][(0, "twin.research_user_cost")].to_numpy() == pytest.approx([1.5] * 3, rel=0.02)
    assert tables["jinhua"][(0, "twin.filing_cost")].to_numpy() == pytest.approx([-0.3] * 3, rel=0.05)
    assert not [name for name in tables["xiamen"].columns.to_list() if name[0] == 0]
