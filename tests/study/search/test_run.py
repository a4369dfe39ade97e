import hashlib
import os
import signal
from pathlib import Path

import pytest

from ipsim.study import FolderError
from ipsim.study.batch import BatchProgress, open_study
from ipsim.study.search import run_search
from tests.study.search.town import TEXT, Town, Unlucky, study_of

THREADS = "tests.study.batch.jobs:threads"


def _hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file that tells of results; the log and the lock tell of this process."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("log.txt", ".lock")
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    run_search(study_of(folder), folder / "out", workers=2, make=Town)
    return folder / "out"


def test_a_search_leaves_a_folder(whole: Path) -> None:
    names = {path.name for path in whole.iterdir() if not path.name.startswith(".")}
    assert {"frontier.csv", "candidates.csv", "search.json", "frontier", "figures", "report.html"} <= names
    assert {"study.json", "parts", "scenario.yaml"} <= names
    study = open_study(whole)
    assert study.finished == study.planned == len(study.runs)
    assert set(study.runs["seed"]) == set(range(3, 12))


@pytest.mark.parametrize("runs", [10, 100, 190, 255])
def test_stopped_and_gone_on_with_it_ends_in_the_same_bytes(whole: Path, tmp_path: Path, runs: int) -> None:
    """Interrupted among the pilots, the generations, the random policies and the check."""
    study, out = study_of(tmp_path), tmp_path / "out"

    def press_ctrl_c(at: BatchProgress) -> None:
        if at.done >= runs and not at.stopping:
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run_search(study, out, executor=THREADS, progress=press_ctrl_c, make=Town)
    assert signal.getsignal(signal.SIGINT) is before
    assert not (out / "frontier.csv").exists()
    done = open_study(out).finished
    assert runs <= done < open_study(whole).finished
    with pytest.raises(FolderError, match="--resume"):
        run_search(study, out, executor=THREADS, make=Town)
    _, summary = run_search(study, out, executor=THREADS, resume=True, make=Town)
    assert summary.made == summary.planned - done
    assert _hashes(out) == _hashes(whole)


def test_a_finished_search_is_gone_through_without_a_run(whole: Path) -> None:
    before = _hashes(whole)
    _, summary = run_search(study_of(whole.parent), whole, resume=True, make=Town)
    assert summary.made == 0
    assert _hashes(whole) == before


def test_another_search_is_refused(whole: Path) -> None:
    study = study_of(whole.parent, TEXT.replace("population: 8", "population: 10"))
    with pytest.raises(FolderError, match="holds other runs"):
        run_search(study, whole, resume=True, make=Town)


def test_failed_runs_are_recorded_and_borne(tmp_path: Path) -> None:
    result, summary = run_search(study_of(tmp_path), tmp_path / "out", executor=THREADS, make=Unlucky)
    assert summary.failed > 0
    assert len(open_study(tmp_path / "out").failures) == summary.failed
    assert len(result.frontier) > 0 and result.failed_worlds > 0
    assert "failures/" in (tmp_path / "out/report.html").read_text(encoding="utf-8")


def test_replicates_are_averaged_in_each_world(tmp_path: Path) -> None:
    text = TEXT.replace("seed: 3", "seed: 3\nreplicates: 2").replace("generations: 5", "generations: 2")
    result, summary = run_search(study_of(tmp_path, text), tmp_path / "out", executor=THREADS, make=Town)
    assert [world.seeds for world in result.worlds[:3]] == [(3, 4), (5, 6), (7, 8)]
    assert summary.planned == result.runs
