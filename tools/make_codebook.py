"""Build the shipped codebooks from the tables of families and the rules that stand beside them.

    python tools/make_codebook.py ../shared/codes cpp/data

CAMEO and WEIS come from tables that give name, family by role, rung and Goldstein value of each code; what those do not
hold is written here: weights of mediation, refusals and tags. PLOVER, ACLED and UCDP GED are short enough to be written
here whole. A key that has its default is left out, so that a line says only what is particular to a code.
"""

import argparse
import csv
import json
from collections.abc import Callable
from pathlib import Path

SCHEMA = "tocsin.codebook"
SCHEMA_VERSION = 1

Entry = dict[str, object]

DEFAULTS = {
    "party": "neutral",
    "third": "neutral",
    "rung": 0,
    "mediation_weight": 0.0,
    "sought_weight": 0.0,
    "refusal": False,
    "tags": [],
}

# A contact is mediation only where the third party sees both sides within 3 days (family "shuttle").
SHUTTLE_WEIGHT = 0.3


def entry(
    name: str,
    party: str = "neutral",
    rung: int = 0,
    goldstein: float | None = None,
    *,
    third: str = "neutral",
    weight: float = 0.0,
    sought: float = 0.0,
    refusal: bool = False,
    tags: list[str] | None = None,
) -> Entry:
    """Make one code's entry, without what has its default.

    The Goldstein value has no default: `null` says that the scale has no value, 0.0 that the act is neither hostile nor
    friendly.
    """
    weight = SHUTTLE_WEIGHT if third == "shuttle" else weight
    if (third in {"mediation", "shuttle"}) != (weight > 0):
        raise ValueError(f"{name!r}: family {third!r} of a third party does not go with the weight {weight}")
    keys = {
        "name": name,
        "party": party,
        "third": third,
        "rung": rung,
        "goldstein": None if goldstein is None else float(goldstein),
        "mediation_weight": weight,
        "sought_weight": sought,
        "refusal": refusal,
        "tags": tags or [],
    }
    return {key: value for key, value in keys.items() if key not in DEFAULTS or value != DEFAULTS[key]}


# ---- tables -------------------------------------------------------------------------------------

COLUMNS = ["code", "name", "family_party", "family_third_party", "rung"]


def from_table(table: Path, goldstein: str, rules: Callable[[str], Entry], needed: set[str]) -> dict[str, Entry]:
    """Read a table of families. `rules` gives what it does not hold, by code; `needed` are the codes that have one."""
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if reader.fieldnames != [*COLUMNS, goldstein]:
            raise ValueError(f"{table}: expected the columns {[*COLUMNS, goldstein]}, found {reader.fieldnames}")
        rows = list(reader)
    codes = {
        row["code"]: entry(
            row["name"],
            row["family_party"],
            int(row["rung"]),
            float(row[goldstein]) if row[goldstein] else None,
            third=row["family_third_party"],
            **rules(row["code"]),
        )
        for row in rows
    }
    if missing := needed - codes.keys():
        raise ValueError(f"{table}: the codes {sorted(missing)} have a rule and no row")
    if len(codes) != len(rows):
        raise ValueError(f"{table}: a code stands twice")
    return codes


# What a third party does for a pair: mediates, offers, commits itself, accepts; calls for talks; appeals for calm.
CAMEO_MEDIATION = dict.fromkeys(["045", "039", "037", "038"], 1.0)
CAMEO_MEDIATION |= dict.fromkeys(["026", "027", "028", "106", "107", "108", "1056"], 1.0)
CAMEO_MEDIATION |= {"0256": 0.5}

# What a party does towards a third party: asks for mediation, or accepts it.
CAMEO_SOUGHT = {"028": 0.5, "038": 1.0}

# Talks, mediation or de-escalation refused.
CAMEO_REFUSALS = ["125", "126", "1246"]

