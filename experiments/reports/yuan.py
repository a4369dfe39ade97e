"""What each 100 million RMB of public money buys, by lever."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from drawing import save
from estimate import mean_of
from money import bought, next_hundred
from page import number, ranged, table, write_page
from sheet import Sheet
from yuan_figures import draw_doses, draw_each
from yuan_levers import GOODS, SIZES, SUM, Lever, levers_of, ordered


def doses_table(levers: list[Lever]) -> str:
    """Return every dose with what it costs and what it brings."""
    heads = ["Lever", "Dose from 2021", "Public money, RMB million", *(good.title for good in GOODS)]
    rows = [
        [
            lever.name,
            lever.dose(place),
            ranged(mean_of(lever.costs[place])),
            *(ranged(mean_of(lever.gains[good.outcome][place])) for good in GOODS),
        ]
        for lever in levers
        for place in range(len(lever.doses))
    ]
    return table(heads, rows)


def each_table(levers: list[Lever]) -> str:
    """Return what each 100 million buys of everything."""
    heads = ["Lever", "Programme, RMB million", *(good.title for good in GOODS)]
    rows = [
        [
            lever.name,
            number(min(SUM, lever.most), 0),
            *(ranged(lever.each(good.outcome, SUM)) for good in GOODS),
        ]
        for lever in ordered(levers, "high_value")
    ]
    return table(heads, rows)


def sizes_table(levers: list[Lever], outcome: str) -> str:
    """Return what each 100 million buys in programmes of several sizes, and what the next would."""
    heads = ["Lever", *(f"of {size:,.0f} million" for size in SIZES), "first dose", "each next dose"]
    rows: list[list[str]] = []
    for lever in ordered(levers, outcome):
        whole = [bought(lever.costs, lever.gains[outcome], size).times(100 / size) for size in SIZES]
        steps = next_hundred(lever.costs, lever.gains[outcome])
        rows.append(
            [
                lever.name,
                *(ranged(one) for one in whole),
                ranged(steps[0]),
                "; ".join(ranged(one) for one in steps[1:]) or "–",
            ]
        )
    return table(heads, rows)


def cheap_table(levers: list[Lever]) -> str:
    """Return what the largest dose of the levers brings that can't take 100 million."""
    heads = ["Lever", "Dose from 2021", "Public money, RMB million", *(good.title for good in GOODS)]
    rows = [
        [
            lever.name,
            lever.dose(-1),
            ranged(mean_of(lever.costs[-1])),
            *(ranged(mean_of(lever.gains[good.outcome][-1])) for good in GOODS),
        ]
        for lever in levers
        if not lever.takes_money
    ]
    return table(heads, rows)


def values_of(sheet: Sheet, levers: list[Lever]) -> dict[str, object]:
    """Return what a page says of one city."""
    return {
        "each_table": each_table(levers),
        "sizes_table": sizes_table(levers, "high_value"),
        "cheap_table": cheap_table(levers),
        "doses_table": doses_table(levers),
        "each": {
            lever.key: {good.outcome: lever.each(good.outcome, SUM) for good in GOODS} for lever in levers
        },
        "steps": {
            lever.key: {good.outcome: next_hundred(lever.costs, lever.gains[good.outcome]) for good in GOODS}
            for lever in levers
        },
        "full": {
            lever.key: {
                "dose": lever.dose(-1),
                "cost": mean_of(lever.costs[-1]),
                "left": mean_of(lever.left[-1]),
                **{good.outcome: mean_of(lever.gains[good.outcome][-1]) for good in GOODS},
            }
            for lever in levers
        },
        "most": {lever.key: lever.most for lever in levers},
        "research_share": float(
            np.nansum(sheet.total("public_spending.subsidies.research", 2021)[0])
            / np.nansum(sheet.outcome("cost")[0])
        ),
        "first": {good.outcome: ordered(levers, good.outcome) for good in GOODS},
        "level": {
            name: float(np.nanmean(sheet.outcome(name)[0]))
            for name in ("cost", *(good.outcome for good in GOODS))
        },
    }


def report(sheet: Sheet, folder: Path) -> Path:
    """Write the report and its figures into ``folder``."""
    levers = levers_of(sheet)
    save(partial(draw_each, levers), folder / "yuan-each.png")
    save(partial(draw_doses, levers), folder / "yuan-doses.png")
    xiamen = sheet.companion("xiamen")
    other = None
    if xiamen is not None:
        there = levers_of(xiamen)
        save(partial(draw_each, there), folder / "yuan-xiamen.png")
        other = values_of(xiamen, there)
    values = values_of(sheet, levers) | {"xiamen": other, "sum": SUM}
    return write_page("yuan", folder, [sheet, xiamen], values)
