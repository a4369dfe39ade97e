from ipsim.report.contrast.brief import titles_of
from ipsim.report.contrast.ranking import ranked, turning_sentences
from ipsim.report.contrast.tornado import draw
from ipsim.study import Comparison
from ipsim.study.comparison.turning import Turning
from tests.report.contrast.town import Town, town


def test_rows_name_the_assumption_both_ends_and_the_sign(two_funds: Comparison, two_turned: Turning) -> None:
    pairs = ranked(two_funds, two_turned, titles_of(two_funds, "en"), "en")
    assert len(pairs) == 3  # each fund against none, and one fund against the other
    lending = next(row for row in pairs[0].rows if row.number == "Patent pledge lending")
    assert lending.most == "Investment opportunities of an enterprise"
    assert (lending.verdict, lending.kind) == ("turns over", "turns")
    assert lending.low[0] == "0.15 per year"
    assert lending.low[1].startswith("+")
    assert lending.high[1].startswith("−")
    growth = next(row for row in pairs[0].rows if row.number == "Revenue growth")
    assert (growth.verdict, growth.where) == ("not sure as assumed", "")


def test_what_turns_is_said_first(two_funds: Comparison, two_turned: Turning) -> None:
    english = turning_sentences(two_funds, two_turned, titles_of(two_funds, "en"), "en")
    assert english[0].startswith("“Investment opportunities of an enterprise” at 0.5 per year turns it over")
    assert "pledge lending −" in english[0]
    chinese = turning_sentences(two_funds, two_turned, titles_of(two_funds, "zh"), "zh")
    assert "结论反转" in chinese[0]


def test_without_a_turn_the_nearest_is_said(two_funds: Comparison) -> None:
    found = two_funds.turning(["reserve", "buffer"], make=Town)
    first, second = turning_sentences(two_funds, found, titles_of(two_funds, "en"), "en")
    assert first.startswith("None of 2 assumptions")
    assert second.startswith("Nearest to it comes “")


def test_where_nothing_is_sure_nothing_can_turn() -> None:
    same = town(3, 0)
    found = same.turning(["chances"], make=Town)
    (text,) = turning_sentences(same, found, titles_of(same, "en"), "en")
    assert "no assumption can be said to turn one over" in text


def test_the_figure_has_a_panel_for_each_number(two_funds: Comparison, two_turned: Turning) -> None:
    figure = draw(two_funds, two_turned, titles_of(two_funds, "en"), "en")
    assert figure is not None
    assert len(figure.axes) == 4
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels[0] == "Investment opportunities of an\nenterprise"
