"""Estimators of published studies, for panels that the model made.

`estimate` applies one to a panel, `verdict` lays what it found beside what was published.
"""

from ipsim.study.natural.estimators.estimating import KINDS, estimate
from ipsim.study.natural.estimators.estimation import Estimate
from ipsim.study.natural.estimators.verdict import Claim, Verdict, verdict

__all__ = ["KINDS", "Claim", "Estimate", "Verdict", "estimate", "verdict"]
