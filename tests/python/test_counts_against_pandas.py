"""Counts of every shared event file, and of made-up events, against a second program: cell by cell."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tocsin

sys.path.insert(0, str(Path(__file__).parent))  # a module beside the tests is not found by itself

from pandas_count import (
    VALUES,
    busiest_pairs,
    count,
    read_acled,
    read_countries,
    read_gdelt,
    read_icews_events,
    read_icews_relations,
    read_keds,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere")
BOOKS = Path(__file__).parents[2] / "cpp" / "data"
RULES = list(product(("one_a_day", "raw"), ("allotted", "all", "paired_only")))

pytestmark = pytest.mark.filterwarnings("ignore::tocsin.InputWarning")


def as_written(codebook: str) -> str:
    return (BOOKS / f"{codebook}.json").read_text("utf-8")


class Case(NamedTuple):
    file: str
    read: Callable[[Path], pd.DataFrame]
    least: int  # events of a pair that is compared
    codebook: str = "cameo-1.1b3"
    states: bool = False
    rules: list[tuple[str, str]] = RULES
    countries: Callable[[], frozenset[str]] = frozenset  # that roles are added to: none where actors are names
    options: dict[str, Any] = {}  # noqa: RUF012


def existing(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"there is no {path}; TOCSIN_SHARED names the folder with the shared data")
    return path


@functools.cache
def countries() -> frozenset[str]:
    return read_countries(existing("codes", "cow_to_iso.csv").parent)


@functools.cache
def keds_countries() -> frozenset[str]:
    """What old KEDS files call countries is in no table but ours; the check is of counting, not of this list."""
    frame = tidy("gulf")
    heads = {actor[:3] for end in ("source", "target") for actor in frame[end]}
    kinds = {head: place_kind(head) for head in heads}
    return frozenset(head for head, kind in kinds.items() if kind in ("state", "territory"))


def place_kind(head: str) -> str | None:
    for date in ("1979-04-15", "1985-01-01", "1992-06-01", "1999-03-31"):
        try:
            return tocsin.crosswalk.place(head, system="keds", date=date).kind
        except tocsin.InputError:
            continue
    return None


CASES = {
    "levant": Case(
        "keds_levant.cameo.csv.gz", read_keds, 150, states=True, rules=RULES[:1], countries=lambda: countries()
    ),
    "gulf": Case(
        "keds_gulf.cameo.csv.gz",
        read_keds,
        100,
        "weis",
        states=True,
        rules=[RULES[0], RULES[4], RULES[5]],
        countries=lambda: keds_countries(),
    ),
    "icews relations": Case(
        "icews18_dedup.tsv.gz",
        lambda path: read_icews_relations(path, as_written("cameo-1.1b3")),
        400,
        rules=RULES[:1],
        options={"columns": {"code_name": "relation"}, "actor_system": "name"},
    ),
    "icews events": Case("icews_events.2018.sample.tab.gz", read_icews_events, 1),
    "gdelt 2": Case("gdelt2_20180101000000.export.CSV", read_gdelt, 1, countries=lambda: countries()),
    "gdelt 1": Case("gdelt1_sample_57_58col.tsv", read_gdelt, 1, countries=lambda: countries()),
    "acled": Case("acled_dummy.csv.gz", read_acled, 2, "acled", rules=[("raw", "allotted"), ("one_a_day", "allotted")]),
}


@functools.cache
def tidy(name: str) -> pd.DataFrame:
    return CASES[name].read(existing("data", CASES[name].file))


def differences(events: tocsin.Events, panel: tocsin.CountPanel, expected: pd.DataFrame) -> list[str]:
    """What of the panel, and of the report, is not as expected. A pair's day without a row is a collected zero."""
    found = panel.frame()
    if not panel.is_directed:
        ends = {f"{a}-{b}": (a, b) for a, b in panel.pairs}
        found["source"], found["target"] = zip(*map(ends.get, found["pair"]), strict=True)
    both = found.merge(
        expected.astype({"date": found["date"].dtype}),
        on=["date", "source", "target"],
        how="outer",
        suffixes=("", " expected"),
        indicator="side",
    )
    out = []
    for name in VALUES:
        if name not in expected:
            if name in found and found[name].notna().any():
                out.append(f"{name}: holds values, expected not collected")
        elif name not in found:
            out.append(f"{name}: not there")
        else:
            got = both[name].where(both["side"] != "right_only", 0.0)
            out += wrong_cells(both, name, got, both[f"{name} expected"].fillna(0.0))
    rows = both[both["side"] != "right_only"]
    out += wrong_cells(rows, "total", rows["total"], rows["date"].map(expected.attrs["total"]).fillna(0.0))
    report = events.report["count"]
    out += [
        f"report {key}: expected {value}, found {report[key]}"
        for key, value in expected.attrs["report"].items()
        if report[key] != value
    ]
    return out


