"""What the surveyor notes, of a city of a few rows made by hand."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ipsim.city.bodies import AGENCY, UNIVERSITY_RECORD
from ipsim.city.enterprise import ALIVE, ENTERPRISE, LARGE, MEDIUM, MICRO
from ipsim.city.government import CLOCK, TALLY
from ipsim.city.patent import DESIGN, FIRM, IN_FORCE, INVENTION, LAPSED, PATENT, UNIVERSITY, UTILITY_MODEL
from ipsim.city.state import PARAMETERS, POLICY
from ipsim.study.calibration.survey import Survey, filings_by_applicant, use_figures

RMB = 1e-6


def small_city(patents: int = 0, enterprises: int = 3) -> Any:
    city = SimpleNamespace(
        enterprises=ENTERPRISE.table(enterprises),
        patents=PATENT.table(patents + 4),
        universities=UNIVERSITY_RECORD.table(1),
        agencies=AGENCY.table(2),
        clock=CLOCK.table(1),
        tally=TALLY.table(1),
        policy=POLICY.table(1),
        parameters=PARAMETERS.table(1),
        suppliers=np.full((enterprises, 4), -1, np.int32),
    )
    city.clock[0].patents = patents
    city.clock[0].scale = 0.5
    city.enterprises.key[:] = np.arange(1, enterprises + 1)
    city.enterprises.status[:] = ALIVE
    city.parameters[0].discount, city.parameters[0].value_decay = 0.1, 0.1
    city.parameters[0].small_below = 20.0
    return city


def run_years(city: Any, survey: Survey, years: int, each: Any = None) -> list[dict[str, float]]:
    """Let quarters pass in which nothing happens but what ``each`` does."""
    found: list[dict[str, float]] = []
    for quarter in range(4 * years):
        city.clock[0].quarter = quarter
        if each is not None:
            each(quarter)
        survey.quarter_ends(city)
        if quarter % 4 == 3:
            found.append(survey.year_ends(city))
    return found


def test_a_cohort_is_counted_at_its_fifth_anniversary() -> None:
    city = small_city(patents=6)
    rows = city.patents
    rows.stage[:] = IN_FORCE
    rows.filed[:] = -8
    rows.kind[:6] = [INVENTION, INVENTION, INVENTION, INVENTION, DESIGN, INVENTION]
    rows.granted[:6] = [0, 0, 11, 11, 3, 12]  # the last one came too late

    def lapse(quarter: int) -> None:
        if quarter == 20:
            rows.stage[0] = LAPSED  # at the anniversary itself
        if quarter == 21:
            rows.stage[1] = LAPSED  # after it
        if quarter == 31:
            rows.stage[2] = LAPSED
            rows.stage[5] = LAPSED

    found = run_years(city, Survey(city), 9, lapse)
    assert found[7]["lapse5_invention"] == 0.5  # two of four
    assert found[7]["lapse5_design"] == 0.0
    assert math.isnan(found[7]["lapse5_utility_model"])
    assert all("lapse5_invention" not in year for n, year in enumerate(found) if n != 7)


def test_filings_cost_fee_and_agency_less_subsidy() -> None:
    city = small_city(patents=4)
    city.enterprises.size_class[:] = [MICRO, MEDIUM, LARGE]
    city.policy[0].national_fee_reduction = 0.85
    city.policy[0].subsidies_filing_invention = 1500.0
    city.agencies.fee_invention[:] = [6000 * RMB, 3500 * RMB]
    city.agencies.fee_other[:] = [2500 * RMB, 1000 * RMB]
    city.agencies.trifle_price[:] = [9000 * RMB, 70 * RMB]
    rows = city.patents
    rows.kind[:4] = [INVENTION, INVENTION, INVENTION, UTILITY_MODEL]
    rows.owner[:4] = [0, 2, 0, 1]
    rows.owner_kind[:4] = [FIRM, FIRM, UNIVERSITY, FIRM]
    rows.agency[:4] = [1, 0, 0, 1]
    rows.trifle[:4] = [0, 0, 0, 1]
    rows.filed[:4] = 0
    rows.granted[:4] = -32000
    first, second = run_years(city, Survey(city), 2)
    inventions = [510 + 3500 - 1500, 3400 + 6000 - 1500, 510 + 6000 - 1500]
    assert first["filing_cost_invention"] == pytest.approx(np.mean(inventions))
    assert first["filing_cost_utility_model"] == pytest.approx(500 + 1000 + 70)
    assert first["filing_subsidy_invention"] == pytest.approx(1500)
    assert first["filing_subsidy_utility_model"] == 0.0
    assert math.isnan(second["filing_cost_invention"])  # nothing was filed then


def test_values_are_of_inventions_granted_to_enterprises() -> None:
    city = small_city(patents=12)
    rows = city.patents
    rows.filed[:] = -4
    rows.granted[:12] = 1
    rows.stage[:12] = IN_FORCE
    rows.flow[:10] = np.exp([0.0, 2.0] * 5)
    rows.flow[10:12] = 1e9
    rows.kind[10], rows.owner_kind[11] = UTILITY_MODEL, UNIVERSITY
    found = run_years(city, Survey(city), 1)[0]
    assert found["value_sigma"] == pytest.approx(1.0)


def test_a_row_that_was_founded_anew_is_another_applicant() -> None:
    keys = np.array([[1, 2, 3], [1, 102, 3]])
    filings = np.array([[2.0, 5.0, 0.0], [1.0, 4.0, 0.0]])
    assert sorted(filings_by_applicant(keys, filings)) == [3.0, 4.0, 5.0]
    city = small_city()
    survey = Survey(city)
    city.enterprises.experience[:] = [3, 2, 0]

    def rebirth(quarter: int) -> None:
        if quarter == 5:
            city.enterprises.key[1] += 100
            city.enterprises.experience[:] = [4, 1, 0]

    run_years(city, survey, 2, rebirth)
    books = list(survey._books)
    assert [book.filings.tolist() for book in books] == [[3.0, 2.0, 0.0], [1.0, 1.0, 0.0]]
    assert [book.keys[1] for book in books] == [2, 102]


def test_counts_since_the_start_are_summed_and_those_of_the_year_are_not() -> None:
    city = small_city()
    tally = city.tally[0]
    tally.loans, tally.lent, tally.loans_ended, tally.loans_lost = 4, 20.0, 5, 1
    tally.research, tally.reported_research = 60.0, 80.0
    tally.university_transfers, tally.filed_invention, tally.filed_abroad = 2, 16, 1
    city.universities.in_royalty[0] = 0.25  # in every quarter
    survey = Survey(city)
    first = run_years(city, survey, 1)[0]
    assert first["pledge_loan"] == 5.0
    assert first["pledge_default"] == 0.2
    assert first["relabelled"] == 0.25
    assert first["research"] == 120.0  # half of the city is simulated
    assert first["abroad"] == 1 / 16
    assert first["university_price"] == 0.5
    tally.loans, tally.lent, tally.loans_ended, tally.loans_lost = 1, 30.0, 5, 0
    tally.reported_research = 60.0
    city.clock[0].quarter = 7
    survey.quarter_ends(city)
    second = survey.year_ends(city)
    assert second["pledge_loan"] == 10.0
    assert second["pledge_default"] == 0.1
    assert second["relabelled"] == 0.0


def test_use_is_counted_by_holder() -> None:
    city = small_city(patents=8)
    city.enterprises.size_class[:] = [MICRO, MEDIUM, LARGE]
    rows = city.patents
    rows.stage[:8] = [IN_FORCE] * 7 + [LAPSED]
    rows.owner[:8] = [0, 1, 1, 2, 0, 0, 0, 1]
    rows.owner_kind[4:7] = UNIVERSITY
    rows.in_use[:8] = [0, 1, 0, 1, 1, 0, 0, 1]
    rows.joint[4:6] = 1
    rows.licensed[4] = 1
    found = use_figures(city)
    assert found == {"use_joint": 0.5, "use_micro": 0.0, "use_medium": 0.5, "university_licensed": 1 / 3}


def test_only_enterprises_above_scale_are_asked_for_research_and_filings() -> None:
    city = small_city(enterprises=4)
    city.enterprises.revenue[:] = [5.0, 5.0, 4.9, 100.0]  # a quarter
    city.enterprises.researches[:] = [1, 0, 1, 1]
    city.enterprises.status[3] = 0
    survey = Survey(city)
    city.enterprises.experience[:] = [1, 1, 1, 1]
    found = run_years(city, survey, 1)[0]
    assert found["share_researching"] == 0.5
    assert found["share_filing"] == 1.0
