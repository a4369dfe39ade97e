"""The levers of a study that changes one at a time: what their doses cost, and what they bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from estimate import Estimate, Floats
from money import bought, ratio
from sheet import Sheet

from ipsim.report import style

SUM = 300.0
"""RMB million over ten years at which levers are compared: what most of them can absorb."""

SIZES = (100.0, 300.0, 1000.0)
"""Sums at which diminishing returns are shown."""

SMALL = 100.0
"""A lever whose largest dose costs less than this is told apart: it can't take 100 million."""

FAMILIES = {
    "R&D subsidy": style.BLUE,
    "filing subsidies": style.ORANGE,
    "grant rewards": style.RED,
    "quality": style.GREEN,
    "protection": style.PURPLE,
    "pledge finance": style.SKY,
    "universities": style.BROWN,
}
OTHER = style.MUTED
"""Colour of a lever that the study has and this report does not know."""

LEVERS = {
    "subsidies.research": ("R&D subsidy", "R&D subsidy", "share of R&D"),
    "subsidies.filing.invention": ("filing subsidies", "filing, inventions", "RMB"),
    "subsidies.filing.utility_model": ("filing subsidies", "filing, utility models", "RMB"),
    "subsidies.filing.design": ("filing subsidies", "filing, designs", "RMB"),
    "subsidies.grant.invention": ("grant rewards", "grant, inventions", "RMB"),
    "subsidies.grant.utility_model": ("grant rewards", "grant, utility models", "RMB"),
    "subsidies.grant.design": ("grant rewards", "grant, designs", "RMB"),
    "subsidies.high_value": ("quality", "quality awards", "RMB"),
    "quality.agency_supervision": ("quality", "supervision of agencies", ""),
    "protection.strength": ("protection", "protection dial", ""),
    "protection.enforcement_staff": ("protection", "enforcement posts", "posts"),
    "protection.damages": ("protection", "damages", "times the loss"),
    "protection.monitoring": ("protection", "monitoring", ""),
    "protection.speed": ("protection", "speed of cases", "times normal"),
    "protection.mediation": ("protection", "mediation", "cases a year"),
    "protection.judicial_confirmation": ("protection", "judicial confirmation", "share"),
    "protection.rapid_centre.capacity": ("protection", "rapid centre", "filings a year"),
    "utilisation.pledge_fund.capital": ("pledge finance", "fund: capital", "RMB million"),
    "utilisation.pledge_fund.loss_share": ("pledge finance", "fund: share of loss", "share"),
    "utilisation.pledge_fund.interest_subsidy": ("pledge finance", "interest subsidy", "share"),
    "utilisation.pledge_fund.first_loan_bonus": ("pledge finance", "first-loan bonus", "share"),
    "utilisation.university_transfer": ("universities", "transfer offices", ""),
}


class Good(NamedTuple):
    """Something that money may buy; ``narrow`` are title and unit where there is little room."""

    outcome: str
    title: str
    unit: str
    narrow: tuple[str, str] = ("", "")


GOODS = (
    Good(
        "high_value",
        "High-value inventions",
        "in force at the end of 2030",
        ("High-value inventions", "end of 2030"),
    ),
    Good(
        "quality_weighted",
        "Quality-weighted grants",
        "2021–2030",
        ("Weighted grants", "by quality, 2021–2030"),
    ),
    Good("research", "R&D", "RMB billion, 2021–2030"),
    Good(
        "lending",
        "Pledge lending",
        "RMB billion, 2021–2030",
        ("Pledge lending", "RMB billion, 2021–2030"),
    ),
    Good("revenue", "Revenue", "RMB billion in 2030"),
    Good("pattern", "2030 pattern", "points of 100, 2028–2030", ("2030 pattern", "points, 2028–2030")),
)


@dataclass(frozen=True)
class Lever:
    """A lever with its doses: differences from the base, shape (doses, seeds)."""

    key: str
    doses: tuple[float, ...]
    costs: Floats
    gains: dict[str, Floats]
    left: Floats

    @property
    def family(self) -> str:
        """What it belongs to."""
        return LEVERS[self.key][0] if self.key in LEVERS else "other"

    @property
    def name(self) -> str:
        """Short name."""
        return LEVERS[self.key][1] if self.key in LEVERS else self.key

    @property
    def colour(self) -> str:
        """Colour of its family."""
        return FAMILIES.get(self.family, OTHER)

    def dose(self, place: int) -> str:
        """Return a dose with its unit."""
        unit = LEVERS[self.key][2] if self.key in LEVERS else ""
        return f"{self.doses[place]:,g} {unit}".strip()

    @property
    def most(self) -> float:
        """What its largest dose costs, RMB million."""
        return float(self.costs.mean(axis=1).max())

    @property
    def takes_money(self) -> bool:
        """Whether it can take a sum worth comparing."""
        return self.most >= SMALL

    def each(self, outcome: str, money: float) -> Estimate:
        """Return what each 100 million buys in a programme of that size.

        Where the largest dose does not surely cost so much, of the largest dose.
        """
        inside = bought(self.costs, self.gains[outcome], money).times(100 / money)
        if not np.isnan(inside.mean):
            return inside
        dose = int(self.costs.mean(axis=1).argmax())
        return ratio(self.gains[outcome][dose], self.costs[dose]).times(100)


def levers_of(sheet: Sheet) -> list[Lever]:
    """Return the levers of a study that changes one at a time."""
    names = [next(iter(point.values), "") for point in sheet.points]
    found: list[Lever] = []
    for factor in sheet.study.factors:
        places = [place for place, name in enumerate(names) if name == factor.name]
        doses = tuple(float(str(sheet.points[place].values[factor.name])) for place in places)
        gains = {good.outcome: _against(sheet, good.outcome, places) for good in GOODS}
        short = factor.key.removeprefix("policy.")
        costs, left = _against(sheet, "cost", places), _against(sheet, "left_in_fund", places)
        found.append(Lever(short, doses, costs, gains, left))
    return found


def _against(sheet: Sheet, outcome: str, places: list[int]) -> Floats:
    values = sheet.outcome(outcome)
    return values[places] - values[0]


def ordered(levers: list[Lever], outcome: str) -> list[Lever]:
    """Return the levers that take money, the one that buys most first."""
    there = [lever for lever in levers if lever.takes_money]
    return sorted(there, key=lambda lever: -lever.each(outcome, SUM).mean)
