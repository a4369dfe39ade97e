"""From base to alternative in parts: scenarios in which some of the changes are made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ipsim.scenario.calibrated.ensemble import figure_of
from ipsim.scenario.levers import DIAL, INDUSTRIES, LEVERS
from ipsim.scenario.timeline import START_YEAR, date_of
from ipsim.study.explain.players import (
    ASSUMPTIONS,
    CITY,
    By,
    Player,
    changed_assumptions,
    check_one_city,
    check_policy_differs,
    policy_players,
)

if TYPE_CHECKING:
    from ipsim.scenario import Scenario

_FIRST_MONTH = 12 * START_YEAR


@dataclass(frozen=True)
class Change:
    """A base, an alternative, and the parts in which they differ; made by `change_between`.

    Attributes
    ----------
    base, alternative
        What is compared, with the same last year.
    players
        Levers that change, then ``assumptions`` and ``city`` where these change as well.
    by
        What counts as one lever; see `policy_players`.
    """

    base: Scenario
    alternative: Scenario
    players: tuple[Player, ...]
    by: By = "auto"

    @cached_property
    def mechanisms(self) -> tuple[str, ...]:
        """Names of the mechanisms through which the changed levers act, in the order of a quarter."""
        from ipsim.mechanisms.quarter import QUARTER

        # The dial itself acts through nothing but the detailed keys that it sets.
        keys = [key for player in self.players if player.is_policy for key in player.keys if key != DIAL]
        acting = {name for key in keys for name in LEVERS[key].pathway}
        return tuple(mechanism.name for mechanism in QUARTER if mechanism.name in acting)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the players."""
        return tuple(player.name for player in self.players)

    @cached_property
    def outside(self) -> frozenset[str]:
        """Names of the players that are no policy."""
        return frozenset(player.name for player in self.players if not player.is_policy)

    def drawn(self, member: int) -> Change:
        """Return the same change with a member of the ensemble on both sides."""
        return replace(self, base=self.base.drawn(member), alternative=self.alternative.drawn(member))

    def scenario(self, members: Collection[str]) -> Scenario:
        """Return the base with the changes of some players made.

        Every setting that differs is written out, so that none moves along by itself, as the detailed
        keys of protection do with the dial. Figures of the city are those of the scenario that it starts
        from.

        Parameters
        ----------
        members
            Names of the players whose settings are the alternative's.
        """
        if not members:
            return self.base
        if len(members) == len(self.players):
            return self.alternative
        changes: dict[str, Any] = {}
        for player in self.players:
            source = self.alternative if player.name in members else self.base
            if player.is_policy:
                changes |= {key: written(source, key) for key in player.keys}
            elif player.name == ASSUMPTIONS:
                changes |= {f"assumptions.{key}": source.assumptions[key] for key in player.keys}
        return (self.alternative if CITY in members else self.base).replace(changes)


def written(scenario: Scenario, key: str) -> object:
    """Return the value of a lever over time as a scenario file holds it."""
    if key == INDUSTRIES:
        return {date_of(max(month, _FIRST_MONTH)): list(names) for month, names in scenario.industry_steps}
    return scenario.policy[key].written()


def change_between(
    base: Scenario,
    alternative: Scenario,
    by: By = "auto",
    last_year: int | None = None,
    draws: bool = False,
) -> Change:
    """Find out what an alternative changes.

    Parameters
    ----------
    base, alternative
        Two scenarios of one city.
    by
        What counts as one lever; see `policy_players`.
    last_year
        Where to end both; if None, with the one that ends first.
    draws
        Whether parameters will be drawn: then those differ as well that one side alone gives.

    Raises
    ------
    ScenarioError
        When the cities are two, or no lever differs.
    """
    check_one_city(base, alternative)
    end = min(base.end_year, alternative.end_year, last_year or base.end_year)
    base, alternative = _until(base, end), _until(alternative, end)
    policy = policy_players(base, alternative, by)
    others: list[Player] = []
    loose = {*base.drawn_keys} ^ {*alternative.drawn_keys} if draws else set[str]()
    assumptions = changed_assumptions(base, alternative, loose)
    if assumptions:
        others.append(Player(ASSUMPTIONS, assumptions))
    if any(figure_of(key) for key in loose) or _city_differs(base, alternative, (*policy, *others)):
        others.append(Player(CITY, ()))
    check_policy_differs(base, alternative, policy, tuple(others))
    return Change(base, alternative, (*policy, *others), by)


def _until(scenario: Scenario, end: int) -> Scenario:
    return scenario if scenario.end_year == end else scenario.replace({"horizon.end": end})


def _city_differs(base: Scenario, alternative: Scenario, known: tuple[Player, ...]) -> bool:
    """Return whether something differs beyond the levers and assumptions that are known to."""
    rest = Change(base, alternative, (*known, Player(CITY, ())))
    return rest.scenario({CITY}) != base
