"""The compile cache: found again with the same sources, never with others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ipsim
from ipsim.engine import compiling

PACKAGE = Path(ipsim.__file__).parent
INNER = "from ipsim.engine.rules import rule\n\n@rule\ndef answer(x):\n    return x + {}\n"
OUTER = (
    "from ipsim.engine.rules import loop\nfrom ipsim.inner import answer\n\n"
    "@loop\ndef ask(x):\n    return answer(x)\n"
)
ASK = "from ipsim.outer import ask; print(ask(1), sum(ask.stats.cache_hits.values()))"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the engine, with a rule in one file and the loop that inlines it in another."""
    home = tmp_path / "src" / "ipsim"
    shutil.copytree(PACKAGE / "engine", home / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PACKAGE / "__init__.py", home)
    (home / "inner.py").write_text(INNER.format(1))
    (home / "outer.py").write_text(OUTER)
    return home


def ask(package: Path, code: str = ASK) -> str:
    env = {
        **os.environ,
        "PYTHONPATH": str(package.parent),
        "IPSIM_CACHE": str(package.parent.parent / "cache"),
        "NUMBA_DISABLE_JIT": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_a_change_in_an_inlined_rule_of_another_file_is_seen(package: Path) -> None:
    assert ask(package) == "2 0"
    assert ask(package) == "2 1"
    (package / "inner.py").write_text(INNER.format(2))
    assert ask(package) == "3 0"


def test_the_key_changes_with_any_source_and_back(package: Path) -> None:
    code = "from ipsim.engine.compiling import source_hash; print(source_hash())"
    first = ask(package, code)
    (package / "inner.py").write_text(INNER.format(5))
    changed = ask(package, code)
    (package / "inner.py").write_text(INNER.format(1))
    assert ask(package, code) == first != changed


def test_the_folder_of_caches_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPSIM_CACHE", str(tmp_path))
    assert compiling.cache_root() == tmp_path
    monkeypatch.delenv("IPSIM_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compiling.cache_root() == tmp_path / "ipsim"


def test_a_home_that_cannot_be_written_still_works(package: Path) -> None:
    (package.parent.parent / "cache").write_text("a file where the folder should be")
    assert ask(package).startswith("2 ")
