"""The examples that ship with the package."""

from __future__ import annotations

import csv
import os
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import tocsin


def test_the_example_is_india_and_pakistan_from_16_april_to_1_may_2025(example):
    assert example.pairs == [("IND", "PAK")]
    assert example.calendar == (np.datetime64("2025-04-16"), np.datetime64("2025-05-01"))
    assert example.signals == ["rhetoric", "military", "punitive", "mediation", "cooperation"]


def test_the_events_of_the_example_are_all_there():
    with (files("tocsin") / "data" / "kashmir-2025.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    frame = tocsin.load_example_events("kashmir-2025").frame()
    assert frame["code"].tolist() == [row["code"] for row in rows]
    assert frame["source"].tolist() == [row["source"] for row in rows]


def test_the_example_counts_what_its_events_say(example):
    counted = tocsin.load_example_events("kashmir-2025").count(pairs=["IND-PAK"])
    assert tocsin.score(counted).to_json() == tocsin.score(example).to_json()
    assert example.provenance["codebook"] == "cameo-1.1b3"


def test_the_example_tells_a_crisis_that_has_only_begun(example):
    scores = tocsin.score(example)
    frame = scores.frame()
    after_the_attack = frame[frame["date"] >= "2025-04-24"]["score"]
    assert after_the_attack.min() > frame[frame["date"] < "2025-04-22"]["score"].max()
    assert set(frame["status"]) == {"warming_up"}


@pytest.mark.parametrize("load", [tocsin.load_example, tocsin.load_example_events])
def test_an_example_that_does_not_exist_is_an_error_that_lists_those_that_do(load):
    with pytest.raises(tocsin.InputError, match="no example 'kashmir'; the examples are kashmir-2025"):
        load("kashmir")


ARTICLE = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere") / "example" / "kashmir_2025_events.csv"


@pytest.mark.skipif(not ARTICLE.is_file(), reason=f"there is no {ARTICLE}; TOCSIN_SHARED names the folder with it")
def test_the_shipped_example_is_the_coded_article():
    assert (files("tocsin") / "data" / "kashmir-2025.csv").read_bytes() == ARTICLE.read_bytes()
