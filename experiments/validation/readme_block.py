"""The block of the README that repeats the key figures of the validation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

BEGIN, END = "<!-- validation -->", "<!-- end validation -->"
_BLOCK = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)


def block(figures: Mapping[str, Any]) -> str:
    """Return the block for the figures of ``key-figures.json``, with a sentence for each that is there."""
    lines = [
        "[docs/validation.md](docs/validation.md) lays the model beside published figures and studies:",
        "",
    ]
    if "fitted" in figures:
        lines.append(
            f"- {_of(figures['fitted'])} fitted figures lie inside the 90 % band of the calibrated ensemble, "
            f"which narrows {_of(figures['parameters'])} parameters"
        )
    if "hindcast" in figures:
        lines.append(
            f"- {_of(figures['hindcast'])} figures of 2017 and later lie inside the 90 % band of what is "
            f"predicted from 2016{_naive(figures)}"
        )
    if "natural" in figures:
        agree, disagree, unclear = figures["natural"]
        lines.append(
            f"- of {agree + disagree + unclear} published policy effects that were not used in calibration "
            f"{agree} agree, {disagree} disagree and {unclear} can't be told"
        )
    if "facts" in figures:
        lines.append(f"- {_of(figures['facts'])} tests of stylised facts pass")
    if "signs" in figures:
        firm, sure, differences = figures["signs"]
        lines.append(
            f"- of {differences} differences in four headline questions {sure} can be told from none; {firm} "
            f"of these have one sign under nine parameter sets in ten"
        )
    place = "docs/validation.md#what-the-model-cant-be-used-for"
    lines += ["", f"It also says [what the model can't be used for]({place})."]
    return "\n".join([BEGIN, *lines, END])


def with_block(text: str, made: str) -> str:
    """Return a README with the block in place of the old one; as it is where it has none."""
    return _BLOCK.sub(lambda _: made, text)


def block_of(text: str) -> str | None:
    """Return the block of a README, None where it has none."""
    found = _BLOCK.search(text)
    return found[0] if found else None


def _of(pair: list[int]) -> str:
    return f"{pair[0]} of {pair[1]}"


def _naive(figures: Mapping[str, Any]) -> str:
    """Return how errors compare with those of naive forecasts, and on how few figures."""
    count = figures["skill_figures"]
    if not count:
        return ""
    last, growth = (_skill(figures["skill"][name]) for name in ("last", "growth"))
    return (
        f"; on the {count} for which naive forecasts exist the error is {last} that of the last value, "
        f"{growth} that of the last growth"
    )


def _skill(value: float) -> str:
    """Return a skill as what it means: the error less or more than that of a naive forecast."""
    share = f"{abs(100 * value):.0f} %"
    return f"{share} below" if value >= 0 else f"{share} above"
