"""Faults in what a person wrote: each with its place, its key and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault in a scenario.

    Attributes
    ----------
    file
        The file as it was named, or ``--set`` for a value given on the command line.
    line
        Line in the file, counted from 1; 0 where there is no line.
    key
        The key at fault, dotted from the top of the file; empty for the whole file.
    message
        What is wrong and what is allowed.
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """Return ``FILE:LINE: KEY: MESSAGE``, without the parts that are absent."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.message) if part)


class ScenarioError(ValueError):
    """Bad input; ``faults`` holds every fault that was found, in order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: list[Fault] = list(dict.fromkeys(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[list[Fault]]]:
        """Pickle by faults, so that a worker process can hand the error back."""
        return (ScenarioError, (self.faults,))


def nearest(word: object, allowed: Iterable[str]) -> str:
    """Return ``; nearest: NAME`` for the allowed name most like ``word``, or nothing."""
    close = get_close_matches(str(word)[:200], list(allowed), n=1, cutoff=0.6)
    return f"; nearest: {close[0]}" if close else ""
