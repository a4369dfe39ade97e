"""Cutting a pathway, leaving out a mechanism, adding one, replacing a rule: all from outside."""

from typing import Any

import numpy as np
import pytest

from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import plain
from ipsim.mechanisms.quarter import QUARTER
from tests.simulation.small import SCALE, differences, ran, small, switched

NAMES = [mechanism.name for mechanism in QUARTER]


def test_all_mechanisms_cut_to_the_same_policy_change_nothing() -> None:
    base = ran(small(), 6)
    cut = ran(small(), 6, cut=NAMES, cut_policy=small())
    assert differences(base.city, cut.city) == []


def test_all_mechanisms_cut_run_the_other_policy() -> None:
    rich = switched(small(), "policy.subsidies.filing.utility_model", 9000)
    base, cut = ran(small(), 8), ran(rich, 8, cut=NAMES, cut_policy=small())
    assert [name for name in differences(base.city, cut.city) if not name.startswith("policy.")] == []
    assert differences(base.city, ran(rich, 8).city, "enterprises", "patents")


def test_a_mechanism_can_be_added() -> None:
    seen: list[int] = []

    def give(city: Any, i: int) -> None:
        city.enterprises[i].knowledge += 0.01

    def give_all(city: Any) -> None:
        seen.append(int(city.clock[0].quarter))
        for i in range(len(city.enterprises)):
            give(city, i)

    school = Mechanism("school", "enterprises", give, give_all)
    taught = ran(small(), 3, mechanisms=(*QUARTER, school))
    assert seen == [0, 1, 2]
    gained = taught.city.enterprises.knowledge - ran(small(), 3).city.enterprises.knowledge
    assert np.median(gained) > 0.02


def test_a_mechanism_can_be_left_out() -> None:
    quiet = ran(small(), 4, mechanisms=[m for m in QUARTER if m.name not in ("copying", "disputes")])
    assert not (quiet.city.enterprises.copy_since > 0).any()
    assert (ran(small(), 4).city.enterprises.copy_since > 0).any()


def test_a_rule_can_be_replaced() -> None:
    def nobody_abroad(city: Any, owner: int, filing: Any) -> bool:
        return False

    base = ran(small(), 4, scale=2 * SCALE)
    home = ran(small(), 4, scale=2 * SCALE, rules={"goes_abroad": nobody_abroad})
    new = base.city.patents.filed >= 0
    assert base.city.patents.abroad[new].sum() > 0
    assert home.city.patents.abroad[home.city.patents.filed >= 0].sum() == 0
    assert differences(base.city, ran(small(), 4, scale=2 * SCALE).city) == []


@pytest.mark.parametrize("name", ["best_effort", "chance_of_grant", "learned_default_rate"])
def test_a_rule_replaced_by_itself_changes_nothing(name: str) -> None:
    scopes = [plain(mechanism.act).__globals__ for mechanism in QUARTER]
    same = plain(next(scope[name] for scope in scopes if name in scope))
    changed = ran(small(), 2, rules={name: same})
    assert differences(ran(small(), 2).city, changed.city) == []
