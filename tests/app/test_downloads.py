"""Downloads hold what the command line gives from the scenario files in them; only who asked gets them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ipsim.app.asked import AskedDownload
from ipsim.app.downloads import file_name
from ipsim.app.server import application
from ipsim.app.shelf import Shelf
from ipsim.app.work import Work
from ipsim.cli import main

SHORT = {"horizon.end": 2017}
RUNS: dict[str, Any] = {"replicates": 2, "scale": 0.02, "seed": 3}
BASE = {"start": "jinhua", "changes": SHORT}
STRICT = {"start": "jinhua", "name": "严格保护", "changes": {**SHORT, "policy.protection.strength": 0.9}}
OWN = {"Board-Visitor": "visitor-one"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a board with one real worker."""
    with TestClient(application(Work(1, warm=False)), base_url="http://127.0.0.1") as client:
        yield client


def made(client: TestClient, what: str, *alternatives: Any, **more: Any) -> list[dict[str, Any]]:
    body = {"baseline": BASE, "alternatives": list(alternatives), "what": what, **RUNS, **more}
    answer = client.post("/api/download", json=body, headers=OWN)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def fetched(client: TestClient, what: str, *alternatives: Any, **more: Any) -> bytes:
    link = next(line for line in made(client, what, *alternatives, **more) if line["kind"] == "file")
    return client.get(link["url"], headers=OWN).content


