import pandas as pd
import pytest

from ipsim.study.comparison.headline import HEADLINE, NUMBERS, headline_table, numbers_of_runs, paired_numbers


def _indicators(patents: float = 10.0, growth: tuple[float, float] = (10.0, 21.0)) -> pd.DataFrame:
    rows = [
        (replicate, year, name, value)
        for replicate in (1, 2)
        for name, values in (
            ("quality_weighted_patents", (patents + replicate, patents)),
            ("revenue_growth", growth),
            ("public_spending", (1.0, 2.0)),
        )
        for year, value in zip((2017, 2016), reversed(values), strict=True)
    ]
    return pd.DataFrame(rows, columns=pd.Index(["replicate", "year", "indicator", "value"]))


def test_each_number_sums_its_years_up_in_its_way() -> None:
    found = numbers_of_runs(_indicators())
    assert list(found) == list(NUMBERS)
    first = found.loc[1].to_dict()
    assert first["patents"] == 21
    assert first["patents_last_year"] == 10
    assert first["public_cost"] == 3
    assert (1 + first["growth"] / 100) ** 2 == pytest.approx(1.10 * 1.21)


def test_what_was_not_measured_is_left_out() -> None:
    found = numbers_of_runs(_indicators())
    assert found["lending"].isna().all()
    differences = paired_numbers(found, numbers_of_runs(_indicators(patents=15)))
    assert "lending" not in differences
    assert differences["patents"].mean == 10
    assert differences["growth"].nothing


def test_table_has_a_row_for_each_alternative_and_number() -> None:
    found = numbers_of_runs(_indicators())
    table = headline_table({"a": paired_numbers(found, found), "b": paired_numbers(found, found)})
    assert len(table) == 2 * 4
    assert set(table["unit"]) == {"count", "percent", "RMB million"}
    assert {name: one.unit for name, one in HEADLINE.items()}["lending"] == "RMB billion"
