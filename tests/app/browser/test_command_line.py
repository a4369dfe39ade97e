"""What the page shows is what `ipsim compare` gives for the same scenarios, seed, scale and pairs."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.app.browser.visitors import Visitor
from tests.app.browser.whatif import STRENGTH, WhatIf, policy, quick

RUNS: dict[str, Any] = {"replicates": 3, "scale": 0.02, "seed": 7}
BASELINE = policy("jinhua", changes={"horizon.end": 2024})
ALTERNATIVE = policy(
    "jinhua",
    changes={
        "horizon.end": 2024,
        STRENGTH: {"ramp": {"2018": 0.4, "2022": 0.9}},
        "policy.utilisation.pledge_fund.capital": {"2019": 150},
    },
    subsidies=0.5,
)


def ask(board: str, path: str, body: dict[str, Any]) -> bytes:
    headers = {"Content-Type": "application/json"}
    asked = urllib.request.Request(board + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(asked, timeout=120) as answer:
        return answer.read()


def compared(board: str, folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Download both policies, compare them on the command line, and return effects and headline."""
    for name, made in (("base", BASELINE), ("alternative", ALTERNATIVE)):
        text = ask(board, "/api/scenario", {"policy": made})
        (folder / f"{name}.yaml").write_bytes(text)
    options = [part for name, value in RUNS.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "ipsim", "compare", "base.yaml", "alternative.yaml", *options]
    done = subprocess.run(
        [*command, "--out", "out", "--turning", "0", "--workers", "2"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return _rows(folder / "out" / "effects.csv"), _rows(folder / "out" / "headline.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_the_numbers_are_those_of_the_command_line(
    board: str, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    effects, headline = compared(board, tmp_path)
    lines = ask(
        board, "/api/answer", {"baseline": BASELINE, "alternatives": [ALTERNATIVE], **RUNS}
    ).splitlines()
    answers = [line for line in map(json.loads, lines) if line["kind"] == "answer"]
    answer = answers[-1]
    (found,) = answer["alternatives"]
    years = answer["years"]
    checked = 0
    for row in effects:
        difference = found["differences"].get(row["indicator"])
        if difference is None or int(row["year"]) not in years:
            continue
        place = years.index(int(row["year"]))
        for ours, theirs in (("mean", "difference"), ("low", "low"), ("high", "high")):
            value = difference[ours][place]
            assert value == (pytest.approx(float(row[theirs]), rel=1e-9, abs=1e-9) if row[theirs] else None)
            checked += 1
    assert checked > 3 * len(years) * 20
    for row in headline:
        number = found["headline"][row["number"]]
        for ours in ("base", "alternative", "difference", "low", "high"):
            theirs = "alternative_value" if ours == "alternative" else ours
            assert number[ours] == pytest.approx(float(row[theirs]), rel=1e-9)

    whatif = WhatIf(visit(), quick(baseline=BASELINE, alternatives=[ALTERNATIVE], **RUNS))
    drawn = whatif.series()["line-0-1"]
    with urllib.request.urlopen(f"{board}/api/board") as catalogue:
        charts = json.load(catalogue)["charts"]
    (panel,) = charts[0]["panels"][0]["indicators"]
    by_year = {int(row["year"]): float(row["difference"]) for row in effects if row["indicator"] == panel}
    assert drawn == pytest.approx([by_year[year] for year in years])
    rows = {row["number"]: row for row in headline}
    cards = whatif.page.get_by_test_id("summary-number")
    assert cards.count() == 4
    for card in cards.all():
        row = rows[card.get_attribute("data-key") or ""]
        shown = card.locator(".summary-difference").inner_text()
        assert shown.startswith("−" if float(row["difference"]) < 0 else "+")
