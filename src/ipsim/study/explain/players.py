"""What an alternative changes: its levers, together with what moves along, and what is no policy."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from ipsim.scenario.calibrated.ensemble import PREFIX
from ipsim.scenario.errors import Fault, ScenarioError
from ipsim.scenario.levers import DIAL, INDUSTRIES, LEVERS
from ipsim.study.drawing import check_one_ensemble

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

By = Literal["auto", "lever", "family"]
WAYS: Final[tuple[str, ...]] = get_args(By)

ASSUMPTIONS: Final = "assumptions"
"""The player that stands for all changed assumptions."""

CITY: Final = "city"
"""The player that stands for all changed figures of the city."""

MOST_LEVERS: Final = 5
"""With more levers changed than this, those of a family are one player."""

_SECTIONS = frozenset({"policy", "national"})


@dataclass(frozen=True)
class Player:
    """Settings that change together and share in the effect as one.

    Attributes
    ----------
    name
        Key of a lever or of a family of levers; ``assumptions`` or ``city``.
    keys
        Keys of the levers that change with it; for ``assumptions``, names of assumptions.
    """

    name: str
    keys: tuple[str, ...]

    @property
    def is_policy(self) -> bool:
        """Whether it is a lever or a family of levers."""
        return self.name not in (ASSUMPTIONS, CITY)


def changed_levers(base: Scenario, alternative: Scenario) -> tuple[str, ...]:
    """Return the keys of the levers whose value differs in any quarter that both simulate."""
    quarters = min(base.quarters, alternative.quarters)
    found: list[str] = []
    for key in LEVERS:
        if key == INDUSTRIES:
            pair = base.rapid_industries()[:quarters], alternative.rapid_industries()[:quarters]
        else:
            pair = base.path(key)[:quarters], alternative.path(key)[:quarters]
        if not np.array_equal(*pair):
            found.append(key)
    return tuple(found)


def changed_assumptions(
    base: Scenario, alternative: Scenario, loose: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the names of the assumptions that differ, or that will: ``loose`` names those by their key."""
    return tuple(
        key
        for key, value in alternative.assumptions.items()
        if value != base.assumptions[key] or f"{PREFIX}{key}" in loose
    )


def policy_players(base: Scenario, alternative: Scenario, by: By = "auto") -> tuple[Player, ...]:
    """Return the changed levers as players.

    The protection dial is one lever: the detailed keys that follow it in both scenarios move with it.

    Parameters
    ----------
    base, alternative
        What is compared.
    by
        ``lever``: each lever is a player; ``family``: levers of a family, such as filing subsidies for
        the three types of patent, are one; ``auto``: families when more than `MOST_LEVERS` change.
    """
    changed = changed_levers(base, alternative)
    given = base.given | alternative.given
    follows = {key for key in changed if LEVERS[key].dial is not None and key not in given}
    levers: dict[str, list[str]] = {}
    for key in changed:
        levers.setdefault(DIAL if key in follows and DIAL in changed else key, []).append(key)
    if by == "family" or (by == "auto" and len(levers) > MOST_LEVERS):
        families: dict[str, list[str]] = {}
        for key, keys in levers.items():
            families.setdefault(family(key), []).extend(keys)
        levers = families
    return tuple(Player(name, tuple(keys)) for name, keys in levers.items())


def family(key: str) -> str:
    """Return the group of a lever, ``policy.subsidies.filing`` for its three types, or the lever itself.

    Detailed keys of protection belong to the dial.
    """
    if LEVERS[key].dial is not None:
        return DIAL
    group = key.rpartition(".")[0]
    return key if group in _SECTIONS or group.rpartition(".")[0] == "policy" else group


def check_one_city(base: Scenario, alternative: Scenario) -> None:
    """Make sure that both scenarios are of one city, and draw from one ensemble.

    Raises
    ------
    ScenarioError
        When they are not.
    """
    here, there = base.city.key, alternative.city.key
    if here != there:
        message = (
            f"{there} is another city than {here} of {base.name}, and a city is no policy; "
            "explain needs one city, compare sets two side by side"
        )
        raise ScenarioError([Fault(alternative.name, 0, "city", message)])
    faults = check_one_ensemble(base, alternative)
    if faults:
        raise ScenarioError(faults)


def check_policy_differs(
    base: Scenario, alternative: Scenario, policy: tuple[Player, ...], others: tuple[Player, ...]
) -> None:
    """Make sure that there is a lever whose effect can be explained.

    Raises
    ------
    ScenarioError
        When the scenarios run alike, or differ in assumptions or the city's figures alone.
    """
    if policy:
        return
    if not others:
        message = f"runs exactly like {base.name} up to {base.end_year}: there is nothing to explain"
        raise ScenarioError([Fault(alternative.name, 0, "", message)])
    what = " and ".join(
        f"assumptions ({', '.join(one.keys)})" if one.name == ASSUMPTIONS else "figures of the city"
        for one in others
    )
    message = (
        f"differs from {base.name} in {what} alone: no lever changes, so no pathway carries the effect; "
        "use compare, or sensitivity for assumptions"
    )
    raise ScenarioError([Fault(alternative.name, 0, "policy", message)])
