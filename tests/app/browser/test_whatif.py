"""A planner's work: sliders, paths, alternatives, figures, links and files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import ipsim
from ipsim.cli import main
from tests.app.browser.visitors import Visitor
from tests.app.browser.whatif import STRENGTH, WhatIf, policy, quick, stricter

Visit = Callable[..., Visitor]


@pytest.fixture
def whatif(visitor: Visitor) -> WhatIf:
    return WhatIf(visitor)


def test_a_slider_changes_what_the_charts_hold(whatif: WhatIf) -> None:
    before, numbers = whatif.series(), whatif.numbers()
    whatif.lever().locator("input[type=range]").focus()
    whatif.page.keyboard.press("ArrowLeft")
    whatif.answered()
    after = whatif.series()
    assert before.keys() == after.keys() and before != after
    assert whatif.numbers() != numbers
    last = "(name) => performance.getEntriesByName(name).at(-1).startTime"
    marks = [whatif.page.evaluate(last, f"board:{name}") for name in ("moved", "first", "settled")]
    assert marks == sorted(marks)


def test_a_path_is_drawn_with_the_mouse(whatif: WhatIf) -> None:
    before = whatif.series()
    whatif.lever().get_by_test_id("lever-path").click()
    editor = whatif.page.get_by_test_id("path-editor")
    box = editor.locator(".pad").bounding_box()
    assert box is not None
    mouse = whatif.page.mouse
    mouse.move(box["x"] + 3, box["y"] + box["height"] - 3)
    mouse.down()
    mouse.move(box["x"] + box["width"] - 3, box["y"] + 3, steps=8)
    mouse.up()
    whatif.answered()
    path = whatif.state()["alternatives"][0]["changes"][STRENGTH]
    values = [value for _, value in sorted(path.items())]
    assert len(values) > 10 and values == sorted(values)
    assert values[0] < 0.1 and values[-1] > 0.9
    assert whatif.series() != before


def test_a_path_is_typed(whatif: WhatIf) -> None:
    whatif.lever().get_by_test_id("lever-path").click()
    field = whatif.page.locator("[data-testid=path-year][data-year='2025']")
    field.fill("0.3")
    field.press("Enter")
    whatif.answered()
    path = whatif.state()["alternatives"][0]["changes"][STRENGTH]
    assert path["2025"] == 0.3 and path["2026"] == 0.8
    field.fill("7")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert whatif.state()["alternatives"][0]["changes"][STRENGTH] == path


def test_up_to_four_alternatives_one_of_which_becomes_the_baseline(whatif: WhatIf) -> None:
    page = whatif.page
    for name, value in (("Weak", 0.1), ("Strong", 0.9), ("Strongest", 1.0)):
        page.get_by_test_id("alternative-add").click()
        page.get_by_test_id("alternative-name").fill(name)
        page.get_by_test_id("alternative-name").press("Enter")
        whatif.set(value)
    expect(page.get_by_test_id("alternative")).to_have_count(4)
    expect(page.get_by_test_id("alternative-add")).to_be_disabled()
    assert {name for name in whatif.series() if name.startswith("line-0")} == {
        f"line-0-{k}" for k in range(1, 5)
    }
    expect(page.get_by_test_id("chart").first.locator("xpath=../..")).to_contain_text("Strongest")
    page.get_by_test_id("make-baseline").click()
    whatif.answered()
    now = whatif.state()
    assert now["baseline"]["name"] == "Strongest" and now["baseline"]["changes"][STRENGTH] == {"2021": 1.0}
    assert [one["name"] for one in now["alternatives"]][1:3] == ["Weak", "Strong"]
    assert now["alternatives"][3]["changes"] == {}


def test_differences_and_levels(whatif: WhatIf) -> None:
    differences = whatif.series()
    assert "line-0-0" not in differences
    whatif.page.get_by_test_id("show-switch").locator("input, button").last.click()
    whatif.page.wait_for_timeout(300)
    levels = whatif.series()
    assert {"line-0-0", "line-0-1"} <= levels.keys()
    base, mine = levels["line-0-0"], levels["line-0-1"]
    # Before the policies part the two are one line; medians do not subtract to the mean, so no more is asked.
    assert base[:5] == mine[:5] and base[-1] != mine[-1]
    assert whatif.state()["show"] == "level"


@pytest.mark.parametrize("chart", ["patents", "money"])
def test_the_table_holds_what_the_chart_draws(whatif: WhatIf, chart: str) -> None:
    card = whatif.chart(chart)
    drawn = whatif.series(chart)
    card.get_by_test_id("chart-table-toggle").click()
    tables = card.get_by_test_id("chart-table").locator("table")
    panels = len([name for name in drawn if name.startswith("line-")])
    assert tables.count() >= panels >= 1
    for panel in range(panels):
        rows = tables.nth(panel).locator("tbody tr")
        cells = [_figure(row.locator("td").first.inner_text()) for row in rows.all()]
        line = drawn[f"line-{panel}-1"]
        assert len(cells) == len(line) == 15
        for cell, value in zip(cells, line, strict=True):
            assert cell == pytest.approx(value, abs=0.5 + abs(value) * 1e-3)
        assert any(cells)


def _figure(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-").replace("+", ""))


def test_a_link_opens_the_same_numbers_for_somebody_else(visit: Visit) -> None:
    first = WhatIf(visit(permissions=["clipboard-read", "clipboard-write"]))
    first.set(0.95)
    first.page.get_by_test_id("share-link").click()
    first.page.wait_for_timeout(400)
    link = first.page.evaluate("navigator.clipboard.readText()")
    second = WhatIf(visit(), link)
    assert second.numbers() == first.numbers()
    assert second.series() == first.series()
    assert second.lever().locator("input[type=number]").input_value() == "0.95"


def test_an_address_that_is_cut_short_is_no_dead_end(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(quick()[:-9])
    expect(page.get_by_role("alert").first).to_contain_text("address")
    assert page.get_by_test_id("lever").count() >= 3


def _choose(page: Page, path: Path) -> None:
    page.get_by_test_id("open-file").set_input_files(path)


def test_a_wrong_file_is_refused_as_on_the_command_line(
    whatif: WhatIf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("extends: jinhua\npolicy:\n  protection:\n    strenght: 2\n    strength: 3\n")
    assert main(["check", str(wrong)]) == 2
    printed = "".join(capsys.readouterr()).replace(str(wrong), "wrong.yaml").splitlines()
    lines = [line for line in printed if line.startswith("wrong.yaml")]
    assert len(lines) == 2
    whatif.visitor.watch.allow(r"status of 422 .*/api/open")
    before = whatif.state()
    _choose(whatif.page, wrong)
    faults = whatif.page.get_by_test_id("faults")
    for line in lines:
        expect(faults).to_contain_text(line)
    assert whatif.state() == before


def test_a_file_is_opened_and_saved_again(visit: Visit, tmp_path: Path) -> None:
    whatif = WhatIf(visit(), quick(alternatives=[policy()]))
    good = tmp_path / "good.yaml"
    good.write_text("extends: jinhua\nname: Mine\npolicy: {protection: {strength: {2016: 0.4, 2022: 0.7}}}\n")
    _choose(whatif.page, good)
    expect(whatif.page.get_by_test_id("alternative-name")).to_have_value("Mine")
    whatif.answered()
    assert whatif.lever().locator("input[type=number]").input_value() != ""
    whatif.page.get_by_test_id("download").first.locator("xpath=ancestor::details/summary").click()
    with whatif.page.expect_download() as saving:
        whatif.page.locator("[data-testid=download][data-what=scenario]").click()
    saved = tmp_path / "saved.yaml"
    saving.value.save_as(saved)
    assert ipsim.load(saved).hash == ipsim.load(good).hash


@pytest.mark.slow
def test_why_is_answered(whatif: WhatIf) -> None:
    whatif.page.get_by_test_id("why-button").click()
    why = whatif.page.get_by_test_id("why")
    spending = why.get_by_role("tab").last
    expect(spending).to_be_visible(timeout=60_000)
    spending.click()
    expect(why).to_contain_text("Strength of protection")


def test_the_baseline_alone_says_that_nothing_differs(visit: Visit) -> None:
    whatif = WhatIf(visit(), quick(alternatives=[policy()]))
    assert "line-0-0" in whatif.series()
    whatif.set(0.8)
    assert "line-0-0" not in whatif.series()


def test_another_city_keeps_the_policy(whatif: WhatIf) -> None:
    whatif.page.get_by_test_id("city-select").select_option("xiamen")
    expect(whatif.page.get_by_test_id("start-select")).to_have_value("xiamen")
    whatif.answered()
    now = whatif.state()
    assert now["baseline"]["start"] == "xiamen"
    assert now["alternatives"][0] == stricter(start="xiamen")
