"""The score of a pair on a day: what it is made of, what it promises, and how it is shown."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import tocsin
from tocsin import Config, CountPanel, Scores

CONTRIBUTIONS = ["intensity", "momentum", "self_sustaining", "spread", "restraint_deficit"]
STATUS = {"ok", "warming_up", "no_data", "unscaled", "provisional"}


# The score written out from its definition (C19), for directed counts that were all collected.


def naive_score(days: list[dict[str, np.ndarray]], change: float, reproduction: float) -> dict[str, float]:
    """`days[t][signal]` holds the counts of both directions; change and reproduction have tests of their own."""
    hostile = ("rhetoric", "military", "punitive")
    total = np.array([sum(day[s].sum() for s in hostile) for day in days])
    last = len(days) - 1

    def discounted(values: list[float]) -> float:
        return float(sum(v * 2 ** (-(last - t) / 14) for t, v in enumerate(values)))

    def clamp(value: float) -> float:
        return min(1.0, max(0.0, value))

    n = discounted(list(total))
    if n == 0:
        return dict.fromkeys([*CONTRIBUTIONS, "score"], 0.0)
    g = n / (n + 5)
    level = clamp((np.log2(n / (discounted([1] * len(days)) + 2)) + 8) / 12)

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


# Sentences.


def test_an_explanation_says_the_number_the_interval_and_the_day(example):
    scores = tocsin.score(example)
    row = scores.latest().iloc[0]
    first = scores.explain("IND-PAK").splitlines()[0]
    assert first.startswith(f"IND-PAK scores {row['score']:.0f} of 100 on 1 May 2025")
    assert f"{row['score_low']:.0f}-{row['score_high']:.0f}" in first


def test_an_explanation_of_a_day_says_what_that_days_row_says(example):
    scores = tocsin.score(example, intervals="all")
    row = scores.frame().set_index("date").loc["2025-04-25"]
    text = scores.explain("IND-PAK", "2025-04-25")
    assert f"scores {row['score']:.0f} of 100 on 25 April 2025" in text
    assert f"{100 * row['material_share']:.0f} % of recent hostile acts are deeds" in text
    assert f"{100 * row['reciprocity']:.0f} % balanced" in text
    assert text == scores.explain("IND-PAK", pd.Timestamp("2025-04-25"))


def test_the_points_of_an_explanation_sum_to_its_score(example):
    scores = tocsin.score(example)
    for day in range(18, 31):
        text = scores.explain("IND-PAK", f"2025-04-{day}")
        line = next((line for line in text.splitlines() if line.startswith("Its points")), None)
        if line is not None:
            assert sum(map(int, re.findall(r" (\d+)[,.]", line))) == int(re.search(r"scores (\d+)", text)[1])


def test_an_explanation_claims_no_more_than_the_status_allows(example, one_pair):
    assert "warming up" in tocsin.score(example).explain("IND-PAK")
    rare = tocsin.score(one_pair(rhetoric=[1, 0] * 60 + [0] * 20, military=[0] * 140, mediation=[0] * 140))
    assert "too few to speak of a trend" in rare.explain("IND-PAK")
    unknown = tocsin.score(
        one_pair(rhetoric=[1] * 20 + [None] * 40, exposure=[1] * 20 + [0] * 40, military=[1] * 20 + [None] * 40)
    )
    assert "There is no score" in unknown.explain("IND-PAK")


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("2026-01-01", "was not scored; the calendar runs from 2025-04-16 to 2025-05-01"),
        ("soon", "'soon' is not a day"),
        (5, "5 is not a day"),
    ],
)
def test_a_day_that_was_not_scored_is_refused(date, message, example):
    with pytest.raises(tocsin.InputError, match=message):
        tocsin.score(example).explain("IND-PAK", date)


# The document.


def test_the_document_survives_a_round_trip(random_panel, assert_same):
    scores = tocsin.score(random_panel, intervals="all", config=Config(draws=30))
    again = Scores.from_json(scores.to_json())
    assert again.to_json() == scores.to_json()
    assert again.pairs == scores.pairs
    assert again.config == scores.config
    assert again.calendar == scores.calendar
    assert again.explain("A00-A01", "2024-02-01") == scores.explain("A00-A01", "2024-02-01")
    assert_same(again.frame(), scores.frame())
    assert_same(again.latest(), scores.latest())


def test_the_document_names_its_schema_its_version_and_where_the_numbers_come_from(example):
    document = json.loads(tocsin.score(example).to_json())
    assert list(document)[:3] == ["schema", "schema_version", "tocsin_version"]
    assert (document["schema"], document["schema_version"], document["tocsin_version"]) == (
        "tocsin.scores",
        1,
        tocsin.__version__,
    )
    assert document["provenance"] == example.provenance
    assert document["calendar"] == {"first": "2025-04-16", "last": "2025-05-01"}
    assert document["pairs"][0]["pair"] == ["IND", "PAK"]
    assert len(document["pairs"][0]["columns"]["score"]) == 16


def test_the_document_holds_the_numbers_of_the_frame_and_null_for_what_is_missing(example):
    scores = tocsin.score(example)
    columns = json.loads(scores.to_json())["pairs"][0]["columns"]
    frame = scores.frame()
    for name, values in columns.items():
        np.testing.assert_array_equal(np.array(values, dtype=float), frame[name].to_numpy())
    absent = set(frame.columns) - set(columns) - {"date", "pair", "status"}
    assert frame[sorted(absent)].isna().all(axis=None)


def test_the_document_names_no_file_and_no_number_of_threads(counts_csv):
    from_file = tocsin.score(counts_csv, threads=1).to_json()
    with counts_csv.open() as stream:
        assert tocsin.score(stream, threads=2).to_json() == from_file
    assert str(counts_csv) not in from_file


BROKEN_DOCUMENTS = {
    "nothing": (lambda _: "", "cannot be read as JSON"),
    "cut off": (lambda text: text[:-5], "cannot be read as JSON"),
    "another schema": (lambda text: text.replace("tocsin.scores", "other"), '/schema: holds "other"'),
    "another version": (
        lambda text: text.replace('"schema_version":1', '"schema_version":2'),
        "this version of tocsin reads 1",
    ),
    "a day that is none": (lambda text: text.replace("2025-05-01", "2025-05-41"), "/calendar/last: holds"),
    "reversed calendar": (lambda text: text.replace("2025-05-01", "2025-01-01"), "/calendar: ends before it begins"),
    "shorter calendar": (
        lambda text: text.replace("2025-05-01", "2025-04-30"),
        "/pairs/0/status: expected a list of 15 values",
    ),
    "unknown column": (
        lambda text: text.replace('"columns":{"score"', '"columns":{"skore"'),
        "/pairs/0/columns/skore: is not a known",
    ),
    "unknown status": (lambda text: text.replace("warming_up", "warming", 1), "/pairs/0/status/0"),
    "unknown setting": (lambda text: text.replace('"draws"', '"drawz"'), "/config/draw"),
    "key twice": (lambda text: text.replace('"schema_version":1', '"schema_version":1,"schema":"x"'), "stands twice"),
    "list": (lambda _: "[]", "is not an object"),
}


@pytest.mark.parametrize("fault", BROKEN_DOCUMENTS)
def test_a_document_that_is_broken_is_refused(fault, example):
    change, message = BROKEN_DOCUMENTS[fault]
    with pytest.raises(tocsin.InputError, match=message):
        Scores.from_json(change(tocsin.score(example).to_json()))


# Looks.


def test_the_repr_lists_pairs_scores_intervals_and_drivers(example):
    row = tocsin.score(example).latest().iloc[0]
    lines = repr(tocsin.score(example)).splitlines()
    assert lines[0] == "Scores: 1 pair, 16 days (2025-04-16 to 2025-05-01)"
    assert lines[1].startswith(
        f"  IND-PAK: {row['score']:.0f} ({row['score_low']:.0f}-{row['score_high']:.0f}), mostly"
    )


def test_a_long_repr_says_how_many_pairs_it_leaves_out():
    rows = [{"date": "2025-05-01", "source": f"A{i:02}", "target": "B", "rhetoric": i} for i in range(13)]
    assert repr(tocsin.score(rows)).splitlines()[-1] == "  ... and 3 more; latest() has them all"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag, _):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_html_is_a_small_closed_table_without_scripts(example):
    html = tocsin.score(example)._repr_html_()
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert {"table", "caption", "th", "td"} <= tags.seen
    assert not tags.seen & {"script", "style", "img", "a"}
    assert len(html) < 5000


def test_names_in_the_html_are_escaped():
    scores = tocsin.score([{"date": "2025-05-01", "source": "<script>", "target": "B&C", "rhetoric": 1}])
    assert "<script>" not in scores._repr_html_()
    assert "&lt;script&gt;" in scores._repr_html_()


def test_progress_counts_up_to_all_pairs(random_panel):
    seen = []
    tocsin.score(random_panel, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_an_error_in_a_progress_callback_comes_through(random_panel):
    def fail(*_: int) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        tocsin.score(random_panel, progress=fail)


def test_a_panel_is_read_once_and_scored_many_times(counts_csv):
    panel = CountPanel.read(counts_csv)
    counts_csv.unlink()
    assert tocsin.score(panel).to_json() == tocsin.score(panel).to_json()


@pytest.mark.parametrize("calendar", [("2025-04-01", "2025-05-31")])
def test_score_puts_counts_on_a_calendar(calendar, counts_csv):
    scores = tocsin.score(counts_csv, calendar=calendar)
    assert scores.calendar == (np.datetime64("2025-04-01"), np.datetime64("2025-05-31"))
    assert scores.frame()["score"].iloc[:29].eq(0).all()
