"""The text of a lesson: Markdown with a heading for each step, and gaps that the page fills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ipsim.app.lessons.gaps import GAP, gap_of
from ipsim.app.lessons.lesson import Step
from ipsim.scenario.errors import Fault, nearest

STEPS: Final[tuple[str, ...]] = (
    "question",
    "predict",
    "run",
    "happened",
    "why-firm",
    "why-city",
    "think",
    "teacher",
)
"""Headings of the second level that a text must have, in this order."""

_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)")
_HTML = re.compile(r"<(script|style|iframe|img|div|span|p|a|b|i|br|table)\b", re.IGNORECASE)

_WIDE = "\u2018-\u201d\u3000-\u303f\uff00-\uffef"
_JOINER = "\u2060"
_STAR_AFTER = re.compile(rf"(?<=[{_WIDE}])(?=\*)")
_STAR_BEFORE = re.compile(rf"(?<=\*)(?=[{_WIDE}])")
_BREAK = re.compile(r"\n(?=[\u3000-\u9fff\uff00-\uffef])")


class _Section(NamedTuple):
    key: str
    title: str
    line: int
    inner: list[Token]


def read_text(
    text: str, shown: str, has_firm: bool, alternatives: int
) -> tuple[tuple[Step, ...], list[Fault]]:
    """Return the steps of a text, and its faults.

    Parameters
    ----------
    text
        The Markdown.
    shown
        Name of the file in messages.
    has_firm
        Whether the lesson shows a firm; without one there is no step ``why-firm``.
    alternatives
        How many alternatives the lesson has, for gaps.
    """
    parser = _parser()
    tokens = parser.parse(_with_joiners(text))
    faults = [
        *(Fault(shown, line, key, message) for line, key, message in _wrong_tokens(tokens)),
        *(Fault(shown, line, key, message) for line, key, message in _wrong_lines(text, alternatives)),
    ]
    steps: list[Step] = []
    lines: dict[str, int] = {}
    for section in _sections(tokens):
        wrong = _wrong_section(section, lines)
        if wrong:
            faults.append(Fault(shown, section.line, f"## {section.key}" if section.key else "", wrong))
        if section.key in STEPS and section.key not in lines:
            lines[section.key] = section.line
            html = _tidied(parser.renderer.render(section.inner, parser.options, {}))
            steps.append(Step(section.key, section.title, html))
    return tuple(steps), faults + _wrong_order(lines, shown, has_firm)


def _with_joiners(text: str) -> str:
    """Let stars beside Chinese punctuation begin and end emphasis, as they do beside letters.

    CommonMark looks for blanks, which Chinese does not put there; a word joiner is no punctuation to it.
    """
    return _STAR_BEFORE.sub(_JOINER, _STAR_AFTER.sub(_JOINER, text))


def _tidied(html: str) -> str:
    """Drop the joiners, and line ends before Chinese: Chinese has no blanks between words."""
    return _BREAK.sub("", html.replace(_JOINER, ""))


def is_link(url: str) -> bool:
    """Tell whether a text may link to an address: another site, or a place on this page."""
    return url.lower().startswith(("https://", "http://", "#"))


class _Parser(MarkdownIt):
    """Markdown with links of few kinds."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Tell whether an address may be linked to; what may not be is shown as it is written."""
        return is_link(url)


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("link", "gap", _gap)
    parser.add_render_rule("gap", _gap_html)
    parser.add_render_rule("link_open", _link_html)
    return parser


def _gap(state: StateInline, silent: bool) -> bool:
    found = GAP.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("gap", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _gap_html(self: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return gap_of(tokens[place].content).html


def _link_html(self: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    token = tokens[place]
    if not str(token.attrGet("href") or "").startswith("#"):
        token.attrSet("target", "_blank")
        token.attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, place, options, env)


def _sections(tokens: Sequence[Token]) -> list[_Section]:
    """Return each part that begins with a heading of the second level; one without key for what is before."""
    found: list[_Section] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "heading_open" and token.tag == "h2":
            key, _, title = tokens[place + 1].content.partition(":")
            found.append(_Section(key.strip(), title.strip(), _line(token), []))
            place += 3
            continue
        if not found:
            found.append(_Section("", "", _line(token), []))
        found[-1].inner.append(_without_style(token))
        place += 1
    return found


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _without_style(token: Token) -> Token:
    """Turn the style of an aligned cell into a class: the page allows no styles in markup."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrSet("class", f"align-{style.rsplit(':', 1)[-1]}")
    return token


def _wrong_section(section: _Section, lines: dict[str, int]) -> str:
    if not section.key:
        return f"text before the first step; begin with ## {STEPS[0]}"
    if section.key not in STEPS:
        return f"unknown step; allowed: {', '.join(STEPS)}{nearest(section.key, STEPS)}"
    if section.key in lines:
        return f"step given in line {lines[section.key]} already"
    return "" if section.inner else "step without text"


def _wrong_order(lines: dict[str, int], shown: str, has_firm: bool) -> list[Fault]:
    needed = [key for key in STEPS if has_firm or key != "why-firm"]
    faults = [Fault(shown, 0, f"## {key}", "step is missing") for key in needed if key not in lines]
    if not has_firm and "why-firm" in lines:
        message = "there is no firm in lesson.yaml; give one, or leave this step out"
        faults.append(Fault(shown, lines["why-firm"], "## why-firm", message))
    wanted = [key for key in needed if key in lines]
    given = [key for key in lines if key in wanted]
    wrong = next((key for key, right in zip(given, wanted, strict=True) if key != right), None)
    if wrong:
        message = f"steps stand in this order: {', '.join(needed)}"
        faults.append(Fault(shown, lines[wrong], f"## {wrong}", message))
    return faults


def _wrong_tokens(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h1":
            yield _line(token), "", "the title stands in lesson.yaml; begin steps with ##"
        if any(child.type == "image" for child in token.children or ()):
            yield _line(token), "", "images are not shown in lessons"


def _wrong_lines(text: str, alternatives: int) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for found in GAP.finditer(line):
            wrong = gap_of(found[1]).fault(alternatives)
            if wrong:
                yield number, found[0], wrong
        for found in _LINK.finditer(line):
            if not is_link(found[1]):
                yield number, found[1][:80], "a link must begin with https://, http:// or #"
        if _HTML.search(line):
            yield number, "", "HTML is shown as it is written; use Markdown"
