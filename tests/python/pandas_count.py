"""Events counted into pair-days a second time: from the text of the method alone, with pandas and plain loops.

Slow on purpose. What `tocsin` does with events is compared with this cell by cell, so nothing here may come from it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SIGNALS = ("rhetoric", "military", "punitive", "mediation", "cooperation")
HOSTILE = ("rhetoric", "military", "punitive")
RUNGS = tuple(f"rung_{i}" for i in range(1, 8))
BY_DIRECTION = (*SIGNALS, *RUNGS, "goldstein_conflict", "goldstein_cooperation", "refusals")
VALUES = (*BY_DIRECTION, "mediators", "third_party_hostile")
PAIRED_DAYS = 4  # the same day or the 3 days before
DISPUTE_DAYS = 30
NO_ACTOR = ("", "NA", "None", "NULL", "--")

GDELT_COLUMNS = {
    "id": 0, "date": 1, "source": 7, "target": 17, "root": 25, "code": 26, "mentions": 31, "sources": 32,
    "articles": 33,
}  # fmt: skip
GDELT_ADDED = {57: 56, 58: 56, 61: 59}  # historical, daily, 2.0
# What stands in GDELT's list of country codes and is none: a city, then regions.
NOT_COUNTRIES = frozenset(
    [
        *("BAG", "AFR", "ASA", "BLK", "CRB", "CAU", "CFR", "CAS", "CEU", "EIN", "EAF", "EEU", "EUR", "LAM", "MEA"),
        *("MDT", "NAF", "NMR", "PGS", "SCN", "SAM", "SAS", "SEA", "SAF", "WAF", "WST"),
    ]
)


def read_countries(codes: Path) -> frozenset[str]:
    """Three-letter codes of countries: those of ISO 3166 in the table of states, and those that CAMEO has instead."""
    states = pd.read_csv(codes / "cow_to_iso.csv", dtype=str, keep_default_na=False)
    states = states[states["iso_id"].str.fullmatch("[0-9]+") & states["iso3"].str.fullmatch("[A-Z]{3}")]
    cameo = pd.read_csv(codes / "gdelt_cameo_country.txt", sep="\t", dtype=str, keep_default_na=False)
    return frozenset(states["iso3"]) | (frozenset(cameo["CODE"]) - NOT_COUNTRIES)


def read_keds(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame[["date", "source", "target", "code"]]


def read_icews_relations(path: Path, codebook_json: str) -> pd.DataFrame:
    """The relation is the name of a code; where a root bears the same name as its first kind, the kind is meant."""
    codes = json.loads(codebook_json)["codes"]
    by_name = {plain(codes[code]["name"]): code for code in sorted(codes, key=len) if len(code) >= 2}
    frame = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
    frame["code"] = each(frame["relation"], lambda relation: by_name[plain(relation)])
    return frame[["date", "source", "target", "code"]]


def plain(name: str) -> str:
    """A name without case and punctuation."""
    return " ".join(re.findall("[a-z0-9]+", name.lower()))


def read_icews_events(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
    frame = frame.drop_duplicates(["Event ID", "Event Date"])
    frame = frame.rename(
        columns={"Event Date": "date", "Source Country": "source", "Target Country": "target", "CAMEO Code": "code"}
    )
    return between_two_named(frame[["date", "source", "target", "code"]])


def read_gdelt(path: Path) -> pd.DataFrame:
    """GDELT 1.0 with 57 and 58 columns, also mixed, and 2.0 with 61."""
    rows = []
    for line in path.read_text("utf-8").split("\n"):
        fields = line.split("\t")
        if len(fields) in GDELT_ADDED:
            row = {name: fields[i] for name, i in GDELT_COLUMNS.items()}
            rows.append(row | {"added": fields[GDELT_ADDED[len(fields)]]})
        elif line:
            raise ValueError(f"{path.name}: {len(fields)} columns")
    frame = pd.DataFrame(rows)
    frame = frame.sort_values("added", kind="stable").drop_duplicates("id", keep="last").sort_index()
    for name in ("date", "added"):
        frame[name] = frame[name].str.replace(r"^(\d{4})(\d\d)(\d\d).*", r"\1-\2-\3", regex=True)
    for name in ("root", "mentions", "sources", "articles"):
        frame[name] = frame[name].astype(int)
    return between_two_named(frame.drop(columns="id"))


def read_acled(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame = pd.DataFrame(
        {
            "date": frame["event_date"],
            "source": frame["actor1"],  # its own column `source` is the newspaper
            "target": frame["actor2"],
            "code": frame["event_type"] + ":" + frame["sub_event_type"],
        }
    )
    return between_two_named(frame)


def between_two_named(frame: pd.DataFrame) -> pd.DataFrame:
    has_both = ~frame["source"].isin(NO_ACTOR) & ~frame["target"].isin(NO_ACTOR)
    return frame[has_both].reset_index(drop=True)


def rolled_up(actor: str, countries: Iterable[str]) -> str:
    is_code = re.fullmatch("(?:[A-Z0-9]{3})+", actor) is not None
    return actor[:3] if is_code and actor[:3] in countries else actor


def busiest_pairs(
    frame: pd.DataFrame, countries: frozenset[str], *, least: int, states: bool = False
) -> list[tuple[str, str]]:
    """Pairs with at least so many events, of two countries where states are asked for."""
    number: Counter[tuple[str, str]] = Counter()
    sources, targets = (each(frame[end], lambda actor: rolled_up(actor, countries)) for end in ("source", "target"))
    for source, target in zip(sources, targets, strict=True):
        a, b = sorted((source, target))
        if a != b and not (states and not {a, b} <= countries):
            number[a, b] += 1
    return sorted(pair for pair, events in number.items() if events >= least)


class Book:
    """A codebook: what its JSON says of a code, or of the longest code that it is a kind of."""

    def __init__(self, codebook_json: str) -> None:
        document = json.loads(codebook_json)
        self.codes: dict[str, dict[str, Any]] = document["codes"]
        self.is_by_parts = document.get("matching", "digits") == "parts"
        self.is_directed = document.get("directed", True)

    def find(self, code: str) -> dict[str, Any] | None:
        for length in range(len(code), 0, -1):
            head, rest = code[:length], code[length:]
            is_kind = rest.startswith(":") if self.is_by_parts else re.fullmatch("[0-9]+", rest)
            if head in self.codes and (not rest or is_kind):
                return self.codes[head]
        return None

    def has(self, key: str, *values: Any) -> bool:
        """Whether any code has the key, with one of the values if some are given."""
        found = [meaning[key] for meaning in self.codes.values() if meaning.get(key) is not None]
        return any(value in values for value in found) if values else bool(found)


class Event(NamedTuple):
    day: int
    source: str
    target: str
    meaning: dict[str, Any]

    @property
    def family(self) -> str:
        """Between two parties."""
        return self.meaning.get("party", "neutral")

    @property
    def third_family(self) -> str:
        """From a third party."""
        return self.meaning.get("third", "neutral")


def count(
    frame: pd.DataFrame,
    pairs: list[tuple[str, str]],
    codebook_json: str,
    duplicates: str = "one_a_day",
    mediation: str = "allotted",
    calendar: tuple[str, str] | None = None,
    countries: Iterable[str] = (),
) -> pd.DataFrame:
    """Signals and extra columns by date, source and target (undirected: both in alphabetical order).

    A row for each day and direction on which something counts; a column that the codebook gives no code is missing.
    `attrs["total"]` is the number of all events by day, `attrs["report"]` what was left out whatever the pair.
    """
    book = Book(codebook_json)
    table = pd.DataFrame(
        {
            "day": each(frame["date"], day_number),
            "source": each(frame["source"], lambda actor: rolled_up(actor, countries)),
            "target": each(frame["target"], lambda actor: rolled_up(actor, countries)),
            "code": frame["code"],
        }
    )
    if not book.is_directed:
        ends = [sorted(ends) for ends in zip(table["source"], table["target"], strict=True)]
        table["source"], table["target"] = [a for a, _ in ends], [b for _, b in ends]
    first, last = (day_number(date) for date in calendar) if calendar else (table["day"].min(), table["day"].max())
    is_inside = table["day"].between(first, last)
    report = {"events": len(table), "outside_calendar": int((~is_inside).sum())}

    table = table[table["day"] <= last]  # earlier events are the past of the first days
    is_again = table.duplicated() & (duplicates == "one_a_day")
    report["duplicates"] = int((is_again & is_inside).sum())
    table = table[~is_again]
    is_domestic = table["source"] == table["target"]
    report["domestic"] = int((is_domestic & is_inside).sum())
    meanings = {code: book.find(code) for code in table["code"].unique()}
    is_known = table["code"].isin([code for code, meaning in meanings.items() if meaning is not None])
    unmapped = table["code"][~is_known & ~is_domestic & is_inside]
    report["unmapped_codes"] = {code: int(number) for code, number in unmapped.value_counts().items()}
    asked_for = {actor for pair in pairs for actor in pair}
    concerns_one = table["source"].isin(asked_for) | table["target"].isin(asked_for)
    events = [
        Event(day, source, target, meanings[code])
        for day, source, target, code in table[is_known & ~is_domestic & concerns_one].itertuples(index=False)
    ]

    history = History(events)
    rows = []
    for pair in pairs:
        a, b = sorted(pair)
        cells = count_pair(history, a, b, mediation) if book.is_directed else count_undirected(history, a, b)
        rows += [
            {"date": day, "source": source, "target": target} | values
            for (day, source, target), values in cells.items()
            if first <= day <= last
        ]
    result = pd.DataFrame(rows, columns=["date", "source", "target", *VALUES]).fillna(dict.fromkeys(VALUES, 0.0))
    result["date"] = pd.to_datetime(result["date"], unit="D")
    result.attrs["total"] = {pd.Timestamp(day, unit="D"): number for day, number in Counter(table["day"]).items()}
    result.attrs["report"] = report
    return result.drop(columns=[name for name in VALUES if not is_collected(book, name)])


def is_collected(book: Book, column: str) -> bool:
    """A column to which the codebook gives no code is not collected. Without directions nobody knows a third party."""
    if column == "mediation":
        return book.is_directed and (book.has("third", "mediation", "shuttle") or book.has("party", "mediation"))
    if column in SIGNALS:
        return book.has("party", column)
    if column in RUNGS:
        return book.has("rung")
    if column.startswith("goldstein"):
        return book.has("goldstein")
    if column == "refusals":
        return book.is_directed and book.has("refusal")
    return book.is_directed


def each(column: pd.Series, function: Callable[[Any], Any]) -> pd.Series:
    """The function of every value, called once for equal ones."""
    return column.map({value: function(value) for value in column.unique()})


def day_number(date: Any) -> int:
    return (pd.Timestamp(date) - pd.Timestamp(0)).days


class History:
    """The events of all parties up to the end, to be asked about the past of a day."""

    def __init__(self, events: list[Event]) -> None:
        self.by_actor: dict[str, list[Event]] = defaultdict(list)
        self.hostile_between: dict[frozenset[str], Counter[int]] = defaultdict(Counter)
        self.hostile_of: dict[str, Counter[int]] = defaultdict(Counter)
        self.days_addressed: dict[tuple[str, str], set[int]] = defaultdict(set)
        for event in events:
            self.by_actor[event.source].append(event)
            self.by_actor[event.target].append(event)
            if event.family in HOSTILE:
                self.hostile_between[frozenset((event.source, event.target))][event.day] += 1
                self.hostile_of[event.source][event.day] += 1
                self.hostile_of[event.target][event.day] += 1
            if event.third_family in ("mediation", "shuttle"):
                self.days_addressed[event.source, event.target].add(event.day)

    def of_pair(self, a: str, b: str) -> Iterator[Event]:
        yield from self.by_actor.get(a, [])
        yield from (event for event in self.by_actor.get(b, []) if a not in (event.source, event.target))

    def has_addressed(self, mediator: str, side: str, day: int) -> bool:
        days = self.days_addressed.get((mediator, side), set())
        return any(day - past in days for past in range(PAIRED_DAYS))

    def hostile(self, a: str, b: str, day: int) -> int:
        """Hostile events between two in the 30 days that end with this one."""
        return recent(self.hostile_between.get(frozenset((a, b))), day)

    def share(self, mediator: str, party: str, other: str, day: int) -> float:
        """The part of a party's hostile events that belongs to its pair with the other; the mediator's do not count."""
        everything = recent(self.hostile_of.get(party), day) - self.hostile(party, mediator, day)
        return self.hostile(party, other, day) / everything if everything else 0.0


def recent(days: Counter[int] | None, day: int) -> int:
    return sum(days[past] for past in range(day - DISPUTE_DAYS + 1, day + 1) if past in days) if days else 0


def part_of_act(history: History, rule: str, mediator: str, party: str, other: str, day: int) -> float:
    """How much of an act that joins a mediator and a party is for the party's pair with the other."""
    if history.has_addressed(mediator, other, day):
        return 1.0
    if rule == "allotted":
        return history.share(mediator, party, other, day)
    return {"all": 1.0, "paired_only": 0.0}[rule]


