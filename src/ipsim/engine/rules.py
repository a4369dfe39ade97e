"""Rules: plain functions on rows, compiled, and replaceable one by one.

A rule reads like the method of an agent. ``@rule`` compiles it; a mechanism's loop
inlines it. `replaced` rebuilds a loop in plain Python with some rules swapped, so
that anyone can try a rule of their own without touching the package.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numba

from ipsim.engine import compiling

F = TypeVar("F", bound=Callable[..., Any])

#: The import of ``compiling`` sets the cache folder before anything is compiled.
CACHE = compiling.CACHE


def rule(function: F) -> F:
    """Compile a rule; with ``NUMBA_DISABLE_JIT=1`` it stays plain Python."""
    return numba.njit(_nrt=False)(function)


def act(function: F) -> F:
    """Compile what one agent does in a mechanism, always inlined into the loop.

    Without that every call hands over all tables of the city, which costs some 300 ns,
    far more than most agents' quarter.
    """
    return numba.njit(_nrt=False, forceinline=True)(function)


def loop(function: F) -> F:
    """Compile an entry point and keep it on disk."""
    return numba.njit(_nrt=False, cache=True)(function)


def plain(function: Any) -> Any:
    """Return the Python function behind a rule."""
    return getattr(function, "py_func", function)


def rule_names(function: Any) -> set[str]:
    """Return the names of all rules that ``function`` calls, directly or not."""
    found: set[str] = set()
    _collect(plain(function), found)
    return found


def _called(function: Any) -> dict[str, Any]:
    scope = function.__globals__
    return {
        name: scope[name]
        for name in function.__code__.co_names
        if name in scope and _is_ours(scope[name])
    }


def _is_ours(thing: Any) -> bool:
    function = plain(thing)
    return isinstance(function, types.FunctionType) and not hasattr(thing, "__wrapped_draw__")


def _collect(function: Any, found: set[str]) -> None:
    for name, thing in _called(function).items():
        if name not in found:
            found.add(name)
            _collect(plain(thing), found)


def replaced(function: Any, replacements: Mapping[str, Callable[..., Any]]) -> Any:
    """Return ``function`` with the named rules replaced, as plain Python where needed.

    A rule that does not reach a replaced one stays compiled. Nothing in the package
    changes: the copies have a scope of their own.
    """
    if not rule_names(function) & set(replacements):
        return function
    source = plain(function)
    scope = dict(source.__globals__)
    for name, thing in _called(source).items():
        scope[name] = replacements.get(name) or replaced(thing, replacements)
    copy = types.FunctionType(
        source.__code__, scope, source.__name__, source.__defaults__, source.__closure__
    )
    copy.__doc__ = source.__doc__
    return copy
