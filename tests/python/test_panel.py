"""Counts per pair, day, direction and signal: what a file may look like, and what a panel keeps."""

from __future__ import annotations

import gzip
import io
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tocsin
from tocsin import CountPanel

HEADER = "date,source,target,rhetoric,military,mediation\n"
GOOD = HEADER + "2025-04-30,IND,PAK,2,0,0\n2025-05-01,PAK,IND,1,1,0\n"


def parse(text: str | bytes, **options) -> CountPanel:
    return CountPanel.read(io.BytesIO(text.encode() if isinstance(text, str) else text), **options)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.rstrip("\n"),
        GOOD.replace(",", "\t"),
        GOOD.replace(",", ";"),
        GOOD.replace(",", " , "),
        GOOD.replace("\n", "\n\n"),
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in GOOD.splitlines()),
        gzip.compress(GOOD.encode()),
        gzip.compress(GOOD[:30].encode()) + gzip.compress(GOOD[30:].encode()),
    ],
    ids=[
        "BOM",
        "CRLF",
        "no last newline",
        "TSV",
        "semicolons",
        "spaces",
        "empty lines",
        "quotes",
        "gzip",
        "gzip in two parts",
    ],
)
def test_every_dialect_of_a_file_is_the_same_panel(text):
    assert tocsin.score(parse(text)).to_json() == tocsin.score(parse(GOOD)).to_json()


def test_a_quoted_name_may_hold_commas_quotes_and_line_ends():
    panel = parse('date,source,target,rhetoric\n2025-05-01,"a, ""b""\nc",d,1\n')
    assert panel.pairs == [('a, "b"\nc', "d")]


def test_names_keep_their_letters():
    assert parse("date,source,target,rhetoric\n2025-05-01,Åland,Ελλάδα,1\n").pairs == [("Åland", "Ελλάδα")]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (GOOD + "2025-05-02,IND,P", "stream:4: expected 6 fields as in the header, found 3; is the line cut off", 4),
        (GOOD + '2025-05-02,IND,"PA', "stream:4:3: a quote is opened and not closed", 4),
        (GOOD + '2025-05-02,"IND"x,PAK,1,1,1\n', "text follows a closing quote", 4),
        (GOOD + "2025-05-02,IND,PAK,1,1,1,1\n", "expected 6 fields as in the header, found 7", 4),
        (GOOD + "2025-05-02,IND\0,PAK,1,1,1\n", "NUL byte; this is not a text file", 4),
        (GOOD + "2025-05-02,IND,PAK,1,1,x" + "x" * 2**20, "longer than 1 MiB", 4),
        (GOOD + "2025-05-02,IND,PAK,1e400,1,1\n", 'stream:4:4: column "rhetoric" holds "1e400"', 4),
        (GOOD + "2025-05-02,IND,PAK,0x10,1,1\n", 'stream:4:4: column "rhetoric" holds "0x10"', 4),
        (GOOD + "2025-05-02,IND,PAK,1 2,1,1\n", 'stream:4:4: column "rhetoric" holds "1 2"', 4),
        (GOOD.replace("military", "rhetoric"), 'stream:1:5: column "rhetoric" stands twice', 1),
        ("date,pair,rhetoric\n2025-05-01,INDPAK,1\n", 'stream:2:2: pair "INDPAK" cannot be read', 2),
        ("date,pair,rhetoric\n2025-05-01,IND-PAK-X,1\n", 'stream:2:2: pair "IND-PAK-X" cannot be read', 2),
        (gzip.compress(GOOD.encode())[:-9], "gzip data ends in the middle", 0),
        (gzip.compress(GOOD.encode())[:-8] + b"\0" * 8, "gzip data is broken", 0),
    ],
    ids=[
        "cut off", "cut off in a quote", "text after a quote", "too wide", "NUL", "long line", "too large a number",
        "hexadecimal", "two numbers", "column twice", "no dash", "two dashes", "gzip cut off", "gzip damaged",
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_at_its_place(text, message, line):
    with pytest.raises(tocsin.ParseError, match=message) as caught:
        parse(text)
    assert caught.value.line == line
    assert caught.value.source == "stream"


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "the file is empty"), ("\n\n", "the file is empty"), (HEADER, "there is a header but no row")],
)
def test_a_file_without_rows_is_refused(text, message):
    with pytest.raises(tocsin.InputError, match=message):
        parse(text)


def test_a_name_that_is_not_utf_8_is_refused_at_its_place():
    with pytest.raises(tocsin.ParseError, match="UTF-8"):
        parse("date,source,target,rhetoric\n2025-05-01,Åland,B,1\n".encode("latin-1"))


