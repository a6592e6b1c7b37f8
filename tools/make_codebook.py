"""Build the shipped codebook `cameo-1.1b3` from the table of families and the rules that stand beside it.

    python tools/make_codebook.py cameo_families.tsv cpp/data/cameo-1.1b3.json

The table gives name, family by role, rung and Goldstein value of each code. What it does not hold is written here:
weights of mediation, refusals and tags. A key that has its default is left out, so that a line says only what is
particular to a code.
"""

import argparse
import csv
import json
from pathlib import Path

SCHEMA = "tocsin.codebook"
SCHEMA_VERSION = 1
NAME = "cameo-1.1b3"
VERSION = "1"

COLUMNS = ["code", "name", "family_party", "family_third_party", "rung", "goldstein_1.1b3"]

# What a third party does for a pair: mediates, offers, commits itself, accepts; calls for talks; appeals for calm.
MEDIATION_WEIGHTS = dict.fromkeys(["045", "039", "037", "038"], 1.0)
MEDIATION_WEIGHTS |= dict.fromkeys(["026", "027", "028", "106", "107", "108", "1056"], 1.0)
MEDIATION_WEIGHTS |= {"0256": 0.5}
# A contact is mediation only where the third party sees both sides within 3 days (family "shuttle").
SHUTTLE_WEIGHT = 0.3

# What a party does towards a third party: asks for mediation, or accepts it.
SOUGHT_WEIGHTS = {"028": 0.5, "038": 1.0}

# Talks, mediation or de-escalation refused.
REFUSALS = ["125", "126", "1246"]

# By prefix. Tags that depend on more than the code (`with_consent`, `alleged`) are not here.
TAGS = {
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
NOT_TAGGED = {"alignment": ["074"]}

DEFAULTS = {
    "party": "neutral",
    "third": "neutral",
    "rung": 0,
    "mediation_weight": 0.0,
    "sought_weight": 0.0,
    "refusal": False,
    "tags": [],
}


def tags_of(code: str) -> list[str]:
    """List the tags whose prefixes the code begins with."""

    def begins(prefixes: list[str]) -> bool:
        return any(code.startswith(prefix) for prefix in prefixes)

    return [tag for tag, prefixes in TAGS.items() if begins(prefixes) and not begins(NOT_TAGGED.get(tag, []))]


def meaning_of(row: dict[str, str]) -> dict[str, object]:
    """Make one code's entry, without what has its default.

    The Goldstein value has no default: `null` says that the scale has no value, 0.0 that the act is neither hostile nor
    friendly.
    """
    code, third = row["code"], row["family_third_party"]
    weight = SHUTTLE_WEIGHT if third == "shuttle" else MEDIATION_WEIGHTS.get(code, 0.0)
    if (third in {"mediation", "shuttle"}) != (weight > 0):
        raise ValueError(f"code {code}: family {third!r} of a third party does not go with the weight {weight}")
    entry = {
        "name": row["name"],
        "party": row["family_party"],
        "third": third,
        "rung": int(row["rung"]),
        "goldstein": float(row["goldstein_1.1b3"]) if row["goldstein_1.1b3"] else None,
        "mediation_weight": weight,
        "sought_weight": SOUGHT_WEIGHTS.get(code, 0.0),
        "refusal": code in REFUSALS,
        "tags": tags_of(code),
    }
    return {key: value for key, value in entry.items() if key not in DEFAULTS or value != DEFAULTS[key]}


def codebook_text(table: Path) -> str:
    """Write the whole document, one code a line."""
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if reader.fieldnames != COLUMNS:
            raise ValueError(f"{table}: expected the columns {COLUMNS}, found {reader.fieldnames}")
        rows = list(reader)
    known = {row["code"] for row in rows}
    if missing := {*MEDIATION_WEIGHTS, *SOUGHT_WEIGHTS, *REFUSALS} - known:
        raise ValueError(f"{table}: the codes {sorted(missing)} have a rule and no row")
    if len(known) != len(rows):
        raise ValueError(f"{table}: a code stands twice")
    lines = [f"    {json.dumps(row['code'])}: {json.dumps(meaning_of(row), ensure_ascii=False)}" for row in rows]
    head = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, "name": NAME, "version": VERSION}
    head_lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    return "\n".join(["{", *head_lines, '  "codes": {', ",\n".join(lines), "  }", "}", ""])


def main() -> None:
    """Read the table, write the codebook."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path, help="cameo_families.tsv")
    parser.add_argument("codebook", type=Path, help="the JSON file to write")
    arguments = parser.parse_args()
    arguments.codebook.write_text(codebook_text(arguments.table), encoding="utf-8")


if __name__ == "__main__":
    main()
