import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ipsim.report.sensitivity
from ipsim.scenario.errors import ScenarioError
from ipsim.study.batch import open_study, run_batch
from ipsim.study.errors import FolderError, RunError
from ipsim.study.sensitivity import analyse, sensitivity
from ipsim.study.sensitivity.variance import sobol_indices
from tests.study.sensitivity import functions as known
from tests.study.sensitivity.functions import OUTCOMES, FailingCity, IshigamiCity, played, study_of

MORRIS = "kind: morris, trajectories: 12"


def test_sobol_indices_come_through_the_whole_path(tmp_path: Path) -> None:
    """Study file, batch, folder and analysis give what the function gives by itself."""
    study = study_of(tmp_path, 3, "kind: sobol, points: 32", 1, OUTCOMES)
    run_batch(study, tmp_path / "out", workers=1, make=IshigamiCity)
    found = sensitivity(tmp_path / "out")
    direct = sobol_indices(3, known.ishigami(known.places(study)), 1)
    table = found.table[found.table["outcome"] == "pattern_2030"].set_index("factor")
    table = table.loc[[factor.name for factor in study.factors]]
    for name, column in direct.columns.items():
        np.testing.assert_allclose(table[name], column, rtol=1e-6)
    assert (found.planned, found.missing) == (160, 0)


