"""The browser of the tests and measurements of the board."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "no browser for the tests of the board: install Chromium (on Debian: apt install chromium; elsewhere: "
    "python -m playwright install chromium), or name one in IPSIM_CHROMIUM"
)
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names of the outside world lead nowhere, whoever asks for them.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@cache
def is_browser(path: str) -> bool:
    """Say whether a program runs; Ubuntu's chromium-browser is a stub that only asks for a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def find_chromium(own: str) -> str | None:
    """Return the browser to use: the one named, one on the path, or Playwright's ``own``."""
    named = os.environ.get("IPSIM_CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), own]
    return next((path for path in candidates if path and is_browser(path)), None)


def launch(playwright: Playwright) -> Browser:
    """Start a headless Chromium; raise FileNotFoundError that says what to install."""
    found = find_chromium(playwright.chromium.executable_path)
    if found is None:
        raise FileNotFoundError(MISSING)
    return playwright.chromium.launch(executable_path=found, args=list(OPTIONS))
