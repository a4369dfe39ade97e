"""Explanations by the simulation itself, of a small city over a few years."""

import os
from typing import Any

import numpy as np
import pytest

from ipsim.indicators.catalogue import SPENDING
from ipsim.scenario import load
from ipsim.study.explain import Explanation, explain

WORKERS = min(2, os.cpu_count() or 1)
FUND = "policy.utilisation.pledge_fund"


def _explained(base: str, alternative: str, end: int = 2022, **given: Any) -> Explanation:
    pair = (load(name).replace({"horizon.end": end}) for name in (base, alternative))
    return explain(*pair, replicates=2, scale=0.02, **given)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "alternative"),
    [
        ("jinhua", "end-filing-2021-risk-fund-200"),
        ("jinhua", "strong-protection"),
        ("double-filing-subsidies", "quality-awards-only"),
    ],
)
def test_parts_add_up_and_nothing_but_money_is_left_when_all_is_cut(base: str, alternative: str) -> None:
    found = _explained(base, alternative, workers=WORKERS)
    paths, levers = found.pathways, found.levers
    left = paths[(paths["mechanism"] == "left") & (paths["pairs"] == 2)]
    is_money = left["indicator"].str.startswith(SPENDING)
    assert (left.loc[~is_money, "amount"] == 0).all()
    assert (left.loc[~is_money, ["low", "high"]] == 0).all(axis=None)
    assert (paths.loc[paths["mechanism"] == "outside", "amount"].dropna() == 0).all()
    for table in (levers, paths):
        keys = ["indicator", "statistic", "first_year", "year"]
        sums = table.groupby(keys)[["amount"]].sum(min_count=1).join(table.groupby(keys)[["effect"]].first())
        sums = sums.dropna()
        assert len(sums) > 300
        scale = np.maximum(sums["effect"].abs(), 1e-6)
        assert ((sums["amount"] - sums["effect"]).abs() / scale).max() < 1e-6
    assert (levers["effect"].fillna(0) != 0).any()


def test_protection_costs_what_it_costs_whoever_responds() -> None:
    found = _explained("jinhua", "strong-protection", 2017, indicators=[SPENDING])
    (money,) = found.accounts
    assert float(money.left.amount.mean) > 0


def test_a_lever_that_can_do_nothing_gets_nothing() -> None:
    base = load("jinhua").replace({f"{FUND}.capital": 0, "horizon.end": 2018})
    other = base.replace({f"{FUND}.leverage": 3, "policy.subsidies.research": 0.2})
    found = explain(base, other, replicates=1, scale=0.02)
    amounts = found.levers.groupby("lever")["amount"].apply(lambda values: values.abs().max())
    assert amounts[f"{FUND}.leverage"] == 0
    assert amounts["policy.subsidies.research"] > 0
    assert found.mechanisms == ("research", "lending", "settlement", "entry")