@pytest.fixture(scope="module")
def unpacked(client: TestClient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a whole download, in Chinese."""
    folder = tmp_path_factory.mktemp("unpacked")
    data = fetched(client, "all.zip", STRICT, {**BASE, "subsidies": 2}, lang="zh")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        packed.extractall(folder)
    return folder / "ipsim-jinhua"


@pytest.mark.slow
def test_tables_are_those_of_the_command_in_the_readme(unpacked: Path, client: TestClient) -> None:
    readme = (unpacked / "README.txt").read_text(encoding="utf-8")
    line = next(line.strip() for line in readme.splitlines() if line.strip().startswith("ipsim compare"))
    files = "baseline.yaml alternative-a.yaml alternative-b.yaml"
    assert line == f"ipsim compare {files} --replicates 2 --scale 0.02 --seed 3 --turning 0 --lang zh"
    with chdir(unpacked):
        assert main([*line.split()[1:], "--out", "again", "--quiet"]) == 0
        assert main(["verify", "result"]) == 0
    for name in (
        "indicators.csv",
        "effects.csv",
        "headline.csv",
        "prices.csv",
        "pattern.csv",
        "parameters.csv",
    ):
        again, told = ((unpacked / folder / name).read_bytes() for folder in ("again", "result"))
        assert told == again, name
    other = {**BASE, "subsidies": 2}
    assert fetched(client, "effects.csv", STRICT, other) == (unpacked / "result/effects.csv").read_bytes()
    assert fetched(client, "headline.csv", STRICT, other) == (unpacked / "result/headline.csv").read_bytes()


def test_the_whole_folder_is_there_and_its_report_is_chinese(unpacked: Path) -> None:
    names = {path.name for path in unpacked.iterdir()}
    assert names >= {"README.txt", "baseline.yaml", "alternative-a.yaml", "alternative-b.yaml", "result"}
    assert {path.name for path in (unpacked / "result").iterdir()} >= {"report.html", "run.json", "figures"}
    report = (unpacked / "result" / "report.html").read_text(encoding="utf-8")
    assert 'lang="zh' in report and "严格保护" in report
    assert "ipsim compare baseline.yaml alternative-a.yaml alternative-b.yaml" in report
    facts = json.loads((unpacked / "result" / "run.json").read_text(encoding="utf-8"))
    assert facts["alternatives"]["alternative-a"]["scenario"]["title"]["zh"] == "严格保护"


def test_without_alternatives_it_is_the_run_report(client: TestClient) -> None:
    page = fetched(client, "report.html", lang="en").decode()
    assert "ipsim run baseline.yaml" in page and 'lang="en' in page
    table = list(csv.DictReader(io.StringIO(fetched(client, "indicators.csv").decode())))
    assert {row["scenario"] for row in table} == {"baseline"}
    assert {row["replicate"] for row in table} == {"1", "2"}


@pytest.mark.parametrize("what", ["effects.csv", "headline.csv"])
def test_differences_need_an_alternative(client: TestClient, what: str) -> None:
    body = {"baseline": BASE, "what": what, **RUNS}
    answer = client.post("/api/download", json=body)
    assert answer.status_code == 422
    assert set(answer.json()["faults"][0]["words"]) == {"en", "zh"}


def test_a_file_is_fetched_once_and_by_who_asked(client: TestClient) -> None:
    *before, link, end = made(client, "headline.csv", STRICT)
    assert {line["kind"] for line in before} <= {"waiting", "progress", "writing"}
    assert (link["kind"], end["kind"]) == ("file", "done")
    assert link["name"] == "ipsim-jinhua-严格保护-headline.csv"
    assert len(link["url"].removeprefix("/api/file/")) >= 32
    assert client.get(link["url"], headers={"Board-Visitor": "visitor-two"}).status_code == 404
    got = client.get(link["url"], headers=OWN)
    assert got.status_code == 200 and len(got.content) == link["bytes"]
    assert got.headers["content-type"].startswith("text/csv")
    said = got.headers["content-disposition"]
    assert 'filename="ipsim-jinhua-headline.csv"' in said
    assert "filename*=UTF-8''ipsim-jinhua-%E4%B8%A5%E6%A0%BC%E4%BF%9D%E6%8A%A4-headline.csv" in said
    assert client.get(link["url"], headers=OWN).status_code == 404


def test_a_plain_link_works_from_the_same_address(client: TestClient) -> None:
    link = made(client, "headline.csv", STRICT)[-2]
    assert client.get(link["url"]).status_code == 200


def test_unknown_tokens_are_not_found(client: TestClient) -> None:
    for token in ("a", "..%2F..%2Fetc%2Fpasswd", "x" * 32):
        assert client.get(f"/api/file/{token}").status_code == 404


def test_a_worker_leaves_no_folder_behind(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert fetched(client, "headline.csv", STRICT).startswith(b"alternative,number,unit")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "what", "wanted"),
    [
        ("../../etc/passwd", "all.zip", "ipsim-jinhua-etc-passwd.zip"),
        ('a"b\r\nSet-Cookie: x', "effects.csv", "ipsim-jinhua-a-b-Set-Cookie-x-effects.csv"),
        ("\u202eevil\u0000", "report.html", "ipsim-jinhua-evil-report.html"),
        ("从严 2026", "indicators.csv", "ipsim-jinhua-从严-2026-indicators.csv"),
        ("", "all.zip", "ipsim-jinhua-strict-2020.zip"),
        ("x" * 80, "all.zip", f"ipsim-jinhua-{'x' * 40}.zip"),
    ],
)
def test_nothing_a_visitor_writes_becomes_a_path(name: str, what: str, wanted: str) -> None:
    policy = {"start": "strict-2020", "name": name}
    asked = AskedDownload.model_validate({"baseline": BASE, "alternatives": [policy], "what": what})
    assert file_name(asked, "jinhua") == wanted


def test_the_city_is_named_once() -> None:
    for count, wanted in ((0, "ipsim-jinhua.zip"), (2, "ipsim-jinhua-strict-2020-2.zip")):
        body = {"baseline": BASE, "alternatives": [{"start": "strict-2020"}] * count, "what": "all.zip"}
        assert file_name(AskedDownload.model_validate(body), "jinhua") == wanted


def test_files_wait_for_a_while_and_make_room() -> None:
    now = 0.0
    shelf = Shelf(most=10, seconds=300, clock=lambda: now)
    first = shelf.put(frozenset({"a"}), "one.csv", "text/csv", b"123456")
    second = shelf.put(frozenset({"a"}), "two.csv", "text/csv", b"123456")
    assert shelf.take(first, "a") is None and shelf.nbytes == 6
    now = 299.0
    third = shelf.put(frozenset({"a"}), "three.csv", "text/csv", b"12")
    now = 300.0
    assert shelf.take(second, "a") is None
    found = shelf.take(third, "a")
    assert found is not None and found.data == b"12"
    assert shelf.nbytes == 0
