"""Comparisons and audiences: exact, in both call forms, and clear about what is not there."""

from __future__ import annotations

import math

import numpy as np
import pytest

import tocsin


@pytest.fixture(scope="module")
def scores():
    return tocsin.score(tocsin.load_example("kashmir-2025"), intervals="all")


def test_parts_sum_to_the_difference_bit_for_bit(scores):
    frame = scores.frame()
    for first in range(0, 16, 3):
        for second in range(0, 16, 2):
            change = scores.compare(frame["date"][first], frame["date"][second])
            assert sum(change.parts.values()) == change.difference
            assert change.difference == pytest.approx(frame["score"][second] - frame["score"][first], abs=1e-12)
            whole = round(frame["score"][second]) - round(frame["score"][first])
            assert sum(change.whole_parts.values()) == whole


def test_parts_are_the_differences_of_the_columns(scores):
    change = scores.compare("IND-PAK", "2025-04-22", "2025-04-24")
    frame = scores.frame().set_index("date")
    for name, points in change.parts.items():
        before, after = frame[name]["2025-04-22"], frame[name]["2025-04-24"]
        assert points == np.nan_to_num(after) - np.nan_to_num(before)


def test_both_forms_and_both_orders_of_a_pair_are_the_same(scores):
    short = scores.compare("2025-04-22", "2025-04-24")
    assert short == scores.compare("PAK-IND", "2025-04-22", "2025-04-24")
    assert short == scores.compare(("IND", "PAK"), "2025-04-22", "2025-04-24")
    assert str(short).startswith("IND-PAK scores 51 of 100 on 24 April 2025")
    assert repr(short) == f"Comparison: IND-PAK, 2025-04-22 to 2025-04-24: {short.difference:+.1f}"


def test_several_pairs_ask_which(random_panel):
    with pytest.raises(tocsin.InputError, match=r"say which, as in compare\("):
        tocsin.score(random_panel).compare("2024-01-05", "2024-01-09")


@pytest.mark.parametrize("which", [(), ("2025-04-22",), ("a", "b", "c", "d")])
def test_other_numbers_of_arguments_are_refused(scores, which):
    with pytest.raises(tocsin.InputError, match="compare takes a pair and two days, or two days"):
        scores.compare(*which)


def test_what_is_not_there_is_answered_with_the_nearest(scores):
    with pytest.raises(tocsin.InputError, match=r"\(nearest: 2025-05-01\)"):
        scores.compare("2025-04-22", "2025-06-01")
    with pytest.raises(tocsin.InputError, match=r"\(nearest: 2025-04-16\)"):
        scores.explain("IND-PAK", "2024-01-01")
    with pytest.raises(tocsin.InputError, match=r"\(nearest: IND-PAK\)"):
        scores.compare("IND-PAC", "2025-04-22", "2025-04-24")


def test_without_a_score_there_is_no_difference(one_pair):
    acts = [2.0] + [float("nan")] * 40
    counts = one_pair(rhetoric=acts, military=acts)
    counts["exposure"] = [1] + [0] * 40
    change = tocsin.score(counts).compare("2025-01-01", "2025-02-10")
    assert math.isnan(change.difference)
    assert "so there is nothing to compare." in str(change)


def test_a_briefing_is_short_and_an_unknown_audience_is_refused(scores):
    briefing = scores.explain("IND-PAK", audience="briefing").split("\n")
    assert len(briefing) < len(scores.explain("IND-PAK").split("\n"))
    assert briefing[0].startswith("IND-PAK stands at 38 on 1 May 2025")
    with pytest.raises(tocsin.InputError, match='audience is "press", expected "analyst" or "briefing"'):
        scores.explain("IND-PAK", audience="press")


def test_a_document_compares_as_its_scores(scores):
    read = tocsin.Scores.from_json(scores.to_json())
    assert read.compare("2025-04-22", "2025-04-24") == scores.compare("2025-04-22", "2025-04-24")
