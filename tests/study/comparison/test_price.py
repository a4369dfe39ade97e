import numpy as np
import pytest

from ipsim.study.comparison.price import Price, price, price_table

ZERO = np.zeros(6)
WOBBLE = np.array([-0.3, 0.2, 0.1, -0.1, 0.3, -0.2])


def _price(patents: float, cost: float, wobble: float = 1.0) -> Price:
    return price((ZERO, patents + wobble * WOBBLE), (ZERO, cost + wobble * WOBBLE[::-1]))


@pytest.mark.parametrize(
    ("patents", "cost", "outcome", "each"),
    [
        (5, 10, "bought", 2.0),
        (5, 0, "unpaid", 0.0),
        (5, -10, "saved", None),
        (0, 10, "none", None),
        (-5, -10, "given_up", 2.0),
        (-5, 10, "lost", None),
        (-5, 0, "dropped", None),
        (0, 0, "none", None),
    ],
)
def test_outcome_follows_the_sure_signs(
    patents: float, cost: float, outcome: str, each: float | None
) -> None:
    found = _price(patents, cost)
    assert found.outcome == outcome
    if each is None:
        assert np.isnan([found.each, found.low, found.high]).all()
    else:
        assert found.each == pytest.approx(each, abs=1e-9)
        assert found.low < found.each < found.high


def test_pairs_that_do_not_differ_buy_nothing() -> None:
    assert _price(0, 0, 0).outcome == "alike"


def test_one_pair_gives_a_ratio_without_interval() -> None:
    found = price((np.array([0.0]), np.array([4.0])), (np.array([1.0]), np.array([9.0])))
    assert (found.outcome, found.each) == ("bought", 2.0)
    assert np.isnan(found.low)


def test_table_names_the_outcome() -> None:
    table = price_table({"a": _price(5, 10), "b": _price(5, -10)})
    assert list(table["outcome"]) == ["bought", "saved"]
    assert table["cost_each"].notna().tolist() == [True, False]
