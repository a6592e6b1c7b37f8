"""Do the numbers mean anything? Prints the tables of docs/validation.md as Markdown, and which bars are met.

    python tools/validate.py [--region NAME=FILE[,codebook[,actor_system]]]... [--every-state] [--draws 1000]
                             [--output FILE]

Without --region the two development regions of the folder that TOCSIN_SHARED names; where there is none, two simulated
ones, which show that the command works and say nothing about the world. A risk model is judged on a region only if it
was fitted on others: on all others that are judged, and for a region named with --region on the development regions.
Crises and militarised events come from ICB and MIE in the same folder, unless --crises and --events name other files.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from validation.forewarning import Forewarning
from validation.honesty import Honesty
from validation.nowcast import Nowcast
from validation.region import Region, RegionFile, development_files, shared_file
from validation.report import Bar, bar_table
from validation.simulated import simulated_region
from validation.surprise import Surprise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIMULATED = (
    "**These regions are simulated**: TOCSIN_SHARED names no folder with the event files. The tables show that the "
    "command works, and say nothing about the world."
)
QUESTIONS = {
    "V1": "is the score high while a crisis is on?",
    "V2": "does it warn before force is used?",
    "V3": 'is "one day in N" true?',
    "V4": "does it stay quiet when it should?",
}


def regions_of(options: argparse.Namespace) -> tuple[list[Region], list[Region]]:
    """Those to judge, and those that a model may be fitted on."""
    crises, events = options.crises or shared_file("icb2v14.csv"), options.events or shared_file("mie-1.0.csv.gz")
    development = development_files(every_state=options.every_state)
    if crises is None or events is None or not (development or options.region):
        if options.region:
            sys.exit(
                "a region needs labels: --crises and --events, or TOCSIN_SHARED with ICB and MIE in its folder data"
            )
        simulated = [simulated_region(f"simulated {seed}", seed=seed) for seed in (1, 2)]
        return simulated, simulated
    known = [Region.read(file, crises, events) for file in development]
    return [Region.read(file, crises, events) for file in options.region] or known, known


def report(
    judged: Sequence[Region], fitted_on: Sequence[Region], questions: Sequence[str], draws: int
) -> Iterator[str]:
    """The whole document, piece by piece."""
    if any(region.is_simulated for region in judged):
        yield SIMULATED
    bars: list[Bar] = []
    for question in questions:
        yield f"## {question}: {QUESTIONS[question]}"
        for region in judged:
            answer = answered(question, region, fitted_on, draws)
            yield from answer.tables()
            bars += answer.bars()
    yield "## Bars and aims"
    yield bar_table(bars)
    yield f"Intervals: 5 % and 95 % quantile of {draws:,} draws of pairs with replacement, paired for differences."


def answered(
    question: str, region: Region, fitted_on: Sequence[Region], draws: int
) -> Nowcast | Forewarning | Surprise | Honesty:
    """One question on one region."""
    if question == "V1":
        return Nowcast.of(region, draws=draws)
    if question == "V2":
        return Forewarning.of(region, [other for other in fitted_on if other.name != region.name], draws=draws)
    if question == "V3":
        return Surprise.of(region, draws=draws)
    return Honesty.of(region, draws=draws)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--region", type=RegionFile.parse, action="append", default=[], help="NAME=FILE[,codebook[,actor_system]]"
    )
    parser.add_argument(
        "--every-state", action="store_true", help="of the development regions, judge pairs with far-off states too"
    )
    parser.add_argument("--crises", type=Path, help="crises of pairs, as ICB has them")
    parser.add_argument("--events", type=Path, help="militarised events of pairs, as MIE has them")
    parser.add_argument("--questions", nargs="+", choices=list(QUESTIONS), default=list(QUESTIONS))
    parser.add_argument("--draws", type=int, default=1000, help="of pairs, behind the intervals")
    parser.add_argument("--output", type=Path, help="also write the tables to this file")
    options = parser.parse_args()
    pieces = []
    for piece in report(*regions_of(options), options.questions, options.draws):
        print(piece, end="\n\n", flush=True)
        pieces.append(piece)
    if options.output:
        options.output.write_text("\n\n".join(pieces) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
