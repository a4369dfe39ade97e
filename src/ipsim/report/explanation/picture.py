"""The picture of an account: from base to alternative by lever, beside what each mechanism carries."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ipsim.report import style
from ipsim.report.explanation.amounts import Amounts, amounts_of, share_text
from ipsim.report.explanation.names import lever_name, mechanism_name, outcome_name
from ipsim.report.explanation.saying import by_size
from ipsim.report.phrases import language, phrase
from ipsim.study.explain import Account, Part
from ipsim.study.explain.account import JOINT, LEFT, OUTSIDE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "explanation"
_ROW_INCHES = 0.42
_TOP_INCHES, _BOTTOM_INCHES = 0.95, 0.75
_PANELS = ((0.205, 0.255), (0.72, 0.255))
_THICK = 0.56
_LETTERS = {"en": 24, "zh": 11}
_MOST_PATHS = 8
"""So many mechanisms are drawn, the largest; they need not add up."""

_ROOM = 0.42
"""Share of the width kept free beside the bars, for their numbers."""


class Bar(NamedTuple):
    """One row of a panel: a bar from ``start`` to ``end``, or a dot where both are the same.

    ``low`` and ``high`` are the ends of its interval, not numbers where there is none.
    """

    label: str
    start: float
    end: float
    low: float
    high: float
    text: str
    colour: str
    is_sure: bool = True
    is_rest: bool = False

    @property
    def is_dot(self) -> bool:
        """Whether it is a level and no difference."""
        return self.colour == style.INK

    @property
    def looks(self) -> dict[str, Any]:
        """Filling: hatched for what is left over, none for what is not sure."""
        if self.is_rest:
            return {"facecolor": style.PAPER, "hatch": "////"}
        return {"facecolor": self.colour if self.is_sure else style.PAPER}


def draw(account: Account, lang: str, titles: tuple[str, str] = ("", "")) -> Figure:
    """Draw an account; its levers and pathways are left out when the effect is not sure.

    Parameters
    ----------
    account
        The effect with its parts.
    lang
        ``en`` or ``zh``.
    titles
        What to call base and alternative.
    """
    lang = language(lang)
    amounts = amounts_of(account, lang)
    left, right = _levers(account, amounts, titles), _pathways(account, amounts)
    height = _TOP_INCHES + _ROW_INCHES * max(len(left), len(right)) + _BOTTOM_INCHES
    figure = style.canvas((style.INCHES[0], height))
    for (x, width), bars, title in zip(_PANELS, (left, right), ("levers", "paths"), strict=True):
        tall = _ROW_INCHES * len(bars) / height
        axes = figure.add_axes((x, 1 - _TOP_INCHES / height - tall, width, tall))
        style.bare(axes)
        heading = phrase(f"explanation.picture_{title}", lang)
        style.note(axes, heading, (0, 1), (0, 8), fontsize=style.SMALL + 1, color=style.INK)
        _panel(axes, bars, amounts)
    _head(figure, account, amounts)
    return figure


def _levers(account: Account, amounts: Amounts, titles: tuple[str, str]) -> list[Bar]:
    """Return base, levers one after the other, and alternative."""
    base, other, effect = account.base, account.alternative, account.effect
    lang = amounts.lang
    first = phrase("explanation.base", lang, title=titles[0])
    last = phrase("explanation.alternative", lang, title=titles[1])
    rows = [_dot(first, base, (math.nan, math.nan), amounts)]
    at = base
    for part in by_size(account.levers) if account.is_sure else ():
        end = at + float(part.amount.mean)
        low, high = at + float(part.amount.low), at + float(part.amount.high)
        colour = style.BLUE if part.amount.mean >= 0 else style.ORANGE
        name = lever_name(part.name, lang)
        rows.append(Bar(name, at, end, low, high, _text(part, amounts), colour, bool(part.amount.sure)))
        at = end
    ends = base + float(effect.low), base + float(effect.high)
    return [*rows, _dot(last, other, ends, amounts)]


def _dot(label: str, at: float, ends: tuple[float, float], amounts: Amounts) -> Bar:
    return Bar(label, at, at, *ends, amounts.plain(at), style.INK)


def _pathways(account: Account, amounts: Amounts) -> list[Bar]:
    """Return the effect, and what of it is lost when each mechanism is cut."""
    whole = phrase("explanation.effect_row", amounts.lang)
    effect = account.effect
    text = amounts.signed(float(effect.mean))
    rows = [Bar(whole, 0, float(effect.mean), float(effect.low), float(effect.high), text, style.MUTED)]
    if not account.is_sure:
        return rows
    rest = [part for part in (account.left, account.outside) if part.amount.mean != 0]
    joint = [account.joint] if len(account.pathways) > 1 else []
    for part in (*by_size(account.pathways)[:_MOST_PATHS], *joint, *rest):
        colour = style.BLUE if part.amount.mean >= 0 else style.ORANGE
        ends = float(part.amount.low), float(part.amount.high)
        name, text = mechanism_name(part.name, amounts.lang), _text(part, amounts)
        looks = bool(part.amount.sure), part.name in (JOINT, LEFT, OUTSIDE)
        rows.append(Bar(name, 0, float(part.amount.mean), *ends, text, colour, *looks))
    return rows


def _text(part: Part, amounts: Amounts) -> str:
    share = share_text(float(part.share.mean), amounts.lang)
    return f"{amounts.signed(float(part.amount.mean))} · {share}"


def _panel(axes: Axes, bars: list[Bar], amounts: Amounts) -> None:
    axes.set_ylim(len(bars) - 0.5, -0.5)
    ends = [end * amounts.scale for bar in bars for end in (bar.start, bar.end, bar.low, bar.high)]
    known = [end for end in ends if math.isfinite(end)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = (high - low) or abs(high) or 1.0
    axes.set_xlim(low - 0.06 * room, high + (_ROOM / (1 - _ROOM)) * room)
    axes.yaxis.set_major_locator(FixedLocator(range(len(bars))))
    labels = [_wrapped(bar.label, amounts.lang) for bar in bars]
    axes.set_yticklabels(labels, color=style.INK, linespacing=1.25)
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(style.short))
    axes.grid(axis="x", color=style.GRID, linewidth=0.7)
    for row, bar in enumerate(bars):
        _bar(axes, bar, row, amounts.scale)
        if row + 1 < len(bars) and bars[0].is_dot:  # the levers lead on from one to the next
            axes.plot([bar.end * amounts.scale] * 2, [row, row + 1], color=style.MUTED, linewidth=0.7)
    if not bars[0].is_dot:
        axes.axvline(0, color=style.MUTED, linewidth=0.8)


def _bar(axes: Axes, bar: Bar, row: int, scale: float) -> None:
    start, end = bar.start * scale, bar.end * scale
    if bar.is_dot:
        axes.plot([end], [row], marker="o", markersize=6.5, color=bar.colour, zorder=4)
    else:
        length = {"width": end - start, "left": start, "height": _THICK}
        axes.barh(row, **length, edgecolor=bar.colour, linewidth=1, **bar.looks)
    ends = [start, end]
    if math.isfinite(bar.low):
        low, high = bar.low * scale, bar.high * scale
        axes.plot([low, high], [row, row], color=style.INK, linewidth=1.1, zorder=5, solid_capstyle="butt")
        ends += [low, high]
    axes.annotate(
        bar.text,
        (max(ends), row),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL - 0.5,
        color=style.INK,
        annotation_clip=False,
    )


def _wrapped(text: str, lang: str) -> str:
    """Break a long label into two lines, at a space or, in Chinese, anywhere."""
    most = _LETTERS[lang]
    if len(text) <= most:
        return text
    if lang == "zh":
        half = -(-len(text) // 2)
        return f"{text[:half]}\n{text[half:]}"
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    at = min(spaces, key=lambda place: abs(place - len(text) / 2), default=0)
    return f"{text[:at]}\n{text[at + 1 :]}" if at else text


def _head(figure: Figure, account: Account, amounts: Amounts) -> None:
    lang, height = amounts.lang, figure.get_figheight()
    heading = f"{outcome_name(account.outcome, lang)} · {amounts.unit}"
    figure.text(0.02, 1 - 0.3 / height, heading, fontsize=11.5, color=style.INK, va="center")
    if not account.is_sure:
        note = phrase("explanation.picture_not_divided", lang)
        figure.text(0.98, 1 - 0.3 / height, note, fontsize=style.SMALL, color=style.MUTED, ha="right")
    more = len(account.pathways) - _MOST_PATHS
    if account.is_sure and more > 0:
        note = phrase("explanation.picture_more", lang, n=more)
        figure.text(0.98, 0.25 / height, note, fontsize=style.SMALL, color=style.MUTED, ha="right")
    marks = [
        Patch(facecolor=style.BLUE),
        Patch(facecolor=style.ORANGE),
        Patch(facecolor=style.PAPER, edgecolor=style.MUTED),
    ]
    words = [phrase(f"explanation.{key}", lang) for key in ("key_up", "key_down", "hollow")]
    style.key(figure, marks, words, (0.02, 0.0))