def test_failed_runs_are_left_out_and_counted(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, "kind: sobol, points: 32", 1, OUTCOMES)
    summary = run_batch(study, tmp_path / "out", workers=1, make=FailingCity)
    assert summary.failed > 0
    found = sensitivity(tmp_path / "out")
    (first, *_) = found.findings
    assert found.missing == summary.failed
    assert first.indices is not None
    failed = np.unique(open_study(tmp_path / "out").failures["point"] // 5)
    assert first.indices.left_out == len(failed)
    assert first.indices.used == 32 - len(failed)


@pytest.mark.parametrize(
    ("design", "column"),
    [
        ("kind: sobol, points: 256", "ST"),
        (MORRIS, "mu_star"),
        ("kind: latin-hypercube, points: 60", "prcc"),
        ("kind: one-at-a-time, levels: 5", "swing"),
    ],
)
def test_each_design_ranks_the_factors(tmp_path: Path, design: str, column: str) -> None:
    study = study_of(tmp_path, 3, design, 1, OUTCOMES)
    found = analyse(study, played(study))
    table = found.table
    assert set(table["outcome"]) == {"pattern_2030", "invention_grants"}
    mine = table[table["outcome"] == "pattern_2030"]
    assert list(mine["rank"]) == [1, 2, 3]
    assert (np.diff(np.abs(mine[column])) <= 0).all()
    assert set(mine["key"]) == {factor.key for factor in study.factors}
    constant = found.findings[-1]
    assert constant.undefined is not None
    assert constant.undefined.reason == "constant"


def test_one_at_a_time_moves_what_it_names(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, "kind: one-at-a-time", 1, OUTCOMES)
    found = analyse(study, played(study)).findings[0]
    assert found.indices is not None
    base = known.ishigami(np.full((1, 3), 0.5))[0]
    for place in range(3):
        for end, unit in (("at_low", 0.0), ("at_high", 1.0)):
            places = np.full((1, 3), 0.5)
            places[0, place] = unit
            assert found.indices.columns[end][place] == pytest.approx(known.ishigami(places)[0] - base)


def test_luck_stands_beside_the_indices(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, "kind: sobol, points: 64", 1, f"replicates: 4\n{OUTCOMES}")
    still, moved, _ = analyse(study, played(study)).findings
    assert still.luck is not None
    assert still.luck.share == pytest.approx(0, abs=1e-9)
    assert moved.luck is not None
    assert 0.01 < moved.luck.left < moved.luck.share
    assert moved.indices is not None
    assert (moved.indices.columns["ST_luck"] > 0).all()


def test_levels_stand_in_their_order(tmp_path: Path) -> None:
    text = (
        "scenario: jinhua\nfactors:\n  policy.protection.rapid_centre.industries: [[], [hardware]]\n"
        "  policy.subsidies.research: [0, 0.1, 0.2]\ndesign: {kind: latin-hypercube, points: 40}\n"
        "outcomes: [pattern_2030]\n"
    )
    file = tmp_path / "levels.yaml"
    file.write_text(text, encoding="utf-8")
    study = known.read_study(file)
    values = [len(str(point.values["protection.rapid_centre.industries"])) for point in study.points()]
    outcomes = pd.DataFrame(
        {"point": range(40), "replicate": 1, "pattern_2030": np.array(values, dtype=float)}
    )
    (finding,) = analyse(study, outcomes).findings
    assert finding.indices is not None
    assert finding.indices.columns["prcc"][0] == pytest.approx(1)
    assert abs(finding.indices.columns["prcc"][1]) < 0.5


def test_designs_that_can_not_say(tmp_path: Path) -> None:
    study = study_of(tmp_path, 2, "kind: factorial", 1, OUTCOMES)
    with pytest.raises(ScenarioError, match=r"design.kind: a factorial design can't say .* morris, sobol"):
        analyse(study, pd.DataFrame())


def test_too_many_failures_are_an_error(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, MORRIS, 1, OUTCOMES)
    outcomes = played(study)
    outcomes.loc[outcomes["point"] % 4 == 1, ["pattern_2030", "invention_grants"]] = np.nan
    with pytest.raises(RunError, match=r"0 complete, 2 needed \(a trajectory counts"):
        analyse(study, outcomes)


def test_an_analysis_is_written_whole_and_not_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(tmp_path, 3, MORRIS, 1, OUTCOMES)
    found = analyse(study, played(study))
    folder = tmp_path / "out"
    folder.mkdir()
    page = found.save(folder)
    assert page == folder / "report.html"
    names = {path.name for path in folder.iterdir()}
    assert names == {"sensitivity.csv", "sensitivity.json", "report.html", "figures"}
    facts = json.loads((folder / "sensitivity.json").read_text(encoding="utf-8"))
    assert facts["outcomes"]["enterprises"] == {"undefined": "it is the same at every point"}
    assert facts["outcomes"]["pattern_2030"]["used"] == 12
    pd.testing.assert_frame_equal(pd.read_csv(folder / "sensitivity.csv"), found.table, check_dtype=False)
    before = (folder / "sensitivity.csv").stat().st_mtime_ns
    with pytest.raises(FolderError, match="--force"):
        found.save(folder)

    def breaks(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ipsim.report.sensitivity, "write_sensitivity", breaks)
    with pytest.raises(FolderError, match="No space left"):
        found.save(folder, force=True)
    assert (folder / "sensitivity.csv").stat().st_mtime_ns == before
    assert {path.name for path in folder.iterdir()} == names


def test_nothing_moves_at_all(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, MORRIS, 1, "outcomes: [enterprises]\n")
    found = analyse(study, played(study)[["point", "replicate", "enterprises"]])
    assert found.table.empty
    assert "not defined" in found.save(tmp_path).read_text(encoding="utf-8")


def test_policies_are_analysed_against_the_first(tmp_path: Path) -> None:
    """What B adds to A hangs on the second factor alone, whatever drives A."""
    policies = "policies: [{name: A}, {name: B, policy.protection.mediation: 9}]\nseeds: distinct\n"
    study = study_of(
        tmp_path, 3, "kind: latin-hypercube, points: 60", 1, f"{policies}outcomes: [pattern_2030]\n"
    )
    points = study.points()
    assert len(points) == 120
    unit = np.array([point.unit for point in points])
    values = 10 * unit[:, 0] + np.where([point.name == "B" for point in points], unit[:, 1], 0)
    outcomes = pd.DataFrame({"point": range(120), "replicate": 1, "pattern_2030": values})
    found = analyse(study, outcomes)
    alone, difference = found.findings
    assert (alone.policy, alone.against) == ("A", "")
    assert (difference.policy, difference.against) == ("B", "A")
    assert (alone.order[0], difference.order[0]) == (0, 1)
    assert list(found.table.columns[:4]) == ["outcome", "unit", "policy", "against"]
    page = found.save(tmp_path).read_text(encoding="utf-8")
    assert "2030 pattern, 2030: B against A" in page
    assert (tmp_path / "figures" / "sensitivity-pattern_2030-B.svg").exists()
