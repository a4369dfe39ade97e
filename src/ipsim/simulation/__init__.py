"""One run of a city: founding, quarters, accounts, and the figures of each year."""

from ipsim.simulation.accounts import AccountsError
from ipsim.simulation.run import RunRecord, Simulation

__all__ = ["AccountsError", "RunRecord", "Simulation"]
