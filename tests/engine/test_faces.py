"""Rows as Mesa agents: made when asked for, reading and writing the table."""

import gc
import weakref
from collections.abc import Mapping
from typing import Any, NamedTuple

import mesa
import numpy as np
import pytest
from numpy.typing import NDArray

from ipsim.engine.faces import Face, FacedModel, GoneError
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.records import FLAG, FLOAT, KEY, Field, Record
from ipsim.engine.rules import loop, rule

SHEEP = Record(
    "sheep",
    Field("key", KEY, "-", "stable key"),
    Field("alive", FLAG, "-", "1 if alive", 1),
    Field("wool", FLOAT, "kg", "wool on it"),
)
DOG = Record("dog", Field("key", KEY, "-", "stable key"), Field("barks", FLOAT, "count", "barks"))


class Farm(NamedTuple):
    flock: Any
    dogs: Any


@rule
def grow(farm: Any, i: int) -> None:
    farm.flock[i].wool += 1.0 + farm.flock[i].key


@loop
def grow_all(farm: Any) -> None:
    for i in range(len(farm.flock)):
        grow(farm, i)


@rule
def doubled(sheep: Any, more: float) -> float:
    return 2.0 * sheep.wool + more


class Sheep(Face, record=SHEEP, over="flock"):
    """A sheep."""

    @classmethod
    def living(cls, table: Any) -> NDArray[np.int64]:
        return np.flatnonzero(table.alive == 1)


class Dog(Face, record=DOG, over="dogs"):
    """A dog."""


class FarmModel(FacedModel):
    kinds = (Sheep, Dog)

    def __init__(self) -> None:
        super().__init__(seed=3)
        self.farm = Farm(SHEEP.table(4), DOG.table(1))
        self.farm.flock.key[:] = np.arange(4)

    @property
    def tables(self) -> Mapping[str, Any]:
        return self.farm._asdict()

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        return (Mechanism("growing", "flock", grow, grow_all),)

    def seen_by(self, mechanism: Mechanism | None) -> Farm:
        return self.farm


def sheep_of(model: FarmModel) -> list[Any]:
    return list(model.agents_by_type[Sheep])


def test_an_attribute_is_the_field_of_the_row() -> None:
    model = FarmModel()
    sheep = sheep_of(model)[2]
    sheep.wool = 5
    assert model.farm.flock.wool.tolist() == [0, 0, 5, 0]
    model.farm.flock.wool[2] = 6.5
    assert sheep.wool == 6.5 and isinstance(sheep.wool, float)
    assert sheep.row == 2 and sheep.state.wool == 6.5
    with pytest.raises(AttributeError):
        sheep.feathers  # noqa: B018


def test_docs_come_from_the_declaration() -> None:
    assert "wool\n        wool on it (kg)" in (Sheep.__doc__ or "")
    assert Sheep.wool.__doc__ == "wool on it (kg)"  # pyright: ignore[reportAttributeAccessIssue]


def test_agents_are_made_when_asked_for_and_once() -> None:
    model = FarmModel()
    assert not any(model._faces.values())
    first = sheep_of(model)
    assert not model._faces[Dog]
    assert [a is b for a, b in zip(first, sheep_of(model), strict=True)] == [True] * 4
    assert len(model.agents) == 5
    assert len({agent.unique_id for agent in model.agents}) == 5


def test_only_the_living_are_shown() -> None:
    model = FarmModel()
    first, second, *_ = sheep_of(model)
    first.alive = 0
    assert first not in sheep_of(model) and second in sheep_of(model)
    assert len(model.agents) == 4
    first.alive = 1
    assert len(model.agents) == 5


def test_a_face_whose_row_was_given_away_says_so() -> None:
    model = FarmModel()
    sheep = sheep_of(model)[0]
    model.farm.flock.key[0] = 99
    with pytest.raises(GoneError, match="holds another sheep"):
        sheep.wool  # noqa: B018
    assert sheep not in sheep_of(model)
    assert sheep_of(model)[-1].key == 99


def test_agents_act_like_the_compiled_loop() -> None:
    one, other, third = FarmModel(), FarmModel(), FarmModel()
    one.mechanisms[0].loop(one.farm)
    other.agents_by_type[Sheep].shuffle_do("act", "growing")
    third.perform(third.mechanism("growing"), order=lambda rows: rows[::-1])
    assert one.farm.flock.wool.tolist() == other.farm.flock.wool.tolist() == third.farm.flock.wool.tolist()
    other.agents.do("step")
    one.mechanisms[0].loop(one.farm)
    assert one.farm.flock.wool.tolist() == other.farm.flock.wool.tolist()


def test_single_rules_can_be_called() -> None:
    model = FarmModel()
    sheep = sheep_of(model)[1]
    sheep.call(grow)
    assert sheep.wool == 2.0
    assert sheep.call(doubled, 0.5) == 4.5


def test_a_wrong_mechanism_is_named() -> None:
    model = FarmModel()
    with pytest.raises(ValueError, match="'growing' is not done by a dog"):
        next(iter(model.agents_by_type[Dog])).act("growing")
    with pytest.raises(ValueError, match="no mechanism 'growling'; there are growing"):
        sheep_of(model)[0].act("growling")


def test_mesa_tools_work() -> None:
    model = FarmModel()
    model.agents_by_type[Sheep].do("act", "growing")
    assert model.agents_by_type[Sheep].get("wool") == [1.0, 2.0, 3.0, 4.0]
    assert model.agents_by_type[Sheep].agg("wool", sum) == 10.0
    heavy = model.agents.select(lambda agent: isinstance(agent, Sheep) and agent.wool > 2.5)
    assert len(heavy) == 2
    assert set(model.agents_by_type) == {Sheep, Dog} == set(model.agent_types)


def test_agents_of_a_users_own_live_beside() -> None:
    class Shepherd(mesa.Agent):
        pass

    model = FarmModel()
    shepherd = Shepherd(model)
    assert list(model.agents_by_type[Shepherd]) == [shepherd]
    assert len(model.agents) == 6 and Shepherd in model.agents_by_type
    shepherd.remove()
    getattr(mesa.Agent, "_ids", {}).pop(model, None)


@pytest.mark.parametrize("asked", [False, True])
def test_a_dropped_model_is_freed(asked: bool) -> None:
    model = FarmModel()
    if asked:
        assert len(model.agents) == 5
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_names_that_mesa_uses_are_refused() -> None:
    bad = Record("cow", Field("key", KEY, "-", ""), Field("model", FLOAT, "-", ""))
    with pytest.raises(TypeError, match="agents have attributes of that name: model"):

        class Cow(Face, record=bad, over="cows"):
            pass
