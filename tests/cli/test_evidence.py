"""``ipsim evidence`` shows what was published and how it can be laid beside the model."""

from __future__ import annotations

import pytest

from ipsim import evidence
from ipsim.cli import main


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["evidence", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_place_is_shown_with_what_was_done(capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "jinhua")
    (filed,) = (line for line in found if line.split()[:1] == ["patent_applications_total"])
    for part in ("2019-01..2019-10", "35043", "count", "high", "2019: 46,724 ± 6 %", "10 months scaled"):
        assert part in filed
    assert any("gdp" in line and "2018" in line for line in found)


def test_an_indicator_is_shown_for_every_place(capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "patent_pledge_amount")
    places = {one.place for one in evidence.observations(indicator="patent_pledge_amount")}
    assert all(any(line.strip().startswith(place) for line in found) for place in places)
    (xiamen,) = (line for line in found if line.strip().startswith("Xiamen"))
    assert "0.67–2.393" in xiamen
    (bound,) = (line for line in found if ">1" in line)
    assert "≥ 1" in bound


def test_figures_that_cannot_be_compared_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    found = "\n".join(lines(capsys, "share_patentees_infringed"))
    assert "no stated length" in found
    assert "a sum over 5 years" in "\n".join(lines(capsys, "Xiamen", "invention_grants"))


def test_per_10k_is_shown_as_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    found = "\n".join(lines(capsys, "厦门", "inventions_in_force_per_10k"))
    assert "inventions_in_force 2019: 13,070 ± 2 %" in found


def test_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert "10个月数按12个月折算" in "\n".join(lines(capsys, "金华", "--lang", "zh"))


def test_the_other_tables(capsys: pytest.CaptureFixture[str]) -> None:
    found = "\n".join(lines(capsys, "--effects", "--parameters", "--facts"))
    for one in (
        *(effect.id for effect in evidence.effects()),
        *(parameter.parameter for parameter in evidence.parameters()),
        *(fact.id for fact in evidence.stylised_facts()),
    ):
        assert one in found


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Jinhau"], "place or indicator 'Jinhau'; nearest: Jinhua"),
        (["patent_pledge_amont"], "nearest: patent_pledge_amount"),
        (["Jinhua", "rd_intensty"], "nearest: rd_intensity"),
        (["Jinhua", "inventions_in_force"], "published for Xiamen"),
        (["Atlantis"], "`ipsim evidence` lists the places"),
        (["fund_balance"], "no published figure for the indicator 'fund_balance'"),
        (["Jinhua", "--facts"], "go without PLACE"),
    ],
)
def test_what_is_not_there(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", *arguments]) == 2
    output = capsys.readouterr()
    assert words in output.err
    assert output.out == ""
