"""How one effect is made up: what each lever brought, and what came through each mechanism."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ipsim.indicators.catalogue import indicator
from ipsim.study.explain.design import Floats, Parts
from ipsim.study.explain.figures import Figures
from ipsim.study.intervals import Estimate, mean_of, ratio_of
from ipsim.study.plan.outcomes import Outcome

JOINT: Final = "joint"
"""The part of the effect that single cuts take away more than once (negative) or not at all."""

LEFT: Final = "left"
"""The part of the effect that stays when every mechanism is cut: money paid whatever anyone does."""

OUTSIDE: Final = "outside"
"""The part that is no policy: changed assumptions and figures of the city."""

_HEAD = ["indicator", "unit", "statistic", "first_year", "year"]
_BODY = ["effect", "effect_low", "effect_high", "amount", "low", "high", "share", "share_low", "share_high"]
LEVER_COLUMNS = [*_HEAD, "lever", *_BODY, "sampling_error", "pairs"]
PATHWAY_COLUMNS = [*_HEAD, "mechanism", *_BODY, "pairs"]


@dataclass(frozen=True)
class Part:
    """One part of an effect.

    Attributes
    ----------
    name
        Key of a lever or family, name of a mechanism, or ``joint``, ``left``, ``outside``.
    amount
        Mean over pairs with its 90 % interval, in the unit of the indicator.
    share
        Of the effect, with its 90 % interval; not numbers where the effect is not sure.
    sampling_error
        Standard error of the mean from drawing orders of levers; 0 where all coalitions were run.
    """

    name: str
    amount: Estimate
    share: Estimate
    sampling_error: Floats


@dataclass(frozen=True)
class Account:
    """An effect with its parts.

    Attributes
    ----------
    outcome
        What was measured.
    base, alternative
        Means over the pairs, so that they and the levers add up.
    effect
        Mean difference with its 90 % interval.
    levers
        Shapley values; they add up to the effect.
    pathways
        What is lost when each mechanism is cut, in the order of a quarter.
    joint, left, outside
        The rest: these and the pathways add up to the effect.
    pairs
        Pairs of runs it rests on.
    """

    outcome: Outcome
    base: float
    alternative: float
    effect: Estimate
    levers: tuple[Part, ...]
    pathways: tuple[Part, ...]
    joint: Part
    left: Part
    outside: Part
    pairs: int

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the effect leaves out nought; only then there are shares."""
        return bool(self.effect.sure)

    @property
    def is_nothing(self) -> bool:
        """Whether no pair differs at all."""
        same = self.pairs == 1 or bool(self.effect.low == self.effect.high)
        return same and bool(self.effect.mean == 0)


def account_of(outcome: Outcome, parts: Parts) -> Account:
    """Return the account of an outcome from its parts by pair, shape (pairs,)."""
    levers, pathways = _lever_parts(parts), _pathway_parts(parts)
    *single, joint, left, outside = pathways
    known = np.isfinite(parts.effect)
    return Account(
        outcome,
        float(np.mean(parts.base[known])) if known.any() else np.nan,
        float(np.mean(parts.alternative[known])) if known.any() else np.nan,
        mean_of(parts.effect),
        tuple(levers),
        tuple(single),
        joint,
        left,
        outside,
        int(known.sum()),
    )


def _lever_parts(parts: Parts) -> Iterator[Part]:
    for name, amounts in parts.levers.items():
        yield _part(name, amounts, parts, parts.errors[name])


def _pathway_parts(parts: Parts) -> Iterator[Part]:
    rest = {JOINT: parts.joint, LEFT: parts.left, OUTSIDE: parts.outside}
    for name, amounts in {**parts.pathways, **rest}.items():
        yield _part(name, amounts, parts, np.zeros(amounts.shape[1:]))


def _part(name: str, amounts: Floats, parts: Parts, error: Floats) -> Part:
    return Part(name, mean_of(amounts), ratio_of(amounts, parts.effect), error)


def lever_table(figures: Figures, parts: Parts) -> pd.DataFrame:
    """Return what each lever brought to every indicator and year: `LEVER_COLUMNS`."""
    tables = [
        _yearly(figures, parts, part, "lever").assign(sampling_error=part.sampling_error.ravel())
        for part in _lever_parts(parts)
    ]
    return _in_order(tables, LEVER_COLUMNS)


def pathway_table(figures: Figures, parts: Parts) -> pd.DataFrame:
    """Return what came through each mechanism, by indicator and year: `PATHWAY_COLUMNS`."""
    tables = [_yearly(figures, parts, part, "mechanism") for part in _pathway_parts(parts)]
    return _in_order(tables, PATHWAY_COLUMNS)


def account_tables(account: Account) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the account of an outcome over several years as rows of the two tables."""
    levers = [_row(account, part) | {"lever": part.name} for part in account.levers]
    rest = (*account.pathways, account.joint, account.left, account.outside)
    pathways = [_row(account, part) | {"mechanism": part.name} for part in rest]
    return (
        pd.DataFrame(levers, columns=pd.Index(LEVER_COLUMNS)),
        pd.DataFrame(pathways, columns=pd.Index(PATHWAY_COLUMNS)),
    )


def _row(account: Account, part: Part) -> dict[str, object]:
    outcome = account.outcome
    head = [outcome.indicator, outcome.unit, outcome.statistic, min(outcome.years), max(outcome.years)]
    numbers = [float(number) for number in (*account.effect, *part.amount, *part.share)]
    row: dict[str, object] = dict(zip([*_HEAD, *_BODY], [*head, *numbers], strict=True))
    return row | {"sampling_error": float(part.sampling_error), "pairs": account.pairs}


def _yearly(figures: Figures, parts: Parts, part: Part, column: str) -> pd.DataFrame:
    years, names = np.meshgrid(figures.years, figures.names, indexing="ij")
    table = pd.DataFrame({"indicator": names.ravel(), "year": years.ravel(), column: part.name})
    table["unit"] = table["indicator"].map({name: indicator(name).unit for name in figures.names})
    table["statistic"], table["first_year"] = "last", table["year"]
    numbers = [*mean_of(parts.effect), *part.amount, *part.share]
    for name, values in zip(_BODY, numbers, strict=True):
        table[name] = values.ravel()
    table["pairs"] = np.isfinite(parts.effect).sum(axis=0).ravel()
    return table


def _in_order(tables: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    """Put the tables of all parts together, the parts of one figure one below the other."""
    return pd.concat(tables).sort_index(kind="stable")[columns].reset_index(drop=True)
