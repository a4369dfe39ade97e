"""The page stands alone, in both languages, and says what a reader must know."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from ipsim.report import prepare, write_report
from ipsim.report.drawings import NAMES
from ipsim.report.page import render

VOID = {"meta", "br", "link", "img"}


class Reader(HTMLParser):
    """Collects tags, attributes and ids, and checks that elements nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.alts: list[str] = []
        self.lang = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.links += [str(found[key]) for key in ("src", "href", "action") if found.get(key)]
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "svg":
            self.alts.append(str(found.get("aria-label", "")))
        if tag == "html":
            self.lang = str(found.get("lang"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert not reader.open
    return reader


@pytest.fixture(scope="module")
def html(result: Any, lang: str) -> str:
    return render(prepare(result, lang))


def test_no_outside_reference(html: str) -> None:
    reader = read(html)
    assert all(link.startswith("#") for link in reader.links)
    assert "<script" not in html
    assert "@import" not in html
    assert not re.findall(r"url\((?!#|\"data:)", html)
    assert not re.findall(r"(?:https?:)?//[a-z]", re.sub(r"base64,[A-Za-z0-9+/=]+", "", html))


def test_pictures_have_alternative_texts_and_ids_of_their_own(html: str) -> None:
    reader = read(html)
    assert len(reader.alts) == len(NAMES)
    assert all(len(alt) > 15 for alt in reader.alts)
    assert len(reader.ids) == len(set(reader.ids))
    used = set(re.findall(r"(?:href=\"|url\()#([^\")]+)", html))
    assert used <= set(reader.ids)


def test_language(html: str, lang: str) -> None:
    reader = read(html)
    text = "".join(reader.text)
    assert reader.lang == {"en": "en", "zh": "zh-CN"}[lang]
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    assert chinese > 1500 if lang == "zh" else chinese == 0
    assert not re.search(r"\{\w+\}", text)
    assert "nan" not in text.lower().split()


def test_headline(result: Any) -> None:
    text = "".join(read(render(prepare(result))).text)
    assert "How near to the pattern" in text
    if len(result.seeds) == 1:
        assert "This is one run" in text
    else:
        assert "90 % of 5 runs" in text
    assert "46,724" in text  # 35,043 filings with fees paid in ten months: received, in the year
    assert "published: 35,043; filings with fees paid" in text
    assert "10 months scaled to twelve" in text
    assert "ipsim run jinhua --seed 1" in text
    assert result.scenario.hash in text


def test_broken_accounts_are_said_aloud(make_result: Any) -> None:
    result = make_result(1)
    result.accounts["money"]["ok"] = False
    text = "".join(read(render(prepare(result))).text)
    assert "The accounts do not close: money" in text


def test_no_money_no_published_figures(make_result: Any) -> None:
    result = make_result(1, spending=False)
    result.scenario.city.name = result.scenario.city.name._replace(en="Nowhere")
    text = "".join(read(render(prepare(result))).text)
    assert "No public money" in text
    assert "holds no figure of this city" in text


def test_text_of_a_scenario_is_escaped(make_result: Any) -> None:
    result = make_result(1)
    result.scenario.text = "<script>alert(1)</script>"
    assert "<script" not in render(prepare(result))


def test_a_scenario_that_no_command_gives_is_said(make_result: Any) -> None:
    result = make_result(1)
    result.scenario.hash = "0" * 64
    text = "".join(read(render(prepare(result))).text)
    assert "ipsim run jinhua" not in text
    assert "ipsim verify" in text


def test_written_whole(result: Any, tmp_path: Path) -> None:
    file = write_report(result, tmp_path / "new", "zh")
    assert file.name == "report.html"
    assert file.stat().st_size < 3_000_000
