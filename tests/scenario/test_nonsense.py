"""Whatever is written, the answer is a scenario or an error that says what is wrong."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipsim.scenario import LEVERS, Fault, Scenario, ScenarioError, load, load_text

WORDS = sorted(
    {part for key in LEVERS for part in key.split(".")}
    | {"extends", "city", "name", "description", "assumptions", "horizon", "end", "value", "ramp"}
    | {"source", "range", "assumption", "2016", "2021-07", "management", "jinhua", "industries", "key"}
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(WORDS)
)
KEYS = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(sorted(LEVERS)), st.integers(1990, 2040), st.text(max_size=6)
)
NESTED = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
SECTIONS = st.fixed_dictionaries(
    {"extends": st.sampled_from(["jinhua", "strict-2020"])},
    optional=dict.fromkeys(
        ("policy", "national", "city", "horizon", "assumptions", "name", "description"), NESTED
    ),
)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(attempt: Callable[[], Scenario]) -> Scenario | list[Fault]:
    """The scenario, or the faults; any other exception fails the test."""
    try:
        return attempt()
    except ScenarioError as error:
        return error.faults


@QUICK
@given(st.one_of(SECTIONS, st.dictionaries(KEYS, NESTED, max_size=4)))
def test_any_mapping(mapping: dict[Any, Any]) -> None:
    found = outcome(lambda: load(mapping))
    if isinstance(found, Scenario):
        assert load_text(found.text) == found
    else:
        assert found and all(fault.message for fault in found)


@QUICK
@given(st.one_of(st.text(max_size=200), st.text(alphabet="{}[]:-,&*!|>'\"#% \n\tae1.?", max_size=80)))
def test_any_text(text: str) -> None:
    assert outcome(lambda: load_text(text))


@QUICK
@given(st.dictionaries(KEYS.map(str), NESTED, max_size=3))
def test_any_replacement(changes: dict[str, Any]) -> None:
    jinhua = load("jinhua")
    found = outcome(lambda: jinhua.replace(changes))
    if not isinstance(found, Scenario):
        assert {fault.file for fault in found} <= {"--set", "scenarios/cities/jinhua.yaml"}
