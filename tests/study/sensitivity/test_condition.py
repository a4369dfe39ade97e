import numpy as np
import pandas as pd
import pytest

from ipsim.scenario.errors import ScenarioError
from ipsim.study.sensitivity.condition import read_condition

KNOWN = ("pattern_2030", "public_spending", "public_spending.subsidies.research", "高价值")
TABLE = pd.DataFrame(
    {"pattern_2030": [40.0, 60.0, 80.0, np.nan], "public_spending": [1.0, 2.0, 3.0, 4.0], "高价值": [0.0] * 4}
)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("pattern_2030 >= 60", [0, 1, 1, 0]),
        ("pattern_2030>60", [0, 0, 1, 0]),
        ("pattern_2030 != 60", [1, 0, 1, 0]),
        ("public_spending < 3 and pattern_2030 <= 6e1", [1, 1, 0, 0]),
        ("  public_spending = 2.0 AND 高价值 == 0 ", [0, 1, 0, 0]),
        ("public_spending > -1", [1, 1, 1, 1]),
    ],
)
def test_conditions(text: str, met: list[int]) -> None:
    condition = read_condition(text, KNOWN)
    np.testing.assert_array_equal(condition.holds(TABLE), np.array(met, dtype=bool))
    assert read_condition(str(condition), KNOWN) == condition


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("patern_2030 >= 60", r"--where: patern_2030: .*; nearest: pattern_2030"),
        ("pattern_2030 >= high", "'high' is no number"),
        ("pattern_2030 >= nan", "'nan' is no number"),
        ("40 <= pattern_2030 <= 60", "can't be read; expected OUTCOME >= NUMBER"),
        ("pattern_2030", "can't be read"),
        ("", "can't be read"),
        ("pattern_2030 >= 1 and", "'1 and' is no number|can't be read"),
        ("pattern_2030 >= 1 or public_spending < 2", "can't be read"),
        ("__import__('os').system('true') > 0", "no outcome of this study"),
        ("public_spending.subsidies.reserch > 0", "nearest: public_spending.subsidies.research"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        read_condition(text, KNOWN)


def test_every_fault_is_told() -> None:
    with pytest.raises(ScenarioError) as error:
        read_condition("patern_2030 >= high and spending < 3", KNOWN)
    assert len(error.value.faults) == 3
