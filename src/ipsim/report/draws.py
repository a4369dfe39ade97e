"""What ranges and intervals hold: luck alone, or doubt about parameters as well."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ipsim.report.numbers import figure
from ipsim.report.phrases import language, phrase
from ipsim.scenario.calibrated.ensemble import figure_of
from ipsim.scenario.shipped import shipped_folder

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
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
    said = [phrase("page.doubt_drawn", lang, count=figure(len(keys)), ensemble=ensemble.short)]
    if ensemble.provisional:
        said.append(phrase("page.doubt_provisional", lang))
    cities = {one.scenario.city.key: one.scenario for one in drawn}
    said += filter(None, (_held(scenario, lang) for scenario in cities.values()))
    return phrase("page.sentence_gap", lang).join(said)


def _held(scenario: Scenario, lang: str) -> str:
    """Return in words that the figures a profile assumes do not vary; nothing where draws move some."""
    from ipsim.study.calibration.parameters import own_parameters

    assumed = own_parameters(scenario.city)
    if not assumed or any(figure_of(key) for key in scenario.drawn_keys):
        return ""
    return phrase(
        "page.doubt_held",
        lang,
        city=scenario.city.name.of(lang),
        count=figure(len(assumed)),
        command=shlex.join(["ipsim", "calibrate", _profile_of(scenario)]),
        folder=shlex.quote(f"results/calibrate-{scenario.city.key}"),
    )


def _profile_of(scenario: Scenario) -> str:
    """Return what `ipsim calibrate` takes for the city of a scenario: the file of its profile, or its key."""
    city = scenario.layers[0]
    shipped = city.folder == shipped_folder() / "cities"
    is_file = city.tree.file.endswith((".yaml", ".yml")) and not shipped
    return city.tree.file if is_file else scenario.city.key