# By prefix. Tags that depend on more than the code (`with_consent`, `alleged`) are not here.
CAMEO_TAGS = {
    "denial": ["016"],
    "call": ["0256", "026", "027", "028", "1056", "106", "107", "108"],
    "deescalation": ["0356", "036", "0841", "087"],
    "alignment": ["05", "06", "07", "137", "138", "139", "160", "161", "162", "163", "166"],
    "peacekeeping": ["074"],
    "refusal": ["1246"],
    "mediation_refused": ["125", "126"],
    "talks_threatened": ["134"],
    "mediation_threatened": ["135"],
    "talks_lost": ["164"],
    "mediation_lost": ["165"],
    "intervention": ["190", "193"],
}
# Protecting or keeping the peace takes no side.
CAMEO_NOT_TAGGED = {"alignment": ["074"]}


def cameo_rules(code: str) -> Entry:
    """Say what the table of CAMEO does not hold of a code."""

    def begins(prefixes: list[str]) -> bool:
        return any(code.startswith(prefix) for prefix in prefixes)

    return {
        "weight": CAMEO_MEDIATION.get(code, 0.0),
        "sought": CAMEO_SOUGHT.get(code, 0.0),
        "refusal": code in CAMEO_REFUSALS,
        "tags": [
            tag
            for tag, prefixes in CAMEO_TAGS.items()
            if begins(prefixes) and not begins(CAMEO_NOT_TAGGED.get(tag, []))
        ],
    }


# WEIS has no mediation: a third party's proposals and urgings stand for it, as calls.
WEIS_CALLS = {"094", "095", "100", "101", "102"}


def weis_rules(code: str) -> Entry:
    """Say what the table of WEIS does not hold of a code."""
    return {"weight": 1.0, "tags": ["call"]} if code in WEIS_CALLS else {}


# ---- PLOVER 0.8 (2021) --------------------------------------------------------------------------

# A code is type:mode:context, cut off where the rest says nothing more: "ASSAULT:aerial", "COERCE:seize:military",
# and "AGREE::diplomatic" where there is no mode. A mode that is not here counts as its type. Modes of the manual and
# of its CAMEO2PLOVER table ("heavy-weapons") stand side by side where they differ.


