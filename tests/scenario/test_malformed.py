"""Every fault at once, each with file, line, key and what is allowed; never a traceback."""

import json
import re
from pathlib import Path

import pytest

from ipsim.scenario import ScenarioError, load

FOLDER = Path(__file__).parent / "malformed"
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_message_is_as_expected(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The expected text lies beside the file; ``<...>`` stands for anything within a line."""
    monkeypatch.chdir(FOLDER)
    with pytest.raises(ScenarioError) as caught:
        load(name)
    expected = (FOLDER / name).with_suffix(".expected").read_text(encoding="utf-8").rstrip("\n")
    pattern = ".*".join(re.escape(part) for part in expected.split("<...>"))
    assert re.fullmatch(pattern, str(caught.value)), str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_every_fault_names_its_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(ScenarioError) as caught:
        load(name)
    for fault in caught.value.faults:
        assert fault.file.endswith(".yaml")
        assert "\n" not in str(fault)
        assert len(str(fault)) < 600


def test_ten_megabytes_of_nonsense(tmp_path: Path) -> None:
    path = tmp_path / "nonsense.yaml"
    path.write_bytes(b"{[\x00: " * 2_000_000)
    with pytest.raises(ScenarioError, match="10000 kB is too large for a scenario; allowed: up to 300 kB"):
        load(path)


@pytest.mark.parametrize(
    "source",
    ["", " ", "no/such/file.yaml", "..", ".", "a\0b", "x" * 5000, "x" * 900, "x" * 900 + ".yaml", "./x"],
)
def test_names_and_paths_that_lead_nowhere(source: str) -> None:
    with pytest.raises(ScenarioError):
        load(source)


@pytest.mark.parametrize("name", ["x" * 900, "y" * 300 + ".yaml", "loop.yaml", "a\0.yaml", "folder.yaml"])
def test_extends_that_leads_nowhere(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "top.yaml").write_text(f"extends: {json.dumps(name)}\n")
    with pytest.raises(ScenarioError):
        load(tmp_path / "top.yaml")


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(ScenarioError, match="is a folder"):
        load(tmp_path / "folder.yaml")


def test_all_faults_of_a_chain_of_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("extends: jinhua\npolicy: {protection: {strength: 2}}\n")
    (tmp_path / "top.yaml").write_text("extends: base.yaml\nhorizon: {end: 1900}\n")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "top.yaml")
    assert [(Path(f.file).name, f.line) for f in caught.value.faults] == [("base.yaml", 2), ("top.yaml", 2)]
