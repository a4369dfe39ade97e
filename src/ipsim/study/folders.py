"""Result folders: written whole or not at all, and never over an existing result unasked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipsim.study.errors import FolderError

MANIFEST = "run.json"
"""The file that marks a folder as a result."""


def check_folder(folder: str | Path, force: bool = False) -> Path:
    """Make sure that a result may be written to ``folder``, before any time is spent on a run.

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
    elif (target / MANIFEST).is_file():
        if not force:
            raise FolderError(
                f"{target} holds a result already; replace it with --force or choose another --out"
            )
    elif any(target.iterdir()):
        raise FolderError(f"{target} holds files that are not a result of ipsim; choose another --out")
    return target


def _check_writable(target: Path) -> None:
    nearest = next(parent for parent in target.absolute().parents if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise FolderError(f"{target} can't be made: {nearest} is not a folder that you can write to")


@contextmanager
def written_whole(folder: str | Path, force: bool = False) -> Iterator[Path]:
    """Give a folder to write into; when all went well it takes the place of ``folder``.

    The work is done in a hidden folder beside it, so that the last step is a rename on one disk. Whatever
    stops the work, an interrupt too, leaves nothing new behind.

    Raises
    ------
    FolderError
        As `check_folder` does, and when the disk refuses.
    """
    target = check_folder(folder, force)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise FolderError(f"{target} can't be written: {error.strerror}") from error
    try:
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
    except OSError as error:
        raise FolderError(f"{target} can't be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
