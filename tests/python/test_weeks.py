"""Weekly counts: a week is a Sunday with an exposure of seven days."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tocsin

WEEKS = 150
MONDAY = dt.date(2020, 1, 6)


@pytest.fixture(scope="module")
def daily() -> pd.DataFrame:
    """Three years of a pair that escalates fivefold for ten weeks, one row a day and direction."""
    rng = np.random.default_rng(11)
    rows = []
    for day in range(7 * WEEKS):
        factor = 5 if 7 * 100 <= day < 7 * 110 else 1
        for source, target in (("IND", "PAK"), ("PAK", "IND")):
            rhetoric, military, mediation = rng.poisson([2 * factor, 0.6 * factor, 0.4])
            rows.append((MONDAY + dt.timedelta(days=day), source, target, rhetoric, military, mediation))
    return pd.DataFrame(rows, columns=["date", "source", "target", "rhetoric", "military", "mediation"])


def by_week(daily: pd.DataFrame) -> pd.DataFrame:
    iso = pd.to_datetime(daily["date"]).dt.isocalendar()
    week = iso["year"].astype(str) + "-W" + iso["week"].astype(str).str.zfill(2)
    return daily.assign(date=week).groupby(["date", "source", "target"], as_index=False).sum()


@pytest.fixture(scope="module")
def weekly(daily: pd.DataFrame) -> pd.DataFrame:
    return by_week(daily)


def sundays(scores: tocsin.Scores) -> pd.DataFrame:
    frame = scores.frame("IND-PAK")
    return frame[frame["date"].dt.day_of_week == 6].set_index("date")


@pytest.fixture(scope="module")
def both(daily, weekly) -> tuple[pd.DataFrame, pd.DataFrame]:
    of_days, of_weeks = sundays(tocsin.score(daily)), sundays(tocsin.score(weekly))
    common = of_days.index.intersection(of_weeks.index)
    return of_days.loc[common], of_weeks.loc[common]


def test_weeks_are_sundays_with_an_exposure_of_seven_days(weekly):
    panel = tocsin.CountPanel.read(weekly)
    first, last = panel.calendar
    assert (first, last) == (np.datetime64("2020-01-12"), np.datetime64(MONDAY + dt.timedelta(days=7 * WEEKS - 1)))
    assert set(panel.exposure[::7]) == {7}
    assert panel.exposure.sum() == 7 * WEEKS
    assert tocsin.score(panel.frame()).to_json() == tocsin.score(weekly).to_json()


def test_rates_of_weeks_are_rates_a_day_near_those_of_the_days(both):
    of_days, of_weeks = (frame["hostile_rate"][20:] for frame in both)
    assert np.median(of_weeks / of_days) == pytest.approx(1, abs=0.1)
    assert of_days.corr(of_weeks) > 0.97
    # The step is seen by both, within the same week or two.
    assert of_weeks.max() == pytest.approx(of_days.max(), rel=0.25)
    assert abs((of_weeks.idxmax() - of_days.idxmax()).days) <= 21


def test_a_weekly_score_sees_the_crisis_but_is_not_on_the_scale_of_the_daily_one(both):
    of_days, of_weeks = (frame["score"] for frame in both)
    assert of_days.corr(of_weeks) > 0.75
    crisis, before = slice("2021-12-19", "2022-02-13"), slice("2021-01-01", "2021-11-01")
    lift_of_days, lift_of_weeks = (score[crisis].mean() - score[before].mean() for score in (of_days, of_weeks))
    # Why it rises more is said in docs/formats.md.
    assert lift_of_days < lift_of_weeks < 2.5 * lift_of_days


def test_a_week_counts_once_towards_warming_up(daily, weekly):
    def first_ok(data: pd.DataFrame, **changes: int) -> pd.Timestamp:
        frame = tocsin.score(data, config=tocsin.Config(**changes)).frame("IND-PAK")
        return frame.loc[frame["status"] == "ok", "date"].iloc[0]

    # 60 days by default, which are 60 Sundays here: for as much history as 60 days have, ask for 9 weeks.
    assert first_ok(weekly) == pd.Timestamp(MONDAY) + pd.Timedelta(days=7 * 60 - 1)
    assert abs((first_ok(weekly, warm_up_days=9) - first_ok(daily)).days) <= 7


def test_a_day_inside_a_week_has_no_data_and_never_a_zero(weekly):
    frame = tocsin.score(weekly).frame("IND-PAK")
    inside = frame[frame["date"].dt.day_of_week != 6]
    assert set(inside["status"]) == {"no_data"}


def as_file(frame: pd.DataFrame) -> Any:
    return io.StringIO(frame.to_csv(index=False))


@pytest.mark.parametrize(
    "form",
    [as_file, pl.from_pandas, pa.Table.from_pandas, lambda f: f.to_dict("records"), lambda f: f.to_dict("list")],
    ids=["file", "polars", "pyarrow", "list of dicts", "dict of lists"],
)
def test_every_form_of_weeks_gives_the_same_scores(form, weekly):
    assert tocsin.score(form(weekly)).to_json() == tocsin.score(weekly).to_json()


@pytest.mark.parametrize("rule", ["W-SUN", "W-MON"])
def test_weeks_that_are_dates_are_said_to_be_weeks(rule, daily, weekly):
    moments = daily.assign(date=pd.to_datetime(daily["date"]))
    labels = {"W-SUN": {"label": "right"}, "W-MON": {"label": "left", "closed": "left"}}[rule]
    grouped = (
        moments.set_index("date").groupby(["source", "target"])[["rhetoric", "military", "mediation"]]
        .resample(rule, **labels).sum().reset_index()
    )  # fmt: skip
    for data in (grouped, pl.from_pandas(grouped), grouped.to_dict("records")):
        assert tocsin.score(data, weekly=True).to_json() == tocsin.score(weekly).to_json()


def row(date: str, **more: Any) -> dict[str, Any]:
    return {"date": date, "source": "IND", "target": "PAK", "rhetoric": 1} | more


@pytest.mark.parametrize("form", [list, pd.DataFrame, pl.DataFrame, lambda rows: as_file(pd.DataFrame(rows))])
def test_days_and_weeks_in_one_column_are_refused_with_the_row(form):
    for rows in ([row("2025-W18"), row("2025-05-05")], [row("2025-05-05"), row("2025-W19")]):
        with pytest.raises(tocsin.ParseError, match=r':[23](:1)?: column "date" holds .*expected (an ISO|a da)'):
            tocsin.CountPanel.read(form(rows))


def test_two_days_of_one_week_are_refused_where_rows_are_weeks():
    with pytest.raises(tocsin.ParseError, match="a second row for IND > PAK on 2025-05-04"):
        tocsin.CountPanel.read([row("2025-05-01"), row("2025-05-02")], weekly=True)


@pytest.mark.parametrize("week", ["2021-W53", "2025-W00", "2025-W18-4", "2025W18", "2025-w18"])
def test_what_is_no_iso_week_is_refused(week):
    for data in ([row(week)], pd.DataFrame([row(week)])):
        with pytest.raises(tocsin.ParseError, match='column "date" holds'):
            tocsin.CountPanel.read(data)


def test_a_calendar_of_weeks_has_quiet_weeks_and_an_uncollected_one_is_given_by_its_exposure():
    panel = tocsin.CountPanel.read([row("2025-W18"), row("2025-W20")], calendar=("2025-04-28", "2025-05-25"))
    assert panel.exposure[6::7].tolist() == [7, 7, 7, 7]
    gap = [row("2025-W18", exposure=7), row("2025-W19", rhetoric=None, exposure=0), row("2025-W20", exposure=7)]
    assert tocsin.CountPanel.read(gap).exposure[::7].tolist() == [7, 0, 7]


def test_a_file_says_itself_that_its_rows_are_weeks():
    with pytest.raises(tocsin.InputError, match="in a file write the weeks as dates"):
        tocsin.CountPanel.read(io.StringIO("date,source,target,rhetoric\n2025-05-01,A,B,1\n"), weekly=True)


def test_events_have_days_and_no_weeks():
    events = [row("2025-W18", code="190")]
    for data in (events, pd.DataFrame(events)):
        with pytest.raises(tocsin.InputError, match='column "date" holds'):
            tocsin.read_events(data)


def test_a_monitor_takes_a_week_as_a_sunday_with_an_exposure_of_seven(weekly):
    monitor = tocsin.Monitor()
    frame = tocsin.score(weekly).frame("IND-PAK").set_index("date")
    rows = weekly.assign(date=[dt.date.fromisocalendar(int(w[:4]), int(w[6:]), 7) for w in weekly["date"]])
    for day, counts in list(rows.groupby("date"))[:20]:
        reading = monitor.push(day, counts.drop(columns="date"), exposure=7, intervals=False)
    assert reading["score"].iloc[0] == frame["score"].loc[pd.Timestamp(day)]
