from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ipsim.study.search import SearchSettings, read_search
from ipsim.study.search.finals import finalists
from ipsim.study.search.judging import Judged
from tests.study.search.town import study_of


@pytest.fixture
def settings(tmp_path: Path) -> SearchSettings:
    return replace(read_search(study_of(tmp_path)), population=4)


def _judged(rows: Sequence[Sequence[float]]) -> Judged:
    values = np.array(rows)[:, None, :].repeat(2, axis=1)
    return Judged((None,) * len(rows), values, values[:, :, -1])


def test_the_unbeaten_come_first_then_those_that_leave_room_in_the_budget(settings: SearchSettings) -> None:
    judged = _judged(
        [
            [9, 1, 149],  # unbeaten
            [8, 8, 149],  # unbeaten
            [7, 7, 148],  # beaten, but cheaper
            [6, 6, 149],  # beaten by a cheaper one
            [5, 5, 100],  # cheaper still
            [9, 9, 151],  # too dear
        ]
    )
    assert list(finalists(judged, settings)) == [0, 1, 2, 4]


def test_a_long_front_is_thinned_evenly(settings: SearchSettings) -> None:
    judged = _judged([[one, 20 - one, 100] for one in range(13)])
    assert list(finalists(judged, settings)) == [0, 4, 8, 12]


def test_few_policies_are_all_finalists_and_dear_ones_never(settings: SearchSettings) -> None:
    assert list(finalists(_judged([[1, 1, 100], [2, 2, 200], [0, 0, 100]]), settings)) == [0, 2]
    assert len(finalists(_judged([[2, 2, 200]]), settings)) == 0
