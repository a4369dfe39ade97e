"""Where the protection optimum lies, and what moves it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from drawing import band, below, ends, grid, key, plain, save
from estimate import DRAWS, Estimate, Floats, draws_of, mean_of, rank_correlations, thirds
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from page import number, percent, ranged, signed, table, write_page
from sheet import Sheet

from ipsim.report import style
from ipsim.scenario.assumptions import ASSUMPTIONS

OUTCOMES = {
    "research": "R&D 2021–2030",
    "high_value": "High-value inventions 2030",
    "revenue": "Revenue 2030",
    "satisfaction": "Satisfaction with protection",
    "infringed": "Share of holders infringed",
    "licences": "Share of inventions licensed",
    "pattern": "2030 pattern 2028–2030",
}
UNITS = dict.fromkeys(OUTCOMES, "points") | {"research": "%", "high_value": "%", "revenue": "%"}
"""Amounts are compared in percent of what they are without protection, shares and scores in points."""

OPTIMISED = ("research", "high_value", "revenue", "satisfaction", "pattern")
"""Outcomes of which more is better."""

LEVEL = 0.05


class Curve(NamedTuple):
    """An outcome over strength against no protection: a row a seed or a world."""

    strengths: Floats
    rows: Floats


def curve_of(sheet: Sheet, outcome: str) -> Curve:
    """Return the curve of an outcome, a row a seed of one city, or a row a world."""
    if sheet.study.policies:
        strengths = np.array([float(policy.name) for policy in sheet.study.policies])
        rows = np.nanmean(sheet.in_worlds(outcome), axis=2)
    else:
        strengths = np.array([float(str(next(iter(point.values.values())))) for point in sheet.points])
        rows = sheet.outcome(outcome).T
    share = 100 / rows[:, :1] if UNITS[outcome] == "%" else 1.0
    return Curve(strengths, (rows - rows[:, :1]) * share)


def best_of(curve: Curve) -> tuple[float, dict[float, float]]:
    """Return the strength with the highest mean, and how often each is that over resamples of the rows."""
    drawn = draws_of(len(curve.rows))
    places = np.array([int(np.nanargmax(np.nanmean(curve.rows[one], axis=0))) for one in drawn])
    best = float(curve.strengths[int(np.nanargmax(np.nanmean(curve.rows, axis=0)))])
    counts = np.bincount(places, minlength=len(curve.strengths)) / DRAWS
    return best, {float(s): float(c) for s, c in zip(curve.strengths, counts, strict=True)}


def likely(shares: dict[float, float]) -> str:
    """Return the strengths that hold nine tenths of the resamples, as a range."""
    kept: list[float] = []
    for strength, share in sorted(shares.items(), key=lambda item: -item[1]):
        kept.append(strength)
        if sum(shares[one] for one in kept) >= 0.9:
            break
        del share
    low, high = min(kept), max(kept)
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def bend_of(curve: Curve) -> Estimate:
    """Return how far the middle lies above the line between the ends: above nought for an inverted U.

    The middle is the mean of the strengths from 0.4 to 0.6.
    """
    middle = (curve.strengths >= 0.39) & (curve.strengths <= 0.61)
    line = curve.rows[:, 0] + (curve.rows[:, -1] - curve.rows[:, 0]) * 0.5
    return mean_of(np.nanmean(curve.rows[:, middle], axis=1) - line)


def gain_of(curve: Curve) -> Estimate:
    """Return full protection against none."""
    return mean_of(curve.rows[:, -1] - curve.rows[:, 0])


def optimum_table(sheets: dict[str, Sheet]) -> str:
    """Return where each outcome is best, a row an outcome and study."""
    rows: list[list[str]] = []
    for outcome in OPTIMISED:
        for name, sheet in sheets.items():
            curve = curve_of(sheet, outcome)
            best, shares = best_of(curve)
            top = mean_of(curve.rows[:, int(np.argmin(np.abs(curve.strengths - best)))])
            rows.append(
                [
                    f"{OUTCOMES[outcome]}, {UNITS[outcome]}",
                    name,
                    f"{best:g}",
                    likely(shares),
                    ranged(top),
                    ranged(gain_of(curve)),
                    ranged(bend_of(curve)),
                ]
            )
    heads = ["Outcome", "Where", "Best strength", "90 % of resamples", "Best against 0", "1 against 0"]
    return table([*heads, "Middle above the line"], rows, 2)


def levels_table(sheet: Sheet) -> str:
    """Return the outcomes at each strength, as they are measured."""
    strengths = curve_of(sheet, "research").strengths
    rows = []
    for outcome in (*OUTCOMES, "cost"):
        values = np.nanmean(sheet.outcome(outcome), axis=1)
        title = OUTCOMES.get(outcome, "Public money 2021–2030")
        unit = next(one.unit for one in sheet.study.outcomes if one.name == outcome)
        rows.append([f"{title}, {unit}", *(number(value) for value in values)])
    return table(["Strength from 2017", *(f"{one:g}" for one in strengths)], rows)


class Mover(NamedTuple):
    """An assumption that goes with what protection brings."""

    key: str
    correlation: float
    low: Curve
    high: Curve


def movers_of(sheet: Sheet, outcome: str) -> list[Mover]:
    """Return the factors whose rank goes with the gain from full protection, the strongest first.

    Spearman's correlation over worlds; of all factors together one is named by chance in one study of
    twenty.
    """
    curve = curve_of(sheet, outcome)
    gain = curve.rows[:, -1]
    step = len(sheet.study.policies)
    places = np.array([point.unit for point in sheet.points[::step]])
    keys = [factor.name for factor in sheet.study.factors]
    correlations, chances = rank_correlations(places, gain)
    movers: list[Mover] = []
    for place in np.argsort(-np.abs(correlations)):
        if chances[place] * len(keys) <= LEVEL:
            third = thirds(places[:, place])
            low, high = (Curve(curve.strengths, curve.rows[third == n]) for n in (1, 3))
            movers.append(Mover(keys[place], float(correlations[place]), low, high))
    return movers


def outer_thirds(sheet: Sheet, outcome: str, key: str) -> dict[str, Estimate]:
    """Return what full protection brings where an assumption is low, and where it is high."""
    curve = curve_of(sheet, outcome)
    names = [factor.name for factor in sheet.study.factors]
    places = np.array([point.unit[names.index(key)] for point in sheet.points[:: len(sheet.study.policies)]])
    third = thirds(places)
    return {
        name: gain_of(Curve(curve.strengths, curve.rows[third == n])) for name, n in (("low", 1), ("high", 3))
    }


def movers_table(sheet: Sheet) -> str:
    """Return what moves the gain and the optimum of each outcome."""
    rows: list[list[str]] = []
    for outcome in OPTIMISED:
        movers = movers_of(sheet, outcome)
        for mover in movers[:4]:
            (low, low_shares), (high, high_shares) = best_of(mover.low), best_of(mover.high)
            rows.append(
                [
                    f"{OUTCOMES[outcome]}, {UNITS[outcome]}",
                    f"`{mover.key}`",
                    signed(mover.correlation, 2),
                    f"{low:g} ({likely(low_shares)})",
                    f"{high:g} ({likely(high_shares)})",
                    ranged(gain_of(mover.low)),
                    ranged(gain_of(mover.high)),
                ]
            )
        if not movers:
            rows.append([OUTCOMES[outcome], "none found", *["–"] * 5])
    heads = [
        "Outcome",
        "Assumption",
        "Rank correlation",
        "Best strength, low third",
        "Best strength, high third",
    ]
    return table([*heads, "1 against 0, low third", "1 against 0, high third"], rows, 2)


def shape_shares(sheet: Sheet, outcome: str) -> dict[str, float]:
    """Return the share of worlds by where their own curve is highest: at nought, inside, at full."""
    rows = curve_of(sheet, outcome).rows
    best = np.nanargmax(rows, axis=1)
    last = rows.shape[1] - 1
    return {
        "none": float((best == 0).mean()),
        "inside": float(((best > 0) & (best < last)).mean()),
        "full": float((best == last).mean()),
    }


def shapes_table(sheet: Sheet) -> str:
    """Return the shares of worlds by the place of their best strength."""
    rows = [
        [OUTCOMES[one], *(percent(share) for share in shape_shares(sheet, one).values())] for one in OPTIMISED
    ]
    return table(["Outcome", "best at 0", "best from 0.2 to 0.8", "best at 1"], rows)


def draw_curves(sheets: dict[str, Sheet]) -> Figure:
    """Draw the outcomes over strength: the city as given, and other studies beside it."""
    figure, panels = grid(3, 2, (9.2, 9.0), 0.35)
    colours = dict(zip(sheets, (style.BLUE, style.ORANGE, style.MUTED), strict=False))
    for axes, (outcome, title) in zip(panels, OUTCOMES.items(), strict=False):
        plain(axes, title, f"{UNITS[outcome]} more or less than without protection")
        axes.axhline(0, color=style.MUTED, linewidth=0.8)
        for name, sheet in sheets.items():
            curve = curve_of(sheet, outcome)
            band(axes, curve.strengths, curve.rows, colours[name])
        below(axes, "strength of protection from 2017")
    key(figure, list(colours.items()), 3)
    return figure


def draw_movers(sheet: Sheet) -> Figure:
    """Draw each outcome over strength in the outer thirds of what moves it most."""
    figure, panels = grid(2, 2, (9.2, 6.4))
    for axes, outcome in zip(panels, OPTIMISED, strict=False):
        movers = movers_of(sheet, outcome)
        name = movers[0].key if movers else "no assumption found"
        plain(axes, OUTCOMES[outcome], f"{UNITS[outcome]} more than without; outer thirds of {name}")
        axes.axhline(0, color=style.MUTED, linewidth=0.8)
        below(axes, "strength of protection from 2017")
        _thirds(axes, movers[0] if movers else None, curve_of(sheet, outcome))
    return figure


def _thirds(axes: Axes, mover: Mover | None, every: Curve) -> None:
    if mover is None:
        band(axes, every.strengths, every.rows, style.MUTED)
        return
    labels: list[tuple[float, str, str]] = []
    for text, curve, colour in (("low", mover.low, style.SKY), ("high", mover.high, style.ORANGE)):
        band(axes, curve.strengths, curve.rows, colour)
        labels.append((float(np.nanmean(curve.rows[:, -1])), text, colour))
    ends(axes, labels)


def report(sheet: Sheet, folder: Path) -> Path:
    """Write the report and its figures into ``folder``."""
    given, xiamen = sheet.companion("as-given"), sheet.companion("xiamen")
    if given is None or xiamen is None:
        raise FileNotFoundError(f"{sheet.folder}-as-given and -xiamen: run these two studies first")
    sheets = {"Jinhua, as given": given, "Xiamen, as given": xiamen, "Jinhua, worlds": sheet}
    save(partial(draw_curves, sheets), folder / "protection-curves.png")
    save(partial(draw_movers, sheet), folder / "protection-movers.png")
    movers = {outcome: movers_of(sheet, outcome) for outcome in OPTIMISED}
    named = list(dict.fromkeys(one.key for found in movers.values() for one in found[:4]))
    known = [key for key in named if key in ASSUMPTIONS]
    curves = {name: {one: curve_of(it, one) for one in OUTCOMES} for name, it in sheets.items()}
    values = {
        "optimum_table": optimum_table(sheets),
        "levels_table": levels_table(given),
        "movers_table": movers_table(sheet),
        "shapes_table": shapes_table(sheet),
        "meanings": table(
            ["Assumption", "Meaning", "Range"],
            [
                [
                    f"`{key}`",
                    ASSUMPTIONS[key].meaning.en,
                    f"{ASSUMPTIONS[key].low:g} to {ASSUMPTIONS[key].high:g}",
                ]
                for key in known
            ],
            2,
        ),
        "movers": {outcome: [one.key for one in found] for outcome, found in movers.items()},
        "curves": {
            name: {
                outcome: {
                    "best": best_of(curve)[0],
                    "likely": likely(best_of(curve)[1]),
                    "gain": gain_of(curve),
                    "bend": bend_of(curve),
                    "lowest": float(curve.strengths[int(np.nanargmin(np.nanmean(curve.rows, axis=0)))]),
                    "range": float(np.ptp(np.nanmean(curve.rows, axis=0))),
                    "at": {
                        f"{s:g}": mean_of(curve.rows[:, place]) for place, s in enumerate(curve.strengths)
                    },
                }
                for outcome, curve in found.items()
            }
            for name, found in curves.items()
        },
        "shapes": {outcome: shape_shares(sheet, outcome) for outcome in OPTIMISED},
        "spread": [float(end) for end in np.percentile(curve_of(sheet, "research").rows[:, -1], [5, 95])],
        "thirds": {key: outer_thirds(sheet, "research", key) for key in ("blocking", "copy_damage")},
        "level": {"infringed": np.nanmean(given.outcome("infringed"), axis=1)},
        "given_seeds": given.study.replicates,
        "factors": len(sheet.study.factors),
        "worlds": len(sheet.points) // len(sheet.study.policies),
    }
    return write_page("protection", folder, [sheet, given, xiamen], values)
