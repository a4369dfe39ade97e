"""A study with policies runs each of them in the same worlds, with the same luck."""

from pathlib import Path

import pytest

from ipsim.scenario import ScenarioError
from ipsim.study.plan import Study, read_study

TEXT = """\
scenario: jinhua
factors: {assumptions.blocking: range, assumptions.discount: range}
design: {kind: latin-hypercube, points: 3}
policies:
  - {name: as it is}
  - {name: awards, policy.subsidies.high_value: {2021: 10000}}
replicates: 2
"""


def study_of(tmp_path: Path, text: str) -> Study:
    file = tmp_path / "study.yaml"
    file.write_text(text, encoding="utf-8")
    return read_study(file)


def faults_of(tmp_path: Path, text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        study_of(tmp_path, text)
    return str(caught.value)


def test_every_world_meets_every_policy(tmp_path: Path) -> None:
    study = study_of(tmp_path, TEXT)
    points = study.points()
    assert [point.name for point in points] == ["as it is", "awards"] * 3
    for place in range(0, 6, 2):
        plain, awards = points[place], points[place + 1]
        assert plain.values == awards.values and plain.unit == awards.unit
        assert awards.changes == {**plain.changes, "policy.subsidies.high_value": {2021: 10000}}
    assert len({point.values["blocking"] for point in points}) == 3
    assert [one.name for one in points[1:3]] == ["awards", "as it is"] and points[-1].name == "awards"
    with pytest.raises(IndexError):
        points[6]


@pytest.mark.parametrize(("seeds", "worlds"), [("shared", [1, 1, 1]), ("distinct", [1, 3, 5])])
def test_policies_of_a_world_share_its_luck(tmp_path: Path, seeds: str, worlds: list[int]) -> None:
    study = study_of(tmp_path, f"{TEXT}seeds: {seeds}\n")
    first = [run.seed for run in study.planned(len(study.points())) if run.replicate == 1]
    assert first == [seed for seed in worlds for _ in range(2)]


def test_faults_of_policies_stand_at_their_lines(tmp_path: Path) -> None:
    unnamed = TEXT.replace("name: awards, ", "")
    assert "study.yaml:6: policies[1]: a policy needs a `name`" in faults_of(tmp_path, unnamed)
    twice = TEXT.replace("policy.subsidies.high_value: {2021: 10000}", "assumptions.blocking: 0.3")
    assert "assumptions.blocking is a factor already" in faults_of(tmp_path, twice)
    unknown = TEXT.replace("high_value", "high_valu")
    assert "study.yaml:6: policies[1].policy.subsidies.high_valu" in faults_of(tmp_path, unknown)
    listed = TEXT.replace("kind: latin-hypercube, points: 3", "kind: morris")
    assert "no policies in a morris design" in faults_of(tmp_path, listed)
