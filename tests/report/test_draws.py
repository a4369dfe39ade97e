"""What ranges hold is said in words: parameters and luck, or luck alone."""

from pathlib import Path

import pytest

from ipsim.report.draws import what_ranges_hold
from ipsim.scenario import Scenario, load
from ipsim.study import compare, run
from tests.study.drawn import BLOCKING, GROWTH, RESEARCH, Shown, three


@pytest.fixture
def base(tmp_path: Path) -> Scenario:
    return load("jinhua", three(tmp_path / "three")).replace({"horizon.end": 2016})


def test_drawn_central_and_single_runs(base: Scenario) -> None:
    drawn = run(base, replicates=2, make=Shown)
    said = what_ranges_hold([drawn], "en")
    assert "luck and doubt about 2 parameters" in said
    assert base.ensemble.short in said
    assert "provisional" not in said
    assert "2个参数" in what_ranges_hold([drawn], "zh")
    for alone in (
        run(base, replicates=2, central=True, make=Shown),
        run(base.drawn(1), replicates=2, make=Shown),
        run(base.replace({BLOCKING: 0.4, "city.patents.stock_growth": 0.1}), replicates=2, make=Shown),
    ):
        assert what_ranges_hold([alone], "en").startswith("Ranges and intervals hold luck alone")
        assert what_ranges_hold([alone], "zh").startswith("区间仅反映偶然因素")
    assert what_ranges_hold([run(base, make=Shown)], "en") == ""


def test_parameters_that_either_side_draws_count(base: Scenario) -> None:
    fixed = base.replace({BLOCKING: 0.4, RESEARCH: 0.1})
    assert GROWTH in fixed.drawn_keys
    found = compare(fixed, base, replicates=2, make=Shown)
    assert "about 2 parameters" in what_ranges_hold(found.results.values(), "en")


def test_a_provisional_ensemble_is_said_to_be_one(base: Scenario) -> None:
    base.ensemble.facts["provisional"] = True  # type: ignore[index]
    assert what_ranges_hold([run(base, replicates=2, make=Shown)], "en").endswith("the calibration is made.")
