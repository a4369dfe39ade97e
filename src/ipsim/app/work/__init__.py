"""Simulating for many visitors: workers that stay, a fair queue, runs that are kept and shared."""

from ipsim.app.work.asking import Ask
from ipsim.app.work.desk import Ahead, Work
from ipsim.app.work.kept import Kept, replicate_of
from ipsim.app.work.turns import FIRST, IDLE, LATER, SECOND, BusyError
from ipsim.app.work.wanted import Cancelled, Wanted, pairs_wanted

__all__ = [
    "FIRST",
    "IDLE",
    "LATER",
    "SECOND",
    "Ahead",
    "Ask",
    "BusyError",
    "Cancelled",
    "Kept",
    "Wanted",
    "Work",
    "pairs_wanted",
    "replicate_of",
]
