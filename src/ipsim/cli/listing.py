"""The tables that ``list`` prints, made from the declarations themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ipsim.scenario import LEVERS, city_names, load, scenario_names
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.scenario.calibrated.ensemble import PREFIX


def scenarios(lang: str) -> Table:
    """Return the scenarios that ship."""
    found = [load(name) for name in scenario_names()]
    rows = [(one.name, one.city.key, one.title.of(lang)) for one in found]
    return made("Scenarios", ("name", "city", "title"), rows)


def cities(lang: str) -> Table:
    """Return the cities that ship, with what is simulated of them."""
    found = [load(name).city for name in city_names()]
    rows = [(one.key, one.name.of(lang), one.province.of(lang), f"{one.default_scale:g}") for one in found]
    return made("Cities", ("name", "city", "province", "scale"), rows)


def levers(lang: str) -> Table:
    """Return the levers with their bounds."""
    rows = [
        (one.key, one.unit, f"{one.low:g}", f"{one.high:g}", one.meaning.of(lang)) for one in LEVERS.values()
    ]
    return made("Levers", ("key", "unit", "low", "high", "meaning"), rows)


def indicators(lang: str) -> Table:
    """Return the yearly indicators."""
    from ipsim.indicators.catalogue import INDICATORS

    rows = [(one.name, one.unit, one.words.of(lang)) for one in INDICATORS.values()]
    return made("Indicators", ("name", "unit", "meaning"), rows)


def assumptions(lang: str) -> Table:
    """Return the parameters of the model: prior value and range, what calibration made of it, and source."""
    rows = [
        (
            one.key,
            f"{one.value:g}",
            f"{one.low:g}",
            f"{one.high:g}",
            *_calibrated(one.key),
            one.unit,
            one.meaning.of(lang),
            one.source,
        )
        for one in ASSUMPTIONS.values()
    ]
    columns = ("key", "prior", "low", "high", "calibrated", "90 % within", "unit", "meaning", "source")
    ensemble = shipped_ensemble()
    state = "provisional ensemble" if ensemble.provisional else "ensemble"
    return made(f"Assumptions, calibrated by {state} {ensemble.short}", columns, rows)


def _calibrated(name: str) -> tuple[str, str]:
    """Return the central value of a parameter and where 90 % of the ensemble lie; nothing if it has none."""
    ensemble, key = shipped_ensemble(), f"{PREFIX}{name}"
    if key not in ensemble.keys:
        return "", ""
    low, high = ensemble.band(key)
    return f"{ensemble.values()[key]:g}", f"{low:.3g} to {high:.3g}"


def mechanisms(lang: str) -> Table:
    """Return the mechanisms in the order of a quarter, with the levers that act through each."""
    from ipsim.mechanisms.quarter import QUARTER
    from ipsim.report.phrases import phrase

    rows = [
        (
            one.name,
            one.over,
            phrase(f"mechanisms.{one.name}", lang),
            ", ".join(key for key, lever in LEVERS.items() if one.name in lever.pathway),
        )
        for one in QUARTER
    ]
    return made("Mechanisms", ("name", "over", "meaning", "levers that act through it"), rows)


def made(title: str, columns: Iterable[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table of text; the first column is never wrapped."""
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*row)
    return table
