"""Yearly figures of several runs, and what is said where few have one."""

import numpy as np
import pandas as pd

from ipsim.report.measured import Measured


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
