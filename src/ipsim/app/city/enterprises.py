"""Who lived when: every enterprise of a run, its place in the picture, its state by quarter."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.app.city.growing import Growing
from ipsim.app.city.tables import (
    COPIES,
    DISPUTES,
    DISTRESS,
    GONE,
    HIGH_TECH,
    LIFE,
    NO_QUALITY,
    RESEARCHES,
    STATE,
)
from ipsim.city.enterprise import ALIVE
from ipsim.city.patent import DESIGN, FIRM, IN_FORCE
from ipsim.city.state import City

REST = 4
"""Quarters for which the place of an enterprise that ended stays free, so that its end can be seen."""


class Register:
    """Gives each enterprise of a run a number, in the order in which they appear.

    Attributes
    ----------
    lives
        Rows of `LIFE`.
    of_row
        The life that each row of the model's table holds now, -1 for none.
    """

    def __init__(self, city: City) -> None:
        self.lives = Growing(LIFE, 2 * len(city.enterprises))
        self.of_row = np.full(len(city.enterprises), -1, np.int64)
        self._states: list[NDArray[Any]] = []
        self._whose: list[NDArray[np.int64]] = []
        self.enter(city, np.flatnonzero(city.enterprises.status == ALIVE), 0)

    def enter(self, city: City, rows: NDArray[np.int64], quarter: int) -> NDArray[np.int64]:
        """Give the enterprises in ``rows`` numbers, and return these."""
        from ipsim.mechanisms.entry import GENERATION  # here, for the server itself needs no rules

        table = city.enterprises[rows]
        copied = ("key", "industry", "stage", "size_class", "exporter", "bank", "born")
        columns: dict[str, Any] = {name: table[name] for name in copied}
        columns |= {"row": rows, "generation": table.key // GENERATION, "status": ALIVE}
        columns |= {"first": quarter, "last": quarter, "place": -1}
        numbers = self.lives.add(len(rows), columns)
        self.of_row[rows] = numbers
        return numbers

    def note_quarter(self, city: City, present: NDArray[np.int64], quarter: int) -> None:
        """Note the state of the enterprises in rows ``present``, which lived in this quarter."""
        table = city.enterprises[present]
        state = np.zeros(len(present), STATE)
        for name in ("revenue", "debt", "research", "cash", "copy_loss", "copy_hazard", "redress", "punish"):
            state[name] = table[name]
        state["subsidy"] = table.in_subsidy
        for name in ("inventions", "utility_models", "designs", "copied_by"):
            state[name] = np.clip(table[name], 0, 65535)
        state["quality"] = _mean_quality(city)[present]
        for name, counted in zip(("filed", "trifles"), _filings(city, quarter), strict=True):
            state[name] = np.minimum(counted[present], 65535)
        state["flags"] = _flags(table)
        numbers = self.of_row[present]
        self.lives.rows["last"][numbers] = quarter
        self.lives.rows["status"][numbers] = table.status
        self._states.append(state)
        self._whose.append(numbers)

    def by_life(self) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return where the states of each life begin, and the states, life by life in order of quarter."""
        whose = np.concatenate(self._whose)
        order = np.argsort(whose, kind="stable")
        counts = np.bincount(whose, minlength=len(self.lives))
        return np.concatenate([[0], np.cumsum(counts)]), np.concatenate(self._states)[order]


def _mean_quality(city: City) -> NDArray[np.uint8]:
    """Return the mean quality score of what each row of enterprises has in force, designs aside."""
    used = city.patents[: int(city.clock[0].patents)]
    mine = used[(used.stage == IN_FORCE) & (used.owner_kind == FIRM) & (used.kind != DESIGN)]
    rows = len(city.enterprises)
    held = np.bincount(mine.owner, minlength=rows)
    scores = 100.0 / (1.0 + np.exp(-1.7 * mine.quality))
    mean = np.bincount(mine.owner, scores, minlength=rows) / np.maximum(held, 1)
    return np.where(held > 0, np.rint(mean), NO_QUALITY).astype(np.uint8)


def _filings(city: City, quarter: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return filings of the quarter and trifles among them by row of enterprises."""
    used = city.patents[: int(city.clock[0].patents)]
    new = used[(used.filed == quarter) & (used.owner_kind == FIRM)]
    rows = len(city.enterprises)
    return np.bincount(new.owner, minlength=rows), np.bincount(new.owner[new.trifle == 1], minlength=rows)


def _flags(table: Any) -> NDArray[np.uint8]:
    flags = RESEARCHES * (table.researches == 1)
    flags = flags | HIGH_TECH * (table.high_tech == 1)
    flags = flags | COPIES * (table.copies >= 0)
    flags = flags | DISPUTES * (table.disputes > 0)
    flags = flags | DISTRESS * (table.cash < 0.0)
    return (flags | GONE * (table.status != ALIVE)).astype(np.uint8)


def give_places(lives: NDArray[Any]) -> None:
    """Give every life a place among those of its industry and stage that no other holds at the time.

    Places are taken in the order of founding, the lowest free one first; equal seeds give the first
    enterprises equal places under every policy.
    """
    cells = lives["industry"].astype(np.int64) * 4 + lives["stage"]
    for cell in np.unique(cells):
        busy: list[tuple[int, int]] = []
        free: list[int] = []
        opened = 0
        for n in np.flatnonzero(cells == cell):  # lives are numbered in the order of founding
            while busy and busy[0][0] < lives["first"][n]:
                heapq.heappush(free, heapq.heappop(busy)[1])
            if free:
                place = heapq.heappop(free)
            else:
                place, opened = opened, opened + 1
            lives["place"][n] = place
            heapq.heappush(busy, (int(lives["last"][n]) + REST, place))
