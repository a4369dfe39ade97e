"""The command line."""

import click


@click.group()
def main() -> None:
    """Simulate what intellectual-property policy does to a city."""
