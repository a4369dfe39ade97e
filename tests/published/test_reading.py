"""Observations are read from a file; each fault has its line, and the rest is kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipsim.evidence import Observation, observations
from ipsim.published import Published, lay, of_place, read_observations
from ipsim.published.reading import COLUMNS
from ipsim.scenario.errors import Fault

HEADER = "place,indicator,period,value,unit,confidence"
GOOD = "Ningbo,invention_grants,2019,4500,count,high"


def write(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "mine.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def read(folder: Path, *rows: str, header: str = HEADER) -> tuple[list[Observation], list[Fault]]:
    return read_observations(write(folder, "\n".join([header, *rows]) + "\n"))


def test_good_rows_are_kept_with_their_line(tmp_path: Path) -> None:
    kept, faults = read(tmp_path, GOOD, "", "宁波市,patent_pledge_amount,2019-01..2019-10,43000,万元,")
    assert faults == []
    assert [(one.place, one.line) for one in kept] == [("Ningbo", 2), ("Ningbo", 4)]
    assert (kept[1].value, kept[1].unit, kept[1].months, kept[1].confidence) == (43000, "万元", 10, "medium")
    grants, pledged = of_place("Ningbo", 2016, 2030, kept)
    assert (grants.value, grants.line) == (4500, 2)
    assert (pledged.value, pledged.line) == (pytest.approx(0.43 * 1.2), 4)


@pytest.mark.parametrize(
    ("row", "key", "words"),
    [
        ("Ningbo,invention_grant,2019,1,count,", "indicator", "nearest: invention_grants"),
        ("Ningbo,gdp,2019,1,RMB billion,", "indicator", "the model has no 'gdp'"),
        ("Ningbo,zzz,2019,1,count,", "indicator", "ipsim list indicators"),
        ("Ningbo,invention_grants,2019,1,kg,", "unit", "'kg' does not convert to count; these do: count"),
        ("Ningbo,patent_pledge_amount,2019,1,USD billion,", "unit", "RMB million"),
        ("Ningbo,invention_grants,2019,many,count,", "value", "no number"),
        ("Ningbo,invention_grants,2019," + "9" * 400 + ",count,", "value", "no number"),
        ("Ningbo,invention_grants,last year,1,count,", "period", "2019-01..2019-10"),
        ("Ningbo,invention_grants,1984,1,count,", "period", "before 1985"),
        ("Ningbo,invention_grants,2036,1,count,", "period", "after 2035"),
        ("Ningbo,invention_grants,20199,1,count,", "period", "can't be read"),
        ("Ningbo,invention_grants,2019-13,1,count,", "period", "no such month"),
        ("Ningbo,invention_grants,2019-12-32,1,count,", "period", "no such month"),
        ("Ningbo,invention_grants,2019-10..2019-01,1,count,", "period", "ends before"),
        ("Ningbo,invention_grants,2019,-1,count,", "value", "negative"),
        ("Ningbo,share_patentees_infringed,2019,101,percent,", "value", "above 100"),
        ("Ningbo,share_patentees_infringed,2019,1.5,share,", "value", "above 100"),
        ("Ningbo,invention_grants,2019,9-3,count,", "value", "below its start"),
        (",invention_grants,2019,1,count,", "place", "is empty"),
        ("Ningbo,invention_grants,2019,,count,", "value", "is empty"),
        ("Ningbo,invention_grants,2019,1,count,sure", "confidence", "high, medium, low"),
        ("Ningbo,invention_grants,2019,35,043,count,high", "", "needs quotes"),
        (GOOD, "", "duplicate of line 2"),
    ],
)
def test_a_fault_is_named_by_line_and_the_rest_is_kept(
    row: str, key: str, words: str, tmp_path: Path
) -> None:
    kept, faults = read(tmp_path, GOOD, row, "Ningbo,invention_grants,2018,4000,count,")
    assert [one.line for one in kept] == [2, 4]
    (fault,) = faults
    assert (fault.file, fault.line, fault.key) == (str(tmp_path / "mine.csv"), 3, key)
    assert words in fault.message
    assert str(fault).startswith(f"{tmp_path / 'mine.csv'}:3: ")


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "in_catalogue"),
    [
        ("patent_pledge_amount", "430", "RMB million", 0.43),
        ("patent_pledge_amount", "43000", "万元", 0.43),
        ("patent_pledge_amount", "4.3", "亿元", 0.43),
        ("fund_balance", "0.2", "RMB billion", 200),
        ("fund_balance", "20000", "万元", 200),
        ("patent_grants_total", "3.5", "万件", 35000),
        ("patent_grants_total", "35", "thousand", 35000),
        ("patent_grants_total", "3.5", "10k", 35000),
        ("share_patentees_infringed", "0.1", "share", 10),
        ("share_patentees_infringed", "10", "%", 10),
        ("rd_intensity", "0.031", "share", 3.1),
        ("inventions_in_force_per_10k", "318", "per 100k residents", 31.8),
        ("examination_pendency_invention", "1.5", "years", 18),
    ],
)
def test_units_that_convert(
    indicator: str, value: str, unit: str, in_catalogue: float, tmp_path: Path
) -> None:
    kept, faults = read(tmp_path, f"Ningbo,{indicator},2019,{value},{unit},high")
    assert faults == []
    one = lay(kept[0])
    assert isinstance(one, Published)
    assert one.value == pytest.approx(in_catalogue)
    assert (one.raw, one.unit) == (float(value), unit)


@pytest.mark.parametrize(
    ("printed", "value", "low", "high", "bound"),
    [
        ('"35,043"', 35043, None, None, ""),
        ("＞500", 500, 500, None, ">"),
        (">=500", 500, 500, None, ">"),
        ("约200", 200, None, None, "~"),
        ("40～60", 50, 40, 60, ""),
        ("３５", 35, None, None, ""),
    ],
)
def test_figures_as_chinese_offices_print_them(
    printed: str, value: float, low: float | None, high: float | None, bound: str, tmp_path: Path
) -> None:
    kept, faults = read(tmp_path, f"Ningbo,invention_grants,2019,{printed},件,")
    assert faults == []
    one = kept[0]
    assert (one.value, one.low, one.high, one.bound) == (value, low, high, bound)


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2019/12/31", "2019-12-31"),
        ("2019/9", "2019-09"),
        ("2019年", "2019"),
        ("2019年末", "2019-12-31"),
        ("2014-2016", "2014-2016"),
    ],
)
def test_periods_as_spreadsheets_save_them(printed: str, period: str, tmp_path: Path) -> None:
    kept, faults = read(tmp_path, f"Ningbo,inventions_in_force,{printed},1,count,")
    assert faults == []
    assert kept[0].period == period


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_as_excel_saves_them(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = [["Place", "indicator", "period", "value", "unit", "note"]]
    rows.append(["宁波", "invention_grants", "2019", "4500", "件", "市局\n公布"])
    rows.append(["宁波", "invention_grants", "2019", "4501", "件", ""])
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    kept, faults = read_observations(write(tmp_path, text.getvalue(), encoding))
    assert [(one.place, one.unit, one.line) for one in kept] == [("Ningbo", "件", 2)]
    assert [(one.line, one.message[:19]) for one in faults] == [(4, "duplicate of line 2")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "is empty"),
        (HEADER.encode(), "no figures"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (b"\xff\xfe\x00", "not a text file"),
    ],
)
def test_a_file_without_figures_is_one_fault(data: bytes, words: str, tmp_path: Path) -> None:
    kept, faults = read_observations(write(tmp_path, data))
    assert kept == []
    assert len(faults) == 1
    assert words in faults[0].message


def test_a_path_that_is_no_file_is_one_fault(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.csv"
    for path, words in ((tmp_path, "folder"), (nowhere, "no such file"), ("a\0b", "no such file")):
        kept, faults = read_observations(path)
        assert kept == []
        assert len(faults) == 1
        assert words in faults[0].message


def test_columns_are_named_with_the_nearest(tmp_path: Path) -> None:
    kept, faults = read(tmp_path, f"{GOOD},x", header=f"{HEADER},notes")
    assert len(kept) == 1
    assert [(one.line, one.key) for one in faults] == [(1, "notes")]
    assert "nearest: note" in faults[0].message
    kept, faults = read(tmp_path, GOOD, header="plase,indicator,period,value,colour,unit")
    assert kept == []
    assert [one.key for one in faults] == ["plase", "colour", "place"]
    assert "nearest: place" in faults[0].message
    assert "missing" in faults[2].message
    _, faults = read(tmp_path, GOOD, header=f"{HEADER},unit")
    assert "twice" in faults[0].message


def test_the_evidence_that_ships_reads_as_it_is(tmp_path: Path) -> None:
    """Nothing is at fault but indicators that the model lacks and two periods without a length."""
    source = Path(__file__).parents[2] / "src" / "ipsim" / "evidence" / "data" / "observations.csv"
    kept, faults = read_observations(source)
    odd = [fault for fault in faults if "the model has no" not in fault.message]
    assert {fault.line for fault in odd} == {242, 410}
    by_key = {(one.place, one.indicator, one.period, one.text): one for one in observations()}
    assert len(kept) > 280
    for one in kept:
        twin = by_key[one.place, one.indicator, one.period, one.text]
        assert (one.value, one.low, one.high, one.bound, one.year) == (
            *(twin.value, twin.low, twin.high, twin.bound),
            twin.year,
        )


_ODD = [
    "Jinhua",
    "2019",
    "2019-01..2019-10",
    "2019-99-99",
    "invention_grants",
    "count",
    "high",
    "万件",
    "40-60",
]
_MARKS = ["1,2", '"', "\n", ",", "\r", "~", "\ufeff", "\0", "9" * 500, "", " "]
NEAR = st.sampled_from([*COLUMNS, *_ODD, *_MARKS])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=300), st.lists(NEAR | st.text(max_size=8)).map(",".join)))
def test_no_input_makes_it_raise(data: bytes | str, tmp_path: Path) -> None:
    if isinstance(data, str):
        data = (",".join(COLUMNS[:5]) + "\n" + data).encode("utf-8", "surrogatepass")
    kept, faults = read_observations(write(tmp_path, data))
    assert kept or faults
    for one in kept:
        lay(one)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.lists(NEAR | st.text(max_size=12), min_size=5, max_size=5), min_size=1, max_size=4))
def test_each_row_is_kept_or_named(cells: list[list[str]], tmp_path: Path) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([list(COLUMNS[:5]), *cells])
    kept, faults = read_observations(write(tmp_path, text.getvalue().encode("utf-8", "replace")))
    filled = [row for row in cells if any(cell.strip("\ufeff\0 \n\r") for cell in row)]
    assert len(kept) + len(faults) >= len(filled) or len(faults) == 1
