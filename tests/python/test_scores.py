"""The score of a pair on a day: what it is made of, and what it promises."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tocsin
from tocsin import Config

CONTRIBUTIONS = ["intensity", "momentum", "self_sustaining", "spread", "restraint_deficit"]


# The score written out from its definition (C19), for directed counts that were all collected.


def naive_score(days: list[dict[str, np.ndarray]], change: float, reproduction: float) -> dict[str, float]:
    """`days[t][signal]` holds the counts of both directions; change and reproduction have tests of their own."""
    hostile = ("rhetoric", "military", "punitive")
    total = np.array([sum(day[s].sum() for s in hostile) for day in days])
    last = len(days) - 1

    def discounted(values: list[float], half_life: float = 14) -> float:
        return float(sum(v * 2 ** (-(last - t) / half_life) for t, v in enumerate(values)))

    def clamp(value: float) -> float:
        return min(1.0, max(0.0, value))

    n = discounted(list(total))
    if n == 0:
        return dict.fromkeys([*CONTRIBUTIONS, "score"], 0.0)
    g = n / (n + 5)
    acts = list(total + np.array([day["cooperation"].sum() for day in days]))
    slow_share = discounted(list(total), 180) / discounted(acts, 180)
    believed = discounted(acts) * (n + 5 * slow_share) / (discounted(acts) + 5)
    level = clamp((np.log2(believed / (discounted([1] * len(days)) + 2)) + 8) / 12)

    window = days[-28:]
    by_rung = {1: "rhetoric", 3: "punitive", 5: "military"}
    at_or_above = {q: sum(day[s].sum() for day in window for r, s in by_rung.items() if r >= q) for q in by_rung}
    rung = max([q for q, events in at_or_above.items() if events >= 2], default=0) / 6

    deeds = discounted([day["military"].sum() + day["punitive"].sum() for day in days])
    material = clamp(g * deeds / n / 0.8)

    guarded = total[: max(0, last - 2)]
    w = 2.0 ** (-np.arange(len(guarded) - 1, -1, -1) / 180)
    slow = (1.5 + (w * guarded).sum()) / (30 + w.sum())
    recent, before = total[-7:], total[-35:-7]
    momentum = 0.0  # missing
    if len(before) >= 7:
        r28 = (before.sum() + 7 * slow) / (len(before) + 7)
        momentum = clamp(np.log2((recent.mean() + 0.25) / (r28 + 0.25)) / 4)

    sides = [discounted([sum(day[s][i] for s in hostile) for day in days]) for i in (0, 1)]
    reciprocity = g * 2 * min(sides) / sum(sides)
    kinds = np.array([discounted([day[s][i] for day in days]) for s in hostile for i in (0, 1)])
    p = kinds[kinds > 0] / kinds.sum()
    spread = g * -(p * np.log2(p)).sum() / np.log2(6)
    restraint = n / (n + 3 * discounted([day["mediation"].sum() for day in days]) + 5)

    parts = {
        "intensity": 20 * (level + rung + material) / 3,
        "momentum": 10 * (momentum + g * change),
        "self_sustaining": 10 * (g * clamp((reproduction - 0.5) / 1.5) + reciprocity),
        "spread": 20 * spread,
        "restraint_deficit": 20 * restraint,
    }
    return parts | {"score": sum(parts.values())}


@pytest.mark.parametrize("seed", range(4))
def test_the_score_is_that_of_its_definition_on_every_day(seed):
    rng = np.random.default_rng(seed)
    mean = {"rhetoric": 1.0, "military": 0.4, "punitive": 0.2, "mediation": 0.3, "cooperation": 0.5}
    level = np.where(np.arange(90) < 50, 0.1, 2.0) * (0.05 if seed == 3 else 1)
    days = [{s: rng.poisson(m * level[t], 2).astype(float) for s, m in mean.items()} for t in range(90)]
    rows = [
        {
            "date": str(np.datetime64("2024-03-01") + t),
            "source": source,
            "target": target,
            **{s: c[i] for s, c in day.items()},
        }
        for t, day in enumerate(days)
        for i, (source, target) in enumerate([("IND", "PAK"), ("PAK", "IND")])
    ]
    frame = tocsin.score(rows, intervals="none").frame()
    for t in [0, 1, 6, 12, 13, 14, 34, 35, 50, 55, 70, 89]:
        expected = naive_score(days[: t + 1], frame["p_change_up"][t], frame["reproduction_number"][t])
        for name, value in expected.items():
            assert frame[name][t] == pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True), (t, name)


def test_contributions_sum_to_the_score_bit_for_bit(random_panel):
    frame = tocsin.score(random_panel).frame()
    scored = frame[frame["score"].notna()]
    assert len(scored) > 150
    for row in scored.itertuples():
        total = 0.0
        for name in CONTRIBUTIONS:
            value = getattr(row, name)
            if value == value:
                total += value
        assert total == row.score


# What users complain of in other indices.


def score_of(columns, **options) -> pd.Series:
    return tocsin.score(columns, **options).frame().iloc[-1]


def test_a_pair_with_no_hostile_act_scores_exactly_zero(one_pair):
    frame = tocsin.score(one_pair(rhetoric=[0] * 100, military=[0] * 100, mediation=[1] * 100), intervals="all").frame()
    assert (frame["score"] == 0).all()
    assert (frame["score_low"] == 0).all()
    assert (frame[CONTRIBUTIONS].fillna(0) == 0).all(axis=None)


def test_a_pair_without_an_event_beside_a_war_scores_exactly_zero():
    rows = [
        {"date": f"2025-01-{d:02}", "source": "A", "target": "B", "rhetoric": 5, "military": 5, "mediation": 0}
        for d in range(1, 32)
    ]
    rows.append({"date": "2025-01-15", "source": "C", "target": "D", "rhetoric": 0, "military": 0, "mediation": 0})
    latest = tocsin.score(rows).latest()
    assert latest["pair"].tolist() == ["A-B", "C-D"]
    assert latest["score"][1] == 0
    assert latest["driver"][1] == ""


def test_a_long_war_does_not_look_calm(one_pair):
    war = score_of(one_pair(rhetoric=[3] * 400, military=[6] * 400, mediation=[0] * 400))
    early = score_of(one_pair(rhetoric=[3] * 60, military=[6] * 60, mediation=[0] * 60))
    assert war["intensity"] > 15
    assert war["score"] > 0.95 * early["score"]


def test_three_words_on_one_day_in_a_silent_pair_do_not_outrank_a_war(one_pair):
    words = score_of(one_pair(rhetoric=[0] * 199 + [3], military=[0] * 200, mediation=[0] * 200))
    war = score_of(one_pair(rhetoric=[3] * 200, military=[6] * 200, mediation=[0] * 200))
    assert words["score"] < 25 < war["score"]
    assert words["score_high"] < war["score_low"]


HISTORIES = {
    "a long war": [3.0] * 86,
    "a war that has just begun": [0.0] * 60 + [2.0] * 6,
    "a pair with little past": [0.0] * 20 + [6.0] * 3,
}


def with_a_blind_fortnight(one_pair, history: list[float]) -> pd.DataFrame:
    """Every day of the history and of a gap of 14 days after it; the gap begins at row len(history)."""
    counts = one_pair(
        rhetoric=history + [None] * 14, military=history + [None] * 14, mediation=[0.0] * len(history) + [None] * 14
    )
    exposure = [1.0] * len(history) + [0.0] * 14
    return tocsin.score(counts | {"exposure": exposure}, intervals="all").frame()


@pytest.mark.parametrize("history", HISTORIES)
def test_a_fortnight_without_collection_widens_the_interval(history, one_pair):
    frame = with_a_blind_fortnight(one_pair, HISTORIES[history])
    before, after = frame.iloc[-15], frame.iloc[-1]
    assert after["score_high"] - after["score_low"] > 1.2 * (before["score_high"] - before["score_low"])
    assert set(frame["status"].iloc[-14:]) == {"no_data"}


@pytest.mark.parametrize("history", HISTORIES)
def test_a_fortnight_without_collection_leaves_the_score_where_it_was(history, one_pair):
    frame = with_a_blind_fortnight(one_pair, HISTORIES[history])
    assert (frame["score"].iloc[-14:] == frame["score"].iloc[-15]).all()


def test_after_a_month_without_collection_there_is_no_score(one_pair):
    counts = one_pair(rhetoric=[2] * 60 + [None] * 40, exposure=[1] * 60 + [0] * 40, military=[1] * 60 + [None] * 40)
    frame = tocsin.score(counts).frame()
    assert frame["score"].notna().iloc[60:88].all()
    assert frame["score"].isna().iloc[88:].all()


def test_a_missing_feed_is_not_read_as_calm(one_pair):
    """The same days with zeros instead of gaps score lower: a gap is something else."""
    loud = [2] * 60
    blind = score_of(one_pair(rhetoric=loud + [None] * 10, military=loud + [None] * 10, exposure=[1] * 60 + [0] * 10))
    calm = score_of(one_pair(rhetoric=loud + [0] * 10, military=loud + [0] * 10))
    assert blind["score"] > calm["score"]


def test_one_cell_that_was_not_collected_is_not_a_zero(one_pair):
    known, blind, zero = (
        score_of(one_pair(rhetoric=[4] * 80, military=[4, value] * 40, mediation=[0] * 80)) for value in (4, None, 0)
    )
    assert zero["hostile_rate"] < blind["hostile_rate"] < known["hostile_rate"]
    assert zero["material_share"] < blind["material_share"] == pytest.approx(0.5)


def test_mediation_lowers_the_score_and_only_the_deficit_of_restraint(one_pair):
    without = score_of(one_pair(rhetoric=[2] * 70, military=[1] * 70, mediation=[0] * 70))
    with_it = score_of(one_pair(rhetoric=[2] * 70, military=[1] * 70, mediation=[1] * 70))
    assert with_it["restraint_deficit"] < without["restraint_deficit"]
    others = [name for name in CONTRIBUTIONS if name != "restraint_deficit"]
    pd.testing.assert_series_equal(with_it[others], without[others], check_exact=True, check_names=False)


def test_a_rise_adds_momentum_and_a_steady_war_does_not(one_pair):
    rising = score_of(one_pair(rhetoric=[1] * 63 + [8] * 7, military=[0] * 70))
    steady = score_of(one_pair(rhetoric=[8] * 70, military=[0] * 70))
    assert rising["momentum"] > 3
    assert steady["momentum"] < 1


def test_one_sided_hostility_is_not_reciprocal(one_pair):
    assert score_of(one_pair(rhetoric=[2] * 70, military=[2] * 70))["self_sustaining"] == 0


# Coverage, bounds and status.


def test_three_columns_are_enough_for_a_score_and_coverage_says_what_is_missing(one_pair):
    row = score_of(one_pair(rhetoric=[2] * 70, military=[1] * 70, mediation=[0] * 70))
    assert row["score"] > 0
    # Punitive acts are missing: of three hostile signals, and of four that say whether acts are met by mediation.
    assert row["coverage"] == pytest.approx(0.8 * 2 / 3 + 0.2 * 3 / 4)


def test_all_signals_cover_everything_but_momentum_in_the_first_fortnight(example):
    row = tocsin.score(example).latest().iloc[0]
    assert row["coverage"] == pytest.approx(1 - 0.1 * (len(example.exposure) < 14))


def test_bounds_are_the_missing_components_at_zero_and_at_one(random_panel):
    frame = tocsin.score(random_panel).frame().dropna(subset=["score"])
    computed = 100 - (frame["score_max"] - frame["score_min"])
    assert (frame["score_min"] == frame["score"]).all()
    assert computed.between(60 - 1e-9, 100 + 1e-9).all()


def test_rhetoric_alone_is_unscaled_but_has_its_indicators(one_pair):
    row = score_of(one_pair(rhetoric=[2] * 70))
    assert row["status"] == "unscaled"
    assert row[["score", "score_min", "score_max", *CONTRIBUTIONS]].isna().all()
    assert row["hostile_rate"] > 1


def test_undirected_counts_have_no_reciprocity():
    rows = [
        {"date": f"2025-01-{d:02}", "pair": "IND-PAK", "rhetoric": 2, "military": 1, "mediation": 0}
        for d in range(1, 32)
    ]
    row = score_of(rows)
    assert np.isnan(row["reciprocity"])
    assert row["score_max"] == pytest.approx(row["score"] + 10)
    assert row["score"] > 0


def test_a_status_says_what_a_row_may_be_relied_on_for(one_pair):
    daily = [1] * 40 + [None] + [1] * 59
    counts = one_pair(rhetoric=daily, military=daily, mediation=daily, exposure=[1] * 40 + [0] + [1] * 59)
    status = tocsin.score(counts, config=Config(settle_days=3)).frame()["status"].tolist()
    assert status[:40] == ["warming_up"] * 40
    assert status[40] == "no_data"
    assert status[60:97] == ["ok"] * 37
    assert status[97:] == ["provisional"] * 3


def test_a_panel_without_a_hostile_count_is_refused():
    with pytest.raises(tocsin.InputError, match="a score needs at least one of them"):
        tocsin.score([{"date": "2025-05-01", "source": "A", "target": "B", "rhetoric": None, "mediation": 1}])
