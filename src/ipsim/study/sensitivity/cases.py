"""The cases of a discovery: what was varied in each, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import pandas as pd

from ipsim.scenario.errors import Fault, ScenarioError, nearest

if TYPE_CHECKING:
    from ipsim.study.batch import StudyFolder
    from ipsim.study.plan import Outcome, Study

Each = Literal["point", "run"]

POLICY = "policy"
"""Column of the policy, where a study runs several at each point."""

_KEYS = ["run", "point", "replicate", "seed", "name"]


class Cases(NamedTuple):
    """Cases with every figure that is needed.

    Attributes
    ----------
    values
        A column for each factor that varies: numbers, or texts for levels that are none.
    figures
        A column for each outcome.
    missing
        Cases without a figure, which are left out.
    """

    values: pd.DataFrame
    figures: pd.DataFrame
    missing: int


def cases_of(
    there: StudyFolder, outcomes: Sequence[Outcome], each: Each, policy: str = "", against: str = ""
) -> Cases:
    """Return the cases of a study folder.

    Parameters
    ----------
    there
        The folder.
    outcomes
        What the figures are.
    each
        Whether a case is a ``point``, with the mean over its replicates, or a ``run``.
    policy
        Of a study that runs several at each point, the one to look at; if empty, all are, and which it is
        counts as a factor.
    against
        The policy whose figures are taken off, in the same world with the same luck.

    Raises
    ------
    ScenarioError
        When points leave factors unset, or there is no such policy.
    """
    study = there.study
    _check_policies(study, policy, against)
    names = [outcome.name for outcome in outcomes]
    runs = there.runs.reset_index(drop=True)
    factors = [str(name) for name in runs.columns if name not in _KEYS]
    _ensure_set(study, runs[factors])
    table = runs.merge(there.outcomes(outcomes)[["run", *names]], on="run", how="left")
    if each == "point":
        kept = dict.fromkeys(factors, "first") | dict.fromkeys(names, "mean")
        table = table.groupby("point", sort=False).agg(kept).reset_index().assign(replicate=1)
    if study.policies:
        world, which = divmod(table["point"], len(study.policies))
        table = table.assign(world=world).set_index(["world", "replicate"])
        own = pd.Series([study.policies[place].name for place in which], index=table.index)
        table[POLICY] = own
        if policy:
            base = table.loc[own == against, names] if against else 0
            table = table[own == policy]
            table[names] = table[names] - base
        else:
            factors.append(POLICY)
    complete = table[names].notna().all(axis=1)
    values = table.loc[complete, factors].reset_index(drop=True)
    values = values[[name for name in factors if values[name].nunique() > 1]]  # others can't be restricted
    return Cases(values, table.loc[complete, names].reset_index(drop=True), int((~complete).sum()))


def _check_policies(study: Study, policy: str, against: str) -> None:
    known = [one.name for one in study.policies]
    faults: list[Fault] = []
    for option, name in (("--policy", policy), ("--against", against)):
        if name and not known:
            faults.append(Fault(option, 0, "", "this study has no policies"))
        elif name and name not in known:
            message = f"no policy of this study; there are: {', '.join(known)}{nearest(name, known)}"
            faults.append(Fault(option, 0, name, message))
    if against and not policy:
        faults.append(Fault("--against", 0, "", "needs --policy: the one that is compared with it"))
    if faults:
        raise ScenarioError(faults)


def _ensure_set(study: Study, values: pd.DataFrame) -> None:
    unset = [str(name) for name in values.columns if values[name].isna().any()]
    if unset or not len(values.columns):
        what = f"some points leave {', '.join(unset[:3])} as the scenario has it" if unset else "no factors"
        message = f"boxes need a value of every factor at every point, but in this study: {what}"
        raise ScenarioError([Fault(study.file, 0, "design", message)])