def wrong_cells(rows: pd.DataFrame, name: str, got: pd.Series, want: pd.Series) -> list[str]:
    wrong = ~((got - want).abs() <= 1e-9)
    if not wrong.any():
        return []
    examples = [
        f"{row.date:%Y-%m-%d} {row.source} > {row.target} expected {want[row.Index]:g}, found {got[row.Index]:g}"
        for row in rows[wrong].head(5).itertuples()
    ]
    return [f"{name}, {wrong.sum()} of {len(rows)} cells: {'; '.join(examples)}"]


@pytest.mark.parametrize(
    ("name", "duplicates", "mediation"),
    [(name, *rule) for name, case in CASES.items() for rule in case.rules],
)
def test_a_real_file_counts_as_in_pandas(name, duplicates, mediation):
    case = CASES[name]
    frame = tidy(name)
    known = case.countries()
    pairs = busiest_pairs(frame, known, least=case.least, states=case.states)
    assert len(pairs) > 20
    calendar = (frame["date"].min(), frame["date"].max())
    expected = count(frame, pairs, as_written(case.codebook), duplicates, mediation, calendar, known)
    assert len(expected) > 100
    events = tocsin.read_events(existing("data", case.file), **case.options)
    panel = events.count(
        pairs=pairs,
        codebook=case.codebook,
        duplicates=duplicates,
        mediation=mediation,
        calendar=calendar,
        empty_days="quiet",
    )
    assert differences(events, panel, expected) == []


def test_a_calendar_cuts_the_days_out_and_keeps_the_past_in_mind():
    frame = tidy("gulf")
    pairs = [("IRN", "IRQ"), ("IRQ", "KUW"), ("IRQ", "SAU"), ("IRQ", "USA")]
    calendar = ("1990-08-02", "1991-03-03")
    expected = count(frame, pairs, as_written("weis"), "one_a_day", "allotted", calendar, keds_countries())
    events = tocsin.read_events(frame)
    panel = events.count(pairs=pairs, codebook="weis", calendar=calendar)
    assert differences(events, panel, expected) == []
    assert expected["mediation"].sum() > 100


ACTORS = ("IND", "INDMIL", "PAK", "CHN", "USA", "UAF")
CODES = {
    # Mediation and calls, asked for or accepted, contacts, refusals, hostile acts by rung, talk, 155 without a value, a
    # kind of 045 that the book does not hold, and two that are nothing.
    "cameo-1.1b3": [
        *("045", "039", "027", "0256", "1056", "028", "038", "040", "042", "046", "125", "126", "1246"),
        *("112", "138", "163", "190", "195", "010", "020", "057", "155", "0457", "999", "19X"),
    ],
    "weis": [
        *("094", "095", "100", "102", "030", "031", "032", "033", "034", "081"),
        *("121", "132", "160", "171", "182", "223", "023", "130", "1021", "999"),
    ],
}
FIRST = dt.date(2025, 3, 1)


@st.composite
def event_tables(draw: st.DrawFn, codes: list[str]) -> pd.DataFrame:
    row = st.tuples(st.integers(0, 39), st.permutations(ACTORS), st.sampled_from(codes))
    rows = draw(st.lists(row, min_size=20, max_size=120))
    return pd.DataFrame(
        {
            "date": [(FIRST + dt.timedelta(days=day)).isoformat() for day, _, _ in rows] + [FIRST.isoformat()],
            "source": [actors[0] for _, actors, _ in rows] + ["IND"],
            "target": [actors[1] for _, actors, _ in rows] + ["PAK"],
            "code": [code for _, _, code in rows] + [codes[0]],
        }
    )


@pytest.mark.parametrize(("duplicates", "mediation"), RULES)
@pytest.mark.parametrize("codebook", CODES)
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # making a table of events smaller takes minutes, and a difference names its pair and day
)
@given(data=st.data())
def test_made_up_events_count_as_in_pandas(codebook, duplicates, mediation, data):
    frame = data.draw(event_tables(CODES[codebook]))
    known = frozenset(ACTORS[:1] + ACTORS[2:5])
    is_cut = data.draw(st.booleans())
    calendar = (sorted(frame["date"])[len(frame) // 3], "2025-04-05") if is_cut else None
    inside = frame[frame["date"].between(*calendar)] if calendar else frame
    if inside.empty:
        return
    pairs = busiest_pairs(inside, known, least=1)
    expected = count(frame, pairs, as_written(codebook), duplicates, mediation, calendar, known)
    events = tocsin.read_events(frame)
    options: dict[str, Any] = {"codebook": codebook, "duplicates": duplicates, "mediation": mediation}
    panel = events.count(pairs="all", calendar=calendar, **options)
    assert panel.pairs == pairs
    assert differences(events, panel, expected) == []


def test_mediation_accepted_between_the_parties_counts_as_the_codebook_says():
    frame = pd.DataFrame({"date": ["2025-03-01"], "source": ["IND"], "target": ["PAK"], "code": ["038"]})
    events = tocsin.read_events(frame)
    panel = events.count(pairs=["IND-PAK"])
    expected = count(frame, [("IND", "PAK")], as_written("cameo-1.1b3"), countries={"IND", "PAK"})
    assert differences(events, panel, expected) == []
