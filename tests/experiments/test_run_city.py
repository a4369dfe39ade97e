"""The experiments on one city: which parameters their runs have, and that their pages say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ipsim.scenario import Scenario, load
from tests.study.drawn import BLOCKING, three

FOLDER = Path(__file__).resolve().parents[2] / "experiments" / "run_city"


class Seen:
    """A run whose only figures are the parameters it was given."""

    def __init__(self, scenario: Scenario, *, cut_policy: Scenario, **_: Any) -> None:
        found = (scenario.parameter(BLOCKING), cut_policy.parameter(BLOCKING))
        self.indicators = dict(zip([(2016, "scenario"), (2016, "base")], found, strict=True))

    def run(self) -> Seen:
        return self


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    import many

    monkeypatch.setattr(many, "Simulation", Seen)
    return many


def test_a_run_is_drawn_by_its_seed_or_has_the_central_set(
    many: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensemble = three(tmp_path / "three")
    monkeypatch.setattr(many, "_scenario", lambda city, changes: load(city, ensemble))
    drawn = [many.run_job(many.Job("jinhua", seed, drawn=True)) for seed in (1, 2, 3, 4)]
    assert [one[2016, "scenario"] for one in drawn] == [0.3, 0.5, 0.61, 0.3]
    assert [one[2016, "base"] for one in drawn] == [0.3, 0.5, 0.61, 0.3]
    central = [many.run_job(many.Job("jinhua", seed))[2016, "scenario"] for seed in (1, 2, 3)]
    assert central == [0.4, 0.4, 0.4]


def test_published_alone_draws_and_pages_say_so(many: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import published

    asked: list[bool] = []

    def noted(jobs: list[Any], workers: int) -> list[Any]:
        asked.extend(job.drawn for job in jobs)
        return []

    monkeypatch.setattr(published, "run_jobs", noted)
    monkeypatch.setattr(published, "of_place", lambda *given: [])
    published.published(1, 3)
    assert asked == [True] * 6
    assert "luck and doubt about parameters" in many.parameters_of("published")
    for other in ("levers", "sweeps", "facts", "assumptions"):
        assert "hold luck alone" in many.parameters_of(other)
