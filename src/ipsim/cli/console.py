"""Tables on standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table


def say(text: str) -> None:
    """Print a sentence, if there is one."""
    if text:
        click.echo(text)


def print_tables(*tables: Table) -> None:
    """Print tables; where no terminal sets a width, nothing is cut or wrapped."""
    from rich.console import Console

    console = Console() if sys.stdout.isatty() else Console(width=10_000)
    for table in tables:
        table.title_justify = "left"
        console.print(table)
