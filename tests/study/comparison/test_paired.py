import math

import numpy as np
import pytest

from ipsim.study.comparison.paired import paired


def test_means_add_up_and_the_interval_is_of_the_paired_difference() -> None:
    one = paired([1, 2, 3], [2, 4, 6])
    assert (one.base, one.value, one.mean, one.pairs) == (2, 4, 2, 3)
    assert one.high - one.mean == pytest.approx(2.919986 / math.sqrt(3), rel=1e-6)
    assert (one.sure, one.sign, one.same_sign) == (True, 1, 1)
    assert one.pairing_gain == pytest.approx((1 + 4) / 1)


def test_one_pair_has_no_interval_and_no_sign() -> None:
    one = paired([1], [3])
    assert (one.mean, one.sure, one.sign) == (2, False, 0)
    assert math.isnan(one.low) and math.isnan(one.pairing_gain)


def test_pairs_without_any_difference_are_nothing() -> None:
    assert paired([1, 2], [1, 2]).nothing
    assert not paired([1, 2], [2, 1]).nothing


def test_a_missing_value_takes_its_pair_away() -> None:
    assert paired([1, np.nan, 3], [2, 2, 5]).pairs == 2
    with pytest.raises(ValueError, match="no pair"):
        paired([np.nan], [1])
    with pytest.raises(ValueError, match="as many values of both"):
        paired([1, 2], [1])


def test_the_interval_holds_the_true_difference_nine_times_in_ten() -> None:
    rng = np.random.default_rng(1)
    luck = rng.normal(0, 5, (2000, 8))
    each = luck + 1.5 + rng.normal(0, 1, luck.shape)
    found = [paired(before, after) for before, after in zip(luck, each, strict=True)]
    inside = np.mean([one.low <= 1.5 <= one.high for one in found])
    assert inside == pytest.approx(0.90, abs=0.02)
