"""Every study that ships can be read, and the four of docs/studies make their report from any run."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from ipsim.study.batch import run_batch
from ipsim.study.plan import read_study
from tests.experiments.sketch import Sketch

ROOT = Path(__file__).resolve().parents[2]
EXPERIMENTS = ROOT / "experiments"
SHIPPED = sorted(EXPERIMENTS.glob("*.yaml"))
SUBJECTS = {
    "yuan": ["xiamen"],
    "protection": ["as-given", "xiamen"],
    "ranking": ["as-given"],
    "withdrawal": ["xiamen"],
}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_study_that_ships_is_without_faults(path: Path) -> None:
    study = read_study(path)
    assert study.design.kind == "search" or len(study.points()) > 1


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import the reports as their command does, with few resamples."""
    monkeypatch.syspath_prepend(str(EXPERIMENTS / "reports"))
    monkeypatch.setattr(importlib.import_module("estimate"), "DRAWS", 40)
    return importlib.import_module("run")


def shortened(name: str, folder: Path) -> Path:
    """Write a study with fewer runs and worlds, and return its file."""
    text = (EXPERIMENTS / f"{name}.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^replicates: [0-9]+", "replicates: 2", text)
    text = re.sub(r"points: (110|210)\}", "points: 9}", text)
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_report_comes_from_its_folder(subject: str, reports: Any, tmp_path: Path) -> None:
    names = [subject, *(f"{subject}-{ending}" for ending in SUBJECTS[subject])]
    for name in names:
        study, folder = read_study(shortened(name, tmp_path)), tmp_path / "results" / name
        assert run_batch(study, folder, executor="tests.study.batch.jobs:threads", make=Sketch).failed == 0
    sheet = reports.Sheet(tmp_path / "results" / subject)
    page = reports.SUBJECTS[subject](sheet, tmp_path).read_text(encoding="utf-8")
    assert "{{" not in page and "nan" not in page.casefold().split()
    assert "## 中文摘要" in page and f"ipsim batch experiments/{subject}.yaml" in page
    for picture in re.findall(r"\]\(([\w-]+\.png)\)", page):
        assert (tmp_path / picture).stat().st_size > 10_000
    for name in names:
        assert f"[{name}](../../experiments/{name}.yaml) | {sheet.facts.runs:,}" in page or name != subject


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_pages_in_the_documentation_say_nothing_that_their_runs_deny(subject: str) -> None:
    page = (ROOT / "docs" / "studies" / f"{subject}.md").read_text(encoding="utf-8")
    assert "do not show it" not in page


@pytest.mark.parametrize("page", ["README", *SUBJECTS])
def test_links_of_the_pages_lead_somewhere(page: str) -> None:
    file = ROOT / "docs" / "studies" / f"{page}.md"
    paths = re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8"))
    assert paths and [path for path in paths if not (file.parent / path).exists()] == []
