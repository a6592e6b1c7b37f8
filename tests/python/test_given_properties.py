"""Random columns of every type: through Arrow and through plain lists they are the same table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

import tocsin

DAY = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
ZONES = (None, "UTC", "Asia/Kolkata", "America/St_Johns", "-11:00")
INTEGERS = (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
FLOATS = (pa.float32(), pa.float64())
TEXTS = (pa.string(), pa.large_string(), pa.string_view())
NAMES = ("IND", "PAK", "a name of more than twelve bytes", "भारत", "x" * 13)

Column = tuple[list[Any], pa.ChunkedArray]  # as plain values, and as Arrow has them


@st.composite
def chunked(draw: st.DrawFn, array: pa.Array) -> pa.ChunkedArray:
    """The same in chunks, some of them empty, each a slice out of something longer, or a dictionary of its own."""
    cuts = sorted(draw(st.lists(st.integers(0, len(array)), max_size=3)))
    coded = draw(st.booleans()) and not pa.types.is_string_view(array.type)
    chunks = []
    for begin, end in zip([0, *cuts], [*cuts, len(array)], strict=True):
        padded = pa.concat_arrays([array[:1], array[begin:end], array[:1]]).slice(1, end - begin)
        chunks.append(padded.dictionary_encode() if coded else padded)
    return pa.chunked_array(chunks)


@st.composite
def date_column(draw: st.DrawFn, seconds: list[int]) -> Column:
    moments = [DAY + dt.timedelta(seconds=second) for second in seconds]
    days = [moment.date() for moment in moments]
    kind = draw(st.sampled_from(("date32", "date64", "timestamp", "text")))
    if kind == "text":
        return days, draw(chunked(pa.array([str(day) for day in days], draw(st.sampled_from(TEXTS)))))
    if kind != "timestamp":
        return days, draw(chunked(pa.array(days, pa.date32()).cast(getattr(pa, kind)())))
    zone, unit = draw(st.sampled_from(ZONES)), draw(st.sampled_from(("s", "ms", "us", "ns")))
    stored = moments if zone else [moment.replace(tzinfo=None) for moment in moments]
    return days, draw(chunked(pa.array(stored, pa.timestamp(unit, zone))))


@st.composite
def count_column(draw: st.DrawFn, size: int) -> Column:
    kind = draw(st.sampled_from((*INTEGERS, *FLOATS)))
    values = draw(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=size, max_size=size))
    return values, draw(chunked(pa.array(values, kind)))


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, list[Any]], pa.Table]:
    size = draw(st.integers(1, 12))
    # A row on each of some days, so that no two rows are of one day and direction.
    days = draw(st.lists(st.integers(-300, 300), min_size=size, max_size=size, unique=True))
    seconds = [86_400 * day + draw(st.integers(0, 86_399)) for day in days]
    actors = [draw(st.sampled_from(NAMES)) for _ in days]
    texts = st.sampled_from(TEXTS)
    plain, arrow = {}, {}
    plain["date"], arrow["date"] = draw(date_column(seconds))
    plain["source"], arrow["source"] = actors, draw(chunked(pa.array(actors, draw(texts))))
    plain["target"], arrow["target"] = ["USA"] * size, draw(chunked(pa.array(["USA"] * size, draw(texts))))
    for name in ("rhetoric", "military", "mediation"):
        plain[name], arrow[name] = draw(count_column(size))
    return plain, pa.table(arrow)


def facts_of(data: Any) -> tuple[Any, ...]:
    panel = tocsin.CountPanel.read(data)
    raw = panel._core.columns()
    columns = {name: np.asarray(values).tolist() for name, values in raw.items()}
    return panel.pairs, panel.calendar, panel.signals, repr(columns)


@settings(deadline=None, max_examples=150)
@given(tables())
def test_every_type_of_column_reads_like_the_plain_values(table):
    plain, arrow = table
    expected = facts_of(plain)
    assert facts_of(arrow) == expected
    assert facts_of(pl.from_arrow(arrow)) == expected
    assert facts_of(arrow.to_pandas()) == expected
    assert facts_of(arrow.to_pandas(types_mapper=pd.ArrowDtype)) == expected


@settings(deadline=None, max_examples=60)
@given(tables(), st.data())
def test_a_fault_names_the_row_that_plain_values_would_name(table, data):
    plain, arrow = table
    row = data.draw(st.integers(0, len(plain["date"]) - 1))
    name = data.draw(st.sampled_from(("date", "source", "rhetoric")))
    wrong = {"date": "2025-02-30", "source": "", "rhetoric": "many"}[name]
    texts = [str(value) if value is not None else None for value in plain[name]]
    texts[row] = wrong
    if name == "rhetoric":
        texts = [text if place == row else None for place, text in enumerate(texts)]
    faults = []
    for broken in (plain | {name: texts}, arrow.set_column(arrow.column_names.index(name), name, pa.array(texts))):
        try:
            tocsin.CountPanel.read(broken)
        except tocsin.ParseError as fault:
            faults.append((fault.line, str(fault).split("expected")[0].replace("'", '"')))
    assert faults == [(row + 1, f'table:{row + 1}: column "{name}" holds "{wrong}", ')] * 2
