from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ipsim.study.plan import Study
from ipsim.study.search import SearchSettings, read_search
from ipsim.study.search.breeding import picked
from ipsim.study.search.judging import Judge
from ipsim.study.search.policies import Policy, policy_at
from ipsim.study.search.worlds import worlds_of
from tests.study.search.town import runs_of, study_of


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return study_of(tmp_path)


@pytest.fixture
def settings(study: Study) -> SearchSettings:
    return replace(read_search(study), population=4)


def _judge(study: Study, settings: SearchSettings) -> Judge:
    return Judge(settings, worlds_of("search", settings.uncertain, (3, 0, 0), 3, 1), runs_of(study))


def _at(study: Study, *units: tuple[float, float, float]) -> list[Policy]:
    return [policy_at(study.factors, unit) for unit in units]


def test_a_quarter_by_chance_the_rest_by_what_is_expected(study: Study, settings: SearchSettings) -> None:
    judge = _judge(study, settings)
    random = np.random.default_rng(1).random((40, 3))
    known = judge.judge([policy_at(study.factors, unit) for unit in random])
    children = _at(
        study,
        (0.9, 0.9, 0.9),  # much too dear, but the first
        (0.3, 0.2, 0.9),  # wasteful
        (0.55, 0.0, 0.0),  # best pattern
        (0.3, 0.9, 0.9),  # too dear
        (0.0, 0.95, 0.0),  # best quality
        (0.3, 0.6, 0.0),  # good in both
        (0.1, 0.1, 0.9),  # wasteful
    )
    assert picked(children, known, judge, settings) == [0, 2, 4, 5]


def test_no_child_is_run_twice_while_there_are_others(study: Study, settings: SearchSettings) -> None:
    judge = _judge(study, settings)
    parents = _at(study, (0.1, 0.2, 0.3), (0.4, 0.5, 0.6))
    known = judge.judge(parents)
    fresh = _at(study, (0.2, 0.2, 0.2), (0.3, 0.3, 0.3), (0.3, 0.3, 0.3), (0.4, 0.4, 0.4), (0.5, 0.5, 0.5))
    assert picked([*parents, *fresh], known, judge, settings) == [2, 3, 5, 6]
    assert picked([*parents, *fresh[:3]], known, judge, settings) == [0, 1, 2, 3], "filled up to a generation"
