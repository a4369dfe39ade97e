"""Looking for the best policies under a budget: NSGA-II over worlds, a frontier, and scenario files."""

from ipsim.study.search.reading import read_search
from ipsim.study.search.result import SearchResult
from ipsim.study.search.run import run_search
from ipsim.study.search.searching import search
from ipsim.study.search.settings import Budget, Goal, Over, SearchSettings
from ipsim.study.search.stages import Stage

__all__ = [
    "Budget",
    "Goal",
    "Over",
    "SearchResult",
    "SearchSettings",
    "Stage",
    "read_search",
    "run_search",
    "search",
]
