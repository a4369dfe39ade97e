import pytest

from ipsim.engine.mechanisms import check_names
from ipsim.mechanisms.quarter import QUARTER


def test_a_rule_that_mechanisms_use_can_be_replaced() -> None:
    check_names(["best_effort", "report"], QUARTER)


def test_another_name_is_refused_with_the_nearest_there_is() -> None:
    with pytest.raises(KeyError, match="did you mean 'best_effort'"):
        check_names(["best_efort"], QUARTER)
