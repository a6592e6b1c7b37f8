"""The command `tocsin count`: event files in, daily counts out."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import narwhals as nw
import typer

import tocsin
from tocsin import console, files
from tocsin.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.codebook import Codebook
    from tocsin.events import Events
    from tocsin.panel import CountPanel

__all__ = ["count"]

_SUFFIXES = (".csv", ".parquet")


class PairsOption(StrEnum):
    """Which of the pairs that the events name."""

    all = "all"
    states = "states"


class ActorsOption(StrEnum):
    """As in `tocsin.read_events`."""

    source = "source"
    code = "code"
    iso3 = "iso3"


class DuplicatesOption(StrEnum):
    """As in `Events.count`."""

    one_a_day = "one_a_day"
    raw = "raw"


class MediationOption(StrEnum):
    """As in `Events.count`."""

    allotted = "allotted"
    all = "all"
    paired_only = "paired_only"


class EventsOption(StrEnum):
    """As in `Events.count`."""

    all = "all"
    root = "root"


class WeightOption(StrEnum):
    """As in `Events.count`."""

    events = "events"
    mentions = "mentions"
    sources = "sources"
    articles = "articles"


class EmptyDaysOption(StrEnum):
    """As in `Events.count`."""

    by_source = "by_source"
    quiet = "quiet"
    not_collected = "not_collected"


class DateOption(StrEnum):
    """As in `Events.count`."""

    event = "event"
    added = "added"


def count(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES...", help="Event files, plain, gzipped or zipped; folders; patterns; - is input."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the counts go: .csv or .parquet.")],
    pair: Annotated[list[str] | None, typer.Option(help="For this pair, as in IND-PAK; may be repeated.")] = None,
    pairs: Annotated[PairsOption | None, typer.Option(help="For every pair, or every pair of states.")] = None,
    min_events: Annotated[int, typer.Option(min=1, help="With --pairs: only pairs with so many events.")] = 1,
    report: Annotated[Path | None, typer.Option(help="What became of every row, as JSON.")] = None,
    source: Annotated[
        str | None, typer.Option(help="Kind of the files, as in gdelt2; by default seen from them.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="A column of a tidy table, as in source=Actor1; may be repeated.")
    ] = None,
    actors: Annotated[ActorsOption, typer.Option(help="How actors are written.")] = ActorsOption.source,
    codebook: Annotated[
        str | None, typer.Option(help="Name of a codebook, or a file; by default the one that fits the source.")
    ] = None,
    duplicates: Annotated[
        DuplicatesOption | None, typer.Option(help="One a day of the same kind, or every row.")
    ] = None,
    mediation: Annotated[MediationOption, typer.Option(help="To which pairs a mediator's act counts.")] = (
        MediationOption.allotted
    ),
    events: Annotated[EventsOption, typer.Option(help="All events, or root events only.")] = EventsOption.all,
    weight: Annotated[WeightOption, typer.Option(help="What a row is worth; with --duplicates raw.")] = (
        WeightOption.events
    ),
    date: Annotated[
        DateOption, typer.Option(help="The day of the event, or on which it was added.")
    ] = DateOption.event,
    as_of: Annotated[str | None, typer.Option(help="Only what was known at the end of this day, YYYY-MM-DD.")] = None,
    first: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD; with --last.")] = None,
    last: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD; with --first.")] = None,
    empty_days: Annotated[
        EmptyDaysOption, typer.Option(help="What a day is on which the source reports nothing at all.")
    ] = EmptyDaysOption.by_source,
    actor_system: Annotated[
        str | None, typer.Option(help="What actors are codes of, as in cow_letters; by default what the source uses.")
    ] = None,
    max_rejected: Annotated[
        float, typer.Option(min=0, max=1, help="An error above this share of rows that cannot be read.")
    ] = 0.05,
    threads: Annotated[int | None, typer.Option(min=1, help="By default one per core.")] = None,
) -> None:
    """Count events into daily counts, which `tocsin score` takes."""
    console.require_folder(output)
    if output.suffix not in _SUFFIXES:
        raise InputError(f'{output}: the name ends in "{output.suffix}", expected one of {" ".join(_SUFFIXES)}')
    if report is not None:
        console.require_folder(report)
    chosen: Any = pair if pairs is None else pairs.value
    if chosen is None or (pair is not None and pairs is not None):
        raise InputError("name the pairs: either --pair IND-PAK, once for each, or --pairs states, or --pairs all")
    with console.progress("reading") as progress:
        found = tocsin.read_events(
            "-" if inputs == ["-"] else inputs,
            source=source,
            columns=_column_names(column),
            actors=actors.value,
            actor_system=actor_system,
            max_rejected_share=max_rejected,
            threads=threads,
            progress=progress,
        )
    panel = found.count(
        pairs=chosen,
        codebook=_codebook(codebook),
        duplicates=None if duplicates is None else duplicates.value,
        mediation=mediation.value,
        calendar=_calendar(first, last),
        events=events.value,
        weight=weight.value,
        date=date.value,
        as_of=as_of,
        empty_days=empty_days.value,
        min_events=min_events,
    )
    with files.replaced(output) as beside, console.progress("writing") as progress:
        if output.suffix == ".csv":
            panel._core.write_csv(str(beside), progress)
        else:
            nw.from_native(panel.frame()).write_parquet(str(beside))
    if report is not None:
        with files.replaced(report) as beside:
            whole = {"report": found.report, "counted_by": panel.provenance, "warnings": panel._core.warnings}
            beside.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print_text(_summary(found, panel, output))


def _column_names(columns: Sequence[str] | None) -> dict[str, str] | None:
    if columns is None:
        return None
    for column in columns:
        if "=" not in column:
            raise InputError(f'--column {column} is no pair of names; expected ours and theirs, as in "source=Actor1"')
    return dict(column.split("=", 1) for column in columns)


def _codebook(name: str | None) -> str | Codebook | None:
    if name is None or name in tocsin.Codebook.shipped_names() or not Path(name).is_file():
        return name
    return tocsin.Codebook.from_json(Path(name).read_text(encoding="utf-8"))


def _calendar(first: str | None, last: str | None) -> tuple[Any, Any] | None:
    if (first is None) != (last is None):
        raise InputError("--first and --last come together; give both, or none for all days")
    return None if first is None else (first, last)


def _summary(events: Events, panel: CountPanel, output: Path) -> str:
    report = events.report
    counted = report["count"]
    first, last = panel.calendar
    rejected = sum(each["rows"] for each in report["rejected"].values())
    files_read = "1 file" if len(report["files"]) == 1 else f"{len(report['files']):,} files"
    pairs = "1 pair" if len(panel.pairs) == 1 else f"{len(panel.pairs):,} pairs"
    read = f"{files_read} of kind {events.source}: {report['rows']:,} rows, {rejected:,} of them rejected"
    kept = f"{report['kept']:,} events between two named sides"
    counts = f"{counted['counted']:,} of {counted['events']:,} events count for {pairs}, {first} to {last}"
    lines = [
        f"{read}; {kept}",
        f"{counts}, by codebook {panel.provenance['codebook']}",
        f"{output}: score it with `tocsin score {output}`",
    ]
    return "\n".join(lines)
