"""What a hindcast says, in a few sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ipsim.report.numbers import figure, percent
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.hindcast import Scores

_LEVELS = (50, 90)


def sentences(scores: Scores, lang: str) -> list[str]:
    """Return coverage, error, skill, and what was left out."""
    lang = language(lang)
    sure, unsure = scores.overall(), scores.overall(sure=False)
    said = _of_sure(sure, scores, lang) if sure else [phrase("hindcast.none_sure", lang)]
    if unsure:
        hits = figure(round(unsure["coverage_90"] * unsure["figures"]))
        said.append(phrase("hindcast.unsure", lang, figures=figure(unsure["figures"]), hits=hits))
    warning = {"assumed": "not_fitted", "later": "fitted_later"}.get(scores.facts["ensemble"]["kind"])
    if warning:
        said.append(phrase(f"hindcast.{warning}", lang, known=scores.facts["known"]))
    if len(scores.missing):
        said.append(phrase("hindcast.not_scored", lang, n=figure(len(scores.missing))))
    return said


def _of_sure(sure: dict[str, Any], scores: Scores, lang: str) -> list[str]:
    said = [_coverage(sure, level, lang) for level in _LEVELS]
    if not math.isnan(sure["error"]):
        off = share(math.expm1(sure["error"]), lang)
        said.append(phrase("hindcast.error", lang, error=off, log=figure(sure["error"], 2)))
    skills = [
        _skill(sure, name, lang) for name in ("last", "growth") if not math.isnan(sure[f"{name}_skill"])
    ]
    return said + (skills or [phrase("hindcast.no_naive", lang, known=scores.facts["known"])])


def _coverage(sure: dict[str, Any], level: int, lang: str) -> str:
    name = f"coverage_{level}"
    return phrase(
        f"hindcast.{name}",
        lang,
        figures=figure(sure["figures"]),
        hits=figure(round(sure[name] * sure["figures"])),
        share=share(sure[name], lang),
        low=share(sure[f"{name}_low"], lang),
        high=share(sure[f"{name}_high"], lang),
        wanted=share(level / 100, lang),
    )


def _skill(sure: dict[str, Any], name: str, lang: str) -> str:
    skill = sure[f"{name}_skill"]
    words = phrase(f"hindcast.{'smaller' if skill >= 0 else 'larger'}", lang, share=share(abs(skill), lang))
    return phrase(f"hindcast.skill_{name}", lang, figures=figure(sure[f"{name}_figures"]), skill=words)


def share(value: float, lang: str) -> str:
    """Return a share in per cent; a dash where there is none."""
    return "–" if math.isnan(value) else percent(figure(100 * value), lang)
