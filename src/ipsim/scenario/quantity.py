"""Numbers of a city profile: a value with its source, or an assumption with its range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

FIRST_DATED, LAST_DATED = 2000, 2035


@dataclass(frozen=True)
class Quantity:
    """Unit and bounds of a number in a profile."""

    unit: str
    low: float
    high: float

    def __str__(self) -> str:
        """Return the bounds with the unit."""
        return f"{self.low:.10g} to {self.high:.10g} ({self.unit})"

    def check(self, numbers: tuple[float, ...]) -> None:
        """Raise a pydantic error if a number is out of bounds."""
        for number in numbers:
            if not self.low <= number <= self.high:
                raise PydanticCustomError(
                    "bounds",
                    "{got} is out of bounds; allowed: {allowed}",
                    {"got": f"{number:g}", "allowed": str(self)},
                )


class Strict(BaseModel):
    """Frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    @field_validator("*", mode="after")
    @classmethod
    def _within_bounds(cls, value: Any, info: ValidationInfo) -> Any:
        """Check every number of a field against the `Quantity` it is annotated with."""
        field = cls.model_fields.get(info.field_name or "")
        for quantity in field.metadata if field else ():
            if isinstance(quantity, Quantity) and isinstance(value, (Number, Dated)):
                quantity.check(value.numbers())
        return value


def is_number(value: object) -> bool:
    """Return whether ``value`` is a finite number and no boolean."""
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and abs(value) < 1e15
        and math.isfinite(value)
    )


def _real(value: object) -> float:
    if not is_number(value) or not isinstance(value, (int, float)):
        raise PydanticCustomError("real", "expected a number, got {got}", {"got": shown(value)})
    return float(value)


def _pair(value: object) -> tuple[float, float]:
    if isinstance(value, (list, tuple)) and len(value) == 2:
        low, high = _real(value[0]), _real(value[1])
        if low <= high:
            return (low, high)
    raise PydanticCustomError("pair", "expected [low, high] with low not above high", {})


def _dated(value: object) -> tuple[tuple[int, float], ...]:
    """Return (year, value) in order; a plain number holds in every year."""
    if not isinstance(value, dict):
        return ((FIRST_DATED, _real(value)),)
    points: list[tuple[int, float]] = []
    for year, number in value.items():
        known = int(year) if isinstance(year, str) and year.isdecimal() else year
        if not isinstance(known, int) or not FIRST_DATED <= known <= LAST_DATED:
            raise PydanticCustomError(
                "date",
                "impossible date {got}; allowed: years {low} to {high}",
                {"got": shown(year), "low": FIRST_DATED, "high": LAST_DATED},
            )
        points.append((known, _real(number)))
    if not points:
        raise PydanticCustomError("date", "expected at least one year", {})
    return tuple(sorted(points))


def shown(value: object) -> str:
    """Return a value as a message can hold it: short, and named by kind if it is large."""
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) > 10**30:
        return "a huge number"
    text = str(value) if isinstance(value, float) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


class _Sourced(Strict):
    source: str | None = None
    assumption: str | None = None
    range: Annotated[tuple[float, float], BeforeValidator(_pair)] | None = None

    @model_validator(mode="after")
    def _has_source_or_range(self) -> Self:
        if self.source is None and (self.assumption is None or self.range is None):
            raise PydanticCustomError(
                "unsourced",
                "a number needs `source`, or `assumption` (why) with `range: [low, high]`",
                {},
            )
        return self

    @property
    def cited(self) -> bool:
        """Whether the value comes from a published source."""
        return self.source is not None

    @property
    def note(self) -> str:
        """The source, or the reason and the range of the assumption."""
        if self.source is not None:
            return self.source
        low, high = self.range or (0.0, 0.0)
        return f"assumption: {self.assumption} (range {low:g} to {high:g})"


class Number(_Sourced):
    """One number, in the unit of the field that holds it."""

    value: Annotated[float, BeforeValidator(_real)]

    @model_validator(mode="after")
    def _within_its_range(self) -> Self:
        if self.range is not None and not self.range[0] <= self.value <= self.range[1]:
            raise PydanticCustomError(
                "bounds",
                "{got} is outside its own range {low} to {high}",
                {"got": f"{self.value:g}", "low": self.range[0], "high": self.range[1]},
            )
        return self

    @property
    def low(self) -> float:
        """Lowest plausible value; the value itself where it is cited without a range."""
        return self.range[0] if self.range else self.value

    @property
    def high(self) -> float:
        """Highest plausible value; the value itself where it is cited without a range."""
        return self.range[1] if self.range else self.value

    def numbers(self) -> tuple[float, ...]:
        """Return every number held, for the check of bounds."""
        return (self.value,)


class Dated(_Sourced):
    """A number by year, linear between the years given and held outside them."""

    value: Annotated[tuple[tuple[int, float], ...], BeforeValidator(_dated)]

    def at(self, year: float) -> float:
        """Return the value at ``year`` (2019.5 is the middle of 2019)."""
        points = self.value
        if year <= points[0][0]:
            return points[0][1]
        for (first, before), (second, after) in pairwise(points):
            if year <= second:
                return before + (after - before) * (year - first) / (second - first)
        return points[-1][1]

    def numbers(self) -> tuple[float, ...]:
        """Return every number held, for the check of bounds."""
        return tuple(number for _, number in self.value)


class Stages(_Sourced):
    """Shares of an industry's enterprises by stage; they sum to 1."""

    materials: Annotated[float, BeforeValidator(_real)]
    components: Annotated[float, BeforeValidator(_real)]
    products: Annotated[float, BeforeValidator(_real)]
    brand: Annotated[float, BeforeValidator(_real)]

    def shares(self) -> tuple[float, float, float, float]:
        """Return the shares from materials to brand."""
        return (self.materials, self.components, self.products, self.brand)

    @model_validator(mode="after")
    def _sums_to_one(self) -> Self:
        if min(self.shares()) < 0 or abs(sum(self.shares()) - 1) > 1e-6:
            raise PydanticCustomError(
                "sum",
                "the four stages sum to {total}; allowed: shares not below 0 that sum to 1",
                {"total": f"{sum(self.shares()):.6g}"},
            )
        return self
