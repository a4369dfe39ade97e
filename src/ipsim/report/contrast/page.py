"""The report of a comparison: one page that needs no network."""

from __future__ import annotations

import base64
import math
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ipsim.report import style
from ipsim.report.contrast import forest
from ipsim.report.contrast.differences import Difference, last_year, main_differences, spending_difference
from ipsim.report.contrast.settings import settings
from ipsim.report.contrast.terminal import COLUMNS, pairs, title_of
from ipsim.report.drawings import DOTS_PER_INCH, svg
from ipsim.report.inline import inlined, variables
from ipsim.report.numbers import unit_of
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study import Comparison
    from ipsim.study.turning import Turning

_MOST_CHANGES = 4


def write(comparison: Comparison, folder: Path, lang: str, turning: Turning | None = None) -> Path:
    """Write figure and page into ``folder``; return the page."""
    lang = language(lang)
    pictures = folder / "figures"
    pictures.mkdir(parents=True, exist_ok=True)
    with style.styled():
        figure = forest.draw(comparison, lang)
        drawing = svg(figure)
        figure.savefig(pictures / f"{forest.NAME}.png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    (pictures / f"{forest.NAME}.svg").write_text(drawing, encoding="utf-8")
    page = folder / "report.html"
    page.write_text(render(comparison, drawing, lang), encoding="utf-8")
    return page


def render(comparison: Comparison, drawing: str, lang: str) -> str:
    """Return the page as HTML."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_packaged("templates/contrast.html.j2").decode("utf-8"))
    return template.render(_content(comparison, drawing, lang))


def _packaged(name: str) -> bytes:
    return files("ipsim.report").joinpath(name).read_bytes()


def _content(comparison: Comparison, drawing: str, lang: str) -> dict[str, Any]:
    base, year = comparison.base, last_year(comparison)
    heading = phrase("contrast.figure", lang, year=year)
    reading = phrase("contrast.figure_reading", lang)
    font = (
        base64.b64encode(_packaged("fonts/NotoSansSC-subset.woff2")).decode("ascii") if lang == "zh" else ""
    )
    return {
        "t": partial(_say, lang),
        "lang": phrase("page.html_lang", lang),
        "city": base.scenario.city.name.of(lang),
        "first": base.scenario.start_year,
        "last": year,
        "base": base.scenario.title.of(lang),
        "pairs": pairs(comparison, lang),
        "scale": f"{base.scale:g}",
        "alternatives": [_alternative(comparison, name, year, lang) for name in comparison.alternatives],
        "columns": COLUMNS,
        "gap": phrase("page.list_gap", lang),
        "heading": heading,
        "reading": reading,
        "picture": Markup(inlined(drawing, forest.NAME, f"{heading}. {reading}")),
        "command": _command(comparison, lang),
        "light": Markup(variables(dark=False)),
        "dark": Markup(variables(dark=True)),
        "font": font,
    }


def _say(lang: str, key: str, **values: object) -> str:
    return phrase(f"contrast.{key}", lang, **values)


def _alternative(comparison: Comparison, name: str, year: int, lang: str) -> dict[str, Any]:
    rows = [one for one in main_differences(comparison, year) if one.alternative == name]
    return {
        "title": title_of(comparison, name, lang),
        "text": _in_short(comparison, rows, year, lang),
        "cost": _cost(spending_difference(comparison, name), lang),
        "rows": [one.cells(lang) for one in rows],
        "settings": settings(comparison.base.scenario, comparison.alternatives[name].scenario, lang),
    }


def _in_short(comparison: Comparison, rows: list[Difference], year: int, lang: str) -> str:
    """Name the largest differences that are sure, or say that there are none."""
    if comparison.base.replicates == 1:
        return phrase("contrast.one_pair", lang)
    base = comparison.base.scenario.title.of(lang)
    sure = [one for one in rows if one.sure]
    if not sure:
        return phrase("contrast.none_sure", lang, year=year, base=base)
    largest = sorted(sure, key=lambda one: 0 if math.isnan(one.relative) else -abs(one.relative))
    changes = [_change(one, lang) for one in largest[:_MOST_CHANGES]]
    joined = phrase("contrast.change_between", lang).join(changes)
    return phrase("contrast.sure", lang, year=year, base=base, changes=joined)


def _change(one: Difference, lang: str) -> str:
    return phrase(
        "contrast.change",
        lang,
        words=one.indicator.words.of(lang),
        difference=one.signed(one.mean, lang),
        unit=unit_of(one.indicator, lang),
        low=one.signed(one.low, lang),
        high=one.signed(one.high, lang),
    )


def _cost(one: Difference | None, lang: str) -> str:
    if one is None:
        return ""
    values = {"difference": one.signed(one.mean, lang), "unit": unit_of(one.indicator, lang)}
    if math.isnan(one.low):
        return phrase("contrast.cost_plain", lang, **values)
    return phrase(
        "contrast.cost", lang, low=one.signed(one.low, lang), high=one.signed(one.high, lang), **values
    )


def _command(comparison: Comparison, lang: str) -> str:
    base = comparison.base
    names = [base.scenario.name, *(one.scenario.name for one in comparison.alternatives.values())]
    numbers = f"--seed {base.seeds[0]} --replicates {base.replicates} --scale {base.scale:g}"
    return f"ipsim compare {' '.join(names)} {numbers} --lang {lang}"
