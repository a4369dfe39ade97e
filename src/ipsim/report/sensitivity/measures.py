"""The indices of each method as people read them: names, units, numbers, and the sentences about them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ipsim.indicators.catalogue import indicator
from ipsim.report.labels import words_of
from ipsim.report.numbers import factor as rate_of
from ipsim.report.numbers import figure, percent, significant, unit_of, with_sign
from ipsim.report.phrases import phrase
from ipsim.study.intervals import CONFIDENCE

if TYPE_CHECKING:
    from ipsim.study.plan import Outcome
    from ipsim.study.sensitivity import Finding, Sensitivity

LEADING = 20
"""Factors shown; the others are counted."""

METHODS = {"morris": "morris", "sobol": "sobol", "latin-hypercube": "ranks", "one-at-a-time": "ends"}
"""By kind of design the method, as the phrases call it."""

_USUAL_TRAJECTORIES = 10
_WIDE_INTERVAL = 0.3
_POOR_FIT = 0.5
_MUCH_LUCK = 0.5
_MANY_FACTORS = 20


class Measure(NamedTuple):
    """One index: its column, whether it has an interval and a sign, and what it is measured in."""

    column: str
    interval: bool
    signed: bool
    form: str


MEASURES: dict[str, tuple[Measure, ...]] = {
    "morris": (
        Measure("mu_star", True, False, "unit"),
        Measure("mu", True, True, "unit"),
        Measure("sigma", False, False, "unit"),
    ),
    "sobol": (Measure("ST", True, False, "share"), Measure("S1", True, False, "share")),
    "ranks": (Measure("prcc", True, True, "plain"), Measure("srrc", False, True, "plain")),
    "rho": (Measure("rho", True, True, "plain"),),
    "ends": (
        Measure("at_low", True, True, "unit"),
        Measure("at_high", True, True, "unit"),
        Measure("swing", False, False, "unit"),
    ),
}


def method_of(sensitivity: Sensitivity) -> str:
    """Return the method of an analysis, as the phrases call it."""
    return METHODS[sensitivity.study.design.kind]


def kind_of(finding: Finding, sensitivity: Sensitivity) -> str:
    """Return the method behind a finding: ``rho`` where the points do not suffice for ``ranks``."""
    method = method_of(sensitivity)
    is_plain = finding.indices is not None and finding.indices.rank_by == "rho"
    return "rho" if method == "ranks" and is_plain else method


def title_of(finding: Finding, lang: str) -> str:
    """Return the name of the outcome, with the policies it is about."""
    title = finding.outcome.title(lang)
    if finding.against:
        return phrase(
            "sensitivity.against", lang, outcome=title, policy=finding.policy, against=finding.against
        )
    if finding.policy:
        return phrase("sensitivity.under", lang, outcome=title, policy=finding.policy)
    return title


def unit_words(outcome: Outcome, lang: str) -> str:
    """Return the unit in which an outcome is shown."""
    return unit_of(indicator(outcome.indicator), lang)


def rate(outcome: Outcome, lang: str) -> float:
    """Return by what an outcome is multiplied to be shown."""
    return rate_of(outcome.unit, lang)


def heading(measure: Measure, outcome: Outcome, lang: str) -> str:
    """Return the name of an index, with its unit where it has one."""
    name = phrase(f"sensitivity.{measure.column}", lang)
    if measure.form != "unit":
        return name
    return phrase("sensitivity.in_unit", lang, name=name, unit=unit_words(outcome, lang))


def number(value: float, measure: Measure, outcome: Outcome, lang: str) -> str:
    """Return one value of an index."""
    if math.isnan(value):
        return "–"
    if measure.form == "share":
        return percent(figure(100 * value, 1 if abs(value) < 0.1 else 0), lang)
    text = figure(value, 2) if measure.form == "plain" else _three_digits(value * rate(outcome, lang))
    return with_sign(text) if measure.signed else text


def _three_digits(value: float) -> str:
    """Return a number to three digits, however large: more would be false."""
    if abs(value) < 1000:
        return significant(value)
    step = 10 ** (math.floor(math.log10(abs(value))) - 2)
    return figure(round(value / step) * step)


def cell(finding: Finding, place: int, measure: Measure, lang: str) -> str:
    """Return an index of a factor with its interval."""
    assert finding.indices is not None
    columns = finding.indices.columns
    names = [measure.column, f"{measure.column}_low", f"{measure.column}_high"]
    value, low, high = (float(columns[name][place]) if name in columns else math.nan for name in names)
    texts = [number(one, measure, finding.outcome, lang) for one in (value, low, high)]
    if not measure.interval or math.isnan(low):
        return texts[0]
    return phrase("sensitivity.value_interval", lang, value=texts[0], low=texts[1], high=texts[2])


def is_sure(finding: Finding, place: int, method: str) -> bool:
    """Whether the interval of a factor's index leaves out nothing happening."""
    assert finding.indices is not None
    columns = finding.indices.columns
    if method == "ends":
        ends = [
            (columns[f"at_{end}_low"][place], columns[f"at_{end}_high"][place]) for end in ("low", "high")
        ]
        sure = any(low > 0 or high < 0 for low, high in ends)
        return sure or bool(np.isnan(ends).any() and columns["swing"][place] > 0)
    column = finding.indices.rank_by
    if method in ("ranks", "rho"):
        return bool(columns[f"{column}_low"][place] > 0 or columns[f"{column}_high"][place] < 0)
    # fmax: with one replicate nothing is known of luck, and nought has to do.
    return bool(columns[f"{column}_low"][place] > np.fmax(columns[f"{column}_luck"][place], 0.0))


