"""Batches from end to end, with a simulation that takes no time."""

import json
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study import FolderError, RunError
from ipsim.study.batch import Batch, BatchProgress, BatchSummary, open_study, run_batch, verify_study
from ipsim.study.batch import parts as parts_module
from ipsim.study.batch.waves import block_length
from ipsim.study.plan import Point
from tests.study.batch.hashes import hashes
from tests.study.batch.stand_in import (
    TEXT,
    Central,
    Killing,
    KillingOnce,
    Quick,
    Refusing,
    kill_mark,
    study,
)

THREADS = "tests.study.batch.jobs:threads"


def fill(
    folder: Path,
    name: str,
    make: Any = Quick,
    text: str = TEXT,
    executor: str = THREADS,
    workers: int = 2,
    resume: bool = False,
    progress: Any = None,
) -> BatchSummary:
    return run_batch(
        study(folder, text),
        folder / name,
        make=make,
        executor=executor,
        workers=workers,
        resume=resume,
        progress=progress,
    )


def test_a_study_leaves_a_row_for_each_run_year_and_indicator(tmp_path: Path) -> None:
    summary = fill(tmp_path, "out")
    assert (summary.planned, summary.done, summary.failed, summary.made) == (30, 30, 0, 30)
    folder = open_study(tmp_path / "out")
    table = folder.indicators()
    assert list(table.columns) == ["run", "point", "replicate", "year", "indicator", "value"]
    assert len(table) == 30 * 2 * 3
    runs = folder.runs
    assert list(runs.columns) == [
        "run",
        "point",
        "replicate",
        "seed",
        "name",
        "protection.strength",
        "subsidies.research",
    ]
    assert list(runs["seed"]) == [5] * 15 + [6] * 15
    outcomes = folder.outcomes().merge(runs, on=["run", "point", "replicate"])
    expected = outcomes["seed"] + outcomes["protection.strength"] * 2 / 7
    np.testing.assert_array_equal(outcomes["rd_intensity"], expected)
    np.testing.assert_allclose(outcomes["cost"], outcomes["subsidies.research"] * (2016 + 2017) / 3)


