"""The risk model: the fit against scikit-learn, frames, refusals, documents, and no look-ahead."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

import tocsin
from tocsin.risk import features, fit_logistic

SHARED = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere") / "data"
SIGNALS = ["rhetoric", "military", "punitive", "mediation", "cooperation"]
DAYS = 700


def simulated_counts(seed: int, pairs: int = 8, days: int = DAYS) -> pd.DataFrame:
    """Pairs that differ in how often they come to blows."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2000-01-01", periods=days)
    parts = []
    for pair in range(pairs):
        level = 0.02 * (pair + 1)
        counts = rng.poisson([3 * level, level, level / 2, 0.02, 0.2], size=(days, 5)).astype(float)
        part = pd.DataFrame(counts, columns=SIGNALS)
        part.insert(0, "date", dates)
        part.insert(1, "source", f"A{pair}")
        part.insert(2, "target", f"B{pair}")
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def simulated_onsets(counts: pd.DataFrame, seed: int = 5) -> pd.DataFrame:
    """Force follows a day with military acts, now and then."""
    rng = np.random.default_rng(seed)
    chosen = counts[(counts["military"] > 0) & (rng.random(len(counts)) < 0.15)]
    pairs = [f"{a}-{b}" for a, b in zip(chosen["source"], chosen["target"], strict=True)]
    return pd.DataFrame({"date": chosen["date"].to_numpy(), "pair": pairs, "level": 4})


def day_of(frame: pd.DataFrame, pair: str) -> pd.Series:
    """The row of 1 June 2001."""
    return frame[(frame["pair"] == pair) & (frame["date"] == pd.Timestamp("2001-06-01"))].iloc[0]


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    return simulated_counts(1)


@pytest.fixture(scope="module")
def scores(counts) -> tocsin.Scores:
    return tocsin.score(counts, intervals="none")


@pytest.fixture(scope="module")
def onsets(counts) -> pd.DataFrame:
    return simulated_onsets(counts)


@pytest.fixture(scope="module")
def model(scores, onsets) -> tocsin.RiskModel:
    return tocsin.RiskModel.fit(
        scores, onsets, description="simulated", horizon_days=10, quiet_days=5, warm_up_days=100, folds=4, ridge=5
    )


@pytest.mark.parametrize("ridge", [0.01, 1.0, 30.0])
def test_the_fit_is_that_of_scikit_learn(ridge):
    rng = np.random.default_rng(7)
    x = rng.normal(size=(3000, 6)) * [1, 2, 0.5, 1, 1, 3] + [0, 1, -2, 0, 0, 5]
    y = (rng.random(3000) < 1 / (1 + np.exp(-(x[:, 0] - 0.5 * x[:, 1] - 2)))).astype(float)
    ours = fit_logistic(x, y, ridge=ridge)
    theirs = LogisticRegression(C=1 / ridge, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    assert ours.converged
    np.testing.assert_allclose(ours.coefficients, theirs.coef_[0], atol=1e-6)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-6)


