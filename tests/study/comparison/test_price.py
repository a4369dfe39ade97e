import numpy as np
import pytest

from ipsim.study.comparison.price import Price, fieller, price, price_table

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


def test_fieller_is_students_interval_where_the_patents_are_known() -> None:
    cost = 10 + WOBBLE
    low, high = fieller(cost, np.full(6, 5.0))
    half = 2.015048 * cost.std(ddof=1) / np.sqrt(6)
    assert (low, high) == pytest.approx(((cost.mean() - half) / 5, (cost.mean() + half) / 5), rel=1e-6)


def test_fieller_has_no_end_where_the_patents_may_be_none() -> None:
    assert np.isnan(fieller(10 + WOBBLE, np.array([-3.0, 4, -5, 6, 1, -1]))).all()


def test_fieller_holds_the_true_ratio_nine_times_in_ten() -> None:
    rng = np.random.default_rng(2)
    shared = rng.normal(0, 1, (2000, 10))
    patents = 3 + shared + rng.normal(0, 1, shared.shape)
    cost = 12 + 2 * shared + rng.normal(0, 1, shared.shape)
    found = np.array([fieller(c, p) for c, p in zip(cost, patents, strict=True)])
    assert np.mean((found[:, 0] <= 4) & (found[:, 1] >= 4)) == pytest.approx(0.90, abs=0.02)


def test_table_names_the_outcome() -> None:
    table = price_table({"a": _price(5, 10), "b": _price(5, -10)})
    assert list(table["outcome"]) == ["bought", "saved"]
    assert table["cost_each"].notna().tolist() == [True, False]
