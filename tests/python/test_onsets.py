"""Reading onsets: what another source says of pairs."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

import tocsin
from tocsin.errors import InputError, ParseError

SHARED = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere") / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"there is no {SHARED}; TOCSIN_SHARED names the folder with the shared data"
)
MIE = (
    "micnum,eventnum,ccode1,ccode2,stmon,stday,styear,endmon,endday,endyear,hostlev\n"
    "1,1,750,770,5,8,1999,7,17,1999,5\n"
    "2,1,770,750,3,-9,2002,3,-9,2002,4\n"
    "3,1,750,9999,3,1,2002,3,1,2002,4\n"
)


@pytest.fixture
def mie(tmp_path: Path) -> Path:
    path = tmp_path / "mie.csv"
    path.write_text(MIE)
    return path


def test_a_file_is_recognised_by_its_header(mie):
    onsets = tocsin.read_onsets(mie)
    assert onsets.source == "mie"
    assert onsets.pairs == [("IND", "PAK")]
    assert onsets.covered == (np.datetime64("1999-05-08"), np.datetime64("2002-03-31"))
    assert repr(onsets) == "Onsets: 2 of 1 pair, 1999-05-08 to 2002-03-31; 1 of 3 rows are not used, see report"


def test_every_row_is_in_the_report_once(mie):
    report = tocsin.read_onsets(mie).report
    assert report["rows"] == report["used"] + sum(report["unused"].values()) == 3
    assert report["unmapped_actors"] == {"9999": 1}
    assert report["undated"] == 1


def test_an_open_file_reads_like_a_path(mie):
    with mie.open("rb") as stream:
        onsets = tocsin.read_onsets(stream)
    pd.testing.assert_frame_equal(onsets.frame(), tocsin.read_onsets(mie).frame())


def test_states_are_written_as_the_events_write_them(mie):
    assert tocsin.read_onsets(mie, actor_system="keds").pairs == [("IDI", "PAK")]
    counts = [{"date": "2001-01-01", "source": "IND", "target": "PAK", "military": 1}]
    panel = tocsin.CountPanel.read(counts)
    assert tocsin.read_onsets(mie, actor_system="keds", panel=panel).pairs == [("IND", "PAK")]
    assert tocsin.read_onsets(mie, actor_system="keds", panel=panel.score()).pairs == [("IND", "PAK")]


def test_the_frame_can_be_read_again(mie):
    onsets = tocsin.read_onsets(mie)
    again = tocsin.read_onsets(onsets.frame())
    pd.testing.assert_frame_equal(again.frame(), onsets.frame())
    assert again.report["undated"] == 1
    assert tocsin.read_onsets(onsets) is onsets


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, list], ids=["pandas", "polars", "records"])
def test_a_table_of_ones_own_needs_a_date_and_a_pair(make):
    rows = [{"date": "2025-05-07", "pair": "PAK-IND"}, {"date": "2019-02-26", "pair": "IND-PAK"}]
    onsets = tocsin.read_onsets(make(rows))
    assert onsets.pairs == [("IND", "PAK")]
    assert [str(day)[:10] for day in onsets.frame()["date"]] == ["2019-02-26", "2025-05-07"]
    assert onsets.covered is None


def test_pairs_may_be_given_by_their_two_actors():
    rows = [{"date": "2025-05-07", "source": "A-1", "target": "B", "level": 3, "end_date": "2025-05-10", "name": "x"}]
    onsets = tocsin.read_onsets(rows)
    assert onsets.pairs == [("A-1", "B")]
    assert tocsin.read_onsets(rows, min_level=4).report["unused"] == {"below the level asked for": 1}


def test_a_csv_table_and_a_frame_read_alike():
    text = "date,pair,end_date,level,name\n2025-05-07,IND-PAK,2025-05-10,4,Sindoor\n"
    from_file = tocsin.read_onsets(io.StringIO(text)).frame()
    from_frame = tocsin.read_onsets(pd.read_csv(io.StringIO(text))).frame()
    pd.testing.assert_frame_equal(from_file, from_frame)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"date": "2025-05-32", "pair": "A-B"}, "2025-05-32"),
        ({"date": "2025-05-07", "pair": "AB"}, "'AB'"),
        ({"date": "2025-05-07", "pair": ("A", "A")}, "two different actors"),
        ({"date": "2025-05-07", "pair": "A-B", "level": 1.5}, "whole number"),
        ({"date": "2025-05-07", "pair": "A-B", "end_date": "2025-05-01"}, "not before the date"),
    ],
)
def test_a_broken_row_is_named(row, message):
    with pytest.raises(ParseError, match="onsets:1: ") as fault:
        tocsin.read_onsets([row])
    assert message in str(fault.value)


def test_what_is_no_table_of_onsets_is_refused(tmp_path):
    with pytest.raises(InputError, match='expected columns "date" and "pair"'):
        tocsin.read_onsets([{"day": "2025-05-07", "pair": "A-B"}])
    with pytest.raises(InputError, match='column "levle" is none of'):
        tocsin.read_onsets([{"date": "2025-05-07", "pair": "A-B", "levle": 4}])
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="expected a file of one of the kinds mie"):
        tocsin.read_onsets(tmp_path / "other.csv")


@needs_shared
def test_all_rows_of_mie_are_accounted_for():
    onsets = tocsin.read_onsets(SHARED / "mie-1.0.csv.gz", min_level=4)
    report = onsets.report
    assert report["rows"] == 28_011
    assert report["used"] + sum(report["unused"].values()) == report["rows"]
    assert report["unused"]["below the level asked for"] == 7_310 + 1_171 - 1  # of one the state has no code
    assert str(onsets.covered[1]).startswith("2014")


@needs_shared
def test_icb_has_kargil_between_adversaries():
    onsets = tocsin.read_onsets(SHARED / "icb2v14.csv").frame()
    kargil = onsets[(onsets["pair"] == "IND-PAK") & onsets["name"].str.contains("KARGIL", case=False)]
    assert len(kargil) == 1
    assert kargil["are_adversaries"].all()
    assert kargil["date"].iloc[0].year == 1999


@needs_shared
def test_nearly_half_of_the_pairs_of_a_crisis_only_took_part_in_it():
    onsets = tocsin.read_onsets(SHARED / "icb2v14.csv").frame()
    assert 0.2 < (~onsets["are_adversaries"]).mean() < 0.7
