"""Where compiled rules are kept, so that a stale one can never be used.

Numba's file cache looks at the file of a function alone and misses a change in a
function that is inlined from another file. The cache folder is therefore named by a
hash of all sources of the package, of Numba's version and of the processor.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm


def _import_numba() -> None:
    """Import Numba without SciPy, which it imports whole (0.3 s) to see whether there is a BLAS.

    Rules use no linear algebra. SciPy can be imported as ever afterwards.
    """
    if "scipy" in sys.modules or "numba" in sys.modules:
        return
    hidden: dict[str, Any] = sys.modules
    hidden["scipy"] = None
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        del hidden["scipy"]


_import_numba()

import numba  # noqa: E402
from numba.core import config  # noqa: E402

_settings: Any = config  #: its names are made when it is imported, unknown to type checkers
_KEPT = 4  #: how many cache folders stay, newest first

#: Folders of the package that hold no rules: a change there asks for no new compilation.
_WITHOUT_RULES = frozenset(
    {"app", "cli", "evidence", "indicators", "published", "report", "scenario", "study"}
)


def jit_is_on() -> bool:
    """Tell whether rules are compiled (``NUMBA_DISABLE_JIT`` is not set)."""
    return not _settings.DISABLE_JIT


def source_hash() -> str:
    """Return a hash of all sources that may hold rules, Numba, Python and the processor."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        if path.relative_to(package).parts[0] in _WITHOUT_RULES:
            continue
        digest.update(str(path.relative_to(package)).encode())
        digest.update(path.read_bytes())
    for part in (numba.__version__, sys.version, llvm.get_host_cpu_name(), str(package)):
        digest.update(part.encode())
    return digest.hexdigest()[:20]


def cache_root() -> Path:
    """Return the folder of all caches: ``IPSIM_CACHE``, else the user's cache folder."""
    given = os.environ.get("IPSIM_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "ipsim"


def _prepare() -> Path:
    folder = cache_root() / source_hash()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
    except OSError:  # a home that can't be written: compile again in every process
        return Path(tempfile.gettempdir()) / f"ipsim-{os.getuid()}" / folder.name
    others = sorted(folder.parent.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in others[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


CACHE = _prepare()
_settings.CACHE_DIR = str(CACHE)


def is_warm() -> bool:
    """Tell whether the whole model was compiled before with these sources."""
    return not jit_is_on() or (CACHE / "warm").exists()


def mark_warm() -> None:
    """Note that the whole model is compiled."""
    if jit_is_on():
        try:
            CACHE.mkdir(parents=True, exist_ok=True)
            (CACHE / "warm").touch()
        except OSError:
            return
