"""Made-up answers of the board, whose figures a test knows, and a page with the charts alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from ipsim.app.charts import CHART_INDICATORS
from ipsim.app.security import CONTENT_POLICY
from ipsim.indicators.catalogue import spending_lever
from ipsim.report.goal import SIX
from tests.app.browser.visitors import Visitor

YEARS = list(range(2016, 2031))
PARTS = 4
"""Place of the year in which the alternatives begin to differ."""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>charts</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/css/theme.css"><link rel="stylesheet" href="/static/css/layout.css">
<link rel="stylesheet" href="/static/css/controls.css"><link rel="stylesheet" href="/static/css/charts.css">
<script src="/static/vendor/echarts/echarts.min.js" defer></script></head>
<body><main><div id="summary"></div><div id="charts"></div><div id="pattern"></div><div id="why"></div></main>
</body></html>"""

_MOUNT = """async ([state, options]) => {
  await (await import('/static/js/catalogue.js')).loadBoard();
  window.store = await import('/static/js/store.js');
  store.change(state);
  const charts = await import('/static/js/charts/index.js');
  const at = (id) => document.getElementById(id);
  window.parts = [charts.mountSummary(at('summary')), charts.mountCharts(at('charts'), options),
                  charts.mountPattern(at('pattern'))];
  window.show = (answer) => parts.forEach((one) => one.update(answer));
}"""


def level(scenario: int) -> dict[str, list[float]]:
    """Return an indicator's levels: 10 in the first year and one more each year; more from the parting on."""
    median = [10.0 + i + (scenario if i >= PARTS else 0) for i in range(len(YEARS))]
    return {"median": median, "low": [one - 2 for one in median], "high": [one + 3 for one in median]}


def difference(scenario: int, half: float | None) -> dict[str, list[float | None]]:
    """Return the differences of `level`, with intervals of a half width; none with one pair."""
    mean = [float(scenario if i >= PARTS else 0) for i in range(len(YEARS))]
    ends = [None if half is None else half if one else 0.0 for one in mean]
    return {
        "mean": [*mean],
        "low": [None if end is None else one - end for one, end in zip(mean, ends, strict=True)],
        "high": [None if end is None else one + end for one, end in zip(mean, ends, strict=True)],
    }


def number(mean: float, low: float | None, high: float | None, pairs: int = 8) -> dict[str, float | None]:
    """Return a headline number that was 100."""
    return {
        "base": 100.0,
        "alternative": 100.0 + mean,
        "difference": mean,
        "low": low,
        "high": high,
        "pairs": pairs,
        "same_sign": 0.75,
    }


HEADLINE: dict[str, Any] = {
    "patents": number(20, 5, 35),
    "growth": number(-0.5, -0.9, -0.1),
    "lending": number(1, -2, 4),
    "public_cost": number(0, 0, 0),
}
PRICE: dict[str, Any] = {
    "outcome": "bought",
    "extra_patents": 400,
    "extra_patents_low": 300,
    "extra_patents_high": 500,
    "extra_cost": 200,
    "extra_cost_low": 100,
    "extra_cost_high": 300,
    "cost_each": 0.5,
    "cost_each_low": 0.2,
    "cost_each_high": 0.9,
    "pairs": 8,
}


def pattern(share: float, first_year: int | None) -> dict[str, Any]:
    """Return how often the pattern is met: ``share`` of eight runs."""
    rising = [50.0 + i for i in range(len(YEARS))]
    six = {key: {"median": rising, "low": rising, "high": rising} for key in SIX}
    return {
        "year": 2030,
        "runs": 8,
        "met": round(8 * share),
        "share": share,
        "low": share / 2,
        "high": (1 + share) / 2,
        "first_year": first_year,
        "by_year": [share * i / (len(YEARS) - 1) for i in range(len(YEARS))],
        "six": six,
    }


def answer(alternatives: int = 1, pairs: int = 8, **parts: Any) -> dict[str, Any]:
    """Return an answer; ``parts`` replace parts of it."""
    half = None if pairs == 1 else 0.5
    titles = ["Base", *(f"Plan {letter}" for letter in "ABCD")]
    scenarios = [
        {
            "title": {"en": title, "zh": title.replace("Base", "基准").replace("Plan ", "方案")},
            "hash": str(i),
            "levels": {name: level(i) for name in CHART_INDICATORS},
            "spent": {name: 100.0 + i for name in CHART_INDICATORS if spending_lever(name)},
        }
        for i, title in enumerate(titles[: alternatives + 1])
    ]
    others = [
        {
            "differences": {name: difference(i, half) for name in CHART_INDICATORS},
            "spent": {
                name: {"mean": float(i), "low": None if half is None else i - half, "high": half and i + half}
                for name in CHART_INDICATORS
                if spending_lever(name)
            },
            "headline": HEADLINE,
            "price": PRICE,
            "shift": {"gained": 2, "lost": 0, "p_value": 0.5},
        }
        for i in range(1, alternatives + 1)
    ]
    return {
        "kind": "answer",
        "pairs": pairs,
        "of": 8,
        "years": YEARS,
        "scale": 0.05,
        "seed": 1,
        "drawn": True,
        "sketch": False,
        "scenarios": scenarios,
        "alternatives": others,
        "pattern": [pattern(0.25, 2028), *(pattern(0.5, 2027) for _ in others)],
        **parts,
    }


class ChartsPage:
    """The charts alone, on a page of the board's origin and with its security policy."""

    def __init__(
        self, make: Callable[..., Visitor], lang: str = "en", show: str = "difference", **options: Any
    ) -> None:
        self.visitor = make(**options)
        self.page: Page = self.visitor.page
        headers = {"Content-Security-Policy": CONTENT_POLICY, "Content-Type": "text/html"}
        self.page.route("**/charts-alone", lambda route: route.fulfill(body=PAGE, headers=headers))
        self.page.goto("/charts-alone")
        self.page.evaluate(_MOUNT, [{"lang": lang, "show": "difference"}, {}])

    def show(self, made: dict[str, Any]) -> ChartsPage:
        """Show an answer; all charts are drawn when this returns."""
        self.page.evaluate("(answer) => show(answer)", made)
        expect(self.page.locator(".chart-canvas canvas")).to_have_count(6)
        return self

    def change(self, **state: Any) -> None:
        """Change the state of the page."""
        self.page.evaluate("(state) => store.change(state)", state)

    def card(self, key: str) -> Locator:
        """Return the card of a chart."""
        return self.page.locator(f"[data-testid=chart][data-chart={key}]")

    def table(self, key: str, panel: int) -> list[list[str]]:
        """Open the table of a chart, and return the rows of one panel."""
        card = self.card(key)
        toggle = card.get_by_test_id("chart-table-toggle")
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        cells = (
            "(table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((one) => one.innerText))"
        )
        return card.locator("table.figures:not(.levers)").nth(panel).evaluate(cells)
