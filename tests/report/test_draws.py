"""What ranges hold is said in words: parameters and luck, or luck alone."""

from pathlib import Path

import pytest

from ipsim.report.draws import what_ranges_hold
from ipsim.scenario import Scenario, load
from ipsim.scenario.calibrated import read_ensemble
from ipsim.study import compare, run
from tests.scenario.calibrated.written import write_ensemble
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


def test_figures_that_no_ensemble_holds_are_said_to_be_fixed(base: Scenario, tmp_path: Path) -> None:
    other = load("xiamen", base.ensemble).replace({"horizon.end": 2016})
    said = what_ranges_hold([run(other, replicates=2, make=Shown)], "en")
    assert "the profile of Xiamen assumes" in said
    assert "run ipsim calibrate xiamen, then this again with --ensemble results/calibrate-xiamen." in said
    assert "区间因此偏窄" in what_ranges_hold([run(other, replicates=2, make=Shown)], "zh")

    held = "xiamen:patents.stock_growth"
    folder = tmp_path / "held"
    folder.mkdir()
    own = read_ensemble(write_ensemble(folder, {held: 0.2}, [{held: 0.21}, {held: 0.19}], {}))
    fitted = other.calibrated(own)
    assert "too narrow" not in what_ranges_hold([run(fitted, replicates=2, make=Shown)], "en")


def test_a_profile_of_ones_own_is_named_by_its_file(base: Scenario, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "scenarios" / "cities" / "xiamen.yaml"
    file = tmp_path / "my own.yaml"
    file.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    own = load(file, base.ensemble).replace({"horizon.end": 2016})
    said = what_ranges_hold([run(own, replicates=2, make=Shown)], "en")
    assert f"ipsim calibrate '{file}'" in said
