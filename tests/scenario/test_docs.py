"""The page on scenarios: its tables come from the code, and its examples load."""

import json
import re
from pathlib import Path

import pytest

from ipsim.scenario import load_text, schema
from ipsim.scenario.json_schema import city_schema
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.tables import with_tables

PAGE = Path(__file__).parents[2] / "docs" / "scenario.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def test_tables_are_current() -> None:
    assert with_tables(TEXT) == TEXT, "run: python -m ipsim.scenario.tables docs/scenario.md"
    assert all(f"`{key}`" in TEXT for key in LEVERS)


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
