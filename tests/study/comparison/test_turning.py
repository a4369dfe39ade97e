from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ipsim.scenario import Scenario, load
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import UNCALIBRATED
from ipsim.study import Comparison, compare
from ipsim.study.comparison.influence import most_influential, sweep
from ipsim.study.comparison.turning import TURNING_COLUMNS, Turning
from ipsim.study.verify import verify

FUND = "policy.utilisation.pledge_fund.capital"
LENT = "patent_pledge_amount"


@dataclass
class Chancy:
    """The fund brings lending while ``chances`` are as assumed and takes it at their high end.

    ``reserve`` makes the gain smaller at its high end; weighted patents follow luck alone.
    """

    scenario: Scenario
    seed: int
    scale: float | None
    accounts: dict[str, Any] = field(default_factory=dict)
    chain: list[Any] = field(default_factory=list)
    indicators: dict[tuple[int, str], float] = field(default_factory=dict)

    def run(self, progress: Any = None) -> Any:
        fund = float(self.scenario.path(FUND)[-1]) / 100
        given = self.scenario.assumptions
        luck = 1 + self.seed / 100
        chances, reserve = given["chances"], given["reserve"]
        effect = 2 * luck * (ASSUMPTIONS["chances"].value - chances) * 10 + luck / (1 + reserve)
        for year in range(2016, self.scenario.end_year + 1):
            self.indicators[year, LENT] = 100 * chances + fund * effect
            self.indicators[year, "quality_weighted_patents"] = 50 + np.sin(1e4 * self.seed * (1 + fund))
        if progress:
            progress(self.scenario.quarters, self.scenario.quarters)
        return self


@pytest.fixture(scope="module")
def compared() -> Comparison:
    base = load("jinhua", UNCALIBRATED).replace({FUND: 0, "horizon.end": 2018})
    return compare(base, base.replace({FUND: 200}), replicates=6, make=Chancy)


@pytest.fixture(scope="module")
def turned(compared: Comparison) -> Turning:
    return compared.turning(["reserve", "chances"], replicates=4, make=Chancy)


def test_each_assumption_is_run_at_both_ends_with_the_same_seeds(turned: Turning) -> None:
    assert turned.assumptions == ["reserve", "chances"]
    assert [(one.assumption, one.end, one.value) for one in turned.moved] == [
        (key, end, getattr(ASSUMPTIONS[key], end))
        for key in ("reserve", "chances")
        for end in ("low", "high")
    ]
    assert list(turned.effects.columns) == TURNING_COLUMNS
    assert set(turned.effects["pairs"]) == {4}


def test_the_middle_is_that_of_the_comparison(compared: Comparison, turned: Turning) -> None:
    lent = turned.as_assumed.between("jinhua", "jinhua-2", "lending")
    assert lent is not None
    first = [table["lending"].iloc[:4] for table in compared.numbers.values()]
    assert lent.mean == (first[1] - first[0]).mean()


def test_an_assumption_that_turns_the_sign_is_named(turned: Turning) -> None:
    verdicts = {one.number: one for one in turned.verdicts("jinhua", "jinhua-2")}
    lent = verdicts["lending"]
    assert lent.kind == "turns"
    assert [(one.assumption, one.end) for one in lent.turned] == [("chances", "high")]
    assert lent.most[0].assumption == "chances"
    assert lent.nearest == lent.turned[0]


def test_without_a_turn_the_nearest_is_named(compared: Comparison) -> None:
    found = compared.turning(["reserve", "buffer"], make=Chancy)
    lent = next(one for one in found.verdicts("jinhua", "jinhua-2") if one.number == "lending")
    assert lent.kind == "holds"
    assert lent.turned == ()
    assert lent.nearest is not None
    assert (lent.nearest.assumption, lent.nearest.end) == ("reserve", "high")


def test_nothing_turns_where_no_sign_is_sure(turned: Turning) -> None:
    patents = next(one for one in turned.verdicts("jinhua", "jinhua-2") if one.number == "patents")
    assert (patents.kind, patents.nearest, patents.turned) == ("open", None, ())


def test_pairs_of_alternatives_are_there_as_well(compared: Comparison) -> None:
    base = compared.base.scenario
    three = compare(base, base.replace({FUND: 100}), base.replace({FUND: 200}), replicates=2, make=Chancy)
    found = three.turning(["chances"], make=Chancy)
    pairs = found.effects[["base", "alternative"]].drop_duplicates().to_numpy().tolist()
    assert pairs == [["jinhua", "jinhua-2"], ["jinhua", "jinhua-3"], ["jinhua-2", "jinhua-3"]]
    other = found.verdicts("jinhua-3", "jinhua-2")
    assert other[0].as_assumed.mean == -found.verdicts("jinhua-2", "jinhua-3")[0].as_assumed.mean


def test_workers_change_nothing(compared: Comparison, turned: Turning) -> None:
    told: list[tuple[int, int]] = []
    spread = compared.turning(
        ["reserve", "chances"], 4, workers=2, progress=lambda *at: told.append(at), make=Chancy
    )
    pd.testing.assert_frame_equal(spread.effects, turned.effects, check_exact=True)
    assert told[-1] == (4 * 2 * 4 * 12, 4 * 2 * 4 * 12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"assumptions": ["chance"]}, "no assumption 'chance'; nearest: chances"),
        ({"assumptions": 0}, "at least 1"),
        ({"replicates": 1}, "must be 2 to the comparison's 6"),
        ({"replicates": 7}, "must be 2 to the comparison's 6"),
    ],
)
def test_what_can_not_be_moved(compared: Comparison, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compared.turning(**arguments, make=Chancy)


def test_an_assumption_that_the_scenarios_differ_in_is_no_assumption() -> None:
    first = most_influential("jinhua", 1)[0]
    base = load("jinhua", UNCALIBRATED).replace({"horizon.end": 2016})
    other = base.replace({f"assumptions.{first}": ASSUMPTIONS[first].low})
    found = compare(base, other, replicates=2, make=Chancy).turning(1, make=Chancy)
    assert found.assumptions == [most_influential("jinhua", 2)[1]]


def test_the_most_influential_come_from_every_outcome_in_turn() -> None:
    found = most_influential("jinhua", 8)
    assert len(set(found)) == 8
    mine = sweep().query("city == 'jinhua'")
    sized = mine.assign(size=mine[["effect_low", "effect_high"]].abs().max(axis=1)).sort_values("size")
    leaders = set(sized.groupby("indicator")["assumption"].last())
    assert leaders <= set(found[: mine["indicator"].nunique()])
    assert len(most_influential("nowhere")) == len(most_influential("jinhua"))


def test_a_folder_is_verified_with_its_turning(compared: Comparison, turned: Turning, tmp_path: Path) -> None:
    folder = compared.save(tmp_path / "kept", turning=turned)
    kept = pd.read_csv(folder / "turning.csv")
    assert len(kept) == len(turned.effects)
    found = verify(folder, make=Chancy)
    assert found.same
    assert found.values == len(compared.indicators) + len(kept)
    changed = kept.assign(difference=kept["difference"] + 1)
    changed.to_csv(folder / "turning.csv", index=False)
    again = verify(folder, make=Chancy)
    assert len(again.differing) == len(kept)
    assert "lending with reserve low" in " ".join(again.differing["indicator"])
