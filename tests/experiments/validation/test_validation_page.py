"""The page that validation writes, from tables of a model that does well and of one that does not."""

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.experiments.validation.tables import stamped, written

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "validation.md"

SAID = {
    "good": [
        "It is the one that ships",
        "Pairs of figures that pull against each other: 1.",
        "**The emulated posterior is used:** its error over the parameters that can",
        "(0.500 against 0.600 (rejection",
        "The bands mean what they say",
        "The model beats both naive forecasts. **These exist for 6 figures only, of Jinhua**",
        "**3 agree, 0 disagree and 0 can't be told**",
        "25 of 25 tests pass after calibration, 20 passed before.",
        "28 of these have one sign under nine parameter sets in ten, luck left out** (0 of them",
        "The sign of 28 differences hangs on a single assumption",
        "Members differ by their parameters more than by luck in 28 of 28",
        "None of the published effects that were tried",
        "未用于校准的3项检验中，3项相符",
        "误差小于“沿用上年数”，小于“按上年增速外推”；但仅金华6项可比",
    ],
    "bad": [
        "**It is not the one that ships** (`00000000` here)",
        "No figure that is missed comes clearly nearer",
        "**The emulated posterior is used although its error is not the smallest here** (0.500 against 0.400",
        "**The bands are too narrow:**",
        "**The model beats neither naive forecast**",
        "**0 agree, 1 disagree and 2 can't be told**",
        "They disagree on E02 Study E02.",
        "Intervals are therefore somewhat too narrow",
        "**Lost:** S01",
        "Under 3 members of the ensemble 4 tests pass for some",
        "**28 of 28 differences can be told from none in the mean; 0 of these have one sign",
        "The sign of no difference hangs on a single assumption.",
        "Members differ by luck more than by their parameters in 28 of 28",
        "Figures that it did not foresee.** Jinhua Invention filings, 2017",
        "(simulated 130 % of the published figure)",
        "低于应有的90%，说明模型对年度数字过于自信",
        "不宜用模型预测单个年度的指标",
    ],
}


def page_of(out: Path, docs: Path, readme: Path | None = None) -> str:
    command, page = (importlib.import_module(name) for name in ("command", "validation_page"))
    asked = importlib.import_module("stages").Asked(out, out, out)
    docs.mkdir(exist_ok=True)
    return page.write_page(asked, command.STAGES, docs, readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("model", SAID)
def test_sentences_are_those_that_the_tables_bear_out(model: str, tmp_path: Path) -> None:
    good = model == "good"
    written(tmp_path / "out", good=good, conflicts=good, turned=good)
    page = page_of(tmp_path / "out", tmp_path / "docs")
    assert [words for words in SAID[model] if words not in page] == []
    other = SAID["bad" if good else "good"]
    assert [words for words in other if words in page] == []
    assert "{{" not in page and "nan" not in page.casefold().split() and "Undefined" not in page
    pictures = re.findall(r"\]\(validation/([\w-]+\.png)\)", page)
    assert len(pictures) >= 6
    for picture in pictures:
        assert (tmp_path / "docs" / "validation" / picture).stat().st_size > 5_000


def test_a_stage_that_was_not_made_is_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    page = page_of(tmp_path / "out", tmp_path / "docs")
    for stage in ("calibration", "recovery", "hindcast", "natural", "facts", "sensitivity"):
        assert f"--only {stage} page`" in page
    assert "## What the model can't be used for" in page and "### 模型不能用于什么" in page
    assert json.loads((tmp_path / "docs" / "validation" / "key-figures.json").read_text()) == {}


def test_tables_of_another_model_are_named(tmp_path: Path) -> None:
    out = written(tmp_path / "out")
    assert "Not all of this is of the model that ships" not in page_of(out, tmp_path / "docs")
    stamped(out / "facts", model="another")
    assert "**Not all of this is of the model that ships:** facts was made" in page_of(out, tmp_path / "docs")


def test_the_readme_repeats_the_key_figures(tmp_path: Path) -> None:
    out, readme = written(tmp_path / "out"), tmp_path / "README.md"
    readme.write_text("Before\n<!-- validation -->\nold\n<!-- end validation -->\nAfter\n", encoding="utf-8")
    page_of(out, tmp_path / "docs", readme)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("Before\n<!-- validation -->\n[docs/validation.md]") and text.endswith("\nAfter\n")
    assert "\nold\n" not in text and "3 agree, 0 disagree and 0 can't be told" in text
    assert "6 of 6 figures of 2017 and later lie inside" in text and "% below that of the last value" in text


@pytest.mark.skipif(not PAGE.exists(), reason="the page has not been made yet")
def test_the_readme_is_current() -> None:
    block: Any = importlib.import_module("readme_block")
    figures = json.loads((PAGE.parent / "validation" / "key-figures.json").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert block.block_of(readme) == block.block(figures), (
        "run: python experiments/validation/run.py --only page"
    )
