"""Cities as they were known at the end of 2016, and the parameters fitted to what was known then."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ipsim.scenario import load
from ipsim.scenario.calibrated import UNCALIBRATED, ensemble_known_by
from ipsim.study.hindcast.naive import KNOWN

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.calibrated import Ensemble

_PACKAGE = Path(__file__).resolve().parents[2]
_ENDING = f"-{KNOWN}"


def known_folder() -> Path:
    """Return the folder of the cities as known at the end of 2016.

    In a checkout that is ``experiments/hindcast``; a wheel carries a copy inside the package.

    Raises
    ------
    FileNotFoundError
        When the installation is damaged and has neither.
    """
    for folder in (_PACKAGE / "_hindcast", _PACKAGE.parents[1] / "experiments" / "hindcast"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the cities as known in 2016 are missing from {_PACKAGE}; install it again")


def known_cities() -> dict[str, Path]:
    """Return the file of each city as known at the end of 2016, by the key of the city."""
    files = sorted(known_folder().glob(f"*{_ENDING}.yaml"))
    return {file.stem.removesuffix(_ENDING): file for file in files}


@cache
def _loaded(file: Path) -> Scenario:
    return load(file, UNCALIBRATED)


def known_scenarios() -> list[Scenario]:
    """Return every shipped city as known at the end of 2016."""
    return [_loaded(file) for file in known_cities().values()]


def as_known(source: str) -> Scenario:
    """Return the scenario that a name or a path stands for; a shipped city as known at the end of 2016.

    Nothing that was calibrated later is in it.

    Raises
    ------
    ScenarioError
        When there is none, or it has faults.
    """
    file = known_cities().get(source)
    return load(source, UNCALIBRATED) if file is None else _loaded(file)


def shown_file(file: str) -> str:
    """Return a file as it was named; of the cities as known in 2016 without the folders of this machine."""
    path = Path(file)
    return f"experiments/hindcast/{path.name}" if path.parent == known_folder() else file


def known_ensemble() -> Ensemble | None:
    """Return the parameter sets fitted to what was known at the end of 2016; None where none ships.

    Its figures of cities hold for the cities as known then alone.
    """
    found = ensemble_known_by(KNOWN)
    return None if found is None else replace(found, own=frozenset())
