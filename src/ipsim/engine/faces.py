"""Faces: every row of a table is also a Mesa agent, made when somebody asks for it.

A face holds no state: reading or writing one of its attributes reads or writes the
row. Mesa is used for its Model, Agent and AgentSet alone, and only in this file.
"""

from __future__ import annotations

import inspect
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

import mesa
import numpy as np
from numpy.typing import NDArray

from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.records import Field, Record
from ipsim.engine.rules import interpreted, plain


class GoneError(LookupError):
    """The agent is no longer there: its row holds another one."""


class FieldOfRow:
    """An attribute of a face: one field of its row."""

    def __init__(self, field: Field) -> None:
        self.name = field.name
        self.__doc__ = f"{field.meaning} ({field.unit})"

    def __get__(self, face: Face | None, owner: type[Face]) -> Any:
        """Return the value in the row, as a Python number."""
        return self if face is None else face.live_table()[self.name][face.row].item()

    def __set__(self, face: Face, value: float) -> None:
        """Write the value into the row."""
        face.live_table()[self.name][face.row] = value


class Face(mesa.Agent):
    """A row as a Mesa agent.

    A subclass names its record and the table that holds its rows::

        class Sheep(Face, record=SHEEP, over="sheep"): ...

    Attributes
    ----------
    row
        Number of the row.
    """

    record: ClassVar[Record]  #: what is declared of its kind
    over: ClassVar[str]  #: the table that holds its rows

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init_subclass__(cls, record: Record, over: str, **others: Any) -> None:
        super().__init_subclass__(**others)
        cls.record, cls.over = record, over
        of_agents = {*dir(Face), "model", "pos", "row", "unique_id"}
        taken = [field.name for field in record if field.name in of_agents]
        if taken:
            raise TypeError(f"{record.name}: agents have attributes of that name: {', '.join(taken)}")
        for field in record:
            setattr(cls, field.name, FieldOfRow(field))
        lines = [f"{field.name}\n    {field.meaning} ({field.unit})" for field in record]
        indented = "\n".join(lines).replace("\n", "\n    ")
        head = cls.__doc__ or f"One {record.name}."
        cls.__doc__ = f"{head}\n\n    Attributes\n    ----------\n    {indented}\n    "

    def __init__(self, model: FacedModel, row: int) -> None:
        super().__init__(model)
        # Mesa 3.3 counts agents in a table of all models, which keeps every model for ever.
        getattr(mesa.Agent, "_ids", {}).pop(model, None)
        self.row = row
        self._faced = model
        self._key = int(model.tables[self.over].key[row])
        self.unique_id = self._key * len(model.kinds) + model.kinds.index(type(self))

    def __repr__(self) -> str:
        """Return kind, key and row."""
        return f"<{type(self).__name__} {self._key} in row {self.row}>"

    @classmethod
    def living(cls, table: Any) -> NDArray[np.int64]:
        """Return the rows of the agents that are there."""
        return np.arange(len(table))

    def live_table(self) -> Any:
        """Return the table, if the row is still this agent's.

        Raises
        ------
        GoneError
            If the row was given to another agent.
        """
        table = self._faced.tables[self.over]
        if table.key[self.row] != self._key:
            raise GoneError(f"{self!r} is gone: its row holds another {self.record.name}")
        return table

    @property
    def state(self) -> Any:
        """The row itself, as rules see it: reads and writes go to the table."""
        return self.live_table()[self.row]

    def act(self, mechanism: str) -> None:
        """Do what the mechanism of that name has this agent do in a quarter."""
        self.live_table()
        self._faced.act(mechanism, self)

    def step(self) -> None:
        """Do all that agents of this kind do in a quarter, in the order of the quarter."""
        for mechanism in self._faced.mechanisms:
            if mechanism.over == self.over:
                self.act(mechanism.name)

    def call(self, rule: Callable[..., Any], *others: Any) -> Any:
        """Call one rule for this agent, in plain Python, and return its result.

        A rule on all tables and a row number (its second parameter is ``i``) is given
        both, any other the row; ``others`` follow.
        """
        names = list(inspect.signature(plain(rule)).parameters)
        mine = (self._faced.seen_by(None), self.row) if names[1:2] == ["i"] else (self.state,)
        return interpreted(rule)(*mine, *others)


