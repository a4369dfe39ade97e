import builtins
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ipsim.study.errors import RunError
from ipsim.study.sensitivity import prim
from ipsim.study.sensitivity.prim import Box, find_boxes

pytest.importorskip("ema_workbench", reason="the extra `discovery`", exc_type=ImportError)


def cases(count: int = 400) -> pd.DataFrame:
    draws = np.random.default_rng(7)
    table = pd.DataFrame({name: draws.random(count) for name in ("a", "b", "c", "d")})
    table["step"] = draws.choice([0.0, 0.1, 0.2], count)
    table["kind"] = draws.choice(["steady", "late", "early"], count)
    return table


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prim, "RESAMPLES", 4)


def restricted(box: Box) -> dict[str, tuple[float, float] | tuple[str, ...]]:
    return {one.factor: one.levels or (one.low, one.high) for one in box.limits}


def test_a_known_box_is_found() -> None:
    table = cases()
    met = ((table["a"] > 0.6) & (table["b"] < 0.5)).to_numpy()
    (box,) = find_boxes(table, met, 0.9, 3, 1)
    assert set(restricted(box)) == {"a", "b"}
    by_name = {one.factor: one for one in box.limits}
    assert by_name["a"].low == pytest.approx(0.6, abs=0.05)
    assert by_name["b"].high == pytest.approx(0.5, abs=0.05)
    assert np.isnan([by_name["a"].high, by_name["b"].low]).all()
    assert max(by_name["a"].low_p, by_name["b"].high_p) < 1e-6
    assert [one.reproduced for one in box.limits] == pytest.approx([1, 1])
    inside = (table["a"] >= by_name["a"].low) & (table["b"] <= by_name["b"].high)
    assert box.cases == inside.sum()
    assert box.met == met[inside].sum()
    assert box.density == pytest.approx(met[inside].mean())
    assert box.coverage == pytest.approx(met[inside].sum() / met.sum())
    assert box.mass == pytest.approx(inside.mean())
    assert box.density >= 0.9


def test_the_peeling_ends_in_the_box() -> None:
    table = cases()
    met = (table["a"] > 0.7).to_numpy()
    (box,) = find_boxes(table, met, 0.9, 1, 1)
    peeling = box.peeling
    assert peeling["density"].iloc[0] == pytest.approx(met.mean())
    assert tuple(peeling[["coverage", "mass", "restricted"]].iloc[0]) == (1, 1, 0)
    assert peeling["chosen"].sum() == 1
    assert (peeling["density"].to_numpy()[: int(peeling["chosen"].to_numpy().argmax())] < 0.9).all()


def test_levels_and_texts_can_be_restricted() -> None:
    table = cases()
    met = ((table["step"] > 0.05) & (table["kind"] != "late")).to_numpy()
    (box,) = find_boxes(table, met, 0.95, 1, 1)
    by_name = {one.factor: one for one in box.limits}
    assert by_name["kind"].levels == ("early", "steady")
    assert 0 < by_name["step"].low <= 0.1
    assert box.density == 1


def test_two_boxes_apart() -> None:
    table = cases()
    met = ((table["a"] > 0.75) | ((table["b"] < 0.35) & (table["c"] < 0.35))).to_numpy()
    first, second = find_boxes(table, met, 0.85, 4, 1)
    assert first.coverage + second.coverage > 0.8
    assert "a" in restricted(first)
    assert set(restricted(second)) == {"b", "c"}
    assert first.density >= 0.85
    assert second.density >= 0.85


def test_luck_is_no_box() -> None:
    """Where the condition hangs on nothing that was varied, what is restricted does not come back."""
    table = cases()
    met = np.random.default_rng(1).random(len(table)) < 0.3
    for box in find_boxes(table, met, 0.8, 1, 1):
        assert np.mean([one.reproduced for one in box.limits]) < 0.5


def test_the_workbench_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = builtins.__import__

    def absent(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("ema_workbench"):
            raise ImportError("No module named 'ema_workbench'")
        return plain(name, *rest, **named)

    for name in [name for name in sys.modules if name.startswith("ema_workbench")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(RunError, match=r"pip install 'ipsim\[discovery\]'"):
        find_boxes(cases(), np.arange(400) > 250, 0.8, 1, 1)
