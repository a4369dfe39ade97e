"""How long a visitor waits from a slider to an answer, in a real browser.

    python experiments/board/latency.py [--moves 20] [--cities jinhua,xiamen] [--url URL] [--write]

A slider is moved 20 times with the mouse, each time to a value not asked before. First each move waits until
its last runs are in (settled); then the slider is moved on as soon as the first answer is there, so that what
runs must be given up. Times are the page's own marks. --write renews the table on the page of
results; without it the table is only printed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as WaitedTooLong

sys.path.insert(0, str(Path(__file__).resolve().parent))
from addresses import address_of, policy, state
from boards import board_at
from chromium import launch
from results import PAGE, machine, renew, share, spread, table

LEVER = "policy.protection.strength"
REST = 0.4
"""Seconds between a first answer and the next move of a visitor who moves on."""
LONGEST = 300_000
"""Milliseconds that one answer may take."""
SINCE = """(name) => {
    const moved = performance.getEntriesByName("board:moved").at(-1);
    const since = (mark) => moved && mark.startTime >= moved.startTime;
    const then = performance.getEntriesByName(name).filter(since);
    return then.length ? then[0].startTime - moved.startTime : null;
}"""


class Move(NamedTuple):
    """Seconds from one move of the slider; None for what was not waited for."""

    first: float
    real: float | None
    settled: float | None


class Waiter:
    """A page of the board, and how long its answers take.

    Parameters
    ----------
    page
        Opened, and settled on its first answer.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.slider = page.locator(f"[data-testid=lever][data-key='{LEVER}'] input[type=range]").first

    def move(self, share_of_track: float, until_settled: bool) -> Move:
        """Move the slider to a place on its track, and wait for answers."""
        self.slider.scroll_into_view_if_needed()
        box = self.slider.bounding_box()
        assert box is not None
        self.page.evaluate("performance.clearMarks()")
        # The knob keeps within the track: its centre is half a knob from either end.
        x = box["x"] + 8 + (box["width"] - 16) * share_of_track
        self.page.mouse.click(x, box["y"] + box["height"] / 2)
        first = self._since("board:first")
        if not until_settled:
            return Move(first, None, None)
        settled = self._since("board:settled")
        return Move(first, self._since("board:real"), settled)

    def place(self) -> float:
        """Return where the knob is, as a share of the track."""
        return self.slider.evaluate("(one) => (one.value - one.min) / (one.max - one.min)")

    def _since(self, name: str) -> float:
        """Wait for a mark; how often is looked does not matter, since the page noted the time."""
        deadline = time.monotonic() + LONGEST / 1000
        while time.monotonic() < deadline:
            found = self.page.evaluate(SINCE, name)
            if found is not None:
                return found / 1000
            self.page.wait_for_timeout(50)
        raise WaitedTooLong(f"no {name} within {LONGEST / 1000:.0f} s")


def places(moves: int, start: float) -> list[float]:
    """Return places on the track, far from each other from move to move, without the one it starts at."""
    all_places = [k / moves for k in range(moves + 1)]
    all_places.remove(min(all_places, key=lambda place: abs(place - start)))
    half = moves // 2
    pairs = zip(all_places[:half], all_places[half:], strict=False)
    return [place for pair in pairs for place in pair] + all_places[2 * half :]


def measure(browser: Browser, url: str, city: str, moves: int) -> Iterator[tuple[bool, Move]]:
    """Move the slider, and yield what each move took, and whether it waited until settled."""
    for until_settled, year in ((True, 2021), (False, 2023)):
        # Another year of change makes other policies, so that no answer is known beforehand.
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
        page = context.new_page()
        given = {"baseline": policy(city), "alternatives": [policy(city)], "from": year}
        page.goto(url + "/" + address_of(state(**given)))
        page.wait_for_selector("html[data-state=ready]", state="attached")
        page.wait_for_selector("html[data-answer=settled]", state="attached", timeout=LONGEST)
        waiter = Waiter(page)
        for place in places(moves, waiter.place()):
            yield until_settled, waiter.move(place, until_settled)
            time.sleep(REST)
        context.close()


def rows_of(city: str, done: Sequence[tuple[bool, Move]]) -> Iterator[dict[str, str]]:
    """Yield the rows of a city."""
    waited = [move for until_settled, move in done if until_settled]
    went_on = [move for until_settled, move in done if not until_settled]
    kinds = (
        ("first redraw (sketch)", [move.first for move in waited]),
        ("first redraw, moving on while runs are under way", [move.first for move in went_on]),
        ("first answer at the city's own scale", [move.real for move in waited if move.real is not None]),
        ("settled, 30 pairs", [move.settled for move in waited if move.settled is not None]),
    )
    for kind, times in kinds:
        if times:
            found = spread(times)
            yield {
                "city": city,
                "slider to": kind,
                "moves": str(len(times)),
                "median, s": found["median"],
                "90 %, s": f"{share(times, 90):.2f}",
                "worst, s": found["worst"],
            }


@click.command()
@click.option("--moves", default=20, show_default=True, help="Moves of the slider in each pass.")
@click.option("--cities", default="jinhua,xiamen", show_default=True)
@click.option("--url", help="A board that runs already.")
@click.option("--write", is_flag=True, help="Renew the table in docs/results/board.md.")
def main(moves: int, cities: str, url: str | None, write: bool) -> None:
    """Time a visitor's sliders; stopped with Ctrl-C it prints what it has."""
    rows: list[dict[str, str]] = []
    stopped = False
    with board_at(url) as address, suppress(KeyboardInterrupt), sync_playwright() as playwright:
        browser = launch(playwright)
        for city in cities.split(","):
            done: list[tuple[bool, Move]] = []
            try:
                for until_settled, move in measure(browser, address, city, moves):
                    done.append((until_settled, move))
                    times = {name: value for name, value in move._asdict().items() if value is not None}
                    words = ", ".join(f"{name} {value:.2f} s" for name, value in times.items())
                    click.echo(f"{city} {len(done)} of {2 * moves}: {words}", err=True)
            except WaitedTooLong as fault:
                stopped = True
                click.echo(f"{city}: {str(fault).splitlines()[0]}; the rest is left out", err=True)
            except KeyboardInterrupt:
                stopped = True
                raise
            finally:
                rows += rows_of(city, done)
        browser.close()
    if not rows:
        raise SystemExit("no move was answered")
    text = f"{machine()}; Chromium, headless.\n\n{table(rows)}"
    click.echo(text)
    if write and not stopped:
        renew(PAGE, "latency", text)


if __name__ == "__main__":
    main()
