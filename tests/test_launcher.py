"""The launcher, in a folder of its own where no Python can be found but the ones put there."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = (
    "sh",
    "cat",
    "cksum",
    "mkdir",
    "rm",
    "mktemp",
    "grep",
    "tail",
    "dirname",
    "readlink",
    "sleep",
    "cp",
    "touch",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    (folder / "tools").mkdir(parents=True)
    for name in ("ipsim", "tools/setup.sh", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    commands = tmp_path / "bin"
    commands.mkdir()
    for tool in TOOLS:
        (commands / tool).symlink_to(str(shutil.which(tool)))
    return folder


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def _launch(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": str(checkout.parent / "bin"),
        "HOME": "/nonexistent",
        "TMPDIR": str(checkout.parent),
    }
    return subprocess.run(
        [checkout / "ipsim", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=checkout.parent,
    )


def _install(checkout: Path) -> None:
    """Put what a finished set-up leaves behind."""
    _program(checkout / ".venv/bin/ipsim", 'echo "ran with $*"; exit 7')
    _program(checkout / ".venv/bin/python", "exit 0")
    mark = (
        'root=$1; . "$1/tools/setup.sh"; fingerprint requirements.lock >"$venv/.complete-requirements.lock"'
    )
    subprocess.run(["sh", "-c", mark, "sh", checkout], check=True)


def test_when_set_up_it_runs_at_once(checkout: Path) -> None:
    _install(checkout)
    done = _launch(checkout, "run", "two words")
    assert (done.returncode, done.stdout, done.stderr) == (7, "ran with run two words\n", "")


def test_it_works_through_a_link(checkout: Path) -> None:
    _install(checkout)
    link = checkout.parent / "bin" / "city"
    link.symlink_to(checkout / "ipsim")
    done = subprocess.run([link], capture_output=True, text=True, check=False, cwd=checkout.parent)
    assert done.stdout == "ran with \n"


def test_without_any_python_it_says_so_in_one_line(checkout: Path) -> None:
    done = _launch(checkout)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_cannot_make_environments_is_passed_over(checkout: Path) -> None:
    _program(checkout.parent / "bin" / "python3.13", "exit 1")
    assert "needs Python 3.11 or newer" in _launch(checkout).stderr


def test_a_set_up_that_fails_leaves_nothing_half_made(checkout: Path) -> None:
    # It can make environments, so it says, but then the disk is full.
    _program(
        checkout.parent / "bin" / "python3.12", '[ "$1" = -c ] && exit 0; echo "Error: disk full"; exit 1'
    )
    done = _launch(checkout)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("Error: disk full")
    assert not (checkout / ".venv").exists()
    assert not (checkout / ".venv.busy").exists()


def test_a_changed_lock_asks_for_a_new_set_up(checkout: Path) -> None:
    _install(checkout)
    (checkout / "requirements.lock").write_text("")
    assert _launch(checkout).returncode == 1


def test_an_environment_made_by_hand_is_never_deleted(checkout: Path) -> None:
    _program(checkout / ".venv/bin/python", "exit 0")
    _program(checkout.parent / "bin" / "python3.12", "exit 0")
    _launch(checkout)
    assert (checkout / ".venv/bin/python").exists()


def test_a_lock_left_by_a_dead_process_is_taken_over(checkout: Path) -> None:
    (checkout / ".venv.busy").mkdir()
    assert "needs Python 3.11 or newer" in _launch(checkout).stderr


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert all("--hash=sha256:" in part for part in text.split("\n\n") if part.strip())
    names = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line for line in names)
