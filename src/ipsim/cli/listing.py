"""The tables that ``list`` and ``evidence`` print, made from the declarations themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ipsim.evidence import Observation
from ipsim.evidence import observations as all_observations
from ipsim.scenario import LEVERS, city_names, load, scenario_names
from ipsim.scenario.assumptions import ASSUMPTIONS


def scenarios(lang: str) -> Table:
    """Return the scenarios that ship."""
    found = [load(name) for name in scenario_names()]
    rows = [(one.name, one.city.key, one.title.of(lang)) for one in found]
    return _table("Scenarios", ("name", "city", "title"), rows)


def cities(lang: str) -> Table:
    """Return the cities that ship, with what is simulated of them."""
    found = [load(name).city for name in city_names()]
    rows = [(one.key, one.name.of(lang), one.province.of(lang), f"{one.default_scale:g}") for one in found]
    return _table("Cities", ("name", "city", "province", "scale"), rows)


def levers(lang: str) -> Table:
    """Return the levers with their bounds."""
    rows = [
        (one.key, one.unit, f"{one.low:g}", f"{one.high:g}", one.meaning.of(lang)) for one in LEVERS.values()
    ]
    return _table("Levers", ("key", "unit", "low", "high", "meaning"), rows)


def indicators(lang: str) -> Table:
    """Return the yearly indicators."""
    from ipsim.indicators.catalogue import INDICATORS

    rows = [(one.name, one.unit, one.words.of(lang)) for one in INDICATORS.values()]
    return _table("Indicators", ("name", "unit", "meaning"), rows)


def assumptions(lang: str) -> Table:
    """Return the parameters of the model with their ranges and where they come from."""
    rows = [
        (
            one.key,
            f"{one.value:g}",
            f"{one.low:g}",
            f"{one.high:g}",
            one.unit,
            one.meaning.of(lang),
            one.source,
        )
        for one in ASSUMPTIONS.values()
    ]
    columns = ("key", "value", "low", "high", "unit", "meaning", "source")
    return _table("Assumptions", columns, rows)


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
    return _table("Mechanisms", ("name", "over", "meaning", "levers that act through it"), rows)


def places() -> Table:
    """Return the places of which figures were published, with how many."""
    counts = Counter(one.place for one in all_observations())
    return _table(
        "Published figures", ("place", "figures"), [(name, str(n)) for name, n in counts.most_common()]
    )


def observations(found: Sequence[Observation]) -> Table:
    """Return published figures as a table."""
    ordered = sorted(found, key=lambda one: (one.indicator, one.year, one.period))
    rows = [(one.indicator, one.period, one.text, one.unit, one.confidence, one.source) for one in ordered]
    columns = ("indicator", "period", "value", "unit", "confidence", "source")
    return _table(found[0].place, columns, rows)


def _table(title: str, columns: Iterable[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*row)
    return table
