"""What comes later changes nothing that was said before: scores and risks, on the whole way from counts."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import tocsin

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from validation.simulated import simulated_panel

CUT = np.datetime64("1993-06-30")


@pytest.fixture(scope="module")
def made():
    return simulated_panel(1, pairs=8, days=1500)


@pytest.fixture(scope="module")
def model():
    panel, _, events = simulated_panel(2, pairs=12, days=1500)
    # More folds than pairs: no calibration, which on so few pairs may find that nothing is known.
    return tocsin.RiskModel.fit(tocsin.score(panel, intervals="none"), events, description="simulated", folds=20)


def shuffled_after(frame, pair, rng):
    """Rows of one pair after the cut stand on other days after the cut."""
    last = frame["date"].max()
    is_future = (frame["date"] > CUT) & (np.minimum(frame["source"], frame["target"]) == pair[0])
    future = pd.date_range(CUT, last)[1:]
    order = dict(zip(future, rng.permutation(future), strict=True))
    moved = frame.copy()
    moved.loc[is_future, "date"] = frame.loc[is_future, "date"].map(order)
    return moved


def until_cut(frame):
    return frame[frame["date"] <= CUT].reset_index(drop=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffling_the_future_of_a_pair_changes_no_earlier_score_or_risk(made, model, seed, assert_same):
    panel, _, events = made
    pair = panel.pairs[0]
    moved = shuffled_after(panel.frame(), pair, np.random.default_rng(seed))
    before, after = (tocsin.score(counts, calendar=panel.calendar, intervals="none") for counts in (panel, moved))
    assert not before.frame(pair)["score"].equals(after.frame(pair)["score"])  # the future itself did change
    assert_same(until_cut(before.frame()), until_cut(after.frame()))
    for onsets in (None, events):
        risks = [model.predict(scores, onsets=onsets) for scores in (before, after)]
        assert risks[0]["risk"].nunique() > 1000
        assert not risks[0]["risk"].equals(risks[1]["risk"])
        assert_same(*(until_cut(each) for each in risks))


def test_onsets_of_the_future_change_no_earlier_risk(made, model, assert_same):
    panel, _, events = made
    scores = tocsin.score(panel, intervals="none")
    known = events.frame()
    past = known[known["date"] <= CUT]
    assert 0 < len(past) < len(known)
    risks = [model.predict(scores, onsets=tocsin.read_onsets(each)) for each in (known, past)]
    assert_same(*(until_cut(each) for each in risks))
    assert not risks[0]["risk"].equals(risks[1]["risk"])
