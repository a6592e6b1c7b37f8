"""To which pairs the acts of third parties count, and what the report says of every event."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import time
from collections import defaultdict
from pathlib import Path

import pytest

import tocsin

HEADER = "date,source,target,code\n"
KEDS = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere") / "data" / "keds_levant.cameo.csv.gz"

# Of the codes that are used here: weight of a third party's act, weight of a party's act towards a third party.
MEDIATION = {"045": 1, "027": 1, "0256": 0.5, "028": 1, "038": 1}
SOUGHT = {"028": 0.5, "038": 1}
ACCEPTED = "038"
SHUTTLE = {"040": 0.3, "042": 0.3, "046": 0.3}
HOSTILE = {"112", "138", "163", "190"}
NEUTRAL = {"010"}
ACTORS = ("IND", "PAK", "CHN", "USA", "SAU", "UAF")


def events(rows) -> tocsin.Events:
    return tocsin.read_events(io.StringIO(HEADER + "".join(",".join(row) + "\n" for row in rows)))


def mediation(panel: tocsin.CountPanel, pair: str) -> dict[str, float]:
    frame = panel.frame()
    frame = frame[(frame["source"] + "-" + frame["target"] == pair) & (frame["mediation"] > 0)]
    return dict(zip(frame["date"].dt.strftime("%Y-%m-%d"), frame["mediation"], strict=True))


def made_up(seed: int) -> list[tuple[str, str, str, str]]:
    rng = random.Random(seed)
    codes = sorted(MEDIATION | SHUTTLE | SOUGHT) + sorted(HOSTILE | NEUTRAL)
    start = dt.date(2025, 3, 1)
    rows = {
        (str(start + dt.timedelta(rng.randrange(45))), *rng.sample(ACTORS, 2), rng.choice(codes)) for _ in range(90)
    }
    return sorted(rows)


def naive_mediation(rows, pair, rule) -> dict[str, float]:
    """The rule word by word, for one pair, going through all events for each act."""
    rows = [(dt.date.fromisoformat(date), *rest) for date, *rest in rows]

    def within(day, days):
        return [row for row in rows if 0 <= (day - row[0]).days < days]

    def addressed(day, mediator, other):
        return any(s == mediator and t == other and c in MEDIATION | SHUTTLE for _, s, t, c in within(day, 4))

    def part(day, mediator, party, other):
        if addressed(day, mediator, other):
            return 1
        if rule != "allotted":
            return rule == "all"
        hostile = [{s, t} for _, s, t, c in within(day, 30) if c in HOSTILE and party in (s, t)]
        hostile = [sides for sides in hostile if mediator not in sides]
        return hostile.count({party, other}) / len(hostile) if hostile else 0

    best = defaultdict(float)
    for day, source, target, code in rows:
        for party, other in (pair, pair[::-1]):
            acts = []
            if target == party and source not in pair and code in MEDIATION:
                acts.append((source, MEDIATION[code] * part(day, source, party, other)))
            if target == party and source not in pair and code in SHUTTLE:
                acts.append((source, SHUTTLE[code] * addressed(day, source, other)))
            if source == party and target not in pair and code in SOUGHT:
                acts.append((target, SOUGHT[code] * part(day, target, party, other)))
            for mediator, weight in acts:
                best[day, mediator] = max(best[day, mediator], weight)
            # Accepted towards the other party, so the mediator is not named.
            if source == party and target == other and code == ACCEPTED:
                best[day, f"accepted by {party}"] = 1.0
    total = defaultdict(float)
    for (day, _), weight in best.items():
        total[str(day)] += weight
    return {day: weight for day, weight in total.items() if weight}


def test_two_contacts_within_three_days_are_mediation_on_the_later_day():
    rows = [("2025-05-01", "USA", "IND", "040"), ("2025-05-04", "USA", "PAK", "041")]
    assert mediation(events(rows).count(pairs=["IND-PAK"]), "IND-PAK") == {"2025-05-04": 0.3}
    rows[1] = ("2025-05-05", "USA", "PAK", "041")
    assert mediation(events(rows).count(pairs=["IND-PAK"]), "IND-PAK") == {}


def test_an_act_of_mediation_is_shared_out_by_hostile_events_unless_another_rule_is_asked_for():
    table = events(
        [("2025-05-01", "IND", "PAK", code) for code in ("112", "138", "190")]
        + [("2025-05-01", "CHN", "IND", "112"), ("2025-05-02", "USA", "IND", "045")]
    )
    found = {}
    for rule in ("allotted", "all", "paired_only"):
        panel = table.count(pairs="all", mediation=rule)
        assert panel.provenance["mediation"] == rule
        found[rule] = [mediation(panel, pair).get("2025-05-02", 0) for pair in ("IND-PAK", "CHN-IND")]
        assert table.report["count"]["unallotted"] == (rule == "paired_only")
    assert found == {"allotted": [0.75, 0.25], "all": [1, 1], "paired_only": [0, 0]}


@pytest.mark.parametrize("rule", ["allotted", "all", "paired_only"])
@pytest.mark.parametrize("seed", range(4))
def test_mediation_is_that_of_the_rule_word_by_word(rule, seed):
    rows = made_up(seed)
    panel = events(rows).count(pairs="all", mediation=rule)
    for pair in panel.pairs:
        assert mediation(panel, "-".join(pair)) == pytest.approx(naive_mediation(rows, pair, rule)), pair


@pytest.mark.parametrize("rule", ["allotted", "all", "paired_only"])
def test_a_pair_counted_alone_is_the_same_pair_among_all(rule):
    table = events(made_up(9))
    everything = table.count(pairs="all", mediation=rule)
    for pair in everything.pairs:
        alone = table.count(pairs=[pair], mediation=rule)
        assert everything.select([pair]).frame().equals(alone.frame())


def test_states_are_the_pairs_of_two_countries():
    rows = [("2025-05-01", "UAF", "IND", "180"), ("2025-05-01", "INDGOV", "PAK", "112")]
    assert events(rows).count(pairs="all").pairs == [("IND", "PAK"), ("IND", "UAF")]
    assert events(rows).count(pairs="states").pairs == [("IND", "PAK")]
    with pytest.raises(tocsin.InputError, match="no event is between two countries from 2025-05-01 to 2025-05-01"):
        events(rows[:1]).count(pairs="states")


@pytest.mark.filterwarnings("ignore::tocsin.InputWarning")
def test_the_report_puts_every_event_in_one_place():
    table = events(
        [
            ("2025-04-30", "IND", "PAK", "112"),  # outside the calendar
            ("2025-05-01", "IND", "PAK", "112"),
            ("2025-05-01", "INDGOV", "PAK", "112"),  # the same again
            ("2025-05-01", "IND", "INDOPP", "112"),  # domestic
            ("2025-05-01", "IND", "PAK", "999"),  # of no codebook
            ("2025-05-01", "FRA", "PAK", "040"),  # a contact with one side only
            ("2025-05-01", "USA", "CHN", "045"),  # in no dispute that is known
        ]
    )
    assert table.report["rows"] == table.report["kept"] == 7
    assert "count" not in table.report
    table.count(pairs=["IND-PAK", "CHN-IND"], calendar=("2025-05-01", "2025-05-02"))
    assert table.report["count"] == {
        "events": 7, "superseded": 0, "unknown_then": 0, "not_root": 0, "on_uncollected_days": 0, "outside_calendar": 1,
        "duplicates": 1, "domestic": 1, "unmapped_codes": {"999": 1}, "counted": 1, "unrelated": 2, "unallotted": 1,
    }  # fmt: skip
    table.report["count"].clear()
    assert table.report["count"]["unmapped_codes"] == {"999": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pairs": "countries"}, 'the text .countries.; expected a list, as in .*, or "all" or "states"'),
        ({"pairs": "all", "mediation": "paired"}, 'mediation is .paired., expected "allotted", "all" or "paired_only"'),
    ],
    ids=["pairs", "mediation"],
)
def test_a_rule_that_does_not_exist_is_refused(options, message):
    with pytest.raises(tocsin.InputError, match=message):
        events(made_up(1)).count(**options)


@pytest.mark.skipif(not KEDS.is_file(), reason=f"there is no {KEDS}; TOCSIN_SHARED names the folder with it")
def test_all_pairs_of_33_years_are_counted_in_seconds_and_each_as_if_alone():
    table = tocsin.read_events(KEDS)
    start = time.perf_counter()
    everything = table.count(pairs="all")
    assert time.perf_counter() - start < 8  # 0.5 s on two cores; room for a busy machine
    assert len(everything.pairs) == 4478
    report = table.report["count"]
    assert sum(v for k, v in report.items() if k not in ("events", "unmapped_codes", "unallotted")) + sum(
        report["unmapped_codes"].values()
    ) == len(table)
    for pair in ("ISR-LBN", "EGY-ISR", "IRQ-KWT", "ISR-PSE"):
        assert everything.select([pair]).frame().equals(table.count(pairs=[pair]).frame()), pair
