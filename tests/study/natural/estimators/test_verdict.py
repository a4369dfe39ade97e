import math
from typing import Any

import pytest

from ipsim.report.phrases import catalogue
from ipsim.study.natural.estimators import Claim, Estimate, verdict


def found(low: float, high: float) -> Estimate:
    middle = (low + high) / 2
    return Estimate(middle, (high - low) / 3.3, low, high)


@pytest.mark.parametrize(
    ("low", "high", "how", "outcome", "key"),
    [
        (20, 35, {"tolerance": 10}, "pass", "overlap"),
        (5, 15, {"tolerance": 10}, "fail", "apart"),
        (-5, 45, {"tolerance": 10}, "unclear", "overlap_with_nought"),
        (41, 60, {"low": 30}, "pass", "overlap"),
        (5, 29, {"low": 30}, "fail", "apart"),
        (5, 29, {"high": 40}, "pass", "overlap"),
        (-5, 29, {"tolerance": 50}, "pass", "overlap"),
        (20, 20, {"tolerance": 10}, "pass", "overlap"),
    ],
)
def test_numbers(low: float, high: float, how: dict[str, Any], outcome: str, key: str) -> None:
    told = verdict(found(low, high), 30, **how)
    assert (told.outcome, told.reasons[0].key) == (outcome, key)


@pytest.mark.parametrize(
    ("low", "high", "sign", "margin", "outcome", "key"),
    [
        (1, 2, "+", 0, "pass", "right_side"),
        (1, 2, "-", 0, "fail", "wrong_side"),
        (-2, -1, "-", 0, "pass", "right_side"),
        (-1, 2, "+", 0, "unclear", "either_side"),
        (-0.1, 0.1, "+", 0.5, "fail", "too_small"),
        (0.1, 0.2, "+", 0.5, "fail", "too_small"),
        (-1, 2, "0", 0, "pass", "holds_nought"),
        (1, 2, "0", 0, "fail", "not_nought"),
        (0.1, 0.2, "0", 0.5, "pass", "within_margin"),
        (-1, 3, "0", 0.5, "unclear", "nought_but_wide"),
    ],
)
def test_signs(low: float, high: float, sign: str, margin: float, outcome: str, key: str) -> None:
    told = verdict(found(low, high), sign, margin=margin)
    assert (told.outcome, told.reasons[0].key) == (outcome, key)


@pytest.mark.parametrize(
    ("pairs", "published", "outcome"),
    [
        ([(1, 2), (-2, -1)], "+/-", "pass"),
        ([(1, 2), (-2, 1)], "+/-", "unclear"),
        ([(1, 2), (1, 2)], "+/-", "fail"),
        ([(1, 2), (-1, 1)], "+/0", "pass"),
        ([(1, 2), (-2, -1)], "inverted U", "pass"),
        ([(-2, -1), (-2, 1)], "inverted U", "fail"),
        ([(1, 2), (1, 2), (1, 2), (-1, 1)], "+/+/+/0", "pass"),
    ],
)
def test_several_signs_are_as_good_as_the_worst(
    pairs: list[tuple[float, float]], published: Any, outcome: str
) -> None:
    told = verdict([found(*pair) for pair in pairs], published)
    assert told.outcome == outcome
    assert len(told.reasons) == len(pairs)


def test_no_interval_is_unclear() -> None:
    for published, how in ((30, {"tolerance": 5}), ("+", {}), ("0", {})):
        one = Estimate(1.0, math.nan, math.nan, math.nan)
        assert verdict(one, published, **how).outcome == "unclear"


@pytest.mark.parametrize(
    ("published", "how", "message"),
    [
        (30, {}, "needs a tolerance"),
        (30, {"tolerance": -1}, "tolerance: a number from 0"),
        (30, {"tolerance": 1, "low": 2}, "in place of low and high"),
        (30, {"low": 31}, "does not lie between"),
        (30, {"tolerance": "wide"}, "tolerance: 'wide' is not a number"),
        (math.nan, {"tolerance": 1}, "published: nan is not a number"),
        ("up", {}, "published: 'up' does not do"),
        ("inverted-U", {}, "nearest: inverted U"),
        ("+", {"tolerance": 1}, "a sign has no tolerance"),
        ("+", {"margin": -1}, "margin: -1 does not do"),
        ("+", {"margins": 1}, "margins: unknown; .*nearest: margin"),
        ("+/-", {}, "speaks of 2 estimates, 1 were made"),
    ],
)
def test_faults(published: Any, how: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        verdict(found(1, 2), published, **how)


def test_a_claim_can_be_read_once() -> None:
    claim = Claim.of(30, tolerance=10)
    assert verdict(found(20, 35), claim).outcome == "pass"
    assert (claim.low, claim.high) == (20, 40)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reasons_are_told_in_both_languages(lang: str) -> None:
    for pair, published, how in (((1, 2), 30, {"tolerance": 1}), ((-1, 2), "0", {"margin": 0.1})):
        told = verdict(found(*pair), published, **how).told(lang)
        assert "{" not in told
        assert f"{sum(pair) / 2:.3g}" in told


def test_every_reason_has_its_words() -> None:
    import inspect
    import re

    from ipsim.study.natural.estimators.verdict import _by_nought, _by_number, _by_sign

    source = "".join(inspect.getsource(part) for part in (_by_nought, _by_number, _by_sign))
    keys = [*re.findall(r'Reason\(\s*"\w+", "(\w+)"', source), "right_side", "wrong_side"]
    assert len(keys) > 8
    assert all(f"verdict.{key}" in catalogue() for key in keys)
