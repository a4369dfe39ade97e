"""The other end of a worker: its process, what it was sent, and who listens to it."""

from __future__ import annotations

import pickle
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any, NamedTuple

from ipsim.app.work.kept import Shape, opened
from ipsim.app.work.wanted import ScenarioKey, Wanted, scenario_key
from ipsim.app.work.worker import SCENARIOS_HELD, CallTask, RunTask, serve
from ipsim.study.processes import kill_all, worker_context

if TYPE_CHECKING:
    from ipsim.app.work.asking import Job
    from ipsim.scenario import Scenario
    from ipsim.study.simulations import MakesSimulation

_SECONDS_TO_LEAVE = 5.0


_IMPORTED_ONCE = ("ipsim.simulation", "ipsim.app.work.worker", "ipsim.report.contrast.brief", "scipy.stats")
"""What workers share where processes are forked: the model, and what puts its results into sentences."""


def _context() -> Any:
    context: Any = worker_context()
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(list(_IMPORTED_ONCE))
    return context


class Heard(NamedTuple):
    """What a worker said.

    Attributes
    ----------
    kind
        ``state``, ``progress``, ``done``, ``failed``, ``cancelled``, or ``lost`` when it died.
    number
        The job it is about.
    content
        State, progress, result or error.
    """

    kind: str
    number: int
    content: Any


class Member:
    """One worker.

    Parameters
    ----------
    make
        Another simulation than the one of ipsim.
    warm_up
        Done by the worker before all else.
    shapes
        The names of runs, shared with other workers.
    hear
        Told what it says, in a thread of its own.

    Attributes
    ----------
    ready
        Whether it takes jobs.
    is_lost
        Whether its process died.
    jobs
        What it does: at most one, and an urgent one in its midst.
    """

    def __init__(
        self,
        make: MakesSimulation | None,
        warm_up: Callable[..., None] | None,
        shapes: dict[Shape, Shape],
        hear: Callable[[Member, Heard], None],
    ) -> None:
        self.ready = self.is_lost = False
        self.jobs: list[Job] = []
        self._shapes, self._hear = shapes, hear
        self._known: dict[int, Shape] = {}
        self._scenarios: OrderedDict[ScenarioKey, None] = OrderedDict()
        context = _context()
        self._pipe, theirs = context.Pipe()
        self._sent = context.RawValue("q", 0)
        self.process = context.Process(
            target=serve, args=(theirs, self._sent, make, warm_up), name="board worker", daemon=True
        )
        self.process.start()
        theirs.close()
        self._outbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._listen, name="board listener", daemon=True),
            threading.Thread(target=self._post, name="board sender", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        try:
            while True:
                kind, number, content = self._pipe.recv()
                if kind == "done" and self._is_run(number):
                    content = opened(content, self._known, self._shapes)
                self._hear(self, Heard(kind, number, content))
        except (EOFError, OSError, TypeError, pickle.UnpicklingError):
            self._hear(self, Heard("lost", 0, None))

    def _is_run(self, number: int) -> bool:
        return any(job.number == number and job.is_run for job in tuple(self.jobs))

    def give(self, job: Job) -> None:
        """Send a job; the worker must be idle, or the job urgent."""
        self.jobs.append(job)
        self._send((job.number, self._task(job)))

    def forget(self, job: Job) -> None:
        """Send that a job is not wanted any more."""
        self._send((job.number, None))

    def _send(self, message: tuple[int, Any]) -> None:
        """Send without waiting: in the midst of a job a worker may not read for seconds."""
        data = ForkingPickler.dumps(message)
        self._sent.value += 1  # before, so that a worker that sees it only has to wait for what is on its way
        self._outbox.put(data)

    def _post(self) -> None:
        while (data := self._outbox.get()) is not None:
            try:
                self._pipe.send_bytes(data)
            except OSError:
                return  # it died: the listener says so

    def _task(self, job: Job) -> RunTask | CallTask:
        if not job.is_run:
            return job.task
        wanted: Wanted = job.task
        sent: list[tuple[ScenarioKey, bytes]] = []
        for scenario in (wanted.run.scenario, wanted.run.cut_policy):
            if scenario is not None:
                self._hold(scenario, sent)
        while len(self._scenarios) > SCENARIOS_HELD:
            self._scenarios.popitem(last=False)
        return RunTask(wanted.key, tuple(sent))

    def _hold(self, scenario: Scenario, sent: list[tuple[ScenarioKey, bytes]]) -> None:
        key = scenario_key(scenario)
        if key not in self._scenarios:
            sent.append((key, pickle.dumps(scenario, pickle.HIGHEST_PROTOCOL)))
            self._scenarios[key] = None
        self._scenarios.move_to_end(key)

    def end(self) -> None:
        """End the process at once."""
        kill_all([self.process])
        self._outbox.put(None)
        for thread in self._threads:
            thread.join(_SECONDS_TO_LEAVE)  # it hears that the other end is gone
        self._pipe.close()
