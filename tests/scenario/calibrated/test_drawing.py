"""Members of an ensemble in scenarios: what they move, what wins over them, and what is written down."""

import pickle
import time
from pathlib import Path
from typing import Any

import pytest

from ipsim.scenario import Scenario, ScenarioError, city_names, load, load_text, schema
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.calibrated import UNCALIBRATED, Ensemble, read_ensemble, shipped_ensemble
from tests.scenario.calibrated.written import write_ensemble

SHIPPED = shipped_ensemble()
SHARED = [key for key in SHIPPED.keys if key.startswith("assumptions.")]
OTHER = next(f"assumptions.{key}" for key in ASSUMPTIONS if f"assumptions.{key}" not in SHIPPED.keys)
STAFF = "policy.protection.enforcement_staff"
FIGURE = "jinhua:patents.stock_growth"


def value_of(scenario: Scenario, key: str) -> float:
    """Return a parameter of a scenario by its key in an ensemble."""
    city, _, path = key.partition(":")
    if not path:
        return scenario.assumptions[key.removeprefix("assumptions.")]
    assert city == scenario.city.key
    thing: Any = scenario.city
    for part in path.split("."):
        if isinstance(thing, tuple):
            thing = next(item for item in thing if item.key == part)
        else:
            thing = getattr(thing, part)
    return thing.value


def small(tmp_path: Path, **values: list[float]) -> Ensemble:
    """Return an ensemble of a figure of Jinhua: the central value, then those of the members."""
    keys = {"growth": FIGURE, "blocking": "assumptions.blocking", "trade": "jinhua:industries.hardware.share"}
    rows = [
        {keys[name]: values[name][row] for name in values} for row in range(len(next(iter(values.values()))))
    ]
    tmp_path.mkdir(exist_ok=True)
    return read_ensemble(write_ensemble(tmp_path, rows[0], rows[1:], {}))


@pytest.fixture(scope="module")
def jinhua() -> Scenario:
    return load("jinhua")


@pytest.mark.parametrize("name", city_names())
def test_the_central_set_is_in_use_unless_another_is_drawn(name: str) -> None:
    city = load(name)
    here = [key for key in SHIPPED.keys if ":" not in key or key.startswith(f"{name}:")]
    assert city.drawn_keys == tuple(here)
    assert city.member is None
    assert {key: value_of(city, key) for key in here} == {key: SHIPPED.values()[key] for key in here}
    for number in (1, len(SHIPPED)):
        drawn = city.drawn(number)
        assert drawn.member == number
        assert {key: value_of(drawn, key) for key in here} == {
            key: SHIPPED.values(number)[key] for key in here
        }
        assert drawn.assumptions[OTHER[12:]] == city.assumptions[OTHER[12:]]
        # Staff at a place of the dial follows the posts of the profile, a figure of the city.
        posts = [one.city.enforcement.administrative_posts.value for one in (drawn, city)]
        staff = [one.policy[STAFF].points[0].value for one in (drawn, city)]
        assert staff[0] / staff[1] == pytest.approx(posts[0] / posts[1], rel=1e-12)
        assert {**drawn.policy, STAFF: None} == {**city.policy, STAFF: None}


def test_members_go_round(jinhua: Scenario) -> None:
    count = len(SHIPPED)
    assert jinhua.drawn(count + 1) == jinhua.drawn(1) != jinhua
    assert [SHIPPED.member_of(seed) for seed in (1, count, count + 1, 0)] == [1, count, 1, count]
    with pytest.raises(ValueError, match="from 1"):
        jinhua.drawn(0)


def test_what_is_given_wins_over_draws(tmp_path: Path) -> None:
    ensemble = small(tmp_path, growth=[0.1, 0.2], blocking=[0.4, 0.6])
    plain = load("jinhua", ensemble)
    by_set = plain.replace({"assumptions.blocking": 0.3, "city.patents.stock_growth": 0.12})
    in_file = load(
        {"extends": "jinhua", "assumptions": {"blocking": 0.3}, "city": {"patents": {"stock_growth": 0.12}}},
        ensemble,
    )
    assert value_of(plain.drawn(1), FIGURE) == 0.2
    for scenario in (by_set, in_file):
        assert scenario.drawn_keys == ()
        for one in (scenario, scenario.drawn(1)):
            assert (value_of(one, FIGURE), one.assumptions["blocking"]) == (0.12, 0.3)
    assert plain.drawn(1).replace({"assumptions.blocking": 0.3}) == plain.replace(
        {"assumptions.blocking": 0.3}
    ).drawn(1)


