"""The picture of a natural experiment: its effect over time, and all that is laid side by side."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ipsim.report import style
from ipsim.report.drawings import keep
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.natural import Finding
    from ipsim.study.natural.estimators import Estimate

_INCHES = (8.6, 3.9)
_Z = 1.645


def write(finding: Finding, folder: Path, lang: str) -> None:
    """Write ``effect.svg`` and ``effect.png``."""
    lang = language(lang)
    with style.styled():
        keep(draw(finding, lang), folder, "effect")


def draw(finding: Finding, lang: str) -> Figure:
    """Draw effects by year since treatment on the left, and the whole effect on the right."""
    figure = style.canvas(_INCHES)
    what = finding.experiment
    head = f"{what.effect.id}  {what.title.of(lang)}"
    figure.text(0.02, 0.93, head, fontsize=11.5, color=style.INK)
    right = figure.add_axes((0.695, 0.24, 0.285, 0.5))
    left = figure.add_axes((0.065, 0.24, 0.42, 0.5))
    key = _years(left, finding, lang) if finding.truth is None else _events(left, finding, lang)
    key += _forest(right, finding, lang)
    words = [phrase(f"natural.key_{name}", lang) for _, name in key]
    style.key(figure, [mark for mark, _ in key], words, (0.01, 0.0), labelcolor=style.MUTED)
    return figure


Key = list[tuple[Patch | Line2D, str]]


def _events(axes: Axes, finding: Finding, lang: str) -> Key:
    """Draw estimated effects before and after treatment, and the true ones."""
    relative = bool(finding.experiment.estimators[0].options.get("log"))
    unit = phrase("natural.event_percent" if relative else "natural.event_level", lang)
    style.titled(axes, phrase("natural.event_title", lang), unit)
    style.bare(axes)
    axes.grid(axis="y", color=style.GRID, linewidth=0.7)
    axes.axhline(0, color=style.MUTED, linewidth=1)
    axes.axvline(-0.5, color=style.MUTED, linewidth=0.8, linestyle=":")
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(style.short))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))
    axes.set_xlabel(phrase("natural.event_axis", lang), color=style.MUTED, fontsize=style.SMALL)
    for event, value, se in _by_event(finding):
        low, mid, high = (_shown(value + side * _Z * se, relative) for side in (-1, 0, 1))
        axes.plot([event, event], [low, high], color=style.BLUE, linewidth=1.4)
        axes.plot(event, mid, "o", color=style.BLUE, markersize=5)
    key: Key = [(Line2D([], [], marker="o", color=style.BLUE, markersize=5, linewidth=1.4), "estimate")]
    truth = finding.truth.detail["by_event"] if finding.truth else {}
    if truth:
        values = [_shown(value, relative) for value in truth.values()]
        axes.plot(list(truth), values, color=style.ORANGE, linewidth=1.9)
        key.append((Line2D([], [], color=style.ORANGE, linewidth=1.9), "truth"))
    return key


def _years(axes: Axes, finding: Finding, lang: str) -> Key:
    """Draw the mean of cities in each year, where nobody is treated."""
    style.titled(axes, phrase("natural.year_title", lang), finding.experiment.published.unit.of(lang))
    by_year = finding.panel.groupby("time")["outcome"].agg(["mean", "std", "count"])
    years = [int(year) for year in finding.panel["time"].unique()]
    means = by_year["mean"].to_numpy()
    half = _Z * by_year["std"].to_numpy() / by_year["count"].to_numpy() ** 0.5
    style.yearly(axes, years[0], years[-1], "")
    axes.errorbar(years, means, half, fmt="o", color=style.BLUE, markersize=5, linewidth=1.4)
    axes.set_ylim(0, 1.15 * float((means + half).max()))
    return [(Line2D([], [], marker="o", color=style.BLUE, markersize=5, linewidth=1.4), "estimate")]


def _by_event(finding: Finding) -> list[tuple[float, float, float]]:
    """Return time since treatment, estimate and standard error, of the first estimator that has them."""
    rows: list[tuple[float, float, float]] = []
    for one in finding.estimates.values():
        trend: dict[str, Any] = one.detail.get("pre_trend") or {}
        leads, errors = trend.get("leads") or {}, trend.get("se") or {}
        if not rows:
            rows += [(float(event), value, errors[event]) for event, value in leads.items()]
        events: dict[float, dict[str, float]] = one.detail.get("by_event") or {}
        if events:
            rows += [(event, part["value"], part["se"]) for event, part in events.items()]
            break
    return [row for row in rows if all(math.isfinite(part) for part in row)]


def _shown(value: float, relative: bool) -> float:
    return 100.0 * math.expm1(value) if relative else value


def _forest(axes: Axes, finding: Finding, lang: str) -> Key:
    """Draw every estimate, the true effect and the placebos on one axis, over the published range."""
    style.titled(axes, phrase("natural.forest_title", lang), finding.experiment.published.unit.of(lang))
    style.bare(axes)
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    rows: list[tuple[str, Estimate, str]] = [
        (phrase(f"natural.{kind}", lang), one, style.BLUE) for kind, one in finding.estimates.items()
    ]
    if finding.truth is not None:
        rows.append((phrase("natural.row_truth", lang), finding.truth, style.ORANGE))
    for row, (_, one, colour) in enumerate(rows):
        axes.plot([one.low, one.high], [row, row], color=colour, linewidth=1.6)
        axes.plot(one.value, row, "o", color=colour, markersize=5.5)
    names = [name for name, _, _ in rows]
    key: Key = []
    empty = finding.main_placebo
    if empty is not None and empty.values:
        axes.plot(empty.values, [len(rows)] * len(empty.values), "|", color=style.MUTED, markersize=9)
        names.append(phrase("natural.row_placebo", lang))
        key.append((Line2D([], [], marker="|", ls="none", color=style.MUTED, markersize=9), "placebo"))
    axes.axvline(0, color=style.MUTED, linewidth=1)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.yaxis.set_major_locator(FixedLocator(range(len(names))))
    axes.set_yticklabels(names)
    axes.tick_params(axis="y", labelcolor=style.INK)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))
    return _published(axes, finding) + key


def _published(axes: Axes, finding: Finding) -> Key:
    """Shade the published range; one that is open goes to the edge."""
    claim = finding.experiment.published.claim
    if claim.signs:
        return []
    ends = [end for end in (claim.low, claim.high) if math.isfinite(end)]
    low, high = axes.get_xlim()
    room = 0.08 * (max(high, *ends) - min(low, *ends))
    low, high = min(low, *(end - room for end in ends)), max(high, *(end + room for end in ends))
    axes.set_xlim(low, high)
    axes.axvspan(max(low, claim.low), min(high, claim.high), color=style.GREEN, alpha=0.18, linewidth=0)
    return [(Patch(color=style.GREEN, alpha=0.18), "published")]
