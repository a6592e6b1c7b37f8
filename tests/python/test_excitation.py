"""Who draws whose acts, asked of scores."""

from __future__ import annotations

import numpy as np
import pytest

import tocsin


@pytest.fixture(scope="module")
def scores() -> tocsin.Scores:
    """IND draws 0.7 of its own acts and PAK answers none of them."""
    rng = np.random.default_rng(8)
    days, pressure = 400, 0.0
    own = np.zeros(days)
    for t in range(days):
        own[t] = rng.poisson(0.6 + 0.7 * pressure)
        pressure = 0.7 * pressure + 0.3 * own[t]
    dates = np.datetime64("2024-01-01") + np.arange(days)
    return tocsin.score(
        {
            "date": np.tile(dates, 2),
            "source": ["IND"] * days + ["PAK"] * days,
            "target": ["PAK"] * days + ["IND"] * days,
            "rhetoric": np.concatenate([own, rng.poisson(0.5, days)]),
            "military": np.zeros(2 * days),
            "mediation": np.zeros(2 * days),
        },
        intervals="none",
    )


def test_what_beats_the_null_is_said_and_nothing_else(scores):
    found = scores.excitation("IND-PAK", null_draws=60)
    assert found.nodes == ("IND", "PAK")
    assert found.beats_null.tolist() == [[1, 0], [0, 0]]
    assert 0.4 < found.kernel[0, 0] < 0.8  # a little low, as docs/method.md says
    (sentence,) = found.sentences
    assert sentence.startswith("Each hostile act of IND draws 0.")
    assert "more of its own (" in sentence


def test_the_explanation_ends_with_it_where_it_is_asked_for(scores):
    plain = scores.explain("IND-PAK")
    assert scores.explain("IND-PAK", excitation=True).startswith(plain + "\nEach hostile act of IND draws")


def test_words_and_deeds_may_be_told_apart(scores):
    found = scores.excitation("PAK-IND", "2024-06-01", by="kind", window_days=100, null_draws=0)
    assert found.nodes == ("IND words", "IND deeds", "PAK words", "PAK deeds")
    assert found.kernel.shape == (4, 4)
    assert found.base.shape == (100, 4)
    assert found.sentences == ()


def test_it_is_the_indicator_on_the_counts_of_the_panel(example):
    found = tocsin.score(example).excitation("IND-PAK", by="kind", null_draws=0)
    frame = example.frame()
    counts = np.zeros((16, 4))
    for row in frame.to_dict("records"):
        side = 0 if row["source"] == "IND" else 2
        if {row["source"], row["target"]} == {"IND", "PAK"}:
            day = (np.datetime64(row["date"], "D") - np.datetime64("2025-04-16")).astype(int)
            counts[day, side] += row["rhetoric"]
            counts[day, side + 1] += row["military"] + row["punitive"]
    alone = tocsin.indicators.cross_excitation(counts, null_draws=0)
    np.testing.assert_array_equal(found.kernel, alone.kernel)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "actor"}, 'by is \'actor\', expected "side" or "kind"'),
        ({"window_days": 500}, "window_days is 500, expected 2 to 400"),
        ({"null_draws": -1}, "null_draws is -1, expected at least 0"),
        ({"date": "2030-01-01"}, "was not scored"),
    ],
)
def test_what_cannot_be_asked_is_refused(scores, options, message):
    with pytest.raises(tocsin.InputError, match=message):
        scores.excitation("IND-PAK", **options)
