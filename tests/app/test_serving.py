"""Where the board listens, and what it asks of visitors there."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Iterator

import pytest

from ipsim.app import serving
from ipsim.app.security import LOOPBACK
from ipsim.app.serving import FIRST_PORT, AddressError, find_place, has_display, open_browser, serve
from ipsim.study.errors import RunError
from tests.app.boards import board


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_loopback_asks_for_nothing() -> None:
    place = find_place(port=0)
    with place.listener:
        port = place.listener.getsockname()[1]
        assert place.listener.getsockname()[0] == "127.0.0.1"
        assert (place.link, place.token, place.names) == (f"http://127.0.0.1:{port}/", None, LOOPBACK)
    with find_place("localhost", 0).listener as listener:
        assert listener.getsockname()[0] in {"127.0.0.1", "::1"}


def test_an_address_of_loopback_that_was_asked_for_is_a_name_of_the_board() -> None:
    try:
        place = find_place("127.0.0.2", 0)
    except AddressError:
        pytest.skip("only one address of loopback here")
    with place.listener:
        assert place.token is None and "127.0.0.2" in place.names


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_loopback_of_the_newer_kind() -> None:
    try:
        place = find_place("::1", 0)
    except AddressError:
        pytest.skip("no IPv6 here")
    with place.listener:
        assert place.token is None
        assert place.link.startswith("http://[::1]:")


def test_other_addresses_ask_for_a_token_nobody_can_guess() -> None:
    first, second = find_place("0.0.0.0", 0), find_place("0.0.0.0", 0)
    with first.listener, second.listener:
        assert first.token and second.token and first.token != second.token
        assert len(first.token) >= 22
        assert first.link.endswith(f"/?token={first.token}")
        assert "0.0.0.0" not in first.link.replace(first.token, "")
        assert {"127.0.0.1", "0.0.0.0", socket.gethostname().lower()} <= first.names


def test_a_port_that_is_taken(taken: int) -> None:
    with pytest.raises(AddressError, match=f"{taken} is taken") as caught:
        find_place(port=taken)
    assert caught.value.option == "--port"


def test_the_next_free_port(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FIRST_PORT", taken)
    with find_place().listener as listener:
        assert taken < listener.getsockname()[1] < taken + 50
    monkeypatch.setattr(serving, "_PORTS_TRIED", 1)
    with pytest.raises(AddressError, match="all taken"):
        find_place()
    assert FIRST_PORT == 8765


@pytest.mark.parametrize("host", ["192.0.2.77", "no such host", "", "a" * 300])
def test_addresses_that_are_not_of_this_machine(host: str) -> None:
    with pytest.raises(AddressError) as caught:
        find_place(host, 0)
    assert caught.value.option == "--host"


def test_a_browser_is_opened_where_there_is_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving.sys, "platform", "linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    open_browser("http://127.0.0.1/").join(5)
    assert opened == ["http://127.0.0.1/"]


def test_a_browser_that_fails_does_not_end_the_board(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(link: str) -> None:
        raise webbrowser.Error("none found")

    monkeypatch.setattr(webbrowser, "open", fail)
    open_browser("http://127.0.0.1/").join(5)
    assert "no browser was opened: none found" in capsys.readouterr().err


def test_a_board_that_cannot_start_says_so() -> None:
    app = board()

    async def fail() -> None:
        raise OSError("no more processes")

    app.state.work.start = fail
    place = find_place(port=0)
    with place.listener, pytest.raises(RunError, match="could not start"):
        serve(app, place, lambda: pytest.fail("it is not ready"))
