"""``ipsim new-city`` from end to end: what planners type, and what they mistype."""

import shlex
from pathlib import Path

import pytest

from ipsim.cli import main
from ipsim.cli.new_city_work import made, named
from ipsim.scenario import ScenarioError, load

FIVE = (
    "--residents 7.83 --gdp 801 --invention-filings 16056 --inventions-in-force 9187@2014-09 "
    "--filings 58530@2014"
)


def typed(line: str) -> int:
    return main(["new-city", *shlex.split(line)])


def test_five_figures_make_a_city(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(f"Ningbo {FIVE} --province Zhejiang/浙江 --source 'SIPO table 2'") == 0
    output = capsys.readouterr().out
    assert "2 figures as published" in output
    assert "ipsim calibrate ningbo.yaml" in output
    text = Path("ningbo.yaml").read_text(encoding="utf-8")
    city = load(Path("ningbo.yaml")).city
    assert (city.name.en, city.name.zh, city.province.zh) == ("Ningbo", "宁波", "浙江")
    assert city.patents.invention_applications.source == "SIPO table 2"
    assert city.patents.inventions_in_force.note.startswith("assumption: 9,187 of 2014-09 (SIPO table 2)")
    assert main(["check", "ningbo.yaml"]) == 0
    # The file says how it was made, and is made again by that.
    again = next(line for line in text.splitlines() if "ipsim new-city" in line)
    assert typed(f"{again.split('new-city', 1)[1]} --out again.yaml") == 0
    assert Path("again.yaml").read_text(encoding="utf-8") == text


def test_in_chinese_with_chinese_units(capsys: pytest.CaptureFixture[str]) -> None:
    line = "宁波 --residents 783万人 --gdp 8010亿元 --invention-filings 1.6056万件 --grants 43,286@2014"
    assert typed(f"{line} --lang zh") == 0
    assert "地区生产总值" in capsys.readouterr().out
    city = load(Path("ningbo.yaml")).city
    assert city.population_million.at(2015) == pytest.approx(7.83)
    assert city.gdp_billion_rmb.value == pytest.approx(801)
    assert city.patents.invention_applications.value == 16056
    assert "经验比例" in city.enterprises.note


def test_nothing_is_replaced_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("ningbo.yaml").write_text("mine", encoding="utf-8")
    assert typed(f"Ningbo {FIVE}") == 2
    assert "--force" in capsys.readouterr().err
    assert Path("ningbo.yaml").read_text(encoding="utf-8") == "mine"
    assert typed(f"Ningbo {FIVE} --force") == 0
    assert load(Path("ningbo.yaml")).city.key == "ningbo"


MISTYPED = {
    "--residents 782.5 --gdp 801 --invention-filings 16056": "--residents: 782.5 is out of bounds",
    "--residents 7.8 --gdp 8011 --invention-filings 16056": "--gdp: 8011 is out of bounds",
    "--residents 7.8 --gdp 801亿元 --invention-filings 30": "--invention-filings: 30 beside --residents 7.8",
    "--residents 7.8 --gdp eight --invention-filings 16056": "--gdp: expected a number, got 'eight'",
    "--residents 7.8 --gdp 801件 --invention-filings 16056": "--gdp: 801件: 件 is no unit",
    "--residents 7.8 --gdp 801": "--invention-filings: missing",
    "--residents 7.8 --gdp 801 --invention-filings 160560": "one of the two is wrong",
    "--residents 7.8 --gdp 801 --invention-filings 16056 --filings 5853": "of all types for each invention",
    "--residents 7.8 --gdp 801 --invention-filings 16056@2015-06": "a whole year is expected",
    "--residents 7.8 --gdp 801 --invention-filings 16056 --inventions-in-force 9187@2014-13": "no such month",
    "--residents 7.8 --gdp 801 --invention-filings 16056@1999": "allowed: 2010 to 2022",
    "--residents 7.8 --gdp 801 --invention-filings 16056 --rd 0.024": "in percent: 2.4, not 0.024",
    "--residents 7.8 --gdp -801 --invention-filings 16056": "--gdp: -801 is out of bounds",
    "--residents 7.8 --gdp nan --invention-filings 16056": "--gdp: expected a number",
}


@pytest.mark.parametrize("line", MISTYPED)
def test_mistyped_figures_are_named(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(f"Ningbo {line}") == 2
    error = capsys.readouterr().err
    assert MISTYPED[line].casefold() in error.casefold()
    assert "Traceback" not in error
    assert not Path("ningbo.yaml").exists()


def test_every_fault_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("Ningbo --residents 782.5 --gdp 8011 --invention-filings many --filings 5@2034") == 2
    named_options = [line.split(":")[0] for line in capsys.readouterr().err.splitlines()]
    assert named_options == ["--invention-filings", "--filings", "--residents", "--gdp"]


def test_unusual_figures_are_taken_when_asked() -> None:
    assert typed("Ningbo --residents 7.8 --gdp 5 --invention-filings 16056") == 2
    assert typed("Ningbo --residents 7.8 --gdp 5 --invention-filings 16056 --unusual") == 0


@pytest.mark.parametrize("where", ["no/such/city.yaml", "."])
def test_places_that_cannot_be_written(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(f"Ningbo {FIVE} --out {where}") == 2
    assert "--out" in capsys.readouterr().err


def test_names() -> None:
    assert named("宁波市", None, None, None).name == ("Ningbo", "宁波市")
    assert named("Ningbo", None, None, "浙江").province == ("浙江", "浙江")
    assert named("Xi'an", None, None, None).key == "xi-an"
    assert named("金市", "Gold City", None, None).key == "gold-city"


def test_a_name_without_latin_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(f"某市 {FIVE}") == 2
    assert "--en" in capsys.readouterr().err


def test_residents_of_several_years() -> None:
    city = made(
        named("Ningbo", None, None, None),
        {"residents": ("7.83", "9.4@2020"), "gdp": "801", "invention_filings": "16056"},
        None,
        "en",
        unusual=False,
    )
    assert "{2015: 7.83, 2020: 9.4}" in city.text


def test_faults_are_of_one_kind() -> None:
    with pytest.raises(ScenarioError):
        made(named("Ningbo", None, None, None), {}, None, "en", unusual=False)
