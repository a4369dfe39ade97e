"""Whether a simulated effect agrees with the published one, by a rule written down beforehand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ipsim.scenario.errors import nearest
from ipsim.scenario.quantity import is_number
from ipsim.study.natural.estimators.estimation import Estimate

Outcome = Literal["pass", "fail", "unclear"]

_WORST_FIRST: tuple[Outcome, ...] = ("fail", "unclear", "pass")
_SIGNS = ("+", "-", "0")
_NAMED: dict[str, tuple[str, ...]] = {"inverted U": ("+", "-")}
_KEYS = ("published", "tolerance", "low", "high", "margin")


@dataclass(frozen=True, slots=True)
class Claim:
    """A published effect: a range of numbers, or the sign of one estimate or several.

    Attributes
    ----------
    signs
        ``+``, ``-`` or ``0`` for each estimate; empty for a number.
    low, high
        Range that a number may lie in; infinite where it is a bound only.
    margin
        Size below which an effect counts as none.
    """

    signs: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    margin: float = 0.0

    @classmethod
    def of(
        cls,
        published: float | str,
        *,
        tolerance: float | None = None,
        low: float | None = None,
        high: float | None = None,
        margin: float = 0.0,
    ) -> Claim:
        """Return a claim as a person writes it.

        Parameters
        ----------
        published
            A number; or ``+``, ``-``, ``0``; or several signs as ``+/-``, ``+/+/+/0`` for as many estimates;
            or ``inverted U`` for two: the effect of a rise at a low level, and of one at a high level.
        tolerance
            How far from a published number counts as the same.
        low, high
            Range in place of a tolerance; one of them alone is a bound (``more than 30 %``: ``low=30``).
        margin
            Size below which an effect counts as none, for signs.

        Raises
        ------
        ValueError
            With what does not do and what is allowed.
        """
        if not is_number(margin) or margin < 0:
            raise ValueError(f"margin: {margin!r} does not do; allowed: a number from 0")
        if isinstance(published, str):
            if tolerance is not None or low is not None or high is not None:
                raise ValueError("published: a sign has no tolerance, low or high; it may have a margin")
            return cls(_signs(published), margin=float(margin))
        low, high = _range(published, tolerance, low, high)
        return cls((), low, high, float(margin))


def _signs(published: str) -> tuple[str, ...]:
    signs = _NAMED.get(published) or tuple(part.strip() for part in published.split("/"))
    if any(sign not in _SIGNS for sign in signs):
        close = nearest(published, _NAMED)
        raise ValueError(
            f"published: {published!r} does not do; allowed: a number, +, -, 0, "
            f"several of them as +/-, or inverted U{close}"
        )
    return signs


def _range(
    published: float, tolerance: float | None, low: float | None, high: float | None
) -> tuple[float, float]:
    given = {"published": published, "tolerance": tolerance, "low": low, "high": high}
    for name, value in given.items():
        if value is not None and not is_number(value):
            raise ValueError(f"{name}: {value!r} is not a number")
    if tolerance is not None:
        if low is not None or high is not None or tolerance < 0:
            raise ValueError("tolerance: a number from 0, in place of low and high")
        return published - tolerance, published + tolerance
    if low is None and high is None:
        raise ValueError("published: a number needs a tolerance, or low and high; how near is the same?")
    ends = (-math.inf if low is None else low, math.inf if high is None else high)
    if not ends[0] <= published <= ends[1]:
        raise ValueError(f"published: {published:g} does not lie between low and high")
    return ends


class Reason(NamedTuple):
    """Why one estimate agrees or not: a key of ``verdict.toml`` and what goes into it."""

    outcome: Outcome
    key: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether simulated and published effects agree.

    Attributes
    ----------
    outcome
        ``pass``, ``fail`` or ``unclear``; of several estimates the worst.
    reasons
        One for each estimate.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]

    def told(self, lang: str = "en") -> str:
        """Return the reasons as sentences."""
        from ipsim.report.phrases import phrase

        sentences = [
            phrase(f"verdict.{reason.key}", lang, **{k: f"{v:.3g}" for k, v in reason.values.items()})
            for reason in self.reasons
        ]
        return ("" if lang == "zh" else " ").join(sentences)


def verdict(found: Estimate | Sequence[Estimate], published: float | str | Claim, **how: Any) -> Verdict:
    """Lay simulated effects beside the published one.

    A number passes if the simulated interval overlaps the published range, and fails if not; where the
    interval holds nought as well although the published range does not, it is unclear: so wide an interval
    would agree with no effect too. A sign passes if the interval leaves out nought on the right side, fails
    if it does on the wrong side or lies within the margin, and is unclear otherwise. Nought passes if the
    interval holds 0 or the value lies within the margin; with a margin, an interval that holds 0 around a
    value beyond the margin is unclear.

    Parameters
    ----------
    found
        One estimate, or as many as the claim has signs, in the same order.
    published
        A claim, or what `Claim.of` takes.
    **how
        ``tolerance``, ``low``, ``high``, ``margin`` of `Claim.of`.

    Raises
    ------
    ValueError
        If the claim does not do, or the number of estimates does not go with it.
    """
    unknown = [name for name in how if name not in _KEYS]
    if unknown:
        raise ValueError(
            f"{unknown[0]}: unknown; allowed: {', '.join(_KEYS[1:])}{nearest(unknown[0], _KEYS)}"
        )
    claim = published if isinstance(published, Claim) else Claim.of(published, **how)
    estimates = [found] if isinstance(found, Estimate) else list(found)
    wanted = len(claim.signs) or 1
    if len(estimates) != wanted:
        raise ValueError(f"published: the claim speaks of {wanted} estimates, {len(estimates)} were made")
    if claim.signs:
        pairs = zip(estimates, claim.signs, strict=True)
        reasons = tuple(_by_sign(one, sign, claim.margin) for one, sign in pairs)
    else:
        reasons = (_by_number(estimates[0], claim),)
    worst = min(reasons, key=lambda reason: _WORST_FIRST.index(reason.outcome))
    return Verdict(worst.outcome, reasons)


def _by_number(one: Estimate, claim: Claim) -> Reason:
    values = {"value": one.value, "low": one.low, "high": one.high, "from": claim.low, "to": claim.high}
    if not _is_known(one):
        return Reason("unclear", "no_interval", {"value": one.value})
    if one.high < claim.low or one.low > claim.high:
        return Reason("fail", "apart", values)
    if one.low <= 0 <= one.high and not claim.low <= 0 <= claim.high:
        return Reason("unclear", "overlap_with_nought", values)
    return Reason("pass", "overlap", values)


def _by_sign(one: Estimate, sign: str, margin: float) -> Reason:
    values = {"value": one.value, "low": one.low, "high": one.high, "margin": margin}
    if not _is_known(one):
        return Reason("unclear", "no_interval", {"value": one.value})
    holds_nought = one.low <= 0 <= one.high
    if sign == "0":
        return _by_nought(one.value, holds_nought, margin, values)
    right = one.low > 0 if sign == "+" else one.high < 0
    if -margin < one.low and one.high < margin:
        return Reason("fail", "too_small", values)
    if right:
        return Reason("pass", "right_side", values)
    return Reason("unclear", "either_side", values) if holds_nought else Reason("fail", "wrong_side", values)


def _by_nought(value: float, holds_nought: bool, margin: float, values: Mapping[str, float]) -> Reason:
    if abs(value) < margin:
        return Reason("pass", "within_margin", values)
    if not holds_nought:
        return Reason("fail", "not_nought", values)
    if margin > 0:
        return Reason("unclear", "nought_but_wide", values)
    return Reason("pass", "holds_nought", values)


def _is_known(one: Estimate) -> bool:
    return math.isfinite(one.low) and math.isfinite(one.high) and math.isfinite(one.value)
