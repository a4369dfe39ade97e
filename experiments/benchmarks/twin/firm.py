"""What every enterprise of the twin has: its attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import mesa

from ipsim.city.bodies import CAREFUL
from ipsim.engine.draws import uniform
from ipsim.mechanisms.decisions import AGENT, SCRUPLE

if TYPE_CHECKING:
    from .bodies import Agency, Bank, Industry
    from .model import TwinModel


class Firm(mesa.Agent):
    """An enterprise, or the shell of one that founders may fill."""

    model: Any  #: the `TwinModel`
    place: int  #: number in the register
    key: int
    status: int
    size_class: int
    stage: int
    exporter: bool
    industry: Industry
    born: int
    bank: Bank
    closed: int
    sales: float
    growth: float
    margin: float
    revenue: float
    cash: float
    distress: int
    capability: float
    knowledge: float
    learned: float
    research: float
    reported_research: float
    researches: bool
    high_tech: bool
    blocked: float
    experience: int
    recent: float
    opportunism: float
    copy_hazard: float
    redress: float
    punish: float
    inventions: int
    utility_models: int
    designs: int
    protected_flow: float
    secret_flow: float
    best_flow: float
    best_strength: float
    copies: Any  #: the enterprise whose invention it copies, or None
    copy_gain: float
    copy_since: int
    copy_known: bool
    copied_by: int
    copy_loss: float
    disputes: int
    seen_copied: float
    seen_redress: float
    debt: float
    loan_rate: float
    loan_due: int
    loans: int
    covered: float
    in_sales: float
    in_subsidy: float
    in_award: float
    in_royalty: float
    in_loan: float
    in_equity: float
    out_costs: float
    out_research: float
    out_fees: float
    out_agency: float
    out_award: float
    out_royalty: float
    out_loan: float
    out_owners: float
    claim_research: float
    claim_interest: float

    def __init__(self, model: TwinModel, place: int, state: Mapping[str, Any]) -> None:
        super().__init__(model)
        self.place = place
        vars(self).update(state)
        self.suppliers: list[Any] = []
        self.customers: list[Any] = []
        self.settle_down()

    def settle_down(self) -> None:
        """Find the agencies it deals with, and its scruples: traits that stay."""
        self.careful_agency = self._agency(CAREFUL)
        self.volume_agency = self._agency(1)
        self.scruple = uniform(self.model.luck, SCRUPLE, self.key, 0, 0)

    def _agency(self, style: int) -> Agency:
        offered = [agency for agency in self.model.agencies if agency.style == style]
        return offered[int(uniform(0, AGENT, self.key, 0, style) * len(offered))]

    @property
    def patents_held(self) -> int:
        """Patents in force of all types."""
        return self.inventions + self.utility_models + self.designs
