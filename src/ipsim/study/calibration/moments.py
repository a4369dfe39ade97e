"""Moments: figures of a run that no yearly indicator holds but that published figures speak of.

`Surveyed` is the simulation with a surveyor: its record has, besides the indicators, entries
``(year, "moment.NAME")`` for every name of `MOMENTS` that the run is long enough to give.
"""

from __future__ import annotations

from typing import NamedTuple

from ipsim.scenario import Scenario
from ipsim.simulation import Simulation
from ipsim.study.calibration.survey import Survey

PREFIX = "moment."


class Moment(NamedTuple):
    """What a moment is, in which unit."""

    unit: str
    meaning: str


MOMENTS: dict[str, Moment] = {
    name: Moment(unit, meaning)
    for name, unit, meaning in (
        ("value_sigma", "log points", "spread of log value at grant, inventions of enterprises so far"),
        ("value_top5", "share", "share of that value held by the top 5 %"),
        ("value_tail", "exponent", "Pareto exponent (CDF) of the top 5 % of values"),
        ("applicant_exponent", "exponent", "density exponent of filings per applicant in five years, from 3"),
        ("research_between", "R2", "squared correlation of patents and R&D between firms, 8 years at most"),
        ("research_within", "R2", "the same within firms over time"),
        ("share_researching", "share", "enterprises above scale that do R&D at the end of the year"),
        ("share_filing", "share", "enterprises above scale that filed in the year"),
        ("firm_size_exponent", "exponent", "Pareto exponent (CDF) of yearly revenue above scale"),
        ("customers_exponent", "exponent", "tail exponent (CDF) of customers per enterprise, from 10"),
        ("links", "links", "supply links per enterprise (mean degree)"),
        ("lapse5_invention", "share", "inventions granted 2016-2018 that lapsed by their fifth anniversary"),
        ("lapse5_utility_model", "share", "the same of utility models"),
        ("lapse5_design", "share", "the same of designs"),
        ("use_joint", "share", "inventions in use: made by universities with firms"),
        ("use_micro", "share", "inventions in use: of micro enterprises"),
        ("use_medium", "share", "inventions in use: of medium enterprises"),
        ("relabelled", "share", "reported R&D of the year that is relabelled expense"),
        ("abroad", "share", "invention filings with a family abroad, since 2016"),
        ("university_licensed", "share", "university inventions in force that are licensed or sold"),
        ("university_price", "million RMB", "mean price of a university transfer since 2016"),
        ("pledge_default", "share", "pledge loans ended since 2016 that were lost"),
        ("pledge_loan", "million RMB", "mean pledge loan since 2016, money lent"),
        ("research", "million RMB", "R&D that enterprises really did in the year, whole city"),
        ("research_cost", "share", "what an RMB of R&D costs an enterprise after the subsidy"),
        *(
            (f"{what}_{kind}", "RMB", f"{meaning}, mean of the year's {words}")
            for what, meaning in (
                ("filing_cost", "official fee and agency less subsidy at filing"),
                ("filing_subsidy", "subsidy at filing"),
            )
            for kind, words in (
                ("invention", "inventions"),
                ("utility_model", "utility models"),
                ("design", "designs"),
            )
        ),
    )
}
"""Every moment by name, without the prefix."""


class Surveyed(Simulation):
    """A simulation whose record holds the moments besides the indicators.

    It runs exactly as the simulation does: the surveyor only looks. Which years a moment
    comes in is in `Survey`; it asks for no horizon.

    Parameters
    ----------
    scenario, seed, scale
        As for `ipsim.simulation.Simulation`.
    """

    def __init__(self, scenario: Scenario, seed: int = 1, scale: float | None = None) -> None:
        super().__init__(scenario, seed, scale)
        self.survey = Survey(self.city)

    def end_quarter(self) -> None:
        """Survey the quarter before ended rights and the year's counts are put away."""
        year, last = self.year, self.quarter % 4 == 3
        self.survey.quarter_ends(self.city)
        if last:
            for name, value in self.survey.year_ends(self.city).items():
                self.indicators[year, PREFIX + name] = value
        super().end_quarter()
