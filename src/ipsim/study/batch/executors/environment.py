"""Workers elsewhere have to hold the same model as here, or the same study gives other numbers."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ipsim.study.errors import ExecutorError
from ipsim.study.manifest import model_hash, versions


@cache
def environment() -> Mapping[str, str]:
    """Return what has to be equal on every worker: versions, and the sources of the model."""
    return versions() | {"sources of the model": model_hash()}


def run_where_equal(expected: Mapping[str, str], function: Callable[..., Any], /, *args: Any) -> Any:
    """Run a task on a worker elsewhere, if its environment is the expected one.

    Each task looks, since workers may join at any time; it costs nothing after the first.

    Raises
    ------
    ExecutorError
        When it is another.
    """
    differences = [
        f"{name} {_short(found)} there, {_short(expected[name])} here"
        for name, found in environment().items()
        if found != expected.get(name)
    ]
    if differences:
        raise ExecutorError(
            f"a worker on {platform.node()} would give other results: {'; '.join(differences)}; "
            "install the same on both sides"
        )
    return function(*args)


def _short(version: str) -> str:
    return version[:12]
