"""Every form in which events may come."""

from __future__ import annotations

import contextlib
import gzip
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from event_rows import (
    COLUMNS,
    HEADER,
    NAMES,
    OPTIONAL,
    ROWS,
    TEXT,
    as_text,
    gdelt,
    gdelt_rows,
    names_of,
    places,
    rows_of,
    rows_of_any,
)

import tocsin


def as_gzip(folder: Path) -> Path:
    path = folder / "events.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    return path


def as_zip(folder: Path) -> Path:
    """The rows of one table in three entries, in a folder inside the archive, and what some programs leave there."""
    path = folder / "events.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._part0", b"\0\5\26\7")
        archive.writestr("parts/", b"")
        for i, row in enumerate(ROWS):
            archive.writestr(f"parts/part{i}.csv", HEADER + ",".join(row) + "\n")
        archive.writestr("parts/.DS_Store", b"\0\0\0\1Bud1")
    return path


def as_folder(folder: Path) -> Path:
    inside = folder / "inside"
    inside.mkdir()
    for i, row in enumerate(ROWS):
        (inside / f"part{i}").write_text(HEADER + ",".join(row) + "\n")
    (inside / ".hidden").write_text("not a table")
    (inside / "deeper").mkdir()
    (inside / "deeper" / "more").write_text("not a table either")
    return inside


def parts_of(folder: Path) -> list[Path]:
    return sorted((folder / "inside").glob("part*"))


FORMS = {
    "path": lambda folder: as_text(folder),
    "name": lambda folder: str(as_text(folder)),
    "list": lambda folder: [as_text(folder)],
    "tuple of names": lambda folder: (str(as_text(folder)),),
    "gzip": lambda folder: as_gzip(folder),
    "gzip as bytes": lambda folder: as_gzip(folder).open("rb"),
    "zip": lambda folder: as_zip(folder),
    "zip as bytes": lambda folder: as_zip(folder).open("rb"),
    "folder": lambda folder: as_folder(folder),
    "pattern": lambda folder: str(as_folder(folder) / "part*"),
    "pattern and files": lambda folder: [str(as_folder(folder) / "part[0]"), *parts_of(folder)[1:]],
    "text file": lambda folder: as_text(folder).open(encoding="utf-8"),
    "binary file": lambda folder: as_text(folder).open("rb"),
    "text": lambda _: io.StringIO(TEXT),
    "bytes": lambda _: io.BytesIO(TEXT.encode()),
    "bytes with a mark": lambda _: io.BytesIO(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()),
    "pandas": lambda _: pd.DataFrame(COLUMNS),
    "polars": lambda _: pl.DataFrame(COLUMNS),
    "pyarrow": lambda _: pa.table(COLUMNS),
    "dates of pandas": lambda _: pd.DataFrame(COLUMNS).assign(date=lambda frame: pd.to_datetime(frame["date"])),
    "dates of polars": lambda _: pl.DataFrame(COLUMNS).with_columns(pl.col("date").str.to_date()),
    "categories": lambda _: pd.DataFrame(COLUMNS).astype({"source": "category", "code": "category"}),
    "dict of lists": lambda _: COLUMNS,
    "dict of arrays": lambda _: {name: np.array(values) for name, values in COLUMNS.items()},
    "list of dicts": lambda _: [dict(zip(NAMES, row, strict=True)) for row in ROWS],
}


@pytest.mark.parametrize("form", FORMS)
def test_events_are_the_same_in_whatever_form_they_come(form, tmp_path):
    with contextlib.ExitStack() as open_files:
        data = FORMS[form](tmp_path)
        if hasattr(data, "close"):
            open_files.enter_context(data)
        events = tocsin.read_events(data)
    assert rows_of(events) == ROWS
    assert events.source == "tidy"
    assert events.report["rows"] == events.report["kept"] == len(events) == 3
    wanted = tocsin.read_events(io.StringIO(TEXT)).count(pairs="all")
    assert rows_of_any(events.count(pairs="all").frame()) == rows_of_any(wanted.frame())


@pytest.mark.parametrize("given", ["-", ["-"]], ids=repr)
def test_standard_input_is_read_alone_or_as_the_only_name(given):
    program = f"import tocsin; events = tocsin.read_events({given!r}); print(len(events), events.report['files'])"
    shown = subprocess.run(
        [sys.executable, "-c", program], input=TEXT.encode(), capture_output=True, check=True, timeout=60
    )
    assert shown.stdout.decode().startswith("3 [{'name': 'standard input', 'source': 'tidy', 'rows': 3")


