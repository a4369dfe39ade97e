"""The page on the board says what the board is."""

import re
from pathlib import Path

from ipsim.app import asked
from ipsim.app.openapi import document

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "board.md").read_text(encoding="utf-8")


def requests() -> str:
    """Return the table of all requests, as the document of the board gives them."""
    rows = [
        f"| `{method.upper()} {path}` | {operation['summary']} |"
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]
    return "\n".join(["| Request | What it gives |", "| --- | --- |", *rows])


def test_the_requests_are_those_of_the_board() -> None:
    found = re.search(r"<!-- requests -->\n(.*?)\n<!-- end requests -->", PAGE, re.DOTALL)
    assert found and found[1] == requests(), f"the table should be:\n{requests()}"


def test_the_bounds_are_those_of_the_board() -> None:
    for bound in (
        f"Sketch at {asked.SKETCH_SCALE:.0%}".replace("%", " %"),
        f"answers at {asked.DEFAULT_SCALE:.0%}".replace("%", " %"),
        f"{asked.DEFAULT_REPLICATES} pairs by default",
        f"at most {asked.MOST_REPLICATES} pairs",
    ):
        assert bound in PAGE
