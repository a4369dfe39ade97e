"""The frame that the pages of studies share: head, colours, font and layout."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ipsim.report.inline import inlined, variables
from ipsim.report.phrases import phrase


def framed(template: str, words: str, lang: str, content: Mapping[str, Any]) -> str:
    """Return a page as HTML.

    Parameters
    ----------
    template
        File in ``templates/`` that extends ``frame.html.j2``.
    words
        File of the page's phrases, for ``t("key", ...)`` in the template.
    lang
        ``en`` or ``zh``.
    content
        What else the template asks for.
    """
    environment = Environment(
        loader=FunctionLoader(lambda name: _packaged(f"templates/{name}").decode("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    font = _packaged("fonts/NotoSansSC-subset.woff2") if lang == "zh" else b""
    shared = {
        "t": partial(_say, words, lang),
        "lang": phrase("page.html_lang", lang),
        "light": Markup(variables(dark=False)),
        "dark": Markup(variables(dark=True)),
        "font": base64.b64encode(font).decode("ascii"),
    }
    return environment.get_template(template).render({**shared, **content})


def picture(svg: str, name: str, alt: str) -> Markup:
    """Return a drawing as an element of a page; see `inlined`."""
    return Markup(inlined(svg, name, alt))


def _say(words: str, lang: str, key: str, **values: object) -> str:
    return phrase(f"{words}.{key}", lang, **values)


def _packaged(name: str) -> bytes:
    return files("ipsim.report").joinpath(name).read_bytes()
