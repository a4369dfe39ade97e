"""The template filled in: a profile without faults that keeps its comments and says where all comes from."""

import re
from pathlib import Path

import pytest

from ipsim.scenario import ScenarioError, load
from ipsim.scenario.calibrated.ensemble import UNCALIBRATED
from ipsim.scenario.loading import load_text
from ipsim.scenario.newcity.estimates import Given, estimates
from ipsim.scenario.newcity.rules import kinds, rules
from ipsim.scenario.newcity.writing import PLACES, Naming, default_scale, profile
from ipsim.scenario.quantity import Number
from ipsim.scenario.shipped import shipped_folder
from ipsim.scenario.words import Words

TEMPLATE = (shipped_folder() / "cities" / "template.yaml").read_text(encoding="utf-8")
NAMING = Naming("mycity", Words("My: city", "我的市"), Words("Zhejiang", "浙江"))


def figures(*residents: Given) -> dict[str, Given]:
    return {
        "residents": residents[0],
        "gdp": Given(kinds()["gdp"], 300),
        "invention_filings": Given(kinds()["invention_filings"], 3000),
        "filings": Given(kinds()["filings"], 12000, 2014),
    }


def people(value: float, year: int = 2015) -> Given:
    return Given(kinds()["residents"], value, year)


def written(*residents: Given, source: str = 'yearbook: "table 3", #1', lang: str = "en") -> str:
    known = estimates(figures(*residents), source, lang)
    return profile(TEMPLATE, NAMING, residents, known, source, ["Made by hand", ""], lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_profile_without_faults(lang: str) -> None:
    text = written(people(4), lang=lang)
    city = load_text(text, ensemble=UNCALIBRATED).city
    assert "FILL" not in text and "No figure?" not in text
    assert text.startswith("# Made by hand\n#\n")
    assert (city.key, city.name, city.province.en) == ("mycity", NAMING.name, "Zhejiang")
    assert city.gdp_billion_rmb.source == 'yearbook: "table 3", #1'
    assert city.enterprises.value == 12_000
    assert city.enterprises.range == (6000, 22500)
    assert city.patents.invention_applications.cited
    assert city.universities[0].patent_applications.value == 750
    assert "# Gross domestic product of 2015" in text
    assert city.default_scale == 0.3


def test_all_that_the_template_asks_for_is_written() -> None:
    asked = {
        line.split(":")[0].strip() for line in TEMPLATE.splitlines() if re.search(r": \{value: FILL", line)
    }
    known = estimates(figures(people(4)), "")
    assert asked <= {name for name, _ in PLACES.values()}
    assert set(PLACES) - {"rd_intensity"} <= set(known)
    for key in PLACES:
        assert (
            key.startswith("university")
            or key == "gdp"
            or isinstance(load("jinhua").city.number(key.split(".")), Number)
        )


def test_advice_in_the_template_is_what_the_rules_say() -> None:
    advice = " ".join(line for line in TEMPLATE.splitlines() if "No figure?" in line)
    for rule in rules():
        if rule.key in PLACES and rule.key != "rd_intensity":
            spread = rf"(?<![\d.]){rule.low:g} to {rule.high:g}(?![\d.]\d)"
            assert re.search(spread, advice), rule.key
            assert re.search(rf"(?<![\d.]){rule.ratio:g}(?![\d.]\d)", advice) or rule.ratio == 1, rule.key


def test_residents_of_several_years_are_cited() -> None:
    city = load_text(written(people(3.9), people(4.4, 2020)), ensemble=UNCALIBRATED).city
    assert city.population_million.cited
    assert city.population_million.at(2015) == 3.9
    assert city.population_million.at(2020) == 4.4


def test_residents_of_one_year_grow_slowly() -> None:
    city = load_text(written(people(4)), ensemble=UNCALIBRATED).city
    assert not city.population_million.cited
    assert city.population_million.at(2020) == pytest.approx(4 * 1.01**5, rel=1e-3)
    later = load_text(written(people(4, 2018)), ensemble=UNCALIBRATED).city
    assert later.population_million.at(2015) == pytest.approx(4 / 1.01**3, rel=1e-3)


@pytest.mark.parametrize(
    ("enterprises", "scale"), [(1000, 1), (12_000, 0.3), (32_000, 0.1), (10_000_000, 0.001)]
)
def test_a_run_simulates_some_thousands(enterprises: float, scale: float) -> None:
    assert default_scale(enterprises) == scale


def test_what_was_not_filled_in_says_what_to_put(tmp_path: Path) -> None:
    file = tmp_path / "mycity.yaml"
    file.write_text(TEMPLATE, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    faults = {fault.key: fault for fault in caught.value.faults}
    lines = TEMPLATE.splitlines()
    assert len(faults) == sum(line.split("#")[0].count("FILL") for line in lines)
    assert all("FILL" in lines[fault.line - 1] for fault in faults.values())
    assert "8011亿元 is 801.1" in faults["gdp_billion_rmb.value"].message
    assert faults["enterprises.value"].message == (
        "still says FILL; put a number, 10 to 5000000 (count); not published? 40 times gross domestic "
        "product in RMB billion, as an assumption"
    )
    assert "20 to 75 times" in faults["enterprises.range"].message
    assert faults["population_million.value.2015"].line == faults["population_million.value.2020"].line
    assert "宁波" in faults["name.zh"].message


def test_other_faults_are_named_beside_what_was_not_filled_in(tmp_path: Path) -> None:
    file = tmp_path / "mycity.yaml"
    file.write_text(
        TEMPLATE.replace("value: 0.2, assumption: an ordinary city", "value: much, assumption: it")
    )
    with pytest.raises(ScenarioError) as caught:
        load(file)
    assert any(fault.key == "patents.university_share.value" for fault in caught.value.faults)
