"""Which assumptions decide the ranking of policies that cost about the same."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from drawing import save
from estimate import mean_of
from page import number, percent, ranged, table, write_page
from ranking_figures import draw_shares, draw_turns
from ranking_races import GOALS, Race, Ranking, race_of, ranking_of, shares
from sheet import Sheet

from ipsim.scenario.assumptions import ASSUMPTIONS


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
    return table(heads, rows, 3)


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


def better_table(ranking: Ranking) -> str:
    """Return in how many runs each policy does better than nothing, a row a goal."""
    rows = [
        [
            title,
            *(
                percent(float((ranking.gains[goal][:, place] > 0).mean()))
                for place in range(len(ranking.policies))
            ),
        ]
        for goal, title in GOALS.items()
    ]
    return table(["Goal", *ranking.policies], rows)


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


def _first(ranking: Ranking, goal: str, each_yuan: bool = False) -> str:
    """Return the policy that ranks first most often."""
    often = shares(ranking, goal, each_yuan)
    return max(ranking.policies, key=lambda name: often[name].mean)


def report(sheet: Sheet, folder: Path) -> Path:
    """Write the report and its figures into ``folder``."""
    companion = sheet.companion("as-given")
    if companion is None:
        raise FileNotFoundError(f"{sheet.folder}-as-given: run experiments/ranking-as-given.yaml first")
    worlds, given = ranking_of(sheet), ranking_of(companion)
    bills = given.bills.mean(axis=0)
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
        "given_table": shares_table(given),
        "yuan_table": shares_table(worlds, each_yuan=True),
        "gains_table": gains_table(given),
        "worlds_table": gains_table(worlds),
        "better_table": better_table(worlds),
        "gains": {g: dict(zip(worlds.policies, map(mean_of, worlds.gains[g].T), strict=True)) for g in GOALS},
        "gains_given": {
            g: dict(zip(given.policies, map(mean_of, given.gains[g].T), strict=True)) for g in GOALS
        },
        "bills_table": bills_table(worlds),
        "races_table": races_table(races),
        "meanings": table(["Assumption", "Meaning", "Range"], meanings, 2) if meanings else "",
        "races": {race.goal: race for race in races},
        "first": {goal: shares(worlds, goal) for goal in GOALS},
        "first_yuan": {goal: shares(worlds, goal, each_yuan=True) for goal in GOALS},
        "first_given": {goal: shares(given, goal) for goal in GOALS},
        "better": {
            goal: {
                name: float((worlds.gains[goal][:, place] > 0).mean())
                for place, name in enumerate(worlds.policies)
            }
            for goal in GOALS
        },
        "same_first": all(_first(worlds, goal) == _first(worlds, goal, each_yuan=True) for goal in GOALS),
        "bill_low": float(bills.min()),
        "bill_high": float(bills.max()),
        "given_seeds": len(given.bills),
        "worlds": len(places),
        "assumptions": len(keys),
    }
    return write_page("ranking", folder, [sheet, companion], values)
