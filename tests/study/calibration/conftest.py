"""The calibration of a known city, made once."""

import pytest

from ipsim.study.calibration.waves import Calibrated
from tests.study.calibration.known import calibrated


@pytest.fixture(scope="session")
def found() -> Calibrated:
    return calibrated()
