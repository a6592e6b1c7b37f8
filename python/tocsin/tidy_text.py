"""A table of events as the text of a file: with its optional columns it is read like one."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from tocsin import frames
from tocsin.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["csv_of", "refuse_numbers"]


def refuse_numbers(table: frames.Columns, names: Mapping[str, str]) -> None:
    """Raise ParseError where codes or actors are numbers, which are not the codes that they look like."""
    code = names.get("code", "code")
    if code in table:
        frames.texts([value if _cell(value) else "" for value in table[code]], code, "table")
    # A column of numbers with gaps: 750 has become 750.0, which is nobody.
    for name in (names.get("source", "source"), names.get("target", "target")):
        for row, value in enumerate(table.get(name, ())):
            if isinstance(value, float) and _cell(value):
                where = f'table:{row + 1}: column "{name}" holds {value!r}'
                raise ParseError(f"{where}, expected the name of an actor; read codes as texts", "table", row + 1)


def csv_of(columns: frames.Columns) -> bytes:
    """The file that the columns would be."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(zip(*(map(_cell, values) for values in columns.values()), strict=True))
    return text.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(dt.UTC)
    # Missing values are of many types: one of pandas compares with nothing, and the others are not equal to themselves.
    # A timestamp begins with its day.
    return "" if value is None or type(value).__name__ == "NAType" or value != value else str(value)
