"""Recorded runs that the server keeps for a while, shared by everyone who asks for the same."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipsim.app.city.finds import found_in
from ipsim.app.city.frames import packed
from ipsim.app.city.lives import count_of
from ipsim.app.city.names import KINDS, Names, stage_words
from ipsim.city.enterprise import STAGES

if TYPE_CHECKING:
    from ipsim.app.city.recording import Recording
    from ipsim.scenario import Scenario

MOST_UNATTENDED = 4
"""Runs that are made to their end although whoever asked for them went away."""
MOST_BYTES = 96 * 1024**2
"""Of all recorded runs together: about nine at a tenth of the enterprises."""


@dataclass(frozen=True)
class KeptCity:
    """One recorded run.

    Attributes
    ----------
    key
        Its name in addresses.
    scenario
        With the parameters that were used.
    recording
        What happened.
    frames
        The binary of the picture, compressed with gzip.
    facts
        What the page is told first.
    """

    key: str
    scenario: Scenario
    recording: Recording
    frames: bytes
    facts: dict[str, Any]

    @property
    def names(self) -> Names:
        """What its agents are called."""
        return Names(self.scenario.city, self.recording)

    @property
    def bytes_held(self) -> int:
        """Bytes in memory."""
        return self.recording.bytes_held + len(self.frames)


def facts_of(key: str, scenario: Scenario, recording: Recording) -> dict[str, Any]:
    """Return what the page is told first of a run."""
    names = Names(scenario.city, recording)
    industries = scenario.city.industries
    return {
        "id": key,
        "title": {"en": scenario.name, "zh": scenario.name},
        "start_year": recording.start_year,
        "quarters": recording.quarters,
        "scale": recording.scale,
        "seed": recording.seed,
        "industries": [{"key": one.key, "words": one.name._asdict()} for one in industries],
        "stages": [{"key": one, "words": stage_words(n)._asdict()} for n, one in enumerate(STAGES)],
        "institutions": {
            kind: [names.of(kind, n)._asdict() for n in range(count_of(recording, kind))]
            for kind in KINDS
            if kind != "enterprise"
        },
        "counts": {kind: count_of(recording, kind) for kind in KINDS},
        "found": found_in(recording),
    }


def key_of(scenario: Scenario, seed: int, scale: float) -> str:
    """Return the name of a run: equal runs have equal names."""
    text = f"{scenario.hash}|{scenario.member}|{sorted(scenario.pinned)}|{seed}|{scale!r}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def kept_city(key: str, scenario: Scenario, recording: Recording) -> KeptCity:
    """Return a recorded run as it is kept; what takes long is made here."""
    frames = gzip.compress(packed(recording), 5, mtime=0)
    return KeptCity(key, scenario, recording, frames, facts_of(key, scenario, recording))


class KeptCities:
    """Recorded runs by key; those not looked at for longest go first when they are too many.

    Parameters
    ----------
    most_bytes
        Of all together; one run is kept however large it is.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[str, KeptCity] = OrderedDict()
        self._making: dict[str, asyncio.Task[KeptCity]] = {}
        self._asking: Counter[str] = Counter()

    def get(self, key: str) -> KeptCity | None:
        """Return a run that is kept, or None."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    async def made(self, key: str, make: Callable[[], Awaitable[KeptCity]]) -> KeptCity:
        """Return a run, made if it isn't kept; whoever asks for the same at the same time shares it.

        It is made to its end even if those who asked go away: it is short, and they tend to come back. Of
        runs that nobody waits for the oldest are given up when there are more than `MOST_UNATTENDED`.
        """
        found = self.get(key)
        if found is not None:
            return found
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.ensure_future(make())
            task.add_done_callback(lambda done: self._keep(key, done))
        self._asking[key] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self._asking -= Counter((key,))
            self._give_up_old()

    def _give_up_old(self) -> None:
        unattended = [key for key in self._making if not self._asking[key]]
        for key in unattended[:-MOST_UNATTENDED]:
            self._making.pop(key).cancel()

    def _keep(self, key: str, done: asyncio.Task[KeptCity]) -> None:
        if self._making.get(key) is done:
            del self._making[key]
        if done.cancelled() or done.exception() is not None:
            return
        self._kept[key] = done.result()
        while len(self._kept) > 1 and sum(one.bytes_held for one in self._kept.values()) > self._most:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)
