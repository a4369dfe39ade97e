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
    from ipsim.study.batch import StudyFolder, open_study, run_batch
    from ipsim.study.explain import Explanation, explain
    from ipsim.study.hindcast import hindcast
    from ipsim.study.plan import Study, read_study
    from ipsim.study.search import SearchResult, run_search
    from ipsim.study.sensitivity import Discovery, Sensitivity, discover, sensitivity

__version__ = "0.1.0"

__all__ = [
    "Bank",
    "CityModel",
    "Comparison",
    "Discovery",
    "EnforcementBody",
    "Enterprise",
    "Explanation",
    "Result",
    "RunError",
    "Scenario",
    "ScenarioError",
    "SearchResult",
    "Sensitivity",
    "ServiceAgency",
    "Study",
    "StudyFolder",
    "University",
    "__version__",
    "compare",
    "discover",
    "explain",
    "hindcast",
    "load",
    "open_study",
    "read_study",
    "run",
    "run_batch",
    "run_search",
    "sensitivity",
]

_HOMES = {
    "Bank": "ipsim.model",
    "CityModel": "ipsim.model",
    "Comparison": "ipsim.study",
    "Discovery": "ipsim.study.sensitivity",
    "EnforcementBody": "ipsim.model",
    "Enterprise": "ipsim.model",
    "Explanation": "ipsim.study.explain",
    "Result": "ipsim.study",
    "RunError": "ipsim.study",
    "Scenario": "ipsim.scenario",
    "ScenarioError": "ipsim.scenario",
    "SearchResult": "ipsim.study.search",
    "Sensitivity": "ipsim.study.sensitivity",
    "ServiceAgency": "ipsim.model",
    "Study": "ipsim.study.plan",
    "StudyFolder": "ipsim.study.batch",
    "University": "ipsim.model",
    "compare": "ipsim.study",
    "discover": "ipsim.study.sensitivity",
    "explain": "ipsim.study.explain",
    "hindcast": "ipsim.study.hindcast",
    "load": "ipsim.scenario",
    "open_study": "ipsim.study.batch",
    "read_study": "ipsim.study.plan",
    "run": "ipsim.study",
    "run_batch": "ipsim.study.batch",
    "run_search": "ipsim.study.search",
    "sensitivity": "ipsim.study.sensitivity",
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
