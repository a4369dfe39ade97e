"""The report of an explanation: one page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.report import style
from ipsim.report.alternatives import settings, title_of
from ipsim.report.command import command
from ipsim.report.drawings import keep
from ipsim.report.draws import what_ranges_hold
from ipsim.report.explanation import headline, picture
from ipsim.report.explanation.amounts import Amounts, amounts_of, share_interval, share_text
from ipsim.report.explanation.names import lever_name, mechanism_name, outcome_name
from ipsim.report.explanation.saying import sentences
from ipsim.report.frame import framed
from ipsim.report.frame import picture as placed
from ipsim.report.phrases import language, phrase
from ipsim.study.explain.design import PAIRS

if TYPE_CHECKING:
    from ipsim.study.explain import Account, Explanation, Part


def write(explanation: Explanation, folder: Path, lang: str) -> Path:
    """Write picture and page into ``folder``; return the page."""
    lang = language(lang)
    with style.styled():
        figure = picture.draw(headline(explanation), lang, _titles(explanation, lang))
        drawing = keep(figure, folder / "figures", picture.NAME)
    page = folder / "report.html"
    page.write_text(render(explanation, drawing, lang), encoding="utf-8")
    return page


def _titles(explanation: Explanation, lang: str) -> tuple[str, str]:
    """Return titles that tell base and alternative apart."""
    comparison = explanation.comparison
    (name,) = comparison.alternatives
    return comparison.base.scenario.title.of(lang), title_of(comparison, name, lang)


def render(explanation: Explanation, drawing: str, lang: str) -> str:
    """Return the page as HTML."""
    base = explanation.comparison.base
    ((_, alternative),) = explanation.comparison.alternatives.items()
    names = _titles(explanation, lang)
    drawn = outcome_name(headline(explanation).outcome, lang)
    heading = phrase("explanation.heading", lang, outcome=drawn)
    reading = phrase("explanation.reading", lang)
    pairs = pairs_text(base.replicates, lang)
    orders = 0 if explanation.design.is_exact else 2 * PAIRS
    content = {
        "city": base.scenario.city.name.of(lang),
        "first": base.scenario.start_year,
        "last": base.scenario.end_year,
        "base": names[0],
        "alternative": names[1],
        "pairs": pairs,
        "runs": explanation.runs,
        "scale": f"{base.scale:g}",
        "said": [
            (outcome_name(account.outcome, lang), sentences(account, lang))
            for account in explanation.accounts
        ],
        "heading": heading,
        "reading": reading,
        "picture": placed(drawing, picture.NAME, f"{heading}. {reading}"),
        "sampled": phrase("explanation.table_sampled", lang, orders=orders) if orders else "",
        "tables": [_tables(account, lang) for account in explanation.accounts],
        "how": [
            phrase("explanation.how_pairs", lang, n=pairs),
            *filter(None, [what_ranges_hold(explanation.comparison.results.values(), lang)]),
            phrase("explanation.how_shares", lang),
            phrase("explanation.how_cut", lang),
        ],
        "settings": settings(base.scenario, alternative.scenario, lang),
        "command": _command(explanation, lang),
    }
    return framed("explanation.html.j2", "explanation", lang, content)


def pairs_text(count: int, lang: str) -> str:
    """Return how many pairs of runs there are, in words."""
    return phrase("contrast.pairs_one", lang) if count == 1 else phrase("contrast.pairs_many", lang, n=count)


def _tables(account: Account, lang: str) -> dict[str, Any]:
    """Return the rows of one outcome: name, amount, interval, share, interval of the share."""
    amounts = amounts_of(account, lang)
    paths = [*account.pathways]
    if len(paths) > 1:
        paths.append(account.joint)
    paths += [part for part in (account.left, account.outside) if part.amount.mean != 0]
    return {
        "title": outcome_name(account.outcome, lang),
        "unit": amounts.unit,
        "effect": [amounts.signed(float(account.effect.mean)), amounts.interval(account.effect)],
        "levers": [row(part, lever_name(part.name, lang), amounts) for part in account.levers],
        "paths": [row(part, mechanism_name(part.name, lang), amounts) for part in paths],
    }


def row(part: Part, name: str, amounts: Amounts) -> list[str]:
    """Return a part as the cells of a table."""
    return [
        name,
        amounts.signed(float(part.amount.mean)),
        amounts.interval(part.amount),
        share_text(float(part.share.mean), amounts.lang),
        share_interval(part.share, amounts.lang),
    ]


def _command(explanation: Explanation, lang: str) -> str | None:
    """Return the command that repeats the explanation, or None where there is none."""
    pair = [explanation.comparison.base, *explanation.comparison.alternatives.values()]
    more = [part for account in explanation.accounts for part in ("--indicator", account.outcome.indicator)]
    more += [part for year in explanation.years for part in ("--year", str(year))]
    return command("explain", pair, lang, *more, "--by", explanation.design.change.by)
