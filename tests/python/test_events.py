"""Who did what to whom, when: events, read and counted by code and role."""

from __future__ import annotations

import io
import json
import re

import numpy as np
import pandas as pd
import polars as pl
import pytest

import tocsin

HEADER = "date,source,target,code\n"
ROWS = [
    ("2025-05-01", "IND", "PAK", "112"),  # accuse: rhetoric, rung 1
    ("2025-05-01", "INDMIL", "PAKGOV", "190"),  # force: military, rung 5, by roles of the same two
    ("2025-05-01", "PAK", "IND", "163"),  # embargo: punitive, rung 3
    ("2025-05-01", "PAK", "IND", "040"),  # consult: cooperation
    ("2025-05-02", "USA", "IND", "045"),  # mediate: mediation of weight 1
    ("2025-05-02", "PAK", "USA", "126"),  # reject mediation, towards the mediator: a refusal
    ("2025-05-03", "CHN", "IND", "190"),  # force by a third party: beside the pair
    ("2025-05-03", "FRA", "DEU", "190"),  # nobody's business
]


def events(rows=ROWS) -> tocsin.Events:
    return tocsin.read_events(io.StringIO(HEADER + "".join(",".join(row) + "\n" for row in rows)))


def cells(panel: tocsin.CountPanel, date: str, source: str) -> dict[str, float]:
    frame = panel.frame()
    row = frame[(frame["date"] == date) & (frame["source"] == source)].iloc[0]
    return {name: value for name, value in row.items() if isinstance(value, float) and value != 0}


def test_an_event_counts_by_its_code_and_the_role_of_its_source():
    panel = events().count(pairs=["IND-PAK"])
    assert panel.pairs == [("IND", "PAK")]
    assert cells(panel, "2025-05-01", "IND") == {
        "rhetoric": 1, "military": 1, "rung_1": 1, "rung_5": 1, "goldstein_conflict": -12, "exposure": 1, "total": 4,
    }  # fmt: skip
    assert cells(panel, "2025-05-01", "PAK") == {
        "punitive": 1, "cooperation": 1, "rung_3": 1, "goldstein_conflict": -8, "goldstein_cooperation": 1,
        "exposure": 1, "total": 4,
    }  # fmt: skip
    assert cells(panel, "2025-05-02", "IND") == {"mediation": 1, "mediators": 1, "exposure": 1, "total": 2}
    assert cells(panel, "2025-05-02", "PAK") == {"refusals": 1, "exposure": 1, "total": 2}
    assert cells(panel, "2025-05-03", "IND") == {"third_party_hostile": 1, "exposure": 1, "total": 2}


def test_one_event_a_day_and_code_counts_once_unless_rows_are_asked_for():
    twice = events([ROWS[0], ROWS[0], ("2025-05-01", "INDGOV", "PAK", "112"), ROWS[2]])
    assert twice.count(pairs=["IND-PAK"]).frame()["rhetoric"].sum() == 1
    assert twice.count(pairs=["IND-PAK"], duplicates="raw").frame()["rhetoric"].sum() == 3


def test_several_acts_of_one_mediator_on_one_day_count_once_with_the_largest_weight():
    acts = [("2025-05-02", "USA", "IND", code) for code in ("045", "0256", "027")] + [
        ("2025-05-02", "SAU", "PAK", "0256")
    ]
    frame = events([*acts, ROWS[0]]).count(pairs=["IND-PAK"]).frame()
    assert frame["mediation"].sum() == 1.5
    assert frame["mediators"].sum() == 2


def test_an_event_of_many_pairs_counts_for_each():
    panel = events([*ROWS, ("2025-05-01", "IND", "CHN", "190")]).count(pairs=["IND-PAK", ("CHN", "IND")])
    assert panel.pairs == [("CHN", "IND"), ("IND", "PAK")]
    one = events([*ROWS, ("2025-05-01", "IND", "CHN", "190")]).count(pairs=["IND-PAK"])
    assert tocsin.score(panel).frame("IND-PAK").equals(tocsin.score(one).frame())


@pytest.mark.parametrize(
    "make_frame", [pd.DataFrame, pl.DataFrame, lambda c: c, lambda c: pd.DataFrame(c).to_dict("records")]
)
def test_every_form_of_events_gives_the_same_counts(make_frame):
    columns = {name: [row[i] for row in ROWS] for i, name in enumerate(("date", "source", "target", "code"))}
    counted = tocsin.read_events(make_frame(columns)).count(pairs=["IND-PAK"])
    assert tocsin.score(counted).to_json() == tocsin.score(events().count(pairs=["IND-PAK"])).to_json()


