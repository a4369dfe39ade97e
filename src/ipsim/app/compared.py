"""Finished runs as the comparison of studies: for sentences, tables and reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipsim.app.work.kept import Kept, replicate_of
from ipsim.study.drawing import members_of

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study import Comparison, Result
    from ipsim.study.simulations import Replicate


@dataclass(frozen=True, eq=False)
class Compared:
    """What a comparison is made of, small enough to be sent between processes.

    Attributes
    ----------
    scenarios
        The baseline first.
    scale
        Share of the city's enterprises that was simulated.
    kept
        By scenario, its runs in the order of their seeds.
    """

    scenarios: tuple[Scenario, ...]
    scale: float
    kept: tuple[tuple[Kept, ...], ...]

    def comparison(self, indicators: Collection[str] | None = None) -> Comparison:
        """Return the comparison, as `ipsim.compare` makes it; its duration is nought.

        Parameters
        ----------
        indicators
            Which indicators to put into its tables; all if None.
        """
        from ipsim.study.comparison.compare import Comparison, distinct

        names = distinct([scenario.name for scenario in self.scenarios])
        results = {}
        for name, scenario, kept in zip(names, self.scenarios, self.kept, strict=True):
            result = result_of(scenario, self.scale, kept, indicators=indicators)
            results[name] = replace(result, indicators=result.indicators.assign(scenario=name))
        base, *others = results.items()
        return Comparison(base[1], dict(others))


def result_of(
    scenario: Scenario,
    scale: float,
    kept: Sequence[Kept],
    seconds: float = 0.0,
    indicators: Collection[str] | None = None,
) -> Result:
    """Return finished runs of one scenario as `ipsim.run` gives them; see `Compared.comparison`."""
    from ipsim.study.results import gather

    members = members_of(scenario, [one.seed for one in kept])
    return gather(scenario, scale, [_with(replicate_of(one), indicators) for one in kept], seconds, members)


def _with(replicate: Replicate, indicators: Collection[str] | None) -> Replicate:
    if indicators is None:
        return replicate
    values = {key: value for key, value in replicate.indicators.items() if key[1] in indicators}
    return replicate._replace(indicators=values)


def sentences_of(compared: Compared, progress: Callable[[int, int], None]) -> dict[str, list[str]]:
    """Return a comparison in short, by language; for a worker."""
    from ipsim.indicators.pattern import PATTERN
    from ipsim.report.contrast import sentences
    from ipsim.scenario.words import LANGUAGES
    from ipsim.study.comparison.headline import NUMBERS

    # Sentences are about nothing else, and tables of all indicators take ten times as long.
    told = {one.indicator for one in NUMBERS.values()} | {definition.key for definition in PATTERN}
    comparison = compared.comparison(told)
    found: dict[str, list[str]] = {}
    for done, lang in enumerate(LANGUAGES):
        progress(done, len(LANGUAGES))
        found[lang] = sentences(comparison, lang)
    return found
