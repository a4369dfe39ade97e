"""A laboratory for city intellectual-property policy.

>>> import ipsim
>>> result = ipsim.run("jinhua", seed=1)  # doctest: +SKIP
>>> result.indicators  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipsim.model import (
        Bank,
        CityModel,
        EnforcementBody,
        Enterprise,
        ServiceAgency,
        University,
    )
    from ipsim.scenario import Scenario, ScenarioError, load
    from ipsim.study import Comparison, Result, RunError, compare, run
    from ipsim.study.explain import Explanation, explain

__version__ = "0.1.0"

__all__ = [
    "Bank",
    "CityModel",
    "Comparison",
    "EnforcementBody",
    "Enterprise",
    "Explanation",
    "Result",
    "RunError",
    "Scenario",
    "ScenarioError",
    "ServiceAgency",
    "University",
    "__version__",
    "compare",
    "explain",
    "load",
    "run",
]

_HOMES = {
    "Bank": "ipsim.model",
    "CityModel": "ipsim.model",
    "Comparison": "ipsim.study",
    "EnforcementBody": "ipsim.model",
    "Enterprise": "ipsim.model",
    "Explanation": "ipsim.study.explain",
    "Result": "ipsim.study",
    "RunError": "ipsim.study",
    "Scenario": "ipsim.scenario",
    "ScenarioError": "ipsim.scenario",
    "ServiceAgency": "ipsim.model",
    "University": "ipsim.model",
    "compare": "ipsim.study",
    "explain": "ipsim.study.explain",
    "load": "ipsim.scenario",
    "run": "ipsim.study",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: the libraries behind them take seconds."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(__all__)
