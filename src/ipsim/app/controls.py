"""The controls of the page, made from the declarations of the levers."""

from __future__ import annotations

from typing import Any, Final

from ipsim.report.explanation.names import lever_name, mechanism_name
from ipsim.report.phrases import catalogue as phrases
from ipsim.report.phrases import term
from ipsim.scenario.lever import Lever
from ipsim.scenario.levers import DIAL, LEVERS
from ipsim.scenario.words import LANGUAGES, Words

FUND: Final = "policy.utilisation.pledge_fund.capital"
"""The third headline dial."""

SUBSIDISED: Final = tuple(
    key for key in LEVERS if key.startswith(("policy.subsidies.filing.", "policy.subsidies.grant."))
)
"""Levers that the dial of subsidies moves."""

MOST_SUBSIDIES: Final = 3.0
"""Highest multiple of the start's subsidies on the dial."""

_PROJECTS: Final[dict[str, tuple[str, ...]]] = {
    "quality": ("M29", "M30", "M31", "M32"),
    "protection": ("M09", "M12", "M14", "M18"),
    "utilisation": ("M20", "M27"),
    "national": ("context",),
}
"""Mechanisms of the policy system by project, in the order of the page."""

_STEPS: Final[dict[str, float]] = {
    "0-1": 0.05,
    "share": 0.05,
    "share of R&D": 0.01,
    "share of loss": 0.05,
    "share of interest": 0.05,
    "share of principal": 0.005,
    "RMB per filing": 100,
    "RMB per grant": 100,
    "RMB per invention": 1000,
    "RMB": 5000,
    "million RMB": 10,
    "full-time posts": 5,
    "multiple": 0.5,
    "multiple of loss": 0.1,
    "multiple of capital": 1,
    "ratio to normal": 0.05,
    "cases/year": 10,
    "filings/year": 100,
    "months": 0.5,
    "industry keys": 1,
}
"""Step of a slider by the unit of its lever."""

_SLIDER_ENDS: Final[dict[str, float]] = {
    "policy.subsidies.filing.invention": 5000,
    "policy.subsidies.filing.utility_model": 2000,
    "policy.subsidies.filing.design": 2000,
    "policy.subsidies.grant.invention": 20000,
    "policy.subsidies.grant.utility_model": 5000,
    "policy.subsidies.grant.design": 5000,
    "policy.subsidies.high_value": 100_000,
    "policy.protection.enforcement_staff": 200,
    "policy.protection.mediation": 1000,
    "policy.protection.rapid_centre.capacity": 5000,
    FUND: 1000,
    "national.damages_floor": 500_000,
}
"""Where a slider ends when a planner never gets near the bound; typing reaches the bound itself."""


def short_name(key: str) -> Words:
    """Return the short name of a lever, as a control bears it."""
    own = phrases().get(f"board_levers.lever_{key.removeprefix('policy.').replace('.', '_')}")
    return own or Words(*(lever_name(key, lang) for lang in LANGUAGES))


def projects() -> list[dict[str, Any]]:
    """Return all levers by project, as the page reads them."""
    return [
        {
            "key": project,
            "words": _words(f"project_{project}"),
            "levers": [_lever(one) for one in LEVERS.values() if one.mechanism in mechanisms],
        }
        for project, mechanisms in _PROJECTS.items()
    ]


def dials() -> list[dict[str, Any]]:
    """Return the three headline controls, in their order."""
    return [_subsidies(), _lever(LEVERS[DIAL]), _lever(LEVERS[FUND])]


def _subsidies() -> dict[str, Any]:
    texts = {
        name: _words(f"dial_subsidies{end}")
        for name, end in (("words", ""), ("unit", "_unit"), ("meaning", "_meaning"), ("cost", "_cost"))
    }
    bounds = {"low": 0.0, "high": MOST_SUBSIDIES}
    return {
        "key": "subsidies",
        **texts,
        **bounds,
        "slider": bounds,
        "step": 0.1,
        "default": 1.0,
        "members": list(SUBSIDISED),
    }


def _lever(lever: Lever) -> dict[str, Any]:
    return {
        "key": lever.key,
        "words": short_name(lever.key)._asdict(),
        "meaning": lever.meaning._asdict(),
        "cost": lever.cost._asdict(),
        "unit": {lang: term(lever.unit, lang) for lang in LANGUAGES},
        "low": float(lever.low),
        "high": float(lever.high),
        "slider": {"low": float(lever.low), "high": _SLIDER_ENDS.get(lever.key, float(lever.high))},
        "step": float(_STEPS[lever.unit]),
        "kind": lever.kind,
        "dial": lever.dial._asdict() if lever.dial else False,
        "mechanism": lever.mechanism,
        "pathway": [
            {"name": name, "words": {lang: mechanism_name(name, lang) for lang in LANGUAGES}}
            for name in lever.pathway
        ],
        "source": lever.source,
    }


def _words(key: str) -> dict[str, str]:
    return phrases()[f"board_levers.{key}"]._asdict()
