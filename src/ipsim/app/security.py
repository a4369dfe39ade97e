"""What stands before every request: who may ask, from where, how much; and what a page may do."""

from __future__ import annotations

import hmac
import re
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ipsim.app.faults import RequestError, as_refusal, refusal, refused

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine."""
LARGEST_BODY = 256 * 1024
"""Bytes of a request."""

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
            answer = self._refusal(scope, headers) or self._app
            await answer(scope, _counted(receive), guarded)
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

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return what is answered instead, or None for a request that may come in."""
        try:
            _check_host(headers, self._hosts)
            _check_origin(scope["method"], headers)
            _check_length(headers)
        except RequestError as error:
            return refusal(error, scope)
        return None if self._token is None else _admission(scope, headers, self._token)


def _visitor(scope: Scope, headers: Headers) -> str:
    given = headers.get("board-visitor", "")
    if _VISITOR.fullmatch(given):
        return given
    return scope["client"][0] if scope.get("client") else "nobody"


def _check_host(headers: Headers, allowed: frozenset[str]) -> None:
    """Refuse names that are not the board's: a foreign page may have pointed its own name here."""
    name = _host_name(headers.get("host", ""))
    if name in allowed or (allowed & ANY_ADDRESS and _is_address(name)):
        return
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


def _counted(receive: Receive) -> Receive:
    """Read no more of a body than is allowed, whatever its length is said to be."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise _too_large()
        return message

    return counted


def _too_large() -> RequestError:
    return refused(413, "too_large", {"Connection": "close"}, most=LARGEST_BODY // 1024)


def _admission(scope: Scope, headers: Headers, token: str) -> Response | None:
    """Ask for the token: None for a visitor who has shown it."""
    name = f"ipsim-board-{scope['server'][1]}"  # two boards of a machine share their cookies
    if _is_same(_cookie(headers, name), token):
        return None
    shown = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    if scope["path"] == "/" and scope["method"] in _SAFE and _is_same(shown, token):
        welcome = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
        # Not "strict": the cookie would not come along where the link is on a page of another site.
        welcome.set_cookie(name, token, httponly=True, samesite="lax")
        return welcome
    return refusal(refused(401, "no_token"), scope)


def _is_same(shown: str, token: str) -> bool:
    return hmac.compare_digest(shown.encode(), token.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
