"""Options that many commands have, each declared once; commands say what it is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]
Option = Callable[[Command], Command]
"""What adds an option to a command."""


def out(what: str, default: str) -> Option:
    """Return ``--out``, the folder of ``what``."""
    text = f"Folder of {what}.  [default: {default}]"
    return click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help=text)


def workers(default: str) -> Option:
    """Return ``--workers``; without it, as many as ``default`` says."""
    return click.option(
        "--workers", type=click.IntRange(min=1), help=f"Processes to use.  [default: {default}]"
    )


def lang(what: str) -> Option:
    """Return ``--lang``, the language of ``what``."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default="en",
        show_default=True,
        help=f"Language of {what}.",
    )


def quiet(shown: str) -> Option:
    """Return ``--quiet``, with which is shown what ``shown`` says."""
    return click.option("--quiet", is_flag=True, help=f"Show {shown}.")


def force(what: str) -> Option:
    """Return ``--force``, which replaces ``what``."""
    return click.option("--force", is_flag=True, help=f"Replace {what} that is there already.")


def together(*options: Option) -> Option:
    """Return what adds several options to a command, listed in this order."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add
