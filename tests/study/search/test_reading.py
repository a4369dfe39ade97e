from pathlib import Path

import pytest

from ipsim.scenario import ScenarioError
from ipsim.study.search import Over, read_search
from tests.study.search.town import TEXT, study_of

HEAD = TEXT.split("search:")[0].replace("kind: search", "kind: search")


def _section(*lines: str) -> str:
    return HEAD + "search:\n" + "".join(f"  {line}\n" for line in lines)


def _faults(folder: Path, text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_search(study_of(folder, text))
    return str(caught.value)


def test_a_short_section_has_defaults(tmp_path: Path) -> None:
    settings = read_search(study_of(tmp_path, _section("maximise: [pattern_2030]", "budget: 300")))
    (goal,) = settings.goals
    assert (goal.name, goal.outcome.years, goal.maximise, goal.over) == (
        "pattern_2030",
        (2030,),
        True,
        Over(),
    )
    assert (settings.budget.limit, settings.budget.years, settings.budget.extra) == (300, (2030,), False)
    assert settings.spend_less, "with one goal the cost is the other"
    assert (settings.worlds, settings.final_worlds, settings.check_worlds) == (6, 6, 12)
    assert (settings.population, settings.generations, settings.random) == (24, 10, 200)


def test_a_full_section(tmp_path: Path) -> None:
    text = _section(
        "maximise: [{outcome: best, at: quantile 0.1}]",
        "minimise: [share_patentees_infringed]",
        "budget: {at_most: 50, years: 2030, count: extra, at: worst}",
        "spend_less: true",
        "over: {assumptions.blocking: range}",
        "check_worlds: 0",
    ).replace("keep: {years: [2030]}", "outcomes: [{indicator: pattern_2030, years: 2029-2030, name: best}]")
    settings = read_search(study_of(tmp_path, text))
    best, copied = settings.goals
    assert (best.name, best.outcome.years, best.over) == ("best", (2029, 2030), Over("quantile", 0.1))
    assert (copied.maximise, copied.sign) == (False, -1)
    assert (settings.budget.years, settings.budget.extra, settings.budget.over.kind) == (
        (2030,),
        True,
        "worst",
    )
    assert [outcome.name for outcome in settings.outcomes] == [
        "best",
        "share_patentees_infringed",
        "public_cost",
    ]
    assert [factor.key for factor in settings.uncertain] == ["assumptions.blocking"]
    assert settings.check_worlds == 0


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("budget: much", "search.budget: expected million RMB, 0 or more, got 'much'"),
        ("budget: -3", "search.budget: expected million RMB"),
        ("budget: {years: 2030}", "search.budget.at_most: expected million RMB"),
        ("budget: {at_most: 3, yers: 2030}", "search.budget.yers: unknown key; allowed: at_most, years"),
        ("budget: {at_most: 3, years: 2020}", "search.budget.years: not all kept"),
        ("budget: {at_most: 3, count: extras}", "nearest: extra"),
        ("budget: {at_most: 3, at: worse}", "search.budget.at: expected mean, worst or a quantile"),
        ("maximise: [patern_2030]", "search.maximise[0]: expected one of the study's outcomes"),
        ("maximise: [patern_2030]", "nearest: pattern_2030"),
        ("maximise: []", "search.maximise: expected at least one outcome"),
        ("maximise: [public_spending]", "`spend_less: true` makes it one"),
        ("maximise: [pattern_2030, pattern_2030]", "search.maximise[1]: pattern_2030 is a goal already"),
        ("maximise: [{outcome: pattern_2030, att: mean}]", "nearest: at"),
        ("worlds: 0", "search.worlds: expected a whole number, got 0; allowed: 1 to 10000"),
        ("population: 2", "search.population: expected a whole number, got 2; allowed: 4 to"),
        ("spend_less: perhaps", "search.spend_less: expected true or false"),
        ("generation: 3", "search.generation: unknown key"),
        ("over: {assumptions.blockng: range}", "search.over.assumptions.blockng"),
        ("over: {policy.protection.strength: range}", "is a factor of the policies already"),
        ("worlds: 1", "search.worlds: one world and one replicate: nothing is robust"),
    ],
)
def test_faults_say_where_and_what(tmp_path: Path, line: str, fault: str) -> None:
    lines = {"maximise": "maximise: [pattern_2030]", "budget": "budget: 100"}
    text = _section(*{**lines, line.split(":")[0]: line}.values())
    number = next(place for place, one in enumerate(text.splitlines(), 1) if one.strip() == line)
    faults = _faults(tmp_path, text)
    assert fault in faults
    assert f"town.yaml:{number}: search." in faults


def test_every_fault_at_once(tmp_path: Path) -> None:
    faults = _faults(tmp_path, _section("maximise: [patern]", "budget: x", "worlds: none"))
    assert len(faults.splitlines()) == 3


def test_the_budget_has_to_be_kept(tmp_path: Path) -> None:
    text = _section("maximise: [pattern_2030]", "budget: 3")
    text = text.replace(
        "keep: {years: [2030]}", "keep: {indicators: [pattern_2030]}\noutcomes: [pattern_2030]"
    )
    assert "public_spending is not kept" in _faults(tmp_path, text)


def test_too_many_goals(tmp_path: Path) -> None:
    goals = "maximise: [pattern_2030, rd_intensity, revenue, high_value_inventions]"
    assert "4 goals, cost included; allowed: up to 3" in _faults(tmp_path, _section(goals, "budget: 1"))


def test_other_designs_are_no_search(tmp_path: Path) -> None:
    text = TEXT.replace("{kind: search}", "{kind: latin-hypercube, points: 3}")
    assert "a search needs `design: {kind: search}`" in _faults(tmp_path, text)
