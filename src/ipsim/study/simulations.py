"""What a study asks of a simulation: to be made from a scenario and a seed, and to run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from ipsim.study.errors import RunError

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

Progress = Callable[[int, int], None]
"""Called with the quarters simulated so far and the quarters in all."""


class RunRecord(Protocol):
    """What one simulated replicate leaves behind."""

    @property
    def indicators(self) -> Mapping[tuple[int, str], float]:
        """Value by year and indicator, in the unit of the catalogue."""
        ...

    @property
    def accounts(self) -> Mapping[str, Mapping[str, Any]]:
        """By check of the accounts: ``relative_error`` and ``ok``."""
        ...

    @property
    def chain(self) -> Sequence[Mapping[str, Any]]:
        """Rows of the industry chain in the last quarter."""
        ...


class Simulation(Protocol):
    """One replicate, ready to run."""

    def run(self, progress: Progress | None = None) -> RunRecord:
        """Simulate every quarter."""
        ...


class MakesSimulation(Protocol):
    """The simulation class, or a function of the module level that stands in for it."""

    def __call__(self, scenario: Scenario, *, seed: int, scale: float | None) -> Simulation:
        """Make a replicate."""
        ...


class MakesCutSimulation(Protocol):
    """As `MakesSimulation`, of runs in which some mechanisms see another policy."""

    def __call__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        scale: float | None,
        cut: Collection[str] = (),
        cut_policy: Scenario | None = None,
    ) -> Simulation:
        """Make a replicate in which the mechanisms named in ``cut`` see the policy of ``cut_policy``."""
        ...


class PlannedRun(NamedTuple):
    """One run to make.

    Attributes
    ----------
    scenario
        What to simulate.
    seed
        Seed of all its luck.
    cut
        Names of mechanisms that see the policy of ``cut_policy`` and not the scenario's.
    cut_policy
        The scenario whose policy these see.
    member
        Set of calibrated parameters to draw for both scenarios; they stay as they are if None.
    """

    scenario: Scenario
    seed: int
    cut: frozenset[str] = frozenset()
    cut_policy: Scenario | None = None
    member: int | None = None


class Replicate(NamedTuple):
    """A finished replicate, small enough to be sent between processes."""

    seed: int
    indicators: dict[tuple[int, str], float]
    accounts: dict[str, dict[str, Any]]
    chain: list[dict[str, Any]]


def shipped_simulation() -> MakesSimulation:
    """Return the simulation of ipsim itself; importing it takes about a second."""
    from ipsim.simulation import Simulation

    return Simulation


def simulate(
    scenario: Scenario,
    seed: int,
    scale: float | None = None,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
    cut: Collection[str] = (),
    cut_policy: Scenario | None = None,
) -> Replicate:
    """Run one replicate and make sure that its accounts close.

    Parameters
    ----------
    scenario
        What to simulate.
    seed
        Seed of all its luck.
    scale
        Share of the city's enterprises to simulate, above 0 and up to 1; the city's own if None.
    progress
        Told after each quarter.
    make
        Another simulation than the one of ipsim; it is told of cuts only where there are some.
    cut, cut_policy
        Mechanisms that see the policy of another scenario, and that scenario.

    Raises
    ------
    RunError
        When the simulation gives up, or money or patents got lost or came from nowhere.
    """
    made = cast("Callable[..., Simulation]", make or shipped_simulation())
    cuts: dict[str, Any] = {"cut": cut, "cut_policy": cut_policy} if cut else {}
    try:
        record = made(scenario, seed=seed, scale=scale, **cuts).run(progress)
    except RuntimeError as error:
        raise RunError(f"{scenario.name} failed with seed {seed}: {error}; nothing was kept") from error
    broken = [
        f"{name} (off by {check['relative_error']:.2g})"
        for name, check in record.accounts.items()
        if not check["ok"]
    ]
    if broken:
        raise RunError(
            f"the accounts of {scenario.name} don't close with seed {seed}: {', '.join(broken)}; "
            "this is a fault in the model, nothing was kept"
        )
    return Replicate(
        seed,
        dict(record.indicators),
        {name: dict(check) for name, check in record.accounts.items()},
        [dict(row) for row in record.chain],
    )
