"""Any frame in, the same frame out: all libraries, all types of columns, the same scores."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tocsin
from tocsin import _core

sys.path.insert(0, str(Path(__file__).parent))  # a module beside the tests is not found by itself
from frame_forms import FRAMES, rows_in, table_of


@pytest.fixture(scope="module")
def columns(make_records) -> dict[str, list[Any]]:
    records = [{k: None if v != v else v for k, v in record.items()} for record in make_records(3, days=30)]
    return {name: [row[name] for row in records] for name in records[0]}


@pytest.fixture(scope="module")
def expected(columns) -> str:
    return tocsin.score(columns).to_json()


@pytest.mark.parametrize("form", FRAMES)
def test_every_frame_gives_the_scores_of_plain_lists_to_the_last_bit(form, columns, expected):
    assert tocsin.score(FRAMES[form](columns)).to_json() == expected


@pytest.mark.parametrize("form", FRAMES)
def test_results_come_back_in_the_type_that_came_in_with_the_same_rows(form, columns, expected):
    data = FRAMES[form](columns)
    scores = tocsin.score(data)
    wanted = tocsin.Scores.from_json(expected)
    panel = tocsin.CountPanel.read(data)
    for made, plain in (
        (scores.latest(), wanted.latest()),
        (scores.frame("A00-A01"), wanted.frame("A00-A01")),
        (panel.frame(), tocsin.CountPanel.read(columns).frame()),
    ):
        assert type(made) is type(data)
        assert rows_in(made) == rows_in(plain)


@pytest.mark.parametrize("form", FRAMES)
def test_the_frame_of_a_panel_gives_its_scores_again(form, columns, expected):
    assert tocsin.score(tocsin.CountPanel.read(FRAMES[form](columns)).frame()).to_json() == expected


@pytest.mark.parametrize("form", FRAMES)
def test_events_of_every_frame_are_the_same_and_come_back_in_its_type(form):
    columns = {
        "date": [dt.date(2025, 5, 1), dt.date(2025, 5, 2)],
        "source": ["IND", "PAK"],
        "target": ["PAK", "IND"],
        "code": ["010", "190"],
    }
    data = FRAMES[form](columns)
    for more in ({}, {"mentions": [3, None]}):
        given = FRAMES[form](columns | more)
        events = tocsin.read_events(given)
        assert type(events.frame()) is type(data)
        assert rows_in(events.frame()) == rows_in(pd.DataFrame(columns))
        panel = events.count(pairs=["IND-PAK"])
        assert type(panel.frame()) is type(data)
        assert sum(row["military"] for row in rows_in(panel.frame())) == 1


@pytest.mark.parametrize("form", FRAMES)
def test_a_monitor_takes_every_frame_and_gives_it_back(form):
    data = FRAMES[form]({"source": ["IND"], "target": ["PAK"], "rhetoric": [2]})
    row = tocsin.Monitor().push("2025-05-01", data)
    assert type(row) is type(data)
    assert rows_in(row)[0]["pair"] == "IND-PAK"


def test_a_result_for_duckdb_can_be_joined_on_the_callers_connection(columns):
    connection = duckdb.connect()
    counts = connection.from_arrow(table_of(columns))
    connection.execute("CREATE TABLE names AS SELECT 'A00-A01' AS pair, 'a dispute' AS name")
    latest = tocsin.score(counts).latest()  # noqa: F841 - DuckDB finds it by its name
    found = connection.sql("SELECT name, score FROM latest JOIN names USING (pair)").fetchall()
    assert [name for name, _ in found] == ["a dispute"]
    assert "tocsin" not in str(connection.sql("SHOW TABLES").fetchall())


def test_a_stream_of_another_program_is_read_and_gives_the_default_frame(columns, expected):
    class Foreign:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table_of(columns).__arrow_c_stream__(requested_schema)

    reader = table_of(columns).to_reader(max_chunksize=7)
    assert tocsin.score(reader).to_json() == expected
    scores = tocsin.score(Foreign())
    assert scores.to_json() == expected
    assert isinstance(scores.latest(), pa.Table)


@pytest.fixture
def without_arrow(monkeypatch):
    """As if pyarrow were not installed."""
    for name in [name for name in sys.modules if name == "pyarrow" or name.startswith("pyarrow.")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)


@pytest.mark.parametrize("form", ["pandas of NumPy", "pandas nullable"])
@pytest.mark.usefixtures("without_arrow")
def test_pandas_needs_no_pyarrow(form, columns, expected):
    data = FRAMES[form](columns)
    with pytest.raises(ImportError):
        data.__arrow_c_stream__()
    scores = tocsin.score(data)
    assert scores.to_json() == expected
    assert type(scores.latest()) is pd.DataFrame
    timed = data.assign(date=pd.to_datetime(data["date"]))
    assert tocsin.score(timed).to_json() == expected


def test_a_lazy_frame_is_asked_for_the_columns_that_count_and_no_others(columns):
    def fail(_: object) -> str:
        raise AssertionError("a column that nobody needs was computed")

    costly = (
        pl.DataFrame(columns).lazy().with_columns(colour=pl.col("source").map_elements(fail, return_dtype=pl.String))
    )
    with pytest.warns(tocsin.InputWarning, match='ignored column "colour"'):
        panel = tocsin.CountPanel.read(costly)
    assert type(panel.frame()) is pl.LazyFrame


COUNTS = {"date": ["2025-05-01", "2025-05-02"], "source": ["IND", "IND"], "target": ["PAK", "PAK"]}


def panel_of(**columns: Any) -> tocsin.CountPanel:
    return tocsin.CountPanel.read(pa.table(COUNTS | columns))


WIDTHS = [
    pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(),
    pa.float16(), pa.float32(), pa.float64(), pa.decimal128(10, 2), pa.decimal256(40, 0),
]  # fmt: skip


@pytest.mark.parametrize("kind", WIDTHS, ids=str)
def test_numbers_of_every_width_are_counts(kind):
    values = [Decimal(7), None] if pa.types.is_decimal(kind) else [np.float16(7) if kind == pa.float16() else 7, None]
    panel = panel_of(rhetoric=pa.array(values, kind), military=[1, 1])
    assert [row["rhetoric"] for row in rows_in(panel.frame()) if row["source"] == "IND"] == [7.0, None]
    coded = pa.array(values, kind).dictionary_encode() if kind != pa.float16() else pa.array(values, kind)
    assert rows_in(panel_of(rhetoric=coded, military=[1, 1]).frame()) == rows_in(panel.frame())


TEXTS = [pa.string(), pa.large_string(), pa.string_view()]


@pytest.mark.parametrize("kind", TEXTS, ids=str)
@pytest.mark.parametrize("index", [pa.int8(), pa.uint16(), pa.int64(), None], ids=str)
def test_texts_of_every_layout_are_names_and_dates(kind, index):
    def column(values: list[str]) -> pa.Array:
        if index is None:
            return pa.array(values, kind)
        places = pa.array([values.index(value) for value in values], index)
        return pa.DictionaryArray.from_arrays(places, pa.array(values, kind))

    panel = tocsin.CountPanel.read(
        pa.table(
            {
                "date": column(["2025-05-01", "2025-05-02"]),
                "source": column(["IND", "a name that is longer than twelve bytes"]),
                "target": column(["PAK", "PAK"]),
                "rhetoric": [1, 2],
            }
        )
    )
    assert panel.pairs == [("IND", "PAK"), ("PAK", "a name that is longer than twelve bytes")]
    assert panel.calendar == (np.datetime64("2025-05-01"), np.datetime64("2025-05-02"))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York", "+05:30", None])
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_timestamps_of_any_unit_and_zone_are_their_day_in_utc(unit, zone):
    moments = [dt.datetime(2025, 5, 1, 23, 59, 59, tzinfo=dt.UTC), dt.datetime(1969, 12, 31, 0, 0, tzinfo=dt.UTC)]
    stored = moments if zone else [moment.replace(tzinfo=None) for moment in moments]
    date = pa.array(stored, pa.timestamp(unit, zone))
    table = pa.table(COUNTS | {"date": date, "rhetoric": [1, 2]})
    for data in (table, table.to_pandas(), table.to_pandas(types_mapper=pd.ArrowDtype)):
        ends = tocsin.CountPanel.read(data).calendar
        assert ends == (np.datetime64("1969-12-31"), np.datetime64("2025-05-01"))


def test_a_mixture_of_zones_is_resolved_value_by_value():
    late_in_delhi = dt.datetime(2025, 5, 2, 4, 0, tzinfo=ZoneInfo("Asia/Kolkata"))  # 1 May, 22:30 in UTC
    late_in_new_york = dt.datetime(2025, 5, 1, 23, 0, tzinfo=ZoneInfo("America/New_York"))  # 2 May, 3:00 in UTC
    mixed = pd.DataFrame(COUNTS | {"rhetoric": [1, 2]}).assign(
        date=pd.Series([late_in_delhi, late_in_new_york], dtype=object)
    )
    expected = (np.datetime64("2025-05-01"), np.datetime64("2025-05-02"))
    assert tocsin.CountPanel.read(mixed).calendar == expected
    assert tocsin.CountPanel.read(mixed.to_dict("records")).calendar == expected


INDEXED = pd.DataFrame(COUNTS | {"rhetoric": [1, 2]})


def test_columns_in_the_index_of_a_frame_are_an_error_that_says_what_to_do():
    with pytest.raises(tocsin.InputError, match=r'"date" is in the index: call reset_index\(\) first'):
        tocsin.score(INDEXED.set_index("date"))
    with pytest.raises(tocsin.InputError, match=r'"source", "target" are in the index: call reset_index\(\) first'):
        tocsin.score(INDEXED.set_index(["date", "source", "target"]))
    unnamed = INDEXED.set_index(pd.DatetimeIndex(INDEXED["date"].to_numpy())).drop(columns="date")
    with pytest.raises(tocsin.InputError, match=r'the index holds dates: call reset_index\(names="date"\) first'):
        tocsin.score(unnamed)
    coded = INDEXED.assign(code="190").set_index("date")
    with pytest.raises(tocsin.InputError, match=r'"date" is in the index'):
        tocsin.read_events(coded)


def test_an_index_that_is_not_needed_is_passed_over_in_silence():
    other = INDEXED.set_index(pd.Index(["a", "b"], name="row"))
    assert tocsin.CountPanel.read(other).pairs == [("IND", "PAK")]


def test_what_a_column_holds_is_named_where_it_cannot_be_a_count():
    for values, shown in (([True, False], "True"), (["3", "4"], '"3"'), ([[1], [2]], "a list")):
        with pytest.raises(tocsin.ParseError, match=rf'table:1: column "rhetoric" holds {shown.replace("[", "")}'):
            panel_of(rhetoric=values)


def test_a_stream_that_breaks_off_is_an_error_with_its_reason():
    def batches() -> Any:
        yield pa.RecordBatch.from_pydict(COUNTS | {"rhetoric": [1, 2]})
        raise RuntimeError("the connection was lost")

    schema = pa.RecordBatch.from_pydict(COUNTS | {"rhetoric": [1, 2]}).schema
    reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(tocsin.InputError, match=r"the Arrow stream broke off: .*the connection was lost"):
        tocsin.score(reader)
    core_reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(tocsin.InputError, match=r"the Arrow stream broke off: .*the connection was lost"):
        _core.count_table_from_arrow(
            core_reader.__arrow_c_stream__(), origin="rows", day=None, is_weekly=False, calendar=None
        )
