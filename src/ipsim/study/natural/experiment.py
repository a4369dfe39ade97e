"""What a natural experiment is: cities, who is treated with what and when, and what is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ipsim.scenario.words import Words

if TYPE_CHECKING:
    from ipsim.evidence import Effect
    from ipsim.study.natural.estimators import Claim


MEAN = "mean"
"""The estimator of an experiment without treatment: the mean over cities and years."""


@dataclass(frozen=True)
class Cities:
    """The country.

    Attributes
    ----------
    number, seed
        How many cities, and the seed of all that is drawn.
    simulated
        Fewest and most enterprises that are simulated for a city.
    policies
        Levers that are alike in all cities and both worlds from 2016 on, instead of drawn.
    """

    number: int = 240
    seed: int = 1
    simulated: tuple[int, int] = (300, 500)
    policies: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What the treatment does to a lever or a group of levers, and where the file says so.

    Attributes
    ----------
    key
        A lever, or a group such as ``policy.subsidies.filing``.
    how, value
        ``add`` to what the city has, ``multiply`` it, or set it ``to`` a value.
    line
        Line of the file.
    """

    key: str
    how: Literal["add", "multiply", "to"]
    value: Any
    line: int = 0


@dataclass(frozen=True)
class Treatment:
    """Who is treated, when, with what.

    Attributes
    ----------
    share
        Share of the cities that are treated at all.
    dates
        Years in which treatment begins; treated cities are spread evenly over them.
    changes
        What changes in a treated city from its date on.
    dose
        Why it is this much; written before the run.
    """

    share: float
    dates: tuple[int, ...]
    changes: tuple[Change, ...]
    dose: str


@dataclass(frozen=True)
class Outcome:
    """The outcome of a city and year: an indicator or a measure, or the ratio of two."""

    indicator: str
    denominator: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What has to be measured for it."""
        return (self.indicator,) if self.denominator is None else (self.indicator, self.denominator)


@dataclass(frozen=True)
class Estimator:
    """An estimator with the options that it is given, as `ipsim.study.natural.estimators` names them."""

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """What the study found.

    Attributes
    ----------
    shown
        The figure or the sign, as printed.
    unit
        Its unit, and that of the estimates.
    claim
        How near is near enough.
    why
        Why it is compared in this way.
    """

    shown: str
    unit: Words
    claim: Claim
    why: str


@dataclass(frozen=True)
class Experiment:
    """A natural experiment; made by `read_experiment`.

    Attributes
    ----------
    name
        Of its file and its folder.
    title
        What a person reads.
    effect
        The row of the published effects that it repeats.
    design
        How the study was made, and how it is repeated.
    cities, treatment, outcome
        What is simulated and compared. Without a treatment the outcome is measured as it is.
    window
        First and last year of the panel.
    estimators
        The one of the study first: it decides; the others are shown beside it.
    published
        What the estimates are laid beside.
    used_in_calibration
        Whether parameters were fitted to it: then it is no test.
    expect
        What the model was expected to give; written before the run.
    notes
        What was learned from the result; written after the run.
    file, text
        The file as it was named, and what it holds.
    """

    name: str
    title: Words
    effect: Effect
    design: str
    cities: Cities
    treatment: Treatment | None
    outcome: Outcome
    window: tuple[int, int]
    estimators: tuple[Estimator, ...]
    published: Published
    used_in_calibration: bool
    expect: str
    notes: str
    file: str
    text: str
