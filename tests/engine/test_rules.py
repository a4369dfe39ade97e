"""Rules: compiled, interpreted, and replaced one by one."""

import math
from typing import Any

import numpy as np
import pytest

from ipsim.engine import compiling
from ipsim.engine.draws import uniform
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.records import FLOAT, KEY, Field, Record
from ipsim.engine.rules import interpreted, loop, plain, replaced, rule, rule_names

SHEEP = Record(
    "sheep",
    Field("key", KEY, "-", "stable key"),
    Field("wool", FLOAT, "kg", "wool on it"),
    Field("shear", FLOAT, "kg", "wool ever shorn; named like a rule"),
)
compiled = pytest.mark.skipif(not compiling.jit_is_on(), reason="rules are plain Python")


@rule
def growth(sheep: Any) -> float:
    return 0.5 + uniform(1, 2, sheep.key, 3, 4)


@rule
def grow(sheep: Any) -> None:
    sheep.wool += growth(sheep)
    sheep.shear += 0.0


@rule
def price(wool: float) -> float:
    return math.sqrt(wool)


@rule
def shear(flock: Any, i: int) -> None:
    sheep = flock[i]
    grow(sheep)
    sheep.shear += price(sheep.wool)


@loop
def shear_all(flock: Any) -> None:
    for i in range(len(flock)):
        shear(flock, i)


def flock() -> Any:
    table = SHEEP.table(5)
    table.key[:] = np.arange(5)
    return table


def shorn(function: Any) -> list[float]:
    table = flock()
    function(table)
    return table.shear.tolist()


def test_rules_are_found_by_name_however_deep() -> None:
    assert rule_names(shear_all) >= {"shear", "grow", "growth", "price", "uniform"}
    assert rule_names(growth) >= {"uniform"}


def test_a_field_named_like_a_rule_is_no_call() -> None:
    assert "shear" not in rule_names(grow)


def test_plain_python_gives_the_same_bits() -> None:
    assert shorn(interpreted(shear_all)) == shorn(shear_all)


@compiled
def test_interpreting_compiles_nothing_but_draws() -> None:
    copy = interpreted(shear_all)
    assert not hasattr(copy.__globals__["shear"], "py_func")
    assert not hasattr(copy.__globals__["shear"].__globals__["grow"], "py_func")
    deepest = copy.__globals__["shear"].__globals__["grow"].__globals__["growth"]
    assert deepest.__globals__["uniform"] is uniform


def test_a_users_own_function_is_interpreted_as_it_is() -> None:
    def mine(table: Any) -> None:
        table.shear[:] = 7.0

    assert interpreted(mine) is mine


def test_a_replaced_rule_changes_its_callers_and_nothing_else() -> None:
    before = shorn(shear_all)
    cheap = replaced(shear_all, {"price": lambda wool: 2.0})
    assert shorn(cheap) == [2.0] * 5
    assert shorn(shear_all) == before
    assert shear_all.__globals__["price"] is price if not compiling.jit_is_on() else True


@compiled
def test_rules_that_do_not_reach_it_stay_compiled() -> None:
    cheap = replaced(shear_all, {"price": lambda wool: 2.0})
    assert cheap.__globals__["shear"].__globals__["grow"] is grow


def test_a_rule_replaced_by_itself_changes_nothing() -> None:
    assert shorn(replaced(shear_all, {"growth": plain(growth)})) == shorn(shear_all)


def test_without_the_rule_the_function_is_left_alone() -> None:
    assert replaced(shear_all, {"unheard_of": lambda: None}) is shear_all


def test_a_mechanism_with_a_replaced_rule() -> None:
    mechanism = Mechanism("shearing", "flock", shear, shear_all)
    assert mechanism.with_rules({"unheard_of": abs}) is mechanism
    other = mechanism.with_rules({"price": lambda wool: 3.0})
    table = flock()
    other.loop(table)
    assert table.shear.tolist() == [3.0] * 5
    other.act(table, 0)
    assert table.shear.tolist() == [6.0, 3.0, 3.0, 3.0, 3.0]
