"""The parts of an effect, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.explanation.amounts import amounts_of
from ipsim.report.explanation.names import lever_name, mechanism_name, outcome_name
from ipsim.report.explanation.page import row
from ipsim.report.explanation.saying import by_size
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.explain import Account

_COLUMNS = ("amount", "interval", "share", "share_interval")


def table(account: Account, lang: str) -> Table:
    """Return an account: the effect, what each lever brought, what each mechanism carries."""
    lang = language(lang)
    amounts = amounts_of(account, lang)
    title = f"{outcome_name(account.outcome, lang)} · {amounts.unit}"
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    made.add_column()
    for column in _COLUMNS:
        made.add_column(phrase(f"explanation.{column}", lang), justify="right")
    whole = phrase("explanation.effect_row", lang)
    made.add_row(whole, amounts.signed(float(account.effect.mean)), amounts.interval(account.effect), "", "")
    made.add_row(f"[bold]{phrase('explanation.picture_levers', lang)}[/bold]")
    for part in by_size(account.levers):
        made.add_row(*row(part, lever_name(part.name, lang), amounts))
    made.add_row(f"[bold]{phrase('explanation.picture_paths', lang)}[/bold]")
    rest = [account.joint] if len(account.pathways) > 1 else []
    rest += [part for part in (account.left, account.outside) if part.amount.mean != 0]
    for part in (*by_size(account.pathways), *rest):
        made.add_row(*row(part, mechanism_name(part.name, lang), amounts))
    return made
