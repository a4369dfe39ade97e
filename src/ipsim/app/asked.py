"""What the page may ask for: every body of a request, with its bounds."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Date = Annotated[str, StringConstraints(pattern=r"^20[0-3][0-9](-(0[1-9]|1[0-2]))?$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.]{1,80}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
Steps = Annotated[dict[Date, Number], Field(min_length=1, max_length=64)]
Lang = Literal["en", "zh"]

DEFAULT_SCALE = 0.25
SKETCH_SCALE = 0.05
"""Share of the enterprises in the sketch that answers first.

It is replaced by runs at the scale asked for: a city this small has too few loans and cases for a
decision (its chance of meeting the 2030 pattern is off by a third).
"""
SKETCH_PAIRS = 4
"""Pairs of runs of the sketch; the first answer comes after two of them."""
DEFAULT_REPLICATES = 30
MOST_ALTERNATIVES = 4
MOST_REPLICATES = 60
SMALLEST_SCALE, LARGEST_SCALE = 0.02, 0.25
MOST_WORK = 8.0
"""Largest product of scale and replicates: about a minute of one core for each scenario."""
LONGEST_TEXT = 100_000
"""Characters of a scenario file."""


class Asked(BaseModel):
    """Frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ramp(Asked):
    """A line through points: value by date."""

    ramp: Steps


Path = Number | Steps | Ramp
"""A lever over time, as in a scenario file: one value, steps by date, or a ramp."""

Industry = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,60}$")]
Industries = Annotated[list[Industry], Field(max_length=40)]
DatedIndustries = Annotated[dict[Date, Industries], Field(min_length=1, max_length=64)]


class Policy(Asked):
    """A scenario as the page holds it: where it starts, and what is changed.

    Attributes
    ----------
    start
        Name of a scenario or city that ships.
    text
        A scenario file that a visitor opened, instead of ``start``.
    name
        What the visitor calls it; the start's own title if empty.
    subsidies
        The headline dial of subsidies: filing and grant subsidies as a multiple of those of the start.
    changes
        Other values by dotted key, as in ``--set``: levers, assumptions, ``horizon.end``.
    """

    start: Name | None = None
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    subsidies: Path | None = None
    changes: Annotated[dict[Key, Path | Industries | DatedIndustries], Field(max_length=120)] = {}

    @model_validator(mode="after")
    def _has_one_start(self) -> Self:
        if (self.start is None) == (self.text is None):
            raise ValueError("give either start, the name of a scenario, or text, a scenario file")
        return self


class Runs(Asked):
    """How runs are made: the same options as on the command line."""

    replicates: Annotated[int, Field(ge=1, le=MOST_REPLICATES)] = DEFAULT_REPLICATES
    scale: Annotated[float, Field(ge=SMALLEST_SCALE, le=LARGEST_SCALE)] = DEFAULT_SCALE
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1

    @model_validator(mode="after")
    def _is_affordable(self) -> Self:
        if self.replicates * self.scale > MOST_WORK:
            raise ValueError(f"replicates times scale must be at most {MOST_WORK:g} on the board")
        return self


class AskedAnswer(Runs):
    """What alternatives change against a baseline."""

    baseline: Policy
    alternatives: Annotated[list[Policy], Field(max_length=MOST_ALTERNATIVES)] = []
    indicators: Annotated[list[Key], Field(max_length=100)] = []


class AskedDownload(Runs):
    """The same as a file."""

    baseline: Policy
    alternatives: Annotated[list[Policy], Field(max_length=MOST_ALTERNATIVES)] = []
    lang: Lang = "en"
    what: Literal["report.html", "indicators.csv", "effects.csv", "headline.csv", "all.zip"]


class AskedWhy(Runs):
    """Why two policies differ.

    Attributes
    ----------
    indicators
        What is explained, as with ``ipsim explain --indicator``; its five outcomes if empty.
    """

    baseline: Policy
    alternative: Policy
    lang: Lang = "en"
    replicates: Annotated[int, Field(ge=2, le=20)] = 8
    indicators: Annotated[list[Key], Field(max_length=8)] = []


class AskedScenarioFile(Asked):
    """A policy as a scenario file."""

    policy: Policy


class AskedOpen(Asked):
    """A scenario file that the visitor chose, checked as on the command line."""

    file: Annotated[str, StringConstraints(max_length=120)]
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]


class AskedCity(Asked):
    """One run of a city, kept for a while to be looked at."""

    policy: Policy
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1
    scale: Annotated[float, Field(ge=SMALLEST_SCALE, le=LARGEST_SCALE)] = 0.1
