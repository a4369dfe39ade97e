"""What may stand in a ``lesson.yaml``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from ipsim.app.asked import (
    DEFAULT_REPLICATES,
    LARGEST_SCALE,
    MOST_ALTERNATIVES,
    MOST_REPLICATES,
    SKETCH_SCALE,
    SMALLEST_SCALE,
    Asked,
    Runs,
)
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Year = Annotated[int, Field(ge=START_YEAR, le=LAST_YEAR)]
Place = Annotated[int, Field(ge=0, le=MOST_ALTERNATIVES)]
"""A policy of the lesson: 0 for the baseline, 1 for the first alternative."""


class Name(Asked):
    """A few words in both languages."""

    en: ShortText
    zh: ShortText


class Sentence(Asked):
    """A line in both languages."""

    en: Line
    zh: Line


class Baseline(Asked):
    """What the lesson starts from.

    Attributes
    ----------
    start
        Name of a scenario or city that ships.
    name
        What the page calls it.
    set
        Other values by dotted key, as in ``--set``.
    """

    start: str
    name: Name
    set: dict[str, Any] = Field(default_factory=dict)


class Alternative(Asked):
    """What is done otherwise; ``set`` is laid over the baseline."""

    name: Name
    set: Annotated[dict[str, Any], Field(min_length=1)]


class LessonRuns(Runs):
    """Options of the runs: small cities and many pairs, so that a class does not wait."""

    replicates: Annotated[int, Field(ge=2, le=MOST_REPLICATES)] = DEFAULT_REPLICATES
    scale: Annotated[float, Field(ge=SMALLEST_SCALE, le=LARGEST_SCALE)] = SKETCH_SCALE


class Prediction(Asked):
    """What the class foretells, and what decides who was right.

    Attributes
    ----------
    outcome
        An indicator or a headline number.
    year
        Year of an indicator; not given for a headline number, which sums the years up.
    alternative
        Which alternative is meant, from 1.
    cuts
        Without: three choices by the sign of the difference (down, can't be told, up). With: bounds in
        percent of the baseline between the choices, from the lowest.
    choices
        Words of the choices from the lowest; ready words for three if not given.
    """

    outcome: str
    year: Year | None = None
    alternative: Annotated[int, Field(ge=1, le=MOST_ALTERNATIVES)] = 1
    cuts: Annotated[list[float], Field(min_length=1, max_length=5)] | None = None
    choices: Annotated[list[Name], Field(min_length=2, max_length=6)] | None = None

    @model_validator(mode="after")
    def _has_words_for_its_choices(self) -> Self:
        if self.cuts is None:
            if self.choices is not None and len(self.choices) != 3:
                raise ValueError("needs three choices, for down, can't be told, and up; or give cuts")
            return self
        if sorted(set(self.cuts)) != self.cuts:
            raise ValueError("cuts must rise, in percent of the baseline")
        if self.choices is None or len(self.choices) != len(self.cuts) + 1:
            raise ValueError(f"needs {len(self.cuts) + 1} choices, one more than cuts")
        return self


Find = Literal[
    "most-trifles",
    "most-patents",
    "most-debt",
    "most-revenue",
    "most-copied",
    "most-cases",
    "most-rushed",
    "first-borrower",
    "first-defaulter",
    "first-copier",
    "university-most-idle",
    "bank-most-losses",
]
"""Agents worth looking at, see `ipsim.app.city.finds`."""
FINDS: tuple[str, ...] = get_args(Find)

Sum = Literal["filed", "inventions", "research", "revenue", "debt", "subsidy"]
"""What the picture of a city knows of each enterprise in each quarter, see `ipsim.app.city.frames`."""


class Firm(Asked):
    """The enterprise, university or bank on which the reasons are shown first.

    Attributes
    ----------
    find
        Which one: found anew in each run, so that the lesson stays right when the model changes.
    quarter
        ``2022-4`` for the last quarter of 2022; the quarter of the find if not given.
    policy
        In which city: 0 for the baseline, 1 for the first alternative.
    """

    find: Find
    quarter: Annotated[str, StringConstraints(pattern=r"^20(1[6-9]|2[0-9]|30)-[1-4]$")] | None = None
    policy: Place = 1


class Quarters(Asked):
    """A chart by quarter from one run of two cities, for what happens within a year.

    Attributes
    ----------
    of
        What is summed over all enterprises.
    first, last
        Years to show.
    alternative
        Which alternative stands beside the baseline.
    """

    of: Sum
    first: Year
    last: Year
    alternative: Annotated[int, Field(ge=1, le=MOST_ALTERNATIVES)] = 1

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.first > self.last:
            raise ValueError("first must not be later than last")
        return self


class LessonFile(Asked):
    """A ``lesson.yaml``."""

    title: Name
    question: Sentence
    minutes: Annotated[int, Field(ge=1, le=90)] = 10
    order: Annotated[int, Field(ge=0, le=1000)] = 100
    baseline: Baseline
    alternatives: Annotated[list[Alternative], Field(min_length=1, max_length=MOST_ALTERNATIVES)]
    runs: LessonRuns = LessonRuns()
    prediction: Prediction
    charts: Annotated[list[str], Field(min_length=1, max_length=3)]
    quarters: Quarters | None = None
    firm: Firm | None = None

    @model_validator(mode="after")
    def _has_the_alternatives_it_names(self) -> Self:
        named = {"prediction.alternative": self.prediction.alternative}
        if self.quarters is not None:
            named["quarters.alternative"] = self.quarters.alternative
        if self.firm is not None:
            named["firm.policy"] = self.firm.policy
        for key, place in named.items():
            if place > len(self.alternatives):
                raise ValueError(f"{key} is {place}, and there are {len(self.alternatives)} alternatives")
        return self
