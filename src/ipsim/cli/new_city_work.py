"""What `ipsim new-city` makes of its options: names, figures as people write them, and the profile."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

import click

from ipsim.published.places import chinese, english
from ipsim.published.units import convertible, factor
from ipsim.report.phrases import catalogue, phrase
from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.scenario.newcity.estimates import BASE_YEAR, Estimate, Given, estimates
from ipsim.scenario.newcity.judging import at_odds, impossible_years, missing, out_of_bounds
from ipsim.scenario.newcity.rules import Kind, kinds
from ipsim.scenario.newcity.writing import PLACES, Naming, profile, rounded_text
from ipsim.scenario.shipped import shipped_folder
from ipsim.scenario.words import Words

if TYPE_CHECKING:
    from rich.table import Table

_WRITTEN = re.compile(
    r"\s*(?P<number>[-+]?\d[\d,，]*(?:\.\d+)?(?:e\d+)?)\s*(?P<unit>[^\d@]*)(?:@(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?)?\s*"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_UNSAID = Words("published; --source TEXT says where", "公布数据，出处请用 --source 注明")


@dataclass(frozen=True)
class NewCity:
    """A profile that was made.

    Attributes
    ----------
    text
        The file.
    figures
        Its figures by key, in the order of the file.
    """

    text: str
    figures: Mapping[str, Estimate]

    @property
    def given(self) -> int:
        """How many are as published."""
        return sum(figure.cited for figure in self.figures.values())

    @property
    def assumed(self) -> int:
        """How many are assumed."""
        return len(self.figures) - self.given


def named(name: str, en: str | None, zh: str | None, province: str | None) -> Naming:
    """Return what a city is called, in both languages.

    Raises
    ------
    click.UsageError
        When it has no name in Latin letters.
    """
    english_name = en or english(name)
    chinese_name = zh or (name if _CHINESE.search(name) else chinese(name)) or english_name
    key = re.sub(r"[^a-z0-9]+", "-", english_name.lower()).strip("-")[:40].strip("-")
    if not re.match(r"[a-z]", key):
        raise click.UsageError(
            f"--en is missing: {name} needs a name in Latin letters too, for keys and folders: --en Wenzhou"
        )
    first, _, second = (province or "China/中国").partition("/")
    return Naming(key, Words(english_name, chinese_name), Words(first.strip(), (second or first).strip()))


def made(
    naming: Naming,
    written: Mapping[str, str | Sequence[str] | None],
    source: str | None,
    lang: str,
    unusual: bool,
) -> NewCity:
    """Return the profile that follows from figures as they were written.

    Raises
    ------
    ScenarioError
        With every fault that was found.
    """
    residents, figures, faults = _read(written)
    every = [*residents, *_others(figures)]
    unread = {fault.file for fault in faults}
    faults += [*impossible_years(every), *out_of_bounds(every)]
    faults += [fault for fault in missing(figures) if fault.file not in unread]
    if not faults and not unusual:
        faults = at_odds(figures)
    if faults:
        raise ScenarioError(faults)
    origin = source or _UNSAID.of(lang)
    known = estimates(figures, origin, lang)
    template = (shipped_folder() / "cities" / "template.yaml").read_text(encoding="utf-8")
    head = _head(naming, every, source, lang)
    text = profile(template, naming, residents, known, origin, head, lang)
    return NewCity(text, {key: known[key] for key in PLACES if key in known})


def table(city: NewCity, lang: str) -> Table:
    """Return what a profile takes, and from where."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    shown = Table(title=phrase("new_city.title", lang), box=SIMPLE_HEAD, pad_edge=False)
    for column in ("figure", "value", "range", "origin"):
        numbers = column in ("value", "range")
        shown.add_column(phrase(f"new_city.{column}", lang), justify="right" if numbers else "left")
    for key, figure in city.figures.items():
        low, value, high = rounded_text(key, figure)
        limits = "" if figure.cited else f"{low}—{high}"
        # The file has the whole note; a terminal has room for what it begins with.
        shown.add_row(_words(key, lang), value, limits, re.split("; |；", figure.note)[0])
    return shown


