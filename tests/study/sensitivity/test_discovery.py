import json
import math
from pathlib import Path

import pandas as pd
import pytest

from ipsim.scenario.errors import ScenarioError
from ipsim.study.batch import run_batch
from ipsim.study.errors import RunError
from ipsim.study.plan import Factor
from ipsim.study.sensitivity import prim
from ipsim.study.sensitivity.discovery import _tight, discover
from ipsim.study.sensitivity.prim import Limit
from tests.study.sensitivity.functions import OUTCOMES, IshigamiCity, study_of

pytest.importorskip("ema_workbench", reason="the extra `discovery`", exc_type=ImportError)

SAMPLE = "kind: latin-hypercube, points: 100"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("study")
    study = study_of(path, 3, SAMPLE, 1, f"replicates: 2\n{OUTCOMES}")
    run_batch(study, path / "out", workers=1, make=IshigamiCity)
    return path / "out"


def test_boxes_of_a_study_stand_in_its_units(folder: Path) -> None:
    """Ishigami's function is high where the first factor is above its middle and the second away from it."""
    found = discover(folder, "pattern_2030 >= 5 and enterprises == 7", most=1)
    assert (found.cases, found.missing) == (100, 0)
    assert str(found.condition) == "pattern_2030 >= 5 and enterprises == 7"
    assert found.boxes[0].density > 1.3 * found.met / found.cases
    first = found.table[found.table["factor"] == "blocking"]
    assert list(first["key"]) == ["assumptions.blocking"]
    factor = found.columns["blocking"]
    assert factor.low < float(first["low"].iloc[0]) < factor.high


def test_a_case_can_be_a_run_or_a_point(folder: Path) -> None:
    points = discover(folder, "invention_grants > 5", most=1)
    runs = discover(folder, "invention_grants > 5", each="run", most=1)
    assert (points.cases, runs.cases) == (100, 200)


def test_what_is_kept_counts_even_if_it_is_no_outcome(folder: Path) -> None:
    with pytest.raises(RunError, match="0 points with results are too few"):
        discover(folder, "rd_intensity > 1")  # a known indicator that the stand-in does not have


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prim, "RESAMPLES", 2)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("pattern_2030 > 1e6", "no point meets pattern_2030 > 1e.06.*runs from"),
        ("enterprises > 0", "every point meets"),
    ],
)
def test_nothing_to_tell_apart(folder: Path, where: str, message: str) -> None:
    with pytest.raises(RunError, match=message):
        discover(folder, where)


def test_unknown_names_get_the_nearest(folder: Path) -> None:
    with pytest.raises(ScenarioError, match="nearest: pattern_2030"):
        discover(folder, "patern_2030 > 1")


def test_points_that_leave_factors_unset_are_refused(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, "kind: one-at-a-time", 1, OUTCOMES)
    run_batch(study, tmp_path / "out", workers=1, make=IshigamiCity)
    with pytest.raises(ScenarioError, match="some points leave blocking"):
        discover(tmp_path / "out", "pattern_2030 > 1")


def test_what_is_written(folder: Path) -> None:
    found = discover(folder, "pattern_2030 >= 5", most=1)
    page = found.save(folder, "zh")
    assert page.name == "discovery.html"
    facts = json.loads((folder / "discovery.json").read_text(encoding="utf-8"))
    assert facts["condition"] == "pattern_2030 >= 5"
    assert facts["met"] == found.met
    table = pd.read_csv(folder / "discovery.csv")
    assert list(table["factor"]) == list(found.table["factor"])
    assert (folder / "figures" / "discovery-1.png").stat().st_size > 5000


@pytest.mark.parametrize(
    ("factor", "low", "high", "tight"),
    [
        (Factor("policy.subsidies.research", (0, 0.1, 0.2), 0, 0.2), math.nan, 0.15, (math.nan, 0.1)),
        (Factor("policy.subsidies.research", (0, 0.1, 0.2), 0, 0.2), 0.05, math.nan, (0.1, math.nan)),
        (Factor("policy.protection.mediation", None, 0, 9, integer=True), 2.5, 7.5, (3, 7)),
        (Factor("assumptions.blocking", None, 0, 1), 0.123, math.nan, (0.123, math.nan)),
    ],
)
def test_limits_are_values_that_a_factor_can_take(
    factor: Factor, low: float, high: float, tight: tuple[float, float]
) -> None:
    limit = _tight(Limit(factor.name, low, high, (), 0.01, 0.01), factor)
    assert (limit.low, limit.high) == pytest.approx(tight, nan_ok=True)


@pytest.fixture(scope="module")
def crossed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crossed")
    policies = "policies: [{name: A}, {name: B, assumptions.copy_damage: 0.7}]\n"
    study = study_of(path, 1, "kind: latin-hypercube, points: 50", 1, f"{policies}{OUTCOMES}")
    run_batch(study, path / "out", workers=1, make=IshigamiCity)
    return path / "out"


def test_a_policy_is_a_factor_unless_one_is_named(crossed: Path) -> None:
    whole = discover(crossed, "pattern_2030 > 5", most=1)
    assert whole.cases == 100
    assert set(whole.columns) == {"blocking", "policy"}
    alone = discover(crossed, "pattern_2030 > 7", most=1, policy="B")
    assert alone.cases == 50
    assert set(alone.columns) == {"blocking"}


def test_a_policy_against_another_is_a_difference(crossed: Path) -> None:
    """What B adds is the same everywhere, since the other two factors stay as they are."""
    with pytest.raises(RunError, match=r"every point meets .* runs from 7 to 7"):
        discover(crossed, "pattern_2030 > 0", policy="B", against="A")


@pytest.mark.parametrize(
    ("policy", "against", "message"),
    [
        ("C", "", "no policy of this study; there are: A, B"),
        ("", "A", "needs --policy"),
    ],
)
def test_policies_that_are_not_there(crossed: Path, policy: str, against: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        discover(crossed, "pattern_2030 > 0", policy=policy, against=against)


def test_a_study_without_policies(folder: Path) -> None:
    with pytest.raises(ScenarioError, match="--policy: this study has no policies"):
        discover(folder, "pattern_2030 > 0", policy="A")
