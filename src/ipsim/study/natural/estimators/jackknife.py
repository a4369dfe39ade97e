"""Standard errors from leaving out one cluster at a time."""

from __future__ import annotations

import numpy as np

from ipsim.study.natural.estimators.estimation import Floats


def jackknife_se(whole: float, without: Floats) -> float:
    """Return the standard error of an estimate from its values without each cluster.

    ``sqrt((G - 1) / G * sum((without - whole)**2))``, known as CV3: of the usual choices the one that holds
    best when treated clusters are few or sizes differ (MacKinnon, Nielsen and Webb 2023). It needs no draws
    of chance, so the same panel always gives the same interval.

    Parameters
    ----------
    whole
        The estimate from all clusters.
    without
        The estimate without each cluster; shape (G,).
    """
    groups = len(without)
    return float(np.sqrt((groups - 1) / groups * ((without - whole) ** 2).sum()))
