"""What scores promise: intervals, configuration, pairs, rows and columns."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import tocsin
from tocsin import Config

CONTRIBUTIONS = ["intensity", "momentum", "self_sustaining", "spread", "restraint_deficit"]
STATUS = {"ok", "warming_up", "no_data", "unscaled", "provisional"}


# Intervals.


def test_central_values_do_not_depend_on_the_intervals_that_are_asked_for(random_panel, assert_same):
    frames = {kind: tocsin.score(random_panel, intervals=kind).frame() for kind in ("latest", "all", "none")}
    sampled = [name for name in frames["all"] if re.search("_low$|_high$|^variance_|^reproduction_null$", name)]
    for kind in ("latest", "none"):
        assert_same(frames[kind].drop(columns=sampled), frames["all"].drop(columns=sampled))
    assert frames["none"][sampled].isna().all(axis=None)
    last = frames["all"]["date"] == frames["all"]["date"].max()
    assert_same(frames["latest"][last], frames["all"][last])
    assert frames["latest"].loc[~last, sampled].isna().all(axis=None)


def test_every_interval_contains_its_value(random_panel):
    frame = tocsin.score(random_panel, intervals="all").frame()
    names = [name for name in frame if f"{name}_low" in frame]
    assert {"score", "hostile_rate", "rate_ratio_log2", "material_share", "mediation_coverage"} <= set(names)
    for name in names:
        rows = frame.dropna(subset=[name, f"{name}_low"])
        assert (rows[f"{name}_low"] <= rows[name]).all(), name
        assert (rows[name] <= rows[f"{name}_high"]).all(), name


def test_variance_shares_sum_to_one(example):
    row = tocsin.score(example, intervals="all").frame().iloc[-1]
    shares = row[[f"variance_{name}" for name in CONTRIBUTIONS]].dropna()
    assert len(shares) >= 4
    assert shares.sum() == pytest.approx(1)


def test_the_seed_changes_the_interval_and_nothing_else(example):
    one, same, other = (tocsin.score(example, config=Config(seed=s)).latest().iloc[0] for s in (1, 1, 2))
    assert one.equals(same)
    assert one["score_low"] != other["score_low"]
    assert one["score"] == other["score"]


def test_more_draws_settle_the_interval(example):
    bounds = [tocsin.score(example, config=Config(draws=20_000, seed=s)).latest()["score_low"][0] for s in (1, 2)]
    assert bounds[0] == pytest.approx(bounds[1], abs=0.3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"intervals": "some"}, 'intervals is "some", expected "latest", "all" or "none"'),
        ({"threads": -1}, "threads is -1"),
    ],
)
def test_an_option_that_does_not_exist_is_refused(options, message, example):
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.score(example, **options)


# Configuration.


def test_weights_move_points_between_the_groups(example):
    weights = {"intensity": 0.6, "momentum": 0.1, "self_sustaining": 0.1, "spread": 0.1, "restraint_deficit": 0.1}
    plain, tilted = (tocsin.score(example, config=c).latest().iloc[0] for c in (Config(), Config(weights=weights)))
    assert tilted["intensity"] == pytest.approx(3 * plain["intensity"])
    assert tilted["spread"] == pytest.approx(plain["spread"] / 2)


def test_half_lives_change_the_score(example):
    assert (
        tocsin.score(example, config=Config(half_life_medium_days=5)).latest()["score"][0]
        != (tocsin.score(example).latest()["score"][0])
    )


# One pair, many pairs.


def test_a_pair_alone_is_the_pair_among_others_on_the_same_calendar(random_panel, assert_same):
    scores = tocsin.score(random_panel, intervals="all")
    for first, second in random_panel.pairs:
        alone = tocsin.score(random_panel.select([(first, second)]), intervals="all")
        assert_same(alone.frame(), scores.frame((first, second)))


def test_latest_lists_the_most_escalated_pair_first(random_panel):
    scores = tocsin.score(random_panel)
    latest = scores.latest()
    assert latest["score"].is_monotonic_decreasing
    assert set(latest["date"]) == {pd.Timestamp(scores.calendar[1])}
    for row in latest.itertuples():
        parts = {name: getattr(row, name) for name in CONTRIBUTIONS}
        assert row.driver == max(parts, key=parts.get)


def test_latest_is_the_last_row_of_the_frame(random_panel):
    scores = tocsin.score(random_panel)
    last = scores.frame().groupby("pair").tail(1).set_index("pair")
    latest = scores.latest().set_index("pair").drop(columns="driver")
    pd.testing.assert_frame_equal(latest, last.loc[latest.index, latest.columns], check_exact=True)


def test_pairs_without_a_score_come_last():
    rows = [
        {"date": f"2025-01-{d:02}", "source": "B", "target": "C", "rhetoric": 1, "military": 0, "mediation": 0}
        for d in range(1, 32)
    ]
    rows += [{"date": "2025-01-01", "source": "A", "target": "B", "rhetoric": 0, "military": 0, "mediation": 0}]
    assert tocsin.score(rows).latest()["pair"].tolist() == ["B-C", "A-B"]


def test_the_frame_has_a_row_for_every_pair_and_day_by_pair_then_date(random_panel):
    scores = tocsin.score(random_panel)
    frame = scores.frame()
    assert len(frame) == len(scores) * len(random_panel.exposure)
    assert frame[["pair", "date"]].apply(tuple, axis=1).is_monotonic_increasing
    assert set(frame["status"]) <= STATUS


COLUMNS = [
    "date", "pair", "status", "score", "score_low", "score_high", "score_min", "score_max", "coverage", "intensity",
    "momentum", "self_sustaining", "spread", "restraint_deficit", "hostile_rate", "hostile_rate_low",
    "hostile_rate_high", "rate_ratio_log2", "rate_ratio_log2_low", "rate_ratio_log2_high", "p_rising", "surprise",
    "cusum", "p_change", "material_share", "material_share_low", "material_share_high", "rung", "reciprocity",
    "asymmetry", "reproduction_number", "reproduction_number_low", "reproduction_number_high", "reproduction_null",
    "p_reproduction_above_1", "phase", "p_calm", "p_tension", "p_confrontation", "p_hostilities", "breadth",
    "mediation_coverage", "mediation_coverage_low", "mediation_coverage_high", "mediation_gap", "attention_share",
    "goldstein_conflict", "goldstein_cooperation",
]  # fmt: skip


def test_the_frame_has_the_columns_that_others_rely_on_in_their_order(example):
    found = [name for name in tocsin.score(example).frame().columns if name in COLUMNS]
    assert found == COLUMNS


def test_pairs_may_be_asked_for_in_either_order_and_as_a_tuple(example, assert_same):
    scores = tocsin.score(example)
    for name in ("IND-PAK", "PAK-IND", ("PAK", "IND"), None):
        assert_same(scores.frame(name), scores.frame("IND-PAK"))
    assert scores.explain("PAK-IND") == scores.explain(("IND", "PAK"))


@pytest.mark.parametrize("ask", ["frame", "explain", "plot", "report"])
def test_a_pair_that_was_not_scored_is_refused_with_the_nearest(ask, example, tmp_path):
    scores = tocsin.score(example)
    arguments = (tmp_path / "x.html", "IND-PAX") if ask == "report" else ("IND-PAX",)
    with pytest.raises(tocsin.InputError, match=r'"IND-PAX" is not among the scored pairs \(nearest: IND-PAK\)'):
        getattr(scores, ask)(*arguments)
