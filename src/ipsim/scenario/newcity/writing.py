"""The template of a city, filled in: a profile as a person would have written it, comments and all."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ipsim.scenario.newcity.estimates import BASE_YEAR, Estimate, Given
from ipsim.scenario.words import Words

_ADVICE = "# No figure?"
"""How comments of the template begin that a profile no longer needs."""

_SIMULATED = 4000
"""Enterprises that a run simulates by default: as many as in the cities that ship."""

PLACES = {  # what the template calls a figure, and how far it is set in
    "gdp": ("gdp_billion_rmb", 0),
    "enterprises": ("enterprises", 0),
    "revenue_billion_rmb": ("revenue_billion_rmb", 0),
    "rd_intensity": ("rd_intensity", 0),
    "patents.inventions_in_force": ("inventions_in_force", 2),
    "patents.utility_models_in_force": ("utility_models_in_force", 2),
    "patents.designs_in_force": ("designs_in_force", 2),
    "patents.invention_applications": ("invention_applications", 2),
    "patents.utility_model_applications": ("utility_model_applications", 2),
    "patents.design_applications": ("design_applications", 2),
    "university.research_million_rmb": ("research_million_rmb", 4),
    "university.patent_applications": ("patent_applications", 4),
    "enforcement.administrative_posts": ("administrative_posts", 2),
    "enforcement.court_posts": ("court_posts", 2),
}
"""The figures of a profile that can be estimated, by their key, in the order of the file."""

_MEASURED = ("gdp", "revenue_billion_rmb", "rd_intensity")  # all others are counts


@dataclass(frozen=True)
class Naming:
    """What a city is called.

    Attributes
    ----------
    key
        In keys and folders.
    name, province
        In both languages.
    """

    key: str
    name: Words
    province: Words


def profile(
    template: str,
    naming: Naming,
    residents: Sequence[Given],
    known: Mapping[str, Estimate],
    source: str,
    head: Sequence[str],
    lang: str = "en",
) -> str:
    """Return the text of a city profile.

    Parameters
    ----------
    template
        The text of ``template.yaml``.
    naming
        What the city is called.
    residents
        Published numbers of residents, at least one.
    known
        The estimates.
    source
        Where the given figures were published.
    head
        Lines of the comment at the top.
    lang
        Language of the note on residents.
    """
    lines = _without_head(template.splitlines())
    for name, text in (
        ("key", naming.key),
        ("name", _both(naming.name)),
        ("province", _both(naming.province)),
        ("default_scale", f"{default_scale(known['enterprises'].value):g}"),
    ):
        lines = _with_entry(lines, name, 0, [f"{name}: {text}"])
    lines = _with_entry(lines, "population_million", 0, _population(residents, source, lang))
    for key, (name, indent) in PLACES.items():
        if key in known:
            lines = _with_entry(lines, name, indent, _entry(name, key, known[key]))
    return "\n".join([*(f"# {line}".rstrip() for line in head), *lines, ""])


def default_scale(enterprises: float) -> float:
    """Return the share of enterprises to simulate: some thousands of them, as in the cities that ship."""
    share = min(1.0, _SIMULATED / enterprises)
    return max(float(f"{share:.1g}"), 0.001) if share < 1 else 1.0


def rounded_text(key: str, figure: Estimate) -> tuple[str, str, str]:
    """Return low end, value and high end as they are written: estimates with three digits."""
    if figure.cited:
        shown = _shown(figure.value)
        return shown, shown, shown
    low, value, high = (_rounded(number, key) for number in (figure.low, figure.value, figure.high))
    return _shown(low), _shown(value), _shown(high)


def _rounded(number: float, key: str) -> float:
    short = float(f"{number:.3g}")
    return round(short) if key not in _MEASURED and short >= 10 else short


def _without_head(lines: list[str]) -> list[str]:
    """Return the template without the comment at its top and without advice on what to fill in."""
    start = next(number for number, line in enumerate(lines) if line and not line.startswith("#"))
    kept = [line for line in lines[start:] if not line.lstrip().startswith(_ADVICE)]
    return ["", *kept]


def _with_entry(lines: list[str], name: str, indent: int, entry: Sequence[str]) -> list[str]:
    """Return lines with another entry of one name, which is there once at that depth."""
    found = [number for number, line in enumerate(lines) if re.match(rf" {{{indent}}}{name}:", line)]
    (start,) = found
    end = start + 1
    while end < len(lines) and lines[end].startswith(" " * (indent + 1)):
        end += 1
    return [*lines[:start], *(f"{' ' * indent}{line}" for line in entry), *lines[end:]]


def _entry(name: str, key: str, figure: Estimate) -> list[str]:
    note = json.dumps(figure.note, ensure_ascii=False)
    low, value, high = rounded_text(key, figure)
    if figure.cited:
        return [f"{name}: {{value: {value}, source: {note}}}"]
    return [f"{name}:", f"  value: {value}", f"  assumption: {note}", f"  range: [{low}, {high}]"]


def _population(residents: Sequence[Given], source: str, lang: str) -> list[str]:
    """Return residents by year; years that were not given are brought from the nearest that was."""
    kind = residents[0].kind
    points = {one.year: one.value for one in residents}
    low, high = min(points.values()), max(points.values())
    added: dict[int, float] = {}
    for year in (BASE_YEAR, BASE_YEAR + 5):
        if min(points) <= year <= max(points):
            continue
        near = min(points, key=lambda known: abs(known - year))
        reached = [points[near] * (1 + rate) ** (year - near) for rate in (kind.growth_low, kind.growth_high)]
        low, high = min(low, *reached), max(high, *reached)
        added[year] = points[near] * (1 + kind.growth) ** (year - near)
    shown = ", ".join(
        f"{year}: {_shown(value) if year in points else f'{value:.4g}'}"
        for year, value in sorted({**points, **added}.items())
    )
    head = ["population_million:", f"  value: {{{shown}}}"]
    if not added:
        return [*head, f"  source: {json.dumps(source, ensure_ascii=False)}"]
    years = ", ".join(map(str, sorted(points)))
    percent = f"{100 * kind.growth:g}"
    if lang == "zh":
        note = f"{years}年：{source}；其余年份按年均增长{percent}%推算；{kind.growth_source.zh}"
    else:
        note = f"{years}: {source}; other years at a growth of {percent} % a year; {kind.growth_source.en}"
    return [
        *head,
        f"  assumption: {json.dumps(note, ensure_ascii=False)}",
        f"  range: [{low:.3g}, {high:.3g}]",
    ]


def _shown(number: float) -> str:
    return str(int(number)) if math.isclose(number, round(number), abs_tol=1e-12) else f"{number:.10g}"


def _both(words: Words) -> str:
    texts = (json.dumps(text, ensure_ascii=False) for text in words)
    return "{{en: {}, zh: {}}}".format(*texts)
