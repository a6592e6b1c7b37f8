"""Made-up tables of events against counts in a dict, and what must not matter to a count."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tocsin

HEADER = "date,date_added,source,target,code,is_root,mentions\n"
BOOK = tocsin.Codebook.shipped("cameo-1.1b3")
SIGNALS = ("rhetoric", "military", "punitive", "cooperation")
FIRST = dt.date(2025, 4, 28)
DAYS = 8
# Roles of two countries, and an organisation that stays what it is.
ROLLED_UP = {
    "IND": "IND", "INDGOV": "IND", "INDMIL": "IND", "PAK": "PAK", "PAKGOV": "PAK", "CHN": "CHN", "USA": "USA",
    "USAGOV": "USA", "IGOUNO": "IGOUNO",
}  # fmt: skip
CODES = ("010", "036", "040", "045", "0256", "112", "126", "163", "173", "190", "999", "XX")

pytestmark = pytest.mark.filterwarnings("ignore::tocsin.InputWarning")

row = st.tuples(
    st.integers(0, DAYS - 1),
    st.integers(0, 3),  # days until it was added
    st.sampled_from(sorted(ROLLED_UP)),
    st.sampled_from(sorted(ROLLED_UP)),
    st.sampled_from(CODES),
    st.booleans(),
    st.integers(0, 20),
)
# One event at least is between two actors, so that there is a pair to count for.
tables = st.lists(row, max_size=60).map(lambda rows: [*rows, (3, 0, "IND", "PAK", "112", True, 1)])
quickly = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def day(number: int) -> str:
    return (FIRST + dt.timedelta(number)).isoformat()


def text_of(rows) -> str:
    lines = [
        f"{day(date)},{day(date + late)},{source},{target},{code},{int(is_root)},{mentions}\n"
        for date, late, source, target, code, is_root, mentions in rows
    ]
    return HEADER + "".join(lines)


def read(rows) -> tocsin.Events:
    return tocsin.read_events(io.StringIO(text_of(rows)))


def cells(panel: tocsin.CountPanel) -> Counter:
    found = Counter()
    for line in panel.frame().to_dict("records"):
        for signal in SIGNALS:
            found[f"{line['date']:%Y-%m-%d}", line["source"], line["target"], signal] += line[signal]
    return +found


def naive_cells(rows, *, duplicates: str, weight: str = "events", only_root: bool = False) -> Counter:
    """By the definition: roles are rolled up, what is at home or of no meaning is left out, and of one day's acts of a
    kind one counts, or all."""
    acts = Counter()
    for date, _, source, target, code, is_root, mentions in rows:
        if only_root and not is_root:
            continue
        acts[day(date), ROLLED_UP[source], ROLLED_UP[target], code] += mentions if weight == "mentions" else 1
    found = Counter()
    for (date, source, target, code), times in acts.items():
        if source == target or code in ("999", "XX"):
            continue
        signal = BOOK.meaning(code)["party"]
        if signal in SIGNALS:
            found[date, source, target, signal] += 1 if duplicates == "one_a_day" else times
    return +found


def in_one_place(report: dict) -> int:
    others = ("events", "unmapped_codes", "unallotted")
    return sum(n for name, n in report.items() if name not in others) + sum(report["unmapped_codes"].values())


@quickly
@given(tables, st.sampled_from(["one_a_day", "raw"]))
def test_counts_are_those_of_a_dict(rows, duplicates):
    events = read(rows)
    panel = events.count(pairs="all", duplicates=duplicates)
    assert cells(panel) == naive_cells(rows, duplicates=duplicates)
    named = {tuple(sorted((ROLLED_UP[r[2]], ROLLED_UP[r[3]]))) for r in rows}
    assert panel.pairs == sorted(pair for pair in named if pair[0] != pair[1])


@quickly
@given(tables)
def test_weights_and_roots_are_those_of_the_rows(rows):
    events = read(rows)
    weighted = events.count(pairs="all", duplicates="raw", weight="mentions")
    assert cells(weighted) == naive_cells(rows, duplicates="raw", weight="mentions")
    roots = events.count(pairs="all", events="root")
    assert cells(roots) == naive_cells(rows, duplicates="one_a_day", only_root=True)
    assert events.report["count"]["not_root"] == sum(not r[5] for r in rows)


@quickly
@given(tables, st.randoms(use_true_random=False), st.sampled_from(["one_a_day", "raw"]))
def test_the_order_of_rows_changes_nothing(rows, random, duplicates):
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = read(rows), read(shuffled)
    first, second = (each.count(pairs="all", duplicates=duplicates).frame() for each in (one, other))
    assert first.equals(second)
    assert one.report == other.report


@quickly
@given(tables, st.data())
def test_it_does_not_matter_how_rows_are_split_over_files(tmp_path_factory, rows, data):
    cut = data.draw(st.integers(0, len(rows)), label="cut")
    folder = tmp_path_factory.mktemp("split")
    # One of the two may have a header and no row.
    (folder / "a").write_text(text_of(rows[:cut]))
    (folder / "b").write_text(text_of(rows[cut:]))
    one, other = read(rows), tocsin.read_events(folder, threads=2)
    assert one.count(pairs="all").frame().equals(other.count(pairs="all").frame())
    assert one.report["count"] == other.report["count"]
    assert one.report["rows"] == other.report["rows"] == len(rows)


@quickly
@given(tables)
def test_as_of_the_last_day_all_is_known(rows):
    events = read(rows)
    everything = events.count(pairs="all").frame()
    report = events.report["count"]
    last = day(max(date + late for date, late, *_ in rows))
    assert events.count(pairs="all", as_of=last).frame().equals(everything)
    assert events.report["count"] == report


@quickly
@given(tables, st.integers(0, DAYS + 2))
def test_as_of_a_day_counts_what_was_added_by_then(rows, known):
    by_then = [r for r in rows if r[0] + r[1] <= known]
    calendar = (day(0), day(DAYS - 1))
    events = read(rows)
    if not by_then:
        with pytest.raises(tocsin.InputError, match="no event"):
            events.count(pairs=["IND-PAK"], as_of=day(known), calendar=calendar)
        return
    then = events.count(pairs=["IND-PAK"], as_of=day(known), calendar=calendar)
    assert then.frame().equals(read(by_then).count(pairs=["IND-PAK"], calendar=calendar).frame())
    assert events.report["count"]["unknown_then"] == len(rows) - len(by_then)


@quickly
@given(
    tables,
    st.sampled_from(["one_a_day", "raw"]),
    st.sampled_from(["allotted", "all", "paired_only"]),
    st.sampled_from(["all", "root"]),
    st.sampled_from(["event", "added"]),
    st.sampled_from(["by_source", "quiet", "not_collected"]),
    st.none() | st.tuples(st.integers(0, 3), st.integers(3, DAYS)),
)
def test_every_event_is_in_one_place_of_the_report(rows, duplicates, mediation, chosen, date, empty_days, ends):
    events = read(rows)
    events.count(
        pairs=["CHN-IND", "IND-PAK"],
        duplicates=duplicates,
        mediation=mediation,
        events=chosen,
        date=date,
        empty_days=empty_days,
        calendar=None if ends is None else (day(ends[0]), day(ends[1])),
    )
    report = events.report["count"]
    assert report["events"] == in_one_place(report) == len(rows)
    assert report["unallotted"] <= report["unrelated"] + report["counted"]
    assert min(n for name, n in report.items() if name != "unmapped_codes") >= 0


@quickly
@given(tables)
def test_the_total_of_a_day_is_every_event_that_was_not_left_out(rows):
    events = read(rows)
    frame = events.count(pairs="all").frame()
    report = events.report["count"]
    unmapped = sum(report["unmapped_codes"].values())
    assert frame.groupby("date")["total"].nunique().max() == 1
    assert frame.groupby("date")["total"].first().sum() == (
        report["counted"] + report["unrelated"] + report["domestic"] + unmapped
    )


@quickly
@given(tables)
def test_a_frame_counts_like_the_file_it_was_read_from(rows):
    events = read(rows)
    columns = ["date", "date_added", "source", "target", "code", "is_root", "mentions"]
    again = tocsin.read_events(events.frame(columns=columns))
    assert again.count(pairs="all").frame().equals(events.count(pairs="all").frame())
    assert again.report == events.report | {"files": again.report["files"]}
