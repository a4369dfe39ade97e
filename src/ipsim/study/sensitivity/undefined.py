"""When an index has no meaning: said in so many words, never as a number."""

from __future__ import annotations

from typing import Literal

Reason = Literal["constant", "few"]


class UndefinedError(ValueError):
    """Indices of an outcome that can't be computed.

    Attributes
    ----------
    reason
        ``constant`` where the outcome never moves, ``few`` where too few runs are left.
    found, needed
        Of ``few``: how many trajectories, blocks or points there are, and how many it takes.
    """

    def __init__(self, reason: Reason, found: int = 0, needed: int = 0) -> None:
        self.reason: Reason = reason
        self.found = found
        self.needed = needed
        few = f"too few runs succeeded: {found} complete, {needed} needed"
        super().__init__("it is the same at every point" if reason == "constant" else few)