def test_standard_input_beside_a_file_is_refused_and_a_file_of_that_name_is_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(TEXT)
    with pytest.raises(tocsin.InputError, match=r'"-" is standard input, which is read alone; found 2 names'):
        tocsin.read_events(["-", "x.csv"])
    assert len(tocsin.read_events(["./-"])) == 3


def test_files_are_reported_one_by_one_in_the_order_given(tmp_path):
    first, second = tmp_path / "z", tmp_path / "a"
    first.write_text(gdelt_rows(3))
    second.write_bytes(gzip.compress((gdelt() + gdelt(f1="2", f8="")).encode()))
    report = tocsin.read_events([first, second]).report
    assert report["files"] == [
        {"name": str(first), "source": "gdelt2", "rows": 3, "rejected": 0},
        {"name": str(second), "source": "gdelt2", "rows": 2, "rejected": 0},
    ]
    assert [each["name"] for each in tocsin.read_events(tmp_path).report["files"]] == [str(second), str(first)]


def test_an_entry_of_an_archive_is_named_with_the_archive(tmp_path):
    names = [each["name"] for each in tocsin.read_events(as_zip(tmp_path)).report["files"]]
    assert len(names) == 3
    assert all(name.startswith(str(tmp_path / "events.zip")) for name in names)
    assert [name[-len("parts/part0.csv") :] for name in names] == [f"parts/part{i}.csv" for i in range(3)]


# Frames


FRAMES = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}


@pytest.mark.parametrize("make", [*FRAMES.values(), dict], ids=[*FRAMES, "dict"])
def test_optional_columns_of_a_frame_are_read_and_what_is_missing_is_not_zero(make):
    events = tocsin.read_events(make(COLUMNS | OPTIONAL))
    assert rows_of_any(events.frame(columns=[*NAMES, *OPTIONAL, "tone", "url"])) == [
        (*ROWS[0], "a", "2025-05-09", 1, 1, 10, None, None),
        (*ROWS[1], None, "2025-05-08", 0, 2, None, None, None),
        # Without a day of its own, a row was added on the day of the event.
        (*ROWS[2], "c", "2025-05-08", 1, 1, 0, None, None),
    ]
    assert events.report["rows"] == places(events.report) == 3
    panel = tocsin.CountPanel.read(events.count(pairs=["IND-PAK"], duplicates="raw").frame())
    assert sorted({total for *_, total in rows_of_any(panel.frame())}) == [1, 3]


@pytest.mark.parametrize("backend", FRAMES)
@pytest.mark.parametrize("more", [{}, OPTIONAL], ids=["tidy", "with optional columns"])
def test_frames_come_back_in_the_type_that_came_in(backend, more):
    given = FRAMES[backend](COLUMNS | more)
    events = tocsin.read_events(given)
    for columns in (NAMES, ["code"], ["target", "date"], []):
        frame = events.frame(columns=columns)
        assert type(frame) is type(given)
        assert names_of(frame) == list(columns)
    assert type(events.count(pairs="all").frame()) is type(given)


def test_what_came_from_a_file_comes_back_as_pandas_where_that_is_installed(tmp_path):
    frame = tocsin.read_events(as_text(tmp_path)).frame(columns=["date", "source", "mentions", "id"])
    assert isinstance(frame, pd.DataFrame)
    assert frame["date"].dtype.kind == "M"
    assert frame["mentions"].dtype == np.float64
    assert frame["mentions"].isna().all()
    assert frame["id"].isna().all()


def test_events_of_one_id_are_one_and_rows_without_an_id_are_events_each():
    frame = pd.DataFrame(
        [
            ("x", "190", "2025-05-07"),
            ("x", "010", "2025-05-09"),
            (None, "112", "2025-05-07"),
            (None, "112", "2025-05-07"),
        ],
        columns=["id", "code", "date_added"],
    ).assign(date="2025-05-07", source="IND", target="PAK")
    events = tocsin.read_events(frame)
    assert events.report["superseded"] == 1
    assert events.report["kept"] == len(events) == 3
    assert rows_of(events, ("id", "code")) == [("x", "010"), (None, "112"), (None, "112")]


@pytest.mark.parametrize(
    "values",
    [
        pd.array(["a", None, "c"], dtype="string"),
        np.array(["a", None, "c"], dtype=object),
        np.array(["a", float("nan"), "c"], dtype=object),
        pd.array(["a", pd.NA, "c"], dtype=object),
        pd.Categorical(["a", None, "c"]),
    ],
    ids=["string", "None", "NaN", "NA", "category"],
)
def test_ids_may_be_missing_in_every_way_that_pandas_knows(values):
    events = tocsin.read_events(pd.DataFrame(COLUMNS).assign(id=values))
    assert rows_of(events, ("id", "code")) == [("a", "190"), (None, "010"), ("c", "045")]


