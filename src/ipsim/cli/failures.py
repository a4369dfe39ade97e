"""How failures are said: one line each, on standard error, with the exit status of their kind."""

from __future__ import annotations

import os
import sys
import traceback

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


def report_failure(error: Exception) -> int:
    """Say what went wrong and return the exit status."""
    from ipsim.scenario.errors import ScenarioError

    if isinstance(error, ScenarioError):
        for fault in error.faults:
            sys.stderr.write(f"{fault}\n")
        return BAD_INPUT
    from ipsim.study.errors import ExecutorError, FolderError, RunError

    if isinstance(error, FolderError | ExecutorError):
        sys.stderr.write(f"ipsim: {_one_line(error)}\n")
        return BAD_INPUT
    if isinstance(error, RunError):
        sys.stderr.write(f"ipsim: {_one_line(error)}\n")
        return FAILED
    return _report_surprise(error)


def _report_surprise(error: Exception) -> int:
    """Nobody foresaw this one: name its kind, and show where it came from to those who ask."""
    if os.environ.get("IPSIM_DEBUG"):
        traceback.print_exception(error)
    kind = type(error).__name__
    sys.stderr.write(f"ipsim: {kind}: {_one_line(error)} (IPSIM_DEBUG=1 shows where)\n")
    return FAILED


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or "no reason was given"
