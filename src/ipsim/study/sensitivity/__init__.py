"""What drives the outcomes of a study, and where in it an outcome comes about."""

from ipsim.study.sensitivity.analysis import analyse, analyse_folder, check_design
from ipsim.study.sensitivity.findings import Finding, Sensitivity
from ipsim.study.sensitivity.undefined import UndefinedError

__all__ = ["Finding", "Sensitivity", "UndefinedError", "analyse", "analyse_folder", "check_design"]
