"""A CSV file as people save it, from whatever program: its rows with their line numbers."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LARGEST = 20_000_000
"""Bytes; a larger file is no table of published figures."""


class Row(NamedTuple):
    """One row that holds anything: the line it starts on, counted from 1, and its cells."""

    line: int
    cells: list[str]


class UnreadableError(ValueError):
    """The file is no CSV; the message says why."""


def read_rows(path: str | Path) -> list[Row]:
    """Return the rows of a CSV, header first, cells without blanks around them.

    UTF-8 with or without a byte-order mark, UTF-16 with one, and GB 18030 (what Excel
    writes in China) are read; cells may be parted by commas, semicolons or tabs.

    Raises
    ------
    UnreadableError
        When there is no such file, or when it is no text.
    """
    text = _decoded(_bytes(path))
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=lambda mark: (head.count(mark), mark == ","))
    try:
        return list(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise UnreadableError(f"not a CSV: {error}") from error


def _rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    before = 0
    for cells in lines:
        found = [cell.strip() for cell in cells]
        if any(found):
            yield Row(before + 1, found)
        before = getattr(lines, "line_num", before + 1)


def _bytes(path: str | Path) -> bytes:
    try:
        file = Path(path)
        if file.is_dir():
            raise UnreadableError("is a folder, not a CSV file")
        if not file.is_file():
            raise UnreadableError("there is no such file" if not file.exists() else "is not a file")
        if file.stat().st_size > LARGEST:
            raise UnreadableError(f"is larger than {LARGEST // 1_000_000} MB: not a table of figures")
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"can't be read: {error.strerror or error}") from error
    except ValueError as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"can't be read: {error}") from error


def _decoded(data: bytes) -> str:
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableError("is an Excel workbook: save it as CSV (UTF-8)")
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableError("is not a text file; save it as CSV (UTF-8)")
