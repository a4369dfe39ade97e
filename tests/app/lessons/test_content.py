"""Every lesson that ships, and the template, can be taught: read, run, judged, with a firm to look at."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

import ipsim
import ipsim.app.lessons
import ipsim.report
from ipsim.app.city.finds import found_in
from ipsim.app.city.recording import record
from ipsim.app.lessons import Lesson, read_lesson, read_lessons
from ipsim.app.lessons.judging import choices_of, judge
from ipsim.app.lessons.markdown import STEPS
from ipsim.app.lessons.schema import FINDS
from ipsim.scenario import Scenario
from ipsim.scenario.words import LANGUAGES
from ipsim.study.comparison.compare import Comparison

CONTENT = Path(ipsim.app.lessons.__file__).parent / "content"
TEMPLATE = Path(__file__).parents[3] / "docs" / "lessons" / "template"
FOLDERS = [*sorted(one for one in CONTENT.iterdir() if one.is_dir()), TEMPLATE]

each = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@cache
def _lesson(folder: Path) -> Lesson:
    return read_lesson(folder)


def _scenario(lesson: Lesson, place: int) -> Scenario:
    policy = lesson.policy(place)
    assert policy.start is not None
    start = ipsim.load(policy.start)
    return start.replace(dict(policy.changes)) if policy.changes else start


def _compared(lesson: Lesson, alternative: int, replicates: int, scale: float) -> Comparison:
    base, other = _scenario(lesson, 0), _scenario(lesson, alternative)
    return ipsim.compare(base, other, replicates=replicates, scale=scale, seed=lesson.file.runs.seed)


def _numbers(comparison: Comparison, outcome: str, year: int | None) -> dict[str, float]:
    """Return difference, low, high and base as the page takes them from an answer."""
    if year is None:
        table = comparison.headline
        row = table[table.number == outcome]
    else:
        table = comparison.effects
        row = table[(table.indicator == outcome) & (table.year == year)]
    assert len(row) == 1
    return {key: float(row[key].iloc[0]) for key in ("difference", "low", "high", "base")}


def test_the_lessons_of_the_board_ship() -> None:
    assert list(read_lessons()) == [
        "subsidy-paradox",
        "how-strict",
        "shared-losses",
        "last-quarter-rush",
        "sleeping-university-patents",
        "ending-subsidies",
        "which-target",
    ]


@each
def test_it_is_complete_in_both_languages(folder: Path) -> None:
    lesson = _lesson(folder)
    english, chinese = (lesson.texts[lang] for lang in LANGUAGES)
    assert [step.key for step in english] == [step.key for step in chinese] == list(STEPS)
    for one, other in zip(english, chinese, strict=True):
        # A gap is a figure that both languages speak of.
        assert one.html.count("lesson-gap") == other.html.count("lesson-gap"), one.key
        assert one.html.count("<li>") == other.html.count("<li>"), one.key
        assert not any("\u4e00" <= char <= "\u9fff" for char in one.html), one.key
        assert "*" not in one.html + other.html, one.key


@each
def test_the_packaged_font_has_its_glyphs(folder: Path) -> None:
    font = TTFont(Path(ipsim.report.__file__).parent / "fonts" / "NotoSansSC-subset.ttf")
    known = set(font.getBestCmap() or ())
    lesson = _lesson(folder)
    used = {char for step in lesson.texts["zh"] for char in step.html}
    used |= set(lesson.file.title.zh + lesson.file.question.zh)
    used |= {char for words in choices_of(lesson.file.prediction) for char in words.zh}
    assert {char for char in used if ord(char) not in known and not char.isspace()} == set()


@each
def test_it_runs_and_its_prediction_can_be_judged(folder: Path) -> None:
    lesson = _lesson(folder)
    asked = lesson.file.prediction
    comparison = _compared(lesson, asked.alternative, replicates=2, scale=0.02)
    found = _numbers(comparison, asked.outcome, asked.year)
    told = judge(asked.cuts, **found)
    assert told is not None
    assert 0 <= told.right < len(choices_of(asked))


@each
def test_its_firm_is_found(folder: Path) -> None:
    lesson = _lesson(folder)
    firm = lesson.file.firm
    assert firm is not None
    scenario = _scenario(lesson, firm.policy)
    runs = lesson.file.runs
    drawn = scenario.drawn(scenario.ensemble.member_of(runs.seed))
    recording = record(drawn, runs.seed, runs.scale)
    found = found_in(recording)
    assert set(found) <= set(FINDS)
    assert firm.find in found
    if firm.quarter is not None and found[firm.find]["kind"] == "enterprise":
        year, quarter = map(int, firm.quarter.split("-"))
        life = recording.lives[found[firm.find]["number"]]
        assert life["first"] <= 4 * (year - recording.start_year) + quarter - 1 <= life["last"]


RIGHT: dict[str, int] = {
    "subsidy-paradox": 0,
    "how-strict": 1,
    "shared-losses": 1,
    "last-quarter-rush": 2,
    "sleeping-university-patents": 2,
    "ending-subsidies": 1,
    "which-target": 0,
}
"""The choice that each lesson's own runs bear out; its text and its notes for the teacher count on it."""

