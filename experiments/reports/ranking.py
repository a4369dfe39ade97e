"""Which assumptions decide the ranking of policies that cost about the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from drawing import key, plain, save
from estimate import Estimate, Floats, mean_of, rank_correlations, share_of, thirds
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from page import number, percent, ranged, table, write_page
from sheet import Sheet

from ipsim.report import style
from ipsim.scenario.assumptions import ASSUMPTIONS

GOALS = {
    "high_value": "high-value inventions 2030",
    "quality_weighted": "quality-weighted grants",
    "research": "R&D",
    "lending": "pledge lending",
    "revenue": "revenue 2030",
    "satisfaction": "satisfaction with protection",
    "pattern": "2030 pattern",
}
COLOURS = {
    "filing subsidies": style.ORANGE,
    "quality awards": style.GREEN,
    "research subsidy": style.BLUE,
    "stricter protection": style.PURPLE,
    "risk fund": style.SKY,
    "university offices": style.BROWN,
    "none": style.GRID,
}
LEVEL = 0.05
"""Chance of naming any one of the assumptions that has nothing to do with it (Bonferroni)."""


class Ranking(NamedTuple):
    """Gains of policies in many runs against doing nothing: shape (runs, policies)."""

    policies: tuple[str, ...]
    gains: dict[str, Floats]
    bills: Floats


def ranking_of(sheet: Sheet) -> Ranking:
    """Return the gains of a study, its worlds or its seeds as runs."""
    worlds = bool(sheet.study.policies)
    names = [one.name for one in sheet.study.policies] if worlds else sheet.names

    def runs(values: Floats) -> Floats:
        if worlds:
            return values.reshape(-1, len(names), values.shape[1]).mean(axis=2)
        return values.T

    gains = {goal: _against_nothing(runs(sheet.outcome(goal))) for goal in GOALS}
    return Ranking(tuple(names[1:]), gains, _bills(sheet, runs, names))


def _against_nothing(values: Floats) -> Floats:
    return values[:, 1:] - values[:, :1]


def _bills(sheet: Sheet, runs: Callable[[Floats], Floats], names: list[str]) -> Floats:
    """Return what each policy itself costs: without R&D subsidies that follow R&D up or down."""
    everything = _against_nothing(runs(sheet.total("public_spending", 2021)))
    followed = _against_nothing(runs(sheet.total("public_spending.subsidies.research", 2021)))
    followed[:, names.index("research subsidy") - 1] = 0.0
    return everything - followed


def winners(gains: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the place of the policy that gains most in each run; -1 where none gains anything."""
    best = np.nanargmax(gains, axis=1)
    return np.where(gains[np.arange(len(gains)), best] > 0, best, -1).astype(np.int64)


def shares(ranking: Ranking, goal: str, each_yuan: bool = False) -> dict[str, Estimate]:
    """Return how often each policy ranks first for a goal, by gain or by gain for each yuan of its bill."""
    gains = ranking.gains[goal]
    if each_yuan:
        gains = gains / np.maximum(ranking.bills, 1.0)
    won = winners(gains)
    found = {
        name: share_of(int((won == place).sum()), len(won)) for place, name in enumerate(ranking.policies)
    }
    return found | {"none": share_of(int((won < 0).sum()), len(won))}


class Turn(NamedTuple):
    """An assumption that moves one policy against another."""

    key: str
    correlation: float
    low_third: float
    high_third: float


class Race(NamedTuple):
    """The two policies that lead for a goal, and what turns them over."""

    goal: str
    first: str
    second: str
    ahead: Estimate
    luck: float
    turns: list[Turn]


def race_of(worlds: Ranking, given: Ranking | None, goal: str, places: Floats, keys: list[str]) -> Race:
    """Compare the two policies that rank first most often over the worlds."""
    often = shares(worlds, goal)
    first, second = sorted(worlds.policies, key=lambda name: -often[name].mean)[:2]
    apart = _apart(worlds, goal, first, second)
    ahead = share_of(int((apart > 0).sum()), len(apart))
    luck = float("nan")
    if given is not None:
        luck = float(_apart(given, goal, first, second).var(ddof=1) / apart.var(ddof=1))
    return Race(goal, first, second, ahead, luck, turns_of(apart, places, keys))


