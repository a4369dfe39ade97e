"""Many runs: replicates and comparisons, their results and where these are kept."""

from ipsim.study.comparison.compare import Comparison, compare
from ipsim.study.errors import FolderError, RunError
from ipsim.study.results import Result
from ipsim.study.run import run

__all__ = ["Comparison", "FolderError", "Result", "RunError", "compare", "run"]
