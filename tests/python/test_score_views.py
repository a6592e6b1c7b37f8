"""How scores are shown: sentences, the document, the repr and its table."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import tocsin
from tocsin import Config, CountPanel, Scores

# Sentences.


def test_an_explanation_says_the_number_the_interval_and_the_day(example):
    scores = tocsin.score(example)
    row = scores.latest().iloc[0]
    first = scores.explain("IND-PAK").splitlines()[0]
    assert first.startswith(f"IND-PAK scores {row['score']:.0f} of 100 on 1 May 2025")
    assert f"{row['score_low']:.0f}-{row['score_high']:.0f}" in first


def test_an_explanation_of_a_day_says_what_that_days_row_says(example):
    scores = tocsin.score(example, intervals="all")
    row = scores.frame().set_index("date").loc["2025-04-25"]
    text = scores.explain("IND-PAK", "2025-04-25")
    assert f"scores {row['score']:.0f} of 100 on 25 April 2025" in text
    assert f"{100 * row['material_share']:.0f} % of recent hostile acts are deeds" in text
    assert f"{100 * row['reciprocity']:.0f} % balanced" in text
    assert text == scores.explain("IND-PAK", pd.Timestamp("2025-04-25"))


def test_the_points_of_an_explanation_sum_to_its_score(example):
    scores = tocsin.score(example)
    for day in range(18, 31):
        text = scores.explain("IND-PAK", f"2025-04-{day}")
        line = next((line for line in text.splitlines() if line.startswith("Its points")), None)
        if line is not None:
            assert sum(map(int, re.findall(r" (\d+)[,.]", line))) == int(re.search(r"scores (\d+)", text)[1])


def test_an_explanation_claims_no_more_than_the_status_allows(example, one_pair):
    assert "warming up" in tocsin.score(example).explain("IND-PAK")
    rare = tocsin.score(one_pair(rhetoric=[1, 0] * 60 + [0] * 20, military=[0] * 140, mediation=[0] * 140))
    assert "too few to speak of a trend" in rare.explain("IND-PAK")
    unknown = tocsin.score(
        one_pair(rhetoric=[1] * 20 + [None] * 40, exposure=[1] * 20 + [0] * 40, military=[1] * 20 + [None] * 40)
    )
    assert "There is no score" in unknown.explain("IND-PAK")


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("2026-01-01", "was not scored; the calendar runs from 2025-04-16 to 2025-05-01"),
        ("soon", "'soon' is not a day"),
        (5, "5 is not a day"),
    ],
)
def test_a_day_that_was_not_scored_is_refused(date, message, example):
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.score(example).explain("IND-PAK", date)


# The document.


def test_the_document_survives_a_round_trip(random_panel, assert_same):
    scores = tocsin.score(random_panel, intervals="all", config=Config(draws=30))
    again = Scores.from_json(scores.to_json())
    assert again.to_json() == scores.to_json()
    assert again.pairs == scores.pairs
    assert again.config == scores.config
    assert again.calendar == scores.calendar
    assert again.explain("A00-A01", "2024-02-01") == scores.explain("A00-A01", "2024-02-01")
    assert_same(again.frame(), scores.frame())
    assert_same(again.latest(), scores.latest())


def test_the_document_names_its_schema_its_version_and_where_the_numbers_come_from(example):
    document = json.loads(tocsin.score(example).to_json())
    assert list(document)[:3] == ["schema", "schema_version", "tocsin_version"]
    assert (document["schema"], document["schema_version"], document["tocsin_version"]) == (
        "tocsin.scores",
        1,
        tocsin.__version__,
    )
    assert document["provenance"] == example.provenance
    assert document["calendar"] == {"first": "2025-04-16", "last": "2025-05-01"}
    assert document["pairs"][0]["pair"] == ["IND", "PAK"]
    assert len(document["pairs"][0]["columns"]["score"]) == 16


def test_the_document_holds_the_numbers_of_the_frame_and_null_for_what_is_missing(example):
    scores = tocsin.score(example)
    columns = json.loads(scores.to_json())["pairs"][0]["columns"]
    frame = scores.frame()
    for name, values in columns.items():
        np.testing.assert_array_equal(np.array(values, dtype=float), frame[name].to_numpy())
    absent = set(frame.columns) - set(columns) - {"date", "pair", "status"}
    assert frame[sorted(absent)].isna().all(axis=None)


def test_the_document_names_no_file_and_no_number_of_threads(counts_csv):
    from_file = tocsin.score(counts_csv, threads=1).to_json()
    with counts_csv.open() as stream:
        assert tocsin.score(stream, threads=2).to_json() == from_file
    assert str(counts_csv) not in from_file


BROKEN_DOCUMENTS = {
    "nothing": (lambda _: "", "cannot be read as JSON"),
    "cut off": (lambda text: text[:-5], "cannot be read as JSON"),
    "another schema": (lambda text: text.replace("tocsin.scores", "other"), '/schema: holds "other"'),
    "another version": (
        lambda text: text.replace('"schema_version":1', '"schema_version":2'),
        "this version of tocsin reads 1",
    ),
    "a day that is none": (lambda text: text.replace("2025-05-01", "2025-05-41"), "/calendar/last: holds"),
    "reversed calendar": (lambda text: text.replace("2025-05-01", "2025-01-01"), "/calendar: ends before it begins"),
    "shorter calendar": (
        lambda text: text.replace("2025-05-01", "2025-04-30"),
        "/pairs/0/status: expected a list of 15 values",
    ),
    "unknown column": (
        lambda text: text.replace('"columns":{"score"', '"columns":{"skore"'),
        "/pairs/0/columns/skore: is not a known",
    ),
    "unknown status": (lambda text: text.replace("warming_up", "warming", 1), "/pairs/0/status/0"),
    "unknown setting": (lambda text: text.replace('"draws"', '"drawz"'), "/config/draw"),
    "key twice": (lambda text: text.replace('"schema_version":1', '"schema_version":1,"schema":"x"'), "stands twice"),
    "list": (lambda _: "[]", "is not an object"),
}


@pytest.mark.parametrize("fault", BROKEN_DOCUMENTS)
def test_a_document_that_is_broken_is_refused(fault, example):
    change, message = BROKEN_DOCUMENTS[fault]
    with pytest.raises(tocsin.InputError, match=message):
        Scores.from_json(change(tocsin.score(example).to_json()))


# Looks.


def test_the_repr_lists_pairs_scores_intervals_and_drivers(example):
    row = tocsin.score(example).latest().iloc[0]
    lines = repr(tocsin.score(example)).splitlines()
    assert lines[0] == "Scores: 1 pair, 16 days (2025-04-16 to 2025-05-01)"
    assert lines[1].startswith(
        f"  IND-PAK: {row['score']:.0f} ({row['score_low']:.0f}-{row['score_high']:.0f}), mostly"
    )


def test_a_long_repr_says_how_many_pairs_it_leaves_out():
    rows = [{"date": "2025-05-01", "source": f"A{i:02}", "target": "B", "rhetoric": i} for i in range(13)]
    assert repr(tocsin.score(rows)).splitlines()[-1] == "  ... and 3 more; latest() has them all"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag, _):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_html_is_a_small_closed_table_without_scripts(example):
    html = tocsin.score(example)._repr_html_()
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert {"table", "caption", "th", "td"} <= tags.seen
    assert not tags.seen & {"script", "style", "img", "a"}
    assert len(html) < 5000


def test_names_in_the_html_are_escaped():
    scores = tocsin.score([{"date": "2025-05-01", "source": "<script>", "target": "B&C", "rhetoric": 1}])
    assert "<script>" not in scores._repr_html_()
    assert "&lt;script&gt;" in scores._repr_html_()


def test_progress_counts_up_to_all_pairs(random_panel):
    seen = []
    tocsin.score(random_panel, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_an_error_in_a_progress_callback_comes_through(random_panel):
    def fail(*_: int) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        tocsin.score(random_panel, progress=fail)


def test_a_panel_is_read_once_and_scored_many_times(counts_csv):
    panel = CountPanel.read(counts_csv)
    counts_csv.unlink()
    assert tocsin.score(panel).to_json() == tocsin.score(panel).to_json()


@pytest.mark.parametrize("calendar", [("2025-04-01", "2025-05-31")])
def test_score_puts_counts_on_a_calendar(calendar, counts_csv):
    scores = tocsin.score(counts_csv, calendar=calendar)
    assert scores.calendar == (np.datetime64("2025-04-01"), np.datetime64("2025-05-31"))
    assert scores.frame()["score"].iloc[:29].eq(0).all()
