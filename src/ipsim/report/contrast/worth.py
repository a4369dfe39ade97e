"""What the money buys: cost of an extra high-value patent, chance of the pattern, spending by lever."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ipsim.indicators.catalogue import INDICATORS, SPENDING, Indicator
from ipsim.report.contrast.differences import Difference
from ipsim.report.contrast.numbers import difference, known
from ipsim.report.measured import Measured
from ipsim.report.numbers import MINUS, figure, percent, rounded, shown, significant, with_sign
from ipsim.report.phrases import phrase
from ipsim.report.spending import by_lever
from ipsim.study.comparison.chance import shift
from ipsim.study.comparison.paired import paired

if TYPE_CHECKING:
    from ipsim.study import Comparison
    from ipsim.study.comparison.chance import Chance, Shift
    from ipsim.study.comparison.paired import Paired
    from ipsim.study.comparison.price import Price

_RMB, _WAN = 1e6, 1e2
"""RMB, and ten thousand RMB, in a million."""


class Worth(NamedTuple):
    """What an alternative buys: extra patents and extra money, each with interval, and the cost of each."""

    title: str
    colour: str
    patents: tuple[str, str]
    cost: tuple[str, str]
    each: tuple[str, str]


class ChanceRow(NamedTuple):
    """How often a scenario meets the pattern."""

    title: str
    colour: str
    share: str
    interval: str
    met: str
    first_year: str
    shift: str
    sure: bool
    percent: float


class Change(NamedTuple):
    """What an alternative adds to a lever or takes away: text, and the bar from the middle, in %."""

    colour: str
    value: str
    text: str
    left: float
    width: float


class LeverRow(NamedTuple):
    """Spending on one lever in the base, and what each alternative changes."""

    name: str
    base: str
    changes: list[Change]


def worths(
    comparison: Comparison, titles: Mapping[str, str], colours: Mapping[str, str], lang: str
) -> list[Worth]:
    """Return what each alternative buys."""
    found: list[Worth] = []
    for name, one in comparison.prices.items():
        patents = _with_interval(difference("high_value", name, one.patents, comparison), lang)
        cost = _with_interval(difference("public_cost", name, one.cost, comparison), lang)
        found.append(Worth(titles[name], colours[name], patents, cost, _short(one, lang)))
    return found


def _with_interval(one: Difference, lang: str) -> tuple[str, str]:
    return one.signed(one.mean, lang), one.interval(lang)


def price_sentence(comparison: Comparison, alternative: str, lang: str) -> str:
    """Return in a sentence what an extra high-value patent costs; empty where it was not measured."""
    one = comparison.prices.get(alternative)
    if one is None:
        return ""
    patents, cost = known("high_value", comparison), known("public_cost", comparison)
    each, interval = _short(one, lang)
    return phrase(
        f"contrast.worth_{one.outcome}",
        lang,
        year=comparison.base.scenario.end_year,
        patents=rounded(abs(one.patents.mean), patents, lang),
        patents_range=_range(one.patents, patents, lang),
        cost=rounded(abs(one.cost.mean), cost, lang),
        cost_range=_range(one.cost, cost, lang),
        signed_cost=with_sign(rounded(one.cost.mean, cost, lang)),
        each=each + (phrase("contrast.in_brackets", lang, interval=interval) if interval else ""),
    )


def _range(one: Paired, kind: Indicator, lang: str) -> str:
    """Return the interval of a difference in brackets, nothing where there is none."""
    if math.isnan(one.low) or one.nothing:
        return ""
    low, high = (with_sign(rounded(bound, kind, lang)) for bound in (one.low, one.high))
    interval = phrase("contrast.interval_text", lang, low=low, high=high)
    return phrase("contrast.in_brackets", lang, interval=interval)


def _short(one: Price, lang: str) -> tuple[str, str]:
    """Return the cost of each patent and its interval, or what stands in its place."""
    if math.isnan(one.each):
        return phrase(f"contrast.each_{one.outcome}", lang), ""
    mid = phrase("contrast.each", lang, money=_money(one.each, lang))
    if math.isnan(one.low):
        return mid, ""
    low, high = _money(one.low, lang), _money(one.high, lang)
    return mid, phrase("contrast.interval_text", lang, low=low, high=high)


def _money(millions: float, lang: str) -> str:
    """Return money for one patent: RMB in English, ten thousand RMB in Chinese; three digits."""
    if lang == "zh":
        return significant(millions * _WAN)
    rate = millions * _RMB
    step = 10 ** max(0, math.floor(math.log10(abs(rate))) - 2) if rate else 1
    return figure(round(rate / step) * step)


def chance_rows(
    comparison: Comparison, titles: Mapping[str, str], colours: Mapping[str, str], lang: str
) -> list[ChanceRow]:
    """Return the chance of base and alternatives to meet the 2030 pattern."""
    base = comparison.chances.get(comparison.base_name)
    return [
        _chance_row(one, base, titles[name], colours[name], lang)
        for name, one in comparison.chances.items()
        if base is not None
    ]


def _chance_row(one: Chance, base: Chance, title: str, colour: str, lang: str) -> ChanceRow:
    several = one.runs > 1
    low, high = (figure(100 * bound) for bound in (one.low, one.high))
    span = phrase("contrast.interval_text", lang, low=low, high=percent(high, lang))
    change = shift(base, one)
    return ChanceRow(
        title=title,
        colour=colour,
        share=percent(figure(100 * one.share), lang) if several else _met_once(one, lang),
        interval=span if several else "",
        met=phrase("contrast.met_runs", lang, met=one.met, runs=one.runs),
        first_year="–" if one.first_year is None else str(one.first_year),
        shift="" if one is base or not several else f"+{change.gained}, {MINUS}{change.lost}",
        sure=change.sure,
        percent=100 * one.share,
    )


def _met_once(one: Chance, lang: str) -> str:
    return phrase("page.met" if one.met else "page.not_met", lang)


def chance_sentence(comparison: Comparison, alternative: str, titles: Mapping[str, str], lang: str) -> str:
    """Return in a sentence the chance with and without an alternative; empty where it was not measured."""
    chances = comparison.chances
    with_it, without = chances.get(alternative), chances.get(comparison.base_name)
    if with_it is None or without is None or with_it.runs == 1:
        return ""
    return phrase(
        "contrast.chance",
        lang,
        year=with_it.year,
        share=percent(figure(100 * with_it.share), lang),
        without=percent(figure(100 * without.share), lang),
        base=titles[comparison.base_name],
        shift=shift_words(shift(without, with_it), lang),
    )


def shift_words(one: Shift, lang: str) -> str:
    """Return in words how many pairs meet the pattern through an alternative alone, and how many miss it."""
    if not one.gained and not one.lost:
        return phrase("contrast.shift_none", lang)
    key = "contrast.shift_sure" if one.sure else "contrast.shift_luck"
    return phrase(
        key, lang, gained=_counted("gained", one.gained, lang), lost=_counted("lost", one.lost, lang)
    )


def _counted(what: str, count: int, lang: str) -> str:
    return phrase(f"contrast.{what}_{'one' if count == 1 else 'many'}", lang, n=count)


def lever_rows(comparison: Comparison, colours: Mapping[str, str], lang: str) -> list[LeverRow]:
    """Return spending by lever over all years, means over runs: the largest change first, the sum last."""
    spent = {
        name: {one.lever: one for one in by_lever(Measured(result.indicators))}
        for name, result in comparison.results.items()
    }
    titles = {lever: one.name(lang) for levers in spent.values() for lever, one in levers.items()}
    if not titles:
        return []
    nothing = np.zeros(comparison.base.replicates)
    sums = {
        lever: {
            name: np.nansum(levers[lever].values, axis=1) if lever in levers else nothing
            for name, levers in spent.items()
        }
        for lever in titles
    }
    change = {lever: _largest_change(runs) for lever, runs in sums.items()}
    changed = sorted((lever for lever in sums if change[lever]), key=lambda lever: -change[lever])
    alike = [lever for lever in sums if not change[lever]]
    longest = max(change.values())
    rows = [_lever_row(titles[lever], sums[lever], colours, longest, lang) for lever in changed]
    if alike:
        words = phrase("contrast.unchanged", lang, n=len(alike))
        rows.append(_lever_row(words, _together(sums, alike, spent), colours, longest, lang))
    whole = _together(sums, list(sums), spent)
    return [*rows, _lever_row(phrase("page.all_levers", lang), whole, colours, 0.0, lang)]


def _largest_change(runs: Mapping[str, np.ndarray]) -> float:
    """Return the largest mean change that an alternative makes, 0 where no run differs."""
    base, *others = runs.values()
    return max(float(abs((other - base).mean())) for other in others)


def _together(
    sums: Mapping[str, Mapping[str, np.ndarray]], levers: list[str], names: Iterable[str]
) -> dict[str, np.ndarray]:
    return {name: np.sum([sums[lever][name] for lever in levers], axis=0) for name in names}


def _lever_row(
    words: str, runs: Mapping[str, np.ndarray], colours: Mapping[str, str], longest: float, lang: str
) -> LeverRow:
    money = INDICATORS[SPENDING]
    base, *others = runs
    changes: list[Change] = []
    for name in others:
        one = paired(runs[base], runs[name])
        width = 50 * abs(one.mean) / longest if longest else 0.0
        text = with_sign(shown(one.mean, money, lang))
        sure = one.sure or one.nothing or one.pairs == 1
        value = shown(one.value, money, lang)
        left = 50 - width if one.mean < 0 else 50.0
        changes.append(Change(colours[name], value, text if sure else f"({text})", left, width))
    return LeverRow(words, shown(float(runs[base].mean()), money, lang), changes)
