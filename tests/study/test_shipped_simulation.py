"""Studies of the simulation that ships, small enough to take a second once it is compiled."""

from pathlib import Path

import pytest

import ipsim
from ipsim.indicators.catalogue import INDICATORS
from ipsim.study.comparison.headline import NUMBERS

SCALE = 0.01


@pytest.mark.slow
def test_workers_change_nothing() -> None:
    scenario = ipsim.load("jinhua")
    serial = ipsim.run(scenario, seed=3, replicates=3, scale=SCALE)
    spread = ipsim.run(scenario, seed=3, replicates=3, scale=SCALE, workers=2)
    assert spread.indicators.equals(serial.indicators)
    assert all(check["ok"] for check in serial.accounts.values())


@pytest.mark.slow
def test_an_equal_alternative_changes_nothing() -> None:
    comparison = ipsim.compare("jinhua", "jinhua", replicates=2, scale=SCALE)
    assert (comparison.effects["difference"] == 0).all()


@pytest.mark.slow
def test_a_comparison_has_its_numbers_and_can_be_turned_over_the_assumptions() -> None:
    base = ipsim.load("jinhua").replace({"horizon.end": 2017})
    other = base.replace({"policy.subsidies.filing.invention": 20000})
    comparison = ipsim.compare(base, other, replicates=2, scale=SCALE)
    assert list(comparison.headline["number"].unique()) == list(NUMBERS)
    assert comparison.chances["jinhua"].runs == 2
    cost = comparison.differences["jinhua-2"]["public_cost"]
    assert cost.mean > 0 and cost.same_sign == 1
    serial = comparison.turning(2)
    assert comparison.turning(2, workers=2).effects.equals(serial.effects)
    moved = serial.effects[serial.effects["assumption"] != ""]
    assert len(moved) == 2 * 2 * 4  # two assumptions, two ends, four numbers


@pytest.mark.slow
def test_a_result_holds_every_year_and_can_be_saved(tmp_path: Path) -> None:
    result = ipsim.run("xiamen", scale=SCALE)
    assert set(result.indicators["year"]) == set(range(2016, 2031))
    assert {"patent_applications_total", "patent_pledge_amount"} <= set(result.indicators["indicator"])
    units = result.indicators.drop_duplicates("indicator").set_index("indicator")["unit"]
    assert units["patent_pledge_amount"] == INDICATORS["patent_pledge_amount"].unit
    folder = result.save(tmp_path / "xiamen", lang="zh")
    assert (folder / "report.html").stat().st_size > 100_000
    assert {path.suffix for path in (folder / "figures").iterdir()} == {".svg", ".png"}
