"""A feed that loses one signal must not be read as calm."""

from __future__ import annotations

import numpy as np
import pytest

import tocsin

DAYS = 120


def war(**dark_from: int):
    """Both sides act every day and are mediated; the named signals are empty from a day on."""
    days = np.datetime64("2024-01-01") + np.arange(DAYS)
    counts = {"rhetoric": 3.0, "military": 2.0, "punitive": 1.0, "mediation": 1.0}
    rows = {"date": np.repeat(days, 2), "source": ["IND", "PAK"] * DAYS, "target": ["PAK", "IND"] * DAYS}
    for name, count in counts.items():
        column = np.full(2 * DAYS, count)
        column[2 * dark_from.get(name, DAYS) :] = np.nan
        rows[name] = column
    return tocsin.score(rows, intervals="none").frame()


def test_the_ladder_stands_still_while_force_is_not_collected():
    frame = war(military=80)
    assert frame["intensity"].iloc[80 + 27] > 0.9 * frame["intensity"].iloc[79]


@pytest.mark.parametrize("signal", ["rhetoric", "military", "punitive", "mediation"])
def test_coverage_falls_while_a_signal_is_not_collected(signal):
    coverage = war(**{signal: 80})["coverage"].to_numpy()
    assert coverage[79] == pytest.approx(1)
    assert (np.diff(coverage[79:]) < 0).all()


def test_mediation_that_is_not_collected_does_not_run_out():
    frame = war(mediation=80)
    assert frame["restraint_deficit"].iloc[80 + 27] == pytest.approx(frame["restraint_deficit"].iloc[79], rel=0.02)


def test_nothing_is_said_of_a_mediation_gap_while_mediation_is_not_collected():
    assert np.isnan(war(mediation=80)["mediation_gap"].iloc[-1])
    assert not np.isnan(war()["mediation_gap"].iloc[-1])


def test_parts_whose_sides_were_never_known_together_are_missing():
    days = np.datetime64("2024-01-01") + np.arange(DAYS)
    empty = np.nan
    frame = tocsin.score(
        {
            "date": np.repeat(days, 2),
            "source": ["IND", "PAK"] * DAYS,
            "target": ["PAK", "IND"] * DAYS,
            "rhetoric": np.array([3.0, empty] * DAYS),
            "military": np.array([empty, 3.0] * DAYS),
            "mediation": np.zeros(2 * DAYS),
        }
    ).frame()
    last = frame.iloc[-1]
    assert np.isnan(last["reciprocity"])
    assert last["status"] == "unscaled"  # of half the cells of two signals nothing is left to say


def test_the_rung_is_unknown_after_a_month_in_which_nothing_was_collected():
    dark = tocsin.score(
        {
            "date": np.datetime64("2024-01-01") + np.arange(60),
            "source": ["IND"] * 60,
            "target": ["PAK"] * 60,
            "military": [3.0] * 10 + [np.nan] * 50,
            "exposure": [1.0] * 10 + [0.0] * 50,
        }
    ).frame()
    assert dark["rung"].iloc[9] == 5
    assert np.isnan(dark["rung"].iloc[-1])


def test_a_chart_and_a_page_take_two_actors_as_a_tuple(tmp_path):
    scores = tocsin.score(
        {
            "date": ["2024-01-01"] * 2,
            "source": ["A", "A-B"],
            "target": ["B-C", "C"],
            "rhetoric": [1, 2],
            "mediation": [0, 0],
        }
    )
    scores.report(tmp_path / "page.html", ("A", "B-C"))
    assert (tmp_path / "page.html").exists()
