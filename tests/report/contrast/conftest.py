"""Comparisons of a town, for all tests of the report."""

from __future__ import annotations

import pytest

from ipsim.study import Comparison
from ipsim.study.comparison.turning import Turning
from tests.report.contrast.town import Town, town


@pytest.fixture(scope="session")
def two_funds() -> Comparison:
    """Funds of 100 and 200 against none, six pairs."""
    return town(6, 100, 200)


@pytest.fixture(scope="session")
def two_turned(two_funds: Comparison) -> Turning:
    """The two funds with two assumptions moved, one of which turns lending over."""
    return two_funds.turning(["chances", "reserve"], replicates=4, make=Town)
