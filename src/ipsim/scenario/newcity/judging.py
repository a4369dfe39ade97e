"""Which given figures can't be right: out of what Chinese cities have, or at odds with one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ipsim.scenario.errors import Fault
from ipsim.scenario.newcity.estimates import BASE_YEAR, Given, brought
from ipsim.scenario.newcity.rules import Plausible, kinds, plausible

FIRST_YEAR, LAST_YEAR = 2010, 2022
"""Years from which a figure can be brought to 2015."""


def missing(figures: Mapping[str, Given]) -> list[Fault]:
    """Return a fault for each figure that a profile can't do without."""
    return [
        Fault(kind.option, 0, "", f"missing: {kind.name.en}, {kind.unit}, {kind.hint.en}")
        for kind in kinds().values()
        if kind.required and kind.key not in figures
    ]


def impossible_years(figures: Sequence[Given]) -> list[Fault]:
    """Return a fault for each figure of a year from which nothing follows for 2015."""
    return [
        Fault(
            one.kind.option,
            0,
            "",
            f"{one.written} is of {one.year}, too far from {BASE_YEAR}; allowed: {FIRST_YEAR} to {LAST_YEAR}",
        )
        for one in figures
        if not FIRST_YEAR <= one.year <= LAST_YEAR
    ]


def out_of_bounds(figures: Sequence[Given]) -> list[Fault]:
    """Return a fault for each figure that no Chinese city has."""
    return [
        Fault(
            one.kind.option,
            0,
            "",
            f"{one.written} is out of bounds; allowed: {one.kind.least:,g} to {one.kind.most:,g} "
            f"({one.kind.unit}); {one.kind.hint.en}",
        )
        for one in figures
        if not one.kind.least <= one.value <= one.kind.most
    ]


def at_odds(figures: Mapping[str, Given]) -> list[Fault]:
    """Return a fault for each pair of figures, both as of 2015, that no city has together."""
    found = (_together(one, figures) for one in plausible() if one.key in figures and one.over in figures)
    return [fault for fault in found if fault is not None]


def _together(ratio: Plausible, figures: Mapping[str, Given]) -> Fault | None:
    one, other = figures[ratio.key], figures[ratio.over]
    found = brought(one, "", "en").value / brought(other, "", "en").value
    if ratio.least <= found <= ratio.most:
        return None
    message = (
        f"{one.written} beside {other.kind.option} {other.written} makes {float(f'{found:.3g}'):,g} "
        f"{ratio.meaning.en}, where cities have {ratio.least:,g} to {ratio.most:,g}. One of the two is "
        f"wrong: {one.kind.name.en} ({one.kind.hint.en}), or {other.kind.name.en} ({other.kind.hint.en}); "
        "--unusual takes both as they are"
    )
    return Fault(one.kind.option, 0, "", message)
