"""The table and the pictures of natural experiments."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from ipsim.report.natural import counts, natural_table, write_pictures
from ipsim.report.natural.picture import draw
from ipsim.study.natural import Finding, run_experiment
from tests.study.natural.worlds import Exact, experiment

LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])
NUMBER = {"value": 20, "low": 15, "unit": "%", "why": "an example"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    asked = experiment(tmp_path_factory.mktemp("number"), published=NUMBER)
    return run_experiment(asked, placebos=4, make=Exact)


@pytest.fixture(scope="module")
def mean(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    asked = experiment(
        tmp_path_factory.mktemp("mean"), treatment=None, estimators=None, measure=None, published=NUMBER
    )
    return run_experiment(asked, make=Exact)


def _shown(findings: list[Finding], lang: str) -> str:
    console = Console(width=400, record=True, file=io.StringIO())
    console.print(natural_table(findings, lang))
    return console.export_text()


def test_the_table_lays_all_side_by_side(found: Finding, mean: Finding) -> None:
    text = _shown([found, mean], "en")
    row = next(line for line in text.splitlines() if "22.1" in line)
    assert "E52  Stronger protection" in row and "20 %" in row and "% rejected" in row and "agrees" in row
    assert counts([found, mean], "en").startswith("Experiments: 2.")


@LANGUAGES
def test_words_are_there_in_both_languages(found: Finding, lang: str) -> None:
    text = _shown([found], lang) + counts([found], lang)
    assert ("Verdict" in text) == (lang == "en")
    assert ("相符" in text) == (lang == "zh")


@LANGUAGES
def test_pictures_are_written(found: Finding, mean: Finding, tmp_path: Path, lang: str) -> None:
    for finding, name in ((found, "found"), (mean, "mean")):
        (tmp_path / name).mkdir()
        write_pictures(finding, tmp_path / name, lang)
        assert (tmp_path / name / "effect.png").stat().st_size > 5_000
        assert b"<svg" in (tmp_path / name / "effect.svg").read_bytes()[:2000]


def test_the_published_range_is_in_the_picture(found: Finding) -> None:
    left, right = None, None
    for axes in draw(found, "en").axes:
        ticks = [label.get_text() for label in axes.get_yticklabels()]
        left, right = (left, axes) if "true effect" in ticks else (axes, right)
    assert left is not None and right is not None
    low, high = right.get_xlim()
    assert low < 0 < 15 < high
    (band,) = right.patches
    assert band.get_extents().x0 >= 0
