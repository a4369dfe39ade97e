"""The surveyed simulation is the simulation, with moments besides."""

import math

import pytest

from ipsim.evidence import parameters
from ipsim.simulation import Simulation
from ipsim.study.calibration.moments import MOMENTS, PREFIX, Surveyed
from ipsim.study.simulations import MakesSimulation, simulate
from tests.simulation.small import SCALE, small

make: MakesSimulation = Surveyed


def test_looking_changes_nothing() -> None:
    plain = Simulation(small(end=2017), 3, SCALE).run()
    replicate = simulate(small(end=2017), 3, SCALE, make=make)
    assert replicate.chain == plain.chain
    kept = {key: value for key, value in replicate.indicators.items() if not key[1].startswith(PREFIX)}
    assert repr(sorted(kept.items())) == repr(sorted(plain.indicators.items()))


def test_what_a_run_is_too_short_for_is_absent() -> None:
    found = Surveyed(small(end=2017), 3, SCALE).run().indicators
    names = {name for _, name in found if name.startswith(PREFIX)}
    assert names < {PREFIX + name for name in MOMENTS}
    assert {year for year, _ in found} == {2016, 2017}
    assert PREFIX + "lapse5_design" not in names
    assert PREFIX + "applicant_exponent" not in names
    assert found[2017, PREFIX + "research_cost"] == pytest.approx(0.97)  # Jinhua repays 3 %
    assert found[2017, PREFIX + "filing_subsidy_invention"] == pytest.approx(1500)


@pytest.mark.slow
def test_a_run_to_2023_gives_every_moment() -> None:
    found = Surveyed(small("xiamen", 2023), 1, 0.03).run().indicators
    last = {name.removeprefix(PREFIX): v for (_, name), v in found.items() if name.startswith(PREFIX)}
    assert set(last) == set(MOMENTS)
    for name, value in last.items():
        if MOMENTS[name].unit in ("share", "R2") and not math.isnan(value):
            assert 0.0 <= value <= 1.0, name
    assert last["lapse5_invention"] < last["lapse5_utility_model"] < last["lapse5_design"]
    assert 1.0 < last["value_sigma"] < 2.6
    assert found[2019, PREFIX + "relabelled"] < 0.4
    loan = next(one for one in parameters() if one.parameter == "loan_size_early")
    assert loan.value is not None and 0.5 < last["pledge_loan"] < 2 * loan.value
