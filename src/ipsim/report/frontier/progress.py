"""How far a search is, in a line a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipsim.report.frontier.amounts import measures
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from ipsim.study.search import SearchSettings, Stage

_GAPS = {
    "pilots": ("within", "policies"),
    "generation": ("number", "of", "within", "policies"),
    "random": ("number", "of"),
    "final": ("within", "policies"),
    "check": ("policies",),
}
"""What the phrase of each stage tells of it."""


def words(stage: Stage, settings: SearchSettings, lang: str) -> str:
    """Return what a stage found."""
    values = {name: getattr(stage, name) for name in _GAPS[stage.name]}
    if stage.name != "generation":
        return phrase(f"search.stage_{stage.name}", lang, **values)
    if not stage.best:
        del values["within"]
        return phrase("search.stage_generation_none", lang, **values)
    goals = zip(settings.goals, measures(settings, lang), strict=False)
    best = [f"{one.words} {one.with_unit(stage.best[goal.name], lang)}" for goal, one in goals]
    return phrase(
        "search.stage_generation", lang, best=phrase("search.description_gap", lang).join(best), **values
    )
