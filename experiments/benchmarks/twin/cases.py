"""Cases before enforcement bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipsim.city.bodies import COURT, MEDIATION
from ipsim.city.enterprise import ALIVE
from ipsim.engine.draws import uniform
from ipsim.mechanisms.decisions import HOLDS, SETTLE, VERDICT

from . import formulas

if TYPE_CHECKING:
    from .bodies import Body
    from .model import TwinModel


class Case:
    """A complaint against a copier."""

    def __init__(self, model: TwinModel, plaintiff: Any, defendant: Any, body: Body) -> None:
        self.model = model
        self.key: int = plaintiff.key * 1000003 + defendant.key % 1000003
        self.plaintiff = plaintiff
        self.defendant = defendant
        self.body = body
        self.loss: float = defendant.copy_gain * model.parameters.loss_per_gain
        self.strength: float = plaintiff.best_strength
        self.filed = model.quarter
        self.copy_since: int = defendant.copy_since
        self.open = True

    def decide(self) -> None:
        """Decide if the procedure is over and the body has the capacity."""
        model, body = self.model, self.body
        if not self.open:
            return
        if model.quarter - self.filed < body.quarters_needed() or body.capacity < 1.0:
            return
        body.capacity -= 1.0
        body.carried = body.capacity
        live = self.plaintiff.status == ALIVE and self.defendant.status == ALIVE
        copies = self.defendant.copies is self.plaintiff
        if live and copies and self.holder_wins() and self.is_kept():
            self.give_redress()
        self.open = False
        body.backlog -= 1
        self.plaintiff.disputes -= 1
        self.defendant.disputes -= 1
        model.tally.decided += 1.0
        model.tally.case_quarters += model.quarter - self.filed + 0.5

    def holder_wins(self) -> bool:
        """Draw whether the right holds, and whether the body sees it rightly."""
        holds = uniform(self.model.luck, HOLDS, self.key, self.filed, 0) < self.strength
        errs = uniform(self.model.luck, VERDICT, self.key, self.filed, 0) < self.body.error
        return holds != errs

    def is_kept(self) -> bool:
        """Tell whether the outcome is kept: settlements may be broken."""
        if self.body.kind != MEDIATION:
            return True
        u = uniform(self.model.luck, SETTLE, self.key, self.filed, 0)
        return u < formulas.kept_settlements(self.model.policy, self.model.parameters)

    def damages(self) -> float:
        """Return what the copier has to pay."""
        policy, p = self.model.policy, self.model.parameters
        years = min(0.25 * (self.model.quarter - self.copy_since + 1), 3.0)
        if self.body.kind == COURT:
            return formulas.expected_damages(self.loss * years, policy, p)
        if self.body.kind == MEDIATION:
            return formulas.settlement(self.loss * years, policy, p)
        return 0.0

    def made_good(self, paid: float) -> float:
        """Return the share of a copy's whole loss that is made good."""
        lasts = self.model.parameters.copy_lasts
        years = min(0.25 * (self.model.quarter - self.copy_since + 1), lasts)
        stopped = 1.0 - years / lasts
        compensated = min(1.0, paid / max(1e-9, self.loss * years))
        return stopped + (1.0 - stopped) * compensated

    def give_redress(self) -> None:
        """Make the copier stop and pay the holder, as far as its means go."""
        model, holder, copier = self.model, self.plaintiff, self.defendant
        paid = min(self.damages(), max(0.0, copier.cash) + 0.5 * copier.sales)
        copier.cash -= paid
        copier.out_award += paid
        holder.cash += paid
        holder.in_award += paid
        copier.stop_copying()
        good = self.made_good(paid)
        holder.seen_redress += good
        model.news.now_redressed += good
        model.news.now_punished += 1.0
        model.tally.awards += paid
