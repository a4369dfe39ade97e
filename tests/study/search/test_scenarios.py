from pathlib import Path

import pytest

from ipsim.scenario import load
from ipsim.study.batch.manifest import SCENARIO
from ipsim.study.search.scenarios import write_scenarios
from tests.study.search.town import TEXT, searched, study_of


@pytest.mark.parametrize(
    ("head", "extends"),
    [
        ("scenario: jinhua\n", "extends: jinhua\n"),
        ("scenario: strict-2020\n", "extends: strict-2020\n"),
        ("scenario: jinhua\nset: {horizon.end: 2030, assumptions.blocking: 0.3}\n", "extends: jinhua\n"),
        # A fixed change of a lever that a policy sets from a date on can't be said in one layer.
        ("scenario: jinhua\nset: {policy.subsidies.high_value: 500}\n", "extends: ../scenario.yaml\n"),
        ("scenario: town-city.yaml\n", "extends: ../scenario.yaml\n"),
    ],
)
def test_each_policy_is_a_scenario_that_runs_as_it_did(tmp_path: Path, head: str, extends: str) -> None:
    (tmp_path / "town-city.yaml").write_text("extends: xiamen\nhorizon: {end: 2030}\n", encoding="utf-8")
    text = TEXT.replace("scenario: jinhua\n", head).replace("high: 20000}", "high: 20000, from: 2021}")
    text = text.replace("generations: 5", "generations: 1").replace("random: 20", "random: 0")
    text = text.replace("check_worlds: 4", "check_worlds: 0").replace("budget: 150", "budget: 300")
    result = searched(study_of(tmp_path, text))
    (tmp_path / SCENARIO).write_text(result.study.scenario.text, encoding="utf-8")
    files = write_scenarios(result, tmp_path)
    assert files == [f"frontier/policy-{place + 1:02}.yaml" for place in range(len(result.frontier))]
    for file, policy in zip(files, result.frontier.policies, strict=True):
        assert policy is not None
        written = (tmp_path / file).read_text(encoding="utf-8")
        assert written.startswith(extends), written
        scenario = load(tmp_path / file)
        assert scenario.hash == result.study.scenario.replace(policy.changes).hash
        assert scenario.title.zh.endswith("套）") and "Policy" in scenario.title.en
        assert "5 worlds" in scenario.description.en and "5种" in scenario.description.zh


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    text = TEXT.replace("policy.protection.strength: {low: 0, high: 1}", "policy.protection.mediation: [7]")
    text = text.replace(
        "policy.subsidies.filing.design: {low: 0, high: 1000}", "policy.subsidies.grant.design: [0]"
    )
    text = text.replace("{low: 0, high: 20000}", "[0, 100]").replace("budget: 150", "budget: 300")
    text = text.replace("random: 20", "random: 0").replace(
        "[pattern_2030, quality_weighted_patents]", "[pattern_2030]"
    )
    result = searched(study_of(tmp_path, text))
    (file, *_) = write_scenarios(result, tmp_path)[::-1]
    written = (tmp_path / file).read_text(encoding="utf-8")
    policy = result.frontier.policies[-1]
    assert policy is not None and policy.values["subsidies.high_value"] == 0
    assert "mediation: 7" in written and "high_value" not in written
