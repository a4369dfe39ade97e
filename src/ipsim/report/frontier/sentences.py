"""What a search found, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ipsim.report.frontier.amounts import Measure, budget_words, counted_words, measures
from ipsim.report.labels import words_of
from ipsim.report.numbers import figure, percent
from ipsim.report.phrases import phrase
from ipsim.study.search.rivals import Rivalry, gains, rivalry

if TYPE_CHECKING:
    from ipsim.study.search import Goal, Over, SearchResult


def in_short(result: SearchResult, lang: str) -> list[str]:
    """Return what a reader in haste should know."""
    if not len(result.frontier):
        return [nothing(result, lang)]
    sentences = [_lead(result, lang)]
    sentences += [_best(result, place, lang) for place in range(len(result.settings.goals))]
    found = rivalry(result)
    if found is not None:
        sentences += [_rivals(result, found, lang), _checked(result, found, lang)]
    if result.failed_worlds:
        sentences.append(phrase("search.failed", lang, n=result.failed_worlds))
    return [sentence for sentence in sentences if sentence]


def nothing(result: SearchResult, lang: str) -> str:
    """Return that no policy keeps to the budget, and what the cheapest costs."""
    budget = result.settings.budget
    costs = result.searched.every.cost(budget)
    cost = measures(result.settings, lang)[-1]
    cheapest = cost.with_unit(float(np.nanmin(costs)), lang) if np.isfinite(costs).any() else "–"
    return phrase("search.nothing", lang, budget=budget_words(budget, lang), cheapest=cheapest)


def _lead(result: SearchResult, lang: str) -> str:
    count = len(result.frontier)
    key = "search.lead_one" if count == 1 else "search.lead"
    values = {"policies": len(result.searched.every)} | ({} if count == 1 else {"n": count})
    return phrase(key, lang, **values)


def _best(result: SearchResult, place: int, lang: str) -> str:
    """Say which policy does best in a goal, and how that holds where the search never looked."""
    settings, front = result.settings, result.frontier
    column = measures(settings, lang)
    goal, cost = column[place], column[-1]
    values = front.goals(settings)[:, place]
    best = int(np.argmax(values * goal.sign))
    said = phrase(
        "search.best",
        lang,
        number=best + 1,
        goal=goal.words,
        value=goal.with_unit(float(values[best]), lang),
        worlds=settings.worlds + settings.final_worlds,
        base=goal.with_unit(float(result.final_base.goals(settings)[0, place]), lang),
        scenario=result.study.scenario.title.of(lang),
        cost=cost.with_unit(float(front.cost(settings.budget)[best]), lang),
    )
    checked = gains(result, checked=True)
    if not checked or np.isnan(checked[best][place].low):
        return said
    gain = checked[best][place]
    key = (
        "search.best_checked_sure"
        if gain.sure and gain.mean * goal.sign > 0
        else "search.best_checked_unsure"
    )
    there = phrase(
        key,
        lang,
        worlds=settings.check_worlds,
        gain=goal.signed(gain.mean),
        unit=goal.unit,
        low=goal.signed(gain.low),
        high=goal.signed(gain.high),
    )
    return f"{said}{'' if lang == 'zh' else ' '}{there}"


def _rivals(result: SearchResult, found: Rivalry, lang: str) -> str:
    said = [
        phrase(
            "search.rivals",
            lang,
            n=found.policies,
            beaten=share(found.beaten, lang),
            search=share(found.search, lang),
            random=share(found.random, lang),
            tried=len(result.searched.every),
        )
    ]
    if len(result.searched.every) > found.policies:
        said.append(phrase("search.rivals_equal", lang, equal=share(found.search_at_equal_effort, lang)))
    said += [
        phrase(
            "search.rivals_best",
            lang,
            goal=one.words,
            search=one.signed(found.best[one.place]),
            random=one.signed(found.best_random[one.place]),
        )
        for one in measures(result.settings, lang)[:-1]
    ]
    return ("" if lang == "zh" else " ").join(said)


def _checked(result: SearchResult, found: Rivalry, lang: str) -> str:
    front = result.checked_frontier
    if front is None:
        return ""
    return phrase(
        "search.check",
        lang,
        worlds=result.settings.check_worlds,
        search=share(found.checked, lang),
        random=share(found.checked_random, lang),
        beaten=share(found.fronts_beaten_checked, lang),
        lost=share(found.frontier_beaten_checked, lang),
        within=int(front.within(result.settings.budget).sum()),
        n=len(front),
    )


def how(result: SearchResult, lang: str) -> list[str]:
    """Return how the search went about it, a sentence or two a subject."""
    settings = result.settings
    goals = [
        _goal(goal, one, lang) for goal, one in zip(settings.goals, measures(settings, lang), strict=False)
    ]
    goals += [phrase("search.how_cost", lang)] if settings.spend_less else []
    gap = phrase("search.list_gap", lang)
    said = [
        phrase(
            "search.how_goals",
            lang,
            goals=gap.join(goals),
            counted=counted_words(settings.budget, lang),
            budget=budget_words(settings.budget, lang),
        )
    ]
    over = gap.join(words_of(factor, lang) for factor in settings.uncertain)
    if over:
        said.append(phrase("search.how_worlds", lang, worlds=settings.worlds, over=over))
    else:
        said.append(phrase("search.how_luck", lang, worlds=settings.worlds))
    said.append(
        phrase(
            "search.how_search",
            lang,
            population=settings.population,
            generations=settings.generations,
            pilots=result.pilots,
        )
    )
    if settings.final_worlds:
        said.append(
            phrase(
                "search.how_final",
                lang,
                finalists=len(result.searched.finalists),
                worlds=settings.final_worlds,
                all=settings.worlds + settings.final_worlds,
            )
        )
    if len(result.random.every):
        within = len(result.random.within(settings))
        said.append(phrase("search.how_random", lang, tried=len(result.random.every), n=within))
    return [*said, phrase("search.how_limits", lang)]


def _goal(goal: Goal, measure: Measure, lang: str) -> str:
    direction = phrase("search.more" if goal.maximise else "search.less", lang)
    return phrase(
        "search.how_goal", lang, words=measure.words, direction=direction, over=_over(goal.over, lang)
    )


def _over(over: Over, lang: str) -> str:
    share_of = {"share": f"{over.share:g}"} if over.kind == "quantile" else {}
    return phrase(f"search.{over.kind}", lang, **share_of)


def share(value: float, lang: str) -> str:
    """Return a share in percent; what is nearly all is not said to be all."""
    hundred = 100 * value
    whole = hundred in (0, 100) or 10 <= hundred <= 99
    return percent(figure(hundred, 0 if whole else 1), lang)
