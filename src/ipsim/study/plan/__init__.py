"""What a study file says: scenario, factors, design, outcomes, and the runs that follow."""

from ipsim.study.plan.designs import Design
from ipsim.study.plan.factors import Factor
from ipsim.study.plan.outcomes import Outcome
from ipsim.study.plan.points import Point, Points
from ipsim.study.plan.reading import read_study, read_study_text
from ipsim.study.plan.study import Keep, Study

__all__ = [
    "Design",
    "Factor",
    "Keep",
    "Outcome",
    "Point",
    "Points",
    "Study",
    "read_study",
    "read_study_text",
]
