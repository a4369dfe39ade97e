"""Visitors who move levers and read the answers, as a class does."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

THINKS = (4.0, 8.0)
"""Seconds between an answer and the next move."""
WAITS_SHARE = 0.5
"""Share of the moves whose visitor waits until all runs are in, or patience is out."""
PATIENCE = 45.0
"""Seconds after a move at which a visitor who waits moves on all the same."""
LONGEST = 300.0
"""Seconds after which an answer counts as lost."""


@dataclass
class Tally:
    """What one visitor lived through, in seconds from a move."""

    first: list[float] = field(default_factory=list)
    real: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    moves: int = 0
    told_to_wait: int = 0
    refused: int = 0
    unsettled: int = 0
    """Answers waited for that were not settled when patience or the time was up."""
    errors: list[str] = field(default_factory=list)


class Student:
    """A visitor who moves levers.

    Parameters
    ----------
    number
        Names the visitor, and is the seed of its choices.
    client
        Shared by all.
    levers
        Of the catalogue: those with numbers.
    """

    def __init__(self, number: int, client: httpx2.AsyncClient, levers: Sequence[Mapping[str, Any]]) -> None:
        self.chance = random.Random(number)
        self.client, self.levers = client, levers
        self.city = ("jinhua", "xiamen")[number % 2]
        self.headers = {"Board-Visitor": f"student-{number:04d}"}
        self.tally = Tally()

    async def play(self, until: float) -> None:
        """Move levers until a time of the event loop's clock; a first answer is waited for even then."""
        await asyncio.sleep(self.chance.uniform(0, THINKS[0]))
        while time.monotonic() < until:
            thought = False
            try:
                thought = await self.move(until)
            except TimeoutError:
                self.tally.errors.append(f"no answer within {LONGEST:.0f} s")
            except httpx2.HTTPError as fault:
                self.tally.errors.append(f"{type(fault).__name__}: {fault}")
            if not thought:
                await asyncio.sleep(min(self.chance.uniform(*THINKS), max(0.0, until - time.monotonic())))

    async def move(self, until: float) -> bool:
        """Move one lever, and read the answer; say whether it was thought over, and then dropped."""
        self.tally.moves += 1
        moves_on = self.chance.random() >= WAITS_SHARE
        clock = asyncio.get_running_loop()
        moved = clock.time()
        reading = Reading(moved, self.tally)
        patience = asyncio.timeout_at(moved + LONGEST)
        asked = self.client.stream("POST", "/api/answer", json=self.question(), headers=self.headers)
        try:
            async with patience, asked as answer:
                if answer.status_code != 200:
                    await answer.aread()
                    self.note_refusal(answer)
                    return False
                async for text in answer.aiter_lines():
                    now = clock.time()
                    if reading.note(Line.of(text), text, now):
                        thinks = now + self.chance.uniform(*THINKS) if moves_on else moved + PATIENCE
                        patience.reschedule(max(now, min(thinks, until)))
        except TimeoutError:
            if not reading.has("answer"):
                raise
            self.tally.unsettled += not moves_on
            return True
        return False

    def note_refusal(self, answer: httpx2.Response) -> None:
        """Count an answer that is none: being asked to come back is no error."""
        if answer.status_code in (429, 503):
            self.tally.refused += 1
        else:
            self.tally.errors.append(f"status {answer.status_code}: {answer.text[:200]}")

    def question(self) -> dict[str, Any]:
        """Return a lever at a value of its own, from a year on."""
        lever = self.chance.choice(self.levers)
        value = self.chance.uniform(lever["low"], lever["high"])
        steps = {str(self.chance.randint(2016, 2026)): round(value, 6)}
        return {
            "baseline": {"start": self.city},
            "alternatives": [{"start": self.city, "changes": {lever["key"]: steps}}],
        }


class Reading:
    """One answer as it comes.

    Parameters
    ----------
    moved
        When the lever was moved, in seconds of the event loop.
    tally
        Takes the waits.
    """

    def __init__(self, moved: float, tally: Tally) -> None:
        self.moved, self.tally = moved, tally
        self.seen: set[str] = set()

    def note(self, line: Line, text: str, now: float) -> bool:
        """Note a line, and say whether it is the first answer."""
        tally, wait = self.tally, now - self.moved
        if line.kind == "waiting":
            tally.told_to_wait += self._is_first("waiting")
        elif line.kind == "fault":
            tally.errors.append(text[:200])
        elif line.kind == "done":
            tally.settled.append(wait)
        elif line.kind == "answer":
            if not line.sketch and self._is_first("real"):
                tally.real.append(wait)
            if self._is_first("answer"):
                tally.first.append(wait)
                return True
        return False

    def has(self, kind: str) -> bool:
        """Say whether a line of a kind has come."""
        return kind in self.seen

    def _is_first(self, kind: str) -> bool:
        new = kind not in self.seen
        self.seen.add(kind)
        return new


@dataclass(frozen=True)
class Line:
    """What kind of line an answer has sent; long ones are not read further, to spare the machine."""

    kind: str
    sketch: bool

    @classmethod
    def of(cls, text: str) -> Line:
        """Read the beginning of a line."""
        head = text[:200].replace(" ", "")
        if '"kind":"answer"' in head:
            sketch = '"sketch":true' in head or ('"sketch"' not in head and json.loads(text).get("sketch"))
            return cls("answer", bool(sketch))
        return cls(str(json.loads(text).get("kind")) if text else "", False)
