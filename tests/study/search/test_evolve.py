import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import optuna
import pytest

from ipsim.study.plan import Point, Study
from ipsim.study.search import SearchSettings, read_search
from ipsim.study.search.evolve import evolve
from ipsim.study.search.judging import Judge, Judged, joined
from ipsim.study.search.policies import Policy, policy_at
from ipsim.study.search.worlds import worlds_of
from tests.study.search.town import TEXT, runs_of, study_of


def _evolved(study: Study, settings: SearchSettings, first: list[Policy], seed: int = 3) -> list[Judged]:
    worlds = worlds_of("search", settings.uncertain, (settings.worlds, 0, 0), study.seed, 1)
    return evolve(study.factors, settings, Judge(settings, worlds, runs_of(study)), first, seed)


def _policies(generations: list[Judged]) -> list[str]:
    return [one.written for one in joined(generations).policies if one is not None]


def test_the_same_seed_asks_for_the_same_policies(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    settings = read_search(study)
    assert _policies(_evolved(study, settings, [])) == _policies(_evolved(study, settings, []))
    assert _policies(_evolved(study, settings, [])) != _policies(_evolved(study, settings, [], seed=4))


def test_it_begins_with_the_policies_given_and_learns_from_them(tmp_path: Path) -> None:
    """Given policies near the optimum are parents: a later generation keeps near them."""
    study = study_of(tmp_path)
    settings = replace(read_search(study), generations=4)
    first = [policy_at(study.factors, [0.5 + 0.01 * one, 0.5, 0.0]) for one in range(8)]
    generations = _evolved(study, settings, first)
    assert _policies(generations[:1]) == [one.written for one in first]
    later = np.array([one.unit for one in joined(generations[1:]).policies if one is not None])
    assert np.median(np.abs(later[:, 0] - 0.5)) < 0.15, "random policies would be 0.25 away"
    assert np.median(later[:, 2]) < 0.1


def test_it_finds_what_is_best_under_the_budget(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    settings = replace(read_search(study), population=16, generations=12)
    judged = joined(_evolved(study, settings, []))
    within = judged.within(settings.budget)
    assert within[-64:].mean() > 0.5, "most late policies keep to the budget"
    late = [one for one, good in zip(judged.policies[-64:], within[-64:], strict=True) if good and one]
    wasted = np.array([one.values["subsidies.filing.design"] for one in late], dtype=np.float64)
    assert np.median(wasted) < 200, "little is wasted; random policies waste 500"


def test_levels_and_words_are_searched_too(tmp_path: Path) -> None:
    text = TEXT.replace(
        "policy.protection.strength: {low: 0, high: 1}", "policy.protection.strength: [0, 0.4, 1]"
    )
    text = text.replace(
        "policy.subsidies.filing.design: {low: 0, high: 1000}",
        "policy.protection.rapid_centre.industries: [[hardware], [textiles_garments]]",
    )
    study = study_of(tmp_path, text)
    judged = joined(_evolved(study, read_search(study), []))
    values = [one.values for one in judged.policies if one is not None]
    assert {one["protection.strength"] for one in values} == {0, 0.4, 1}
    assert len({str(one["protection.rapid_centre.industries"]) for one in values}) == 2


def test_failed_policies_are_never_chosen(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    settings = read_search(study)
    runs = runs_of(study)

    def failing(points: Sequence[Point]) -> np.ndarray:
        found = runs(points)
        award = np.array([float(str(point.values.get("subsidies.high_value", 0))) for point in points])
        found[award > 10000] = np.nan
        return found

    judge = Judge(settings, worlds_of("search", settings.uncertain, (3, 0, 0), 3, 1), failing)
    generations = evolve(study.factors, settings, judge, [], 3)
    last = generations[-1]
    assert last.enough().mean() > 0.7
    assert joined(generations).enough().mean() < 1


def test_optuna_keeps_quiet_and_as_it_was(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    study = study_of(tmp_path)
    before = optuna.logging.get_verbosity()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _evolved(study, read_search(study), [])
    assert optuna.logging.get_verbosity() == before
    assert capfd.readouterr().err == ""
