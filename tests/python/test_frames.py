"""What people have: files, frames of three libraries, lists of dicts, dicts of arrays. Bad input has one answer."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tocsin
from tocsin import given

if TYPE_CHECKING:
    from pathlib import Path

Records = list[dict[str, Any]]

FILES = ("path", "open text", "open bytes")
TABLES = ("pandas", "polars", "pyarrow", "list of dicts", "dict of arrays")
FORMS = FILES + TABLES
FRAMES = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}


def as_text(records: Records) -> str:
    lines = [",".join(records[0])]
    lines += [",".join("" if value is None else str(value) for value in row.values()) for row in records]
    return "\n".join(lines) + "\n"


def as_form(form: str, records: Records, folder: Path) -> Any:
    columns = {name: [row[name] for row in records] for name in records[0]}
    if form == "path":
        path = folder / "counts.csv"
        path.write_text(as_text(records))
        return path
    return {
        "open text": lambda: io.StringIO(as_text(records)),
        "open bytes": lambda: io.BytesIO(as_text(records).encode()),
        "pandas": lambda: pd.DataFrame(columns),
        "polars": lambda: pl.DataFrame(columns, strict=False),
        "pyarrow": lambda: pa.table(columns),
        "list of dicts": lambda: records,
        "dict of arrays": lambda: {name: np.array(values, dtype=object) for name, values in columns.items()},
    }[form]()


def row(**changes: Any) -> dict[str, Any]:
    return {"date": "2025-05-01", "source": "IND", "target": "PAK", "rhetoric": 1, "military": 2} | changes


FAULTS = {
    "negative count": ([row(military=-1)], r'column "military" holds "-1", expected a whole count >= 0'),
    "infinite count": ([row(military=float("inf"))], r'column "military" holds "inf", expected a whole count'),
    "fractional count": ([row(military=1.5)], r'column "military" holds "1.5", expected a whole count'),
    "count beyond belief": ([row(military=2e9)], r'column "military" holds "2e\+09".*at most 1e9'),
    "text in a number column": ([row(military="many")], r'column "military" holds .many., expected a number'),
    "self pair": ([row(target="IND")], r'"IND" is source and target'),
    "negative exposure": ([row(exposure=-0.5)], r'column "exposure" holds "-0.5"'),
    "counts without exposure": ([row(exposure=0)], r"exposure 0, which means not collected"),
    "empty actor": ([row(source="")], r'column "source"'),
    "day that is none": ([row(date="2025-02-30")], r'column "date" holds .2025-02-30.*YYYY-MM-DD'),
    "date of another format": ([row(date="01/05/2025")], r'column "date" holds .01/05/2025.*YYYY-MM-DD'),
    "date with a time": ([row(date="2025-05-01T12:00")], r'column "date" holds .2025-05-01T12:00'),
    "week instead of a date": ([row(date="2025-W18-4")], r'column "date" holds .2025-W18-4'),
    "date in the Middle Ages": ([row(date="1066-10-14")], r"1066-10-14 is out of range, expected a day from 1800"),
    "date in a far future": ([row(date="2999-01-01")], r"2999-01-01 is out of range.* to 2199-12-31"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_value_is_refused_with_its_place_whatever_form_the_counts_have(fault, form, tmp_path):
    records, message = FAULTS[fault]
    # A good row before it: the number of the row that is named has to be counted.
    is_text = isinstance(records[0]["military"], str)
    fine = (
        row(date="2025-04-30")
        | {name: 1 for name in records[0] if name == "exposure"}
        | ({"military": None} if is_text else {})
    )
    with pytest.raises(tocsin.ParseError, match=message) as caught:
        tocsin.score(as_form(form, [fine, *records], tmp_path))
    assert caught.value.line == (3 if form in FILES else 2)
    assert f":{caught.value.line}" in str(caught.value)


@pytest.mark.parametrize("form", FORMS)
def test_two_rows_of_a_day_and_direction_are_refused_and_both_are_named(form, tmp_path):
    records = [row(), row(source="PAK", target="IND"), row(military=7)]
    first, second = (2, 4) if form in FILES else (1, 3)
    with pytest.raises(tocsin.ParseError, match=rf":{second}: a second row for IND > PAK .* first is on line {first};"):
        tocsin.CountPanel.read(as_form(form, records, tmp_path))


@pytest.mark.parametrize("form", FORMS)
def test_two_spellings_of_an_undirected_pair_are_one_pair_and_clash_on_one_day(form, tmp_path):
    def undirected(pair: str, date: str) -> dict[str, Any]:
        return {"date": date, "pair": pair, "rhetoric": 1}

    apart = [undirected("IND-PAK", "2025-05-01"), undirected("PAK-IND", "2025-05-02")]
    assert tocsin.CountPanel.read(as_form(form, apart, tmp_path)).pairs == [("IND", "PAK")]
    clash = [undirected("IND-PAK", "2025-05-01"), undirected("PAK-IND", "2025-05-01")]
    first, second = (2, 3) if form in FILES else (1, 2)
    with pytest.raises(tocsin.ParseError, match=rf":{second}: a second row for .* first is on line {first};"):
        tocsin.CountPanel.read(as_form(form, clash, tmp_path))


@pytest.mark.parametrize("form", FORMS)
def test_the_two_directions_of_a_day_are_one_pair(form, tmp_path):
    panel = tocsin.CountPanel.read(as_form(form, [row(), row(source="PAK", target="IND")], tmp_path))
    assert panel.pairs == [("IND", "PAK")]
    assert panel.is_directed


@pytest.mark.parametrize("form", FORMS)
def test_unknown_columns_are_passed_over_with_a_warning_that_names_them(form, tmp_path):
    data = as_form(form, [row(colour="red", weight=3)], tmp_path)
    with pytest.warns(tocsin.InputWarning, match='ignored columns "colour", "weight"'):
        panel = tocsin.CountPanel.read(data)
    assert panel.signals == ["rhetoric", "military"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("missing", "message"),
    [
        (["target"], r'expected columns "source" and "target", or "pair"; found "date", "source", "rhetoric"'),
        (["date"], r'expected a column "date"; found "source", "target"'),
        (["rhetoric", "military"], r'expected .* "rhetoric", "military", "punitive"; found "date", "source", "target"'),
    ],
    ids=["target", "date", "hostile signals"],
)
def test_missing_columns_are_an_error_that_lists_what_was_found(missing, message, form, tmp_path):
    record = {name: value for name, value in row().items() if name not in missing}
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.CountPanel.read(as_form(form, [record], tmp_path))


@pytest.mark.parametrize("form", FORMS)
def test_source_target_and_pair_together_are_refused(form, tmp_path):
    with pytest.raises(tocsin.InputError, match="not both"):
        tocsin.CountPanel.read(as_form(form, [row(pair="IND-PAK")], tmp_path))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_scores_to_the_last_bit(form, tmp_path, make_records):
    records = [{k: None if v != v else v for k, v in record.items()} for record in make_records(5, days=40)]
    expected = tocsin.score(records).to_json()
    assert tocsin.score(as_form(form, records, tmp_path)).to_json() == expected


@pytest.mark.parametrize("form", [form for form in TABLES if form != "list of dicts"])
def test_a_table_without_rows_is_refused(form, tmp_path):
    empty = {"pandas": lambda t: t.iloc[:0], "polars": lambda t: t.head(0), "pyarrow": lambda t: t.slice(0, 0)}
    data = as_form(form, [row()], tmp_path)
    data = empty[form](data) if form in empty else {name: values[:0] for name, values in data.items()}
    with pytest.raises(tocsin.InputError, match="there is a header but no row"):
        tocsin.CountPanel.read(data)


@pytest.mark.parametrize("nothing", [[], {}, pd.DataFrame()], ids=["list", "dict", "frame"])
def test_nothing_at_all_is_refused_as_having_no_column(nothing):
    with pytest.raises(tocsin.InputError, match="found no column"):
        tocsin.CountPanel.read(nothing)


NOT_COLLECTED = {
    "None in a list": lambda: [row(military=None)],
    "NaN in a list": lambda: [row(military=float("nan"))],
    "pd.NA in a list": lambda: [row(military=pd.NA)],
    "key that is not there": lambda: [
        {k: v for k, v in row().items() if k != "military"},
        row(date="2025-05-02", military=None),
    ],
    "NaN in an array": lambda: {name: np.array([value]) for name, value in row(military=np.nan).items()},
    "NaN in pandas": lambda: pd.DataFrame([row(military=np.nan)]),
    "NA in pandas": lambda: pd.DataFrame([row()]).assign(military=pd.array([pd.NA], dtype="Int64")),
    "null in polars": lambda: pl.DataFrame([row()]).with_columns(military=pl.lit(None, dtype=pl.Int64)),
    "NaN in polars": lambda: pl.DataFrame([row()]).with_columns(military=pl.lit(float("nan"))),
    "null in pyarrow": lambda: pa.Table.from_pylist([row() | {"military": None}]),
    "empty cell": lambda: io.StringIO("date,source,target,rhetoric,military\n2025-05-01,IND,PAK,1,\n"),
    "NA in a file": lambda: io.StringIO("date,source,target,rhetoric,military\n2025-05-01,IND,PAK,1,NA\n"),
}


@pytest.mark.parametrize("form", NOT_COLLECTED)
def test_a_missing_value_is_not_collected_and_never_zero(form):
    panel = tocsin.CountPanel.read(NOT_COLLECTED[form]())
    assert panel.signals == ["rhetoric"]
    zero = tocsin.CountPanel.read([row(military=0)])
    assert zero.signals == ["rhetoric", "military"]


@pytest.mark.parametrize("value", ["3", b"3", True, np.True_, [1], pd.NaT], ids=repr)
def test_what_is_not_a_number_is_not_made_into_one(value):
    with pytest.raises(tocsin.ParseError, match='column "rhetoric" holds'):
        tocsin.CountPanel.read([row(rhetoric=value)])


@pytest.mark.parametrize("kind", [np.int8, np.uint16, np.int64, np.uint64, np.float32, np.float64])
def test_every_number_type_of_an_array_is_read(kind):
    counts = {"date": ["2025-05-01"], "source": ["IND"], "target": ["PAK"], "rhetoric": np.array([7], dtype=kind)}
    assert tocsin.CountPanel.read(counts).frame()["rhetoric"].tolist() == [7.0, 0.0]


PLAIN = pd.Timestamp("2025-05-01 23:59").to_pydatetime()
LATE = dt.datetime(2025, 4, 30, 21, 30, tzinfo=dt.timezone(dt.timedelta(hours=-4)))  # 1 May in UTC


@pytest.mark.parametrize(
    "date",
    [
        "2025-05-01",
        dt.date(2025, 5, 1),
        PLAIN,
        LATE,
        np.datetime64("2025-05-01"),
        np.datetime64("2025-05-01T23:59:59", "ns"),
        pd.Timestamp("2025-05-01 12:00"),
        pd.Timestamp(LATE),
    ],
    ids=lambda date: f"{type(date).__name__} {date}",
)
def test_every_type_of_date_is_its_utc_day(date):
    assert tocsin.CountPanel.read([row(date=date)]).calendar[0] == np.datetime64("2025-05-01")


@pytest.mark.parametrize("form", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("date", [dt.date(2025, 5, 1), PLAIN, LATE], ids=["date", "plain", "zoned"])
def test_date_columns_of_frames_are_utc_days(date, form, tmp_path):
    panel = tocsin.CountPanel.read(as_form(form, [row(date=date)], tmp_path))
    assert panel.calendar == (np.datetime64("2025-05-01"), np.datetime64("2025-05-01"))


def test_a_time_before_1970_belongs_to_the_day_that_it_is_in():
    dates = np.array(["1969-12-31T18:00"], dtype="datetime64[s]")
    panel = tocsin.CountPanel.read({"date": dates, "source": ["A"], "target": ["B"], "rhetoric": [1]})
    assert panel.calendar[0] == np.datetime64("1969-12-31")


@pytest.mark.parametrize("form", ["pandas", "polars", "pyarrow"])
def test_a_missing_timestamp_is_refused_with_its_row(form, tmp_path):
    data = as_form(form, [row(date=PLAIN), row(date=None)], tmp_path)
    with pytest.raises(tocsin.ParseError, match='table:2: column "date"'):
        tocsin.CountPanel.read(data)


@pytest.mark.parametrize("date", [20250501, 45778.0, None, "May 1, 2025"], ids=repr)
def test_what_is_not_a_date_is_refused(date):
    with pytest.raises(tocsin.ParseError, match='column "date" holds'):
        tocsin.CountPanel.read([row(date=date)])


def test_a_date_too_far_for_the_calendar_does_not_wrap_around():
    dates = np.array([2**32 + 20_209]).astype("datetime64[D]")
    with pytest.raises(tocsin.ParseError, match='table:1: column "date"'):
        tocsin.CountPanel.read({"date": dates, "source": ["A"], "target": ["B"], "rhetoric": [1]})


@pytest.mark.parametrize("actor", [None, 3, float("nan")], ids=repr)
def test_an_actor_that_is_no_text_is_refused_with_its_row(actor):
    with pytest.raises(tocsin.ParseError, match='table:2: column "target" holds') as caught:
        tocsin.CountPanel.read([row(), row(target=actor)])
    assert (caught.value.source, caught.value.line) == ("table", 2)


@pytest.mark.parametrize("form", ["pandas", "pyarrow"])
def test_a_column_that_stands_twice_in_a_frame_is_refused(form):
    values, names = list(row().values()), list(row())
    data = (
        pd.DataFrame([[*values, 5]], columns=[*names, "military"])
        if form == "pandas"
        else pa.Table.from_arrays([pa.array([v]) for v in [*values, 5]], names=[*names, "military"])
    )
    with pytest.raises(tocsin.InputError, match=r"a column stands twice.*'military'"):
        tocsin.CountPanel.read(data)


@pytest.mark.parametrize(
    "data",
    [None, 3, b"date,source", pd.Series([1]), np.zeros(3)],
    ids=lambda data: type(data).__name__,
)
def test_what_is_no_table_is_refused_with_a_list_of_what_is(data):
    with pytest.raises(tocsin.InputError, match="expected a path, a frame, a list of dicts or a dict of arrays"):
        tocsin.CountPanel.read(data)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"military": [1, 2]}, "different lengths.*military 2"),
        ({"military": np.ones((1, 1))}, 'column "military" has 2 dimensions'),
        ({"military": 3}, 'column "military" holds 3, expected one value per row'),
    ],
    ids=["lengths", "dimensions", "scalar"],
)
def test_columns_of_a_dict_have_to_be_one_value_per_row(columns, message):
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.CountPanel.read({name: [value] for name, value in row().items()} | columns)


def test_a_list_of_something_else_than_dicts_is_refused_with_its_row():
    with pytest.raises(tocsin.ParseError, match="table:2: holds a tuple, expected a dict per row"):
        tocsin.CountPanel.read([row(), (1, 2)])


@pytest.mark.parametrize("library", FRAMES)
def test_results_come_back_as_the_type_of_frame_that_came_in(library, tmp_path):
    data = as_form(library, [row(), row(source="PAK", target="IND", date="2025-05-02")], tmp_path)
    panel = tocsin.CountPanel.read(data)
    scores = tocsin.score(data)
    monitor = tocsin.Monitor()
    first = as_form(library, [{k: v for k, v in row().items() if k != "date"}], tmp_path)
    events = tocsin.read_events(as_form(library, [row() | {"code": "112"}], tmp_path))
    results = {
        "panel": panel.frame(),
        "latest": scores.latest(),
        "frame": scores.frame(),
        "one pair": scores.frame("IND-PAK"),
        "selected": panel.select(["IND-PAK"]).frame(),
        "reading": monitor.push("2025-05-01", first),
        "quiet reading": monitor.push("2025-05-02", []),
        "events": events.frame(),
        "counted": events.count(pairs=["IND-PAK"]).frame(),
    }
    assert {name: type(frame) for name, frame in results.items()} == dict.fromkeys(results, FRAMES[library])


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_what_could_not_be_computed_is_null_where_the_library_tells_null_from_nan(library, tmp_path):
    frame = tocsin.score(as_form(library, [row()], tmp_path)).frame()
    column = frame["attention_share"]
    assert (column.to_list() if library == "polars" else column.to_pylist()) == [None]


@pytest.mark.parametrize(
    ("installed", "chosen"),
    [
        ({"pandas", "polars", "pyarrow"}, "pandas"),
        ({"polars", "pyarrow"}, "polars"),
        ({"pyarrow"}, "pyarrow"),
    ],
    ids=["all", "without pandas", "pyarrow alone"],
)
def test_results_from_files_are_pandas_else_polars_else_pyarrow(installed, chosen, counts_csv, monkeypatch):
    monkeypatch.setattr(given.importlib.util, "find_spec", lambda name: name if name in installed else None)
    assert type(tocsin.score(counts_csv).latest()) is FRAMES[chosen]


def test_without_any_frame_library_the_error_says_what_to_install(counts_csv, monkeypatch):
    monkeypatch.setattr(given.importlib.util, "find_spec", lambda _: None)
    scores = tocsin.score(counts_csv)
    with pytest.raises(tocsin.InputError, match="pip install pandas"):
        scores.latest()


def test_dates_of_frames_are_dates(counts_csv):
    panel = tocsin.CountPanel.read(pl.read_csv(counts_csv))
    assert panel.frame().schema["date"] == pl.Date
    assert pd.api.types.is_datetime64_dtype(tocsin.score(counts_csv).frame()["date"])


def test_categories_are_read_as_texts(counts_csv):
    plain = pd.read_csv(counts_csv)
    categories = plain.astype({"source": "category", "target": "category"})
    assert tocsin.score(categories).to_json() == tocsin.score(plain).to_json()
