"""Scores held against onsets: labels, metrics, intervals, and no look-ahead."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn import isotonic, linear_model, metrics

import tocsin
from tocsin import _core, cli
from tocsin.errors import InputError

DAYS = 1100
FIRST = np.datetime64("2020-01-01")


def make_counts(seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for pair in range(6):
        rate = 0.05 + 0.4 * (np.sin(np.arange(DAYS) / 60 + pair) > 0.5)
        for day in range(DAYS):
            military, rhetoric = rng.poisson(rate[day]), rng.poisson(2 * rate[day])
            if military or rhetoric or day in (0, DAYS - 1):
                rows.append((FIRST + day, f"A{pair}", f"B{pair}", rhetoric, military))
    return pd.DataFrame(rows, columns=["date", "source", "target", "rhetoric", "military"])


@pytest.fixture(scope="module")
def scores() -> tocsin.Scores:
    return tocsin.score(make_counts(), intervals="none")


@pytest.fixture(scope="module")
def onsets() -> list[dict[str, object]]:
    rng = np.random.default_rng(2)
    return [
        {"date": FIRST + int(day), "pair": f"A{pair}-B{pair}", "level": 4}
        for pair in range(1, 6)
        for day in rng.integers(100, DAYS, 5)
    ]


@pytest.fixture(scope="module")
def result(scores, onsets) -> tocsin.Backtest:
    return tocsin.backtest(scores, onsets, warm_up_days=100, recent_days=150, draws=80)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("levels", [3, 40, None])
def test_metrics_agree_with_scikit_learn(seed, levels):
    rng = np.random.default_rng(seed)
    labels = (rng.random(700) < 0.1).astype(np.int8)
    labels[:2] = 0, 1
    values = rng.normal(size=700) + labels
    if levels is not None:
        values = np.floor(levels * rng.random(700)) + labels
    assert _core.auc(labels, values) == pytest.approx(metrics.roc_auc_score(labels, values), abs=1e-12)
    assert _core.average_precision(labels, values) == pytest.approx(
        metrics.average_precision_score(labels, values), abs=1e-12
    )
    p = 1 / (1 + np.exp(-values / (levels or 1)))
    p = np.clip(p, 1e-3, 1 - 1e-3)
    assert _core.brier(labels, p) == pytest.approx(metrics.brier_score_loss(labels, p), abs=1e-12)
    assert _core.log_score(labels, p) == pytest.approx(metrics.log_loss(labels, p), abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_the_calibration_agrees_with_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    values = np.floor(30 * rng.random(500))
    labels = (rng.random(500) < values / 40).astype(np.int8)
    at = np.linspace(-3, 33, 101)
    expected = isotonic.IsotonicRegression(out_of_bounds="clip").fit(values, labels).predict(at)
    np.testing.assert_allclose(_core.isotonic(labels, values, at), expected, atol=1e-12)


def test_the_reliability_line_agrees_with_scikit_learn():
    rng = np.random.default_rng(4)
    x = rng.normal(size=3000) - 1
    labels = (rng.random(3000) < 1 / (1 + np.exp(-0.7 * x - 0.2))).astype(np.int8)
    slope, intercept = _core.reliability_line(labels, 1 / (1 + np.exp(-x)))
    fit = linear_model.LogisticRegression(C=1e9, tol=1e-10).fit(x[:, None], labels)
    assert slope == pytest.approx(fit.coef_[0, 0], abs=1e-4)
    assert intercept == pytest.approx(fit.intercept_[0], abs=1e-4)


def test_labels_equal_the_naive_definition(scores, onsets, result):
    """Count by hand, day by day: what the documentation says."""
    positive = judged = 0
    for pair in scores.pairs:
        starts = sorted({int((row["date"] - FIRST).astype(int)) for row in onsets if row["pair"] == pair})
        for day in range(100, DAYS):
            is_covered = day - 60 >= 0 and day + 30 <= DAYS - 1
            if not is_covered or any(day - 60 <= start <= day for start in starts):
                continue
            judged += 1
            positive += any(day < start <= day + 30 for start in starts)
    assert result.counts["days"] == judged
    assert result.counts["positive_days"] == positive


def test_auc_of_a_column_is_that_of_scikit_learn_on_the_same_days(scores, onsets, result):
    frame = scores.frame()
    labels = pd.Series(np.nan, index=frame.index)
    for pair in scores.pairs:
        starts = [int((row["date"] - FIRST).astype(int)) for row in onsets if row["pair"] == pair]
        rows = frame.index[frame["pair"] == pair]
        for day in range(100, DAYS - 30):
            if not any(day - 60 <= start <= day for start in starts):
                labels[rows[day]] = float(any(day < start <= day + 30 for start in starts))
    is_judged = labels.notna() & frame["score"].notna()
    assert is_judged.sum() == result.counts["days"]
    found = result.frame().set_index("predictor")
    y, x = labels[is_judged].astype(int), frame.loc[is_judged, "score"]
    assert found.loc["score", "auc"] == pytest.approx(metrics.roc_auc_score(y, x), abs=1e-12)
    assert found.loc["score", "ap"] == pytest.approx(metrics.average_precision_score(y, x), abs=1e-12)
    without = x - frame.loc[is_judged, "momentum"]
    assert found.loc["score without momentum", "auc"] == pytest.approx(metrics.roc_auc_score(y, without), abs=1e-12)


def test_shuffling_the_future_changes_no_earlier_label_history_or_baseline(onsets):
    """A back-test of the first 700 days says the same whatever comes after them."""
    counts = make_counts()
    cut = FIRST + 700
    later = counts["date"] > cut
    shuffled = counts.copy()
    order = np.random.default_rng(3).permutation(later.sum())
    shuffled.loc[later, ["rhetoric", "military"]] = counts.loc[later, ["rhetoric", "military"]].to_numpy()[order]

    def run(frame: pd.DataFrame) -> str:
        known = [row for row in onsets if row["date"] <= cut]
        window = (FIRST, cut)
        return tocsin.backtest(frame, known, warm_up_days=100, covered=window, draws=20).to_json()

    assert not counts.equals(shuffled)
    assert run(counts) == run(shuffled)


def test_the_frame_has_one_row_per_predictor(result):
    frame = result.frame()
    assert list(frame["predictor"]) == result.predictors
    assert (frame["auc_low"] <= frame["auc_high"]).all()
    assert frame["base_rate"].iloc[0] == pytest.approx(result.base_rate)
    assert set(frame["kind"]) == {"column", "ablation", "baseline"}
    # Neither Goldstein sums nor mediation are in these counts.
    goldstein = {"goldstein_7_days", "goldstein_30_days", "goldstein_conflict_30_days"}
    assert set(result.left_out) == goldstein | {"score without restraint_deficit"}


def test_intervals_come_from_the_seed_alone(scores, onsets, result):
    options = {"warm_up_days": 100, "recent_days": 150, "draws": 80}
    assert tocsin.backtest(scores, onsets, threads=1, **options).to_json() == result.to_json()
    assert tocsin.backtest(scores, onsets, seed=2, **options).to_json() != result.to_json()


def test_a_difference_is_between_the_same_draws(result):
    frame = result.frame().set_index("predictor")
    value, low, high = result.difference("score", "ears_c2")
    assert value == pytest.approx(frame.loc["score", "auc"] - frame.loc["ears_c2", "auc"])
    assert low <= high
    assert result.difference("score", "score", metric="ap") == (0, 0, 0)
    with pytest.raises(InputError, match="metric"):
        result.difference("score", "ears_c2", metric="f1")


def test_columns_of_ones_own_are_judged_on_the_same_days(scores, onsets):
    rng = np.random.default_rng(5)
    extra = scores.frame()[["date", "pair"]].assign(noise=rng.random(6 * DAYS), p=0.03)
    extra = extra.sample(frac=1, random_state=1)
    options = {"warm_up_days": 100, "draws": 0, "extra": extra, "probabilities": ["p"], "sees_labels": ["p"]}
    found = tocsin.backtest(scores, onsets, **options).frame().set_index("predictor")
    assert 0.35 < found.loc["noise", "auc"] < 0.65
    assert found.loc["p", "auc"] == 0.5
    assert found.loc["p", "sees_labels"]
    assert np.isnan(found.loc["p", "auc_low"])
    base = found.loc["p", "base_rate"]
    assert found.loc["p", "brier"] == pytest.approx(base * 0.97**2 + (1 - base) * 0.03**2)


def test_extra_columns_that_are_not_there_are_named(scores, onsets):
    with pytest.raises(InputError, match='extra has no column "risk"'):
        tocsin.backtest(scores, onsets, probabilities=["risk"])
    with pytest.raises(InputError, match='expected a column "pair"'):
        tocsin.backtest(scores, onsets, extra=[{"date": "2020-01-01", "risk": 1.0}])


def test_a_panel_is_scored_first(onsets, result):
    panel = tocsin.CountPanel.read(make_counts())
    again = tocsin.backtest(panel, onsets, warm_up_days=100, recent_days=150, draws=80)
    assert again.to_json() == result.to_json()


def test_scores_from_a_document_need_the_panel(scores, onsets):
    with pytest.raises(InputError, match="pass the panel"):
        tocsin.backtest(tocsin.Scores.from_json(scores.to_json()), onsets)


def test_a_crisis_is_told_from_calm(scores):
    crisis = [{"date": FIRST + 500, "end_date": FIRST + 560, "pair": "A1-B1"}]
    found = tocsin.backtest(scores, crisis, target="crisis", draws=20)
    assert found.counts["positive_days"] == 61
    assert found.frame()["recall_at_4"].isna().all()
    with pytest.raises(InputError, match="target"):
        tocsin.backtest(scores, crisis, target="war")


def test_onsets_of_other_actors_are_an_error_that_says_so(scores):
    with pytest.raises(InputError, match="1 onsets are of pairs that are not scored"):
        tocsin.backtest(scores, [{"date": "2021-01-01", "pair": "IND-PAK"}])


def test_a_path_of_onsets_has_to_be_read_first(scores):
    with pytest.raises(InputError, match="read_onsets"):
        tocsin.backtest(scores, "mie.csv")


def test_the_result_shows_itself(result):
    assert repr(result).startswith("Backtest: ")
    assert "recency_of_events*" in repr(result)
    assert "<caption>" in result._repr_html_()
    document = json.loads(result.to_json())
    assert document["schema"] == "tocsin.backtest"
    assert document["labels"]["horizon_days"] == 30


def test_the_chart_has_reliability_and_alarms(result):
    chart = result.plot().to_dict()
    assert [panel["title"] for panel in chart["hconcat"]] == ["Reliability, out of sample", "Alarms"]
    assert result.plot(["score", "ears_c2"]).to_dict()["hconcat"]


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    make_counts().to_csv("counts.csv", index=False)
    dates = [str(FIRST + day) for day in (300, 500, 700)]
    Path("onsets.csv").write_text("date,pair\n" + "".join(f"{date},A1-B1\n" for date in dates))

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.run([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return call


def test_the_command_prints_a_table(run):
    code, out, _ = run("backtest", "counts.csv", "--onsets", "onsets.csv", "--draws", 10)
    assert code == 0
    assert "onsets of 1 of 6 pairs" in out
    assert "hostile_half_life_14" in out


def test_the_command_writes_a_table_or_a_document(run):
    assert run("backtest", "counts.csv", "--onsets", "onsets.csv", "--draws", 5, "-o", "table.csv")[0] == 0
    assert "auc_low" in pd.read_csv("table.csv").columns
    assert run("backtest", "counts.csv", "--onsets", "onsets.csv", "--draws", 5, "-o", "table.json")[0] == 0
    assert json.loads(Path("table.json").read_text())["draws"] == 5
    code, _, err = run("backtest", "counts.csv", "--onsets", "onsets.csv", "-o", "table.xlsx")
    assert code == 2
    assert ".csv" in err
