"""The pages on the model: tables are current, examples run, and links lead somewhere."""

import re
import runpy
from pathlib import Path

import pytest

from ipsim.simulation.describe import RECORDS, with_tables

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / "model.md", ROOT / "docs" / "extending.md"]
READ = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLE = re.compile(r"<!-- run(?:: (?P<needs>[^ ]+))? -->\n```python\n(?P<code>.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(found["code"], found["needs"], id=f"{page.stem}-{number}")
    for page in READ
    for number, found in enumerate(EXAMPLE.finditer(page.read_text(encoding="utf-8")), start=1)
]
LINK = re.compile(r"\]\((?P<path>[^)#:]*)(?:#(?P<place>[^)]*))?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tables_are_current(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert with_tables(text) == text, (
        "run: python -m ipsim.simulation.describe docs/model.md docs/extending.md"
    )


def test_every_record_has_its_table() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    for record in RECORDS:
        assert f"<!-- table: record {record.name} -->\n| Field |" in text


def template_filled() -> str:
    """Return the template of a city with the values that its comments suggest."""
    template = ROOT / "scenarios" / "cities" / "template.yaml"
    lines = template.read_text(encoding="utf-8").splitlines()
    return "\n".join(
        re.sub(r"\bFILL\b", re.split(r"for example ", line)[1], line.split("#")[0])
        if "FILL" in line and "for example" in line
        else line
        for line in lines
    )


@pytest.mark.parametrize(("code", "needs"), EXAMPLES)
def test_examples_run(code: str, needs: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if needs:
        Path(needs).write_text(template_filled(), encoding="utf-8")
    example = tmp_path / "example.py"  # a file, since compiled rules are kept by file
    example.write_text(code, encoding="utf-8")
    runpy.run_path(str(example), run_name="__main__")


def anchors(text: str) -> set[str]:
    """Return the places of a page that links can name."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", READ, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for found in LINK.finditer(page.read_text(encoding="utf-8")):
        target = page.parent / found["path"] if found["path"] else page
        assert target.exists(), found[0]
        if found["place"]:
            assert found["place"] in anchors(target.read_text(encoding="utf-8")), found[0]
