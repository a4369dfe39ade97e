"""Elasticities by twins: the arithmetic by hand, and the changes in real scenarios."""

import math

import numpy as np
import pytest

from ipsim.scenario import load
from ipsim.study.calibration.moments import MOMENTS, Surveyed
from ipsim.study.calibration.twins import (
    FIGURES,
    FILING_DOSE,
    RESEARCH_DOSE,
    TWINS,
    YEARS,
    Indicators,
    filing_elasticity,
    raised,
    research_elasticity,
)
from tests.simulation.small import small


def run(**figures: float) -> Indicators:
    """Return the same figures in every year, ``moment.`` written as ``m_``."""
    return {(year, name.replace("m_", "moment.")): value for year in YEARS for name, value in figures.items()}


def test_the_response_of_research_by_hand() -> None:
    base = run(m_research=100.0, m_research_cost=1.0)
    twin = run(m_research=100.0 * 0.9**-1.5, m_research_cost=0.9)
    assert research_elasticity(base, twin) == pytest.approx(1.5)


def test_the_response_of_filings_by_hand() -> None:
    base = run(invention_applications=50.0, m_filing_cost_invention=5000.0, m_filing_subsidy_invention=1500.0)
    twin = run(
        invention_applications=50.0 * 0.9**-0.4,
        m_filing_cost_invention=4700.0,  # other applicants; the price is that of the base run's
        m_filing_subsidy_invention=2000.0,
    )
    assert filing_elasticity(base, twin) == pytest.approx(-0.4)


def test_no_change_has_no_elasticity() -> None:
    same = run(m_research=100.0, m_research_cost=0.97)
    assert math.isnan(research_elasticity(same, same))


def test_what_is_read_is_what_runs_give() -> None:
    for name in FIGURES:
        assert name == "invention_applications" or name.removeprefix("moment.") in MOMENTS


@pytest.mark.parametrize("city", ["jinhua", "xiamen"])
def test_a_dose_is_added_in_every_quarter_and_the_founding_stays(city: str) -> None:
    base = load(city)
    for twin in TWINS.values():
        changed = base.replace(twin.changes(base))
        assert changed.founding == base.founding
    research = base.replace(TWINS["research_user_cost"].changes(base))
    key = "policy.subsidies.research"
    assert np.allclose(research.path(key) - base.path(key), RESEARCH_DOSE, atol=1e-12)
    filing = base.replace(TWINS["filing_cost"].changes(base))
    for kind, dose in FILING_DOSE.items():
        key = f"policy.subsidies.filing.{kind}"
        assert np.allclose(filing.path(key) - base.path(key), dose, atol=1e-9)


def test_a_dose_beyond_the_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not within 0 to 0\.5"):
        raised(load("jinhua"), "policy.subsidies.research", 0.6)


@pytest.mark.slow
def test_the_model_answers_to_prices() -> None:
    base = small(end=2019)
    plain = Surveyed(base, 1, 0.05).run().indicators
    found = {
        name: twin.elasticity(plain, Surveyed(base.replace(twin.changes(base)), 1, 0.05).run().indicators)
        for name, twin in TWINS.items()
    }
    assert 0.5 < found["research_user_cost"] < 3.0
    assert -2.0 < found["filing_cost"] < 0.0
