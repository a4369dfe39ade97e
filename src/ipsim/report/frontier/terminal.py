"""The policies of the frontier, for the terminal: a column a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.frontier.amounts import Measure, budget_words, measures
from ipsim.report.frontier.chosen import spread_along
from ipsim.report.labels import text_of
from ipsim.report.phrases import language, phrase
from ipsim.study.search.rivals import Gain, gains

if TYPE_CHECKING:
    from ipsim.study.search import SearchResult

_MOST = 5


def table(result: SearchResult, lang: str) -> Table:
    """Return goals and cost, what is gained in worlds that the search never saw, and the levers."""
    lang = language(lang)
    settings, front = result.settings, result.frontier
    shown = spread_along(result, _MOST)
    title = phrase("search.table_title", lang, budget=budget_words(settings.budget, lang))
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    made.add_column("")
    made.add_column(phrase("search.as_is", lang), justify="right")
    for place in shown:
        made.add_column(phrase("search.policy_number", lang, number=place + 1), justify="right")
    values = [*front.goals(settings).T, front.cost(settings.budget)]
    base = [*result.final_base.goals(settings)[0], result.final_base.cost(settings.budget)[0]]
    checked = gains(result, checked=True)
    for one in measures(settings, lang):
        numbers = [base[one.place], *values[one.place][shown]]
        made.add_row(one.labelled(lang), *(one.shown(float(number)) for number in numbers))
        if checked:
            cells = [_gain(one, checked[place][one.place], lang) for place in shown]
            made.add_row(f"[dim]{phrase('search.gain_short', lang)}[/dim]", "", *cells)
    for factor in result.study.factors:
        policies = [front.policies[place] for place in shown]
        levers = ["" if one is None else text_of(one.values[factor.name]) for one in policies]
        made.add_row(factor.name, "", *levers)
    return made


def _gain(measure: Measure, gain: Gain, lang: str) -> str:
    """Return a gain, grey where its interval spans nought."""
    text = measure.gained(gain, lang)
    return text if gain.sure else f"[dim]{text}[/dim]"
