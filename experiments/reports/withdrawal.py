"""How a city takes back its subsidies: paths from 2021 on, year by year and for what money."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from drawing import band, below, grid, key, plain, save
from estimate import Estimate, Floats, mean_of
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from money import bought
from page import number, ranged, table, write_page
from sheet import Sheet

from ipsim.report import style

PATHS = {
    "as it was": style.INK,
    "no end": style.ORANGE,
    "at once": style.BLUE,
    "in five steps": style.GREEN,
    "late": style.PURPLE,
}
"""The paths that are drawn year by year."""

INSTEAD = {"awards": style.RED, "research": style.SKY}
"""What the money is spent on instead: the first word of the paths' names."""

COLUMNS = {
    "cost": "Public money 2021–30, RMB million",
    "filings": "Filings a year 2026–30",
    "inventions_filed": "Invention filings a year 2026–30",
    "quality": "Quality of filings 2026–30",
    "high_value": "High-value inventions 2030",
    "research": "R&D 2021–30, RMB billion",
    "lending": "Pledge lending 2021–30, RMB billion",
    "revenue": "Revenue 2030, RMB billion",
    "pattern": "2030 pattern 2028–30",
}
YEARLY = (
    ("patent_applications_total", "All filings", "filings a year, thousand", 1e-3),
    ("invention_applications", "Invention filings", "filings a year, thousand", 1e-3),
    ("mean_quality_filed", "Quality of inventions and utility models filed", "index, 0 to 100", 1.0),
    ("high_value_inventions", "High-value inventions in force", "thousand", 1e-3),
)
AGAINST = (
    ("rd_expenditure", "R&D", "% more or less than as it was", True),
    ("public_spending", "Public money", "RMB million a year, more or less than as it was", False),
)
BLOCKING = "little blocking"
"""Ends the names of paths that are there to show why R&D falls."""

SHOWN_YEARS = (2020, 2021, 2022, 2023, 2025, 2026, 2028, 2030)


def against(sheet: Sheet, name: str, outcome: str, base: str = "as it was") -> Floats:
    """Return the difference of a path from another in an outcome, a value a seed."""
    values = sheet.outcome(outcome)
    return values[sheet.names.index(name)] - values[sheet.names.index(base)]


def effects(sheet: Sheet) -> str:
    """Return the table of all paths against what was."""
    base = [number(float(np.nanmean(sheet.outcome(name)[0]))) for name in COLUMNS]
    rows = [["*as it was (level)*", *base]]
    rows += [
        [name, *(ranged(mean_of(against(sheet, name, outcome))) for outcome in COLUMNS)]
        for name in sheet.names[1:]
        if not name.endswith(BLOCKING)
    ]
    return table(["Path", *COLUMNS.values()], rows)


def by_year(sheet: Sheet, indicator: str, digits: int) -> str:
    """Return the means of the drawn paths, a column a year."""
    years, values = sheet.yearly(indicator)
    shown = [int(np.searchsorted(years, year)) for year in SHOWN_YEARS if year in years]
    rows = [
        [
            name,
            *(
                number(float(np.nanmean(values[sheet.names.index(name), :, place])), digits)
                for place in shown
            ),
        ]
        for name in PATHS
    ]
    return table(["Path", *(str(years[place]) for place in shown)], rows)


def doses_of(sheet: Sheet, first: str) -> list[str]:
    """Return the paths that spend the money on something else, whose names begin with a word."""
    return [name for name in sheet.names if name.startswith(f"{first} ")]


def at_equal_money(sheet: Sheet, first: str, outcome: str) -> Estimate:
    """Return what the money of `no end` buys when subsidies end at once and it is spent otherwise."""
    doses = doses_of(sheet, first)
    costs = np.array([against(sheet, name, "cost", "at once") for name in doses])
    gains = np.array([against(sheet, name, outcome, "at once") for name in doses])
    return bought(costs, gains, against(sheet, "no end", "cost", "at once"))


def equal_money(sheet: Sheet) -> dict[str, dict[str, Estimate]]:
    """Return what the same money buys against ending at once: by use of the money, then outcome."""
    outcomes = [name for name in COLUMNS if name != "cost"]
    found = {"no end": {one: mean_of(against(sheet, "no end", one, "at once")) for one in outcomes}}
    for first in INSTEAD:
        if doses_of(sheet, first):
            found[first] = {one: at_equal_money(sheet, first, one) for one in outcomes}
    return found


def equal_table(found: dict[str, dict[str, Estimate]]) -> str:
    """Return the table of what equal money buys."""
    names = {
        "no end": "filing and grant subsidies go on",
        "awards": "quality awards",
        "research": "R&D subsidy",
    }
    rows = [[names[use], *(ranged(one) for one in gains.values())] for use, gains in found.items()]
    return table(["The money goes to", *(COLUMNS[name] for name in next(iter(found.values())))], rows)


def draw_years(sheet: Sheet) -> Figure:
    """Draw the paths year by year: four levels and two differences."""
    figure, panels = grid(3, 2, (9.2, 9.0), 0.35)
    for axes, (indicator, title, unit, factor) in zip(panels, YEARLY, strict=False):
        years, values = sheet.yearly(indicator)
        style.titled(axes, title, unit)
        style.yearly(axes, int(years[0]), int(years[-1]), "")
        for name, colour in PATHS.items():
            band(axes, years.astype(float), values[sheet.names.index(name)] * factor, colour)
    for axes, (indicator, title, unit, relative) in zip(panels[4:], AGAINST, strict=True):
        _differences(axes, sheet, indicator, relative)
        style.titled(axes, title, unit)
    key(figure, list(PATHS.items()), 5)
    return figure


