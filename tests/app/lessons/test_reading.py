from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ipsim.app.lessons import read_lesson, read_lessons
from ipsim.scenario.errors import ScenarioError

TEMPLATE = Path(__file__).parents[3] / "docs" / "lessons" / "template"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a copy of the template, as a teacher makes it."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "my-lesson"))


def _change(folder: Path, old: str, new: str, file: str = "lesson.yaml") -> int:
    """Replace a text, and return its line."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def _faults(folder: Path) -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        read_lesson(folder)
    return [str(fault).removeprefix(f"{folder}/") for fault in raised.value.faults]


def test_the_template_works_as_it_stands(own: Path) -> None:
    lesson = read_lesson(own)
    assert lesson.key == "my-lesson"
    assert lesson.own
    assert set(lesson.texts) == {"en", "zh"}
    assert lesson.policy(0).changes == {}
    assert lesson.policy(1).changes == {"policy.utilisation.pledge_fund.capital": {"2019": 300.0}}


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("minutes: 10", "minuts: 10", "minuts: unknown key; allowed: title, question, minutes"),
        ("minutes: 10", "minuts: 10", "nearest: minutes"),
        ("minutes: 10", "minutes: soon", "minutes: should be a valid integer"),
        ("minutes: 10", "minutes: 1000", "minutes: should be less than or equal to 90, got 1000"),
        ("capital: {2019: 300}", "capitol: {2019: 300}", "pledge_fund.capitol: unknown key"),
        ("capital: {2019: 300}", "capitol: {2019: 300}", "nearest: capital"),
        ("capital: {2019: 300}", "capital: {2019: -3}", "pledge_fund.capital.2019: -3 is out of bounds"),
        ("capital: {2019: 300}", "capital: {2019: lots}", "pledge_fund.capital"),
        ("start: jinhua", "start: jinhau", "baseline.start: no scenario 'jinhau' ships"),
        ("start: jinhua", "start: jinhau", "nearest: jinhua"),
        ("start: jinhua", "start: /etc/passwd", "baseline.start: no scenario '/etc/passwd' ships"),
        ("outcome: lending", "outcome: lendin", "prediction.outcome: no such indicator or headline number"),
        ("outcome: lending", "outcome: lendin", "nearest: lending"),
        ("outcome: lending", "outcome: revenue", "prediction.year: is missing"),
        ("outcome: lending", "{outcome: lending, year: 2025}", "not YAML"),
        ("cuts: [5, 25]", "cuts: [25, 5]", "prediction: cuts must rise"),
        ("cuts: [5, 25]", "cuts: [5]", "prediction: needs 2 choices, one more than cuts"),
        ("cuts: [5, 25]", "year: 2025", "prediction.year: lending sums the years up; leave year out"),
        ("charts: [lending]", "charts: [lendin]", "charts.0: no such chart: 'lendin'; allowed: patents"),
        ("find: first-borrower", "find: first-borower", "nearest: first-borrower"),
        ("policy: 1}", "policy: 3}", "firm.policy is 3, and there are 1 alternatives"),
        ("policy: 1}", "policy: 1, quarter: 2021-5}", "firm.quarter: String should match"),
        ("zh: 资金3亿元}", "zu: 资金3亿元}", "alternatives.0.name.zh: is missing"),
    ],
)
def test_faults_name_file_line_key_and_what_is_allowed(own: Path, old: str, new: str, wanted: str) -> None:
    line = _change(own, old, new)
    faults = _faults(own)
    found = [fault for fault in faults if wanted in fault]
    assert found, faults
    if not wanted.startswith(("prediction", "firm.policy is", "not YAML")) and "nearest" not in wanted:
        assert found[0].startswith(f"lesson.yaml:{line}: "), found


def test_years_after_the_end_of_the_runs(own: Path) -> None:
    _change(own, "set:  ", "set:\n      horizon.end: 2020\n    # ")
    text = (own / "lesson.yaml").read_text(encoding="utf-8")
    assert "horizon.end" in text
    _change(own, "find: first-borrower,", "find: first-borrower, quarter: 2025-1,")
    assert any("firm.quarter: the runs end in 2020" in fault for fault in _faults(own))


def test_both_languages_must_be_there(own: Path) -> None:
    (own / "zh.md").unlink()
    assert _faults(own) == ["zh.md: no such file; a lesson has en.md and zh.md"]


def test_both_languages_must_have_the_same_steps(own: Path) -> None:
    _change(own, "## think", "## run", "zh.md")
    faults = _faults(own)
    assert "zh.md: ## think: step is missing" in faults


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"\xff\xfe\x00", "zh.md:1: not text in UTF-8"),
        (b"x" * 70_000, "zh.md: too long; allowed: up to 60 kB"),
    ],
)
def test_what_is_no_text(own: Path, data: bytes, wanted: str) -> None:
    (own / "zh.md").write_bytes(data)
    assert wanted in _faults(own)


def test_faults_of_all_files_are_named_at_once(own: Path) -> None:
    _change(own, "outcome: lending", "outcome: lendin")
    _change(own, "## think", "## thin", "en.md")
    (own / "zh.md").unlink()
    assert {fault.split(":")[0] for fault in _faults(own)} == {"lesson.yaml", "en.md", "zh.md"}


def test_a_folder_of_lessons_stands_before_those_that_ship(own: Path) -> None:
    lessons = read_lessons(own.parent)
    assert next(iter(lessons)) == "my-lesson"
    assert set(read_lessons()) < set(lessons)
    assert read_lessons(own) == lessons


def test_an_own_lesson_takes_the_place_of_one_that_ships(own: Path) -> None:
    own.rename(own.parent / "how-strict")
    lessons = read_lessons(own.parent)
    assert lessons["how-strict"].own
    assert len(lessons) == len(read_lessons())


def test_faults_of_a_folder(own: Path, tmp_path: Path) -> None:
    _change(own, "outcome: lending", "outcome: lendin")
    for folder, wanted in ((own.parent, "prediction.outcome"), (tmp_path / "none", "no such folder")):
        with pytest.raises(ScenarioError, match=wanted):
            read_lessons(folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ScenarioError, match="0 lessons here"):
        read_lessons(tmp_path / "empty")


def test_check_knows_lessons(own: Path) -> None:
    from click.testing import CliRunner

    from ipsim.cli.looking import check

    for named in (own, own / "lesson.yaml"):
        told = CliRunner().invoke(check, [str(named)])
        assert told.exit_code == 0
        assert "no faults; the lesson Does a larger fund lend more?" in told.output
    _change(own, "outcome: lending", "outcome: lendin")
    told = CliRunner().invoke(check, [str(own)])
    assert isinstance(told.exception, ScenarioError)