def sentence(finding: Finding, sensitivity: Sensitivity, lang: str, most: int = 3) -> str:
    """Return which factors lead an outcome, or why that can't be said."""
    title = title_of(finding, lang)
    if finding.undefined is not None:
        gone = finding.undefined
        return phrase(f"sensitivity.{gone.reason}", lang, outcome=title, found=gone.found, needed=gone.needed)
    method = kind_of(finding, sensitivity)
    places = [place for place in finding.order[:most] if is_sure(finding, place, method)]
    if not places:
        return phrase("sensitivity.none_sure", lang, outcome=title)
    items = [_item(finding, place, sensitivity, method, lang) for place in places]
    joined = phrase("sensitivity.between", lang).join(items)
    if MEASURES[method][0].form != "unit":
        return phrase("sensitivity.leading", lang, outcome=title, list=joined)
    unit = unit_words(finding.outcome, lang)
    return phrase("sensitivity.leading_unit", lang, outcome=title, unit=unit, list=joined)


def _item(finding: Finding, place: int, sensitivity: Sensitivity, method: str, lang: str) -> str:
    assert finding.indices is not None
    columns = finding.indices.columns
    words = words_of(sensitivity.factors[place], lang)
    measures = {measure.column: measure for measure in MEASURES[method]}
    values = {
        name: number(float(columns[name][place]), measure, finding.outcome, lang)
        for name, measure in measures.items()
    }
    if method == "ends":
        return phrase(
            "sensitivity.item_ends", lang, words=words, low=values["at_low"], high=values["at_high"]
        )
    value = values[MEASURES[method][0].column]
    if method == "morris":
        sure = columns["mu_low"][place] > 0 or columns["mu_high"][place] < 0
        value = values["mu"] if sure else phrase("sensitivity.either_way", lang, value=value)
    return phrase(f"sensitivity.item_{method}", lang, words=words, value=value)


def notes(finding: Finding, sensitivity: Sensitivity, lang: str) -> list[str]:
    """Return what the indices rest on, and what to beware of."""
    indices, method = finding.indices, kind_of(finding, sensitivity)
    if indices is None:
        return []
    found = [phrase(f"sensitivity.used_{method}", lang, used=figure(indices.used))]
    if indices.left_out:
        found.append(phrase("sensitivity.left_out", lang, n=figure(indices.left_out)))
    if "first_order_sum" in indices.facts:
        share = min(max(indices.facts["first_order_sum"], 0.0), 1.0)
        found.append(phrase("sensitivity.first_sum", lang, share=_share(share, lang)))
    if "rank_r2" in indices.facts:
        found.append(phrase("sensitivity.rank_fit", lang, share=_share(indices.facts["rank_r2"], lang)))
    if "base" in indices.facts:
        value = significant(indices.facts["base"] * rate(finding.outcome, lang))
        unit = unit_words(finding.outcome, lang)
        found.append(phrase("sensitivity.base_value", lang, value=value, unit=unit))
    found += _luck(finding, sensitivity, lang)
    if sensitivity.study.replicates > 1 or method in ("ranks", "rho"):
        sure = sum(is_sure(finding, place, method) for place in range(len(finding.order)))
        found.append(phrase("sensitivity.stand_out", lang, n=sure, all=len(finding.order)))
    return found + _cautions(finding, method, lang)


def _luck(finding: Finding, sensitivity: Sensitivity, lang: str) -> list[str]:
    if sensitivity.study.replicates == 1:
        return [phrase("sensitivity.one_replicate", lang)]
    if finding.luck is None:
        return []
    share, left = _share(finding.luck.share, lang), _share(finding.luck.left, lang)
    count = sensitivity.study.replicates
    return [phrase("sensitivity.luck", lang, share=share, left=left, n=count)]


def _cautions(finding: Finding, method: str, lang: str) -> list[str]:
    indices = finding.indices
    assert indices is not None
    found: list[str] = []
    if method == "morris" and indices.used < _USUAL_TRAJECTORIES:
        found.append(phrase("sensitivity.caution_morris", lang, n=indices.used))
    if method == "sobol":
        width = indices.columns["ST_high"] - indices.columns["ST_low"]
        if float(width.max()) > _WIDE_INTERVAL:
            found.append(phrase("sensitivity.caution_sobol", lang))
    if method in ("ranks", "rho") and len(finding.order) >= _MANY_FACTORS:
        by_luck = round(len(finding.order) * (1 - CONFIDENCE))
        found.append(phrase("sensitivity.caution_many", lang, n=len(finding.order), luck=by_luck))
    if method == "rho":
        found.append(phrase("sensitivity.caution_rho", lang))
    if indices.facts.get("rank_r2", 1.0) < _POOR_FIT:
        found.append(phrase("sensitivity.caution_ranks", lang))
    if finding.luck is not None and finding.luck.left > _MUCH_LUCK:
        found.append(phrase("sensitivity.caution_luck", lang))
    return found


def _share(value: float, lang: str) -> str:
    return percent(figure(100 * value, 1 if 0 < value < 0.01 else 0), lang)