def test_events_come_back_as_they_were():
    frame = events().frame()
    assert [
        tuple(row) for row in frame.assign(date=frame["date"].dt.strftime("%Y-%m-%d")).itertuples(index=False)
    ] == ROWS
    assert len(events()) == len(ROWS)
    assert repr(events()) == "Events: 8 of kind 'tidy'"


@pytest.mark.parametrize("code", [112, 112.0, np.int64(10), None], ids=repr)
def test_codes_that_are_numbers_are_refused_for_their_zeros(code):
    with pytest.raises(tocsin.ParseError, match=r'table:1: column "code" holds .* read codes as texts') as caught:
        tocsin.read_events([{"date": "2025-05-01", "source": "IND", "target": "PAK", "code": code}])
    assert caught.value.line == 1


def test_a_code_column_that_a_frame_has_read_as_integers_is_refused():
    table = pd.read_csv(io.StringIO(HEADER + "2025-05-01,IND,PAK,010\n"))
    with pytest.raises(tocsin.ParseError, match='"010" becomes 10'):
        tocsin.read_events(table)


def test_codes_that_have_lost_their_zeros_in_a_file_are_warned_of():
    with pytest.warns(tocsin.InputWarning, match='no code begins with "0", and "10" may be "010"'):
        events([("2025-05-01", "IND", "PAK", "10"), ROWS[0]]).count(pairs=["IND-PAK"])


@pytest.mark.parametrize("missing", ["date", "source", "target", "code"])
@pytest.mark.parametrize("form", ["file", "frame"])
def test_a_missing_column_is_an_error_that_lists_what_was_found(missing, form):
    table = pd.DataFrame([ROWS[0]], columns=["date", "source", "target", "code"]).drop(columns=missing)
    data = io.StringIO(table.to_csv(index=False)) if form == "file" else table
    found = ", ".join(f'"{name}"' for name in table.columns)
    with pytest.raises(tocsin.InputError, match=f'expected .*"source", "target" and "code".*; found {found}'):
        tocsin.read_events(data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (HEADER, "there is a header but no row"),
        (HEADER + "2025-13-01,IND,PAK,112\n", 'stream:2:1: column "date" holds "2025-13-01"'),
        (HEADER + "1500-01-01,IND,PAK,112\n", "1500-01-01 is out of range"),
        (HEADER + "2025-05-01,,PAK,112\n", 'stream:2:2: column "source" is empty'),
        (HEADER + "2025-05-01,IND,PAK,\n", 'stream:2:4: column "code" is empty'),
        (HEADER + "2025-05-01,IND,PAK\n", "expected 4 fields as in the header, found 3"),
    ],
    ids=["empty", "header only", "no date", "too early", "no source", "no code", "cut off"],
)
def test_a_broken_event_file_is_refused_with_its_place(text, message):
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.read_events(io.StringIO(text))


def test_other_columns_of_an_event_file_are_passed_over_without_a_word():
    text = "date,url,source,target,code\n2025-05-01,http://x,IND,PAK,112\n"
    assert tocsin.read_events(io.StringIO(text)).count(pairs=["IND-PAK"]).frame()["rhetoric"].sum() == 1


def test_codes_that_the_codebook_does_not_hold_are_warned_of_with_the_commonest():
    with pytest.warns(
        tocsin.InputWarning, match=r'2 of 3 events have codes .* "cameo-1.1b3" does not hold.* "XX" \(2\)'
    ):
        panel = events([ROWS[0], ("2025-05-01", "IND", "PAK", "XX"), ("2025-05-02", "IND", "PAK", "XX")]).count(
            pairs=["IND-PAK"]
        )
    assert panel.frame()["rhetoric"].sum() == 1


def test_an_actor_that_is_in_no_event_is_warned_of_with_the_nearest():
    with pytest.warns(tocsin.InputWarning, match=r'actor "PAX" is asked for and in no event \(nearest: PAK'):
        events().count(pairs=["IND-PAX"])


def test_events_outside_the_calendar_are_left_out_with_a_warning_that_counts_them():
    with pytest.warns(tocsin.InputWarning, match="left out 4 of 8 events outside the calendar"):
        panel = events().count(pairs=["IND-PAK"], calendar=("2025-05-02", "2025-05-03"))
    assert panel.calendar == (np.datetime64("2025-05-02"), np.datetime64("2025-05-03"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pairs": []}, "no pair is asked for"),
        ({"pairs": "IND-PAK"}, 'expected a list, as in pairs=."IND-PAK".'),
        ({"pairs": ["IND-PAK", "PAK-IND"]}, "is asked for twice"),
        ({"pairs": ["IND-INDGOV"]}, "ask for the country"),
        ({"pairs": [3]}, "3 is not a pair"),
        ({"pairs": ["IND-PAK"], "duplicates": "all"}, 'duplicates is .all., expected "one_a_day" or "raw"'),
        ({"pairs": ["IND-PAK"], "calendar": ("2026-01-01", "2026-01-02")}, "no event lies inside the calendar"),
    ],
    ids=["none", "text", "twice", "part of a country", "number", "duplicates", "calendar"],
)
def test_a_count_that_cannot_be_made_is_refused(options, message):
    with pytest.raises(tocsin.InputError, match=message):
        events().count(**options)


