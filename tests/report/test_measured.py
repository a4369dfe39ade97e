"""Yearly figures of several runs, and what is said where few have one."""

import warnings

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ipsim.report.measured import HIGH, LOW, Measured, ranges


def test_a_figure_that_few_runs_have_is_none_of_the_city() -> None:
    rows = [
        ("town", replicate, year, "pledge_default_rate", value, "percent")
        for replicate in range(1, 6)
        for year, value in (
            (2016, 100.0 if replicate == 1 else np.nan),
            (2017, 10.0 if replicate <= 3 else np.nan),
        )
    ]
    names = ["scenario", "replicate", "year", "indicator", "value", "unit"]
    measured = Measured(pd.DataFrame(rows, columns=pd.Index(names)))
    assert measured.at("pledge_default_rate", 2016) is None
    found = measured.at("pledge_default_rate", 2017)
    assert found is not None and found.median == 10.0


_floats = st.floats(-1e6, 1e6) | st.just(float("nan"))


@settings(max_examples=60, deadline=None)
@given(cube=st.integers(1, 9).flatmap(lambda runs: arrays(np.float64, (runs, 3, 2), elements=_floats)))
def test_ranges_of_any_figures(cube: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # figures that no run has
        expected = np.nanquantile(cube, (LOW, 0.5, HIGH), axis=0)
    few = 2 * np.isfinite(cube).sum(axis=0) < len(cube)
    np.testing.assert_array_equal(ranges(cube), np.where(few, np.nan, expected))
