"""What an analysis finds: by outcome the factors that drive it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from ipsim.study.plan import Factor, Outcome, Study
    from ipsim.study.sensitivity.indices import Indices
    from ipsim.study.sensitivity.luck import Luck
    from ipsim.study.sensitivity.undefined import UndefinedError

KEYS = ["outcome", "unit", "factor", "key", "rank"]
"""First columns of ``sensitivity.csv``; the indices follow. Policies stand after the unit."""


@dataclass(frozen=True)
class Finding:
    """What drives one outcome.

    Attributes
    ----------
    outcome
        Which.
    indices
        By factor, in the order of the study; None where they are not defined.
    undefined
        Why they are not, or None.
    luck
        Share of luck in the variance, None with one replicate.
    policy
        Under which policy, of a study that runs several at each point; else empty.
    against
        The policy that is taken off, so that this is about the difference between the two; else empty.
    """

    outcome: Outcome
    indices: Indices | None
    undefined: UndefinedError | None
    luck: Luck | None
    policy: str = ""
    against: str = ""

    @property
    def name(self) -> str:
        """Name of the outcome, with the policy if there is one."""
        return f"{self.outcome.name} {self.policy}".rstrip()

    @property
    def order(self) -> list[int]:
        """Places of the factors, the one that matters most first; those without an index last."""
        if self.indices is None:
            return []
        size = np.abs(self.indices.columns[self.indices.rank_by])
        return [int(place) for place in np.argsort(np.where(np.isnan(size), np.inf, -size), kind="stable")]


@dataclass(frozen=True)
class Sensitivity:
    """What drives the outcomes of a study.

    Attributes
    ----------
    study
        What was run; the kind of its design is the method.
    findings
        One for each outcome, in their order; where several policies are run, one for each, the first policy
        by itself and the others against it.
    planned, missing
        Runs of the design, and those that failed or are not done.
    """

    study: Study
    findings: tuple[Finding, ...]
    planned: int
    missing: int

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What was varied."""
        return self.study.factors

    @cached_property
    def table(self) -> pd.DataFrame:
        """The columns of ``sensitivity.csv``: an outcome's factors by rank, then its indices."""
        parts: list[pd.DataFrame] = []
        for finding in self.findings:
            if finding.indices is None:
                continue
            order = finding.order
            policies = {"policy": finding.policy, "against": finding.against} if self.study.policies else {}
            part = pd.DataFrame(
                {
                    "outcome": finding.outcome.name,
                    "unit": finding.outcome.unit,
                    **policies,
                    "factor": [self.factors[place].name for place in order],
                    "key": [self.factors[place].key for place in order],
                    "rank": np.arange(1, len(order) + 1),
                }
            )
            for name, column in finding.indices.columns.items():
                part[name] = column[order]
            parts.append(part)
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=pd.Index(KEYS))

    def save(self, folder: str | Path, lang: str = "en", force: bool = False) -> Path:
        """Write ``sensitivity.csv``, ``sensitivity.json``, figures and the page into the study's folder.

        Returns
        -------
        Path
            The page.

        Raises
        ------
        FolderError
            When there is an analysis already and ``force`` is not given, or the disk refuses.
        """
        from ipsim.study.sensitivity.keeping import keep_sensitivity

        return keep_sensitivity(self, Path(folder), lang, force)
