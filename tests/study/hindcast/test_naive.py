import math
from dataclasses import replace

import pytest

from ipsim.evidence import observations
from ipsim.study.hindcast.history import history
from ipsim.study.hindcast.naive import last_growth, last_value, time_of
from tests.study.hindcast.stand_ins import figure


def test_last_value_and_last_growth_by_hand() -> None:
    known = [figure(100, 2014), figure(110, 2015), figure(121, 2016), figure(500, 2017)]
    target = figure(150, 2018)
    assert last_value(target, known).value == 121
    assert last_growth(target, known).value == pytest.approx(121 * 1.1**2)
    assert "+10.0 % a year" in last_growth(target, known).made_from


def test_growth_over_a_gap_and_from_means_of_sums() -> None:
    mean = figure(100, 2013, months=36, period="2011-2013")  # in the middle of 2012
    known = [mean, figure(400, 2014)]
    assert time_of(mean) == 2012
    assert last_growth(figure(1, 2016), known).value == pytest.approx(1600)


def test_dates_count_as_parts_of_years() -> None:
    assert time_of(figure(1, 2014, period="2014-09-30")) == 2013.75
    assert time_of(figure(1, 2015, period="2015-12-31")) == 2015
    assert time_of(figure(1, 2015, period="2014-01..2015-12", months=24)) == 2014.5
    near = [figure(100, 2013, period="2014-09-30"), figure(150, 2014, period="2014-12-31")]
    assert math.isnan(last_growth(figure(1, 2018), near).value)


def test_no_history_is_said() -> None:
    target = figure(150, 2018)
    assert math.isnan(last_value(target, []).value)
    assert last_value(target, [figure(1, 2017)]).made_from == "no figure of invention_applications up to 2016"
    assert "no growth" in last_growth(target, [figure(100, 2016)]).made_from
    assert math.isnan(last_growth(target, [figure(0, 2015), figure(100, 2016)]).value)
    assert math.isnan(last_value(target, [figure(1, 2016, place="Elsewhere")]).value)


def test_unsure_figures_serve_only_where_there_are_no_sure_ones() -> None:
    doubtful = figure(300, 2016, sure=False)
    assert last_value(figure(1, 2018), [figure(100, 2015), doubtful]).value == 100
    alone = last_value(figure(1, 2018), [doubtful])
    assert alone.value == 300
    assert "not sure" in alone.made_from


def test_history_of_xiamen_uses_sums_and_their_growth() -> None:
    known = history("Xiamen")
    by_name = {(one.indicator, one.period): one.value for one in known}
    assert by_name["invention_grants", "2014-01..2015-12"] == 2705 / 2
    assert by_name["invention_grants", "2011-01..2013-12"] == 2426 / 3
    assert ("invention_grants", "2014-01..2014-09") not in by_name  # a part of a year within a known sum
    assert by_name["patent_grants_total", "2011-01..2015-12"] == 42627 / 5
    assert by_name["patent_grants_total", "2006-2010"] == pytest.approx(42627 / 5 / 2.8904)
    assert by_name["patent_applications_total", "2006-2010"] == pytest.approx(58666 / 5 / 2.9643)
    assert by_name["invention_applications", "2016"] == 5511
    assert all(one.year <= 2016 for one in known)


def test_own_rows_add_to_the_history() -> None:
    row = next(one for one in observations("Xiamen", "invention_applications") if one.period == "2016")
    known = history("Smalltown", [row, replace(row, place="Smalltown", value=7.0)])
    assert [one.value for one in known] == [7.0]
