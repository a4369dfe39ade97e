"""A visitor of the board: one page in a context of its own, watched for anything that should not happen."""

from __future__ import annotations

import re
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

LAPTOP = (1366, 768)
PHONE = (390, 844)
SLOW = 60_000
"""Milliseconds that one wait may take on a busy machine."""


class Watch:
    """What went wrong on a visitor's page.

    Parameters
    ----------
    url
        The board; requests to any other origin are faults.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.faults: list[str] = []
        self.requests: list[str] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Let faults pass in which the regular expression is found."""
        self._allowed.append(pattern)

    def on(self, context: BrowserContext) -> None:
        """Begin to watch."""
        context.on("console", self._console)
        context.on("weberror", lambda raised: self.faults.append(f"error on the page: {raised.error}"))
        context.on("request", self._request)

    def check(self) -> None:
        """Raise AssertionError with the faults that were not allowed."""
        left = [
            fault for fault in self.faults if not any(re.search(pattern, fault) for pattern in self._allowed)
        ]
        assert not left, "\n".join(left)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            place = message.location.get("url", "")
            self.faults.append(f"console: {message.text} ({place})")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        own = (f"{self.url}/", f"blob:{self.url}/", "data:")
        if not request.url.startswith(own):
            self.faults.append(f"request to another origin: {request.url}")


class Visitor:
    """A page with its context and its watch.

    Attributes
    ----------
    page, context
        Of Playwright.
    watch
        Faults so far.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        size: tuple[int, int] = LAPTOP,
        locale: str = "en-GB",
        scheme: Literal["light", "dark"] = "light",
        **options: Any,
    ) -> None:
        self.context = browser.new_context(
            base_url=url,
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme=scheme,
            **options,
        )
        self.context.set_default_timeout(SLOW)
        self.watch = Watch(url)
        self.watch.on(self.context)
        self.page: Page = self.context.new_page()

    def open(self, address: str = "/") -> Page:
        """Open the board, and wait until it can be used."""
        self.page.goto(address)
        self.page.wait_for_selector("html[data-state=ready]", state="attached")
        return self.page

    def settle(self) -> None:
        """Wait until the last answer is on the page."""
        self.page.wait_for_selector("html[data-answer=settled]", state="attached")

    def leave(self) -> None:
        """Close the context."""
        self.context.close()
