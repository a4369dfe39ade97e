"""Published figures, effects, parameters and patterns, each with its source and confidence."""

from ipsim.evidence.figures import Figure, Period, read_figure, read_period
from ipsim.evidence.tables import (
    Effect,
    Observation,
    Parameter,
    StylisedFact,
    effects,
    observation,
    observations,
    parameters,
    stylised_facts,
)

__all__ = [
    "Effect",
    "Figure",
    "Observation",
    "Parameter",
    "Period",
    "StylisedFact",
    "effects",
    "observation",
    "observations",
    "parameters",
    "read_figure",
    "read_period",
    "stylised_facts",
]
