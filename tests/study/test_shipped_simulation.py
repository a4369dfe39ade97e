"""Studies of the simulation that ships, small enough to take a second once it is compiled."""

from pathlib import Path

import pytest

import ipsim
from ipsim.indicators.catalogue import INDICATORS

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
def test_a_result_holds_every_year_and_can_be_saved(tmp_path: Path) -> None:
    result = ipsim.run("xiamen", scale=SCALE)
    assert set(result.indicators["year"]) == set(range(2016, 2031))
    assert {"patent_applications_total", "patent_pledge_amount"} <= set(result.indicators["indicator"])
    units = result.indicators.drop_duplicates("indicator").set_index("indicator")["unit"]
    assert units["patent_pledge_amount"] == INDICATORS["patent_pledge_amount"].unit
    folder = result.save(tmp_path / "xiamen", lang="zh")
    assert (folder / "report.html").stat().st_size > 100_000
    assert {path.suffix for path in (folder / "figures").iterdir()} == {".svg", ".png"}
