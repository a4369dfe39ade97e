"""What ranges and intervals hold: luck alone, or doubt about parameters as well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ipsim.report.numbers import figure
from ipsim.report.phrases import language, phrase

if TYPE_CHECKING:
    from ipsim.study import Result


def what_ranges_hold(results: Iterable[Result], lang: str) -> str:
    """Return in words what the spread over the replicates of results holds; nothing of single runs.

    Parameters
    ----------
    results
        Results with the same seeds: one, or base and alternatives.
    lang
        ``en`` or ``zh``.
    """
    lang = language(lang)
    several = [one for one in results if len(one.seeds) > 1]
    drawn = [one for one in several if one.is_drawn]
    if not drawn:
        return phrase("page.doubt_central", lang) if several else ""
    ensemble = drawn[0].scenario.ensemble
    keys = {key for one in drawn for key in one.scenario.drawn_keys}
    said = phrase("page.doubt_drawn", lang, count=figure(len(keys)), ensemble=ensemble.short)
    if not ensemble.provisional:
        return said
    return f"{said}{phrase('page.sentence_gap', lang)}{phrase('page.doubt_provisional', lang)}"
