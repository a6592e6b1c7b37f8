"""The same computation, one day at a time: it continues bit for bit, and refuses what would make it wrong."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

import tocsin
from tocsin import Config, Monitor

QUICK = Config(draws=25)


def day_of(number: int) -> str:
    return (dt.date(2024, 1, 1) + dt.timedelta(days=number)).isoformat()


def feed(monitor: Monitor, records: list[dict], first: int, last: int) -> list[pd.DataFrame]:
    """Pushes the records' days `first` to `last`, quiet days included."""
    readings = []
    for number in range(first, last + 1):
        rows = [row for row in records if row["date"] == day_of(number)]
        exposure = rows[0]["exposure"] if rows else 1
        readings.append(monitor.push(day_of(number), rows, exposure=exposure))
    return readings


@pytest.fixture
def fed(make_records) -> Monitor:
    monitor = Monitor(QUICK)
    feed(monitor, make_records(2, days=30), 0, 20)
    return monitor


@pytest.mark.parametrize("seed", range(3))
def test_a_stream_is_the_batch_on_every_prefix(seed, make_records, assert_same):
    records = make_records(seed, days=45)
    panel = tocsin.CountPanel.read(records)
    readings = feed(Monitor(QUICK), records, 0, 44)
    for number, reading in enumerate(readings):
        batch = tocsin.score(panel.until(day_of(number)), config=QUICK).frame()
        assert_same(reading, batch[batch["date"] == day_of(number)])


def test_a_stream_of_counted_events_is_the_batch_on_every_prefix(example, assert_same):
    frame = example.frame()
    monitor = Monitor(QUICK)
    for date, rows in frame.groupby("date"):
        reading = monitor.push(date, rows)
        batch = tocsin.score(example.until(date), config=QUICK).frame()
        assert_same(reading, batch[batch["date"] == date])
        assert reading["goldstein_conflict"].notna().all()


def test_intervals_may_be_left_out_and_nothing_else_changes(example, assert_same):
    frame = example.frame()
    one, other = Monitor(QUICK), Monitor(QUICK)
    for date, rows in frame.groupby("date"):
        whole = one.push(date, rows)
        quick = other.push(date, rows, intervals=False)
        sampled = [name for name in whole if name.endswith(("_low", "_high", "_null")) or name.startswith("variance_")]
        assert quick[sampled].isna().all(axis=None)
        assert_same(quick.drop(columns=sampled), whole.drop(columns=sampled))
    assert one.to_json() == other.to_json()


def test_a_stream_of_undirected_counts_is_the_batch(assert_same):
    rows = [
        {"date": day_of(t), "pair": "IND-PAK", "rhetoric": t % 3, "military": t % 2, "mediation": 0.3 * (t % 4)}
        for t in range(20)
    ]
    monitor = Monitor(QUICK)
    for row in rows:
        reading = monitor.push(row["date"], [row])
    assert_same(reading, tocsin.score(rows, config=QUICK).frame().tail(1))


def test_a_pair_that_appears_late_is_scored_as_if_it_had_been_silent_before(assert_same):
    rows = [
        {"date": day_of(t), "source": "A", "target": "B", "rhetoric": 1, "military": 1, "mediation": 0}
        for t in range(30)
    ]
    rows.append({"date": day_of(29), "source": "C", "target": "D", "rhetoric": 4, "military": 2, "mediation": 0})
    monitor = Monitor(QUICK)
    readings = feed(monitor, [row | {"exposure": 1} for row in rows], 0, 29)
    assert monitor.pairs == ["A-B", "C-D"]
    batch = tocsin.score(rows, config=QUICK).frame()
    assert_same(readings[-1], batch[batch["date"] == day_of(29)])


@pytest.mark.parametrize("stop", [0, 1, 7, 20])
def test_a_saved_and_restarted_monitor_continues_bit_for_bit(stop, make_records, assert_same, tmp_path):
    records = make_records(8, days=25)
    without_break = Monitor(QUICK)
    expected = feed(without_break, records, 0, 24)
    monitor = Monitor(QUICK)
    feed(monitor, records, 0, stop)
    monitor.save(tmp_path / "state.json")
    restarted = Monitor.load(tmp_path / "state.json")
    assert (restarted.last_day, restarted.pairs, restarted.config) == (monitor.last_day, monitor.pairs, QUICK)
    for reading, wanted in zip(feed(restarted, records, stop + 1, 24), expected[stop + 1 :], strict=True):
        assert_same(reading, wanted)
    assert restarted.to_json() == without_break.to_json()


