"""Rules: plain functions on rows, compiled, and replaceable one by one.

A rule reads like the method of an agent. ``@rule`` compiles it; a mechanism's loop
inlines it. `replaced` rebuilds a loop in plain Python with some rules swapped, so
that anyone can try a rule of their own without touching the package.
"""

from __future__ import annotations

import dis
import types
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import numba

from ipsim.engine import compiling

F = TypeVar("F", bound=Callable[..., Any])

#: The import of ``compiling`` sets the cache folder before anything is compiled.
CACHE = compiling.CACHE

#: Numba knows options that its type hints don't.
_njit: Any = numba.njit


def rule(function: F) -> F:
    """Compile a rule; with ``NUMBA_DISABLE_JIT=1`` it stays plain Python.

    Rules allocate nothing, so Numba need not count references (``_nrt=False``). With
    counts, every call that hands over the tables of a city costs some 300 ns, more than
    most agents' whole quarter.
    """
    return _njit(_nrt=False)(function)


def act(function: F) -> F:
    """Compile what one agent does in a mechanism, always inlined into the loop."""
    return _njit(_nrt=False, forceinline=True)(function)


def compiled_rule(function: F) -> F:
    """Compile a rule that stays compiled when those that call it run as plain Python."""
    function.__dict__["stays_compiled"] = True
    return _njit(_nrt=False)(function)


def loop(function: F) -> F:
    """Compile an entry point and keep it on disk."""
    return _njit(_nrt=False, cache=True)(function)


def plain(function: Any) -> Any:
    """Return the Python function behind a rule."""
    return getattr(function, "py_func", function)


def rule_names(function: Any) -> set[str]:
    """Return the names of all rules that ``function`` calls, directly or not."""
    found: set[str] = set()
    _collect(plain(function), found)
    return found


def _global_names(code: types.CodeType) -> Iterator[str]:
    """Return names that are looked up in the module; attributes of the same name are not."""
    for instruction in dis.get_instructions(code):
        if instruction.opname == "LOAD_GLOBAL":
            yield instruction.argval
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _global_names(inner)


@lru_cache(maxsize=4096)
def _called(function: types.FunctionType) -> Mapping[str, Any]:
    scope = function.__globals__
    return {
        name: scope[name]
        for name in _global_names(function.__code__)
        if isinstance(plain(scope.get(name)), types.FunctionType)
    }


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
    return _copied(function, lambda thing: bool(rule_names(thing) & set(replacements)), replacements)


@lru_cache(maxsize=256)
def interpreted(function: Any) -> Any:
    """Return ``function`` and all rules that it calls as plain Python.

    The results are the same to the last bit, and nothing has to be compiled for one
    agent. Draws stay compiled; a plain function of a user's own is returned as it is.
    """
    return _copied(function, _can_be_interpreted, {}) if _can_be_interpreted(function) else function


def _can_be_interpreted(function: Any) -> bool:
    if hasattr(function, "py_func"):
        return not hasattr(plain(function), "stays_compiled")
    return hasattr(function, "is_copy")


def _copied(
    function: Any, wanted: Callable[[Any], bool], replacements: Mapping[str, Callable[..., Any]]
) -> Any:
    """Copy ``function`` and the rules below it that are ``wanted``, each once."""
    copies: dict[Any, Any] = {}

    def copy_of(thing: Any) -> Any:
        source = plain(thing)
        if source not in copies:
            scope = dict(source.__globals__)
            copies[source] = types.FunctionType(
                source.__code__, scope, source.__name__, source.__defaults__, source.__closure__
            )
            copies[source].__doc__ = source.__doc__
            copies[source].__dict__["is_copy"] = True
            for name, called in _called(source).items():
                if name in replacements:
                    scope[name] = replacements[name]
                elif wanted(called):
                    scope[name] = copy_of(called)
        return copies[source]

    return copy_of(function)