@pytest.mark.parametrize("values", [pd.array([3, None, 0], dtype="Int64"), [3.0, float("nan"), 0.0], [3, pd.NA, 0]])
def test_numbers_may_be_missing_in_every_way_that_pandas_knows(values):
    events = tocsin.read_events(pd.DataFrame(COLUMNS).assign(mentions=values))
    assert rows_of(events, ("mentions",)) == [(3,), (None,), (0,)]


@pytest.mark.parametrize("more", [{}, {"id": ["a", "b", "c"]}], ids=["tidy", "with ids"])
def test_codes_that_a_frame_holds_as_numbers_are_refused(more):
    frame = pd.DataFrame(COLUMNS | more).assign(code=[190, 10, 45])
    with pytest.raises(tocsin.ParseError, match=r'table:1: column "code" holds .*190.*, expected a text'):
        tocsin.read_events(frame)
    with pytest.raises(tocsin.ParseError, match=r'column "what" holds .*190.*, expected a text'):
        tocsin.read_events(frame.rename(columns={"code": "what"}), columns={"code": "what"})


def test_actors_that_a_frame_holds_as_broken_numbers_are_refused():
    frame = pd.DataFrame(COLUMNS | OPTIONAL).assign(source=[750, None, 2], target=[770, 2, 710])
    assert rows_of(tocsin.read_events(frame.assign(source="750")), ("target",)) == [("770",), ("2",), ("710",)]
    with pytest.raises(
        tocsin.ParseError, match=r'table:1: column "source" holds .*750\.0.*, expected the name of an act'
    ):
        tocsin.read_events(frame, actor_system="cow_number", actors="iso3")


def test_a_timestamp_with_a_zone_stands_on_its_day_in_universal_time():
    moments = pd.to_datetime(["2025-05-07T23:30", "2025-05-08T00:30", "2025-05-08T12:00"]).tz_localize("Asia/Kolkata")
    for more in ({}, {"id": ["a", "b", "c"]}):
        frame = pd.DataFrame(COLUMNS | more)
        for events in map(
            tocsin.read_events, (frame.assign(date=moments), frame.to_dict("list") | {"date": moments.to_pydatetime()})
        ):
            assert rows_of(events, ("date",)) == [("2025-05-07",), ("2025-05-07",), ("2025-05-08",)]


# Options


def test_columns_under_other_names_are_mapped_in_files_and_frames(tmp_path):
    names = {"date": "When", "source": "who", "target": "whom", "code": "what"}
    frame = pd.DataFrame(COLUMNS).rename(columns=names)
    frame.to_csv(tmp_path / "own.csv", index=False, sep=";")
    for data in (frame, pl.from_pandas(frame), tmp_path / "own.csv"):
        assert rows_of(tocsin.read_events(data, columns=names)) == ROWS
    # The map names the column, even where another one has our name.
    beside = frame.assign(source="a newspaper")
    assert rows_of(tocsin.read_events(beside, columns=names)) == ROWS
    with pytest.raises(tocsin.InputError, match=r'columns names "actor", expected some of "date", "source"'):
        tocsin.read_events(frame, columns={"actor": "who"})
    with pytest.raises(tocsin.InputError, match='expected the columns "date", "source", "target" and "code"'):
        tocsin.read_events(frame, columns=names | {"date": "day"})


def test_actors_are_countries_or_whole_codes_or_of_iso():
    text = gdelt(f6="ROMGOV", f8="ROM", f16="IGOUNO", f18="") + gdelt(
        f1="2", f6="ROMGOV", f8="ROM", f16="TMPMIL", f18="TMP"
    )

    def sides(actors: str) -> list[tuple]:
        return rows_of(tocsin.read_events(io.StringIO(text), actors=actors), ("source", "target"))

    assert sides("source") == [("ROM", "TMP")]
    assert sides("iso3") == [("ROU", "TLS")]
    assert sides("code") == [("ROMGOV", "IGOUNO"), ("ROMGOV", "TMPMIL")]


@pytest.mark.parametrize("more", [{}, {"id": ["a", "b", "c"]}], ids=["tidy", "with ids"])
def test_a_table_says_of_what_its_actors_are_codes(more):
    frame = pd.DataFrame(COLUMNS | more).assign(source="750", target=["770", "999", "2"])
    events = tocsin.read_events(frame, actors="iso3", actor_system="cow_number")
    assert rows_of(events, ("source", "target")) == [("IND", "PAK"), ("IND", "999"), ("IND", "USA")]
    assert events.report["unmapped_actors"] == {"999": 1}
    with pytest.raises(tocsin.InputError, match='code system "cow" is not known'):
        tocsin.read_events(frame, actor_system="cow", actors="iso3")


