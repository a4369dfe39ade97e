"""What the city knows in common, and what the treasury pays for."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from ipsim.city.bodies import COURT

from . import formulas


class News:
    """What happened in the city, smoothed over a year or so."""

    begun: float
    copies: float
    redressed: float
    punished: float
    used: float
    blocked_worth: float
    project_worth: float
    now_copies: float
    now_used: float
    now_begun: float
    now_redressed: float
    now_punished: float
    now_blocked_worth: float
    now_project_worth: float

    def __init__(self, state: Mapping[str, Any]) -> None:
        vars(self).update(state)

    def hazard(self) -> float:
        """Return the chance a year that a protected invention is copied."""
        return self.begun / max(1.0, self.used)

    def redress(self) -> float:
        """Return the share of the loss from copies that is made good."""
        return min(1.0, self.redressed / max(1e-9, self.begun))

    def punish(self) -> float:
        """Return the chance a year that a copier is made to pay."""
        return min(4.0, self.punished / max(1e-9, self.copies))

    def blocked(self) -> float:
        """Return the share of projects' worth lost to earlier patents."""
        return self.blocked_worth / max(1e-9, self.project_worth)

    def publish(self, parameters: Any) -> None:
        """Publish the quarter."""
        smoothed = formulas.smoothed
        self.copies = smoothed(self.copies, self.now_copies, parameters)
        self.used = smoothed(self.used, self.now_used, parameters)
        self.begun = smoothed(self.begun, 4.0 * self.now_begun, parameters)
        self.punished = smoothed(self.punished, 4.0 * self.now_punished, parameters)
        self.redressed = smoothed(self.redressed, 4.0 * self.now_redressed, parameters)
        self.blocked_worth = smoothed(self.blocked_worth, self.now_blocked_worth, parameters)
        self.project_worth = smoothed(self.project_worth, self.now_project_worth, parameters)
        self.now_copies = self.now_used = self.now_begun = self.now_punished = 0.0
        self.now_redressed = self.now_blocked_worth = self.now_project_worth = 0.0


def pay_programmes(model: Any) -> None:
    """Pay a quarter of what posts, centres and offices cost a year."""
    policy, p, spending = model.policy, model.parameters, model.spending
    quarter = 0.25 * model.scale
    staff = policy.protection_enforcement_staff
    spending.protection_enforcement_staff += quarter * staff * p.cost_post
    posts = staff * model.scale + model.bodies[COURT].posts
    faster = max(0.0, policy.protection_speed - 1.0)
    spending.protection_speed += 0.25 * faster * posts * p.cost_post
    spending.protection_monitoring += quarter * policy.protection_monitoring * p.cost_monitoring
    spending.protection_mediation += quarter * policy.protection_mediation * p.cost_mediation
    confirmed = quarter * policy.protection_judicial_confirmation * policy.protection_mediation
    spending.protection_judicial_confirmation += confirmed * p.cost_confirmation
    filings = policy.protection_rapid_centre_capacity
    spending.protection_rapid_centre += quarter * filings * p.cost_rapid
    offices = policy.utilisation_university_transfer
    spending.utilisation_university_transfer += quarter * offices * p.cost_transfer
    supervision = policy.quality_agency_supervision
    spending.quality_agency_supervision += quarter * supervision * p.cost_supervision


def counts(names: tuple[str, ...]) -> SimpleNamespace:
    """Return counts that start at nought."""
    return SimpleNamespace(**dict.fromkeys(names, 0.0))
