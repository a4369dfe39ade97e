"""The browser of the checks, on machines where only some ways to get one exist."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "cat", "mkdir", "rm", "mktemp", "grep", "tail", "sleep", "cp", "env", "chmod", "touch")
ASK = """\
set -u; root=$1; . "$1/tools/setup.sh"; . "$1/tools/chromium.sh"
ensure_chromium; echo "${IPSIM_CHROMIUM:-none}"
"""
# A program that, asked for one thing, makes a browser.
MAKER = """\
echo "noise"
[ "$1 $2" = "{when}" ] || exit 0
printf '#!/bin/sh\\n' >{into}; chmod +x {into}"""


class Machine:
    def __init__(self, folder: Path) -> None:
        self.root, self.bin = folder / "checkout", folder / "bin"
        (self.root / "tools").mkdir(parents=True)
        self.bin.mkdir()
        for name in ("setup.sh", "chromium.sh"):
            shutil.copy(ROOT / "tools" / name, self.root / "tools" / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        self.program("id", "echo 0")
        self.own = self.root / "own-browser"
        self.python(f'[ "$1" != -c ] || echo {self.own}; [ "$1" = -c ]')

    def program(self, name: str, text: str) -> Path:
        path = self.bin / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return path

    def python(self, text: str) -> None:
        """Put the Python of the environment; `-c` asks for Playwright's browser, `-m` installs it."""
        self.program(str(self.root / ".venv/bin/python"), text)

    def ask(self, **environment: str) -> tuple[str, str]:
        """Return the browser that is settled on, and what is printed on the way."""
        names = {"PATH": str(self.bin), "HOME": "/nonexistent", "TMPDIR": str(self.root)} | environment
        done = subprocess.run(
            ["sh", "-c", ASK, "sh", self.root],
            env=names,
            capture_output=True,
            text=True,
            check=True,
        )
        assert not (self.root / ".venv.busy").exists()
        return done.stdout.strip(), done.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_browser_on_the_path_is_used(machine: Machine) -> None:
    machine.program("google-chrome", "exit 0")
    assert machine.ask() == (str(machine.bin / "google-chrome"), "")
    machine.program("chromium", "exit 0")
    assert machine.ask() == (str(machine.bin / "chromium"), "")


def test_the_one_that_is_named_comes_first(machine: Machine) -> None:
    machine.program("chromium", "exit 0")
    named = str(machine.program("mine", "exit 0"))
    assert machine.ask(IPSIM_CHROMIUM=named) == (named, "")


def test_a_wrong_name_is_not_passed_over(machine: Machine) -> None:
    machine.program("chromium", "exit 0")
    found, said = machine.ask(IPSIM_CHROMIUM="/nowhere")
    assert found == "/nowhere"
    assert said.startswith("ipsim: no browser for the tests of the board") and said.count("\n") == 1


def test_root_installs_debians(machine: Machine) -> None:
    into = machine.bin / "chromium"
    machine.program("apt-get", f'shift 3; echo "$@" >>{machine.root}/asked\n{_making("install -y", into)}')
    assert machine.ask() == (str(into), "ipsim: installing Chromium, once, for the tests of the board\n")
    assert (machine.root / "asked").read_text() == "update\ninstall -y --no-install-recommends chromium\n"


def test_a_stub_is_no_browser(machine: Machine) -> None:
    machine.program("chromium-browser", "echo 'requires the chromium snap'; exit 1")
    into = machine.bin / "chromium"
    machine.program("apt-get", f"shift 3\n{_making('install -y', into)}")
    assert machine.ask()[0] == str(into)


@pytest.mark.parametrize("allowed", [True, False])
def test_somebody_else_asks_sudo_and_never_for_a_password(machine: Machine, allowed: bool) -> None:
    machine.program("id", "echo 1000")
    into = machine.bin / "chromium"
    machine.program("apt-get", f"shift 3\n{_making('install -y', into)}")
    machine.program("sudo", f'[ "$1" = -n ] && {str(allowed).lower()} && shift && "$@"')
    found, said = machine.ask()
    assert found == (str(into) if allowed else "none")
    assert said.count("\n") == (1 if allowed else 3)


def test_else_playwright_installs_its_own(machine: Machine) -> None:
    making = _making("-m playwright", machine.own)
    machine.python(f'[ "$1" != -c ] || {{ echo {machine.own}; exit 0; }}\n{making}')
    assert machine.ask()[0] == str(machine.own)
    machine.python(f"echo {machine.own}")
    assert machine.ask() == (str(machine.own), "")


def test_when_nothing_works_it_says_what_to_install(machine: Machine) -> None:
    found, said = machine.ask()
    assert found == "none"
    assert "apt install chromium" in said.splitlines()[-1]
    assert f"{machine.root}/.venv/bin/python -m playwright install chromium" in said.splitlines()[-1]


def _making(when: str, into: Path) -> str:
    return MAKER.format(when=when, into=into)


def test_the_checks_look_for_it() -> None:
    text = (ROOT / "check").read_text()
    assert text.index("ensure_venv") < text.index("\nensure_chromium\n") < text.index("step ruff")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
