"""A natural experiment from end to end, with a simulation whose effects are known."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pandas as pd
import pytest

from ipsim.scenario.errors import ScenarioError
from ipsim.study.errors import FolderError, RunError
from ipsim.study.natural import Finding, read_experiment, run_experiment, save_findings, table_of
from ipsim.study.natural.country import drawn_figures
from ipsim.study.natural.result import MANIFEST
from tests.study.natural.worlds import PLAIN, Deaf, Exact, experiment, written

GAIN = 100 * (math.exp(0.2) - 1)


@pytest.fixture
def found(tmp_path: Path) -> Finding:
    return run_experiment(experiment(tmp_path), placebos=20, make=Exact)


def test_an_exact_world_gives_the_exact_effect(found: Finding) -> None:
    assert found.truth is not None
    assert found.truth.value == pytest.approx(GAIN, abs=1e-9)
    for one in found.estimates.values():
        assert one.value == pytest.approx(GAIN, abs=1e-6)
    assert found.verdict.outcome == "pass"
    assert found.verdict_of_truth is not None
    assert found.verdict_of_truth.outcome == "pass"
    assert found.runs == 12 + 6
    assert {kind: one.mean for kind, one in found.placebos.items()} == pytest.approx(
        {"twfe": 0.0, "imputation": 0.0}, abs=1e-9
    )


def test_the_panel_holds_both_worlds(found: Finding) -> None:
    panel = found.panel
    assert len(panel) == 12 * 6
    before = panel["first"].isna() | (panel["time"] < panel["first"])
    assert (panel.loc[before, "outcome"] == panel.loc[before, "untreated"]).all()
    after = panel[~before]
    assert (after["outcome"] / after["untreated"]).to_numpy() == pytest.approx(math.exp(0.2))


def test_where_nothing_answers_truth_is_exactly_nought(tmp_path: Path) -> None:
    found = run_experiment(experiment(tmp_path), placebos=5, make=Deaf)
    assert found.truth is not None
    assert (found.truth.value, found.truth.low, found.truth.high) == (0.0, 0.0, 0.0)
    assert found.verdict.outcome == "unclear"


def test_an_elasticity_is_per_dose_in_truth_as_in_estimates(tmp_path: Path) -> None:
    published = {
        "value": -1,
        "low": -2,
        "high": -0.5,
        "unit": {"en": "elasticity", "zh": "弹性"},
        "why": "an example",
    }
    asked = experiment(tmp_path, measure={"log": True, "per": {"from": 1, "to": 0.8}}, published=published)
    found = run_experiment(asked, placebos=0, make=Exact)
    assert found.truth is not None
    assert found.truth.value == pytest.approx(0.2 / math.log(0.8))
    assert found.main.value == pytest.approx(found.truth.value)
    assert found.main_placebo is not None
    assert found.main_placebo.values == ()


def test_a_ratio_of_two_figures(tmp_path: Path) -> None:
    outcome = {"indicator": "invention_applications", "denominator": "enterprises"}
    found = run_experiment(experiment(tmp_path, outcome=outcome), placebos=0, make=Exact)
    assert found.panel["untreated"].max() < 2
    assert found.main.value == pytest.approx(GAIN, abs=1e-6)


def test_a_mean_without_treatment(tmp_path: Path) -> None:
    published = {"value": 1, "tolerance": 0.5, "unit": {"en": "ratio", "zh": "比"}, "why": "an example"}
    outcome = {"indicator": "invention_applications", "denominator": "enterprises"}
    asked = experiment(
        tmp_path, treatment=None, estimators=None, measure=None, outcome=outcome, published=published
    )
    found = run_experiment(asked, make=Exact)
    assert found.main.value == pytest.approx(sum(1.05**n for n in range(6)) / 6)
    assert found.truth is None
    assert found.verdict_of_truth is None
    assert found.placebos == {}


def test_a_lever_out_of_bounds_in_some_city_is_said_at_its_line(tmp_path: Path) -> None:
    # The first city can take it, so reading does not see it.
    changes = {"policy.protection.strength": {"add": 0.5}}
    seed = next(s for s in range(99) if drawn_figures(s, 0)["policy.protection.strength"] < 0.45)
    cities = {"number": 40, "seed": seed, "enterprises": [50, 60]}
    asked = experiment(tmp_path, cities=cities, treatment={**PLAIN["treatment"], "changes": changes})
    with pytest.raises(ScenarioError, match=r"plain\.yaml:\d+: treatment\.changes\.policy\.protection"):
        run_experiment(asked, make=Exact)


def test_an_outcome_that_is_nowhere_is_a_failed_run(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="plain: outcome: missing"):
        run_experiment(experiment(tmp_path, outcome="rd_reported"), make=Exact)


def test_a_result_is_written_whole_and_never_over_another(found: Finding, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    save_findings([found], folder)
    names = {path.name for path in (folder / "plain").iterdir()}
    assert names == {"panel.parquet", "experiment.yaml", "result.json", "effect.svg", "effect.png"}
    kept = json.loads((folder / "plain" / "result.json").read_text())
    assert kept["estimates"]["twfe"]["value"] == pytest.approx(GAIN, abs=1e-6)
    assert kept["verdict"]["outcome"] == "pass"
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "plain" / "panel.parquet"), found.panel)
    assert read_experiment(folder / "plain" / "experiment.yaml").name == "experiment"
    with pytest.raises(FolderError, match="--force"):
        save_findings([found], folder)
    save_findings([found], folder, force=True)
    assert json.loads((folder / MANIFEST).read_text())["experiments"] == ["plain"]


def test_the_table_has_what_a_reader_compares(found: Finding) -> None:
    row = table_of([found]).iloc[0]
    assert row["published"] == "+"
    assert row["estimate"] == pytest.approx(GAIN, abs=1e-6)
    assert row["verdict"] == "pass"
    assert row["placebo_draws"] == 20


def test_the_same_file_gives_the_same_result_with_any_number_of_workers(tmp_path: Path) -> None:
    asked = read_experiment(written(tmp_path, cities={"number": 6, "seed": 3, "enterprises": [50, 60]}))
    one = run_experiment(asked, workers=1, placebos=3, make=Exact)
    two = run_experiment(asked, workers=2, placebos=3, make=Exact)
    pd.testing.assert_frame_equal(one.panel, two.panel)
    assert one.placebos == two.placebos