class FacedModel(mesa.Model):
    """A Mesa model over tables; its agents are made when asked for.

    A subclass says which `kinds` of agents it has, which `mechanisms` there are, and
    what each of them sees.
    """

    kinds: ClassVar[tuple[type[Face], ...]] = ()

    def __init__(self, seed: int) -> None:
        super().__init__(rng=int(seed))
        if not hasattr(self, "_default_schedule"):
            # Before 3.5 Mesa wraps ``step`` to count; the wrapper is a cycle that delays
            # the freeing of a dropped model.
            for name in ("step", "_user_step"):
                vars(self).pop(name, None)
        self._faces: dict[type[Face], dict[int, Face]] = {kind: {} for kind in self.kinds}
        self._shown: dict[type[Face], tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    @property
    @abstractmethod
    def tables(self) -> Mapping[str, Any]:
        """The tables by name."""

    @property
    @abstractmethod
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The quarter, in order."""

    @abstractmethod
    def seen_by(self, mechanism: Mechanism | None) -> Any:
        """Return what a mechanism is given as ``city``; None for a single rule."""

    def mechanism(self, name: str) -> Mechanism:
        """Return the mechanism of that name.

        Raises
        ------
        ValueError
            If there is none.
        """
        for mechanism in self.mechanisms:
            if mechanism.name == name:
                return mechanism
        raise ValueError(f"no mechanism {name!r}; there are {', '.join(m.name for m in self.mechanisms)}")

    def act(self, name: str, face: Face) -> None:
        """Let one agent do what a mechanism says, in plain Python."""
        mechanism = self.mechanism(name)
        if mechanism.over != face.over:
            own = [m.name for m in self.mechanisms if m.over == face.over]
            raise ValueError(f"{name!r} is not done by a {face.record.name}, but: {', '.join(own)}")
        interpreted(mechanism.act)(self.seen_by(mechanism), face.row)

    def perform(self, mechanism: Mechanism, order: Callable[[list[int]], list[int]] | None = None) -> None:
        """Run a mechanism through its agents, one at a time.

        Rows that are no agent (records such as patents, or places that founders may
        fill) act as rows.

        Parameters
        ----------
        mechanism
            One of the quarter's.
        order
            Puts the rows of an order-free mechanism into an order; by number if None.
        """
        rows = list(range(len(self.tables[mechanism.over])))
        if order is not None and mechanism.order == "free":
            rows = list(order(rows))
        faces: dict[int, Face] = {}
        for kind in self.kinds:
            if kind.over == mechanism.over:
                self._show(kind)
                faces = self._faces[kind]
        act, city = interpreted(mechanism.act), self.seen_by(mechanism)
        for row in rows:
            face = faces.get(row)
            if face is None:
                act(city, row)
            else:
                face.act(mechanism.name)

    # -- agents ---------------------------------------------------------------------

    def _show(self, kind: type[Face]) -> None:
        """Make the faces that are missing and remove those of agents that are gone."""
        table = self.tables[kind.over]
        rows = kind.living(table)
        keys = table.key[rows].copy()
        before = self._shown.get(kind)
        if before and np.array_equal(before[0], rows) and np.array_equal(before[1], keys):
            return
        faces, there = self._faces[kind], dict(zip(rows.tolist(), keys.tolist(), strict=True))
        for row in [row for row, face in faces.items() if there.get(row) != face._key]:
            faces.pop(row).remove()
        for row in there:
            if row not in faces:
                faces[row] = kind(self, row)
        self._shown[kind] = (rows, keys)

    @property
    def agents(self) -> Any:
        """All agents that are there now, as Mesa's AgentSet."""
        for kind in self.kinds:
            self._show(kind)
        return super().agents

    @agents.setter
    def agents(self, agents: Any) -> None:
        raise AttributeError("agents are the rows of the tables; they can't be set")

    @property
    def agents_by_type(self) -> Any:
        """AgentSets by class; agents are made for the class asked for."""
        return _ByKind(self)

    def agents_of(self, kind: type[mesa.Agent]) -> Any:
        """Return the AgentSet of one class."""
        if kind in self._faces:
            self._show(cast("type[Face]", kind))
        return super().agents_by_type[kind]

    @property
    def agent_types(self) -> list[type]:
        """Classes of agents: those of the tables, and any that a user has added."""
        added = [kind for kind in super().agents_by_type if kind not in self.kinds]
        return [*self.kinds, *added]


class _ByKind(Mapping[type[mesa.Agent], Any]):
    """Agents by class, made when a class is looked up."""

    def __init__(self, model: FacedModel) -> None:
        self._model = model

    def __getitem__(self, kind: type[mesa.Agent]) -> Any:
        return self._model.agents_of(kind)

    def __iter__(self) -> Iterator[type[mesa.Agent]]:
        return iter(self._model.agent_types)

    def __len__(self) -> int:
        return len(self._model.agent_types)

    def __repr__(self) -> str:
        return f"<agents of {', '.join(kind.__name__ for kind in self)}>"