def plover_codes() -> dict[str, Entry]:
    """Write the table of PLOVER: families by SIGNALS.md section 2, scores by the manual's table."""
    side = {"tags": ["alignment"]}
    calm = {"tags": ["deescalation"]}
    call = {"third": "mediation", "weight": 1.0, "tags": ["call"]}
    intervention = {"tags": ["intervention"]}
    codes = {
        "AGREE": entry("Agree", "cooperation", 0, 2.5),
        # Intents to settle, to mediate and to accept mediation are in here and cannot be told apart.
        "AGREE::diplomatic": entry("Agree, diplomatic", "cooperation", 0, 2.5, third="shuttle"),
        "CONSULT": entry("Consult", "cooperation", 0, 2.5, third="shuttle"),
        "CONSULT:visit": entry("Visit", "cooperation", 0, 4, third="shuttle"),
        "CONSULT:phone": entry("Consult by phone", "cooperation", 0, 1.5, third="shuttle"),
        "CONSULT:multilateral": entry("Consult multilaterally", "cooperation", 0, 4, third="shuttle"),
        "CONSULT:third-party": entry(
            "Consult through a third party", "cooperation", 0, 1, third="mediation", weight=1.0
        ),
        "SUPPORT": entry("Support", "cooperation", 0, 5, **side),
        "COOPERATE": entry("Cooperate", "cooperation", 0, 9.5, **side),
        "AID": entry("Aid", "cooperation", 0, 10, **side),
        "CONCEDE": entry("Concede", "cooperation", 0, 4.5, **calm),
        "RETREAT": entry("Retreat", "cooperation", 0, 6.5, **calm),
        "RETREAT:withdraw": entry("Withdraw", "cooperation", 0, 8, **calm),
        "RETREAT:release": entry("Release", "cooperation", 0, 6.5, **calm),
        "RETREAT:disarm": entry("Disarm", "cooperation", 0, 10, **calm),
        "RETREAT:ceasefire": entry("Cease fire", "cooperation", 0, 7.5, **calm),
        "RETREAT:access": entry("Allow access", "cooperation", 0, 6.5, **calm),
        "RETREAT:resign": entry("Resign", goldstein=6.5),  # domestic
        # Two of the four modes press, two call for an end: without a mode nothing is known.
        "REQUEST": entry("Request", goldstein=0),
        "REQUEST:assist": entry("Request assistance", "rhetoric", 1, 0.5),
        "REQUEST:change": entry("Request change", "rhetoric", 1, -1),
        "REQUEST:yield": entry("Request to yield", goldstein=-1, **call),
        "REQUEST:meet": entry("Request to meet", goldstein=0, **call),
        # The manual prints 3, above the 2.5 of AGREE. Its neighbours are REQUEST 0, REJECT -2 and THREATEN -3.5, every
        # other type of verbal conflict is below 0, and CAMEO gives the same acts -2: the minus was lost in print.
        "ACCUSE": entry("Accuse", "rhetoric", 1, -3),
        "ACCUSE:disapprove": entry("Disapprove", "rhetoric", 1, -3),
        "ACCUSE:allege": entry("Allege", "rhetoric", 1, -3),
        "ACCUSE:investigate": entry("Investigate", goldstein=-3),
        "REJECT": entry("Reject", "rhetoric", 1, -2),
        "REJECT:assist": entry("Reject assistance", "rhetoric", 1, -2),
        "REJECT:change": entry("Reject change", "rhetoric", 1, -2),
        "REJECT:yield": entry("Decline to yield", "rhetoric", 1, -2),
        "REJECT:meet": entry("Reject talks", "rhetoric", 1, -2, refusal=True, tags=["mediation_refused"]),
        "THREATEN": entry("Threaten", "rhetoric", 2, -3.5),
        "THREATEN:violence": entry("Threaten violence", "rhetoric", 3, -3.5),
        "THREATEN:territory": entry("Threaten to occupy", "rhetoric", 3, -3.5),
        "PROTEST": entry("Protest", goldstein=-5),
    }
    codes["SANCTION"] = entry("Sanction", "punitive", 3, -6, **side)
    for mode in ["convict", "expel", "withdraw", "discontinue"]:
        codes[f"SANCTION:{mode}"] = entry(f"Sanction: {mode}", "punitive", 3, -6, **side)
    codes["COERCE"] = entry("Coerce", "punitive", 3, -7)
    coercion = ["restrict", "seize", "ban", "arrest", "deport", "censor", "curfew", "martial-law", "withhold"]
    for mode in [*coercion, "misinformation", "cyber"]:
        codes[f"COERCE:{mode}"] = entry(f"Coerce: {mode}", "punitive", 3, -7)
    # What CAMEO calls blockade (191) and occupation (192), with its rungs.
    codes["COERCE::military"] = entry("Coerce, military", "military", 5, -7)
    codes["COERCE:restrict:military"] = entry("Blockade", "military", 5, -7)
    codes["COERCE:seize:military"] = entry("Occupy", "military", 6, -7)
    codes["MOBILIZE"] = entry("Mobilize", "military", 4, -5.5)
    codes["MOBILIZE:troops"] = entry("Mobilize troops", "military", 4, -6.5)
    codes["MOBILIZE:weapons"] = entry("Mobilize weapons", "military", 4, -6.5)
    codes["MOBILIZE:militia"] = entry("Mobilize militia", "military", 4, -5.5)
    codes["MOBILIZE:police"] = entry("Mobilize police", goldstein=-5.5)
    codes["ASSAULT"] = entry("Assault", "military", 5, -9, **intervention)
    for mode in ["aerial", "drone", "heavy", "heavy-weapons"]:
        codes[f"ASSAULT:{mode}"] = entry(f"Assault: {mode}", "military", 6, -9.5, **intervention)
    codes["ASSAULT:unconventional"] = entry("Assault: unconventional", "military", 7, -10, **intervention)
    return codes


# ---- ACLED and UCDP GED -------------------------------------------------------------------------

# Neither has a scale of cooperation and conflict. Rungs are those of the nearest acts of CAMEO: fighting 5 (190, 193),
# taking territory, artillery and air strikes 6 (192, 194, 195), weapons of mass destruction 7 (204).

