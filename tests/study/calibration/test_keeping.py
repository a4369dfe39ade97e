"""What a calibration came to, as files that are read back."""

import hashlib
import json
import math
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from ipsim.scenario.words import Words
from ipsim.study.calibration import keeping
from ipsim.study.calibration.calibrating import scenarios
from ipsim.study.calibration.keeping import assess, keep, read_assessment
from ipsim.study.calibration.unused import Unused
from ipsim.study.calibration.waves import Calibrated
from ipsim.study.errors import FolderError
from tests.study.calibration.known import PLAN, aim, aims_at_truth, calibrated

UNUSED = Unused("invention_grants", "2014", "900", "grants", 3, Words("too early", "过早"))


@pytest.fixture(scope="module")
def assessed(found: Calibrated) -> keeping.Assessment:
    return assess(
        found,
        scenarios(["jinhua"]),
        PLAN,
        shared=False,
        command="ipsim calibrate jinhua",
        seconds=65.4,
        unused=[UNUSED],
    )


def test_all_files_are_written_and_read_back(
    found: Calibrated, assessed: keeping.Assessment, tmp_path: Path
) -> None:
    (tmp_path / "runs").mkdir()
    kept = keep(found, assessed, tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {
        "ensemble.csv",
        "ensemble.json",
        "fit.csv",
        "identifiability.csv",
        "conflicts.csv",
        "calibration.json",
        "report.html",
        "figures/fit-jinhua.svg",
        "figures/fit-jinhua.png",
        "figures/identifiability.svg",
        "figures/identifiability.png",
    }
    digest = hashlib.sha256((tmp_path / "ensemble.csv").read_bytes()).hexdigest()
    again = read_assessment(tmp_path)
    assert again.facts["hash"] == kept.facts["hash"] == digest
    assert again.facts == json.loads(json.dumps(dict(kept.facts)))
    assert_frame_equal(again.fit, assessed.fit, rtol=1e-5, check_dtype=False)
    assert_frame_equal(again.identifiability, assessed.identifiability, rtol=1e-5, check_dtype=False)
    assert again.conflicts.empty


def test_what_the_facts_say(assessed: keeping.Assessment) -> None:
    facts = assessed.facts
    assert facts["cities"] == {"jinhua": {"en": "Jinhua", "zh": "金华"}}
    assert facts["plan"]["draws"] == PLAN.draws
    assert [one["use"] for one in facts["aims"]] == ["fit", "fit", "fit", "test"]
    assert all(one["source"] == "made up" and one["simulated"] for one in facts["aims"])
    assert facts["unused"][0]["reason"] == {"en": "too early", "zh": "过早"}
    assert (facts["members"], facts["parameters"], facts["inherited"]) == (60, 4, 0)
    assert facts["versions"]["ipsim"]


def test_open_ends_and_silent_aims_are_said() -> None:
    aims = [*aims_at_truth(), aim("nothing", 1.0, high=math.inf)]
    said = assess(
        calibrated(aims), scenarios(["jinhua"]), PLAN, shared=True, command="ipsim calibrate", seconds=1.0
    )
    last = said.facts["aims"][-1]
    assert (last["low"], last["high"], last["simulated"]) == (1.0, None, False)
    json.dumps(dict(said.facts), allow_nan=False)


def test_a_stop_on_the_way_leaves_the_folder_as_it_was(
    found: Calibrated, assessed: keeping.Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "write_json", stop)
    with pytest.raises(KeyboardInterrupt):
        keep(found, assessed, tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FolderError, match="no finished calibration"):
        read_assessment(tmp_path)
