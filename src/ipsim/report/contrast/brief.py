"""A comparison in a few sentences: what is sure, what is not, what it costs, what it brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ipsim.report.alternatives import title_of
from ipsim.report.contrast.numbers import told
from ipsim.report.contrast.ranking import turning_sentences
from ipsim.report.contrast.worth import chance_sentence, price_sentence
from ipsim.report.phrases import language, phrase
from ipsim.study.comparison.headline import HEADLINE

if TYPE_CHECKING:
    from ipsim.study import Comparison
    from ipsim.study.comparison.turning import Turning


def titles_of(comparison: Comparison, lang: str) -> dict[str, str]:
    """Return the title of each scenario by name, the base first, told apart from one another."""
    others = {name: title_of(comparison, name, lang) for name in comparison.alternatives}
    return {comparison.base_name: comparison.base.scenario.title.of(lang), **others}


def in_short(comparison: Comparison, lang: str, turning: Turning | None) -> list[str]:
    """Return a line for each alternative, and one on what would turn it over."""
    titles = titles_of(comparison, language(lang))
    lines = [
        phrase("contrast.titled", lang, title=titles[name], text=short(comparison, name, titles, lang))
        for name in comparison.alternatives
    ]
    if turning is not None:
        text = phrase("page.sentence_gap", lang).join(turning_sentences(comparison, turning, titles, lang))
        lines.append(phrase("contrast.titled", lang, title=phrase("contrast.turning", lang), text=text))
    return lines


def short(comparison: Comparison, alternative: str, titles: Mapping[str, str], lang: str) -> str:
    """Return what there is to say of an alternative, in a few sentences."""
    if comparison.base.replicates == 1:
        return phrase("contrast.one_pair", lang)
    texts = (
        _headline(comparison, alternative, titles, lang),
        price_sentence(comparison, alternative, lang),
        chance_sentence(comparison, alternative, titles, lang),
    )
    said = phrase("page.sentence_gap", lang).join(text for text in texts if text)
    return said or phrase("contrast.no_numbers", lang)


def _headline(comparison: Comparison, alternative: str, titles: Mapping[str, str], lang: str) -> str:
    """Return the headline numbers that differ for sure, and the names of the others.

    Public cost is left to the sentence on the price of a patent where there is one.
    """
    found = {name: one for name, one in comparison.differences[alternative].items() if name in HEADLINE}
    if not found:
        return ""
    if all(one.nothing for one in found.values()):
        return phrase("contrast.alike", lang)
    if alternative in comparison.prices:
        found.pop("public_cost")
    sure = [told(name, one, comparison, lang) for name, one in found.items() if one.sure]
    unsure = [phrase(f"contrast.name_{name}", lang) for name, one in found.items() if not one.sure]
    texts: list[str] = []
    if sure:
        scenario = comparison.base.scenario
        years = {"first": scenario.start_year, "last": scenario.end_year}
        changes = phrase("contrast.change_between", lang).join(sure)
        base = titles[comparison.base_name]
        texts.append(phrase("contrast.told_apart", lang, base=base, changes=changes, **years))
    if unsure:
        texts.append(phrase("contrast.not_told", lang, names=_listed(unsure, lang)))
    return phrase("page.sentence_gap", lang).join(texts)


def _listed(names: list[str], lang: str) -> str:
    """Return names as people list them: a, b or c."""
    if len(names) == 1:
        return names[0]
    first = phrase("contrast.list_comma", lang).join(names[:-1])
    return phrase("contrast.name_last", lang, names=first, last=names[-1])
