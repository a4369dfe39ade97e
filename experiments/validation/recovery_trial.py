"""The stage that tries methods of calibration on synthetic figures whose truth is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from stages import Asked, keep

from ipsim.study.calibration.keeping import read_assessment

POSTERIOR_DRAWS = 500


def recovery(asked: Asked, folder: Path) -> None:
    """Let every method look for the same truths among the runs of the calibration."""
    from ipsim.study.calibration.calibrating import calibrate_shared
    from ipsim.study.calibration.trial import trial_table, try_methods
    from ipsim.study.calibration.waves import Plan

    facts = read_assessment(asked.calibration).facts
    found = calibrate_shared(
        asked.calibration, planned(facts["plan"], Plan), facts["known_by"], workers=asked.workers, resume=True
    )
    tried = try_methods(found, asked.truths, POSTERIOR_DRAWS)
    keep(trial_table(tried), folder / "methods.csv")
    rows = [one.table.assign(method=name) for name, one in tried.items()]
    keep(pd.concat(rows, ignore_index=True), folder / "recovery.csv")


def planned(said: dict[str, Any], make: Any) -> Any:
    """Return the plan that a calibration says it was made by."""
    fields = {name: value for name, value in said.items() if name != "draws"}
    return make(**fields | {"further": tuple(fields["further"])})