def test_the_kind_may_be_said_and_then_must_be_true():
    assert tocsin.read_events(io.StringIO(gdelt()), source="gdelt2").source == "gdelt2"
    with pytest.raises(tocsin.InputError, match='stream: is not of kind "gdelt1"'):
        tocsin.read_events(io.StringIO(gdelt()), source="gdelt1")
    with pytest.raises(tocsin.InputError, match='source is "gdelt3", expected one of acled, '):
        tocsin.read_events(io.StringIO(gdelt()), source="gdelt3")
    # Four fields would be KEDS; the header says what they are.
    assert tocsin.read_events(io.StringIO(TEXT.replace(",", "\t")), source="tidy").source == "tidy"


def test_the_number_of_threads_changes_nothing(tmp_path):
    for i in range(5):
        text = "".join(
            gdelt(
                f1=str(100 * i + j),
                f27=("190", "010", "112")[j % 3],
                f2=f"202505{j % 9 + 1:02}",
                f60=f"202505{j % 9 + 4 + i % 2:02}000000",
            )
            for j in range(90)
        )
        (tmp_path / f"{i}.csv").write_text(text + (gdelt(f2="?") if i == 3 else ""))
    with pytest.warns(tocsin.InputWarning, match="1 of 451 rows cannot be read"):
        found = [tocsin.read_events(tmp_path, threads=threads) for threads in (1, 2, None)]
    for events in found[1:]:
        assert events.report["files"] == found[0].report["files"]
        assert events.report["rejected"] == found[0].report["rejected"]
        assert rows_of(events, (*NAMES, "id", "file")) == rows_of(found[0], (*NAMES, "id", "file"))
        with pytest.warns(tocsin.InputWarning):
            frames = [each.count(pairs="all").frame() for each in (events, found[0])]
        assert events.report == found[0].report
        assert frames[0].equals(frames[1])


def test_progress_is_told_and_ends_where_it_said(tmp_path):
    (tmp_path / "a").write_text(gdelt_rows(20))
    (tmp_path / "b").write_text(gdelt_rows(40))
    calls: list[tuple[int, int]] = []
    events = tocsin.read_events(tmp_path, progress=lambda done, of: calls.append((done, of)))
    assert calls
    assert all(0 <= done <= of for done, of in calls)
    assert calls[-1][0] == calls[-1][1]
    calls.clear()
    events.frame(columns=["id"], progress=lambda done, of: calls.append((done, of)))
    assert calls
    assert calls[-1][0] == calls[-1][1]


def test_a_fault_of_the_callback_ends_the_reading():
    def stop(_done: int, _of: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tocsin.read_events(io.StringIO(gdelt_rows(20)), progress=stop)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"actors": "countries"}, 'actors is .countries., expected "source", "code" or "iso3"'),
        ({"max_rejected_share": 1.5}, "max_rejected_share is 1.5, expected 0 to 1"),
        ({"max_rejected_share": float("nan")}, "max_rejected_share is nan, expected 0 to 1"),
        ({"source": "GDELT2"}, 'source is "GDELT2", expected one of'),
        ({"threads": -1}, "threads is -1, expected a number >= 1, or None for one per core"),
    ],
    ids=["actors", "share", "share that is none", "source", "threads"],
)
def test_an_option_that_means_nothing_is_refused(options, message):
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.read_events(io.StringIO(TEXT), **options)


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(TypeError, match="unexpected keyword argument 'kind'"):
        tocsin.read_events(io.StringIO(TEXT), kind="tidy")


def test_an_unknown_column_is_refused_with_those_that_exist(tmp_path):
    with pytest.raises(
        tocsin.InputError, match=r'column "colour" is unknown, expected some of date, source, .*, file$'
    ):
        tocsin.read_events(as_text(tmp_path)).frame(columns=["date", "colour"])
    for data in (COLUMNS, COLUMNS | OPTIONAL):
        with pytest.raises(
            tocsin.InputError, match=r'column "colour" is .*expected some of date, source, target, code'
        ):
            tocsin.read_events(data).frame(columns=["colour"])
    with pytest.raises(
        tocsin.InputError, match=r"columns is the text 'date'; expected a list, as in columns=\[\"date\"\]"
    ):
        tocsin.read_events(COLUMNS).frame(columns="date")


def test_names_of_columns_may_come_one_by_one(tmp_path):
    for data in (COLUMNS, as_text(tmp_path)):
        frame = tocsin.read_events(data).frame(columns=(name for name in ("code", "date")))
        assert names_of(frame) == ["code", "date"]
