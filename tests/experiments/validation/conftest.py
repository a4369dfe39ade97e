"""The modules of experiments/validation, as its command imports them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _validation_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("run_city", "reports", "validation"):
        monkeypatch.syspath_prepend(str(ROOT / "experiments" / name))
    monkeypatch.chdir(ROOT)
