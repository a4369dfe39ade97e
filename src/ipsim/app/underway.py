"""How much is being answered at once: a bound for each visitor, and one for all."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ipsim.app.faults import refused

MOST_OF_A_VISITOR, MOST_IN_ALL = 8, 200
"""What is asked for at once: a page that moves on asks anew before its last question is known to be left."""
MOST_OF_AN_ADDRESS = 150
"""A class behind one router is one address; whoever makes up names of visitors leaves room for others."""


class Underway:
    """What is being answered, by visitor.

    Attributes
    ----------
    visitors, addresses
        How much each visitor waits for, and how much is waited for from each address.
    ended
        Set when the server ends: what is under way stays unfinished.
    """

    def __init__(self) -> None:
        self.visitors: Counter[str] = Counter()
        self.addresses: Counter[str] = Counter()
        self.ended = asyncio.Event()

    @contextmanager
    def one_more(self, visitor: str, address: str) -> Iterator[None]:
        """Count what a visitor asks for from an address until it is answered or left.

        Raises
        ------
        RequestError
            When the visitor, the address, or all together ask for too much.
        """
        if self.visitors[visitor] >= MOST_OF_A_VISITOR:
            raise refused(429, "too_many_here", {"Retry-After": "1"})
        if self.visitors.total() >= MOST_IN_ALL or self.addresses[address] >= MOST_OF_AN_ADDRESS:
            raise refused(503, "too_many", {"Retry-After": "5"})
        self.visitors[visitor] += 1
        self.addresses[address] += 1
        try:
            yield
        finally:
            self.visitors -= Counter((visitor,))
            self.addresses -= Counter((address,))
