"""Outcomes that published studies have and the catalogue of indicators has not.

They are taken from the tables of a city at the end of each year, like the indicators.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ipsim.scenario.words import Words

if TYPE_CHECKING:
    from ipsim.city.state import City
    from ipsim.scenario import Scenario
    from ipsim.study.simulations import Simulation


class Tenths(NamedTuple):
    """Technical merit that bounds the worst and the best tenth of what the city filed in its first year.

    Both worlds of a city share the first year, so they share the bounds.
    """

    low: float
    high: float


YOUNG_YEARS = 5
"""Age from filing up to which a lapse counts as early."""


class Measure(NamedTuple):
    """One outcome: its unit, what it is, and how it is read off a city at the end of a year."""

    unit: str
    words: Words
    definition: str
    read: Callable[[City, Tenths], float]


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")


def _scaled(city: City, count: float) -> float:
    return float(count) / float(city.clock[0].scale)


def _filed_this_year(city: City) -> Any:
    """Return the patents that were filed in the year that ends, whatever became of them."""
    used = city.patents[: int(city.clock[0].patents)]
    return used[used.filed >= int(city.clock[0].quarter) - 4]


def tenths_of(city: City) -> Tenths:
    """Return the bounds from what was filed in the year that ends."""
    merit = _filed_this_year(city).quality
    return Tenths(*np.quantile(merit, (0.1, 0.9)).tolist()) if len(merit) else Tenths(-math.inf, math.inf)


def _low_filings(city: City, tenths: Tenths) -> float:
    return _scaled(city, (_filed_this_year(city).quality < tenths.low).sum())


def _high_filings(city: City, tenths: Tenths) -> float:
    return _scaled(city, (_filed_this_year(city).quality > tenths.high).sum())


def _small_inventions(city: City, _: Tenths) -> float:
    """Count inventions filed by micro and small enterprises, which alone pay reduced fees."""
    from ipsim.city.enterprise import SMALL
    from ipsim.city.patent import FIRM, INVENTION

    filed = _filed_this_year(city)
    mine = filed[(filed.kind == INVENTION) & (filed.owner_kind == FIRM)]
    return _scaled(city, (city.enterprises.size_class[mine.owner] <= SMALL).sum())


def _mean_value(city: City, _: Tenths) -> float:
    """Return the mean present value of what was filed: the profit flow over discount and decay."""
    p = city.parameters[0]
    filed = _filed_this_year(city)
    return _ratio(filed.flow.sum() / float(p.discount + p.value_decay), len(filed))


def _young_kept(city: City, _: Tenths) -> float:
    """Return the share of young rights that were not given up in the year, in percent."""
    from ipsim.city.patent import IN_FORCE, LAPSED

    used = city.patents[: int(city.clock[0].patents)]
    young = used[int(city.clock[0].quarter) - used.filed <= 4 * YOUNG_YEARS]
    kept = float((young.stage == IN_FORCE).sum())
    return 100.0 * _ratio(kept, kept + float((young.stage == LAPSED).sum()))


def _reported(city: City) -> float:
    from ipsim.city.enterprise import ALIVE

    return float(city.enterprises.reported_research[city.enterprises.status == ALIVE].sum())


def _real(city: City) -> float:
    from ipsim.city.enterprise import ALIVE

    return float(city.enterprises.research[city.enterprises.status == ALIVE].sum())


def _enterprise_research(city: City, _: Tenths) -> float:
    return 4.0 * _scaled(city, _real(city)) / 1000.0


def _reported_research(city: City, _: Tenths) -> float:
    return 4.0 * _scaled(city, _reported(city)) / 1000.0


def _relabelled(city: City, _: Tenths) -> float:
    return 100.0 * (1.0 - _ratio(_real(city), _reported(city)))


def _debt(city: City, _: Tenths) -> float:
    from ipsim.city.enterprise import ALIVE

    table = city.enterprises
    alive = table.status == ALIVE
    return 100.0 * _ratio(table.debt[alive].sum(), 4.0 * table.revenue[alive].sum())


MEASURES: dict[str, Measure] = {
    "filings_of_low_merit": Measure(
        "count/year",
        Words("Filings of low merit", "低质量申请"),
        "filings of all types with a technical merit that only a tenth stayed below in 2016",
        _low_filings,
    ),
    "filings_of_high_merit": Measure(
        "count/year",
        Words("Filings of high merit", "高质量申请"),
        "filings of all types with a technical merit that only a tenth passed in 2016",
        _high_filings,
    ),
    "inventions_of_small_enterprises": Measure(
        "count/year",
        Words("Inventions filed by small enterprises", "小微企业发明申请"),
        "inventions filed by micro and small enterprises, which pay reduced official fees",
        _small_inventions,
    ),
    "mean_value_filed": Measure(
        "million RMB",
        Words("Mean value of a filing", "单件申请平均价值"),
        "mean private value of the patents filed in the year, before copying",
        _mean_value,
    ),
    "young_rights_kept": Measure(
        "%",
        Words("Young rights kept up", "近五年专利维持率"),
        f"share of rights filed within {YOUNG_YEARS} years that were not given up in the year",
        _young_kept,
    ),
    "rd_of_enterprises": Measure(
        "billion RMB/year",
        Words("Real R&D of enterprises", "企业真实研发支出"),
        "what enterprises really spend on R&D, at the rate of the last quarter",
        _enterprise_research,
    ),
    "rd_reported": Measure(
        "billion RMB/year",
        Words("Reported R&D of enterprises", "企业申报研发支出"),
        "what enterprises report as R&D, relabelled expense included, at the rate of the last quarter",
        _reported_research,
    ),
    "rd_relabelled_share": Measure(
        "%",
        Words("Relabelled share of reported R&D", "虚报研发占比"),
        "other expense called R&D, as a share of what is reported",
        _relabelled,
    ),
    "debt_to_revenue": Measure(
        "%",
        Words("Pledge debt to revenue", "质押贷款余额占营收比"),
        "pledge loans outstanding at the end of the year, as a share of the revenue of a year",
        _debt,
    ),
}
"""By name, as an experiment may ask for them beside the indicators."""


def measured(scenario: Scenario, *, seed: int, scale: float | None) -> Simulation:
    """Return a simulation of ipsim that notes these measures beside the indicators."""
    from ipsim.simulation import Simulation

    class Measured(Simulation):
        """A simulation with more to note at the end of a year."""

        tenths: Tenths | None = None

        def measure(self, year: int) -> None:
            """Note the figures of a year."""
            super().measure(year)
            if self.tenths is None:
                self.tenths = tenths_of(self.city)
            for name, one in MEASURES.items():
                self.indicators[(year, name)] = one.read(self.city, self.tenths)

    return Measured(scenario, seed=seed, scale=scale)