def test_a_panel_names_the_codebook_and_the_rules_it_was_counted_by():
    book = tocsin.Codebook.shipped("cameo-1.1b3")
    provenance = events().count(pairs=["IND-PAK"], duplicates="raw").provenance
    assert provenance["codebook"] == "cameo-1.1b3"
    assert provenance["codebook_hash"] == book.hash
    assert provenance["duplicates"] == "raw"
    assert repr(book) == f"Codebook('cameo-1.1b3', version {book.version}, hash {book.hash})"


def test_an_unknown_codebook_is_an_error_that_lists_the_shipped_ones():
    with pytest.raises(tocsin.CodebookError, match=r'"cameo" is not shipped.* the shipped ones are cameo-1\.1b3'):
        events().count(pairs=["IND-PAK"], codebook="cameo")


def test_every_shipped_codebook_loads_by_its_name_and_an_unknown_name_lists_them():
    names = tocsin.Codebook.shipped_names()
    assert names == ["cameo-1.1b3", "weis", "plover", "acled", "ucdp-ged"]
    books = [tocsin.Codebook.shipped(name) for name in names]
    assert [book.name for book in books] == names
    assert len({book.hash for book in books}) == len(names)
    with pytest.raises(tocsin.CodebookError, match="the shipped ones are " + re.escape(", ".join(names))):
        tocsin.Codebook.shipped("gdelt")


def test_events_without_a_direction_make_an_undirected_panel_that_sees_what_its_codebook_does():
    rows = [("2025-05-07", "IND", "PAK", "Battles:Armed clash"), ("2025-05-08", "PAK", "IND", "Battles")]
    panel = events(rows).count(pairs=["IND-PAK"], codebook="acled")
    assert not panel.is_directed
    frame = panel.frame()
    assert frame["pair"].tolist() == ["IND-PAK", "IND-PAK"]
    assert frame["military"].tolist() == [1, 1]
    assert frame["rhetoric"].isna().all()  # not collected, which is not the same as zero


@pytest.mark.parametrize(("codebook", "code", "percent"), [("acled", "Battles", 38), ("ucdp-ged", "1", 22)])
def test_violence_alone_is_too_little_for_a_score(codebook, code, percent):
    rows = [("2025-01-01", "IND", "PAK", code), ("2025-04-30", "PAK", "IND", code)]
    frame = events(rows).count(pairs=["IND-PAK"], codebook=codebook).score().frame()
    assert set(frame["status"]) == {"unscaled"}
    assert frame["score"].isna().all()
    assert round(100 * frame["coverage"].iloc[-1]) == percent  # as docs/codebooks.md says


def own_codebook(**code) -> str:
    head = {"schema": "tocsin.codebook", "schema_version": 1, "name": "own", "version": "1"}
    return json.dumps(head | {"codes": {"A": {"name": "shout", "party": "rhetoric", "rung": 1} | code}})


def test_a_codebook_of_ones_own_counts_its_codes():
    book = tocsin.Codebook.from_json(own_codebook())
    panel = events([("2025-05-01", "IND", "PAK", "A")]).count(pairs=["IND-PAK"], codebook=book)
    assert panel.frame()["rhetoric"].sum() == 1
    assert panel.signals == ["rhetoric"]
    assert panel.provenance["codebook"] == "own"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read as JSON"),
        (own_codebook().replace("tocsin.codebook", "other"), "/schema: holds"),
        (own_codebook().replace('"schema_version": 1', '"schema_version": 9'), "/schema_version: holds"),
        (own_codebook(rung=8), "/codes/A/rung"),
        (own_codebook(rung=0), "/codes/A/rung"),
        (own_codebook(party="shouting"), "/codes/A/party"),
        (own_codebook(colour=1), "/codes/A/colour"),
    ],
    ids=["no JSON", "schema", "version", "rung", "hostile without rung", "family", "unknown key"],
)
def test_a_malformed_codebook_is_refused_with_its_pointer(text, message):
    with pytest.raises(tocsin.CodebookError, match=message):
        tocsin.Codebook.from_json(text)


def test_the_same_table_has_the_same_hash_and_another_one_has_another():
    book = tocsin.Codebook.from_json(own_codebook())
    assert book.hash == tocsin.Codebook.from_json(own_codebook(name="whisper")).hash
    assert book.hash != tocsin.Codebook.from_json(own_codebook(rung=2)).hash
