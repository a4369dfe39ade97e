"""The block of the README that repeats the key figures of the validation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

BEGIN, END = "<!-- validation -->", "<!-- end validation -->"
_BLOCK = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)


def block(figures: Mapping[str, Any]) -> str:
    """Return the block for the figures of ``key-figures.json``."""
    agree, disagree, unclear = figures["natural"]
    inside, of = figures["hindcast"]
    last, growth = (_skill(figures["skill"][name]) for name in ("last", "growth"))
    sentences = [
        "[docs/validation.md](docs/validation.md) lays the model beside published figures and studies.",
        f"{_of(figures['fitted'])} fitted figures lie inside the 90 % band of the calibrated ensemble, which",
        f"narrows {_of(figures['parameters'])} parameters. Predicted from what was known at the end of 2016,",
        f"{inside} of {of} figures of 2017 and later do; the error is {last} that of the last value and",
        f"{growth} that of the last growth. Of {agree + disagree + unclear} tests against published policy",
        f"effects that were not used in calibration {agree} agree, {disagree} disagree and {unclear}",
        f"can't be told; {_of(figures['facts'])} tests of stylised facts pass; {_of(figures['signs'])}",
        "headline differences keep their sign in nine members of ten. The page also says",
        "[what the model can't be used for](docs/validation.md#what-the-model-cant-be-used-for).",
    ]
    text = "\n".join(sentences)
    return f"{BEGIN}\n{text}\n{END}"


def with_block(text: str, made: str) -> str:
    """Return a README with the block in place of the old one; as it is where it has none."""
    return _BLOCK.sub(lambda _: made, text)


def block_of(text: str) -> str | None:
    """Return the block of a README, None where it has none."""
    found = _BLOCK.search(text)
    return found[0] if found else None


def _of(pair: list[int]) -> str:
    return f"{pair[0]} of {pair[1]}"


def _skill(value: float) -> str:
    """Return a skill as what it means: the error less or more than that of a naive forecast."""
    share = f"{abs(100 * value):.0f} %"
    return f"{share} below" if value >= 0 else f"{share} above"
