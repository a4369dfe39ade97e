"""Ctrl-C and the end of a time slot: finish what is begun, then stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def finishing(first: Callable[[], None]) -> Iterator[None]:
    """Call ``first`` at a first Ctrl-C or SIGTERM, and raise KeyboardInterrupt at a second.

    An exception in the middle of the bookkeeping would lose results; a call does not. Outside the main
    thread signals can't be caught, and nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told = False

    def caught(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        if told:
            raise KeyboardInterrupt
        told = True
        first()

    before = {number: signal.signal(number, caught) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