DIRECTIONS: dict[str, list[tuple[str, int | None, int, str]]] = {
    "subsidy-paradox": [
        ("invention_applications", 2025, 1, "up"),
        ("mean_quality_filed", 2025, 1, "down"),
        ("invention_grant_rate", 2025, 1, "down"),
        ("high_value_inventions", 2030, 1, "up"),
        ("public_spending", 2025, 1, "up"),
    ],
    "how-strict": [
        ("share_patentees_infringed", 2030, 1, "down"),
        ("ip_protection_satisfaction", 2030, 1, "up"),
        ("share_patentees_infringed", 2030, 2, "up"),
        ("ip_protection_satisfaction", 2030, 2, "down"),
    ],
    "shared-losses": [
        ("fund_balance", 2024, 1, "down"),
        ("patent_pledge_projects", 2020, 1, "up"),
        ("lending", None, 1, "up"),
    ],
    "last-quarter-rush": [
        ("patent_applications_total", 2025, 1, "up"),
        ("invention_applications", 2025, 1, "up"),
        ("mean_quality_filed", 2025, 1, "down"),
        ("public_spending", 2025, 1, "up"),
    ],
    "sleeping-university-patents": [
        ("industrialisation_rate_invention_universities", 2030, 1, "up"),
        ("university_transfers", 2030, 1, "up"),
        ("university_patent_applications", 2030, 1, "none"),
        ("university_patent_applications", 2030, 2, "none"),
    ],
    "ending-subsidies": [
        ("patent_applications_total", 2022, 1, "down"),
        ("mean_quality_filed", 2022, 1, "up"),
        ("public_cost", None, 1, "down"),
        ("patent_applications_total", 2030, 2, "up"),
        ("mean_quality_filed", 2030, 2, "down"),
        ("public_cost", None, 2, "up"),
    ],
    "which-target": [
        ("high_value_inventions", 2030, 1, "up"),
        ("quality_weighted_patents", 2030, 1, "down"),
        ("invention_applications", 2030, 1, "up"),
        ("utility_model_applications", 2030, 1, "down"),
        ("industrialisation_rate_invention_enterprises", 2030, 1, "down"),
    ],
}
"""Directions that the texts and notes speak of, with the alternative they are of."""


def _direction(found: dict[str, Any]) -> str:
    if found["low"] == found["high"] == 0:
        return "none"
    return "up" if found["low"] > 0 else "down" if found["high"] < 0 else "unsure"


QUICK = "subsidy-paradox"
"""The lesson whose promise every check tests; the others take minutes: ``pytest -m long``."""


def _others_by_name(key: str) -> Any:
    return pytest.param(key, marks=pytest.mark.slow if key == QUICK else pytest.mark.long)


@pytest.mark.parametrize("key", [_others_by_name(key) for key in RIGHT])
def test_it_teaches_what_the_model_shows(key: str) -> None:
    lesson = read_lessons()[key]
    runs = lesson.file.runs
    compared = {
        place: _compared(lesson, place, runs.replicates, runs.scale)
        for place in range(1, 1 + len(lesson.file.alternatives))
    }
    asked = lesson.file.prediction
    told = judge(asked.cuts, **_numbers(compared[asked.alternative], asked.outcome, asked.year))
    assert told is not None
    assert told.right == RIGHT[key]
    found = {
        (outcome, year, place): _direction(_numbers(compared[place], outcome, year))
        for outcome, year, place, _ in DIRECTIONS[key]
    }
    assert found == {one[:3]: one[3] for one in DIRECTIONS[key]}