def _words(key: str, lang: str) -> str:
    if key in kinds():
        return kinds()[key].name.of(lang)
    dashed = key.replace(".", "_")
    own = f"calibration.own_{dashed}"
    return phrase(own if own in catalogue() else f"new_city.{dashed}", lang)


def _read(
    written: Mapping[str, str | Sequence[str] | None],
) -> tuple[list[Given], dict[str, Given], list[Fault]]:
    """Return residents of every year, the figures by key, and a fault for each that can't be read.

    Of residents, those of the year nearest to the profile's stand for the city.
    """
    residents: list[Given] = []
    figures: dict[str, Given] = {}
    faults: list[Fault] = []
    for kind in kinds().values():
        texts = written.get(kind.key) or ()
        for text in (texts,) if isinstance(texts, str) else texts:
            found = _figure(kind, text)
            if isinstance(found, Fault):
                faults.append(found)
            elif kind.key == "residents":
                residents.append(found)
            else:
                figures[kind.key] = found
    if residents:
        figures["residents"] = min(residents, key=lambda one: abs(one.year - BASE_YEAR))
    return residents, figures, faults


def _figure(kind: Kind, text: str) -> Given | Fault:
    """Return a figure as a person wrote it: ``8011亿元@2015``; or what is wrong with it."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return Fault(
            kind.option,
            0,
            "",
            f"expected a number, got {text!r}; write it as 1234, with another year than {BASE_YEAR} as "
            f"1234@2014; allowed: {kind.least:,g} to {kind.most:,g} ({kind.unit}); {kind.hint.en}",
        )
    unit = found["unit"].strip() or kind.unit
    wanted = "percent of GDP" if kind.key == "rd" else kind.unit
    times = factor(unit, wanted)
    if times is None:
        units = ", ".join(convertible(wanted))
        return Fault(kind.option, 0, "", f"{text}: {unit} is no unit of {kind.name.en}; allowed: {units}")
    month = int(found["month"] or 12)
    if not 1 <= month <= 12 or (found["month"] and not kind.stock):
        wrong = "a whole year is expected" if not kind.stock else "there is no such month"
        return Fault(kind.option, 0, "", f"{text}: {wrong}; write it as {found['number']}@{found['year']}")
    value = float(re.sub("[,，]", "", found["number"])) * times
    return Given(kind, value, int(found["year"] or BASE_YEAR), month, text)


def _others(figures: Mapping[str, Given]) -> list[Given]:
    return [one for key, one in figures.items() if key != "residents"]


def _head(naming: Naming, given: Sequence[Given], source: str | None, lang: str) -> tuple[str, ...]:
    """Return the comment at the top: what was typed, so that the file can be made again."""
    options = [("--zh", naming.name.zh), ("--province", "/".join(naming.province))]
    options += [(one.kind.option, one.written) for one in given]
    options += [("--source", source)] if source else []
    options += [("--lang", lang)] if lang != "en" else []
    typed = " ".join(f"{option} {quote(text)}" for option, text in options)
    made_by = f"ipsim new-city {quote(naming.name.en)} {typed}"
    if lang == "zh":
        return (
            f"{naming.name.zh}：由以下命令根据公布数据生成：",
            f"    {made_by}",
            "凡有 source 的为公布数据，有 assumption 的为假设及其范围；掌握更准的数据请直接替换。",
            "产业结构和政策按一般城市设定，请首先替换。",
        )
    return (
        f"{naming.name.en}, made from published figures by",
        f"    {made_by}",
        "What has a source is published; what has an assumption has its reason and range. Replace what you",
        "know better; first of all the industries and the policies, which are those of an ordinary city.",
    )
