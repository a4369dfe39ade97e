"""Parameters: priors that keep to their ranges, scores that turn back into values."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import beta

from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import UNCALIBRATED
from ipsim.scenario.loading import load
from ipsim.study.calibration.parameters import (
    OWN_FIGURES,
    FreeParameter,
    Parameters,
    own_parameters,
    shared_parameters,
)
from tests.study.calibration.known import PARAMETERS

NARROW = FreeParameter("assumptions.x", 1.0, 2.0, 4.0)
WIDE = FreeParameter("assumptions.y", 0.1, 1.0, 10.0)


def test_the_prior_is_the_pert_distribution() -> None:
    scores = np.random.default_rng(1).standard_normal(20_000)
    values = NARROW.value(scores)
    assert np.mean(values) == pytest.approx((1.0 + 4 * 2.0 + 4.0) / 6, abs=0.01)  # Vose's mean
    exact = 1.0 + 3.0 * beta(1 + 4 / 3, 1 + 8 / 3).ppf(0.9)
    assert np.quantile(values, 0.9) == pytest.approx(exact, abs=0.02)


def test_wide_ranges_are_seen_on_the_logarithm() -> None:
    assert WIDE.logarithmic
    assert not NARROW.logarithmic
    assert not FreeParameter("x", 0.0, 1.0, 10.0).logarithmic
    assert float(WIDE.value(0.0)) == pytest.approx(1.0, rel=0.01)  # symmetric on the logarithm


@pytest.mark.parametrize("one", [NARROW, WIDE])
def test_scores_turn_back_into_values(one: FreeParameter) -> None:
    scores = np.linspace(-3.5, 3.5, 29)
    assert one.score(one.value(scores)) == pytest.approx(scores, abs=1e-3)
    ends = one.value(np.array([-50.0, 50.0]))
    assert one.low <= ends[0] < ends[1] <= one.high


def test_cited_assumptions_stay() -> None:
    keys = {one.key.removeprefix("assumptions.") for one in shared_parameters()}
    assert keys == {key for key, one in ASSUMPTIONS.items() if not one.cited and one.low < one.high}
    assert any(one.cited for one in ASSUMPTIONS.values())


def test_figures_that_a_profile_cites_stay() -> None:
    city = load("xiamen", UNCALIBRATED).city
    own = own_parameters(city)
    assert own
    assert {one.key.removeprefix("city.") for one in own} < set(OWN_FIGURES)
    for one in own:
        figure: Any = city
        for part in one.key.split(".")[1:]:
            figure = getattr(figure, part)
        assert not figure.cited
        assert (one.low, one.mode, one.high) == (figure.low, figure.value, figure.high)


def test_a_city_sees_the_shared_parameters_and_its_own() -> None:
    two = Parameters(PARAMETERS.shared, {**PARAMETERS.own, "xiamen": PARAMETERS.own["jinhua"]})
    assert len(two) == 5
    assert two.columns("jinhua") == [0, 1, 2, 3]
    assert two.columns("xiamen") == [0, 1, 2, 4]
    assert two.names[3:] == ("jinhua:patents.stock_growth", "xiamen:patents.stock_growth")
    changes = two.changes("xiamen", [0.1, 0.2, 0.3, 0.4, 0.5])
    assert changes["city.patents.stock_growth"] == 0.5
    assert changes["assumptions.blocking"] == 0.1
    with pytest.raises(KeyError):
        two.columns("ningbo")


def test_values_and_scores_of_all() -> None:
    scores = np.random.default_rng(2).standard_normal((7, 4))
    assert PARAMETERS.scores(PARAMETERS.values(scores)) == pytest.approx(scores, abs=1e-3)
