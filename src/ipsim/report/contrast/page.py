"""The report of a comparison: one page that needs no network."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.indicators.catalogue import INDICATORS, SPENDING
from ipsim.report import goal, style
from ipsim.report.alternatives import settings
from ipsim.report.command import command
from ipsim.report.contrast import forest, paths, tornado
from ipsim.report.contrast.brief import short, titles_of
from ipsim.report.contrast.differences import Difference, last_year, main_differences
from ipsim.report.contrast.numbers import grid, pairing_text
from ipsim.report.contrast.ranking import ranked, turning_sentences
from ipsim.report.contrast.terminal import COLUMNS, pairs
from ipsim.report.contrast.worth import chance_rows, lever_rows, worths
from ipsim.report.drawings import keep
from ipsim.report.draws import what_ranges_hold
from ipsim.report.frame import framed, picture
from ipsim.report.inline import COLOURS
from ipsim.report.numbers import figure, unit_of
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ipsim.study import Comparison
    from ipsim.study.comparison.turning import Turning

_MOST_CHANGES = 4


def write(comparison: Comparison, folder: Path, lang: str, turning: Turning | None = None) -> Path:
    """Write figures and page into ``folder``; return the page."""
    return Page(comparison, language(lang), turning).write(folder)


@dataclass(frozen=True)
class Page:
    """What the page is made from.

    Attributes
    ----------
    comparison
        What was compared.
    lang
        ``en`` or ``zh``.
    turning
        What `Comparison.turning` found, or None.
    """

    comparison: Comparison
    lang: str
    turning: Turning | None = None

    def write(self, folder: Path) -> Path:
        """Write figures and page into ``folder``; return the page."""
        with style.styled():
            figures = self.figures().items()
            drawings = {name: keep(drawn, folder / "figures", name) for name, drawn in figures}
        page = folder / "report.html"
        page.write_text(self.render(drawings), encoding="utf-8")
        return page

    def render(self, drawings: dict[str, str]) -> str:
        """Return the page as HTML, with SVG drawings by name."""
        return framed("contrast.html.j2", "contrast", self.lang, self._content(drawings))

    def figures(self) -> dict[str, Figure]:
        """Draw the figures, by name; one that has nothing to show is left out."""
        found = {
            paths.NAME: paths.draw(self.comparison, self.titles, self.lang),
            forest.NAME: forest.draw(self.comparison, self.lang),
        }
        if self.turning:
            found[tornado.NAME] = tornado.draw(self.comparison, self.turning, self.titles, self.lang)
        return {name: drawn for name, drawn in found.items() if drawn is not None}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title of each scenario, by name, told apart from the others."""
        return titles_of(self.comparison, self.lang)

    @cached_property
    def colours(self) -> dict[str, str]:
        """Colour of each scenario on the page, by name."""
        drawn = paths.looks(self.comparison)
        return {name: f"var(--{COLOURS[look.colour][0]})" for name, look in drawn.items()}

    def _content(self, drawings: dict[str, str]) -> dict[str, Any]:
        comparison, lang = self.comparison, self.lang
        base = comparison.base
        heading = self._say("figure", year=last_year(comparison))
        reading = self._say("figure_reading")
        return {
            **self._heads(),
            "alternatives": [self._alternative(name) for name in comparison.alternatives],
            "turned": self._turned(),
            "doubt": what_ranges_hold(comparison.results.values(), lang),
            "grid": grid(comparison, self.titles, self.colours, lang),
            "others": self._other_bases(),
            "pairing": pairing_text(comparison, lang),
            "worth": worths(comparison, self.titles, self.colours, lang),
            "chances": chance_rows(comparison, self.titles, self.colours, lang),
            "bar": figure(goal.bar()),
            "paths": self._picture(drawings, paths.NAME, self._say("paths"), self._say("paths_reading")),
            "money": lever_rows(comparison, self.colours, lang),
            "money_unit": unit_of(INDICATORS[SPENDING], lang),
            "patents_unit": unit_of(INDICATORS["high_value_inventions"], lang),
            "ranked": ranked(comparison, self.turning, self.titles, lang) if self.turning else [],
            "turning_note": self._turning_note(),
            "tornado": self._picture(
                drawings, tornado.NAME, self._say("turning"), self._say("turning_picture")
            ),
            "heading": heading,
            "reading": reading,
            "picture": self._picture(drawings, forest.NAME, heading, reading),
            "columns": COLUMNS,
            "command": command("compare", [base, *comparison.alternatives.values()], lang, *self._moved()),
        }

    def _heads(self) -> dict[str, Any]:
        base = self.comparison.base
        return {
            "city": base.scenario.city.name.of(self.lang),
            "first": base.scenario.start_year,
            "last": last_year(self.comparison),
            "base": self.titles[self.comparison.base_name],
            "several": base.replicates > 1,
            "pairs": pairs(self.comparison, self.lang),
            "scale": f"{base.scale:g}",
            "gap": phrase("page.list_gap", self.lang),
            "sentence_gap": phrase("page.sentence_gap", self.lang),
        }

    def _say(self, key: str, **values: object) -> str:
        return phrase(f"contrast.{key}", self.lang, **values)

    def _picture(self, drawings: dict[str, str], name: str, heading: str, reading: str) -> str:
        return picture(drawings[name], name, f"{heading}. {reading}") if name in drawings else ""

    def _alternative(self, name: str) -> dict[str, Any]:
        year = last_year(self.comparison)
        rows = [one for one in main_differences(self.comparison, year) if one.alternative == name]
        other = self.comparison.alternatives[name].scenario
        return {
            "title": self.titles[name],
            "colour": self.colours[name],
            "short": short(self.comparison, name, self.titles, self.lang),
            "text": self._largest(rows, year),
            "rows": [one.cells(self.lang) for one in rows],
            "settings": settings(self.comparison.base.scenario, other, self.lang),
        }

    def _largest(self, rows: list[Difference], year: int) -> str:
        """Name the largest differences that are sure, or say that there are none."""
        if self.comparison.base.replicates == 1:
            return self._say("one_pair")
        base = self.titles[self.comparison.base_name]
        sure = [one for one in rows if one.sure]
        if not sure:
            return self._say("none_sure", year=year, base=base)
        largest = sorted(sure, key=lambda one: 0 if math.isnan(one.relative) else -abs(one.relative))
        changes = [one.told(self.lang) for one in largest[:_MOST_CHANGES]]
        return self._say("sure", year=year, base=base, changes=self._say("change_between").join(changes))

    def _other_bases(self) -> list[Any]:
        others = [self.comparison.against(name) for name in self.comparison.alternatives]
        return [grid(one, self.titles, self.colours, self.lang) for one in others]

    def _turned(self) -> list[str]:
        if self.turning is None:
            return []
        return turning_sentences(self.comparison, self.turning, self.titles, self.lang)

    def _turning_note(self) -> str:
        if self.turning is not None:
            moved, pairs_run = len(self.turning.assumptions), self.turning.replicates
            return self._say("turning_note", n=moved, pairs=pairs_run)
        return self._say("turning_one" if self.comparison.base.replicates == 1 else "turning_missing")

    def _moved(self) -> list[str]:
        return ["--turning", str(len(self.turning.assumptions) if self.turning else 0)]