def test_giving_the_central_value_is_giving(jinhua: Scenario) -> None:
    key = SHARED[0]
    fixed = jinhua.replace({key: value_of(jinhua, key)})
    assert fixed == jinhua
    assert key not in fixed.drawn_keys
    assert value_of(fixed.drawn(1), key) == value_of(jinhua, key)


def test_a_text_draws_as_the_scenario_it_was_written_from(jinhua: Scenario, tmp_path: Path) -> None:
    key = SHARED[0]
    given: dict[str, object] = {key: value_of(jinhua, key), OTHER: ASSUMPTIONS[OTHER[12:]].low}
    figures = {"city.patents.stock_growth": 0.12, "city.industries.pharmaceuticals.ip_intensity": 1.9}
    ensemble = small(tmp_path, growth=[0.1, 0.2], blocking=[0.4, 0.6])
    for scenario in (
        jinhua,
        load("xiamen"),
        load("strict-2020"),
        jinhua.replace({**given, **figures}),
        jinhua.drawn(2),
        jinhua.replace(given).drawn(2),
        load("jinhua", ensemble.over(SHIPPED)).drawn(1),
    ):
        again = load_text(scenario.text, ensemble=scenario.ensemble)
        assert again == scenario
        assert (again.member, again.pinned) == (scenario.member, scenario.pinned)
        assert again.drawn_keys == scenario.drawn_keys
        for number in (1, 3):
            assert again.drawn(number) == scenario.drawn(number)
            assert load_text(again.drawn(number).text, ensemble=scenario.ensemble) == scenario.drawn(number)
    assert set(given) <= load_text(jinhua.replace(given).text).pinned


def test_a_value_changed_in_the_text_counts_as_given(jinhua: Scenario) -> None:
    known = ASSUMPTIONS[SHARED[0][12:]]
    name, value = known.key, jinhua.assumptions[known.key]
    other = known.low if value != known.low else known.high
    before = [line for line in jinhua.text.splitlines() if line.startswith(f"  {name}: ")]
    changed = load_text(jinhua.text.replace(before[0], f"  {name}: {other!r}"))
    assert changed.drawn(1).assumptions[name] == other
    assert changed.pinned == {SHARED[0]}


def test_a_what_if_builds_on_a_text(jinhua: Scenario, tmp_path: Path) -> None:
    name = SHARED[0][12:]
    (tmp_path / "shown.yaml").write_text(jinhua.text, encoding="utf-8")
    given = {"assumptions": {name: ASSUMPTIONS[name].high}, "city": {"patents": {"stock_growth": 0.12}}}
    what_if = load({"extends": str(tmp_path / "shown.yaml"), **given})
    assert what_if.drawn(2) == load({"extends": "jinhua", **given}).drawn(2)
    assert what_if.drawn_keys == tuple(key for key in jinhua.drawn_keys if key not in (SHARED[0], FIGURE))


def test_the_schema_knows_the_key(jinhua: Scenario) -> None:
    known = schema()["properties"]["calibration"]["properties"]
    lines = jinhua.replace({SHARED[0]: value_of(jinhua, SHARED[0])}).drawn(1).text.splitlines()
    start = lines.index("calibration:") + 1
    written = [line.split(":")[0].strip() for line in lines[start : start + 3]]
    assert written == list(known) == ["ensemble", "member", "given"]


def test_a_text_without_the_key_gives_all_its_values(jinhua: Scenario) -> None:
    text = jinhua.drawn(2).text
    start = text.index("calibration:")
    plain = load_text(text[:start] + text[text.index("policy:") :])
    assert plain == jinhua.drawn(2)
    assert plain.drawn_keys == ()
    assert plain.drawn(1) is plain