def _differences(axes: Axes, sheet: Sheet, indicator: str, relative: bool) -> None:
    years, values = sheet.yearly(indicator)
    style.yearly(axes, int(years[0]), int(years[-1]), "")
    axes.axhline(0, color=PATHS["as it was"], linewidth=1)
    for name, colour in PATHS.items():
        difference = values[sheet.names.index(name)] - values[0]
        scale = 100 / np.nanmean(values[0], axis=0) if relative else 1.0
        if name != "as it was":
            band(axes, years.astype(float), difference * scale, colour)


def draw_money(sheet: Sheet) -> Figure:
    """Draw what each path costs more than ending at once, and what it brings."""
    figure, panels = grid(1, 2, (9.2, 4.4), 0.55)
    both = (("high_value", "High-value inventions in 2030"), ("research", "R&D 2021–2030, RMB billion"))
    for axes, (outcome, title) in zip(panels, both, strict=True):
        plain(axes, title, "more or less than when all ends at once")
        below(axes, "public money 2021–2030, RMB million more than at once")
        axes.axhline(0, color=style.MUTED, linewidth=0.8)
        for name, colour in (PATHS | {"supervision": style.BROWN}).items():
            _dot(axes, sheet, name, outcome, colour)
        for first, colour in INSTEAD.items():
            dots = [(0.0, 0.0)]
            dots += [_dot(axes, sheet, name, outcome, colour) for name in doses_of(sheet, first)]
            axes.plot(*zip(*dots, strict=True), color=colour, linewidth=1.4, alpha=0.7)
        axes.margins(x=0.08)
    uses = {"awards": "at once, quality awards instead", "research": "at once, R&D subsidy instead"}
    entries = [*PATHS.items(), ("at once, agencies supervised", style.BROWN)]
    key(
        figure,
        [*entries, *((uses[first], colour) for first, colour in INSTEAD.items() if doses_of(sheet, first))],
        4,
    )
    return figure


def _dot(axes: Axes, sheet: Sheet, name: str, outcome: str, colour: str) -> tuple[float, float]:
    cost = mean_of(against(sheet, name, "cost", "at once"))
    gain = mean_of(against(sheet, name, outcome, "at once"))
    if name != "at once":
        axes.plot([cost.low, cost.high], [gain.mean] * 2, color=colour, linewidth=1.2)
        axes.plot([cost.mean] * 2, [gain.low, gain.high], color=colour, linewidth=1.2)
    axes.plot([cost.mean], [gain.mean], marker="o", markersize=5, color=colour)
    return cost.mean, gain.mean


def awarded(sheet: Sheet, name: str) -> float:
    """Return the awards paid for each invention granted, from 2021 on."""
    place = sheet.names.index(name)
    each = float(name.removeprefix("awards ").replace(",", "")) / 1e6
    paid = sheet.total("public_spending.subsidies.high_value", 2021)[place]
    return float(np.nansum(paid) / each / np.nansum(sheet.total("invention_grants", 2021)[place]))


def report(sheet: Sheet, folder: Path) -> Path:
    """Write the report and its figures into ``folder``."""
    xiamen = sheet.companion("xiamen")
    save(partial(draw_years, sheet), folder / "withdrawal-years.png")
    save(partial(draw_money, sheet), folder / "withdrawal-money.png")
    if xiamen is not None:
        save(partial(draw_money, xiamen), folder / "withdrawal-xiamen.png")
    found = equal_money(sheet)
    differences = {
        name: {one: mean_of(against(sheet, name, one)) for one in COLUMNS} for name in sheet.names[1:]
    }
    values = {
        "effects": effects(sheet),
        "equal": found,
        "equal_table": equal_table(found),
        "by_year": [(title, by_year(sheet, one, digits)) for title, one, digits in _TABLES],
        "of": differences,
        "against_once": {
            name: {one: mean_of(against(sheet, name, one, "at once")) for one in COLUMNS}
            for name in sheet.names
        },
        "level": {one: float(np.nanmean(sheet.outcome(one)[0])) for one in COLUMNS},
        "awarded": awarded(sheet, "awards 10,000"),
        "blocking": {
            "given": mean_of(against(sheet, "no end", "research", "at once")),
            "low": mean_of(against(sheet, f"no end, {BLOCKING}", "research", f"at once, {BLOCKING}")),
        },
        "xiamen": None
        if xiamen is None
        else {
            "awarded": awarded(xiamen, "awards 10,000"),
            "effects": effects(xiamen),
            "equal": equal_money(xiamen),
            "equal_table": equal_table(equal_money(xiamen)),
            "of": {n: {o: mean_of(against(xiamen, n, o)) for o in COLUMNS} for n in xiamen.names[1:]},
            "level": {one: float(np.nanmean(xiamen.outcome(one)[0])) for one in COLUMNS},
        },
    }
    return write_page("withdrawal", folder, [sheet, xiamen], values)


_TABLES: tuple[tuple[str, str, int], ...] = (
    ("All filings", "patent_applications_total", 0),
    ("Invention filings", "invention_applications", 0),
    ("Mean quality of filings", "mean_quality_filed", 1),
    ("High-value inventions in force", "high_value_inventions", 0),
    ("Public money, RMB million", "public_spending", 0),
)
