import io
import re
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from ipsim.report.frontier import frontier_table, nothing_found, stage_words, write_frontier
from ipsim.report.frontier.amounts import budget_words, measures
from ipsim.report.frontier.chosen import spread_along
from ipsim.report.frontier.naming import described, named
from ipsim.report.frontier.plane import positions
from ipsim.report.frontier.sentences import how, in_short
from ipsim.study.search import SearchResult, Stage
from tests.study.search.town import BIG, TEXT, searched, study_of

LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> SearchResult:
    return searched(study_of(tmp_path_factory.mktemp("town"), BIG))


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> SearchResult:
    return searched(study_of(tmp_path_factory.mktemp("poor"), TEXT.replace("budget: 150", "budget: 5")))


def _shown(result: SearchResult, lang: str) -> str:
    console = Console(width=400, record=True, file=io.StringIO())
    console.print(frontier_table(result, lang))
    return console.export_text()


def test_money_is_said_as_each_language_says_it(result: SearchResult) -> None:
    assert budget_words(result.settings.budget, "en") == "RMB 150 million"
    assert budget_words(result.settings.budget, "zh") == "15,000万元"


def test_measures_are_the_goals_then_the_cost(result: SearchResult) -> None:
    pattern, patents, cost = measures(result.settings, "en")
    assert (pattern.unit, pattern.shown(61.234), pattern.signed(1.5)) == ("of 100", "61.23", "+1.50")
    assert patents.words == "Quality-weighted patents, 2030" and patents.shown(12345.6) == "12,346"
    assert cost.is_cost and cost.sign == -1 and cost.place == 2
    assert measures(result.settings, "zh")[2].shown(1.5) == "150"


@LANGUAGES
def test_what_is_found_is_said(result: SearchResult, lang: str) -> None:
    lead, pattern, patents, rivals, check = in_short(result, lang)
    front, settings = result.frontier, result.settings
    assert str(len(front)) in lead and str(len(result.searched.every)) in lead
    best = front.goals(settings)[0, 0]
    assert f"{best:.2f}" in pattern, "the first policy is the best in the first goal"
    assert str(len(front)) in patents
    assert "20" in rivals and "4" in check
    assert any("NSGA-II" in one for one in how(result, lang))


@LANGUAGES
def test_the_page_is_whole(result: SearchResult, lang: str, tmp_path: Path) -> None:
    page = write_frontier(result, tmp_path, lang).read_text(encoding="utf-8")
    assert page.count("<svg") == 3 and "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}"' in page
    assert "ipsim compare jinhua frontier/policy-01.yaml --replicates 30" in page
    text = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", page, flags=re.DOTALL)
    assert "{" not in text and "nan" not in text
    assert "protection.strength" in text
    for name in ("frontier", "levers", "effort"):
        assert (tmp_path / f"figures/{name}.png").stat().st_size > 5000
        assert (tmp_path / f"figures/{name}.svg").read_text(encoding="utf-8").startswith("<?xml")


@LANGUAGES
def test_the_same_search_gives_the_same_bytes(result: SearchResult, lang: str, tmp_path: Path) -> None:
    first, second = (write_frontier(result, tmp_path / name, lang).parent for name in "ab")
    for path in sorted(first.rglob("*.*")):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path


@LANGUAGES
def test_the_terminal_shows_policies_side_by_side(result: SearchResult, lang: str) -> None:
    text = _shown(result, lang)
    assert f"{result.final_base.goals(result.settings)[0, 0]:.2f}" in text
    assert "protection.strength" in text
    assert ("方案1" if lang == "zh" else "Policy 1") in text


@LANGUAGES
def test_a_budget_that_is_too_small_is_said(nothing: SearchResult, lang: str, tmp_path: Path) -> None:
    page = write_frontier(nothing, tmp_path, lang).read_text(encoding="utf-8")
    said = nothing_found(nothing, lang)
    assert said in page and "<svg" not in page
    assert ("500万元" if lang == "zh" else "RMB 5 million") in said


def test_figures_show_gains_over_the_scenario_as_it_is(result: SearchResult) -> None:
    found = positions(result)
    np.testing.assert_array_equal(found["base"], [[0, 0, 0]])
    expected = result.frontier.goals(result.settings) - result.final_base.goals(result.settings)
    np.testing.assert_allclose(found["frontier"][:, :2], expected)
    np.testing.assert_allclose(found["checked"], found["frontier"], atol=1e-9)
    drawn = len(found["search"]) + len(found["frontier"])
    assert drawn == len(result.searched.within(result.settings))


def test_long_frontiers_are_thinned(result: SearchResult) -> None:
    count = len(result.frontier)
    assert spread_along(result, count) == list(range(count))
    assert spread_along(result, 3) == [0, round((count - 1) / 2), count - 1]


def test_scenarios_are_named_in_both_languages(result: SearchResult) -> None:
    name, description = named(result, 0), described(result, 0)
    assert name.en == f"Policy 1 of {len(result.frontier)} within RMB 150 million"
    assert name.zh == f"15,000万元以内优选方案1（共{len(result.frontier)}套）"
    assert "2030 pattern, 2030:" in description.en and "财政支出" in description.zh


@LANGUAGES
@pytest.mark.parametrize("name", ["pilots", "generation", "final", "random", "check"])
def test_stages_are_said(result: SearchResult, lang: str, name: str) -> None:
    best = {"pattern_2030": 61.5, "quality_weighted_patents": 1234.0}
    stage = Stage(name, 3, 8, 12, 7, best, 500)  # type: ignore[arg-type]
    text = stage_words(stage, result.settings, lang)
    assert text and "{" not in text
    assert ("61.50" in text) == (name == "generation")
    none = stage_words(stage._replace(best={}), result.settings, lang)
    assert "61.50" not in none
