"""The charts: what they hold, and that everyone can read it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.image import imread
from playwright.sync_api import Route, expect

from tests.app.browser.made import PARTS, YEARS, ChartsPage, answer, number
from tests.app.browser.visitors import PHONE, Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def charts(visit: Visit) -> ChartsPage:
    return ChartsPage(visit)


def drawn(charts: ChartsPage, key: str) -> dict[str, Any]:
    """Return what a chart has drawn: data by series."""
    read = "(place) => echarts.getInstanceByDom(place).getOption().series.map((one) => [one.id, one.data])"
    return dict(charts.card(key).locator(".chart-canvas").evaluate(read))


def test_differences_and_levels_are_drawn_as_the_answer_gives_them(charts: ChartsPage) -> None:
    charts.show(answer())
    series = drawn(charts, "patents")
    assert series["line-0-1"] == [0.0] * PARTS + [1.0] * (len(YEARS) - PARTS)
    assert series["band-0-1"][PARTS] == [PARTS, 0.5, 1.5]
    assert "line-0-0" not in series  # the baseline is the line at nought
    charts.change(show="level")
    charts.page.wait_for_timeout(300)
    series = drawn(charts, "patents")
    assert series["line-0-0"][-1] == 24
    assert series["line-0-1"][-1] == 25
    assert series["band-0-1"][0] == [0, 8, 13]


def test_a_new_answer_moves_the_same_lines(charts: ChartsPage) -> None:
    charts.show(answer())
    made = answer()
    made["alternatives"][0]["differences"]["invention_applications"]["mean"][-1] = 7
    charts.show(made)
    assert drawn(charts, "patents")["line-0-1"][-1] == 7
    assert charts.page.locator(".chart-canvas canvas").count() == 6


def test_a_table_says_the_same_in_the_units_of_the_language(charts: ChartsPage) -> None:
    charts.show(answer(2))
    rows = charts.table("lending", 0)
    assert rows[-1] == ["2030", "+1.00", "+0.50 to +1.50", "+2.00", "+1.50 to +2.50"]
    table = charts.card("lending").locator("table.figures").first
    assert (
        table.locator("caption").inner_text()
        == "Patent pledge lending, RMB billion: difference from the baseline"
    )
    assert table.locator("th[scope=row]").count() == len(YEARS)
    assert table.locator("th[scope=colgroup]").all_inner_texts() == ["Plan A", "Plan B"]
    charts.change(lang="zh")
    charts.page.wait_for_timeout(300)
    assert charts.table("lending", 0)[-1][:3] == ["2030", "+10.0", "+5.0至+15.0"]
    assert "亿元" in table.locator("caption").inner_text()


def test_figures_are_copied_with_tabs(charts: ChartsPage) -> None:
    charts.show(answer())
    charts.page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    charts.table("growth", 0)
    charts.card("growth").get_by_test_id("chart-copy").click()
    expect(charts.card("growth").locator(".copied")).to_have_text("Copied")
    lines = [line.split("\t") for line in charts.page.evaluate("copied").split("\n")]
    assert lines[0] == ["Indicator", "Unit", "Scenario", "Year", "Value", "Low", "High"]
    assert lines[len(YEARS)] == ["Revenue growth", "%", "Plan A", "2030", "1", "0.5", "1.5"]


def test_values_are_read_with_the_keys(charts: ChartsPage) -> None:
    charts.show(answer())
    view = charts.card("growth").locator(".chart-view")
    view.focus()
    charts.page.keyboard.press("ArrowLeft")
    aloud = charts.card("growth").locator("[aria-live]")
    expect(aloud).to_contain_text("2030, Revenue growth, %: Plan A +1.0, +0.5 to +1.5")
    charts.page.keyboard.press("ArrowLeft")
    expect(aloud).to_contain_text("2029, Revenue growth")
    charts.page.keyboard.press("ArrowDown")
    expect(aloud).to_contain_text("2029, R&D intensity")
    charts.page.keyboard.press("Home")
    expect(aloud).to_contain_text("2016, R&D intensity, % of GDP: Plan A 0.00")
    expect(charts.card("growth").locator(".chart-tip")).to_be_visible()
    charts.page.keyboard.press("Escape")
    expect(charts.card("growth").locator(".chart-tip")).to_be_hidden()


def test_values_are_read_with_the_mouse(charts: ChartsPage) -> None:
    charts.show(answer())
    view = charts.card("patents").locator(".chart-view")
    box = view.bounding_box()
    assert box is not None
    view.hover(position={"x": box["width"] - 16, "y": 90})
    tip = charts.card("patents").locator(".chart-tip")
    expect(tip).to_contain_text("2030 Invention grants")
    expect(tip).to_contain_text("+1")
    expect(tip).to_contain_text("Medians: Base 24; Plan A 25")
    charts.page.mouse.move(0, 0)
    expect(tip).to_be_hidden()


def test_headline_numbers_say_in_words_how_sure_they_are(charts: ChartsPage) -> None:
    charts.show(answer())
    cards = charts.page.get_by_test_id("summary-number")
    verdicts = [card.get_attribute("data-verdict") for card in cards.all()]
    assert verdicts == ["more", "less", "open", "same"]
    words = cards.locator(".verdict").all_inner_texts()
    assert words == ["Sure: more", "Sure: less", "Can't be told apart", "No difference"]
    first = cards.first
    expect(first).to_contain_text("90 % interval +5 to +35")
    expect(first).to_contain_text("100 → 120")
    expect(first).to_contain_text("6 of 8 pairs have this sign")
    expect(charts.page.get_by_test_id("price")).to_contain_text("RMB 0.50 (0.20 to 0.90) million")


def test_every_interval_shows_nought_and_its_own_ends(charts: ChartsPage) -> None:
    charts.show(answer())
    ends = """(bar) => ['.nought', '.reach', 'circle'].map((name) => bar.querySelector(name))
        .flatMap((one) => one ? [one.getAttribute('x1'), one.getAttribute('x2'), one.getAttribute('cx')] : [])
        .filter(Boolean).map(parseFloat)"""
    for bar in charts.page.locator("svg.interval").all():
        places = bar.evaluate(ends)
        assert places and all(0 < place < 100 for place in places)
    nought, _, low, high, dot = charts.page.locator("svg.interval").first.evaluate(ends)
    assert nought < low < dot < high


def test_one_pair_has_no_interval_and_says_so(charts: ChartsPage) -> None:
    made = answer(pairs=1)
    made["alternatives"][0]["headline"] = {key: number(3, None, None, 1) for key in ("patents", "growth")}
    charts.show(made)
    assert charts.page.locator(".verdict").all_inner_texts() == ["One pair: may be luck"] * 2
    expect(charts.page.locator(".chart-key")).to_contain_text("no interval, and it may be luck")
    assert charts.table("patents", 0)[-1] == ["2030", "+1", "–"]


def test_few_pairs_and_sketches_are_seen_to_be_such(charts: ChartsPage) -> None:
    charts.show(answer(pairs=2, sketch=True, said={"en": ["Said."], "zh": ["说。"]}))
    key = charts.page.locator(".chart-key")
    expect(key).to_contain_text("Sketch")
    expect(key).to_contain_text("Only 2 pairs so far")
    assert charts.page.get_by_test_id("chance").locator(".chance-value").all_inner_texts() == ["–", "–"]
    expect(charts.page.get_by_test_id("summary")).to_contain_text("follows when all pairs are done")
    expect(charts.page.get_by_test_id("summary")).not_to_contain_text("Said.")
    charts.show(answer(said={"en": ["Said."], "zh": ["说。"]}))
    expect(key).not_to_contain_text("Sketch")
    expect(key).to_contain_text("from 2020 on")
    expect(charts.page.get_by_test_id("summary")).to_contain_text("Said.")


def test_the_pattern_says_how_likely_and_when(charts: ChartsPage) -> None:
    charts.show(answer())
    base, plan = charts.page.get_by_test_id("chance").all()
    expect(base).to_contain_text("25 %")
    expect(plan).to_contain_text("4 of 8 runs; 90 % interval 25 % to 75 %")
    expect(plan).to_contain_text("first met in 2027")
    expect(plan).to_contain_text("2 pairs gain it and 0 lose it against the baseline: may be luck")
    assert charts.page.locator(".radar .shape").count() == 2
    charts.page.get_by_test_id("pattern-table-toggle").click()
    rows = charts.page.get_by_test_id("pattern-table").locator("tbody").nth(1).locator("tr")
    assert rows.last.locator("td").all_inner_texts() == ["25 %", "50 %"]


def test_the_keyboard_stays_where_it_is_when_an_answer_comes(charts: ChartsPage) -> None:
    charts.show(answer(pairs=4))
    toggle = charts.page.get_by_test_id("pattern-table-toggle")
    toggle.focus()
    charts.page.keyboard.press("Enter")
    expect(toggle).to_be_focused()
    charts.show(answer())
    expect(toggle).to_be_focused()
    expect(charts.page.get_by_test_id("pairs")).to_have_text("8 of 8 pairs of runs")


def test_without_an_alternative_there_are_levels(charts: ChartsPage) -> None:
    charts.show(answer(0))
    expect(charts.page.get_by_test_id("summary")).to_contain_text("Move a policy")
    assert drawn(charts, "patents")["line-0-0"][0] == 10
    assert charts.page.get_by_test_id("chance").count() == 1


def test_scenarios_are_told_apart_without_colour(charts: ChartsPage) -> None:
    charts.show(answer(4))
    charts.change(show="level")
    charts.page.wait_for_timeout(300)
    looks = """(place) => echarts.getInstanceByDom(place).getOption().series
        .filter((one) => one.id.startsWith('line-0'))
        .map((one) => JSON.stringify([one.lineStyle.type, one.symbol]))"""
    found = charts.card("patents").locator(".chart-canvas").evaluate(looks)
    assert len(set(found)) == 5
    marks = (
        charts.card("patents")
        .locator(".card-key svg")
        .evaluate_all("(all) => all.map((one) => one.innerHTML.replace(/[0-9.]+/g, (n) => n))")
    )
    assert len(set(marks)) == 5


def test_the_theme_recolours_the_drawing(charts: ChartsPage) -> None:
    charts.show(answer())
    colour = "(place) => echarts.getInstanceByDom(place).getOption().series.at(-1).lineStyle.color"
    place = charts.card("patents").locator(".chart-canvas")
    light = place.evaluate(colour)
    charts.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    charts.page.wait_for_timeout(300)
    dark = place.evaluate(colour)
    assert light != dark
    charts.page.emulate_media(media="print")
    charts.page.wait_for_timeout(300)
    assert place.evaluate(colour) not in {dark}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pictures_hold_title_key_and_source(visit: Visit, lang: str, tmp_path: Path) -> None:
    charts = ChartsPage(visit, lang=lang).show(answer(2))
    for kind in ("svg", "png"):
        with charts.page.expect_download() as saved:
            charts.card("quality").get_by_test_id(f"chart-{kind}").click()
        saved.value.save_as(tmp_path / saved.value.suggested_filename)
    words = " ".join(ElementTree.parse(tmp_path / "quality.svg").getroot().itertext())
    plans = {
        "en": ("Quality", "Plan A", "Plan B", "8 pairs"),
        "zh": ("专利质量", "方案A", "方案B", "8对模拟"),
    }
    assert all(word in words for word in plans[lang])
    assert imread(tmp_path / "quality.png").shape[1] == 1920


@pytest.mark.parametrize("size", [PHONE, (1920, 1080)])
def test_nothing_is_wider_than_the_screen(visit: Visit, size: tuple[int, int]) -> None:
    charts = ChartsPage(visit, size=size).show(answer(4))
    charts.table("money", 0)
    assert charts.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def part(name: str, mean: float, low: float, high: float) -> dict[str, Any]:
    """Return a part of an effect of -20."""
    interval = {"mean": mean, "low": low, "high": high}
    share = {key: value / -20 for key, value in interval.items()}
    words = {"en": name, "zh": name}
    return {"name": name, "words": words, "amount": interval, "share": share, "sure": low > 0 or high < 0}


def explained(sure: bool = True) -> str:
    """Return the lines that explain two outcomes."""
    outcome = {
        "indicator": "quality_weighted_patents",
        "years": YEARS,
        "statistic": "sum",
        "words": {"en": "Weighted patents", "zh": "专利"},
        "unit": {"en": "patents", "zh": "件"},
        "factor": {"en": 1, "zh": 1},
        "step": {"en": 0.1, "zh": 0.1},
        "base": 1000,
        "alternative": 980,
        "effect": {"mean": -20, "low": -30, "high": -10 if sure else 10},
        "sure": sure,
        "sentences": {"en": ["A change of −20."], "zh": ["相差−20。"]},
        "levers": [part("First lever", -25, -35, -15), part("Second lever", 5, -1, 11)],
        "pathways": [part("Filing", -30, -40, -20)],
        "joint": part("joint", 10, 5, 15),
        "left": part("left", 0, 0, 0),
        "outside": part("outside", 0, 0, 0),
    }
    second = outcome | {
        "words": {"en": "Lending", "zh": "融资"},
        "sentences": {"en": ["Other."], "zh": ["其他。"]},
    }
    lines = [
        {"kind": "progress", "done": 1, "of": 4},
        {"kind": "why", "outcomes": [outcome, second], "runs": 32, "pairs": 8},
        {"kind": "done", "seconds": 0.1},
    ]
    return "\n".join(map(json.dumps, lines)) + "\n"


_WHY = """async () => {
  const { mountWhy } = await import('/static/js/charts/index.js');
  const policy = (changes) => ({ start: 'jinhua', name: '', changes });
  window.question = (strength) => ({ baseline: policy({}),
    alternative: policy({ 'policy.protection.strength': strength }),
    runs: { scale: 0.02, seed: 1 }, names: { base: 'Base', alternative: 'Plan A' } });
  window.why = mountWhy(document.getElementById('why'), question(0.8));
}"""


def test_a_difference_is_explained_and_outlived(charts: ChartsPage) -> None:
    asked: list[Any] = []

    def explain(route: Route) -> None:
        asked.append(route.request.post_data_json)
        route.fulfill(body=explained(), content_type="application/x-ndjson")

    charts.page.route("**/api/why", explain)
    charts.page.evaluate(_WHY)
    charts.page.get_by_test_id("why-button").click()
    why = charts.page.get_by_test_id("why")
    expect(why).to_contain_text("A change of −20.")
    assert asked[0]["alternative"]["changes"] == {"policy.protection.strength": 0.8}
    assert asked[0]["scale"] == 0.02
    bars = why.locator("figure").first.locator("li")
    assert bars.all_inner_texts() == [
        "Base\n1,000.0",
        "First lever\n−25.0, 125 %",
        "Second lever\n+5.0, −25 %",
        "Plan A\n980.0",
    ]
    assert bars.nth(2).locator("rect.unsure").count() == 1
    assert why.locator("figure").last.locator("rect.rest").count() == 1
    nought = why.locator("figure").last.locator("line.nought")
    places = nought.evaluate_all("(all) => all.map((one) => Math.round(one.getBoundingClientRect().x))")
    assert len(places) == 2 and len(set(places)) == 1
    why.get_by_role("tab", name="Lending").click()
    expect(why).to_contain_text("Other.")
    charts.page.keyboard.press("ArrowLeft")
    expect(why).to_contain_text("A change of −20.")
    why.get_by_test_id("why-table-toggle").click()
    assert why.get_by_test_id("why-table").locator("th[scope=row]").count() == 2 + 4
    expect(why).not_to_contain_text("The policy has changed since")
    charts.page.evaluate("why.update(question(0.5))")
    expect(why).to_contain_text("The policy has changed since")


def test_what_is_not_sure_is_not_divided(charts: ChartsPage) -> None:
    charts.page.route("**/api/why", lambda route: route.fulfill(body=explained(sure=False)))
    charts.page.evaluate(_WHY)
    charts.page.get_by_test_id("why-button").click()
    expect(charts.page.get_by_test_id("why")).to_contain_text("so it is not divided")
    assert charts.page.locator(".why-view figure").count() == 0


def test_an_explanation_can_be_cancelled(charts: ChartsPage) -> None:
    charts.page.route("**/api/why", lambda route: None)  # the board takes its time
    charts.page.evaluate(_WHY)
    charts.page.get_by_test_id("why-button").click()
    expect(charts.page.get_by_test_id("why-cancel")).to_be_focused()  # the button that was pressed is off
    charts.page.keyboard.press("Enter")
    expect(charts.page.get_by_test_id("why-button")).to_be_enabled()
    expect(charts.page.get_by_test_id("why-cancel")).to_have_count(0)
    charts.visitor.watch.allow("ERR_ABORTED")
