import pytest

from ipsim.report.contrast.brief import short, titles_of
from ipsim.report.contrast.numbers import grid, known, over_unit, pairing_text
from ipsim.report.contrast.paths import looks
from ipsim.report.contrast.worth import shift_words
from ipsim.study import Comparison
from ipsim.study.comparison.chance import Shift
from tests.report.contrast.town import town


def _grid(comparison: Comparison, lang: str):
    drawn = {name: look.colour for name, look in looks(comparison).items()}
    return grid(comparison, titles_of(comparison, lang), drawn, lang)


def test_the_grid_has_base_and_alternatives_in_four_columns(two_funds: Comparison) -> None:
    found = _grid(two_funds, "en")
    assert [name for name, _, _ in found.heads] == [
        "Quality-weighted patents",
        "Revenue growth",
        "Patent pledge lending",
        "Public spending",
    ]
    assert found.heads[3][1:] == ("2016 to 2019", "RMB million")
    assert [row.title for row in found.rows] == [
        "utilisation.pledge_fund.capital: 100",
        "utilisation.pledge_fund.capital: 200",
    ]
    patents, growth, _, cost = found.rows[0].cells
    spent = two_funds.differences["jinhua-2"]["public_cost"]
    assert cost.difference == f"+{spent.mean:.0f}"
    assert cost.agree == "100 % of pairs"
    assert patents.sure and cost.sure
    assert not growth.sure


def test_base_difference_and_alternative_add_up(two_funds: Comparison) -> None:
    for numbers in two_funds.differences.values():
        for one in numbers.values():
            assert abs(one.base + one.mean - one.value) < 1e-9 * max(1.0, abs(one.value))


def test_every_alternative_can_be_the_base(two_funds: Comparison) -> None:
    turned = _grid(two_funds.against("jinhua-3"), "zh")
    assert len(turned.rows) == 2
    assert all(row.cells[3].difference.startswith("−") for row in turned.rows)


def test_money_is_in_the_units_of_the_language(two_funds: Comparison) -> None:
    assert over_unit("public_cost", two_funds, "zh") == "2016—2019年累计，万元"
    assert known("growth", two_funds).unit_words.en == "% a year"


def test_one_pair_shows_no_interval_and_claims_nothing() -> None:
    alone = town(1, 200)
    cells = _grid(alone, "en").rows[0].cells
    assert all((one.interval, one.agree, one.sure) == ("", "", False) for one in cells)
    assert pairing_text(alone, "en") == ""
    assert "use --replicates 30" in short(alone, "jinhua-2", titles_of(alone, "en"), "en")


def test_pairing_says_how_many_times_fewer_runs(two_funds: Comparison) -> None:
    text = pairing_text(two_funds, "en")
    gains = [one["patents"].pairing_gain for one in two_funds.differences.values()]
    assert f"{min(gains):.0f}" in text
    assert "(quality-weighted patents)" in text
    assert "倍" in pairing_text(two_funds, "zh")


def test_in_short_says_what_is_sure_and_what_is_not(two_funds: Comparison) -> None:
    text = short(two_funds, "jinhua-3", titles_of(two_funds, "en"), "en")
    assert "quality-weighted patents +" in text
    assert "No sure difference in revenue growth." in text
    assert "more high-value inventions in force" in text
    assert "in 100 % of the runs, against 50 % with Jinhua: 3 pairs gain it, 0 lose it" in text


@pytest.mark.parametrize(
    ("gained", "lost", "said", "zh"),
    [
        (1, 0, "1 pair gains it, 0 lose it, which may be luck", "转为达到1对，转为未达到0对，可能出于偶然"),
        (2, 1, "2 pairs gain it, 1 loses it, which may be luck", "转为达到2对，转为未达到1对，可能出于偶然"),
    ],
)
def test_pairs_are_counted_in_words_that_fit(gained: int, lost: int, said: str, zh: str) -> None:
    one = Shift(gained, lost, 0.5)
    assert (shift_words(one, "en"), shift_words(one, "zh")) == (said, zh)


def test_alike_in_all_runs_is_said() -> None:
    same = town(3, 0)
    text = short(same, "jinhua-2", titles_of(same, "en"), "en")
    assert text.startswith("Nothing differs in any run.")
    assert "No run differs in high-value inventions" in text
