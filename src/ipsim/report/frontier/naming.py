"""What the scenario files of a frontier call themselves, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipsim.report.frontier.amounts import budget_words, measures
from ipsim.report.phrases import phrase
from ipsim.scenario.words import LANGUAGES, Words

if TYPE_CHECKING:
    from ipsim.study.search import SearchResult


def named(result: SearchResult, place: int) -> Words:
    """Return the name of a policy of the frontier, by its place from 0."""
    return Words(*(_name(result, place, lang) for lang in LANGUAGES))


def described(result: SearchResult, place: int) -> Words:
    """Return what the search found of a policy, in a sentence."""
    return Words(*(_description(result, place, lang) for lang in LANGUAGES))


def _name(result: SearchResult, place: int, lang: str) -> str:
    budget = budget_words(result.settings.budget, lang)
    return phrase("search.name", lang, number=place + 1, of=len(result.frontier), budget=budget)


def _description(result: SearchResult, place: int, lang: str) -> str:
    front, settings = result.frontier, result.settings
    numbers = [*front.goals(settings)[place], front.cost(settings.budget)[place]]
    values = [
        phrase(
            "search.description_value",
            lang,
            words=one.words,
            value=one.with_unit(float(number), lang),
        )
        for one, number in zip(measures(settings, lang), numbers, strict=True)
    ]
    return phrase(
        "search.description",
        lang,
        study=result.study.name,
        policies=len(result.searched.every),
        worlds=settings.worlds + settings.final_worlds,
        values=phrase("search.description_gap", lang).join(values),
    )
