import numpy as np
import pandas as pd
import pytest

from ipsim.scenario import ScenarioError, load
from ipsim.study import Comparison, compare
from ipsim.study.comparison.effects import EFFECT_COLUMNS, paired_effects, pairs_needed
from ipsim.study.comparison.headline import HEADLINE_COLUMNS
from tests.study.stand_ins import Steady, plain


def _table(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "replicate": range(1, len(values) + 1),
            "year": 2020,
            "indicator": "invention_applications",
            "unit": "count",
            "value": values,
        }
    )


def test_effects_are_paired_by_seed() -> None:
    comparison = compare(plain(), plain("more", 110), replicates=3, make=Steady)
    effects = comparison.effects
    assert list(effects.columns) == EFFECT_COLUMNS
    assert set(effects["alternative"]) == {"more"}
    one = effects.iloc[0]
    assert (one["base"], one["alternative_value"], one["difference"], one["pairs"]) == (102, 112, 10, 3)
    assert (one["low"], one["high"], one["pairs_needed"]) == (10, 10, 2)


def test_interval_is_students_t_of_the_mean_difference() -> None:
    (_, row), *_ = paired_effects("b", _table([1, 2, 3]), _table([2, 4, 6])).iterrows()
    half = 2.919986 * 1 / np.sqrt(3)
    assert row["difference"] == 2
    assert row["low"] == pytest.approx(2 - half, rel=1e-6)
    assert row["high"] == pytest.approx(2 + half, rel=1e-6)
    assert row["pairs_needed"] == np.ceil((2.919986 / 0.2) ** 2)


def test_one_pair_has_an_effect_but_no_interval() -> None:
    (_, row), *_ = paired_effects("b", _table([1]), _table([3])).iterrows()
    assert row["difference"] == 2
    assert row[["low", "high", "pairs_needed"]].isna().all()


def test_values_that_are_absent_make_no_pair() -> None:
    (_, row), *_ = paired_effects("b", _table([1, np.nan, 3]), _table([2, 2, 5])).iterrows()
    assert row["pairs"] == 2


def test_pairs_needed_is_unknown_for_a_mean_of_nothing() -> None:
    needed = pairs_needed(np.array([0.0, 0.0]), np.array([1.0, 0.0]), np.array([9, 9]))
    assert needed[0] is pd.NA
    assert needed[1] == 2


def test_a_name_that_comes_twice_gets_a_number() -> None:
    comparison = compare(plain(), plain(), plain(), make=Steady)
    assert list(comparison.alternatives) == ["plain-2", "plain-3"]
    assert list(comparison.indicators["scenario"].unique()) == ["plain", "plain-2", "plain-3"]


def test_progress_covers_all_scenarios() -> None:
    told: list[tuple[int, int]] = []
    compare(plain(), plain(), replicates=2, progress=lambda *at: told.append(at), make=Steady)
    assert told == [(quarter, 32) for quarter in range(1, 33)]


def test_there_has_to_be_an_alternative() -> None:
    with pytest.raises(ValueError, match="at least one alternative"):
        compare(plain(), make=Steady)


def test_columns_of_the_contract_come_first() -> None:
    contract = "alternative,year,indicator,unit,base,alternative_value,difference,low,high,pairs,pairs_needed"
    assert EFFECT_COLUMNS[:11] == contract.split(",")


def test_share_of_pairs_with_the_sign_of_the_mean() -> None:
    (_, row), *_ = paired_effects("b", _table([1, 2, 3, 4]), _table([2, 4, 6, 3])).iterrows()
    assert row["same_sign"] == 0.75
    (_, alike), *_ = paired_effects("b", _table([1, 2]), _table([1, 2])).iterrows()
    assert alike["same_sign"] == 1


def test_pairing_gain_is_the_ratio_of_variances() -> None:
    base, other = [1.0, 2.0, 3.0, 4.0], [2.0, 3.5, 4.0, 5.5]
    (_, row), *_ = paired_effects("b", _table(base), _table(other)).iterrows()
    apart = np.var(base, ddof=1) + np.var(other, ddof=1)
    assert row["pairing_gain"] == pytest.approx(apart / np.var(np.subtract(other, base), ddof=1))
    (_, steady), *_ = paired_effects("b", _table([1, 2]), _table([2, 3])).iterrows()
    assert np.isnan(steady["pairing_gain"])


@pytest.fixture(scope="module")
def three() -> Comparison:
    return compare(plain("a", 100), plain("b", 110), plain("c", 90), replicates=3, make=Steady)


def test_any_alternative_can_be_the_base_without_another_run(three: Comparison) -> None:
    turned = three.against("b")
    assert (turned.base_name, list(turned.alternatives)) == ("b", ["a", "c"])
    assert turned.base is three.alternatives["b"]
    means = turned.effects.groupby("alternative")["difference"].mean().to_dict()
    assert means == {"a": -10, "c": -20}
    assert turned.against("a").effects.equals(three.effects)
    with pytest.raises(KeyError, match="these were: a, b, c"):
        three.against("d")


def test_a_base_whose_name_came_twice_keeps_its_number() -> None:
    turned = compare(plain(), plain("plain", 120), make=Steady).against("plain-2")
    assert turned.base_name == "plain-2"
    assert list(turned.alternatives) == ["plain"]
    assert list(turned.indicators["scenario"].unique()) == ["plain-2", "plain"]


def test_headline_has_only_what_was_measured(three: Comparison) -> None:
    assert list(three.headline.columns) == HEADLINE_COLUMNS
    assert three.headline.empty
    assert (three.prices, three.chances) == ({}, {})


def test_scenarios_of_two_cities_or_horizons_are_not_compared() -> None:
    short = load("jinhua").replace({"horizon.end": 2020})
    with pytest.raises(ScenarioError) as caught:
        compare("jinhua", "xiamen", short, make=Steady)
    assert [str(fault) for fault in caught.value.faults] == [
        "xiamen: city: xiamen, but jinhua is of jinhua; compare within one city",
        "jinhua: horizon.end: 2020, but jinhua ends in 2030; give both one last year",
    ]
