import numpy as np
import pandas as pd
import pytest

from ipsim.study import compare
from ipsim.study.effects import EFFECT_COLUMNS, paired_effects, pairs_needed, student_quantile
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


def test_students_quantile() -> None:
    assert student_quantile(np.array([2, 31])) == pytest.approx([6.313752, 1.697261], rel=1e-6)


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
