"""Assumptions are listed by computed effect, else by width; indices with their formulas."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ipsim.report import doubt, goal, prepare
from ipsim.report.page import render
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.words import Words

KEY = next(iter(ASSUMPTIONS))


def _row(indicator: str, low: float, high: float, city: str = "jinhua") -> dict[str, str]:
    return {
        "city": city,
        "assumption": KEY,
        "indicator": indicator,
        "low_value": "0.1",
        "high_value": "0.9",
        "effect_low": str(low),
        "effect_high": str(high),
    }


def test_computed_effects_come_first(monkeypatch: pytest.MonkeyPatch, make_result: Any) -> None:
    table = [
        _row("patent_applications_total", -100, 50),
        _row("patent_pledge_amount", -3, 2.5),
        _row("rd_intensity", 0.0001, 0.0001),
        _row("pattern_2030", 50, 50, city="xiamen"),
    ]
    monkeypatch.setattr(doubt, "_table", lambda: table)
    found = doubt.effects(prepare(make_result(1), "zh"))
    assert [(one.indicator, one.low, one.high) for one in found] == [
        ("专利质押融资金额", "−30.0", "+25.0"),
        ("专利申请量", "−100", "+50.0"),
    ]
    assert found[0].unit == "亿元"
    assert "when the assumption moves" in render(prepare(make_result(1)))


def test_without_effects_the_widest_ranges_are_listed(
    monkeypatch: pytest.MonkeyPatch, make_result: Any
) -> None:
    monkeypatch.setattr(doubt, "_table", list)
    source = prepare(make_result(1))
    found = doubt.widest(source)
    assert 0 < len(found) <= doubt.MOST
    cited = {one.meaning.en for one in ASSUMPTIONS.values() if one.cited}
    assert not cited & {one.assumption for one in found}
    assert "were not computed" in render(source)


def test_formulas_of_the_indices(monkeypatch: pytest.MonkeyPatch, make_result: Any) -> None:
    own = SimpleNamespace(
        key="pattern_2030",
        words=Words("All six together", "六项综合"),
        formula="mean of the six",
        unit="index 0-100",
        reference=Words("100 is the leading city", "100为领先城市"),
        source="the opinions",
    )
    monkeypatch.setattr(goal, "definitions", lambda: {own.key: own})
    html = render(prepare(make_result(1), "zh"))
    assert "mean of the six" in html
    assert "100为领先城市" in html
