"""What every figure is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ipsim.indicators.catalogue import indicator
from ipsim.published import Published, of_place
from ipsim.report.measured import Measured
from ipsim.report.numbers import factor
from ipsim.report.phrases import language, phrase


@dataclass(frozen=True)
class Source:
    """A result made ready for drawing.

    Attributes
    ----------
    result
        The result itself.
    measured
        Its yearly figures.
    published
        Published figures of the city for the years simulated.
    lang
        ``en`` or ``zh``.
    """

    result: Any
    measured: Measured
    published: list[Published]
    lang: str

    def say(self, key: str, **values: object) -> str:
        """Return a phrase of the figures in the language of the report."""
        return phrase(f"figures.{key}", self.lang, **values)

    def factor(self, name: str) -> float:
        """Return by what an indicator is multiplied to be drawn in this language."""
        return factor(indicator(name).unit, self.lang)

    def industry(self, key: str) -> str:
        """Return the name of an industry of the city."""
        for one in self.result.scenario.city.industries:
            if str(one.key) == key:
                return str(one.name.of(self.lang))
        return key


def prepare(result: Any, lang: str) -> Source:
    """Return a result ready for drawing; one that is ready already as it is.

    Raises
    ------
    ValueError
        When ``lang`` is no language of the report.
    """
    if isinstance(result, Source):
        return result
    result = getattr(result, "base", result)  # of a comparison, the base alone is drawn so far
    measured = Measured(result.indicators)
    first, last = int(measured.years[0]), int(measured.years[-1])
    published = of_place(result.scenario.city.name.en, first, last)
    return Source(result, measured, published, language(lang))
