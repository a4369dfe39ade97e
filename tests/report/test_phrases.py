"""Every phrase is there in both languages, with the same gaps and glyphs to draw it."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import ipsim.report
from ipsim.indicators.catalogue import INDICATORS, SPENDING_WORDS
from ipsim.report.phrases import catalogue, language, phrase, term
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import LEVERS
from ipsim.scenario.words import Words

PACKAGE = Path(ipsim.report.__file__).parent
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
VERBS = {"v", "w", "x"}


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_both_languages_with_the_same_gaps(key: str) -> None:
    words = catalogue()[key]
    assert isinstance(words.en, str)
    assert not CHINESE.search(words.en)
    assert words.zh or words.en == " "
    # Chinese says "rises to" or "falls to" where English says "goes from ... to".
    assert _gaps(words.en) == _gaps(words.zh) - VERBS


def test_every_phrase_that_is_asked_for_exists() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    asked = set(re.findall(r'"((?:figures|page|headline|terms)\.[a-z_0-9]+)"', text))
    assert asked <= set(catalogue())
    template = (PACKAGE / "templates" / "report.html.j2").read_text(encoding="utf-8")
    keys = re.findall(r't\("([a-z_]+)"(?: if \w+(?:\.\w+)* else "([a-z_]+)")?', template)
    wanted = {f"page.{key}" for pair in keys for key in pair if key}
    assert len(wanted) > 40
    assert wanted <= set(catalogue())


def test_units_of_levers_and_assumptions_have_words() -> None:
    units = {one.unit for one in (*LEVERS.values(), *ASSUMPTIONS.values())}
    missing = {unit for unit in units if f"terms.{unit}" not in catalogue()}
    assert not missing


def test_the_packaged_font_has_every_glyph() -> None:
    font = TTFont(PACKAGE / "fonts" / "NotoSansSC-subset.ttf")
    known = set(font.getBestCmap() or ())
    words: list[Words] = [*catalogue().values(), *SPENDING_WORDS.values()]
    for one in INDICATORS.values():
        words += [one.words, one.definition, one.unit_words]
    for lever in LEVERS.values():
        words += [lever.meaning, lever.cost]
    words += [one.meaning for one in ASSUMPTIONS.values()]
    used = {char for pair in words for text in pair for char in text} | set("0123456789,.−–±%·")
    assert {char for char in used if ord(char) not in known and not char.isspace()} == set()


def test_gaps_are_filled() -> None:
    assert phrase("page.many_runs", "en", n=3) == "3 runs"
    assert phrase("page.many_runs", "zh", n=3) == "3次模拟"
    assert term("stage_brand", "zh") == "品牌"
    assert term("never heard_of", "en") == "never heard of"


def test_unknown_language() -> None:
    assert language("zh") == "zh"
    with pytest.raises(ValueError, match="use en or zh"):
        language("de")
