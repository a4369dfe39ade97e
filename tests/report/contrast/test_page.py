"""The page of a comparison stands alone, in both languages, and says what a planner must know."""

import re
from pathlib import Path

import pytest

from ipsim.report import style
from ipsim.report.contrast import headline_table, sentences, write_contrast
from ipsim.report.contrast.page import Page
from ipsim.report.drawings import svg
from ipsim.study import Comparison
from ipsim.study.comparison.turning import Turning
from tests.report.contrast.town import town
from tests.report.test_page import read


@pytest.fixture(scope="module", params=["en", "zh"])
def html(
    request: pytest.FixtureRequest,
    two_funds: Comparison,
    two_turned: Turning,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    folder = tmp_path_factory.mktemp(request.param)
    return write_contrast(two_funds, folder, request.param, two_turned).read_text(encoding="utf-8")


def test_no_outside_reference_and_no_script(html: str) -> None:
    reader = read(html)
    assert all(link.startswith("#") for link in reader.links)
    assert "<script" not in html
    assert not re.findall(r"(?:https?:)?//[a-z]", re.sub(r"base64,[A-Za-z0-9+/=]+", "", html))


def test_pictures_have_texts_and_ids_of_their_own(html: str) -> None:
    reader = read(html)
    assert len(reader.alts) == 3
    assert all(len(alt) > 15 for alt in reader.alts)
    assert len(reader.ids) == len(set(reader.ids))


def test_one_language_and_no_gap_left_open(html: str) -> None:
    reader = read(html)
    text = "".join(reader.text)
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    assert chinese > 900 if reader.lang == "zh-CN" else chinese == 0
    assert not re.search(r"\{\w+\}", text)
    assert "nan" not in re.findall(r"[a-z]+", text.lower())


def test_every_alternative_is_there_as_a_base(html: str) -> None:
    assert html.count("<details><summary>") == 3  # two other bases, and the table of main indicators


def test_a_comparison_made_in_python_has_no_command(html: str) -> None:
    assert "ipsim verify" in "".join(read(html).text)


def test_without_turning_the_page_says_how(two_funds: Comparison) -> None:
    text = "".join(read(Page(two_funds, "en").render({})).text)
    assert "--turning 8" in text


def test_one_pair_has_no_intervals() -> None:
    text = "".join(read(Page(town(1, 200), "en").render({})).text)
    assert "One pair of runs: differences without intervals." in text
    assert "One pair of runs has no sure sign" in text
    assert "% of pairs" not in text


def test_alternatives_that_change_nothing_make_a_page(tmp_path: Path) -> None:
    for lang in ("en", "zh"):
        page = write_contrast(town(2, 0), tmp_path, lang).read_text(encoding="utf-8")
        assert ("nothing differs" if lang == "en" else "无差异") in page


def test_the_same_comparison_gives_the_same_figures(two_funds: Comparison, two_turned: Turning) -> None:
    page = Page(two_funds, "en", two_turned)
    with style.styled():
        first, second = ({name: svg(one) for name, one in page.figures().items()} for _ in range(2))
    assert list(first) == ["paths", "effects", "turning"]
    assert first == second


def test_the_terminal_says_the_same(two_funds: Comparison, two_turned: Turning) -> None:
    table = headline_table(two_funds, "zh")
    assert table.row_count == 2 * 5
    lines = sentences(two_funds, "en", two_turned)
    assert len(lines) == 3
    assert lines[2].startswith("What would turn it over: “")
