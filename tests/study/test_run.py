import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ipsim.study import RunError, run
from ipsim.study.executor import chunks, run_all
from ipsim.study.results import INDICATOR_COLUMNS
from ipsim.study.simulations import PlannedRun
from tests.study.stand_ins import Cut, Failing, Killed, Leaky, Steady, plain


def test_replicates_have_seeds_that_count_on() -> None:
    result = run(plain(), seed=5, replicates=3, make=Steady)
    assert result.seeds == (5, 6, 7)
    assert list(result.indicators.columns) == INDICATOR_COLUMNS
    filings = result.indicators.query("indicator == 'invention_applications' and year == 2017")
    assert list(filings["replicate"]) == [1, 2, 3]
    assert list(filings["value"]) == [105, 106, 107]
    assert set(filings["unit"]) == {"count"}


def test_spending_on_a_lever_has_a_unit() -> None:
    units = run(plain(), make=Steady).indicators.set_index("indicator")["unit"]
    assert units["public_spending.subsidies.research"].iloc[0]


def test_accounts_are_the_worst_and_the_chain_the_mean_of_replicates() -> None:
    result = run(plain(), replicates=3, make=Steady)
    assert result.accounts == {"money": {"relative_error": 3e-12, "ok": True}}
    assert result.chain.to_dict("records") == [{"industry": "toys", "stage": "brand", "enterprises": 2.0}]


def test_scale_is_the_citys_own_unless_given() -> None:
    assert run(plain(), make=Steady).scale == 0.25
    assert run(plain(), scale=0.5, make=Steady).scale == 0.5


def test_workers_change_nothing_but_the_time() -> None:
    serial = run(plain(), replicates=5, make=Steady)
    told: list[tuple[int, int]] = []
    spread = run(plain(), replicates=5, workers=2, progress=lambda *at: told.append(at), make=Steady)
    assert spread.indicators.equals(serial.indicators)
    assert spread.seeds == serial.seeds
    assert told[-1] == (40, 40)


def test_progress_counts_the_quarters_of_all_replicates() -> None:
    told: list[tuple[int, int]] = []
    run(plain(), replicates=2, progress=lambda *at: told.append(at), make=Steady)
    assert told == [(quarter, 16) for quarter in range(1, 17)]


@pytest.mark.parametrize("workers", [1, 2])
def test_accounts_that_do_not_close_fail_the_run(workers: int) -> None:
    with pytest.raises(RunError, match=r"accounts of plain don't close with seed 3: money \(off by"):
        run(plain(), replicates=4, workers=workers, make=Leaky)


def test_a_simulation_that_gives_up_says_with_which_seed() -> None:
    with pytest.raises(RunError, match="plain failed with seed 4: the ledger was full"):
        run(plain(), seed=4, make=Failing)


def test_a_killed_worker_is_an_error_in_one_line() -> None:
    with pytest.raises(RunError, match="worker process died"):
        run(plain(), replicates=2, workers=2, make=Killed)


@pytest.mark.parametrize(
    "numbers", [{"seed": -1}, {"replicates": 0}, {"scale": 0}, {"scale": 1.5}, {"workers": 0}]
)
def test_numbers_out_of_bounds(numbers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(numbers))):
        run(plain(), make=Steady, **numbers)


@pytest.mark.parametrize(("seeds", "workers"), [(1, 1), (5, 2), (30, 2), (1000, 4)])
def test_chunks_hold_every_seed_once_and_are_about_equal(seeds: int, workers: int) -> None:
    pieces = chunks(range(seeds), workers)
    assert [seed for piece in pieces for seed in piece] == list(range(seeds))
    sizes = [len(piece) for piece in pieces]
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) <= 25


@pytest.mark.parametrize("workers", [1, 2])
def test_runs_of_several_scenarios_come_back_in_order(workers: int) -> None:
    told: list[tuple[int, int]] = []
    scenarios = [plain(), plain("more", 110), plain("most", 120)]
    runs = [PlannedRun(scenario, seed) for scenario in scenarios for seed in (4, 5)]
    done = run_all(runs, workers=workers, progress=lambda *at: told.append(at), make=Steady)
    filings = [one.indicators[2016, "invention_applications"] for one in done]
    assert filings == [104, 105, 114, 115, 124, 125]
    assert told[-1] == (48, 48)


def test_a_failure_among_several_scenarios_stops_all() -> None:
    with pytest.raises(RunError, match="accounts of more don't close with seed 3"):
        run_all([PlannedRun(plain("more"), seed) for seed in (2, 3)], workers=2, make=Leaky)


def test_runs_may_have_cut_mechanisms_beside_runs_without() -> None:
    base = plain("base", 7)
    runs = [PlannedRun(plain(), 1), PlannedRun(plain(), 1, frozenset({"filing"}), base)]
    whole, cut = run_all(runs, make=Cut)
    assert whole.indicators[2016, "invention_applications"] == 101
    assert cut.indicators[2016, "invention_applications"] == 8


SCRIPT = """
import ipsim
from tests.study.stand_ins import Steady, plain

if {guard}:
    ipsim.study.run(plain(), replicates=2, workers=2, make=Steady)
    print("done")
"""


@pytest.mark.parametrize(("guard", "message"), [("True", "no worker process could start"), (None, "done")])
def test_a_script_without_a_guard_is_told_so(guard: str | None, message: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(guard=guard or "__name__ == '__main__'"), encoding="utf-8")
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, str(script)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert message in (ran.stderr if guard else ran.stdout)