Cells = dict[tuple[int, str, str], dict[str, float]]


def no_cells() -> Cells:
    return defaultdict(lambda: defaultdict(float))


def count_pair(history: History, a: str, b: str, rule: str) -> Cells:
    cells = no_cells()
    credit: dict[tuple[int, str], float] = defaultdict(float)  # of a mediator on a day: its largest
    accepted: dict[tuple[int, str], float] = {}
    for event in history.of_pair(a, b):
        if {event.source, event.target} == {a, b}:
            add_own_event(cells[event.day, event.source, event.target], event)
            if event.family == "mediation":  # accepted, once a day and party; the mediator is not named
                accepted[event.day, event.source] = event.meaning["mediation_weight"]
        elif event.target in (a, b):
            other = b if event.target == a else a
            weight = mediation_by_third(history, rule, event, other)
            credit[event.day, event.source] = max(credit[event.day, event.source], weight)
            if event.family in HOSTILE and history.hostile(a, b, event.day):
                cells[event.day, a, b]["third_party_hostile"] += 1
        else:
            other = b if event.source == a else a
            weight = event.meaning.get("sought_weight", 0.0)
            if weight:
                weight *= part_of_act(history, rule, event.target, event.source, other, event.day)
            credit[event.day, event.target] = max(credit[event.day, event.target], weight)
            if event.meaning.get("refusal", False):
                cells[event.day, event.source, other]["refusals"] += 1
    for (day, _), weight in accepted.items():
        cells[day, a, b]["mediation"] += weight
    for (day, _), weight in credit.items():
        if weight:
            cells[day, a, b]["mediation"] += weight
            cells[day, a, b]["mediators"] += 1
    return cells


def mediation_by_third(history: History, rule: str, event: Event, other: str) -> float:
    weight = event.meaning.get("mediation_weight", 0.0)
    if event.third_family == "shuttle":
        return weight if history.has_addressed(event.source, other, event.day) else 0.0
    if event.third_family == "mediation":
        return weight * part_of_act(history, rule, event.source, event.target, other, event.day)
    return 0.0


def add_own_event(cell: dict[str, float], event: Event) -> None:
    if event.family in SIGNALS and event.family != "mediation":
        cell[event.family] += 1
    if event.meaning.get("rung"):
        cell[f"rung_{event.meaning['rung']}"] += 1
    goldstein = event.meaning.get("goldstein") or 0.0
    cell["goldstein_conflict"] += min(goldstein, 0.0)
    cell["goldstein_cooperation"] += max(goldstein, 0.0)
    cell["refusals"] += event.meaning.get("refusal", False)


def count_undirected(history: History, a: str, b: str) -> Cells:
    cells = no_cells()
    for event in history.of_pair(a, b):
        if (event.source, event.target) == (a, b):
            add_own_event(cells[event.day, a, b], event)
    return cells
