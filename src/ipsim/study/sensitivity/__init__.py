"""What drives the outcomes of a study, and where in it an outcome comes about."""

from ipsim.study.sensitivity.analysis import analyse, check_design, sensitivity
from ipsim.study.sensitivity.discovery import Discovery, discover
from ipsim.study.sensitivity.findings import Finding, Sensitivity
from ipsim.study.sensitivity.undefined import UndefinedError

__all__ = [
    "Discovery",
    "Finding",
    "Sensitivity",
    "UndefinedError",
    "analyse",
    "check_design",
    "discover",
    "sensitivity",
]
