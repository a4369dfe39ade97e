"""What stands before every request: who may ask, from where, how much; and what a page may do."""

from __future__ import annotations

import asyncio
import hmac
import re
from contextlib import AbstractContextManager, nullcontext
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ipsim.app.faults import RequestError, as_refusal, refusal, refused
from ipsim.app.underway import Underway

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine."""
LARGEST_BODY = 256 * 1024
"""Bytes of a request."""
SECONDS_TO_SEND = 30.0
"""How long a part of a request may be awaited."""

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OPENER = "Cross-Origin-Opener-Policy"
"""Browsers heed it on loopback and behind https alone; elsewhere they complain of it as an error."""
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    _OPENER: "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_KEPT = re.compile(r"/|/font\.woff2|/static/.*")
"""What a browser may keep, and ask again whether it is still so; all else is never kept."""
ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  #: of all networks of the machine
_VISITOR = re.compile(r"[A-Za-z0-9-]{8,40}")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Lets in what may come in, names the visitor, and turns surprises into faults.

    Parameters
    ----------
    app
        The board.
    token
        What visitors must show, in the link at first and in a cookie afterwards; None asks for nothing.
    hosts
        Names by which the board may be addressed, without port. ``0.0.0.0`` or ``::`` among them allows
        every address in digits: pages of other sites that point a name of theirs here do not use one.
    """

    def __init__(self, app: ASGIApp, token: str | None, hosts: frozenset[str]) -> None:
        self._app = app
        self._token = token
        self._hosts = hosts
        self._headers = {name: value for name, value in HEADERS.items() if token is None or name != _OPENER}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope.setdefault("state", {})["visitor"] = _visitor(scope, headers)
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._protect(scope["path"], message)
            await send(message)

        try:
            app = self._admit(scope, headers)
            with _counted(scope):
                await app(scope, _bounded(receive), guarded)
        except ClientDisconnect:
            return  # gone before it had said all: nobody hears an answer, and nothing is wrong
        except Exception as error:
            answer = refusal(as_refusal(error), scope)
            if not begun:
                await answer(scope, receive, guarded)

    def _protect(self, path: str, start: Message) -> None:
        """Add the headers that every answer has."""
        headers = MutableHeaders(scope=start)
        for name, value in self._headers.items():
            headers[name] = value
        headers.setdefault("Cache-Control", "no-cache" if _KEPT.fullmatch(path) else "no-store")

    def _admit(self, scope: Scope, headers: Headers) -> ASGIApp:
        """Return what answers a request: the board, or the way from the link to the page."""
        _check_host(headers, self._hosts)
        _check_origin(scope["method"], headers)
        _check_length(headers)
        if self._token is None:
            return self._app
        return _welcome(scope, headers, self._token) or self._app


def _visitor(scope: Scope, headers: Headers) -> str:
    given = headers.get("board-visitor", "")
    if _VISITOR.fullmatch(given):
        return given
    return address_of(scope)


def address_of(scope: Scope) -> str:
    """Return from where a request comes."""
    return scope["client"][0] if scope.get("client") else "nobody"


def _check_host(headers: Headers, allowed: frozenset[str]) -> None:
    """Refuse names that are not the board's: a foreign page may have pointed its own name here."""
    name = _host_name(headers.get("host", ""))
    if name not in allowed and not (allowed & ANY_ADDRESS and _is_address(name)):
        raise refused(400, "bad_host")


def _host_name(host: str) -> str:
    """Return a host without its port and, for IPv6, without brackets."""
    name = host.rpartition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    return name.lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _check_origin(method: str, headers: Headers) -> None:
    """Refuse what a page from elsewhere asks for, but for a link that leads here."""
    site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "")
    origin = headers.get("origin")
    foreign = site not in {"same-origin", "none"} and not (mode == "navigate" and method in _SAFE)
    if origin is not None and method not in _SAFE:
        foreign = foreign or origin.partition("://")[2].lower() != headers.get("host", "").lower()
    if foreign:
        raise refused(403, "bad_origin")


def _check_length(headers: Headers) -> None:
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:20]) > LARGEST_BODY:
        raise _too_large()


def _counted(scope: Scope) -> AbstractContextManager[None]:
    """Bound how much is asked for at once: whatever is posted may mean work."""
    if scope["method"] != "POST":
        return nullcontext()
    underway: Underway = scope["app"].state.underway
    return underway.one_more(scope["state"]["visitor"], address_of(scope))


def _bounded(receive: Receive) -> Receive:
    """Read no more of a body than is allowed, whatever its length is said to be, and wait no longer."""
    size, whole = 0, False

    async def bounded() -> Message:
        nonlocal size, whole
        try:
            async with asyncio.timeout(None if whole else SECONDS_TO_SEND):
                message = await receive()
        except TimeoutError:
            raise refused(408, "too_slow", {"Connection": "close"}) from None
        size += len(message.get("body", b""))
        whole = whole or not message.get("more_body", False)
        if size > LARGEST_BODY:
            raise _too_large()
        return message

    return bounded


def _too_large() -> RequestError:
    return refused(413, "too_large", {"Connection": "close"}, most=LARGEST_BODY // 1024)


def _welcome(scope: Scope, headers: Headers, token: str) -> Response | None:
    """Ask for the token: None for a visitor who has shown it.

    Raises
    ------
    RequestError
        When it is not shown.
    """
    name = f"ipsim-board-{scope['server'][1]}"  # two boards of a machine share their cookies
    if _is_same(_cookie(headers, name), token):
        return None
    shown = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    if scope["path"] != "/" or scope["method"] not in _SAFE or not _is_same(shown, token):
        raise refused(401, "no_token")
    welcome = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
    # Not "strict": the cookie would not come along where the link is on a page of another site.
    welcome.set_cookie(name, token, httponly=True, samesite="lax")
    return welcome


def _is_same(shown: str, token: str) -> bool:
    return hmac.compare_digest(shown.encode(), token.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
