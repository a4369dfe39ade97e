"""A run: its record, its accounts, its memory."""

import gc
import weakref
from concurrent.futures import ProcessPoolExecutor

import pytest

from ipsim.indicators.catalogue import INDICATORS
from ipsim.simulation import AccountsError, Simulation
from ipsim.study.processes import worker_context
from tests.simulation.small import SCALE, growth_over_runs, ran, small


def test_a_record_has_every_year_indicator_and_chain_row() -> None:
    scenario = small(end=2017)
    told: list[tuple[int, int]] = []
    record = Simulation(scenario, 3, SCALE).run(lambda *at: told.append(at))
    assert told == [(quarter, 8) for quarter in range(1, 9)]
    assert {year for year, _ in record.indicators} == {2016, 2017}
    measured = {name for _, name in record.indicators}
    assert set(INDICATORS) <= measured
    assert len(record.chain) == 4 * len(scenario.city.industries)
    assert record.accounts and all(check["ok"] for check in record.accounts.values())
    assert max(float(check["relative_error"]) for check in record.accounts.values()) < 1e-9


def test_money_from_nowhere_fails_the_run() -> None:
    simulation = ran(small(), 1)
    simulation.begin_quarter()
    simulation.city.enterprises.cash[3] += 1.0
    for mechanism in simulation.mechanisms:
        mechanism.loop(simulation.city)
    with pytest.raises(AccountsError, match="cash of every enterprise"):
        simulation.end_quarter()


def test_a_patent_from_nowhere_fails_the_run() -> None:
    simulation = ran(small(), 1)
    simulation.city.patents.stage[int(simulation.city.clock[0].patents) - 1] = 0
    with pytest.raises(AccountsError, match="patents filed are somewhere"):
        simulation.step()


def test_a_dropped_run_is_freed_at_once() -> None:
    simulation = ran(small(), 1)
    table, run = weakref.ref(simulation.city.enterprises), weakref.ref(simulation)
    gc.disable()
    try:
        del simulation
        assert run() is None and table() is None
    finally:
        gc.enable()


def test_memory_stays_flat_over_runs() -> None:
    # In a process of its own: libraries that other tests used leave threads that allocate as well.
    with ProcessPoolExecutor(1, worker_context()) as apart:
        grown = apart.submit(growth_over_runs).result()
    assert grown < 50_000  # one run holds about two million bytes
