"""What is refused, and what the report of a reading says."""

from __future__ import annotations

import gzip
import io
import zipfile

import numpy as np
import pytest
from event_rows import COLUMNS, HEADER, ROWS, TEXT, as_text, gdelt, gdelt_rows, places, rows_of

import tocsin

# What is refused


def archive_of(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


REFUSED = {
    "empty": (b"", "the file is empty; expected a table of events"),
    "blank": (b"\n\r\n", "the file is empty"),
    "header only": (HEADER.encode(), "there is a header but no row"),
    "rubbish": (bytes(range(256)) * 40, "expected the columns|holds binary data"),
    "zeros": (bytes(5000), "holds binary data; expected a table of events as text, plain, gzipped or zipped"),
    "web page": (b"<!DOCTYPE html>\n<title>404</title>", "is a web page or XML, not a table .*Fetch it again"),
    "web page in gzip": (gzip.compress(b"\n<html>"), "is a web page or XML"),
    "JSON": (b'{"error": "no such file"}', "is JSON; expected a table of events"),
    "cut off": (gzip.compress(TEXT.encode())[:-9], "ends|cut off|incomplete|broken"),
    "another packer": (b"BZh91AY&SY" + bytes(20), "packed with bzip2, expected plain text, gzip or zip"),
    "an archive with a note": (archive_of(a=TEXT.encode(), README=b"Events of May\n"), r"README.*expected the columns"),
    "an archive of nothing": (archive_of(), "no file|empty"),
    "other columns": (b"a,b,c\n1,2,3\n", 'expected the columns .* found "a", "b", "c"'),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_table_of_events_is_refused_by_name_and_says_what_it_is(what, tmp_path):
    content, message = REFUSED[what]
    path = tmp_path / "20250507.export.CSV"
    path.write_bytes(content)
    with pytest.raises(tocsin.InputError, match=message) as caught:
        tocsin.read_events(path)
    assert str(path) in str(caught.value)
    with pytest.raises(tocsin.InputError, match=message), path.open("rb") as file:
        tocsin.read_events(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    missing = tmp_path / "missing.csv"
    with pytest.raises(tocsin.InputError, match=f"{missing}: there is no such file or folder; is the path right"):
        tocsin.read_events([as_text(tmp_path), missing])
    with pytest.raises(tocsin.InputError, match=r"\*\.zip: no file fits this pattern"):
        tocsin.read_events(tmp_path / "*.zip")
    (tmp_path / "empty").mkdir()
    with pytest.raises(tocsin.InputError, match="empty: the folder holds no file"):
        tocsin.read_events(tmp_path / "empty")
    with pytest.raises(tocsin.InputError, match="there is no file or row to read; name at least one"):
        tocsin.read_events([])
    with pytest.raises(tocsin.InputError, match=r"table is a int; expected a path, a frame"):
        tocsin.read_events(3)


def test_a_file_that_was_removed_is_missed_when_its_rows_are_asked_for(tmp_path):
    events = tocsin.read_events(as_text(tmp_path))
    (tmp_path / "events.csv").unlink()
    with pytest.raises(tocsin.InputError, match=r"events\.csv"):
        events.frame()
    assert len(events.count(pairs="all").pairs) == 2  # of what was read


def test_an_open_file_may_be_closed_before_its_rows_are_asked_for(tmp_path):
    with as_text(tmp_path).open() as file:
        events = tocsin.read_events(file)
    assert rows_of(events) == ROWS


# The report


def test_lines_with_a_field_more_or_less_are_counted_with_their_numbers(tmp_path):
    path = tmp_path / "feed"
    path.write_text(
        gdelt_rows(30) + gdelt(60) + gdelt_rows(9) + "\n" + gdelt(62) + gdelt(63, f61="http://x") + gdelt_rows(30)
    )
    with pytest.warns(
        tocsin.InputWarning, match="3 of 72 rows cannot be read; wrong number of fields: 3, as in .*feed:31"
    ):
        report = tocsin.read_events(path).report
    assert list(report["rejected"]) == ["wrong number of fields"]
    found = report["rejected"]["wrong number of fields"]
    assert found["rows"] == 3
    assert found["examples"] == [
        f"{path}:{line}: expected 61 fields, found {fields}; is the line cut off, or a separator missing?"
        for line, fields in ((31, 60), (42, 62), (43, 63))
    ]
    assert report["files"][0]["rejected"] == 3
    assert report["rows"] == places(report) == 72


def test_too_many_rejected_rows_are_an_error_that_names_the_first_and_the_limit():
    text = gdelt_rows(10) + gdelt(f2="?") + gdelt(60)
    with pytest.raises(tocsin.ParseError) as caught:
        tocsin.read_events(io.StringIO(text))
    message = str(caught.value)
    assert message.startswith('stream:11:2: column "date" holds "?", expected a day as YYYY-MM-DD')
    assert "2 of 12 rows cannot be read, more than the 5 % allowed" in message
    assert message.endswith("mend the file or raise max_rejected_share")
    assert caught.value.line == 11
    with pytest.warns(tocsin.InputWarning, match="2 of 12 rows cannot be read"):
        assert len(tocsin.read_events(io.StringIO(text), max_rejected_share=0.2)) == 10


def test_every_reason_to_reject_a_row_is_told_apart():
    broken = {
        "wrong number of fields": "x\n",
        "no date": gdelt(f2="20250532"),
        "date out of range": gdelt(f2="17000101"),
        "no event code": gdelt(f27=""),
        "no number": gdelt(f32="many"),
        "too long": gdelt(f27="1" * 200),
    }
    text = gdelt() + "".join(broken.values())
    with pytest.warns(tocsin.InputWarning):
        report = tocsin.read_events(io.StringIO(text), max_rejected_share=1).report
    assert {reason: found["rows"] for reason, found in report["rejected"].items()} == dict.fromkeys(broken, 1)
    for line, reason in enumerate(broken, start=2):
        assert report["rejected"][reason]["examples"][0].startswith(f"stream:{line}:")
    assert report["rows"] == places(report) == 1 + len(broken)


def test_the_report_has_every_part_that_is_promised():
    text = (
        gdelt(f1="1", f60="20250507000000")
        + gdelt(f1="1", f60="20250507001500")  # the same day: one of the two
        + gdelt(f1="2", f60="20250507000000")
        + gdelt(f1="2", f60="20250508000000", f27="010")  # a correction
        + gdelt(f1="3", f18="")
        + gdelt(f1="4", f18="ZZZ")
        + gdelt(f1="5", f27="999")
        + gdelt(f1="6", f8="", f18="")
    )
    events = tocsin.read_events(io.StringIO(text))
    assert events.report == {
        "files": [{"name": "stream", "source": "gdelt2", "rows": 8, "rejected": 0}],
        "rows": 8, "kept": 4, "one_sided": 2, "imprecise": 0, "duplicates": 1, "superseded": 1, "rejected": {},
        "share_of_both_sides": 0.75, "unmapped_actors": {"ZZZ": 1}, "unmapped_codes": {"999": 1},
    }  # fmt: skip
    assert places(events.report) == 8
    shown = events.report
    shown["rows"] = 0
    shown["files"].clear()
    shown["unmapped_codes"]["999"] = 0
    assert events.report["rows"] == 8
    assert len(events.report["files"]) == events.report["unmapped_codes"]["999"] == 1


def test_events_that_last_too_long_are_imprecise():
    text = "id,type_of_violence,side_a,side_b,date_start,date_end\n" + "".join(
        f"{i},1,A,B,2020-03-01,{last}\n" for i, last in enumerate(("2020-03-01", "2020-03-31", "2020-04-01"))
    )
    events = tocsin.read_events(io.StringIO(text))
    assert events.report["imprecise"] == 1
    assert places(events.report) == events.report["rows"] == 3
    assert rows_of(events, ("id", "date", "last_day")) == [
        ("0", "2020-03-01", "2020-03-01"), ("1", "2020-03-01", "2020-03-31"),
    ]  # fmt: skip


def test_a_plain_table_has_a_report_too():
    report = tocsin.read_events(COLUMNS).report
    assert (report["rows"], report["kept"], report["files"], report["rejected"]) == (3, 3, [], {})
    assert report["share_of_both_sides"] == 1


# GDELT 1.0 comes by the day of the event before 2013, and by the day of adding since: its days are those of events.
def test_the_calendar_of_gdelt1_begins_with_its_oldest_event_and_days_between_are_not_collected():
    def old(f1: str, f2: str) -> str:
        fields = gdelt(57, f1=f1, f2=f2, f60="").rstrip("\n").split("\t")
        fields[56] = "20140502"
        return "\t".join(fields) + "\n"

    events = tocsin.read_events(io.StringIO(old("1", "20040430") + old("2", "20140430") + old("3", "20140501")))
    assert events.source == "gdelt1"
    panel = events.count(pairs=["IND-PAK"])
    assert panel.calendar == (np.datetime64("2004-04-30"), np.datetime64("2014-05-01"))
    frame = panel.frame()
    assert frame.loc[frame["exposure"] > 0, "date"].nunique() == 3
    with pytest.warns(tocsin.InputWarning, match="left out 1 of 3 events outside the calendar"):
        asked = events.count(pairs=["IND-PAK"], calendar=("2014-04-30", "2014-05-01"))
    assert asked.frame()["exposure"].min() == 1
    assert events.report["count"]["outside_calendar"] == 1
