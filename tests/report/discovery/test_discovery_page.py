import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from ipsim.report.discovery import discovery_table, write_discovery
from ipsim.report.discovery.sentences import box_sentences, limit_text, quasi_p
from ipsim.study.plan import Outcome
from ipsim.study.sensitivity.condition import read_condition
from ipsim.study.sensitivity.discovery import Discovery
from ipsim.study.sensitivity.prim import Box, Limit
from tests.study.sensitivity.functions import study_of

NONE = math.nan


def made_up(folder: Path, boxes: int = 2) -> Discovery:
    study = study_of(folder, 3, "kind: latin-hypercube, points: 30")
    peeling = pd.DataFrame(
        {
            "coverage": np.linspace(1, 0.5, 12),
            "density": np.linspace(0.3, 0.9, 12),
            "mass": np.linspace(1, 0.1, 12),
            "restricted": [0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3],
            "chosen": [place == 9 for place in range(12)],
        }
    )
    limits = (
        Limit("blocking", 0.2, NONE, (), 1e-9, NONE, 1.0),
        Limit("copy_damage", 0.45, 0.7, (), 0.02, 0.03, 0.4),
        Limit("leak_hazard", NONE, NONE, ("early", "late"), 0.01, NONE, 0.8),
    )
    box = Box(0.82, 0.6, 0.2, 60, 49, limits, peeling)
    condition = read_condition(
        "pattern_2030 >= 60 and public_spending < 3000", ("pattern_2030", "public_spending")
    )
    outcomes = (
        Outcome("pattern_2030", "pattern_2030", (2030,)),
        Outcome("public_spending", "public_spending", (2029, 2030), "sum"),
    )
    columns = {factor.name: factor for factor in study.factors}
    spans = {name: (factor.low, factor.high) for name, factor in columns.items()}
    return Discovery(study, condition, "point", 0.8, 300, 82, 3, outcomes, columns, spans, (box,) * boxes)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["2030 pattern, 2030 ≥ 60 of 100 and Public spending", "&lt; 3,000 RMB million"]),
        ("zh", ["2030年格局指数（2030）≥60分且", "&lt;300,000万元"]),
    ],
)
def test_page_figures_and_table_speak_both_languages(tmp_path: Path, lang: str, words: list[str]) -> None:
    found = made_up(tmp_path)
    page = write_discovery(found, tmp_path, lang).read_text(encoding="utf-8")
    for one in words:
        assert one in page
    assert not re.search(r"\bnan\b", re.sub(r"base64,[^)]*", "", page))
    assert "https://" not in page
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {
        f"discovery-{number}.{kind}" for number in (1, 2) for kind in ("svg", "png")
    }
    with (tmp_path / "table.txt").open("w", encoding="utf-8") as file:
        console = Console(width=250, record=True, file=file)
        console.print(discovery_table(found, lang))
    assert words[0] in console.export_text()


def test_a_box_in_words(tmp_path: Path) -> None:
    found = made_up(tmp_path)
    lead, limits, covers = box_sentences(found, 0, "en")
    assert lead == "It holds in 82 % of points, against 27 % of all, where"
    assert limits[0].endswith("is at least 0.200, number")
    assert "is from 0.450 to 0.700" in limits[1]
    assert limits[2].endswith("is one of early; late")
    assert covers == "60 % of all points that meet it lie there."
    assert box_sentences(found, 1, "en")[0].startswith("Of the rest")
    below = Limit("blocking", NONE, 0.3, (), NONE, 0.2, 0)
    assert limit_text(found, below, "zh").endswith("不高于0.300（个）")


def test_quasi_p_values() -> None:
    assert quasi_p(Limit("a", 1, 2, (), 1e-9, 0.0312, 1)) == "<0.001, 0.031"


def test_no_box_is_said(tmp_path: Path) -> None:
    found = made_up(tmp_path, boxes=0)
    assert "No part of the space" in write_discovery(found, tmp_path, "en").read_text(encoding="utf-8")
    assert not list((tmp_path / "figures").iterdir())