def _apart(ranking: Ranking, goal: str, first: str, second: str) -> Floats:
    gains = ranking.gains[goal]
    return gains[:, ranking.policies.index(first)] - gains[:, ranking.policies.index(second)]


def turns_of(apart: Floats, places: Floats, keys: list[str]) -> list[Turn]:
    """Return the assumptions whose rank goes with the difference, the strongest first.

    Spearman's correlation over the worlds; of all assumptions together one is named by chance in one
    study out of twenty.
    """
    correlations, chances = rank_correlations(places, apart)
    found: list[Turn] = []
    for place in np.argsort(-np.abs(correlations)):
        if chances[place] * len(keys) > LEVEL:
            break
        third, ahead = thirds(places[:, place]), apart > 0
        low, high = (float(ahead[third == n].mean()) for n in (1, 3))
        found.append(Turn(keys[place], float(correlations[place]), low, high))
    return found


def races_table(races: list[Race]) -> str:
    """Return the two leaders for each goal and the assumptions that turn them over."""
    heads = ["Goal", "First", "Second", "First is ahead", "Luck's share", "Ahead in the low → high third of"]
    rows: list[list[str]] = []
    for race in races:
        turns = "; ".join(
            f"`{one.key}` {percent(one.low_third)} → {percent(one.high_third)}" for one in race.turns[:4]
        )
        ahead = f"{percent(race.ahead.mean)} ({percent(race.ahead.low)} to {percent(race.ahead.high)})"
        rows.append(
            [GOALS[race.goal], race.first, race.second, ahead, percent(race.luck), turns or "none found"]
        )
    return table(heads, rows)


def shares_table(ranking: Ranking, each_yuan: bool = False) -> str:
    """Return how often each policy ranks first, a row a goal."""
    names = [*ranking.policies, "none"]
    rows: list[list[str]] = []
    for goal, title in GOALS.items():
        found = shares(ranking, goal, each_yuan)
        best = max(names, key=lambda name: found[name].mean)
        cells = [
            f"{'**' if name == best else ''}{percent(found[name].mean)}{'**' if name == best else ''} "
            f"({100 * found[name].low:.0f}–{100 * found[name].high:.0f})"
            for name in names
        ]
        rows.append([title, *cells])
    return table(["Goal", *names], rows)


def gains_table(ranking: Ranking) -> str:
    """Return what each policy brings and costs, a row a policy."""
    rows = [
        [
            name,
            ranged(mean_of(ranking.bills[:, place])),
            *(ranged(mean_of(ranking.gains[goal][:, place])) for goal in GOALS),
        ]
        for place, name in enumerate(ranking.policies)
    ]
    return table(["Policy", "Own bill, RMB million", *GOALS.values()], rows)


def bills_table(worlds: Ranking) -> str:
    """Return how the bill of the same policy differs between worlds."""
    rows: list[list[str]] = []
    for place, name in enumerate(worlds.policies):
        low, mid, high = np.nanpercentile(worlds.bills[:, place], [5, 50, 95])
        rows.append([name, number(mid, 0), number(low, 0), number(high, 0)])
    return table(["Policy", "Median, RMB million", "5 % of worlds below", "5 % above"], rows)


def draw_shares(worlds: Ranking, given: Ranking | None) -> Figure:
    """Draw how often each policy ranks first: by luck alone, and over the assumptions."""
    figure = style.canvas((9.2, 4.3))
    parts = [(worlds, "Over the ranges of all assumptions", "% of worlds in which a policy ranks first")]
    if given is not None:
        parts.insert(0, (given, "All assumptions as they are", "% of seeds in which a policy ranks first"))
    for place, (ranking, title, unit) in enumerate(parts):
        axes = figure.add_axes((0.2 + 0.41 * place, 0.17, 0.37, 0.66))
        plain(axes, title, unit)
        axes.grid(visible=False)
        _bars(axes, ranking)
        axes.set_yticklabels([*GOALS.values()] if place == 0 else [])
    key(figure, list(COLOURS.items()), 7)
    return figure


