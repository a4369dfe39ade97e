"""The process of a worker: it does one job after another, and an urgent one in the midst of a long one."""

from __future__ import annotations

import pickle
import time
from collections import OrderedDict
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from ipsim.app.work.kept import Shapes, kept_of
from ipsim.app.work.wanted import Cancelled
from ipsim.study.errors import RunError
from ipsim.study.processes import prepare_worker

if TYPE_CHECKING:
    from ipsim.app.work.wanted import RunKey, ScenarioKey
    from ipsim.scenario import Scenario
    from ipsim.study.simulations import MakesSimulation

SCENARIOS_HELD = 48
"""Scenarios that a worker keeps loaded; who sends it work counts along."""
_SECONDS_BETWEEN_NEWS = 0.1


class RunTask(NamedTuple):
    """A run for a worker by its key, with those of its scenarios that the worker lacks, pickled."""

    key: RunKey
    sent: tuple[tuple[ScenarioKey, bytes], ...] = ()


class CallTask(NamedTuple):
    """A function of a module for a worker."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class _Worker:
    """What a worker holds."""

    def __init__(self, pipe: Connection, sent: Any, make: MakesSimulation | None) -> None:
        self.pipe, self.sent, self.make = pipe, sent, make
        self.received = 0
        self.scenarios: OrderedDict[ScenarioKey, Scenario] = OrderedDict()
        self.shapes = Shapes()
        self.doing: list[int] = []
        self.cancelled: set[int] = set()

    def work(self) -> None:
        """Do what comes until the other end is gone."""
        while True:
            self.receive()

    def receive(self) -> None:
        """Take one message: a job, or that a job is not wanted any more."""
        number, task = self.pipe.recv()
        self.received += 1
        if task is None:
            if number in self.doing:
                self.cancelled.add(number)
            return
        self.doing.append(number)
        try:
            self.pipe.send(("done", number, self.do(number, task)))
        except Cancelled:
            self.pipe.send(("cancelled", number, None))
        except Exception as error:
            self.pipe.send(("failed", number, _portable(error)))
        finally:
            self.doing.remove(number)
            self.cancelled.discard(number)

    def look_up(self, number: int) -> None:
        """Between two quarters: do what came meanwhile, and stop if nobody wants the rest."""
        while self.sent.value != self.received:
            self.receive()
        if number in self.cancelled:
            raise Cancelled

    def do(self, number: int, task: RunTask | CallTask) -> Any:
        if isinstance(task, RunTask):
            return self.run(number, task)
        return task.function(*task.arguments, progress=self._telling(number))

    def run(self, number: int, task: RunTask) -> Any:
        from ipsim.study.executor import simulate_planned
        from ipsim.study.simulations import PlannedRun

        for key, pickled in task.sent:
            self.scenarios[key] = pickle.loads(pickled)
        asked = task.key
        scenario = self._scenario(asked.scenario)
        other = None if asked.cut_policy is None else self._scenario(asked.cut_policy)
        while len(self.scenarios) > SCENARIOS_HELD:
            self.scenarios.popitem(last=False)

        def progress(_quarter: int, _of: int) -> None:
            self.look_up(number)

        run = PlannedRun(scenario, asked.seed, asked.cut, other, asked.member)
        kept = kept_of(simulate_planned(run, asked.scale, progress, self.make or _founded_once()))
        return kept.seed, *self.shapes.numbered(kept.shape), kept.numbers

    def _scenario(self, key: ScenarioKey) -> Scenario:
        self.scenarios.move_to_end(key)
        return self.scenarios[key]

    def _telling(self, number: int) -> Callable[[int, int], None]:
        told = 0.0

        def progress(done: int, of: int) -> None:
            nonlocal told
            self.look_up(number)
            now = time.monotonic()
            if now - told >= _SECONDS_BETWEEN_NEWS or done >= of:
                told = now
                self.pipe.send(("progress", number, (done, of)))

        return progress


def _founded_once() -> MakesSimulation:
    """Return the simulation of ipsim; importing it takes about a second."""
    from ipsim.app.work.founding import FoundedOnce

    return FoundedOnce


def _portable(error: Exception) -> Exception:
    """Return an error that another process can read."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RunError(f"{type(error).__name__}: {error}")
    return error


def serve(
    pipe: Connection, sent: Any, make: MakesSimulation | None, warm_up: Callable[..., None] | None
) -> None:
    """Be a worker until the other end of the pipe is gone.

    Parameters
    ----------
    pipe
        Jobs come and results go through it.
    sent
        Shared number of messages sent to this worker, so that it can see without asking the system.
    make
        Another simulation than the one of ipsim.
    warm_up
        Called first; tells through its argument what it does.
    """
    prepare_worker()
    try:
        if warm_up is not None:
            warm_up(lambda state: pipe.send(("state", 0, state)))
        pipe.send(("state", 0, "ready"))
        _Worker(pipe, sent, make).work()
    except (EOFError, OSError):
        return
