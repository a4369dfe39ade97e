import pandas as pd
import pytest

from ipsim.study.comparison.chance import Chance, chance, chance_table, shift

SIX = [
    f"pattern_{name}"
    for name in ("distinctive", "institutions", "agglomeration", "integration", "vitality", "openness")
]


def _runs(*lowest: tuple[float, float, float]) -> pd.DataFrame:
    """Return runs of three years in which the lowest index is as given, the others higher."""
    rows = [
        (replicate, year, name, value + (0 if name == SIX[3] else 5))
        for replicate, path in enumerate(lowest, start=1)
        for year, value in zip((2028, 2029, 2030), path, strict=True)
        for name in SIX
    ]
    return pd.DataFrame(rows, columns=pd.Index(["replicate", "year", "indicator", "value"]))


def test_all_six_indices_have_to_reach_the_mark_in_the_last_year() -> None:
    found = chance(_runs((59, 60, 61), (60, 60, 59.9), (50, 50, 50), (61, 62, 63)))
    assert found is not None
    assert (found.year, found.runs, found.met, found.share) == (2030, 4, 2, 0.5)
    assert found.first_year == 2028  # the median of 2029, 2028, 2028


def test_never_met_has_no_first_year() -> None:
    found = chance(_runs((1, 1, 1), (2, 2, 2)))
    assert found is not None
    assert (found.met, found.first_year, found.low) == (0, None, 0)
    assert chance_table({"a": found})["first_year"].isna().all()


def test_an_index_that_is_missing_means_that_nothing_can_be_said() -> None:
    runs = _runs((60, 60, 60))
    assert chance(runs[runs["indicator"] != SIX[0]]) is None


def _chance(*each: bool) -> Chance:
    return Chance(2030, each, 0.0, 1.0, None)


def test_a_shift_counts_pairs_that_gain_and_lose_the_pattern() -> None:
    found = shift(_chance(False, False, True, True), _chance(True, True, True, False))
    assert (found.gained, found.lost) == (2, 1)
    assert found.p_value == 1  # two of three is what luck gives
    assert not found.sure


def test_a_shift_is_sure_where_the_split_is_too_uneven_for_luck() -> None:
    found = shift(_chance(*[False] * 5), _chance(*[True] * 5))
    assert found.p_value == pytest.approx(2 * 0.5**5)
    assert found.sure
    assert shift(_chance(True), _chance(True)) == (0, 0, 1.0)


def test_table_has_the_shift_of_the_alternatives() -> None:
    table = chance_table({"a": _chance(False, True), "b": _chance(True, True)})
    assert table["gained"].tolist() == [pd.NA, 1]
    assert table["lost"].tolist() == [pd.NA, 0]