def test_the_state_survives_a_round_trip(fed):
    assert Monitor.from_json(fed.to_json()).to_json() == fed.to_json()


def test_a_save_leaves_one_file_and_can_be_repeated(fed, tmp_path):
    fed.save(tmp_path / "state.json")
    fed.push(day_of(21), [])
    fed.save(str(tmp_path / "state.json"))
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]
    assert Monitor.load(tmp_path / "state.json").last_day == np.datetime64(day_of(21))


def test_a_save_that_fails_leaves_the_old_state_whole(fed, tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    fed.save(path)
    old = path.read_text()
    fed.push(day_of(21), [])

    def write_half(target: Path, text: str, **_: str) -> None:
        target.write_bytes(text[: len(text) // 2].encode())
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_text", write_half)
    with pytest.raises(OSError, match="disk full"):
        fed.save(path)
    assert path.read_text() == old
    assert list(tmp_path.iterdir()) == [path]


def test_a_day_that_is_passed_over_counts_as_not_collected(make_records, assert_same):
    records = make_records(4, days=12)
    skipped, blind = Monitor(QUICK), Monitor(QUICK)
    for monitor in (skipped, blind):
        feed(monitor, records, 0, 5)
    for number in (6, 7):
        blind.push(day_of(number), [], exposure=0)
    for number in range(8, 12):
        rows = [row for row in records if row["date"] == day_of(number)]
        for_both = [m.push(day_of(number), rows, exposure=rows[0]["exposure"] if rows else 1) for m in (skipped, blind)]
        assert_same(*for_both)
    assert skipped.to_json() == blind.to_json()


def test_a_quiet_day_is_not_a_day_without_collection(fed):
    quiet = fed.push(day_of(21), [])
    blind = fed.push(day_of(22), [], exposure=0)
    assert set(quiet["status"]) == {"warming_up"}
    assert set(blind["status"]) == {"no_data"}


@pytest.mark.parametrize(
    "rows", [[], (), {}, pd.DataFrame(), pl.DataFrame({"source": [], "target": [], "rhetoric": []})], ids=repr
)
def test_a_quiet_day_may_be_any_kind_of_nothing(rows, fed, assert_same):
    if isinstance(rows, pd.DataFrame):
        rows = pd.DataFrame({"source": [], "target": [], "rhetoric": []})
    expected = Monitor.from_json(fed.to_json()).push(day_of(21), [])
    reading = fed.push(day_of(21), rows)
    assert_same(reading.to_pandas().astype(expected.dtypes) if isinstance(reading, pl.DataFrame) else reading, expected)


@pytest.mark.parametrize("date", [day_of(20), day_of(19), "1999-01-01"], ids=["again", "the day before", "long ago"])
def test_a_day_that_is_not_after_the_last_one_is_refused_and_changes_nothing(date, fed):
    before = fed.to_json()
    with pytest.raises(
        tocsin.StateError, match=f"{date} is not after {day_of(20)}, the last day that this monitor took"
    ):
        fed.push(date, [])
    assert fed.to_json() == before


def test_replaying_a_recent_day_is_as_if_it_had_come_right_the_first_time(make_records, assert_same):
    records = make_records(2, days=30)
    right, corrected = Monitor(QUICK), Monitor(QUICK)
    feed(right, records, 0, 20)
    feed(corrected, records, 0, 18)
    corrected.push(day_of(19), [])  # a first report that missed everything
    corrected.push(day_of(20), [])
    for number in (19, 20):
        rows = [row for row in records if row["date"] == day_of(number)]
        exposure = rows[0]["exposure"] if rows else 1
        reading = corrected.push(
            day_of(number), rows, exposure=exposure, replay_from=day_of(19) if number == 19 else None
        )
    assert corrected.to_json() == right.to_json()
    assert_same(reading, feed(Monitor(QUICK), records, 0, 20)[-1])


def test_replaying_works_after_a_restart(fed, assert_same):
    restarted = Monitor.from_json(fed.to_json())
    assert_same(
        restarted.push(day_of(20), [], replay_from=day_of(19)), fed.push(day_of(20), [], replay_from=day_of(19))
    )


def test_replaying_reaches_as_far_as_the_settle_days_and_no_farther(fed):
    before = fed.to_json()
    with pytest.raises(
        tocsin.StateError, match=rf"{day_of(18)} is too far back.* go back to {day_of(19)} \(settle_days is 2\)"
    ):
        fed.push(day_of(18), [], replay_from=day_of(18))
    assert fed.to_json() == before
    fed.push(day_of(19), [], replay_from=day_of(19))
    assert fed.last_day == np.datetime64(day_of(19))


def test_without_settle_days_nothing_is_provisional_and_nothing_can_be_replayed():
    monitor = Monitor(Config(settle_days=0, warm_up_days=0, draws=25))
    row = {"source": "A", "target": "B", "rhetoric": 1, "military": 1, "mediation": 0}
    for number in range(20):
        reading = monitor.push(day_of(number), [row])
    assert reading["status"].tolist() == ["ok"]
    with pytest.raises(tocsin.StateError, match="too far back"):
        monitor.push(day_of(19), [row], replay_from=day_of(19))


def test_the_monitor_can_replay_only_days_that_it_has_kept():
    monitor = Monitor(QUICK)
    monitor.push(day_of(5), [{"source": "A", "target": "B", "rhetoric": 1}])
    monitor.push(day_of(5), [{"source": "A", "target": "B", "rhetoric": 2}], replay_from=day_of(5))
    assert monitor.pairs == ["A-B"]
    assert monitor.last_day == np.datetime64(day_of(5))


STATE_FAULTS = {
    "nothing": (lambda _: "", "cannot be read as JSON"),
    "cut off": (lambda text: text[: len(text) // 2], "cannot be read as JSON"),
    "another version": (
        lambda text: text.replace('"schema_version":3', '"schema_version":2'),
        "holds 2, this version of tocsin reads 3",
    ),
    "another document": (
        lambda text: text.replace("tocsin.monitor", "tocsin.scores"),
        '/schema: holds "tocsin.scores"',
    ),
    "a number changed": (
        lambda text: text.replace('"hazard":0.01', '"hazard":0.02'),
        "/checksum: does not fit the document",
    ),
    "the checksum changed": (
        lambda text: text.replace('"checksum":"', '"checksum":"0'),
        "/checksum: does not fit the document",
    ),
    "a key removed": (
        lambda text: json.dumps({k: v for k, v in json.loads(text).items() if k != "checksum"}),
        "/checksum: is missing",
    ),
    "a key twice": (lambda text: text.replace('{"schema"', '{"body":1,"schema"'), "stands twice"),
    "a list": (lambda _: "[]", "is not an object"),
}


@pytest.mark.parametrize("fault", STATE_FAULTS)
def test_a_state_that_is_of_another_version_damaged_or_altered_is_refused(fault, fed, tmp_path):
    change, message = STATE_FAULTS[fault]
    changed = change(fed.to_json())
    assert changed != fed.to_json()
    (tmp_path / "state.json").write_text(changed)
    for load in (lambda: Monitor.from_json(changed), lambda: Monitor.load(tmp_path / "state.json")):
        with pytest.raises(tocsin.StateError, match=message):
            load()


def test_a_scores_document_is_no_state(example):
    with pytest.raises(tocsin.StateError, match="/schema"):
        Monitor.from_json(tocsin.score(example).to_json())


BAD_PUSHES = {
    "negative": ([{"source": "A00", "target": "A01", "rhetoric": -1}], {}, tocsin.ParseError, '1: .* holds "-1"'),
    "text": ([{"source": "A00", "target": "A01", "rhetoric": "x"}], {}, tocsin.ParseError, "expected a number"),
    "self pair": ([{"source": "A00", "target": "A00", "rhetoric": 1}], {}, tocsin.ParseError, "source and target"),
    "twice": ([{"source": "A00", "target": "A01", "rhetoric": 1}] * 2, {}, tocsin.ParseError, "rows:2: a second row"),
    "another day": (
        [{"date": day_of(22), "source": "A00", "target": "A01", "rhetoric": 1}], {}, tocsin.ParseError,
        f"holds the date {day_of(22)}, but {day_of(21)} is pushed",
    ),
    "no direction": ([{"pair": "A00-A01", "rhetoric": 1}], {}, tocsin.InputError, "the monitor counts by direction"),
    "new column": (
        [{"source": "A00", "target": "A01", "rhetoric": 1, "refusals": 1}], {}, tocsin.InputError,
        '"refusals" is given, but the monitor was made for a source that does not collect it',
    ),
    "no columns": ([{"source": "A00"}], {}, tocsin.InputError, 'expected columns "source" and "target"'),
    "exposure": ([], {"exposure": -1}, tocsin.InputError, "exposure is -1"),
    "no exposure": ([], {"exposure": float("nan")}, tocsin.InputError, "exposure is nan"),
    "no table": (7, {}, tocsin.InputError, "rows is a int"),
    "replay": ([], {"replay_from": "soon"}, tocsin.InputError, "'soon' is not a day"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_PUSHES)
def test_a_push_that_cannot_be_taken_is_refused_and_changes_nothing(case, fed):
    rows, options, error, message = BAD_PUSHES[case]
    before = fed.to_json()
    with pytest.raises(error, match=message):
        fed.push(day_of(21), rows, **options)
    assert fed.to_json() == before


def test_counts_on_a_day_without_exposure_are_refused_as_in_a_file(fed):
    with pytest.raises(tocsin.InputError, match="exposure 0"):
        fed.push(day_of(21), [{"source": "A00", "target": "A01", "rhetoric": 5}], exposure=0)


@pytest.mark.parametrize("date", ["yesterday", 5, None, "1500-01-01", pd.NaT], ids=str)
def test_what_is_no_day_is_refused(date, fed):
    with pytest.raises(tocsin.InputError, match="day"):
        fed.push(date, [])


@pytest.mark.parametrize(
    "date", [dt.date(2024, 1, 22), pd.Timestamp("2024-01-22"), np.datetime64("2024-01-22")], ids=repr
)
def test_a_day_may_be_any_kind_of_date(date, fed):
    assert fed.push(date, [])["date"].tolist() == [pd.Timestamp("2024-01-22")] * 3


def test_a_first_push_that_fails_leaves_the_monitor_new():
    monitor = Monitor(QUICK)
    with pytest.raises(tocsin.ParseError):
        monitor.push(day_of(0), [{"source": "A", "target": "B", "rhetoric": -1}])
    assert repr(monitor) == "Monitor: 0 pairs, last day none yet"
    reading = monitor.push(day_of(0), [{"source": "A", "target": "B", "rhetoric": 1, "military": 1, "mediation": 0}])
    assert reading["score"].size == 1


def test_the_first_push_has_to_show_the_columns_of_the_source():
    with pytest.raises(tocsin.InputError, match="the first push must show which columns"):
        Monitor().push(day_of(0), [])
    monitor = Monitor()
    assert (
        len(monitor.push(day_of(0), pd.DataFrame({"source": [], "target": [], "rhetoric": [], "mediation": []}))) == 0
    )
    assert monitor.push(day_of(1), [{"source": "A", "target": "B", "rhetoric": 1}])["pair"].tolist() == ["A-B"]


def test_a_monitor_that_has_taken_no_day_has_no_state(tmp_path):
    monitor = Monitor()
    assert (monitor.pairs, monitor.last_day, monitor.config) == ([], None, Config())
    with pytest.raises(tocsin.StateError, match="taken no day yet"):
        monitor.save(tmp_path / "state.json")
    assert list(tmp_path.iterdir()) == []


def test_an_exposure_column_overrules_the_argument():
    row = {"source": "A", "target": "B", "rhetoric": 2}
    by_column, by_argument = Monitor(QUICK), Monitor(QUICK)
    by_column.push(day_of(0), [row | {"exposure": 0.5}])
    by_argument.push(day_of(0), [row], exposure=0.5)
    assert by_column.to_json() == by_argument.to_json()


def test_unknown_columns_of_a_push_are_warned_of():
    with pytest.warns(tocsin.InputWarning, match='rows: ignored column "colour"'):
        Monitor().push(day_of(0), [{"source": "A", "target": "B", "rhetoric": 1, "colour": "red"}])


def test_a_reading_has_the_columns_of_a_frame(fed, example):
    assert fed.push(day_of(21), []).columns.tolist() == tocsin.score(example).frame().columns.tolist()


def test_a_monitor_says_how_far_it_is(fed):
    assert repr(fed) == f"Monitor: 3 pairs, last day {day_of(20)}"