def test_uncalibrated_takes_values_as_written_whatever_ensemble_they_are_of(jinhua: Scenario) -> None:
    text = jinhua.drawn(2).text.replace(SHIPPED.hash, "0" * 64)
    with pytest.raises(ScenarioError, match="the values here are of ensemble 00000000"):
        load_text(text)
    kept = load_text(text, ensemble=UNCALIBRATED)
    assert kept == jinhua.drawn(2)
    assert kept.replace({"horizon.end": 2020}).drawn(1).drawn_keys == ()
    assert "calibration" not in kept.text


def test_shared_parameters_alone_reach_another_profile(tmp_path: Path) -> None:
    text = (Path(load("jinhua").layers[0].folder) / "jinhua.yaml").read_text(encoding="utf-8")
    (tmp_path / "jinhua.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "ningbo.yaml").write_text(text.replace("key: jinhua", "key: ningbo"), encoding="utf-8")
    for path in (tmp_path / "jinhua.yaml", tmp_path / "ningbo.yaml"):
        own = load(path)
        assert own.drawn_keys == tuple(SHARED)
        again = load_text(own.text)
        assert (again.drawn(1), again.drawn_keys) == (own.drawn(1), own.drawn_keys)


def test_an_ensemble_of_ones_own_speaks_of_every_profile_of_its_city(tmp_path: Path) -> None:
    text = (Path(load("jinhua").layers[0].folder) / "jinhua.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    ensemble = small(tmp_path, growth=[0.1, 0.2, 0.15]).over(SHIPPED)
    mine = load(tmp_path / "mine.yaml", ensemble)
    assert set(mine.drawn_keys) == {*SHARED, FIGURE}
    assert [value_of(mine.drawn(n), FIGURE) for n in (1, 2, 3)] == [0.2, 0.15, 0.2]
    assert mine.drawn(3).assumptions == load("jinhua").drawn(3).assumptions
    assert load("jinhua").calibrated(ensemble) == load("jinhua", ensemble)


def test_a_member_outside_the_range_of_the_profile_is_a_fault(tmp_path: Path) -> None:
    ensemble = small(tmp_path, growth=[0.1, 0.9])
    assert value_of(load("jinhua", ensemble), FIGURE) == 0.1
    with pytest.raises(ScenarioError, match=r"ensemble\.csv:3: city\.patents\.stock_growth.*0\.9 is outside"):
        load("jinhua", ensemble).drawn(1)


def test_a_figure_that_the_city_does_not_have_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"ensemble\.csv:2: jinhua:industries\.hardwar.*no 'hardwar'"):
        load("jinhua", _renamed(small(tmp_path, trade=[0.2, 0.2]), "jinhua:industries.hardwar.share"))


def _renamed(ensemble: Ensemble, key: str) -> Ensemble:
    from dataclasses import replace

    return replace(ensemble, keys=(key,), own=frozenset({key}))


def test_notes_say_what_is_calibrated(jinhua: Scenario) -> None:
    known = ASSUMPTIONS[SHARED[0][12:]]
    said = f"calibrated (ensemble {SHIPPED.short}), prior {known.low:g} to {known.high:g}"
    for scenario in (jinhua, load_text(jinhua.text)):
        assert scenario.source_note(known.key) == f"{said}; {known.source}"
        assert said in scenario.text
    assert jinhua.replace({SHARED[0]: known.value}).source_note(known.key) == "--set"


def test_a_figure_keeps_its_reason_and_its_range(tmp_path: Path) -> None:
    before = load("jinhua", UNCALIBRATED).city.patents.stock_growth
    ensemble = small(tmp_path, growth=[0.1, 0.2])
    figure = load("jinhua", ensemble).drawn(1).city.patents.stock_growth
    assert (figure.value, figure.range, figure.cited) == (0.2, before.range, False)
    assert figure.assumption == (
        f"calibrated (ensemble {ensemble.short}), prior 0.08 to 0.28; {before.assumption}"
    )
    again = load_text(load("jinhua", ensemble).text, ensemble=ensemble).drawn(1)
    assert again.city.patents.stock_growth == figure


def test_drawing_and_sending_cost_little(jinhua: Scenario) -> None:
    assert pickle.loads(pickle.dumps(jinhua)).ensemble is SHIPPED
    jinhua.drawn(1)
    start = time.process_time()
    for number in range(1, 21):
        jinhua.drawn(number)
    assert (time.process_time() - start) / 20 < 0.005
