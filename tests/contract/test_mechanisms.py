"""What holds for every mechanism of the quarter."""

import importlib
import inspect
import types

import numpy as np
import pytest

from ipsim.engine import draws
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import interpreted, plain
from ipsim.mechanisms import decisions
from ipsim.mechanisms.quarter import QUARTER
from tests.contract.pathways import rules_of
from tests.simulation.small import differences, ran, small

DRAWING = ("uniform", "normal", "poisson")
NUMBERS = {value for value in vars(decisions).values() if isinstance(value, int)}
IDS = [mechanism.name for mechanism in QUARTER]
each = pytest.mark.parametrize("mechanism", QUARTER, ids=IDS)


def decisions_of(rule: types.FunctionType) -> set[str]:
    """Return the names in capitals that a rule uses and that stand for decisions."""
    scope = rule.__globals__
    return {
        name
        for name in rule.__code__.co_names
        if name.isupper() and isinstance(scope.get(name), int) and scope[name] > 1 << 40
    }


def test_names_are_distinct_and_every_file_is_in_the_quarter() -> None:
    assert len(set(IDS)) == len(IDS)


@each
def test_it_is_declared_completely(mechanism: Mechanism) -> None:
    module = plain(mechanism.act).__module__
    assert module.startswith("ipsim.mechanisms.")
    assert plain(mechanism.loop).__module__ == module
    assert mechanism in vars(importlib.import_module(module)).values()
    assert mechanism.name.isidentifier()
    assert mechanism.order in ("free", "index")
    assert bool(mechanism.why_order.strip()) == (mechanism.order == "index")
    assert (importlib.import_module(module).__doc__ or "").strip()


@each
def test_every_rule_says_what_it_does(mechanism: Mechanism) -> None:
    for rule in rules_of(mechanism).values():
        if rule.__module__.startswith("ipsim.mechanisms."):
            assert (rule.__doc__ or "").strip(), rule.__qualname__
            assert "return" in inspect.get_annotations(rule), rule.__qualname__


@each
def test_its_draws_are_of_decisions_of_their_own(mechanism: Mechanism) -> None:
    for rule in rules_of(mechanism).values():
        names = set(rule.__code__.co_names)
        if rule.__module__ == draws.__name__:
            continue
        draws_here = bool(names & set(DRAWING))
        used = decisions_of(rule)
        assert bool(used) or not draws_here, f"{rule.__qualname__} draws for no decision"
        for name in used:
            assert getattr(decisions, name, None) == rule.__globals__[name], f"{name} isn't in decisions.py"


@each
def test_nothing_draws_from_a_source_with_state(mechanism: Mechanism) -> None:
    for rule in rules_of(mechanism).values():
        assert not {"random", "default_rng", "time"} & set(rule.__code__.co_names), rule.__qualname__


def test_decisions_have_numbers_of_their_own() -> None:
    named = [value for name, value in vars(decisions).items() if name.isupper()]
    assert len(set(named)) == len(named) > 20


def test_act_and_loop_agree() -> None:
    one, other = ran(small(), 5), ran(small(), 5)
    for simulation in (one, other):
        simulation.begin_quarter()
    for mechanism in QUARTER:
        mechanism.loop(one.city)
        act = interpreted(mechanism.act)
        for row in range(len(getattr(other.city, mechanism.over))):
            act(other.city, row)
        assert differences(one.city, other.city) == [], mechanism.name


@each
def test_order_free_means_any_order(mechanism: Mechanism) -> None:
    if mechanism.order == "index":
        return
    forth, back = ran(small(), 5), ran(small(), 5)
    for simulation in (forth, back):
        simulation.begin_quarter()
        for before in QUARTER[: QUARTER.index(mechanism)]:
            before.loop(simulation.city)
    rows = np.arange(len(getattr(forth.city, mechanism.over)))
    mechanism.loop(forth.city)
    for row in np.random.default_rng(2).permutation(rows).tolist():
        interpreted(mechanism.act)(back.city, row)
    assert differences(forth.city, back.city) == []