def test_pandas_and_duckdb_read_the_parts(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    fill(tmp_path, "out")
    assert len(pd.read_parquet(tmp_path / "out/parts")) == 180
    parts, runs = tmp_path / "out/parts/*.parquet", tmp_path / "out/runs-*.parquet"
    assert duckdb.sql(f"select count(*) from '{parts}' join '{runs}' using (run)").fetchall() == [(180,)]


@pytest.mark.slow
def test_workers_and_executors_change_no_byte(tmp_path: Path) -> None:
    fill(tmp_path, "threads")
    fill(tmp_path, "one", executor="local", workers=1)
    fill(tmp_path, "two", executor="local", workers=2)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two") == hashes(tmp_path / "threads")


def test_what_is_kept_can_be_chosen(tmp_path: Path) -> None:
    text = TEXT.replace("outcomes", "keep: {indicators: [rd_intensity], years: [2017]}\noutcomes")
    text = text.replace(", {indicator: public_spending, statistic: sum, name: cost}", "")
    fill(tmp_path, "out", text=text)
    table = open_study(tmp_path / "out").indicators()
    assert set(table["indicator"]) == {"rd_intensity"}
    assert set(table["year"]) == {2017}


# -- stopping and going on ----------------------------------------------------------------------


class StopError(Exception):
    """Stands for a process that is killed."""


@pytest.mark.parametrize("moment", [1, 13, 29])
def test_a_study_that_was_killed_ends_in_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    fill(tmp_path, "whole")
    written = parts_module.write_whole
    count = 0

    def dying(path: Path, data: bytes) -> None:
        nonlocal count
        if path.parent.name == "parts":
            count += 1
            if count > moment:
                path.with_name(f".{path.name}.tmp").write_bytes(data[:10])
                raise StopError
        written(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(parts_module, "write_whole", dying)
        with pytest.raises(StopError):
            fill(tmp_path, "out")
    assert open_study(tmp_path / "out").finished == moment
    summary = fill(tmp_path, "out", resume=True)
    assert (summary.done, summary.made) == (30, 30 - moment)
    assert hashes(tmp_path / "out") == hashes(tmp_path / "whole")


def test_a_first_interrupt_finishes_what_is_begun(tmp_path: Path) -> None:
    told: list[BatchProgress] = []

    def interrupt(at: BatchProgress) -> None:
        told.append(at)
        if at.done == 4 and not at.stopping:
            os.kill(os.getpid(), 2)

    summary = fill(tmp_path, "out", progress=interrupt)
    assert summary.interrupted
    assert 4 <= summary.done < 30
    assert any(at.stopping for at in told)
    assert fill(tmp_path, "out", resume=True).done == 30
    fill(tmp_path, "whole")
    assert hashes(tmp_path / "out") == hashes(tmp_path / "whole")


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = parts_module.write_whole

    def full(path: Path, data: bytes) -> None:
        if path.name == "000007.parquet":
            raise OSError(28, "No space left on device")
        written(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(parts_module, "write_whole", full)
        with pytest.raises(RunError, match=r"No space left on device; the \d+ runs there are safe"):
            fill(tmp_path, "out")
    assert fill(tmp_path, "out", resume=True).done == 30


def test_replicates_can_be_added(tmp_path: Path) -> None:
    fill(tmp_path, "out")
    before = hashes(tmp_path / "out")
    summary = fill(tmp_path, "out", text=TEXT.replace("replicates: 2", "replicates: 3"), resume=True)
    assert (summary.planned, summary.made) == (45, 15)
    after = hashes(tmp_path / "out")
    assert {name: after[name] for name in before if name.startswith("parts")} == {
        name: mark for name, mark in before.items() if name.startswith("parts")
    }
    runs = open_study(tmp_path / "out").runs
    assert sorted(runs.groupby("point")["seed"].apply(list).iloc[3]) == [5, 6, 7]
    assert list(runs["run"]) == list(range(45))


def test_points_can_be_added_to_a_list(tmp_path: Path) -> None:
    short = (
        "scenario: jinhua\nset: {horizon.end: 2017}\ndesign:\n  kind: list\n  points:\n"
        "    - {name: as it is}\n    - {name: strict, policy.protection.strength: 0.9}\n"
    )
    fill(tmp_path, "out", text=short)
    longer = short + "    - {name: lax, policy.protection.strength: 0.1}\n"
    assert fill(tmp_path, "out", text=longer, resume=True).made == 1
    assert list(open_study(tmp_path / "out").runs["name"]) == ["as it is", "strict", "lax"]


# -- folders that can't be used -----------------------------------------------------------------


def test_a_folder_with_a_study_needs_resume(tmp_path: Path) -> None:
    fill(tmp_path, "out")
    with pytest.raises(FolderError, match="holds a study already"):
        fill(tmp_path, "out")
    assert fill(tmp_path, "out", resume=True).made == 0


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("jinhua", "xiamen", "the scenario has changed since"),
        ("2017}", "2017, policy.protection.mediation: 9}", "such as policy.protection.mediation"),
        ("scale: 0.1", "scale: 0.2", "scale is 0.2 now, 0.1 then"),
        ("outcomes: [rd_intensity, ", "keep: {years: [2017]}\noutcomes: [", "`keep` has changed"),
        ("points: 15", "points: 14", "no longer asks for 30 of the 30"),
        ("high: 1", "high: 0.9", "no longer asks for 30 of the 30"),
        ("replicates: 2", "replicates: 1", "no longer asks for 15 of the 30"),
    ],
)
def test_a_study_that_changed_is_not_gone_on_with(tmp_path: Path, old: str, new: str, reason: str) -> None:
    fill(tmp_path, "out")
    before = hashes(tmp_path / "out")
    with pytest.raises(FolderError, match=reason):
        fill(tmp_path, "out", text=TEXT.replace(old, new), resume=True)
    assert hashes(tmp_path / "out") == before


def test_another_model_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "out")
    monkeypatch.setattr("ipsim.study.batch.manifest.model_hash", lambda: "0" * 64)
    with pytest.raises(FolderError, match="the model has changed since"):
        fill(tmp_path, "out", resume=True)


def test_other_versions_are_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "out")
    monkeypatch.setattr("ipsim.study.batch.manifest.versions", lambda: {"numpy": "9.9"})
    assert any("now" in warning for warning in fill(tmp_path, "out", resume=True).warnings)


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    with Batch(tmp_path / "out", study(tmp_path), make=Quick), pytest.raises(FolderError, match="is in use"):
        fill(tmp_path, "out", resume=True)


def test_a_folder_with_other_files_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.docx").touch()
    with pytest.raises(FolderError, match=r"holds something else \(thesis\.docx\)"):
        fill(tmp_path, "out")


def test_a_place_that_can_not_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="can't be written to"):
        fill(tmp_path, "file")


def test_a_folder_that_holds_no_study(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"study\.json is missing"):
        open_study(tmp_path)
    (tmp_path / "study.json").write_text("{")
    with pytest.raises(FolderError, match="can't be read"):
        open_study(tmp_path)


# -- failures -------------------------------------------------------------------------------------


def test_a_run_that_fails_is_recorded_and_the_others_go_on(tmp_path: Path) -> None:
    summary = fill(tmp_path, "out", Refusing)
    folder = open_study(tmp_path / "out")
    failures = folder.failures
    assert summary.failed == len(failures) == 10
    assert set(failures["message"]) == {"no money left"}
    assert failures["traceback"].str.contains("in run").all()
    outcomes = folder.outcomes()
    assert set(outcomes.loc[outcomes["rd_intensity"].isna(), "run"]) == set(failures["run"])
    record = json.loads(
        (tmp_path / f"out/failures/{failures['run'][0]:06d}.json").read_text(encoding="utf-8")
    )
    assert record["scenario"]["name"] == "jinhua"
    assert fill(tmp_path, "out", Refusing, resume=True).failed == 10


