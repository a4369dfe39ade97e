"""Natural experiments, for the terminal: one row each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from ipsim.report.numbers import figure, significant
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study.natural import Finding
    from ipsim.study.natural.estimators import Estimate

_COLUMNS = ("experiment", "published", "estimate", "other", "truth", "placebo", "verdict", "by_truth")
_COLOURS = {"pass": "green", "fail": "red", "unclear": "yellow"}


def table(findings: Sequence[Finding], lang: str) -> Table:
    """Return what was published, what was estimated, what is true and what placebos give."""
    lang = language(lang)
    made = Table(title=phrase("natural.table_title", lang), title_justify="left", box=None, pad_edge=False)
    for column in _COLUMNS:
        made.add_column(phrase(f"natural.{column}", lang))
    for finding in findings:
        what = finding.experiment
        made.add_row(
            f"{what.effect.id}  {what.title.of(lang)}",
            phrase(
                "natural.published_cell", lang, value=what.published.shown, unit=what.published.unit.of(lang)
            ).strip(),
            ranged(finding.main, lang),
            ranged(finding.second, lang),
            ranged(finding.truth, lang),
            _placebo(finding, lang),
            _verdict(finding, lang),
            _by_truth(finding, lang),
        )
    made.caption = phrase("natural.caption", lang)
    made.caption_justify = "left"
    return made


def counted(findings: Sequence[Finding], lang: str) -> str:
    """Return how many experiments agree, disagree and are unclear."""
    found = [finding.verdict.outcome for finding in findings]
    return phrase(
        "natural.counts",
        lang,
        n=len(found),
        agrees=found.count("pass"),
        disagrees=found.count("fail"),
        unclear=found.count("unclear"),
    )


def ranged(one: Estimate | None, lang: str) -> str:
    """Return an estimate with its interval, or a dash."""
    if one is None:
        return phrase("natural.none", lang)
    parts = {"value": one.value, "low": one.low, "high": one.high}
    return phrase("natural.interval", lang, **{name: significant(value) for name, value in parts.items()})


def _placebo(finding: Finding, lang: str) -> str:
    empty = finding.main_placebo
    if empty is None or not empty.values:
        return phrase("natural.none", lang)
    share = figure(100 * empty.share_rejected)
    return phrase("natural.placebo_cell", lang, mean=significant(empty.mean), share=share)


def _by_truth(finding: Finding, lang: str) -> str:
    if finding.verdict_of_truth is None:
        return phrase("natural.none", lang)
    outcome = finding.verdict_of_truth.outcome
    return f"[{_COLOURS[outcome]}]{phrase(f'verdict.{outcome}', lang)}[/{_COLOURS[outcome]}]"


def _verdict(finding: Finding, lang: str) -> str:
    outcome = finding.verdict.outcome
    words = phrase(f"verdict.{outcome}", lang)
    if finding.experiment.used_in_calibration:
        words = phrase("natural.fitted", lang, verdict=words)
    return f"[{_COLOURS[outcome]}]{words}[/{_COLOURS[outcome]}]"
