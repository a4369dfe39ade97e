"""What a download holds, written by a worker into a folder of its own: the result of a run or comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from ipsim.app.compared import result_of
from ipsim.app.work.kept import Kept
from ipsim.report.phrases import phrase

if TYPE_CHECKING:
    from ipsim.study import Comparison, Result

BASELINE = "baseline"
RESULT = "result"
"""Folder of the result within the download."""
README = "README.txt"


@dataclass(frozen=True)
class Parcel:
    """What is to be written.

    Attributes
    ----------
    texts
        Scenario files by name without suffix: the baseline, then alternatives.
    hashes, runs
        Hash and finished runs of each, in the same order.
    scale, seconds
        Share of the enterprises simulated, and how long it took.
    title
        Folder inside the zip.
    lang
        Language of report and README.
    """

    texts: dict[str, str]
    hashes: tuple[str, ...]
    runs: tuple[tuple[Kept, ...], ...]
    scale: float
    seconds: float
    title: str
    lang: str


def stems(alternatives: int) -> list[str]:
    """Return the names of the scenario files: nothing that a visitor wrote becomes a path."""
    if alternatives == 1:
        return [BASELINE, "alternative"]
    return [BASELINE, *(f"alternative-{letter}" for letter in "abcdefgh"[:alternatives])]


def command(names: Sequence[str], replicates: int, scale: float, seed: int, lang: str) -> str:
    """Return the command that gives the same numbers from these scenario files."""
    verb, more = ("run", "") if len(names) == 1 else ("compare", " --turning 0")
    files = " ".join(f"{name}.yaml" for name in names)
    return (
        f"ipsim {verb} {files} --replicates {replicates} --scale {scale!r} --seed {seed}{more} --lang {lang}"
    )


def write(folder: str, parcel: Parcel, what: str, progress: Callable[[int, int], None]) -> str:
    """Write a download into an empty folder; return the path of the file that was asked for.

    Parameters
    ----------
    folder
        Where to.
    parcel
        What to write.
    what
        ``all.zip``, or the name of one file of the result.
    progress
        Told between steps.
    """
    place = Path(folder)
    for name, text in parcel.texts.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    progress(0, 2)
    # From within the folder the scenarios are the files beside it, as for whoever unpacks it: so the report
    # says the command that gives it again.
    with chdir(place):
        found = _found(parcel)
        progress(1, 2)
        found.save(RESULT, lang=parcel.lang)
    if what != "all.zip":
        return str(place / RESULT / what)
    (place / README).write_text(_readme(parcel), encoding="utf-8")
    files = [README, *(f"{name}.yaml" for name in parcel.texts)]
    return str(_zipped(place, parcel.title, [place / name for name in files]))


def _found(parcel: Parcel) -> Result | Comparison:
    from ipsim.study.comparison.compare import Comparison

    base, *others = (
        _result(name, parcel, hashed, runs)
        for name, hashed, runs in zip(parcel.texts, parcel.hashes, parcel.runs, strict=True)
    )
    return Comparison(base, {one.scenario.name: one for one in others}) if others else base


def _result(name: str, parcel: Parcel, hashed: str, runs: Sequence[Kept]) -> Result:
    from ipsim.scenario import load
    from ipsim.study.errors import RunError

    scenario = load(f"{name}.yaml")
    if scenario.hash != hashed:
        raise RunError(f"{name}.yaml is not the scenario that was run; this is a fault of the board")
    return result_of(scenario, parcel.scale, runs, parcel.seconds)


def _readme(parcel: Parcel) -> str:
    seeds = [one.seed for one in parcel.runs[0]]
    said = command(list(parcel.texts), len(seeds), parcel.scale, seeds[0], parcel.lang)
    key = "readme_run" if len(parcel.texts) == 1 else "readme_compare"
    return phrase(f"board_why.{key}", parcel.lang, command=said, result=RESULT) + "\n"


def _zipped(place: Path, title: str, files: Sequence[Path]) -> Path:
    target = place / "all.zip"
    inside = sorted(path for path in (place / RESULT).rglob("*") if path.is_file())
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for path in (*files, *inside):
            made.write(path, f"{title}/{path.relative_to(place).as_posix()}")
    return target
