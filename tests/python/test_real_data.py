"""A real war in real events: Israel and Lebanon in the KEDS Levant data (1979-2011)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tocsin

if TYPE_CHECKING:
    import pandas as pd

EVENTS = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere") / "data" / "keds_levant.cameo.csv.gz"

pytestmark = pytest.mark.skipif(
    not EVENTS.is_file(), reason=f"there is no {EVENTS}; TOCSIN_SHARED names the folder with the shared data"
)


@pytest.fixture(scope="module")
def scores() -> tocsin.Scores:
    return tocsin.read_events(EVENTS).count(pairs=["ISR-LBN"]).score()


@pytest.fixture(scope="module")
def days(scores) -> pd.DataFrame:
    return scores.frame("ISR-LBN").set_index("date")


def test_every_day_from_1979_to_2011_is_scored(days):
    assert len(days) == 11_918
    assert days["score"].notna().all()


def test_20_july_2006_is_among_the_highest_days_of_33_years(days):
    day = days.loc["2006-07-20"]
    assert (days["score"] > day["score"]).sum() < 12
    assert day["score"] > 60
    assert day["score"] == pytest.approx(79, abs=3)  # what the definition's prototype gave


def test_the_highest_days_are_those_of_the_two_wars(days):
    top = days["score"].nlargest(20).index
    grapes_of_wrath = (top >= "1996-04-11") & (top <= "1996-04-27")
    july_war = (top >= "2006-07-12") & (top <= "2006-08-14")
    assert (grapes_of_wrath | july_war).all()
    assert grapes_of_wrath.any()
    assert july_war.any()


def test_the_war_stands_out_from_the_month_before(days):
    assert days.loc["2006-07-20", "score"] > 2 * days.loc["2006-06-10":"2006-07-10", "score"].median()


def test_the_explanation_of_the_war_says_force_on_both_sides(scores):
    text = scores.explain("ISR-LBN", "2006-07-20")
    assert "major conventional force" in text
    assert "% balanced" in text
