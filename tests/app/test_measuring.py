"""The board's arrays give what the tables of studies and reports give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ipsim.app.measuring import (
    SIX,
    differences,
    headline,
    levels,
    pattern,
    price_of,
    runs_of,
    shift_of,
)
from ipsim.app.work.kept import Kept, kept_of
from ipsim.report.measured import Measured
from ipsim.study.comparison.chance import chance, shift
from ipsim.study.comparison.effects import paired_effects
from ipsim.study.comparison.headline import NUMBERS, headline_table, numbers_of_runs, paired_numbers
from ipsim.study.simulations import Replicate

YEARS = (2016, 2017, 2018, 2019)
NAMES = tuple(dict.fromkeys([*(one.indicator for one in NUMBERS.values()), *SIX, "case_months"]))


def made(seed: int, runs: int, missing: float = 0.1, names: tuple[str, ...] = NAMES) -> list[Replicate]:
    """Runs with gaps: figures that are not numbers, and figures that are not there."""
    random = np.random.default_rng(seed)
    found: list[Replicate] = []
    for number in range(1, runs + 1):
        values: dict[tuple[int, str], float] = {}
        for year in YEARS:
            for name in names:
                draw = random.uniform()
                if draw > missing / 2 or name not in ("case_months", "patent_pledge_amount"):
                    gap = missing / 2 < draw < missing
                    values[year, name] = float("nan") if gap else float(random.normal(61, 9))
        found.append(Replicate(number, values, {}, []))
    return found


def table(replicates: list[Replicate]) -> pd.DataFrame:
    rows = [
        (number, year, name, "unit", value)
        for number, replicate in enumerate(replicates, start=1)
        for (year, name), value in replicate.indicators.items()
    ]
    return pd.DataFrame(rows, columns=pd.Index(["replicate", "year", "indicator", "unit", "value"]))


def kept(replicates: list[Replicate]) -> list[Kept]:
    return [kept_of(replicate) for replicate in replicates]


@pytest.fixture(params=[(2, 0.0), (5, 0.3), (30, 0.1), (1, 0.2)], ids=["two", "gaps", "thirty", "one"])
def both(request: pytest.FixtureRequest) -> tuple[list[Replicate], list[Replicate]]:
    runs, missing = request.param
    return made(1, runs, missing), made(2, runs, missing)


def test_levels_are_those_of_the_report(both: tuple[list[Replicate], ...]) -> None:
    for replicates in both:
        measured = Measured(table(replicates))
        found = levels(runs_of(kept(replicates), NAMES))
        for name in NAMES:
            for field, expected in zip(("low", "median", "high"), measured.ranges(name), strict=True):
                np.testing.assert_array_equal(found[name][field], expected, err_msg=f"{name} {field}")


def test_differences_are_the_effects(both: tuple[list[Replicate], list[Replicate]]) -> None:
    effects = paired_effects("x", *map(table, both)).set_index(["indicator", "year"])
    base, alternative = (runs_of(kept(one), NAMES) for one in both)
    found = differences(base, alternative)
    for name in NAMES:
        expected = effects.reindex([(name, year) for year in YEARS])
        for field, column in (("mean", "difference"), ("low", "low"), ("high", "high")):
            np.testing.assert_allclose(found[name][field], expected[column], rtol=1e-9, atol=1e-9)


def test_headline_is_that_of_the_comparison_to_the_last_bit(both: tuple[list[Replicate], ...]) -> None:
    numbers = [numbers_of_runs(table(one)) for one in both]
    base, alternative = (runs_of(kept(one), ()) for one in both)
    found = headline(base, alternative)
    expected = headline_table({"x": paired_numbers(*numbers)}).set_index("number")
    assert list(found) == list(expected.index)
    for name, one in found.items():
        row = expected.loc[name]
        columns = ("base", "alternative_value", "difference", "low", "high", "pairs", "same_sign")
        np.testing.assert_array_equal(list(one.values()), [row[column] for column in columns])


def test_chance_and_shift_are_those_of_the_comparison(both: tuple[list[Replicate], ...]) -> None:
    expected = [chance(table(one)) for one in both]
    runs = [runs_of(kept(one), ()) for one in both]
    assert [one.chance for one in runs] == expected
    assert expected[0]
    assert expected[1]
    assert shift_of(*runs) == shift(expected[0], expected[1])._asdict()
    told = pattern(runs[0])
    assert told
    assert told["by_year"][-1] == expected[0].share
    measured = Measured(table(both[0]))
    for name in SIX:
        np.testing.assert_array_equal(told["six"][name]["median"], measured.ranges(name)[1])


def test_what_was_not_measured_is_left_out() -> None:
    one, other = (runs_of(kept(made(seed, 3, 0.0, ("case_months",))), NAMES) for seed in (1, 2))
    assert one.indicators == ("case_months",)
    assert list(differences(one, other)) == ["case_months"]
    assert headline(one, other) == {}
    assert (pattern(one), shift_of(one, other), price_of(one, other)) == (None, None, None)
