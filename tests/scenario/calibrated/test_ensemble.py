"""The table of an ensemble: read whole, or refused with every fault."""

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from ipsim.scenario import ScenarioError
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import Ensemble, read_ensemble, shipped_ensemble
from tests.scenario.calibrated.written import write_ensemble

BLOCKING = "assumptions.blocking"
GROWTH = "jinhua:patents.stock_growth"
MEMBERS = [{BLOCKING: 0.4, GROWTH: 0.1}, {BLOCKING: 0.1 + 0.2, GROWTH: 0.2}]


def written(folder: Path, text: str) -> Path:
    """Write a table with the hash that belongs to it."""
    from ipsim.scenario.calibrated.reading import table_hash

    (folder / "ensemble.csv").write_text(text, encoding="utf-8")
    (folder / "ensemble.json").write_text(json.dumps({"hash": table_hash(text)}), encoding="utf-8")
    return folder


def test_the_ensemble_that_ships_is_whole_and_lies_in_its_ranges() -> None:
    ensemble = shipped_ensemble()
    assert ensemble.facts["members"] == len(ensemble) >= 1
    assert len(set(ensemble.keys)) == len(ensemble.keys)
    for key in ensemble.keys:
        low, high = ensemble.band(key)
        assert low <= high
        if key in ASSUMPTIONS:
            assert ASSUMPTIONS[key].low <= low <= high <= ASSUMPTIONS[key].high
    packed = files("ipsim.scenario.calibrated")
    assert all(packed.joinpath(name).is_file() for name in ("ensemble.csv", "ensemble.json"))


def test_what_is_written_is_read_to_the_last_bit(tmp_path: Path) -> None:
    table = write_ensemble(tmp_path, MEMBERS[0], MEMBERS, {"cities": ["jinhua"]})
    for source in (tmp_path, table, str(tmp_path)):
        ensemble = read_ensemble(source)
        assert ensemble.keys == (BLOCKING, GROWTH)
        assert ensemble.values() == MEMBERS[0]
        assert [ensemble.values(number) for number in (1, 2, 3)] == [*MEMBERS, MEMBERS[0]]
        assert ensemble.facts["cities"] == ["jinhua"]
        assert ensemble.figures("jinhua") == {GROWTH: ("patents", "stock_growth")}


def test_windows_line_ends_are_the_same_table(tmp_path: Path) -> None:
    table = write_ensemble(tmp_path, MEMBERS[0], MEMBERS, {})
    before = read_ensemble(tmp_path)
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    after = read_ensemble(tmp_path)
    assert after.hash == before.hash
    assert np.array_equal(after.members, before.members)


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    table = write_ensemble(tmp_path, MEMBERS[0], MEMBERS, {})
    table.write_text(table.read_text(encoding="utf-8").replace("0.4", "0.5"), encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"ensemble\.json: hash: is of the table .* one of them was changed"
    ):
        read_ensemble(tmp_path)


HEAD = f"member,{BLOCKING},{GROWTH}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"csv:1: expected the columns"),
        (HEAD + "central,0.4,0.1\n", r"csv:2: expected the row central and members"),
        (HEAD + "central,0.4,0.1\n2,0.4,0.1\n", r"csv:3: expected 1 and 2 values"),
        (HEAD + "central,0.4,0.1\n1,0.4\n", r"csv:3: expected 1 and 2 values"),
        (
            HEAD + "central,0.4,x\n1,0.4,0.1\n",
            r"csv:2: jinhua:patents\.stock_growth: expected a number, got 'x'",
        ),
        (HEAD + "central,0.4,0.1\n1,nan,0.1\n", r"csv:3: assumptions\.blocking: expected a number"),
        (HEAD + "central,0.4,0.1\n1,9,0.1\n", r"csv:3: assumptions\.blocking: 9 is out of bounds; allowed: "),
        (HEAD + "central,0.4,7\n1,0.4,0.1\n", r"csv:2: jinhua:patents\.stock_growth: 7 is out of bounds"),
        (
            "member,assumptions.blockin\ncentral,1\n1,1\n",
            r"csv:1: assumptions\.blockin: no parameter.*blocking",
        ),
        ("member,blocking\ncentral,1\n1,1\n", r"csv:1: blocking: no parameter"),
        ("member,jinhua:patents.x\ncentral,1\n1,1\n", r"csv:1: jinhua:patents\.x: no figure of a city"),
        ("member,jinhua:patents\ncentral,1\n1,1\n", r"csv:1: jinhua:patents: no figure of a city"),
        ("member,jinhua:revenue_growth\ncentral,1\n1,1\n", r"csv:1: jinhua:revenue_growth: no figure"),
        (f"member,{BLOCKING},{BLOCKING}\ncentral,1,1\n1,1,1\n", r"csv:1: .*: this parameter has two columns"),
    ],
)
def test_a_damaged_table_is_a_fault_at_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        read_ensemble(written(tmp_path, text))


def test_no_ensemble_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"ensemble\.csv: no such file; an ensemble is a folder with"):
        read_ensemble(tmp_path / "none")
    (tmp_path / "ensemble.csv").write_text(HEAD, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"ensemble\.json: no such file"):
        read_ensemble(tmp_path)
    (tmp_path / "ensemble.json").write_text("{", encoding="utf-8")
    with pytest.raises(ScenarioError, match="not JSON"):
        read_ensemble(tmp_path)


def test_one_ensemble_lies_on_another(tmp_path: Path) -> None:
    below = read_ensemble(write_ensemble(tmp_path, MEMBERS[0], MEMBERS, {}))
    (tmp_path / "top").mkdir()
    top = read_ensemble(
        write_ensemble(tmp_path / "top", {GROWTH: 0.15}, [{GROWTH: g} for g in (0.2, 0.21, 0.22)], {})
    )
    both = top.over(below)
    assert both.values() == {BLOCKING: 0.4, GROWTH: 0.15}
    assert both.values(3) == {BLOCKING: 0.4, GROWTH: 0.22}
    assert both.values(4) == both.values(1)
    assert len({both.hash, below.hash, top.hash}) == 3
    assert both.with_hash(below.hash) is below
    assert below.over(below) is below
    assert top.over(Ensemble()) is top
