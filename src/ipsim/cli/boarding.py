"""The command that opens the what-if board."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipsim.cli import shared_options
from ipsim.cli.progress import announce_compilation

if TYPE_CHECKING:
    from ipsim.app.serving import Place


@click.command(short_help="Open the what-if board, a page to move policies on and to teach with.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes any.  [default: the first that is free from 8765 on]",
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDR",
    show_default=True,
    help="Address to listen on. By default only this machine reaches the board. With another one, such as "
    "0.0.0.0 for all networks of this machine, the link that is printed holds a token: whoever has the "
    "whole link can use the board, nobody else.",
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@shared_options.workers("as many as there are cores")
@click.option(
    "--lessons",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of your own lessons, shown before those that ship; they are checked before the board opens.",
)
def board(port: int | None, host: str, no_browser: bool, workers: int | None, lessons: Path | None) -> None:
    """Open the what-if board in the browser, and serve it until Ctrl-C.

    On the board one moves a policy and sees what changes by 2030, how sure that is and what it costs; looks
    at the city itself; and gives or takes lessons. It works without the network.

        ipsim board

        ipsim board --host 0.0.0.0 --no-browser

        ipsim board --lessons my-lessons

    The second is for a class: its pupils open the link that is printed, token and all.
    """
    from ipsim.app.lessons import read_lessons
    from ipsim.app.server import application
    from ipsim.app.serving import AddressError, find_place, serve
    from ipsim.app.work import Work

    found = None if lessons is None else read_lessons(lessons)
    try:
        place = find_place(host, port)
    except AddressError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    announce_compilation()
    app = application(Work(workers), token=place.token, hosts=place.names, lessons=found)
    serve(app, place, lambda: _welcome(place, not no_browser))


def _welcome(place: Place, opens: bool) -> None:
    from ipsim.app.serving import has_display, open_browser

    click.echo(f"ipsim board: {place.link}  (Ctrl-C ends it)")
    if opens and has_display():
        open_browser(place.link)