def test_the_scenario_of_a_failed_run_can_be_run(tmp_path: Path) -> None:
    import ipsim

    fill(tmp_path, "out", Refusing)
    run = open_study(tmp_path / "out").failures.iloc[0]
    scenario = ipsim.load(tmp_path / f"out/failures/{run['run']:06d}.yaml")
    assert scenario == study(tmp_path).scenario.replace(run["changes"])


@pytest.mark.slow
def test_a_run_that_kills_its_workers_is_recorded_as_failed(tmp_path: Path) -> None:
    summary = fill(tmp_path, "out", Killing, executor="local")
    failures = open_study(tmp_path / "out").failures
    assert (summary.done, summary.failed) == (30, 5)
    assert set(failures["kind"]) == {"WorkerDied"}
    assert set(failures["seed"]) == {6}


@pytest.mark.slow
def test_a_worker_that_is_killed_once_changes_no_byte(tmp_path: Path) -> None:
    text = TEXT.replace("points: 15", "points: 100")
    asked = kill_mark(os.getpid())
    asked.touch()
    fill(tmp_path, "out", KillingOnce, executor="local", text=text)
    assert not asked.exists()
    fill(tmp_path, "whole", text=text)
    assert hashes(tmp_path / "out") == hashes(tmp_path / "whole")


# -- waves of a search ------------------------------------------------------------------------------


def _point(strength: float) -> Point:
    return Point({"policy.protection.strength": strength}, {"strength": strength}, seeds=(1, 2))


def test_a_search_that_searches_again_finds_what_it_has_run(tmp_path: Path) -> None:
    def search(resume: bool) -> tuple[int, list[float]]:
        made: list[float] = []
        with Batch(
            tmp_path / "out", study(tmp_path), executor=THREADS, workers=2, make=Quick, resume=resume
        ) as batch:
            for strength in (0.2, 0.4):
                table = batch.evaluate([_point(strength), _point(strength / 2)])
                assert list(table["point"]) == [0, 0, 1, 1]
                made += list(table["rd_intensity"])
            return batch.summary().made, made

    first, values = search(False)
    again, same = search(True)
    assert (first, again) == (8, 0)
    assert values == same
    with (
        Batch(tmp_path / "out", study(tmp_path), executor=THREADS, make=Quick, resume=True) as batch,
        pytest.raises(FolderError, match="other runs in runs-000"),
    ):
        batch.evaluate([_point(0.3)])


# -- verification -------------------------------------------------------------------------------------


def test_a_study_is_verified_from_its_folder_alone(tmp_path: Path) -> None:
    fill(tmp_path, "out")
    (tmp_path / "study.yaml").unlink()
    told: list[BatchProgress] = []
    found = verify_study(tmp_path / "out", 1, progress=told.append, make=Quick)
    assert found.same
    assert found.values == 180
    assert told[-1].done == 30
    assert verify_study(tmp_path / "out", 1, runs=7, make=Quick).values == 7 * 6


def test_a_study_is_verified_when_another_ensemble_ships(tmp_path: Path) -> None:
    fill(tmp_path, "out")
    scenario = tmp_path / "out/scenario.yaml"
    text = scenario.read_text(encoding="utf-8")
    assert shipped_ensemble().hash in text
    scenario.write_text(text.replace(shipped_ensemble().hash, "1" * 64), encoding="utf-8")
    assert verify_study(tmp_path / "out", workers=1, make=Quick).same


def test_every_run_has_the_central_parameters(tmp_path: Path) -> None:
    assert fill(tmp_path, "out", Central).failed == 0


def test_a_changed_value_is_found(tmp_path: Path) -> None:
    fill(tmp_path, "out")
    part = tmp_path / "out/parts/000003.parquet"
    table = pd.read_parquet(part)
    values = table["value"].to_numpy(copy=True)
    values[0] = np.nextafter(values[0], np.inf)
    table["value"] = values
    table.to_parquet(part)
    found = verify_study(tmp_path / "out", 1, make=Quick)
    assert len(found.differing) == 1
    assert found.differing.iloc[0]["run"] == 3


@pytest.mark.parametrize(("runs", "length"), [(1, 1), (40, 1), (41, 2), (1000, 25), (100_000, 25)])
def test_blocks_are_long_enough_for_large_studies_and_short_for_small(runs: int, length: int) -> None:
    assert block_length(runs) == length


def test_a_batch_runs_outside_the_main_thread(tmp_path: Path) -> None:
    done: list[int] = []
    thread = threading.Thread(target=lambda: done.append(fill(tmp_path, "out").done))
    thread.start()
    thread.join()
    assert done == [30]
