"""The page on scenarios: its tables come from the code, and its examples load."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from ipsim.scenario import load_text, schema
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import Ensemble
from ipsim.scenario.json_schema import city_schema
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.tables import calibrated_cells, with_tables

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "scenario.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("page", ["scenario.md", "model.md"])
def test_tables_are_current(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert with_tables(text) == text, "run: python -m ipsim.scenario.tables docs/scenario.md docs/model.md"


def test_every_lever_and_parameter_has_its_row() -> None:
    assert all(f"`{key}`" in TEXT for key in LEVERS)
    model = (DOCS / "model.md").read_text(encoding="utf-8")
    assert "<!-- table: parameters -->\n" in model
    assert all(f"| `{key}` | {one.value:.10g} | " in model for key, one in ASSUMPTIONS.items())


def test_calibrated_values_stand_beside_declared_ones() -> None:
    key = "assumptions.blocking"
    members = np.linspace(0.2, 0.4, 101)[:, None]
    ensemble = Ensemble((key,), np.array([0.31]), members)
    assert calibrated_cells(key, ensemble) == ("0.31", "0.21 to 0.39")
    assert calibrated_cells("assumptions.chances", ensemble) == ("–", "–")


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_load(example: str) -> None:
    scenario = load_text(example)
    assert scenario.hash != load_text(f"city: {scenario.city.key}\n").hash


def test_schema_places_every_lever_with_its_bounds() -> None:
    made = schema()
    json.dumps(made)
    for key, lever in LEVERS.items():
        node = made
        for part in key.split("."):
            node = (node.get("anyOf", [node])[0] if "properties" not in node else node)["properties"][part]
        forms = node["anyOf"]
        if lever.kind == "number":
            assert (forms[0]["minimum"], forms[0]["maximum"]) == (lever.low, lever.high)
        assert lever.meaning.zh in node["description"]


def test_schema_of_a_city_is_closed() -> None:
    made = city_schema()
    json.dumps(made)
    assert made["additionalProperties"] is False
