"""The tables of a recorded run: a row an enterprise's life, a filing, a case, a happening."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

NEVER = -32000
"""A quarter that has not come, as in the ledger."""

LIFE = np.dtype(
    [
        ("key", "i8"),  # stable key of the agent
        ("row", "i4"),  # its row in the model's table
        ("generation", "i2"),  # how many enterprises the row held before
        ("industry", "i2"),
        ("stage", "u1"),
        ("size_class", "u1"),
        ("exporter", "u1"),
        ("status", "u1"),  # at the end: 1 alive, 2 closed, 3 failed
        ("bank", "i2"),
        ("born", "i2"),  # quarter of founding, below nought before the run
        ("first", "i2"),  # first and last quarter in which it is seen
        ("last", "i2"),
        ("place", "i4"),  # its place among the enterprises of its industry and stage
    ]
)
"""One enterprise from its founding to its end; a row of the model's table may hold several in turn."""

STATE = np.dtype(
    [
        ("revenue", "f4"),  # million RMB/quarter
        ("debt", "f4"),  # million RMB
        ("research", "f4"),  # million RMB/quarter
        ("cash", "f4"),  # million RMB
        ("subsidy", "f4"),  # million RMB/quarter
        ("copy_loss", "f4"),  # million RMB/year
        ("copy_hazard", "f4"),  # beliefs: chance a year of being copied,
        ("redress", "f4"),  # share of a loss that is recovered,
        ("punish", "f4"),  # chance a year that a copier is made to pay
        ("inventions", "u2"),
        ("utility_models", "u2"),
        ("designs", "u2"),
        ("filed", "u2"),  # filings of the quarter
        ("trifles", "u2"),  # of these, made for the reward alone or split off
        ("copied_by", "u2"),
        ("quality", "u1"),  # mean quality score of inventions and utility models in force, 255 for none
        ("flags", "u1"),
    ]
)
"""An enterprise at the end of a quarter."""

NO_QUALITY = 255
RESEARCHES, HIGH_TECH, COPIES, DISPUTES, DISTRESS, GONE = 1, 2, 4, 8, 16, 32
"""Bits of ``flags``: does research, recognised, copies, has a case, short of cash, closed in this quarter."""

FILING = np.dtype(
    [
        ("key", "i8"),
        ("owner", "i4"),  # life of an enterprise, or university
        ("first_owner", "i4"),
        ("agency", "i2"),
        ("industry", "i2"),
        ("filed", "i2"),
        ("decided", "i2"),  # quarter of grant or refusal
        ("ended", "i2"),  # quarter in which it lapsed
        ("kind", "u1"),  # 0 invention, 1 utility model, 2 design
        ("university", "u1"),  # 1 if a university filed it
        ("granted", "u1"),
        ("trifle", "u1"),
        ("joint", "u1"),
        ("rapid", "u1"),
        ("abroad", "u1"),
        ("in_use", "u1"),
        ("licensed", "u1"),  # of universities': sold or licensed
        ("quality", "f4"),  # log points
        ("worth", "f4"),  # million RMB a year, if used without copying
    ]
)
"""One filing, from the day of filing to the end of the patent."""

CASE = np.dtype(
    [
        ("plaintiff", "i4"),
        ("defendant", "i4"),
        ("body", "u1"),
        ("won", "u1"),
        ("filed", "i2"),
        ("decided", "i2"),
        ("loss", "f4"),  # million RMB/year
        ("damages", "f4"),  # million RMB
    ]
)
"""One dispute before a body."""

HAPPENING = np.dtype(
    [
        ("quarter", "i2"),
        ("kind", "u1"),
        ("who", "i4"),  # life of an enterprise
        ("other", "i4"),  # the other party, -1 for none
        ("amount", "f4"),  # million RMB, or what the kind says
    ]
)
"""What an enterprise met or did in a quarter, beyond filings and cases."""


class Kind(IntEnum):
    """What happened; ``other`` is the bank, the other enterprise or the university."""

    FOUNDED = 1
    CLOSED = 2
    FAILED = 3
    LOAN = 4
    REPAID = 5
    DEFAULTED = 6
    PROLONGED = 7
    COPY_BEGUN = 8
    COPY_FOUND = 9
    COPY_LICENSED = 10
    COPY_GIVEN_UP = 11
    TAKEN_OVER = 12
    BOUGHT = 13
    RECOGNISED = 14
    NO_LONGER_RECOGNISED = 15
    RESEARCH_BEGUN = 16
    RESEARCH_ENDED = 17
    COPY_STOPPED = 18
