"""Synthetic crises: what the truth says is what the counts were drawn from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tocsin

KINDS = ("escalation", "tit_for_tat", "mediated", "false_alarm", "media_shock", "missing_feed")
HOSTILE = ["rhetoric", "military", "punitive"]
PHASES = {"calm", "tension", "confrontation", "hostilities"}


def daily(crisis: tocsin.SimulatedCrisis) -> pd.DataFrame:
    """The truth of a single pair, beside its counts of each day (both directions)."""
    counts = crisis.panel.frame()
    by_day = counts.groupby("date")[[*HOSTILE, "mediation", "cooperation"]].sum(min_count=1)
    by_day["total"] = counts.groupby("date")["total"].first()
    forward = counts[counts["source"] < counts["target"]].set_index("date")
    by_day["hostile_forward"] = forward[HOSTILE].sum(axis=1, skipna=False)
    return crisis.truth.set_index("date").join(by_day)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_crisis_and_another_seed_another(kind, assert_same):
    first, again, other = (tocsin.simulate_crisis(seed=seed, kind=kind) for seed in (1, 1, 2))
    assert_same(first.panel.frame(), again.panel.frame())
    assert_same(first.truth, again.truth)
    assert_same(first.onsets, again.onsets)
    assert not first.panel.frame().equals(other.panel.frame())
    assert first.kind == kind
    assert kind.replace("_", " ") in repr(first).replace("_", " ")


@pytest.mark.parametrize("kind", [*KINDS, "mixed"])
@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_counts_have_the_mean_that_the_truth_says(kind, dispersion):
    crises = [tocsin.simulate_crisis(seed=seed, kind=kind, dispersion=dispersion) for seed in range(25)]
    days = pd.concat([daily(crisis) for crisis in crises])
    days = days[days["exposure"] > 0]
    hostile = days[HOSTILE].sum(axis=1)
    expected = {
        "hostile": (hostile, days["hostile_rate_forward"] + days["hostile_rate_backward"]),
        "forward": (days["hostile_forward"], days["hostile_rate_forward"]),
        "material": (days["military"] + days["punitive"], days["material_rate"]),
        "mediation": (days["mediation"], days["mediation_rate"]),
    }
    for name, (counted, rate) in expected.items():
        # The variance of a sum of independent counts is dispersion times its mean. Where acts draw acts, a day's rate
        # contains what came before, and the differences are still independent of each other.
        mean = (rate * days["exposure"]).sum()
        assert abs(counted.sum() - mean) < 4.5 * np.sqrt(dispersion * mean), name


@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_counts_vary_as_much_as_the_dispersion_says(dispersion):
    crises = [tocsin.simulate_crisis(seed=seed, dispersion=dispersion) for seed in range(60)]
    days = pd.concat([daily(crisis) for crisis in crises])
    mean = days["hostile_rate_forward"] + days["hostile_rate_backward"]
    pearson = ((days[HOSTILE].sum(axis=1) - mean) ** 2 / mean).mean()
    assert pearson == pytest.approx(dispersion, rel=0.08)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("days", [260, 300, 360, 2000])
def test_a_crisis_begins_after_120_calm_days_and_ends_a_week_before_the_calendar(kind, days):
    for seed in range(5):
        crisis = tocsin.simulate_crisis(seed=seed, kind=kind, days=days, start="2020-02-28")
        truth = crisis.truth
        assert len(truth) == days
        assert crisis.panel.calendar == (np.datetime64("2020-02-28"), np.datetime64("2020-02-28") + days - 1)
        assert set(truth["phase"]) <= PHASES
        is_usual = (truth["phase"] == "calm") & (truth["exposure"] <= 1)
        assert is_usual[:120].all()
        assert is_usual[-7:].all()
        begins = (~is_usual & is_usual.shift(fill_value=True)).sum()
        assert 1 <= begins <= 2 if days <= 360 else begins >= 5


@pytest.mark.parametrize("kind", KINDS)
def test_onsets_are_the_first_days_of_force_and_60_days_without_force_come_before(kind):
    crisis = tocsin.simulate_crisis(seed=3, kind=kind, days=2500)
    truth = crisis.truth
    assert truth["is_force_used"].equals(truth["phase"] == "hostilities")
    force = truth["is_force_used"].to_numpy()
    starts = np.flatnonzero(force[1:] & ~force[:-1]) + 1
    assert list(crisis.onsets["date"]) == list(truth["date"].iloc[starts])
    assert list(crisis.onsets["pair"]) == ["AAA-BBB"] * len(starts)
    assert (len(starts) > 3) == (kind in ("escalation", "tit_for_tat", "missing_feed"))
    for start in starts:
        assert not force[start - 60 : start].any()


def test_an_escalation_climbs_phase_by_phase_and_dies_down_by_the_same_steps():
    phases = tocsin.simulate_crisis(seed=5).truth["phase"]
    path = phases[phases != phases.shift()].tolist()
    assert path == ["calm", "tension", "confrontation", "hostilities", "confrontation", "tension", "calm"]


def test_in_a_tit_for_tat_a_day_follows_the_other_sides_acts_and_not_its_own():
    days = pd.concat([daily(tocsin.simulate_crisis(seed=s, kind="tit_for_tat")).reset_index() for s in range(8)])
    hostile = days[HOSTILE].sum(axis=1)
    days["hostile_backward"] = hostile - days["hostile_forward"]
    decay = 2**-0.5
    for side, other in (("forward", "backward"), ("backward", "forward")):
        # Worked out from the counts alone: Lam[t+1] = d Lam[t] + (1 - d) y[t], and 0.85 of it is added to the rate.
        pressure = np.zeros(len(days))
        for t in range(1, len(days)):
            pressure[t] = decay * pressure[t - 1] + (1 - decay) * days[f"hostile_{other}"].iloc[t - 1]
        force, lately = days["is_force_used"].to_numpy(), days["is_onset"].to_numpy()
        rest = (days[f"hostile_rate_{side}"] - 0.85 * pressure)[force & ~lately]
        by_crisis = rest.groupby((days["is_onset"].cumsum())[force & ~lately])
        assert (by_crisis.max() - by_crisis.min()).max() < 1e-6  # what is left does not move


def test_a_tit_for_tat_comes_out_of_the_calm():
    truth = tocsin.simulate_crisis(seed=2, kind="tit_for_tat").truth
    onset = int(np.flatnonzero(truth["is_onset"])[0])
    assert truth["phase"].iloc[onset - 1] == "calm"


def test_mediators_come_and_no_force_is_used():
    truth = tocsin.simulate_crisis(seed=4, kind="mediated").truth
    assert not truth["is_force_used"].any()
    hostile = truth["hostile_rate_forward"] + truth["hostile_rate_backward"]
    most_mediated = truth["mediation_rate"] == truth["mediation_rate"].max()
    assert truth["mediation_rate"].max() > 5 * truth["mediation_rate"][truth["phase"] == "confrontation"].max()
    assert hostile[most_mediated].max() < 0.5 * hostile[truth["phase"] == "confrontation"].min()
    assert truth["date"][most_mediated].min() > truth["date"][truth["phase"] == "confrontation"].max()


def test_a_false_alarm_is_many_words_and_hardly_a_deed():
    truth = tocsin.simulate_crisis(seed=4, kind="false_alarm").truth
    hostile = truth["hostile_rate_forward"] + truth["hostile_rate_backward"]
    loud = hostile == hostile.max()
    words = hostile - truth["material_rate"]
    assert words[loud].min() > 10 * words[truth["phase"] == "calm"].max()
    assert truth["material_rate"][loud].max() / hostile[loud].min() < 0.05
    assert not truth["is_force_used"].any()


def test_in_a_media_shock_counts_totals_and_exposure_are_three_times_as_much_and_the_pair_stays_calm():
    days = pd.concat([daily(tocsin.simulate_crisis(seed=seed, kind="media_shock")) for seed in range(80)])
    assert set(days["phase"]) == {"calm"}
    assert set(days["exposure"]) == {1.0, 3.0}
    shock, usual = days[days["exposure"] == 3], days[days["exposure"] == 1]
    for name in ("rhetoric", "military", "punitive", "mediation", "cooperation"):
        assert shock[name].mean() / usual[name].mean() == pytest.approx(3, rel=0.2), name
    assert shock["total"].mean() / usual["total"].mean() == pytest.approx(3, rel=0.01)
    assert shock["hostile_rate_forward"].mean() == pytest.approx(usual["hostile_rate_forward"].mean(), rel=0.03)


def test_a_media_shock_moves_what_is_not_told_of_it_and_not_what_is():
    told, untold = [], []
    for seed in range(10):
        crisis = tocsin.simulate_crisis(seed=seed, kind="media_shock")
        during = (crisis.truth["exposure"] == 3).to_numpy()
        counts = crisis.panel.frame()
        for panel, found in ((counts, told), (counts.drop(columns=["exposure", "total"]), untold)):
            found.append(tocsin.score(panel, intervals="none").frame()[during][["hostile_rate_fast", "score"]].mean())
    told, untold = pd.DataFrame(told), pd.DataFrame(untold)
    assert (untold["hostile_rate_fast"] / told["hostile_rate_fast"]).mean() == pytest.approx(3, rel=0.25)
    assert (untold["score"] > told["score"]).all()


def test_days_of_a_missing_feed_are_not_collected_which_is_no_zero():
    crisis = tocsin.simulate_crisis(seed=1, kind="missing_feed")
    days = daily(crisis)
    gone = days[days["exposure"] == 0]
    assert gone[[*HOSTILE, "mediation", "cooperation", "total"]].isna().all(axis=None)
    assert (crisis.panel.exposure == 0).tolist() == (crisis.truth["exposure"] == 0).tolist()
    assert 10 <= len(gone) < 60
    confrontation = crisis.truth.index[crisis.truth["phase"] == "confrontation"]
    assert (crisis.truth["exposure"].loc[confrontation[0] : confrontation[0] + 9] == 0).all()
    assert crisis.truth["hostile_rate_forward"].notna().all()  # it happened all the same
    scores = tocsin.score(crisis.panel, intervals="none").frame()
    assert (scores["status"][(crisis.truth["exposure"] == 0).to_numpy()] == "no_data").all()


def test_rows_of_the_truth_are_those_of_the_scores():
    crisis = tocsin.simulate_crisis(kind="mixed", pairs=11)
    scores = tocsin.score(crisis.panel, intervals="none").frame()
    assert scores["date"].tolist() == crisis.truth["date"].tolist()
    assert scores["pair"].tolist() == crisis.truth["pair"].tolist()


def test_a_pair_does_not_depend_on_how_many_others_there_are(assert_same):
    alone, among = (tocsin.simulate_crisis(seed=8, kind="mixed", pairs=n) for n in (1, 5))
    assert_same(alone.truth, among.truth[among.truth["pair"] == "AAA-BBB"])
    counts = among.panel.select([("AAA", "BBB")]).frame()
    assert_same(alone.panel.frame().drop(columns="total"), counts.drop(columns="total"))
    assert sorted(set(among.truth["kind"])) == ["escalation", "false_alarm", "mediated", "tit_for_tat"]
    assert len(set(among.truth["hostile_rate_forward"].groupby(among.truth["pair"]).first())) == 5


def test_the_actors_may_be_given_as_a_text_and_in_any_order():
    crisis = tocsin.simulate_crisis(pair="PAK-IND", pairs=2)
    assert crisis.panel.pairs == [("IND", "PAK"), ("IND2", "PAK2")]
    assert set(crisis.truth["pair"]) == {"IND-PAK", "IND2-PAK2"}
    assert set(tocsin.simulate_crisis(pair=("south", "north")).truth["pair"]) == {"north-south"}


def test_without_a_hit_the_onsets_still_have_their_columns():
    onsets = tocsin.simulate_crisis(kind="mediated").onsets
    assert list(onsets.columns) == ["date", "pair"]
    assert onsets["date"].dtype.kind == "M"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "war"}, "there is no kind 'war'; the kinds are escalation, tit_for_tat"),
        ({"days": 259}, "days is 259, expected at least 260"),
        ({"pairs": 0}, "pairs is 0, expected at least 1"),
        ({"dispersion": 0.9}, "dispersion is 0.9, expected from 1"),
        ({"pair": ("AAA", "AAA")}, "'AAA' cannot be both actors"),
        ({"seed": -1}, "seed is -1, expected a whole number that is not negative"),
        ({"seed": 1.5}, "seed is 1.5, expected a whole number"),
        ({"start": "soon"}, "'soon' is not a day"),
    ],
)
def test_a_wrong_argument_is_an_error_that_says_what_was_expected(options, message):
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.simulate_crisis(**options)


def test_onsets_are_what_a_back_test_takes():
    crises = tocsin.simulate_crisis(seed=1, kind="mixed", pairs=8, days=900)
    result = tocsin.backtest(tocsin.score(crises.panel, intervals="none"), crises.onsets)
    assert result.counts["unmatched_onsets"] == 0
    assert 0 < result.counts["onsets"] <= len(crises.onsets)
