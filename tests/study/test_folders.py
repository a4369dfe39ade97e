from pathlib import Path

import pytest

from ipsim.study.errors import FolderError
from ipsim.study.folders import (
    check_folder,
    check_free,
    write_whole,
    written_beside,
    written_into,
    written_whole,
)


def _result(folder: Path, text: str = "old") -> Path:
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(text)
    return folder


def test_a_folder_appears_whole_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b"
    with written_whole(target) as inside:
        (inside / "run.json").write_text("new")
        assert not target.exists()
    assert (target / "run.json").read_text() == "new"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_what_stops_the_work_leaves_nothing(tmp_path: Path, stop: type[BaseException]) -> None:
    def write_half() -> None:
        with written_whole(tmp_path / "out") as inside:
            (inside / "run.json").write_text("half")
            raise stop

    with pytest.raises(stop):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_an_existing_result_stays_unless_forced(tmp_path: Path) -> None:
    target = _result(tmp_path / "out")
    with pytest.raises(FolderError, match="--force"):
        check_folder(target)
    with written_whole(target, force=True) as inside:
        (inside / "run.json").write_text("new")
    assert (target / "run.json").read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_forced_write_that_fails_keeps_the_old_result(tmp_path: Path) -> None:
    target = _result(tmp_path / "out")
    with pytest.raises(RuntimeError), written_whole(target, force=True):
        raise RuntimeError
    assert (target / "run.json").read_text() == "old"


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(FolderError, match="not a result"):
        check_folder(tmp_path, force=True)


def test_an_empty_folder_will_do_and_a_file_will_not(tmp_path: Path) -> None:
    assert check_folder(tmp_path) == tmp_path
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="not a folder"):
        check_folder(tmp_path / "file")
    with pytest.raises(FolderError, match="can't be made"):
        check_folder(tmp_path / "file" / "below")


def test_a_full_disk_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="No space left"), written_whole(tmp_path / "out"):
        raise OSError(28, "No space left on device")


def test_files_take_their_places_in_a_folder_together(tmp_path: Path) -> None:
    (tmp_path / "runs.parquet").write_text("runs")
    (tmp_path / "table.csv").write_text("old")
    with written_into(tmp_path) as inside:
        (inside / "figures").mkdir()
        (inside / "figures" / "one.svg").write_text("new")
        (inside / "table.csv").write_text("new")
        assert (tmp_path / "table.csv").read_text() == "old"
    files = {path.name: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {"runs.parquet": "runs", "table.csv": "new", "one.svg": "new"}
    assert {path.name for path in tmp_path.iterdir()} == {"runs.parquet", "table.csv", "figures"}


@pytest.mark.parametrize("stop", [RuntimeError, OSError])
def test_what_stops_an_analysis_changes_nothing(tmp_path: Path, stop: type[Exception]) -> None:
    (tmp_path / "table.csv").write_text("old")

    def write_half() -> None:
        with written_into(tmp_path) as inside:
            (inside / "table.csv").write_text("half")
            raise stop("reason")

    with pytest.raises(FolderError if stop is OSError else stop, match="reason"):
        write_half()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_an_analysis_stays_unless_forced(tmp_path: Path) -> None:
    check_free(tmp_path, "table.csv", force=False)
    (tmp_path / "table.csv").touch()
    check_free(tmp_path, "table.csv", force=True)
    with pytest.raises(FolderError, match=r"holds table\.csv already; replace it with --force"):
        check_free(tmp_path, "table.csv", force=False)


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "parts" / "one.json"
    write_whole(path, b"old")

    def write_half() -> None:
        with written_beside(path) as beside:
            beside.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert path.read_bytes() == b"old"
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]
