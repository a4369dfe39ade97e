"""Pictures of the board: every view in both languages, laptop and phone, light and dark.

    python experiments/board/screenshots.py [--url URL] [--into FOLDER] [--guide] [--quick]

All pictures go to results/board-pictures (or --into), to be looked at. --guide renews those of docs/board.md;
--quick is for looking at the page and not at its numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Literal, NamedTuple

import click
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
from addresses import address_of, policy, state
from boards import ROOT, board_at
from chromium import launch

SIZES = {"laptop": (1366, 768), "phone": (390, 844)}
VIEWS = ("whatif", "city", "lessons")
LONGEST = 180_000
"""Milliseconds that an answer may take."""
STRICTER = {
    "policy.protection.strength": {"2021": 0.8},
    "policy.utilisation.pledge_fund.capital": {"2021": 200},
}
GUIDE = ROOT / "docs"


class Shot(NamedTuple):
    """What one picture shows."""

    view: str
    lang: Literal["en", "zh"]
    size: str
    scheme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"{self.view}-{self.lang}-{self.size}-{self.scheme}.png"


def every_shot() -> Iterator[Shot]:
    """Yield all combinations."""
    for view, lang, size, scheme in product(VIEWS, ("en", "zh"), SIZES, ("light", "dark")):
        yield Shot(view, lang, size, scheme)


def shown(lang: str, view: str, **parts: Any) -> str:
    """Return the address of a view with a policy on it."""
    return "/" + address_of(state(lang=lang, view=view, alternatives=[policy(changes=STRICTER)], **parts))


def take(browser: Browser, url: str, shot: Shot, into: Path, whole: bool, **parts: Any) -> Path:
    """Take one picture, and return where it is."""
    width, height = SIZES[shot.size]
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        locale={"en": "en-GB", "zh": "zh-CN"}[shot.lang],
    )
    page = context.new_page()
    page.goto(shown(shot.lang, shot.view, **parts))
    page.wait_for_selector("html[data-state=ready]", state="attached")
    prepare(page, shot.view)
    path = into / shot.name
    page.screenshot(path=path, full_page=whole)
    context.close()
    return path


def prepare(page: Page, view: str) -> None:
    """Bring a view to what is worth a picture."""
    if view == "whatif":
        page.wait_for_selector("html[data-answer=settled]", state="attached", timeout=LONGEST)
    if view == "city":
        page.wait_for_selector("[data-testid=city-canvas]", timeout=LONGEST)
        page.wait_for_timeout(1500)
    if view == "lessons":
        page.wait_for_selector("[data-testid=lesson-card]", timeout=LONGEST)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")
    page.wait_for_timeout(300)


@click.command()
@click.option("--url", help="A board that runs already.")
@click.option("--into", type=click.Path(path_type=Path), default=ROOT / "results" / "board-pictures")
@click.option("--guide", is_flag=True, help="Renew the pictures of docs/board.md instead.")
@click.option(
    "--quick", is_flag=True, help="Few runs of a small city: for looking at the page, not at numbers."
)
def main(url: str | None, into: Path, guide: bool, quick: bool) -> None:
    """Take pictures of every view."""
    into.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Any] = {"replicates": 4, "scale": 0.02} if quick else {}
    shots = [Shot("whatif", lang, "laptop", "light") for lang in ("en", "zh")] if guide else every_shot()
    with board_at(url, warm=not quick) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for shot in shots:
            place = take(browser, address, shot, into, whole=not guide, **parts)
            if guide:
                small(place, GUIDE / f"board-{shot.lang}.png")
            click.echo(place)
        browser.close()


def small(picture: Path, into: Path) -> None:
    """Keep a picture with few colours, for it goes with the documentation."""
    from PIL import Image

    Image.open(picture).convert("RGB").quantize(128).save(into, optimize=True)


if __name__ == "__main__":
    main()
