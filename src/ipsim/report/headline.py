"""The headline: what happens, how sure, what it costs, how near to the pattern."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ipsim.indicators.catalogue import INDICATORS, SPENDING
from ipsim.report import goal
from ipsim.report.drawings.source import Source
from ipsim.report.draws import what_ranges_hold
from ipsim.report.measured import Estimate
from ipsim.report.numbers import direction, figure, ranged, rounded
from ipsim.report.phrases import phrase
from ipsim.report.spending import by_lever

NEAR = 0.1


class Tile(NamedTuple):
    """A number to be seen from the back of the room, its range and what it is."""

    number: str
    range: str
    words: str


class Headline:
    """Sentences and tiles about one result."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._measured = source.measured
        self._lang = source.lang
        self._first, self._last = int(source.measured.years[0]), int(source.measured.years[-1])

    def points(self) -> list[tuple[str, str]]:
        """Return label and text of the four points."""
        texts = (
            ("happens", self.happens()),
            ("sure", self.sure()),
            ("cost", self.cost()),
            ("pattern", self.pattern()),
        )
        return [(self._say(f"label_{key}"), text) for key, text in texts]

    def tiles(self) -> list[Tile]:
        """Return the four numbers on top."""
        last = self._last
        found = (
            ("filings", "patent_applications_total", self._at("patent_applications_total", last)),
            ("high_value", "high_value_inventions_per_10k", self._at("high_value_inventions_per_10k", last)),
            ("cost", SPENDING, self._measured.total(SPENDING)),
            ("pattern", "pattern_2030", self._at("pattern_2030", last)),
        )
        return [self._tile(key, name, one) for key, name, one in found]

    def happens(self) -> str:
        """Return what happens to filings, high-value patents and quality."""
        gaps: dict[str, str] = {}
        for gap, name in (
            ("abv", "patent_applications_total"),
            ("cdw", "invention_applications"),
            ("efx", "high_value_inventions_per_10k"),
        ):
            gaps[gap[0]] = self._text(name, self._first)
            gaps[gap[1]] = self._text(name, self._last)
            gaps[gap[2]] = self._verb(name)
        return self._say("happens", first=self._first, last=self._last, g=self._quality(), **gaps)

    def sure(self) -> str:
        """Return what the ranges mean and how the run stands to published figures."""
        several = self._measured.several
        count = figure(self._measured.replicates)
        text = self._say("sure_many", n=count) if several else self._say("sure_one")
        if several:
            text = self._join(text, what_ranges_hold([self._source.result], self._lang))
        near, there = self._compared()
        if not there:
            return self._join(text, self._say("sure_none"))
        return self._join(text, self._say("sure_inside" if several else "sure_near", k=near, m=there))

    def cost(self) -> str:
        """Return what the levers cost in all and which costs most."""
        total, spent = self._measured.total(SPENDING), by_lever(self._measured)
        if total is None or total.median <= 0:
            return self._say("cost_none")
        years = len(self._measured.years)
        money = INDICATORS[SPENDING]
        gaps = {
            "total": ranged(total, money, self._lang),
            "mean": rounded(total.median / years, money, self._lang),
            "largest": spent[0].name(self._lang) if spent else "–",
            "share": figure(100 * spent[0].total / total.median) if spent else "–",
        }
        return self._say("cost", first=self._first, last=self._last, **gaps)

    def pattern(self) -> str:
        """Return how near the city comes to the 2030 pattern, and when."""
        text = self._say(
            "pattern",
            first=self._first,
            last=self._last,
            v=self._verb("pattern_2030"),
            b=self._text("pattern_2030", self._first),
            a=self._text("pattern_2030", self._last),
        )
        reached = goal.met(self._measured)
        if not reached.any():
            return self._join(text, self._not_met())
        year = goal.first_year(self._measured)
        bar = figure(goal.bar())
        if self._measured.several:
            share = figure(100 * float(np.mean(reached[:, -1])))
            when = self._say("pattern_when", year=year)
            return self._join(
                text, self._say("pattern_many", bar=bar, share=share, last=self._last, when=when)
            )
        key = "pattern_yes" if reached[0, -1] else "pattern_lost"
        return self._join(text, self._say(key, bar=bar, year=year, last=self._last))

    def _not_met(self) -> str:
        found = {name: self._at(name, self._last) for name in goal.SIX}
        known = {name: one for name, one in found.items() if one}
        if not known:
            return ""
        worst = min(known, key=lambda name: known[name].median)
        return self._say(
            "pattern_no",
            bar=figure(goal.bar()),
            worst=INDICATORS[worst].words.of(self._lang),
            value=ranged(known[worst], INDICATORS[worst], self._lang),
        )

    def _quality(self) -> str:
        before, after = (self._at("mean_quality_filed", year) for year in (self._first, self._last))
        if not before or not after or before.median == 0:
            return "–"
        change = 100 * (after.median / before.median - 1)
        if abs(change) < 1:
            return self._say("quality_flat")
        return self._say("quality_up" if change > 0 else "quality_down", n=figure(abs(change)))

    def _compared(self) -> tuple[int, int]:
        """Return how many published figures the run comes near to, and how many there are."""
        near = there = 0
        for one in self._source.published:
            found = self._at(one.indicator, one.year)
            if found is None:
                continue
            there += 1
            if self._measured.several:
                near += found.low <= one.value <= found.high
            else:
                near += abs(found.median - one.value) <= NEAR * abs(one.value)
        return near, there

    def _tile(self, key: str, name: str, one: Estimate | None) -> Tile:
        words = self._say(f"tile_{key}", first=self._first, last=self._last)
        if one is None:
            return Tile("–", "", words)
        low, mid, high = (rounded(v, INDICATORS[name], self._lang) for v in (one.low, one.median, one.high))
        return Tile(mid, f"{low}–{high}" if low != high else "", words)

    def _at(self, name: str, year: int) -> Estimate | None:
        return self._measured.at(name, year)

    def _text(self, name: str, year: int) -> str:
        found = self._at(name, year)
        if found is None:
            return "–"
        # The range of the first year says little, and a sentence of ranges can't be read aloud.
        if year == self._first:
            return rounded(found.median, INDICATORS[name], self._lang)
        return ranged(found, INDICATORS[name], self._lang)

    def _verb(self, name: str) -> str:
        return direction(self._at(name, self._first), self._at(name, self._last), self._lang)

    def _say(self, key: str, **values: object) -> str:
        return phrase(f"headline.{key}", self._lang, **values)

    def _join(self, *texts: str) -> str:
        return phrase("page.sentence_gap", self._lang).join(text for text in texts if text)