ACLED_MILITARY = {
    "Battles": {
        "": 5,
        "Armed clash": 5,
        "Government regains territory": 6,
        "Non-state actor overtakes territory": 6,
    },
    "Explosions/Remote violence": {
        "": 5,
        "Air/drone strike": 6,
        "Shelling/artillery/missile attack": 6,
        "Chemical weapon": 7,
        "Grenade": 5,
        "Remote explosive/landmine/IED": 5,
        "Suicide bomb": 5,
    },
    "Violence against civilians": {"": 5, "Attack": 5, "Abduction/forced disappearance": 5, "Sexual violence": 5},
    # Names of before 2019, when there was no sub-event type.
    "Battle-No change of territory": {"": 5},
    "Battle-Government regains territory": {"": 6},
    "Battle-Non-state actor overtakes territory": {"": 6},
    "Remote violence": {"": 5},
}
ACLED_DEVELOPMENTS = {
    "Agreement": ("cooperation", 0),
    "Non-violent transfer of territory": ("cooperation", 0),
    "Arrests": ("punitive", 3),
    "Change to group/activity": ("neutral", 0),
    "Disrupted weapons use": ("neutral", 0),
    "Headquarters or base established": ("neutral", 0),
    "Looting/property destruction": ("neutral", 0),
    "Other": ("neutral", 0),
}
ACLED_NEUTRAL = {
    "Protests": ["Peaceful protest", "Protest with intervention", "Excessive force against protesters"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Riots/Protests": [],
    "Strategic development": [],
    "Headquarters or base established": [],
}


def acled_codes() -> dict[str, Entry]:
    """Write the table of ACLED: a code is event_type:sub_event_type."""
    codes = {}
    for kind, rungs in ACLED_MILITARY.items():
        for name, rung in rungs.items():
            codes[f"{kind}:{name}" if name else kind] = entry(name or kind, "military", rung)
    codes["Strategic developments"] = entry("Strategic developments")
    for name, (family, rung) in ACLED_DEVELOPMENTS.items():
        codes[f"Strategic developments:{name}"] = entry(name, family, rung)
    codes["Non-violent transfer of territory"] = entry("Non-violent transfer of territory", "cooperation")
    for kind, names in ACLED_NEUTRAL.items():
        codes[kind] = entry(kind)
        codes |= {f"{kind}:{name}": entry(name) for name in names}
    return codes


# A code is type_of_violence. Only the first is between governments; once groups are rolled up to countries, counting
# the others would lay their violence at the door of a state.
UCDP_CODES = {
    "1": entry("State-based violence", "military", 5),
    "2": entry("Non-state violence"),
    "3": entry("One-sided violence"),
}

# ---- documents ----------------------------------------------------------------------------------


def codebook_text(codes: dict[str, Entry], **head: object) -> str:
    """Write the whole document, one code a line."""
    head = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION} | head
    head_lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    lines = [f"    {json.dumps(code)}: {json.dumps(value, ensure_ascii=False)}" for code, value in codes.items()]
    return "\n".join(["{", *head_lines, '  "codes": {', ",\n".join(lines), "  }", "}", ""])


def main() -> None:
    """Read the tables, write the codebooks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", type=Path, help="the folder of cameo_families.tsv and weis_families.tsv")
    parser.add_argument("codebooks", type=Path, help="the folder to write the JSON files to")
    arguments = parser.parse_args()
    ruled = {*CAMEO_MEDIATION, *CAMEO_SOUGHT, *CAMEO_REFUSALS}
    cameo = from_table(arguments.tables / "cameo_families.tsv", "goldstein_1.1b3", cameo_rules, ruled)
    weis = from_table(arguments.tables / "weis_families.tsv", "goldstein_1992", weis_rules, WEIS_CALLS)
    texts = [
        codebook_text(cameo, name="cameo-1.1b3", version="1"),
        codebook_text(weis, name="weis", version="1"),
        codebook_text(plover_codes(), name="plover", version="0.8-1", matching="parts"),
        codebook_text(acled_codes(), name="acled", version="1", matching="parts", directed=False),
        codebook_text(UCDP_CODES, name="ucdp-ged", version="1", matching="parts", directed=False),
    ]
    for text in texts:
        path = arguments.codebooks / f"{json.loads(text)['name']}.json"
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
