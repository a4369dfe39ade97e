from __future__ import annotations

import re

import pytest

from ipsim.app.lessons.gaps import gap_of
from ipsim.app.lessons.markdown import STEPS, is_link, read_text

WHOLE = "\n".join(f"## {step}\n\nText of {step}.\n" for step in STEPS)


def _faults(text: str, has_firm: bool = True, alternatives: int = 1) -> list[str]:
    return [str(fault) for fault in read_text(text, "en.md", has_firm, alternatives)[1]]


def test_a_whole_text_has_every_step_in_order() -> None:
    steps, faults = read_text(WHOLE, "en.md", True, 1)
    assert faults == []
    assert tuple(step.key for step in steps) == STEPS
    assert steps[0].html == "<p>Text of question.</p>\n"


def test_a_step_may_have_a_title_of_its_own() -> None:
    steps, _ = read_text(WHOLE.replace("## think", "## think: And now?"), "en.md", True, 1)
    assert [step.title for step in steps if step.key == "think"] == ["And now?"]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (("## think", "## thnik"), "en.md:25: ## thnik: unknown step; allowed: question, predict"),
        (("## think", "## thnik"), "nearest: think"),
        (("## think", "## thnik"), "en.md: ## think: step is missing"),
        (("## think", "## run"), "en.md:25: ## run: step given in line 9 already"),
        (("Text of run.", ""), "en.md:9: ## run: step without text"),
        (
            ("## question", "Hello\n\n## question"),
            "en.md:1: text before the first step; begin with ## question",
        ),
        (("## question", "# Title\n\n## question"), "en.md:1: the title stands in lesson.yaml"),
        (("Text of run.", "![a](https://b.c/d.png)"), "en.md:11: images are not shown in lessons"),
        (("Text of run.", "[a](javascript:alert(1))"), "a link must begin with https://, http:// or #"),
        (("Text of run.", "<script>x</script>"), "en.md:11: HTML is shown as it is written; use Markdown"),
        (("Text of run.", "[[differnce revenue 2030]]"), "en.md:11: [[differnce revenue 2030]]: expected"),
        (("Text of run.", "[[differnce revenue 2030]]"), "nearest: difference"),
        (("Text of run.", "[[difference revenu 2030]]"), "nearest: revenue"),
        (("Text of run.", "[[difference revenue]]"), "[[difference revenue]]: expected"),
        (("Text of run.", "[[difference lending 2030]]"), "[[difference lending 2030]]: expected"),
        (("Text of run.", "[[difference revenue 2031]]"), "expected a year from 2016 to 2030, got '2031'"),
        (("Text of run.", "[[difference revenue 2030 2]]"), "expected an alternative from 1 to 1, got '2'"),
        (("Text of run.", "[[]]"), "expected [[KIND OUTCOME YEAR]]"),
    ],
)
def test_faults_have_line_and_what_is_allowed(change: tuple[str, str], wanted: str) -> None:
    assert any(wanted in fault for fault in _faults(WHOLE.replace(*change))), _faults(WHOLE.replace(*change))


def test_steps_out_of_order() -> None:
    swapped = WHOLE.replace("## run", "## x").replace("## predict", "## run").replace("## x", "## predict")
    assert _faults(swapped) == [
        "en.md:5: ## run: steps stand in this order: " + ", ".join(STEPS),
    ]


def test_without_a_firm_there_is_no_step_for_it() -> None:
    assert _faults(WHOLE, has_firm=False) == [
        "en.md:17: ## why-firm: there is no firm in lesson.yaml; give one, or leave this step out"
    ]
    assert _faults(WHOLE.replace("## why-firm\n\nText of why-firm.\n", ""), has_firm=False) == []


def _html(text: str) -> str:
    return read_text(WHOLE.replace("Text of run.", text), "en.md", True, 2)[0][2].html


def test_gaps_become_elements_that_name_what_they_want() -> None:
    html = _html("It is [[direction lending 2]] by **[[difference revenue 2030]]**.")
    assert 'data-kind="direction" data-outcome="lending" data-alternative="2"' in html
    assert 'data-indicator="patent_pledge_amount"' in html
    assert 'data-outcome="revenue" data-year="2030" data-alternative="1"' in html


def test_html_and_scripts_are_text() -> None:
    html = _html(
        '<img src=x onerror=alert(1)> [a](javascript:alert(1)) <b style="x">b</b> [[x" onx="1 y 2030]]'
    )
    assert not re.search(r"<(img|b|a|script)\b", html)
    assert ' on="1' not in html


def test_tables_have_classes_and_no_styles() -> None:
    html = _html("| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert "<table>" in html
    assert 'class="align-right"' in html
    assert "style=" not in html


def test_links_to_other_sites_open_beside_the_board() -> None:
    html = _html("[study](https://example.org/a?b=1&c=2) and [here](#lesson-run)")
    assert 'target="_blank"' in html and 'rel="noopener noreferrer"' in html
    assert '<a href="#lesson-run">' in html


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**模型说明了什么。**放贷增加。", "<strong>模型说明了什么。</strong>放贷增加。"),
        ("让人看到*“原因”*很小", "让人看到<em>“原因”</em>很小"),
        ("一是**强转化机构**：寻找", "一是<strong>强转化机构</strong>：寻找"),
        ("第一行，\n第二行", "第一行，第二行"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_chinese_is_set_without_blanks(text: str, wanted: str) -> None:
    assert wanted in _html(text)


@pytest.mark.parametrize("url", ["https://a.b", "HTTP://a.b", "#x"])
def test_links_that_are_allowed(url: str) -> None:
    assert is_link(url)


@pytest.mark.parametrize(
    "url", ["javascript:x", "data:text/html,x", "file:///etc/passwd", "//a.b", "a.md", ""]
)
def test_links_that_are_not(url: str) -> None:
    assert not is_link(url)


def test_gap_without_alternative_means_the_first() -> None:
    assert gap_of("difference revenue 2030") == ("difference", "revenue", "2030", "1")
    assert gap_of("difference lending 2") == ("difference", "lending", "", "2")
