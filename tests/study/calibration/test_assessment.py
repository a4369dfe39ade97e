"""Tables of a calibration: a built-in conflict is found, what is not known is said to be so."""

from dataclasses import replace

import numpy as np
import pytest

from ipsim.study.calibration.assessment import NARROWED, conflict_table, fit_table, identifiability_table
from ipsim.study.calibration.prior import Prior
from ipsim.study.calibration.runs import Tables
from ipsim.study.calibration.waves import Calibrated, calibrate
from tests.study.calibration.known import (
    PARAMETERS,
    PLAN,
    TRUTH,
    Array,
    Runs,
    aim,
    aims_at_truth,
    calibrated,
    figures,
)

TRUE = {name: float(value[0]) for name, value in figures(TRUTH[None, :]).items()}


def test_the_fit_of_a_city_that_can_be_met(found: Calibrated) -> None:
    table = fit_table(found).set_index("indicator")
    assert list(table["use"]) == ["fit", "fit", "fit", "test"]
    assert table["inside"].all()
    assert table["off"].abs().max() < 1.0
    assert table["published"].to_dict() == pytest.approx(TRUE)
    narrower = table["posterior_high"] / table["posterior_low"] < table["prior_high"] / table["prior_low"]
    assert narrower.all()
    for part in ("prior", "posterior"):
        assert (table[f"{part}_low"] < table[f"{part}_median"]).all()
        assert (table[f"{part}_median"] < table[f"{part}_high"]).all()


def test_what_is_missed_is_outside() -> None:
    missed = calibrated(aims_at_truth(rd_intensity=40.0))
    row = fit_table(missed).set_index("indicator").loc["rd_intensity"].to_dict()
    assert not row["inside"]
    assert row["off"] < -10


def test_an_aim_that_runs_lack_has_no_row() -> None:
    found = calibrated([*aims_at_truth(), aim("nothing", 1.0)])
    assert "nothing" not in set(fit_table(found)["indicator"])


def test_identifiability_puts_the_most_narrowed_first(found: Calibrated) -> None:
    table = identifiability_table(found)
    assert list(table["contraction"]) == sorted(table["contraction"], reverse=True)
    assert table["parameter"].iloc[-1] == "assumptions.sales_deviation"
    assert (table["contraction"] >= NARROWED).sum() >= 3
    row = table.set_index("parameter").loc["jinhua:patents.stock_growth"].to_dict()
    assert (row["low"], row["high"], row["logarithmic"]) == (10.0, 40.0, False)
    assert row["low"] < row["prior_low"] < row["posterior_low"] < row["central"] < row["posterior_high"]
    assert row["shift"] == pytest.approx(TRUTH[3], abs=0.25)


def test_what_is_inherited_counts_from_what_was_inherited() -> None:
    members = np.random.default_rng(14).standard_normal((60, 3)) * 0.1 + TRUTH[:3]
    table = identifiability_table(calibrated(prior=Prior(4, members))).set_index("parameter")
    shared = table.loc[table.index.str.startswith("assumptions."), "contraction"]
    assert shared.max() < 0.6  # not 0.99: the ensemble was as narrow before
    assert table["contraction"].to_dict()["jinhua:patents.stock_growth"] > 0.8


def test_two_figures_that_cannot_both_be_met_conflict() -> None:
    aims = aims_at_truth()
    second = aim("patent_grants_total", 0.5 * TRUE["patent_grants_total"], year=2018)
    aims.append(replace(second, key="jinhua:second"))

    class Twice(Runs):
        def __call__(self, values: Array) -> Tables:
            tables = super().__call__(values)
            tables["jinhua"][(2018, "patent_grants_total")] = tables["jinhua"][(2019, "patent_grants_total")]
            return tables

    found = calibrate(PARAMETERS, Prior(4), aims, Twice(), PLAN)
    told = list[tuple[int, int]]()
    table = conflict_table(found, told=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    pairs = set(zip(table["left_out"], table["other"], strict=True))
    assert ("jinhua:second", "jinhua:patent_grants_total:2019") in pairs
    assert ("jinhua:patent_grants_total:2019", "jinhua:second") in pairs
    first = table.iloc[0]
    assert abs(first["off_with"]) > 1.0 > abs(first["off_without"])
    gains = table["off_with"].abs() - table["off_without"].abs()
    assert list(gains) == sorted(gains, reverse=True)


def test_no_conflict_where_all_can_be_met(found: Calibrated) -> None:
    assert conflict_table(found).empty
