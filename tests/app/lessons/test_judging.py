from __future__ import annotations

import json
import math
import shutil
import subprocess
from pathlib import Path

import pytest

import ipsim.app
from ipsim.app.lessons.judging import Judgement, judge

JUDGE_JS = Path(ipsim.app.__file__).parent / "static" / "js" / "lessons" / "judge.js"

NAN = math.nan
CASES: list[tuple[list[float] | None, tuple[float, float, float, float], Judgement | None]] = [
    (None, (5.0, 1.0, 9.0, 100.0), Judgement(2, (2,))),
    (None, (-5.0, -9.0, -1.0, 100.0), Judgement(0, (0,))),
    (None, (5.0, -1.0, 11.0, 100.0), Judgement(1, (1,))),
    (None, (0.0, 0.0, 0.0, 0.0), Judgement(1, (1,))),
    (None, (5.0, NAN, 9.0, 100.0), None),
    ([10.0], (5.0, 1.0, 9.0, 100.0), Judgement(0, (0,))),
    ([10.0], (12.0, 8.0, 16.0, 100.0), Judgement(1, (0, 1))),
    ([-50.0, -20.0, 0.0], (-68.0, -80.0, -57.0, 170.0), Judgement(1, (1,))),
    ([-50.0, -20.0, 0.0], (-68.0, -90.0, 10.0, 170.0), Judgement(1, (0, 1, 2, 3))),
    ([10.0], (12.0, 8.0, 16.0, -100.0), Judgement(1, (0, 1))),
    ([10.0], (12.0, 8.0, 16.0, 0.0), None),
    ([10.0], (NAN, 8.0, 16.0, 100.0), None),
]


@pytest.mark.parametrize(("cuts", "numbers", "wanted"), CASES)
def test_the_choice_that_holds_the_difference_is_right(
    cuts: list[float] | None, numbers: tuple[float, float, float, float], wanted: Judgement | None
) -> None:
    assert judge(cuts, *numbers) == wanted


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node; the walk in a browser covers it too")
def test_the_page_judges_alike() -> None:
    keys = ("difference", "low", "high", "base")
    asked = [
        [cuts, {key: one if math.isfinite(one) else None for key, one in zip(keys, numbers, strict=True)}]
        for cuts, numbers, _ in CASES
    ]
    script = (
        f"import({json.dumps(JUDGE_JS.as_uri())}).then(({{ judge }}) => "
        f"console.log(JSON.stringify({json.dumps(asked)}.map(([cuts, one]) => judge(cuts, one)))))"
    )
    told = subprocess.run(
        ["node", "--no-warnings", "--input-type=module", "-e", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = [one and Judgement(one["right"], tuple(one["open"])) for one in json.loads(told.stdout)]
    assert found == [wanted for _, _, wanted in CASES]
