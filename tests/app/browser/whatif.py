"""The view for planners, as a test uses it: levers, alternatives, and what the charts hold."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

from experiments.board.addresses import address_of, policy, state, state_of
from tests.app.browser.visitors import Visitor

STRENGTH = "policy.protection.strength"
QUICK: dict[str, Any] = {"replicates": 4, "scale": 0.02}
"""An answer that costs little, and has no sketch before it."""
_SERIES = """(chart) => {
    const found = {};
    for (const node of chart.querySelectorAll("*")) {
        for (const one of echarts.getInstanceByDom(node)?.getOption().series ?? []) found[one.id] = one.data;
    }
    return found;
}"""


def stricter(**parts: Any) -> dict[str, Any]:
    """Return Jinhua with protection at 0.8 from 2021 on."""
    return policy(changes={STRENGTH: {"2021": 0.8}}, **parts)


def quick(**parts: Any) -> str:
    """Return an address whose answer costs little; one alternative, stricter, unless told otherwise."""
    return "/" + address_of(state(**{"alternatives": [stricter()], **QUICK, **parts}))


class WhatIf:
    """The view, opened and settled.

    Parameters
    ----------
    visitor
        Whose page it is.
    address
        What is opened.
    """

    def __init__(self, visitor: Visitor, address: str | None = None) -> None:
        self.visitor = visitor
        self.page: Page = visitor.open(address or quick())
        visitor.settle()

    def lever(self, key: str = STRENGTH) -> Locator:
        """Return the controls of a lever."""
        return self.page.locator(f"[data-testid=lever][data-key='{key}']").first

    def set(self, value: float, key: str = STRENGTH) -> None:
        """Type a value into a lever, and wait for the answer to it."""
        number = self.lever(key).locator("input[type=number]")
        number.fill(str(value))
        number.press("Enter")
        self.answered()

    def answered(self) -> None:
        """Wait until an answer to the last change is settled."""
        self.page.wait_for_timeout(150)
        self.visitor.settle()

    def chart(self, key: str = "patents") -> Locator:
        """Return a chart."""
        return self.page.locator(f"[data-testid=chart][data-chart={key}]")

    def series(self, key: str = "patents") -> dict[str, Any]:
        """Return what a chart draws: data by series, ``line-PANEL-SCENARIO`` and ``band-PANEL-SCENARIO``."""
        self.chart(key).scroll_into_view_if_needed()
        return self.chart(key).evaluate(_SERIES)

    def numbers(self) -> list[str]:
        """Return the headline numbers as they are written."""
        return self.page.get_by_test_id("summary-number").all_inner_texts()

    def state(self) -> dict[str, Any]:
        """Return the state in the address, once it has followed."""
        self.page.wait_for_timeout(600)
        return state_of(self.page.url)
