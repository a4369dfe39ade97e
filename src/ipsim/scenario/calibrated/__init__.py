"""The calibrated ensemble: sets of parameters under which the model agrees with published figures."""

from ipsim.scenario.calibrated.ensemble import UNCALIBRATED, Ensemble
from ipsim.scenario.calibrated.reading import ensemble_known_by, read_ensemble, shipped_ensemble

__all__ = ["UNCALIBRATED", "Ensemble", "ensemble_known_by", "read_ensemble", "shipped_ensemble"]
