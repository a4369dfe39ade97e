"""``ipsim hindcast`` from end to end, on files as people send them, with a city that is quick to simulate."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ipsim.cli import main
from tests.study.hindcast.stand_ins import Filing

HEADER = "place,indicator,period,value,unit,definition,source_title,source_url,confidence,note"
GOOD = "Jinhua,invention_applications,2018,4300,count,,Yearbook,,high,"
FEW = ["--draws", "5", "--workers", "1"]


@pytest.fixture
def stand_in() -> type:
    return Filing


def write(*rows: str, name: str = "figures.csv") -> str:
    Path(name).write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return name


def test_a_file_is_scored_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    file = write(
        GOOD, "金华市,invention_grants,2019,0.21,10k,,,,,", "Jinhua,invention_grants,2016,900,count,,,,,"
    )
    assert main(["hindcast", "--observations", file, *FEW, "--lang", "zh"]) == 0
    output = capsys.readouterr()
    assert "2 figures scored, 1 not" in output.out
    assert "发明专利申请量，2018年" in output.out
    folder = Path("results/hindcast-figures")
    assert {path.name for path in folder.iterdir()} == {
        "hindcast.csv",
        "summary.csv",
        "missing.csv",
        "hindcast.json",
        "report.html",
        "figures",
    }
    assert {path.name for path in (folder / "figures").iterdir()} == {"hindcast.png", "hindcast.svg"}
    table = pd.read_csv(folder / "hindcast.csv")
    assert table["published"].tolist() == [pytest.approx(4300 / 0.9), 2100]  # fees paid; ten thousands
    assert table["line"].tolist() == [2, 3]
    # What is of 2016 is no prediction, but it is what the last value is.
    assert table["last"].tolist()[1] == 900
    assert pd.read_csv(folder / "missing.csv")["kind"].tolist() == ["known"]
    facts = json.loads((folder / "hindcast.json").read_text(encoding="utf-8"))
    assert facts["observations"]["file"] == file
    assert len(facts["observations"]["sha256"]) == 64
    assert set(facts["cities"]) == {"jinhua"}
    assert facts["seeds"] == [1, 5]
    assert "ipsim hindcast --observations figures.csv --draws 5" in (folder / "report.html").read_text()


def test_the_shipped_evidence_is_scored_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hindcast", *FEW, "--out", "kept", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    table = pd.read_csv("kept/hindcast.csv")
    assert set(table["place"]) == {"Jinhua", "Xiamen"}
    assert set(table["indicator"]) == {"invention_applications", "invention_grants"}
    missing = pd.read_csv("kept/missing.csv")
    kinds = missing["kind"].value_counts()
    assert {"not_a_city", "no_profile", "not_comparable", "not_simulated"} <= set(kinds.index)
    assert missing["reason"].notna().all()


def test_bad_rows_are_named_by_line_and_the_rest_is_scored(capsys: pytest.CaptureFixture[str]) -> None:
    file = write(
        GOOD,
        "Jinhua,invention_aplications,2019,4300,count,,,,,",
        "Jinhua,invention_grants,2019,4300,tonnes,,,,,",
        "Jinhua,invention_grants,2019,many,count,,,,,",
        "Jinhua,invention_grants,1850,4,count,,,,,",
        GOOD,
        "Suzhou,invention_grants,2019,4,count,,,,,",
    )
    assert main(["hindcast", "--observations", file, *FEW]) == 0
    output = capsys.readouterr()
    lines = [line for line in output.err.splitlines() if line.startswith("figures.csv:")]
    assert [line.split(":")[1] for line in lines] == ["3", "4", "5", "6", "7"]
    assert "indicator" in lines[0] and "nearest: invention_applications" in lines[0]
    assert "tonnes" in lines[1] and "count" in lines[1]
    assert "duplicate of line 2" in lines[4]
    assert "1 figures scored, 6 not" in output.out
    missing = pd.read_csv("results/hindcast-figures/missing.csv")
    assert missing["kind"].tolist() == ["faulty"] * 5 + ["no_profile"]
    assert "ipsim new-city" in missing["reason"].iloc[-1]
    assert "--city" in missing["reason"].iloc[-1]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["Jinhua,invention_aplications,2019,4300,count,,,,,"], "figures.csv:2: indicator"),
        (["Jinhua,invention_applications,2015,4300,count,,,,,"], "history, not a prediction"),
        (["Suzhou,invention_applications,2019,4300,count,,,,,"], "no profile of Suzhou"),
        (["Jinhua,invention_applications,2033,4300,count,,,,,"], "after 2030"),
        ([], "no figures"),
    ],
)
def test_where_nothing_can_be_scored_nothing_is_written(
    rows: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hindcast", "--observations", write(*rows), *FEW]) == 2
    output = capsys.readouterr()
    assert said in output.err
    assert "could be scored; nothing was written" in output.err
    assert not Path("results").exists()


def test_no_file_no_city_no_room(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hindcast", "--observations", "none.csv", *FEW]) == 2
    assert "none.csv" in capsys.readouterr().err
    assert main(["hindcast", "--city", "jinhau", *FEW]) == 2
    assert "jinhua" in capsys.readouterr().err
    assert main(["hindcast", "--city", "jinhua", "--city", "jinhua", "--city", "jinhua.yaml", *FEW]) == 2
    capsys.readouterr()
    Path("taken").mkdir()
    Path("taken/mine.txt").write_text("mine")
    assert main(["hindcast", *FEW, "--out", "taken", "--force"]) == 2
    assert "not a result" in capsys.readouterr().err


def test_a_result_is_replaced_with_force_only(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["hindcast", "--observations", write(GOOD), *FEW, "--quiet"]
    assert main(command) == 0
    first = Path("results/hindcast-figures/hindcast.csv").read_bytes()
    assert main(command) == 2
    assert "--force" in capsys.readouterr().err
    assert main([*command, "--force"]) == 0
    assert Path("results/hindcast-figures/hindcast.csv").read_bytes() == first


def test_a_city_of_ones_own_and_later_years(capsys: pytest.CaptureFixture[str]) -> None:
    """The horizon reaches to the last figure."""
    Path("mine.yaml").write_text("extends: jinhua\ncity: {patents: {invention_applications: 1000}}\n")
    file = write("Jinhua,invention_grants,2023,510,count,,,,,")
    assert main(["hindcast", "--observations", file, "--city", "mine.yaml", *FEW, "--quiet"]) == 0
    table = pd.read_csv("results/hindcast-figures/hindcast.csv")
    assert table["median"].tolist() == [pytest.approx(1000 * 1.03 / 2)]
    assert table["year"].tolist() == [2023]
    capsys.readouterr()


def test_cities_that_nobody_asked_for_are_listed_so() -> None:
    assert main(["hindcast", "--city", "xiamen", *FEW, "--quiet"]) == 0
    missing = pd.read_csv("results/hindcast/missing.csv")
    mine = missing[missing["place"] == "Jinhua"]
    assert set(mine.loc[mine["indicator"] == "invention_grants", "reason"]) == {
        "Jinhua was not asked for: --city jinhua"
    }
    assert "not_asked" not in set(missing.loc[missing["place"] == "Nanjing", "kind"])


def test_two_scenarios_of_one_city_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.yaml").write_text("extends: jinhua\n")
    assert main(["hindcast", "--city", "mine.yaml", "--city", "jinhua", *FEW]) == 2
    assert "--city: jinhua: given twice" in capsys.readouterr().err
