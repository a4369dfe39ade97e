"""Figures of the ranking of policies."""

from __future__ import annotations

from drawing import key, plain
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from ranking_races import COLOURS, GOALS, Race, Ranking, shares

from ipsim.report import style


def draw_shares(worlds: Ranking, given: Ranking) -> Figure:
    """Draw how often each policy ranks first: by luck alone, and over the assumptions."""
    figure = style.canvas((9.2, 4.5))
    parts = [
        (given, "All assumptions as they are", "% of seeds in which a policy ranks first"),
        (worlds, "Over the ranges of all assumptions", "% of worlds in which a policy ranks first"),
    ]
    for place, (ranking, title, unit) in enumerate(parts):
        axes = figure.add_axes((0.2 + 0.41 * place, 0.22, 0.37, 0.62))
        plain(axes, title, unit)
        axes.grid(visible=False)
        _bars(axes, ranking)
        axes.set_yticklabels([*GOALS.values()] if place == 0 else [])
    key(figure, list(COLOURS.items()), 4)
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
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.yaxis.set_major_locator(style.FixedLocator(range(len(rows))))
    axes.set_yticklabels(
        [f"{GOALS[race.goal]}: {race.first} or {race.second}?  {turn.key}" for race, turn in rows]
    )
    style.note(axes, "hollow: lowest third of the assumption; full: highest third", (0, 0), (0, -32))
    return figure