def _bars(axes: Axes, ranking: Ranking) -> None:
    for row, goal in enumerate(GOALS):
        found, start = shares(ranking, goal), 0.0
        for name, colour in COLOURS.items():
            width = 100 * found[name].mean
            axes.barh(row, width, 0.72, left=start, color=colour)
            if width >= 9:
                dark = style.INK if name == "none" else style.PAPER
                axes.text(
                    start + width / 2, row, f"{width:.0f}", ha="center", va="center", fontsize=8, color=dark
                )
            start += width
    axes.set_xlim(0, 100)
    axes.set_ylim(len(GOALS) - 0.5, -0.5)
    axes.yaxis.set_major_locator(style.FixedLocator(range(len(GOALS))))


def draw_turns(races: list[Race]) -> Figure:
    """Draw the assumptions that turn leaders over: how often the first is ahead in their outer thirds."""
    rows = [(race, turn) for race in races for turn in race.turns[:3]]
    height = 1.3 + 0.27 * max(len(rows), 1)
    figure = style.canvas((9.2, height))
    axes = figure.add_axes((0.6, 0.62 / height, 0.37, 1 - 1.3 / height))
    plain(axes, "What turns the leaders over", "% of worlds in which the first named is ahead")
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    axes.axvline(50, color=style.MUTED, linewidth=1)
    for row, (race, turn) in enumerate(rows):
        axes.plot([100 * turn.low_third, 100 * turn.high_third], [row, row], color=style.MUTED, linewidth=1.4)
        for value, face in ((turn.low_third, style.PAPER), (turn.high_third, COLOURS[race.first])):
            axes.plot(
                [100 * value], [row], "o", ms=7, markerfacecolor=face, markeredgecolor=COLOURS[race.first]
            )
    axes.set_xlim(-2, 102)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.yaxis.set_major_locator(style.FixedLocator(range(len(rows))))
    axes.set_yticklabels(
        [f"{GOALS[race.goal]}: {race.first} or {race.second}?  {turn.key}" for race, turn in rows]
    )
    style.note(axes, "hollow: lowest third of the assumption; full: highest third", (0, 0), (0, -32))
    return figure


def report(sheet: Sheet, folder: Path) -> Path:
    """Write the report and its figures into ``folder``."""
    companion = sheet.companion("as-given")
    worlds, given = ranking_of(sheet), None if companion is None else ranking_of(companion)
    keys = [factor.name for factor in sheet.study.factors]
    step = len(sheet.study.policies)
    places = np.array([point.unit for point in sheet.points[::step]], dtype=np.float64)
    races = [race_of(worlds, given, goal, places, keys) for goal in GOALS]
    save(partial(draw_shares, worlds, given), folder / "ranking-first.png")
    save(partial(draw_turns, races), folder / "ranking-turns.png")
    named = list(dict.fromkeys(turn.key for race in races for turn in race.turns[:4]))
    meanings = [
        [f"`{key}`", ASSUMPTIONS[key].meaning.en, f"{ASSUMPTIONS[key].low:g} to {ASSUMPTIONS[key].high:g}"]
        for key in named
    ]
    values = {
        "shares_table": shares_table(worlds),
        "given_table": None if given is None else shares_table(given),
        "yuan_table": shares_table(worlds, each_yuan=True),
        "gains_table": gains_table(worlds if given is None else given),
        "bills_table": bills_table(worlds),
        "races_table": races_table(races),
        "meanings": table(["Assumption", "Meaning", "Range"], meanings) if meanings else "",
        "races": {race.goal: race for race in races},
        "first": {goal: shares(worlds, goal) for goal in GOALS},
        "first_yuan": {goal: shares(worlds, goal, each_yuan=True) for goal in GOALS},
        "first_given": None if given is None else {goal: shares(given, goal) for goal in GOALS},
        "worlds": len(places),
        "assumptions": len(keys),
    }
    return write_page("ranking", folder, [sheet, companion], values)
