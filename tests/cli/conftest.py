"""Each command works in an empty folder, with a stand-in for the city that is quick to simulate."""

from pathlib import Path

import pytest

from ipsim.engine import compiling
from ipsim.study import simulations


@pytest.fixture
def stand_in() -> type | None:
    """The simulation that stands in for the city; a file of tests gives its own."""
    return None


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand_in: type | None) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(compiling, "is_warm", lambda: True)
    if stand_in is not None:
        monkeypatch.setattr(simulations, "shipped_simulation", lambda: stand_in)
