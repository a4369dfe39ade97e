"""Explaining a difference: which lever brought how much of it, and through which mechanisms."""

from ipsim.study.explain.account import Account, Part
from ipsim.study.explain.explaining import explain, explain_comparison
from ipsim.study.explain.explanation import Explanation

__all__ = ["Account", "Explanation", "Part", "explain", "explain_comparison"]
