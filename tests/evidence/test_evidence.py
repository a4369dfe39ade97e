import pytest

from ipsim import evidence
from ipsim.evidence import Figure, Period, read_figure, read_period


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("35043", Figure(35043)),
        ("-0.3", Figure(-0.3)),
        ("~14.1", Figure(14.1, bound="~")),
        (">500", Figure(500, low=500, bound=">")),
        ("<3", Figure(3, high=3, bound="<")),
        ("40-60", Figure(50, 40, 60)),
        ("inverted U", Figure(None)),
        ("", Figure(None)),
    ],
)
def test_printed_numbers(text: str, figure: Figure) -> None:
    assert read_figure(text) == figure


@pytest.mark.parametrize(
    ("text", "year", "months"),
    [
        ("2019", 2019, 12),
        ("2016 (alternative source)", 2016, 12),
        ("2017-12-31", 2017, 12),
        ("2019-01..2019-10", 2019, 10),
        ("2011-01..2015-12", 2015, 60),
        ("2006-2008", 2008, 36),
        ("2014-H1", 2014, 6),
        ("2018Q4", 2018, 3),
        ("2018-10", 2018, 1),
        ("2019-05-08", 2019, 0),
        ("2015-", 2015, 0),
        ("2020 census", 2020, 0),
    ],
)
def test_printed_periods(text: str, year: int, months: int) -> None:
    assert read_period(text) == Period(year, months)


def test_a_period_without_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match="no year"):
        read_period("last spring")


def test_jinhua_2019_is_a_ten_month_figure() -> None:
    (filings,) = evidence.observations("jinhua", "patent_applications_total")
    assert (filings.value, filings.year, filings.months, filings.unit) == (35043, 2019, 10, "count")
    assert filings.url


def test_places_and_indicators_narrow_the_search() -> None:
    assert evidence.observations("Atlantis") == []
    of_xiamen = evidence.observations("Xiamen")
    assert {one.place for one in of_xiamen} == {"Xiamen"}
    assert len(evidence.observations()) > len(of_xiamen) > len(evidence.observations("Xiamen", "gdp")) > 0


def test_every_row_has_a_figure_or_is_a_policy_fact() -> None:
    for one in evidence.observations():
        assert (one.value is None) == (one.unit == "text"), one
        assert 2000 <= one.year <= 2030
        assert one.confidence in {"high", "medium", "low"}


def test_effects_keep_signs_as_printed() -> None:
    by_id = {one.id: one for one in evidence.effects()}
    assert by_id["E01"].value == 30
    assert by_id["E02"].value is None
    assert by_id["E02"].estimate == "-"


def test_parameters_have_ranges_in_order() -> None:
    for one in evidence.parameters():
        if one.low is not None and one.high is not None:
            assert one.low <= one.high, one.parameter
    assert any(one.value is None and one.text for one in evidence.parameters())


def test_every_stylised_fact_has_a_test() -> None:
    assert all(one.id and one.test for one in evidence.stylised_facts())