def test_a_path_that_is_not_there_is_an_input_error_that_names_it(tmp_path):
    with pytest.raises(tocsin.InputError, match=r"nothing\.csv: cannot be opened"):
        CountPanel.read(tmp_path / "nothing.csv")
    with pytest.raises(tocsin.InputError, match="is a folder"):
        CountPanel.read(str(tmp_path))


def test_an_open_file_is_named_in_messages(counts_csv):
    counts_csv.write_text(HEADER + "2025-05-01,IND,PAK,-1,0,0\n")
    with counts_csv.open() as stream, pytest.raises(tocsin.ParseError, match=r"counts\.csv:2:4: ") as caught:
        CountPanel.read(stream)
    assert caught.value.source == str(counts_csv)
    assert caught.value.column == 4


def test_rows_may_come_in_any_order(make_records):
    records = make_records(3)
    shuffled = np.random.default_rng(0).permutation(len(records))
    assert tocsin.score([records[i] for i in shuffled]).to_json() == tocsin.score(records).to_json()


def test_a_calendar_adds_collected_days_before_and_after():
    panel = parse(GOOD, calendar=("2025-04-01", "2025-05-10"))
    assert panel.calendar == (np.datetime64("2025-04-01"), np.datetime64("2025-05-10"))
    assert panel.exposure.tolist() == [1.0] * 40


def test_rows_outside_the_calendar_are_left_out_with_a_warning_that_counts_them():
    with pytest.warns(tocsin.InputWarning, match="left out 1 of 2 rows outside the calendar 2025-05-01 to 2025-05-02"):
        panel = parse(GOOD, calendar=("2025-05-01", "2025-05-02"))
    assert panel.frame()["rhetoric"].sum() == 1


@pytest.mark.parametrize(
    ("calendar", "message"),
    [
        (("2025-05-02", "2025-05-01"), "ends on 2025-05-01 before it begins"),
        (("2026-01-01", "2026-02-01"), "no row lies inside the calendar"),
        (("2025-05-01", 3), "3 is not a day"),
        (("1500-01-01", "2025-05-01"), "out of range"),
        ("2025-05-01", "expected its first and its last day"),
        (("2025-05-01",), "expected its first and its last day"),
    ],
    ids=["reversed", "elsewhere", "no date", "too early", "one text", "one day"],
)
def test_a_calendar_that_cannot_be_used_is_refused(calendar, message):
    with pytest.raises(tocsin.InputError, match=message):
        parse(GOOD, calendar=calendar)


def test_a_panel_can_be_put_on_a_longer_calendar():
    longer = CountPanel.read(parse(GOOD), calendar=("2025-04-30", "2025-05-05"))
    assert len(longer.exposure) == 6
    assert longer.frame()["rhetoric"].sum() == 3


