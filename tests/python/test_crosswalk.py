"""Codes of countries: the table agrees with itself and with the lists that it is made from."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import tocsin
from tocsin.crosswalk import SYSTEMS, Place, convert, place

TABLE = Path(__file__).parents[2] / "cpp" / "data" / "crosswalk.csv"
SHARED = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere")
OPEN_FIRST, OPEN_LAST = dt.date(1800, 1, 1), dt.date(2199, 12, 31)
TODAY = "2025-05-01"

# Names that stand for several places at once, on purpose.
AMBIGUOUS = {"Congo", "Korea", "Saint Martin", "Virgin Islands"}

needs_codes = pytest.mark.skipif(
    not (SHARED / "codes").is_dir(), reason=f"there is no {SHARED}/codes; TOCSIN_SHARED names the folder"
)
needs_data = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason=f"there is no {SHARED}/data; TOCSIN_SHARED names the folder"
)


def read_table() -> list[dict]:
    rows = []
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row["first"] = dt.date.fromisoformat(row["first"]) if row["first"] else OPEN_FIRST
            row["last"] = dt.date.fromisoformat(row["last"]) if row["last"] else OPEN_LAST
            row["name_of_place"], row["name"] = row["name"], row.pop("other_names")
            rows.append(row)
    return rows


ROWS = read_table()
# (system, code, id, first, last), as the file says it
USES = [
    (system, code, row["id"], row["first"], row["last"])
    for row in ROWS
    for system in SYSTEMS
    for code in row[system].split(";")
    if code
]


def on(system: str, date: str) -> dict[str, str]:
    """The code that each place of the table has."""
    ids = {row["id"]: row["name_of_place"] for row in ROWS if row["name_of_place"]}
    names = [name for name in ids.values() if can_be_read(name, date)]
    codes = convert(names, source="name", target=system, date=date, missing="none")
    found = [place(name, system="name", date=date).id for name in names]
    return {name: code for name, code in zip(found, codes, strict=True) if code is not None}


def can_be_read(name: str, date: str) -> bool:
    return convert(name, source="name", target="name", date=date, missing="none") is not None


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_code_of_the_table_stands_for_its_place_and_comes_back(system):
    uses = [use for use in USES if use[0] == system and use[1] not in AMBIGUOUS]
    assert uses
    for _, code, name, first, last in uses:
        for date in {first, last, first + (last - first) / 2}:
            found = place(code, system=system, date=date)
            assert found.id == name, (code, date)
            written = convert(code, source=system, target=system, date=date, missing="none")
            if written is not None:
                assert place(written, system=system, date=date).id == name, (code, written, date)
            else:
                # Only where the table says that no code is written.
                assert any(row[system].startswith(";") for row in ROWS if row["id"] == name)


@pytest.mark.parametrize("system", [system for system in SYSTEMS if system != "name"])
def test_no_code_stands_for_two_places_on_one_day(system):
    by_code: dict[str, list] = {}
    for used, code, name, first, last in USES:
        if used == system:
            by_code.setdefault(code.lstrip("0") if "num" in system else code, []).append((first, last, name))
    for code, uses in by_code.items():
        for i, (first, last, name) in enumerate(uses):
            for other_first, other_last, other in uses[:i]:
                assert name == other or last < other_first or other_last < first, (code, name, other)


def test_names_stand_for_one_place_but_for_the_declared_ones():
    several = set()
    for _, code, _, first, last in (use for use in USES if use[0] == "name"):
        for date in (first, last):
            if not can_be_read(code, date):
                several.add(code)
    assert several == AMBIGUOUS


def test_fips_is_not_iso():
    iso, fips = on("iso2", TODAY), on("fips", TODAY)
    both = iso.keys() & fips.keys()
    assert len(both) == 246
    assert sum(iso[name] != fips[name] for name in both) == 150
    of_another = [name for name in fips if fips[name] in iso.values() and iso.get(name) != fips[name]]
    assert len(of_another) == 69


def test_three_letters_of_iso_are_not_those_of_cow():
    iso, cow = on("iso3", TODAY), on("cow_letters", TODAY)
    assert len(cow) == 195  # v2016 has as many members on its last day
    assert sum(iso[name] != cow[name] for name in cow) == 112


def test_the_two_lists_of_states_differ_in_seven_numbers():
    cow, gw = on("cow_number", TODAY), on("gw_number", TODAY)
    differing = {name: (cow[name], gw[name]) for name in cow.keys() & gw.keys() if cow[name] != gw[name]}
    assert differing == {
        "DEU": ("255", "260"), "YEM": ("679", "678"), "SRB": ("345", "340"), "KIR": ("946", "970"),
        "NRU": ("970", "971"), "TON": ("955", "972"), "TUV": ("947", "973"),
    }  # fmt: skip


def test_places_have_a_code_of_their_own():
    for row in ROWS:
        if row["name_of_place"]:
            assert re.fullmatch(r"[A-Z]{3}|[a-z]+(-[a-z]+)*", row["id"])
    assert place("CSK", system="iso3", date="1980-01-01") == Place("CSK", "Czechoslovakia", "state")
    assert place("Zanzibar", system="name", date="1964-01-01").id == "zanzibar"


def test_a_result_has_the_shape_of_what_came_in():
    ways = {"source": "cow_number", "target": "iso3", "date": TODAY}
    assert convert("750", **ways) == convert(750, **ways) == convert(np.int64(750), **ways) == "IND"
    assert convert(["750", 770], **ways) == ["IND", "PAK"]
    assert convert(pd.Series([750.0, 770.0]), **ways) == ["IND", "PAK"]
    array = convert(np.array([[750, 770], [2, 710]]), **ways)
    assert array.tolist() == [["IND", "PAK"], ["USA", "CHN"]]
    assert convert([], **ways) == []


def test_each_code_may_have_a_date_of_its_own():
    dates = pd.Series(pd.to_datetime(["1985-01-01", "1995-01-01"]))
    assert convert(["365", "365"], source="cow_number", target="iso3", date=dates) == ["SUN", "RUS"]
    days = np.array(["1985-01-01", "1995-01-01"], dtype="datetime64[D]")
    assert convert(["365", "365"], source="cow_number", target="iso3", date=days) == ["SUN", "RUS"]
    with pytest.raises(tocsin.InputError, match="2 codes and 1 dates"):
        convert(["365", "365"], source="cow_number", target="iso3", date=[TODAY])


def test_what_is_missing_is_an_error_or_none():
    ways = {"source": "iso3", "target": "cow_number", "date": "1960-01-01"}
    assert convert(["USA", "BHS", None, "XXX", float("nan")], missing="none", **ways) == ["2", None, None, None, None]
    with pytest.raises(tocsin.InputError, match=r'Bahamas \(BHS\) has no cow_number on 1960-01-01; it has "31" from'):
        convert("BHS", **ways)
    with pytest.raises(tocsin.ParseError, match=r"code:2: iso3 .*XXX") as fault:
        convert(["USA", "XXX"], **ways)
    assert fault.value.line == 2
    with pytest.raises(tocsin.InputError, match='pass missing="none"'):
        convert([None], **ways)
    with pytest.raises(tocsin.InputError, match='expected "raise" or "none"'):
        convert("USA", missing="skip", **ways)


def test_faults_propose():
    with pytest.raises(tocsin.InputError, match=r"South Korea \(KOR\) or North Korea \(PRK\)"):
        place("Korea", system="name", date=TODAY)
    with pytest.raises(tocsin.InputError, match=r"Kuwait \(KWT\) in cow_letters"):
        place("KUW", system="iso3", date=TODAY)
    with pytest.raises(tocsin.InputError, match="nearest: iso2"):
        place("IND", system="iso_2", date=TODAY)
    with pytest.raises(tocsin.InputError, match="expected a date"):
        place("IND", system="iso3", date="May 2025")
    with pytest.raises(tocsin.InputError, match="expected a text"):
        place(750, system="iso3", date=TODAY)


def test_options_are_keyword_only():
    with pytest.raises(TypeError, match="positional"):
        convert("IND", "iso3", "cow_number", TODAY)


# ---- the lists of others ----------------------------------------------------------------------------

# Codes of trade statistics for a country with its neighbours or outlying parts, which are no ISO codes.
TRADE_CODES = {"841", "842", "58", "251", "757", "381", "579", "711", "699", "590", "868", "588", "658"}
# There the list and the primary sources differ.
LIST_FAULTS = {("ATA", "58"), ("MAC", "343"), ("VNM", "817")}


@needs_codes
def test_cow_and_iso_agree_with_the_public_list():
    checked = 0
    with (SHARED / "codes" / "cow_to_iso.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["cow_id"] or not row["iso3"] or (row["iso3"], row["cow_id"]) in LIST_FAULTS:
                continue
            # The middle of the year after the list's first one, or of its last: by then everyone is a member.
            date = f"{row['valid_until'] or '2016'}-01-15"
            number = convert(row["cow_id"], source="cow_number", target="iso3", date=date, missing="none")
            later = convert(row["cow_id"], source="cow_number", target="iso3", date="2016-01-15", missing="none")
            assert row["iso3"] in (number, later), row
            if row["cow3"] and number:
                assert convert(row["cow_id"], source="cow_number", target="cow_letters", date=date) == row["cow3"]
            if row["iso_id"] not in TRADE_CODES and number:
                assert int(convert(number, source="iso3", target="iso_numeric", date=date)) == int(row["iso_id"]), row
            assert place(row["iso3"], system="iso3", date=date).id == place(row["iso2"], system="iso2", date=date).id
            checked += 1
    assert checked > 190


@needs_codes
def test_the_country_codes_of_gdelt_are_cameo_codes_under_their_names():
    regions = 0
    with (SHARED / "codes" / "gdelt_cameo_country.txt").open(encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found = place(row["CODE"], system="cameo", date=TODAY)
            regions += found.kind == "region"
            if row["CODE"] != "REU":  # its name has lost a letter
                assert place(row["LABEL"], system="name", date=TODAY).id == found.id, row
    assert regions == 26  # from AFR to WST, and Baghdad


@needs_data
def test_the_country_names_of_icews_are_known():
    with gzip.open(SHARED / "data" / "icews_events.2018.sample.tab.gz", "rt", encoding="utf-8") as file:
        frame = pd.read_csv(file, sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
    names = set(frame[["Source Country", "Target Country", "Country"]].stack()) - {"NA"}
    assert len(names) > 140
    unknown = {name for name in names if not can_be_read(name, "2018-01-01")}
    assert unknown == {"Congo"}  # of two countries; ICEWS means the one of Brazzaville


@needs_data
def test_most_actors_of_old_keds_files_are_known():
    with gzip.open(SHARED / "data" / "keds_gulf.cameo.csv.gz", "rt", encoding="utf-8") as file:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    actors = pd.concat([frame["source"], frame["target"]]).str[:3].tolist()
    found = convert(actors, source="keds", target="name", date=frame["date"].tolist() * 2, missing="none")
    assert np.mean([name is not None for name in found]) > 0.99


@needs_data
def test_states_that_fight_are_members_of_the_state_system():
    with gzip.open(SHARED / "data" / "mie-1.0.csv.gz", "rt", encoding="utf-8") as file:
        frame = pd.read_csv(file)
    dated = frame[(frame["stmon"] > 0) & (frame["stday"] > 0)]
    dates = [f"{y}-{m:02}-{d:02}" for y, m, d in dated[["styear", "stmon", "stday"]].itertuples(index=False)]
    for column in ("ccode1", "ccode2"):
        found = convert(dated[column], source="cow_number", target="name", date=dates, missing="none")
        assert len(found) > 25_000
        # Canada before 1920 stands there for itself.
        assert {number for number, name in zip(dated[column], found, strict=True) if name is None} <= {20}
