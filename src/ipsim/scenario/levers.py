"""Every lever of the model, declared once."""

from __future__ import annotations

from typing import Final

from ipsim.scenario.lever import Lever
from ipsim.scenario.levers_national import NATIONAL
from ipsim.scenario.levers_protection import PROTECTION
from ipsim.scenario.levers_subsidies import SUBSIDIES
from ipsim.scenario.levers_utilisation import UTILISATION

LEVERS: Final[dict[str, Lever]] = {
    lever.key: lever for lever in (*SUBSIDIES, *PROTECTION, *UTILISATION, *NATIONAL)
}
"""Levers by key, in the order in which they are shown."""

DIAL: Final = "policy.protection.strength"
"""The dial that sets the detailed protection keys that are not given."""

INDUSTRIES: Final = "policy.protection.rapid_centre.industries"
"""The one lever that is a list of industries and not a number."""

PATENT_TYPES: Final = ("invention", "utility_model", "design")
"""The three types of patent, in the order used everywhere."""

NUMBER_LEVERS: Final[tuple[str, ...]] = tuple(key for key, lever in LEVERS.items() if lever.kind == "number")
"""Keys of the levers that are numbers."""
