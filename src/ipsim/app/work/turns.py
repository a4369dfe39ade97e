"""Whose turn it is: a bounded queue, fair between visitors."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from ipsim.app.faults import RequestError, own_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, SECOND, LATER, IDLE = 0, 1, 2, 9
"""Stages: first answers, then better ones, then what sharpens; last what nobody has asked for yet."""
_OLD_TURN = 8
"""One of so many turns goes to the last stage that waits, so that none waits for ever."""
_RUNS_A_TURN = 16
"""How much of a later stage is done in one turn.

Visitors who each wait for many runs all wait to the end when these alternate; one after the other, half of
them have theirs in half the time and the last no later.
"""


class BusyError(RequestError):
    """There is no room in the queue."""

    def __init__(self) -> None:
        super().__init__(503, [own_fault("too_many")], {"Retry-After": "5"})


class Queued(Protocol):
    """What waits in a queue."""

    @property
    def waits(self) -> bool:
        """Whether it still has to be done."""
        ...


Item = TypeVar("Item", bound=Queued)


class Turns(Generic[Item]):
    """Work that waits, by stage and visitor.

    An earlier stage goes first; within a stage each visitor has one turn after the other: of one run at
    the first stage, of several at later ones. One turn of eight goes to the last stage, so that those who
    wait for it are not forgotten when others ask without end. What is done or given up meanwhile is passed
    over. One thing may wait under several visitors.

    Parameters
    ----------
    most
        How much may wait.
    most_visitors
        How many visitors may wait.
    """

    def __init__(self, most: int, most_visitors: int) -> None:
        self._most, self._most_visitors = most, most_visitors
        self._stages: dict[int, OrderedDict[str, deque[Item]]] = {}
        self._count = 0
        self._turn = 0
        self._streaks: dict[int, tuple[str, int]] = {}

    def check_room(self, visitor: str, count: int) -> None:
        """Raise BusyError when so much more of a visitor would be too much; nothing more never is."""
        if not count:
            return
        if self._count + count > self._most:
            self._forget_done()
        if self._count + count > self._most or len(self.visitors | {visitor}) > self._most_visitors:
            raise BusyError

    def add(self, visitor: str, stage: int, item: Item) -> None:
        """Let something wait."""
        line = self._stages.setdefault(stage, OrderedDict()).setdefault(visitor, deque())
        line.append(item)
        self._count += 1

    def put_back(self, visitor: str, stage: int, item: Item) -> None:
        """Let something wait that had its turn already: it is next."""
        lines = self._stages.setdefault(stage, OrderedDict())
        lines.setdefault(visitor, deque()).appendleft(item)
        lines.move_to_end(visitor, last=False)
        self._count += 1

    def next(self, most_stage: int = IDLE) -> Item | None:
        """Take what is next, of stages up to ``most_stage``; None when nothing waits."""
        for stage in sorted(stage for stage in self._stages if stage <= most_stage):
            item = self._of_patient(stage, most_stage) or self._of_stage(stage)
            if item is not None:
                return item
        return None

    def _of_patient(self, stage: int, most_stage: int) -> Item | None:
        """Take, every eighth time, from the last stage: of a visitor who has nothing at the one due."""
        last = max((other for other in self._stages if other <= most_stage and other != IDLE), default=stage)
        if last <= stage:
            return None
        self._turn = (self._turn + 1) % _OLD_TURN
        if self._turn:
            return None
        patient = (visitor for visitor in self._stages[last] if visitor not in self._stages[stage])
        visitor = next(patient, None)
        if visitor is None:
            return None
        self._stages[last].move_to_end(visitor, last=False)
        return self._of_stage(last)

    def _of_stage(self, stage: int) -> Item | None:
        lines = self._stages.get(stage, OrderedDict())
        while lines:
            visitor, line = lines.popitem(last=False)
            item = self._from(line)
            if line:
                lines[visitor] = line
            if item is not None:
                if self._goes_on(stage, visitor) and line:
                    lines.move_to_end(visitor, last=False)
                if not lines:
                    self._stages.pop(stage, None)
                return item
        self._stages.pop(stage, None)
        return None

    def _goes_on(self, stage: int, visitor: str) -> bool:
        """Return whether a visitor's turn at a stage goes on after what was just taken."""
        last, taken = self._streaks.get(stage, ("", 0))
        taken = taken + 1 if last == visitor else 1
        self._streaks[stage] = visitor, taken % _RUNS_A_TURN
        return stage > FIRST and taken < _RUNS_A_TURN

    def _from(self, line: deque[Item]) -> Item | None:
        while line:
            item = line.popleft()
            self._count -= 1
            if item.waits:
                return item
        return None

    def _forget_done(self) -> None:
        for stage, lines in list(self._stages.items()):
            for visitor, line in list(lines.items()):
                left = deque(item for item in line if item.waits)
                self._count -= len(line) - len(left)
                if left:
                    lines[visitor] = left
                else:
                    del lines[visitor]
            if not lines:
                del self._stages[stage]

    @property
    def visitors(self) -> set[str]:
        """Those who wait for something."""
        return {
            visitor
            for lines in self._stages.values()
            for visitor, line in lines.items()
            if any(item.waits for item in line)
        }

    def __len__(self) -> int:
        """Return how much waits: each thing once, and not what was given up."""
        return len({id(item) for item in self._items() if item.waits})

    def ahead(self, visitor: str) -> int:
        """Return how many other visitors have a turn before this one's next."""
        before: set[str] = set()
        for stage in sorted(self._stages):
            for other, line in self._stages[stage].items():
                if not any(item.waits for item in line):
                    continue
                if other == visitor:
                    return len(before)
                before.add(other)
        return len(before)

    def _items(self) -> Iterator[Item]:
        for lines in self._stages.values():
            for line in lines.values():
                yield from line