@pytest.mark.parametrize("make_frame", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("seed", range(3))
def test_the_scores_of_a_panels_frame_are_the_scores_of_the_panel(seed, make_frame, make_records):
    records = make_records(seed)
    panel = CountPanel.read(make_frame({name: [row[name] for row in records] for name in records[0]}))
    assert tocsin.score(panel.frame()).to_json() == tocsin.score(panel).to_json()


def test_the_frame_of_an_undirected_panel_has_pairs_and_gives_the_same_scores():
    panel = parse("date,pair,rhetoric,mediation\n2025-05-01,PAK-IND,3,1\n2025-05-03,IND-PAK,1,\n")
    frame = panel.frame()
    assert not panel.is_directed
    assert set(frame["pair"]) == {"IND-PAK"}
    assert tocsin.score(frame).to_json() == tocsin.score(panel).to_json()


def test_the_frame_of_counted_events_keeps_rungs_and_sums(example, assert_same):
    frame = example.frame()
    assert {"rung_1", "rung_7", "goldstein_conflict", "goldstein_cooperation", "mediators", "total"} <= set(
        frame.columns
    )
    assert_same(tocsin.score(frame).frame(), tocsin.score(example).frame())


def test_a_signal_that_is_not_given_is_not_collected():
    panel = parse(GOOD)
    assert panel.signals == ["rhetoric", "military", "mediation"]
    assert panel.frame()["punitive"].isna().all()


def test_mediation_is_summed_over_the_rows_of_a_pair_and_stands_on_its_first_direction():
    panel = parse(HEADER + "2025-05-01,IND,PAK,0,0,0.5\n2025-05-01,PAK,IND,0,0,1\n")
    frame = panel.frame()
    assert frame["mediation"].tolist() == [1.5, 0.0]
    assert frame["source"].tolist() == ["IND", "PAK"]


def test_mediation_that_one_of_two_rows_gives_is_collected():
    frame = parse(HEADER + "2025-05-01,IND,PAK,0,0,\n2025-05-01,PAK,IND,0,0,2\n").frame()
    assert frame["mediation"].tolist() == [2.0, 0.0]


def test_an_exposure_of_a_day_has_to_be_the_same_in_all_its_rows():
    text = "date,source,target,rhetoric,exposure\n2025-05-01,IND,PAK,1,1\n2025-05-01,PAK,IND,1,2\n"
    with pytest.raises(tocsin.ParseError, match=r'stream:3:5: column "exposure" holds 2 .* line 2 holds 1'):
        parse(text)


def test_an_empty_exposure_is_a_day_of_collection():
    panel = parse("date,source,target,rhetoric,exposure\n2025-05-01,IND,PAK,1,\n2025-05-02,IND,PAK,,0\n")
    assert panel.exposure.tolist() == [1.0, 0.0]


def test_select_keeps_the_calendar_and_the_scores(random_panel, assert_same):
    one = random_panel.select(["A00-A02"])
    assert one.pairs == [("A00", "A02")]
    assert one.calendar == random_panel.calendar
    assert_same(tocsin.score(one).frame(), tocsin.score(random_panel).frame("A00-A02"))


@pytest.mark.parametrize("pair", ["A00-A02", "A02-A00", ("A02", "A00"), ["A00", "A02"]], ids=str)
def test_a_pair_may_be_named_as_text_or_as_two_actors_in_either_order(pair, random_panel):
    assert random_panel.select([pair]).pairs == [("A00", "A02")]


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (["A00-A09"], r'"A00-A09" is not in the panel \(nearest: A00-A0'),
        (["A00-A01", "A01-A00"], "is asked for twice"),
        ([("A00",)], "is not a pair; expected a text"),
        ([7], "7 is not a pair"),
        (["A00A01"], "two actors joined by one '-'"),
        ([("A00", "A00")], "stands on both sides"),
        ([("A00", "")], "one of the two names is empty"),
    ],
    ids=["unknown", "twice", "one actor", "number", "no dash", "itself", "empty"],
)
def test_a_pair_that_cannot_be_selected_is_refused(pairs, message, random_panel):
    with pytest.raises(tocsin.InputError, match=message):
        random_panel.select(pairs)


def test_actors_whose_names_hold_a_dash_are_found_as_text_and_as_tuple():
    panel = CountPanel.read({"date": ["2025-05-01"], "source": ["Guinea-Bissau"], "target": ["SEN"], "rhetoric": [1]})
    assert panel.select(["Guinea-Bissau-SEN"]).pairs == panel.select([("SEN", "Guinea-Bissau")]).pairs == panel.pairs


def test_a_text_that_is_two_pairs_is_refused_with_both():
    rows = [("A", "B-C"), ("A-B", "C")]
    panel = CountPanel.read([{"date": "2025-05-01", "source": s, "target": t, "rhetoric": 1} for s, t in rows])
    with pytest.raises(tocsin.InputError, match=r"can be read as .* or as .*; give the two actors as a tuple"):
        panel.select(["A-B-C"])
    assert panel.select([("A-B", "C")]).pairs == [("A-B", "C")]


def test_until_is_what_was_known_that_evening(random_panel, make_records):
    known = random_panel.until("2024-01-31")
    records = [row for row in make_records(1) if row["date"] <= "2024-01-31"]
    read = CountPanel.read(records, calendar=("2024-01-01", "2024-01-31"))
    assert tocsin.score(known).to_json() == tocsin.score(read).to_json()


@pytest.mark.parametrize("date", ["2023-12-31", "2024-12-31", "soon", None, pd.NaT], ids=str)
def test_until_a_day_that_is_not_there_is_refused(date, random_panel):
    with pytest.raises(tocsin.InputError, match="day"):
        random_panel.until(date)


def test_counts_given_as_such_have_no_codebook(random_panel):
    assert random_panel.provenance["codebook"] == ""


def test_a_panel_says_what_it_is_made_of(counts_csv):
    assert repr(CountPanel.read(counts_csv)) == (
        "CountPanel: 1 pair, 2025-04-30 to 2025-05-01 (2 days), signals rhetoric military mediation"
    )


def test_days_that_were_not_collected_are_counted_in_the_repr():
    panel = parse("date,source,target,rhetoric,exposure\n2025-05-01,IND,PAK,1,1\n2025-05-02,IND,PAK,,0\n")
    assert "(2 days, 1 of them not collected)" in repr(panel)


def test_a_clean_file_gives_no_warning(counts_csv):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert CountPanel.read(counts_csv).pairs == [("IND", "PAK")]


def test_score_of_a_panel_is_a_method_too(example):
    assert example.score(intervals="none").to_json() == tocsin.score(example, intervals="none").to_json()
