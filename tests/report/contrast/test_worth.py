import pytest

from ipsim.report.contrast.brief import titles_of
from ipsim.report.contrast.worth import chance_rows, lever_rows, price_sentence, worths
from ipsim.report.phrases import catalogue
from ipsim.study import Comparison
from ipsim.study.comparison.price import Outcome
from tests.report.contrast.town import town

COLOURS: dict[str, str] = dict.fromkeys(("jinhua", "jinhua-2", "jinhua-3"), "var(--blue)")


def test_cost_of_each_extra_patent(two_funds: Comparison) -> None:
    one = two_funds.prices["jinhua-2"]
    assert one.each == pytest.approx(one.cost.mean / one.patents.mean)
    english, chinese = (
        worths(two_funds, titles_of(two_funds, lang), COLOURS, lang)[0] for lang in ("en", "zh")
    )
    assert english.each[0] == f"RMB {round(one.each * 1e6, -4):,.0f} each"
    assert chinese.each[0] == f"每件{one.each * 100:.0f}万元"
    assert " ".join(english.each) in price_sentence(two_funds, "jinhua-2", "en").replace("(", "").replace(
        ")", ""
    )


def test_less_money_for_fewer_patents_is_a_saving(two_funds: Comparison) -> None:
    turned = two_funds.against("jinhua-3")
    assert turned.prices["jinhua-2"].outcome == "given_up"
    assert "fewer high-value inventions" in price_sentence(turned, "jinhua-2", "en")


@pytest.mark.parametrize("outcome", Outcome.__args__)
def test_every_outcome_has_a_sentence(outcome: str) -> None:
    assert f"contrast.worth_{outcome}" in catalogue()
    priced = outcome in ("bought", "unpaid", "given_up")
    assert (f"contrast.each_{outcome}" in catalogue()) is not priced


def test_chance_of_the_pattern(two_funds: Comparison) -> None:
    rows = chance_rows(two_funds, titles_of(two_funds, "en"), COLOURS, "en")
    assert [(row.share, row.met, row.first_year) for row in rows] == [
        ("50 %", "3 of 6 runs", "2016"),
        ("50 %", "3 of 6 runs", "2016"),
        ("100 %", "6 of 6 runs", "2016"),
    ]
    assert rows[2].interval == "69 to 100 %"
    assert [row.shift for row in rows] == ["", "+0, −0", "+3, −0"]
    assert not rows[2].sure  # three of three may be luck


def test_one_run_meets_the_pattern_or_not() -> None:
    rows = chance_rows(town(1, 200), {"jinhua": "A", "jinhua-2": "B"}, COLOURS, "en")
    assert [(row.share, row.interval) for row in rows] == [("not met", ""), ("met", "")]


def test_money_goes_by_lever_and_adds_up(two_funds: Comparison) -> None:
    rows = lever_rows(two_funds, COLOURS, "en")
    assert [row.name for row in rows] == ["Pledge fund", "Others, alike in all (1)", "All levers"]
    fund, others, whole = rows
    assert [one.text for one in others.changes] == ["0.0", "0.0"]
    assert fund.changes[1].text == whole.changes[1].text
    assert fund.changes[1].width == 50
    assert fund.changes[0].left == 50


def test_no_spending_by_lever_no_rows() -> None:
    comparison = town(2, 100)
    kept = comparison.base.indicators["indicator"].str.startswith("public_spending.")
    base = comparison.base.indicators[~kept]
    object.__setattr__(comparison.base, "indicators", base)
    other = comparison.alternatives["jinhua-2"]
    object.__setattr__(other, "indicators", other.indicators[~kept])
    assert lever_rows(comparison, COLOURS, "en") == []
