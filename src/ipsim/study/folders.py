"""Files and folders of results: written whole or not at all, and never over an existing result unasked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ipsim.study.errors import FolderError

MANIFEST = "run.json"
"""The file that marks a folder as a result."""


def check_folder(folder: str | Path, force: bool = False, manifest: str = MANIFEST) -> Path:
    """Make sure that a result may be written to ``folder``, before any time is spent on a run.

    ``manifest`` is the file that marks a folder as a result of this kind.

    Raises
    ------
    FolderError
        When there is a result and ``force`` is not given, or something that is not a result.
    """
    target = Path(folder)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise FolderError(f"{target} is not a folder; choose another --out")
    if not target.exists():
        _check_writable(target)
    elif (target / manifest).is_file():
        if not force:
            raise FolderError(
                f"{target} holds a result already; replace it with --force or choose another --out"
            )
    elif any(target.iterdir()):
        raise FolderError(f"{target} holds files that are not a result of ipsim; choose another --out")
    return target


def check_free(folder: Path, table: str, force: bool) -> None:
    """Make sure that an analysis may write its table into a study's folder.

    Raises
    ------
    FolderError
        When there is one already and ``force`` is not given.
    """
    if (folder / table).exists() and not force:
        raise FolderError(f"{folder} holds {table} already; replace it with --force")


def _check_writable(target: Path) -> None:
    nearest = next(parent for parent in target.absolute().parents if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise FolderError(f"{target} can't be made: {nearest} is not a folder that you can write to")


@contextmanager
def written_whole(folder: str | Path, force: bool = False, manifest: str = MANIFEST) -> Iterator[Path]:
    """Give a folder to write into; when all went well it takes the place of ``folder``.

    The work is done in a hidden folder beside it, so that the last step is a rename on one disk. Whatever
    stops the work, an interrupt too, leaves nothing new behind.

    Raises
    ------
    FolderError
        As `check_folder` does, and when the disk refuses.
    """
    target = check_folder(folder, force, manifest)
    with _hidden(target, target.parent) as work:
        new = work / "new"
        new.mkdir()
        yield new
        if target.exists():
            target.rename(work / "old")
        try:
            new.rename(target)
        except BaseException:
            if (work / "old").exists():
                (work / "old").rename(target)
            raise


@contextmanager
def written_into(folder: Path) -> Iterator[Path]:
    """Give a folder to write into; when all went well its files take their places in ``folder``.

    Raises
    ------
    FolderError
        When the disk refuses; nothing has changed then.
    """
    with _hidden(folder, folder) as work:
        yield work
        for file in sorted(path for path in work.rglob("*") if path.is_file()):
            place = folder / file.relative_to(work)
            place.parent.mkdir(exist_ok=True)
            file.replace(place)


@contextmanager
def _hidden(target: Path, parent: Path) -> Iterator[Path]:
    """Give a hidden folder in ``parent``, gone afterwards; the disk's refusals are said of ``target``."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=parent))
    except OSError as error:
        raise FolderError(f"{target} can't be written: {error.strerror}") from error
    try:
        yield work
    except OSError as error:
        raise FolderError(f"{target} can't be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OSError
        When the disk refuses; nothing is left then.
    """
    with written_beside(path) as beside:
        beside.write_bytes(data)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a place beside ``path`` to write to; when all went well it is made sure of and renamed.

    Raises
    ------
    OSError
        When the disk refuses; nothing is left then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")  # readers of a folder leave out names with a dot
    try:
        yield beside
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
