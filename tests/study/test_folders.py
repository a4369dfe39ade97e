from pathlib import Path

import pytest

from ipsim.study.errors import FolderError
from ipsim.study.folders import check_folder, written_whole


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
