from pathlib import Path

import pytest

from ipsim.scenario import ScenarioError
from ipsim.study.plan import Study, read_study, read_study_text

GOOD = """\
scenario: jinhua
set: {horizon.end: 2020}
factors:
  policy.protection.strength: {low: 0, high: 1, from: 2018}
  policy.subsidies.research: [0, 0.1, 0.2]
  assumptions.blocking: range
design: {kind: latin-hypercube, points: 6}
replicates: 2
seed: 5
scale: 0.1
keep: {indicators: ["pattern_*", public_spending, high_value_inventions], years: 2018-2020}
outcomes: [high_value_inventions, {indicator: public_spending, statistic: sum, name: cost}]
"""


def read(tmp_path: Path, text: str) -> Study:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return read_study(file)


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in caught.value.faults]


def test_a_whole_study(tmp_path: Path) -> None:
    study = read(tmp_path, GOOD)
    assert study.name == "mine"
    assert study.scenario.end_year == 2020
    assert [factor.name for factor in study.factors] == [
        "protection.strength@2018",
        "subsidies.research",
        "blocking",
    ]
    assert len(study.points()) == 6
    assert [run.seed for run in study.planned(6)] == [5] * 6 + [6] * 6
    assert study.scale == 0.1
    assert study.keep.years == (2018, 2019, 2020)
    assert study.keep.indicators is not None and "pattern_2030" in study.keep.indicators
    assert [(one.name, one.years, one.statistic) for one in study.outcomes] == [
        ("high_value_inventions", (2020,), "mean"),
        ("cost", (2018, 2019, 2020), "sum"),
    ]


def test_points_may_have_seeds_of_their_own(tmp_path: Path) -> None:
    study = read(tmp_path, GOOD + "seeds: distinct\n")
    seeds = [run.seed for run in study.planned(6)]
    assert len(set(seeds)) == 12
    assert min(seeds) == 5


def test_a_seed_of_nought_is_kept(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD.replace("seed: 5", "seed: 0")).seed == 0


def test_a_pattern_stands_for_all_assumptions_that_match_and_have_a_range(tmp_path: Path) -> None:
    every = read(tmp_path, "scenario: jinhua\nfactors: {assumptions.*: range}\ndesign: {kind: morris}\n")
    some = read(tmp_path, "scenario: jinhua\nfactors: {assumptions.b*: range}\ndesign: {kind: morris}\n")
    names = {factor.name for factor in some.factors}
    assert "blocking" in names
    assert names == {factor.name for factor in every.factors if factor.name.startswith("b")}
    assert all(factor.low < factor.high for factor in every.factors)


def test_a_list_names_its_points(tmp_path: Path) -> None:
    study = read(
        tmp_path,
        "scenario: jinhua\ndesign:\n  kind: list\n  points:\n    - {name: as it is}\n"
        "    - {name: none, policy.subsidies.filing: {2021: 0}}\n",
    )
    first, second = study.points()
    assert (first.name, first.changes) == ("as it is", {})
    assert second.values == {"subsidies.filing": {2021: 0}}


def test_a_scenario_is_found_beside_its_study(tmp_path: Path) -> None:
    (tmp_path / "city.yaml").write_text("extends: jinhua\nname: Mine\n", encoding="utf-8")
    assert read(tmp_path, GOOD.replace("jinhua", "city.yaml")).scenario.title.en == "Mine"


def test_a_study_read_from_its_text_is_the_same(tmp_path: Path) -> None:
    study = read(tmp_path, GOOD)
    again = read_study_text(study.text, "study.json", study.name, study.scenario)
    assert [point.written for point in again.points()] == [point.written for point in study.points()]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("seed: 5", "sed: 5", "mine.yaml:9: sed: unknown key; allowed: scenario,"),
        ("jinhua", "jinhau", "mine.yaml:1: scenario: unknown scenario 'jinhau'"),
        ("scenario: jinhua", "name: x", "mine.yaml:1: scenario: expected a name or a path"),
        ("2020}", "2099}", "mine.yaml:2: set.horizon.end: 2099 is out of bounds"),
        (
            "protection.strength",
            "protection.strenth",
            "mine.yaml:4: factors.policy.protection.strenth: unknown",
        ),
        (
            "0.2]",
            "7]",
            "mine.yaml:5: factors.policy.subsidies.research: 7 is out of bounds; allowed: 0 to 0.5",
        ),
        ("0.1, 0.2]", "0.1, 0.1]", "mine.yaml:5: factors.policy.subsidies.research: a value comes twice"),
        ("low: 0, high: 1", "low: 1, high: 0", "low (1) has to be below high (0)"),
        (
            "low: 0, high: 1",
            "low: 0, high: x",
            "mine.yaml:4: factors.policy.protection.strength.high: expected",
        ),
        (
            "low: 0, high: 1",
            "low: 0, hihg: 1",
            "unknown key; allowed: low, high, values, log, integer, from; near",
        ),
        ("low: 0, high: 1", "low: 0, log: true", "log: true needs a low above 0"),
        ("from: 2018", "from: soon", "mine.yaml:4: factors.policy.protection.strength.from: expected a date"),
        (
            "blocking: range",
            "blocking: rnge",
            "expected a list of values, {low: number, high: number} or `range`",
        ),
        ("assumptions.blocking", "city.enterprises", "has no declared range; give low and high"),
        ("assumptions.blocking", "assumptions.zz*", "matches no assumption with a range"),
        ("latin-hypercube", "latin-square", "mine.yaml:7: design.kind: expected one of list, factorial"),
        (", points: 6", "", "mine.yaml:7: design.points: missing"),
        ("points: 6", "points: 6.5", "design.points: expected a whole number"),
        ("kind: latin-hypercube, points: 6", "kind: sobol, points: 6", "power of two, got 6; nearest: 8"),
        ("kind: latin-hypercube, points: 6", "kind: morris, levels: 5", "expected an even number, got 5"),
        ("kind: latin-hypercube, points: 6", "kind: search", "a search needs the section `search`"),
        ("kind: latin-hypercube, points: 6", "kind: list", "design.points: expected a list such as"),
        ("replicates: 2", "replicates: 0", "mine.yaml:8: replicates: expected a whole number, got 0"),
        ("scale: 0.1", "scale: 2", "mine.yaml:10: scale: expected a number above 0, to 1, got 2"),
        ("2018-2020", "2018-2030", "mine.yaml:11: keep.years: expected `all`"),
        ("high_value_inventions]", "high_value_invention]", "nearest: high_value_inventions"),
        ("statistic: sum", "statistic: total", "expected one of mean, sum, last, got 'total'"),
        ("outcomes: [high", "outcomes: [rd_intensity, high", "rd_intensity is not kept"),
        (", name: cost", ", name: high_value_inventions", "comes twice"),
    ],
)
def test_each_fault_names_its_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert old in GOOD
    found = faults(tmp_path, GOOD.replace(old, new, 1))
    assert any(fault in one for one in found), found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("seed: 5", "seed: -1").replace("scale: 0.1", "scale: 0").replace("points: 6", "point: 6")
    )
    assert [fault.split(": ")[1] for fault in faults(tmp_path, text)] == [
        "design.point",
        "design.points",
        "seed",
        "scale",
    ]


@pytest.mark.parametrize(
    "text", ["", "a", "- 1", "a: [", "scenario: [1]\n", "factors: 1\nscenario: jinhua\n"]
)
def test_what_is_no_study_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no such file"):
        read_study(tmp_path / "none.yaml")