def test_many_cases_give_the_fit_of_scikit_learn_too():
    rng = np.random.default_rng(8)
    x = rng.normal(size=(60_000, 5))
    y = (rng.random(60_000) < 1 / (1 + np.exp(4 - x[:, 0] - x[:, 1]))).astype(float)
    ours = fit_logistic(x, y, ridge=2.0)
    theirs = LogisticRegression(C=0.5, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    np.testing.assert_allclose(ours.coefficients, theirs.coef_[0], atol=1e-6)


def test_clusters_widen_the_covariance_of_cases_that_repeat_each_other():
    rng = np.random.default_rng(9)
    x = np.repeat(rng.normal(size=(200, 2)), 10, axis=0)
    y = np.repeat((rng.random(200) < 0.4).astype(float), 10)
    alone = fit_logistic(x, y)
    clustered = fit_logistic(x, y, clusters=np.repeat(np.arange(200), 10))
    np.testing.assert_array_equal(alone.coefficients, clustered.coefficients)
    ratio = np.diag(clustered.covariance) / np.diag(alone.covariance)
    assert np.all((ratio > 7) & (ratio < 14))  # ten copies of each case are worth one


def test_a_matrix_that_is_no_sample_is_refused():
    with pytest.raises(tocsin.InputError, match="dimensions, expected 2"):
        fit_logistic([1.0, 2.0], [0, 1])
    with pytest.raises(tocsin.InputError, match="row 1 of x"):
        fit_logistic([[1.0], [np.nan]], [0, 1])
    with pytest.raises(tocsin.InputError, match="needs both"):
        fit_logistic([[1.0], [2.0]], [1, 1])


def test_predictions_have_the_rows_and_order_of_the_scores(model, scores, onsets):
    frame = model.predict(scores)
    days = scores.frame()
    assert list(frame.columns) == ["date", "pair", "risk", "risk_low", "risk_high", "status"]
    pd.testing.assert_frame_equal(frame[["date", "pair"]], days[["date", "pair"]])
    known = model.predict(scores, onsets).dropna()
    assert len(known) == 8 * (DAYS - 99)
    assert ((known["risk_low"] < known["risk"]) & (known["risk"] < known["risk_high"])).all()


def test_contributions_sum_to_the_log_odds_of_the_risk(model, scores, onsets):
    for given in (None, onsets):
        one = model.at(scores, "A3-B3", "2001-06-01", onsets=given)
        logit = one["base"]
        for part in one["contributions"].values():
            logit += part
        assert logit == one["logit"]
        assert one["risk"] == pytest.approx(1 / (1 + np.exp(-logit)), rel=1e-14)
        assert day_of(model.predict(scores, given), "A3-B3")["risk"] == one["risk"]


def test_the_contributions_are_those_of_the_features(model, scores, onsets):
    row = day_of(features(scores, onsets, model=model), "A5-B5")
    equation = model.with_onsets
    one = model.at(scores, "A5-B5", "2001-06-01", onsets=onsets)
    for name, term in equation["terms"].items():
        expected = equation["calibration_slope"] * term["coefficient"] * (row[name] - term["mean"]) / term["spread"]
        if name == "threats_730":  # the table of onsets tells of none
            assert np.isnan(expected)
            expected = 0
        assert one["contributions"][name] == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_more_force_in_the_past_raises_the_risk(model, scores):
    frame = model.predict(scores)
    late = frame[frame["date"] > pd.Timestamp("2001-01-01")].groupby("pair")["risk"].mean()
    assert late["A7-B7"] > 2 * late["A0-B0"]


def test_another_future_changes_no_earlier_prediction(model, counts, scores, onsets):
    cut = pd.Timestamp("2001-03-01")
    other = simulated_counts(2)
    mixed = pd.concat([counts[counts["date"] <= cut], other[other["date"] > cut]], ignore_index=True)
    known = pd.concat(
        [onsets[onsets["date"] <= cut], pd.DataFrame({"date": [cut + pd.Timedelta(2, "D")], "pair": ["A1-B1"]})]
    )
    known["level"] = 4
    before = model.predict(scores, onsets)
    after = model.predict(tocsin.score(mixed, intervals="none"), known)
    is_past = before["date"] <= cut
    pd.testing.assert_frame_equal(before[is_past], after[is_past])
    assert (before["risk"] != after["risk"])[~is_past].any()


@pytest.mark.parametrize("is_first", [True, False], ids=["the first threat", "another threat"])
def test_a_threat_of_the_future_changes_no_earlier_prediction(is_first, model, scores, onsets):
    cut = pd.Timestamp("2001-03-01")

    def threat(pair: str, days: int) -> pd.DataFrame:
        return pd.DataFrame({"date": [cut + pd.Timedelta(days, "D")], "pair": [pair], "level": [2]})

    known = onsets.assign(level=4)
    if not is_first:
        known = pd.concat([known, threat("A2-B2", -90)])
    before = model.predict(scores, known)
    after = model.predict(scores, pd.concat([known, threat("A1-B1", 2)]))
    is_past = before["date"] <= cut
    pd.testing.assert_frame_equal(before[is_past], after[is_past])


def test_threads_and_the_order_of_rows_change_nothing(model, counts, onsets):
    shuffled = counts.sample(frac=1, random_state=3)
    again = tocsin.RiskModel.fit(
        tocsin.score(shuffled, intervals="none"),
        onsets.sample(frac=1, random_state=3),
        description="simulated",
        horizon_days=10,
        quiet_days=5,
        warm_up_days=100,
        folds=4,
        ridge=5,
        threads=3,
    )
    assert again.to_json() == model.to_json()


def test_a_saved_model_is_read_back_bit_for_bit(model, tmp_path):
    path = tmp_path / "risk.json"
    model.save(path)
    read = tocsin.RiskModel.load(path)
    assert read == model
    assert read.hash == model.hash
    assert hash(read) == hash(model)
    assert path.read_text(encoding="utf-8") == model.to_json()


def test_a_changed_document_is_refused(model):
    document = json.loads(model.to_json())
    document["body"]["events"]["terms"][0]["coefficient"] += 0.1
    with pytest.raises(tocsin.InputError, match="changed or cut"):
        tocsin.RiskModel.from_json(json.dumps(document))
    document = json.loads(model.to_json())
    document["unheard"] = 1
    with pytest.raises(tocsin.InputError, match="unheard"):
        tocsin.RiskModel.from_json(json.dumps(document))


def test_a_panel_that_lacks_a_signal_is_unscaled(model, counts):
    lacking = tocsin.score(counts.drop(columns="cooperation"), intervals="none")
    frame = model.predict(lacking)
    assert set(frame["status"]) == {"unscaled"}
    assert frame["risk"].isna().all()
    assert "lack rhetoric, military or cooperation" in model.explain(lacking, "A1-B1")


def test_the_first_year_is_a_warm_up(scores):
    frame = tocsin.RiskModel.default().predict(scores)
    early = frame["date"] < pd.Timestamp("2000-01-01") + pd.Timedelta(364, "D")
    assert set(frame.loc[early, "status"]) == {"warming_up"}
    assert frame.loc[early, "risk"].isna().all()
    assert frame.loc[~early, "risk"].notna().all()


def test_scores_from_a_document_are_refused(model, scores):
    document = tocsin.Scores.from_json(scores.to_json())
    with pytest.raises(tocsin.InputError, match="does not hold the counts"):
        model.predict(document)


def test_wrong_arguments_say_what_was_expected(model, scores, onsets):
    with pytest.raises(tocsin.InputError, match="expected tocsin\\.Scores"):
        model.predict([1, 2])
    with pytest.raises(tocsin.InputError, match="expected tocsin\\.Scores"):
        tocsin.RiskModel.fit(["scores"], onsets)
    with pytest.raises(tocsin.InputError, match="followed by an onset"):
        tocsin.RiskModel.fit(scores, pd.DataFrame({"date": ["1950-01-01"], "pair": ["A0-B0"]}))
    with pytest.raises(tocsin.InputError, match="A8"):
        model.at(scores, "A8-B8")


def test_the_shipped_model_says_what_it_was_fitted_to():
    model = tocsin.RiskModel.default()
    assert model.horizon_days == 30
    assert model.quiet_days == 60
    assert "Militarized Interstate Events" in model.training["description"]
    assert "KEDS" in repr(model)
    for equation in (model.events, model.with_onsets):
        assert all(term["coefficient"] > 0 for term in equation["terms"].values())
        assert 0.8 < equation["calibration_slope"] < 1.25


def test_the_explanation_is_made_of_sentences_with_numbers(model, scores, onsets):
    text = model.explain(scores, "A6-B6", "2001-06-01", onsets=onsets)
    assert "The chance that force is used between A6-B6 within 10 days of 1 June 2001 is" in text
    assert "against" in text
    assert "simulated" in text


@pytest.mark.skipif(not SHARED.is_dir(), reason="TOCSIN_SHARED does not name the folder with the shared data")
def test_israel_and_lebanon_before_july_2006_were_far_above_the_average_pair_day():
    panel = tocsin.read_events(SHARED / "keds_levant.cameo.csv.gz", actors="iso3").count(pairs=["ISR-LBN", "EGY-FRA"])
    scores = tocsin.score(panel, intervals="none")
    frame = tocsin.RiskModel.default().predict(scores).set_index(["pair", "date"])["risk"]
    assert frame["ISR-LBN", "2006-07-01"] > 0.05
    assert frame["EGY-FRA", "2006-07-01"] < 0.005
