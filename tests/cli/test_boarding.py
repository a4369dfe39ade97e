"""`ipsim board`: what it says, what it refuses, and how it ends."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ipsim.app import serving
from ipsim.cli import main
from ipsim.engine import compiling


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What would be served; the page is ready at once, and Ctrl-C is pressed."""
    found: list[Any] = []

    def serve(app: Any, place: serving.Place, ready: Any) -> None:
        found.extend((app, place))
        ready()

    monkeypatch.setattr(serving, "serve", serve)
    yield found
    for place in found[1::2]:
        place.listener.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(serving, "open_browser", found.append)
    monkeypatch.setattr(serving, "has_display", lambda: True)
    return found


def test_it_prints_its_address_and_opens_the_browser(
    served: list[Any], opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["board", "--port", "0", "--workers", "3"]) == 0
    link = served[1].link
    assert capsys.readouterr().out == f"ipsim board: {link}  (Ctrl-C ends it)\n"
    assert opened == [link]
    assert served[0].state.work.workers == 3
    assert served[0].state.lessons is None


def test_without_a_browser_or_a_display(
    served: list[Any], opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["board", "--port", "0", "--no-browser"]) == 0
    monkeypatch.setattr(serving, "has_display", lambda: False)
    assert main(["board", "--port", "0"]) == 0
    assert len(served) == 4 and not opened


@pytest.mark.usefixtures("opened")
def test_beyond_this_machine_the_link_holds_a_token(
    served: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["board", "--port", "0", "--host", "0.0.0.0"]) == 0
    assert f"/?token={served[1].token}  (Ctrl-C" in capsys.readouterr().out


@pytest.mark.usefixtures("served", "opened")
def test_a_first_compilation_is_announced(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "is_warm", lambda: False)
    assert main(["board", "--port", "0"]) == 0
    assert capsys.readouterr().err.startswith("Compiling the model")


def test_a_port_that_is_taken_is_said_with_status_2(
    served: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert main(["board", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"Invalid value for --port: {port} is taken" in said and "Traceback" not in said
    assert main(["board", "--port", "70000"]) == 2
    assert main(["board", "--host", "192.0.2.77"]) == 2
    assert "is not an address of this machine" in capsys.readouterr().err
    assert not served


def test_lessons_are_checked_before_the_board_opens(
    served: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["board", "--port", "0", "--lessons", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("nowhere: ")
    lesson = Path("mine/rush")
    lesson.mkdir(parents=True)
    (lesson / "lesson.yaml").write_text("titel: {en: Rush, zh: 冲刺}\n", encoding="utf-8")
    assert main(["board", "--port", "0", "--lessons", "mine"]) == 2
    assert "mine/rush/lesson.yaml:1: titel: unknown key" in capsys.readouterr().err
    assert not served


def test_help_is_quick_and_says_what_a_host_means() -> None:
    code = (
        "import sys; from ipsim.cli import main; main(['board', '--help']); "
        "heavy = {'numpy', 'numba', 'pydantic', 'starlette', 'uvicorn', 'asyncio'} & set(sys.modules); "
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    words = " ".join(done.stdout.split())
    assert "the link that is printed holds a token" in words and "ipsim board --lessons" in words


# -- real ones ------------------------------------------------------------------


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a real board and give it with its link; kill it if it is still there."""
    command = [sys.executable, "-m", "ipsim", "board", "--no-browser", "--port", "0", "--workers", "1"]
    process = subprocess.Popen(
        [*command, *options],
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("ipsim board: http://"), (line, process.poll())
        yield process, line.split()[2]
    finally:
        process.kill()
        process.communicate()


def _ended(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str]:
    """End a board, and return its status and what it said after its link."""
    process.send_signal(number)
    out, err = process.communicate(timeout=LONGEST_END)
    return process.returncode, out + err.replace(COMPILING, "")


LONGEST_END = 90.0
"""Seconds; an idle machine takes one, and a few more where the first worker is just being started."""
COMPILING = "Compiling the model for this machine, once after each change; about a minute\n"


def _family(pid: int) -> set[int]:
    """Return a process's children and theirs."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | _family(child)
    return found


def _wait_until(met: Any, seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_gone(family: set[int]) -> bool:
    return not any(Path(f"/proc/{child}").exists() for child in family)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="tells processes by /proc")
def test_ctrl_c_ends_the_board_and_its_workers_in_the_midst_of_an_answer() -> None:
    body = json.dumps({"baseline": {"start": "jinhua"}, "replicates": 30}).encode()
    with running() as (process, link):
        with urllib.request.urlopen(f"{link}healthz", timeout=20) as answer:
            assert answer.headers["server"] is None
            assert json.load(answer)["workers"] == 1
        asking = urllib.request.Request(f"{link}api/answer", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asking, timeout=120) as answer:
            assert json.loads(answer.readline())["kind"] in {"waiting", "answer"}
            _wait_until(lambda: len(_family(process.pid)) >= 2)
            family = _family(process.pid)
            assert _ended(process, signal.SIGINT) == (0, "")
            with pytest.raises(http.client.IncompleteRead) as broken:
                answer.read()
    assert b'"done"' not in broken.value.partial  # so that the page asks again
    _wait_until(lambda: _is_gone(family))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="tells processes by /proc")
def test_a_board_for_others_asks_for_its_link() -> None:
    with running("--host", "0.0.0.0") as (process, link):
        port = link.split(":")[2].split("/")[0]
        token = link.partition("?token=")[2]
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20)
        with refused.value as fault:
            assert fault.code == 401 and b"Open it with the whole link" in fault.read()
        cookie = {"Cookie": f"ipsim-board-{port}={token}"}
        asking = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers=cookie)
        with urllib.request.urlopen(asking, timeout=20) as answer:
            assert answer.status == 200
        family = _family(process.pid)
        assert _ended(process, signal.SIGTERM) == (0, "")
    _wait_until(lambda: _is_gone(family))
