"""The command `tocsin`: counts in, scores out. The only part of the package that prints."""

from __future__ import annotations

import importlib.util
import math
import signal
import sys
import warnings
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import narwhals as nw
import typer

import tocsin
from tocsin import cli_backtest, cli_count, cli_report, console, files, frames, report, tables
from tocsin.errors import Error, InputError, InputWarning, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from tocsin.panel import CountPanel
    from tocsin.scores import Scores

__all__ = ["app", "main", "run"]

_BAD_INPUT = 2
_ALARM = 1
_SUFFIXES = (".csv", ".json", ".parquet")

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


class Intervals(StrEnum):
    """Days that get a 5-95 % interval."""

    latest = "latest"
    all = "all"
    none = "none"


def main() -> None:
    """Run the command; exits 0 when done, 1 when an alarm was asked for and given, 2 for bad input."""
    if hasattr(signal, "SIGPIPE"):
        # `tocsin score ... | head` ends as other tools do; as an error it would exit with 1, which is an alarm.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    run()


def run(arguments: Sequence[str] | None = None) -> None:
    """Run with some arguments, by default those of the process. Raises SystemExit with the exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", InputWarning)
        warnings.showwarning = console.warning_printer()
        try:
            app(arguments, prog_name="tocsin")
        except OSError as fault:
            console.complain(f"{fault.filename or 'output'}: {fault.strerror or fault}")
            sys.exit(_BAD_INPUT)
        except (Error, UnicodeDecodeError) as fault:
            console.complain(str(fault))
            sys.exit(_BAD_INPUT)


def _show_version(is_wanted: bool) -> None:  # noqa: FBT001 - the form that typer calls
    if is_wanted:
        typer.echo(f"tocsin {tocsin.__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[  # noqa: FBT002 - as above
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """How is a crisis between two actors moving? Escalation scores from daily counts of what they do."""


@app.command()
def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the page goes.")] = Path("kashmir-2025.html"),
) -> None:
    """Score the shipped example (India and Pakistan, April 2025)."""
    console.require_folder(output)
    events = tocsin.load_example_events("kashmir-2025")
    scores = tocsin.score(events.count(pairs=["IND-PAK"]), intervals="all")
    pair = scores.pairs[0]
    first, last = scores.calendar
    console.print_text(f"{pair}, {first} to {last}, {len(events)} coded events: points of 100, with a 90 % interval\n")
    console.print_text(_day_table(scores, pair))
    console.print_text(f"Contributions on {last}\n")
    console.print_text(_contribution_table(scores, pair))
    console.print_text(scores.explain(pair))
    report.write_report(scores, output, pair, events=events)
    console.print_text(f"\nThe same as a page: {output.resolve()}")


@app.command()
def score(
    counts: Annotated[
        str, typer.Argument(metavar="COUNTS", help="CSV or TSV of daily counts, plain or gzipped; - is standard input.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Every pair and day as .csv, .json or .parquet.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration, as `tocsin config` prints it.")] = None,
    pair: Annotated[list[str] | None, typer.Option(help="Only this pair, as in IND-PAK; may be repeated.")] = None,
    first: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD; with --last.")] = None,
    last: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD; with --first.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="By default one per core.")] = None,
    intervals: Annotated[Intervals, typer.Option(help="Days that get a 90 % interval.")] = Intervals.latest,
    alarm: Annotated[
        float | None, typer.Option(help="Exit with 1 when the latest score of a pair is above this.")
    ] = None,
) -> None:
    """Score daily counts: a table and sentences, or a file."""
    if output is not None:
        console.require_folder(output)
        if output.suffix not in _SUFFIXES:
            raise InputError(f'{output}: the name ends in "{output.suffix}", expected one of {" ".join(_SUFFIXES)}')
        if output.suffix == ".parquet":
            _parquet_writer()  # better before the scoring than after it
    if (first is None) != (last is None):
        raise InputError("--first and --last come together; give both, or none for the whole file")
    settings = None if config is None else tocsin.Config.read(config)
    panel = _read_panel(counts, None if first is None else (first, last), pair)
    with console.progress("scoring") as progress:
        scores = tocsin.score(panel, config=settings, threads=threads, intervals=intervals.value, progress=progress)
    if output is None:
        console.print_text(_latest_table(scores))
        console.print_text(scores.explain(scores._core.pairs[scores._core.by_score()[0]]))
    else:
        _write(scores, output)
    if alarm is not None:
        _raise_alarm(scores, alarm)


app.command()(cli_count.count)
app.command()(cli_report.report)
app.command()(cli_backtest.backtest)


@app.command()
def config() -> None:
    """Print the default configuration, to edit and use."""
    typer.echo(tocsin.Config().to_json())


def _read_panel(counts: str, calendar: Any, pairs: Sequence[str] | None) -> CountPanel:
    panel = tocsin.CountPanel.read(sys.stdin.buffer if counts == "-" else counts, calendar=calendar)
    return panel.select(pairs) if pairs else panel


def _write(scores: Scores, output: Path) -> None:
    with files.replaced(output) as beside, console.progress("writing") as progress:
        if output.suffix == ".csv":
            scores._core.write_csv(str(beside), progress)
        elif output.suffix == ".json":
            beside.write_text(scores.to_json(progress=progress), encoding="utf-8")
        else:
            table = frames.frame_of(scores._columns(scores._indices(None), progress), _parquet_writer())
            nw.from_native(table).write_parquet(str(beside))


def _parquet_writer() -> str:
    for name in ("pyarrow", "polars"):
        if importlib.util.find_spec(name) is not None:
            return name
    raise MissingExtraError("Parquet files need pyarrow or polars: pip install pyarrow; or write .csv or .json")


def _raise_alarm(scores: Scores, limit: float) -> None:
    latest = scores._core.latest_columns()["score"].tolist()
    ranked = [(scores.pairs[index], value) for index, value in zip(scores._core.by_score(), latest, strict=True)]
    unknown = [pair for pair, value in ranked if math.isnan(value)]
    if unknown:
        # Silence of the feed must not pass for calm.
        console.complain(f"no score on {scores.calendar[1]}, so no alarm either way: {console.listed(unknown)}")
    passed = [(pair, value) for pair, value in ranked if value > limit]
    for pair, value in passed:
        console.complain(f"alarm: {pair} scores {value:.1f} on {scores.calendar[1]}, above {limit:g}")
    if passed:
        raise typer.Exit(_ALARM)


def _day_table(scores: Scores, pair: str) -> Table:
    table = console.table("date", "status", "score", "", *tables.CONTRIBUTIONS, numbers_from=2)
    for row in tables.day_rows(scores, pair):
        table.add_row(*map(console.plain, (row.date, row.status, row.score, row.interval, *row.points)))
    return table


def _contribution_table(scores: Scores, pair: str) -> Table:
    table = console.table("contribution", "points", "at most", numbers_from=1)
    table.add_column("what it is made of", no_wrap=False)
    last = tables.day_rows(scores, pair)[-1]
    weights = scores.config.weights
    for (name, meaning), points in zip(tables.CONTRIBUTIONS.items(), last.points, strict=True):
        table.add_row(*map(console.plain, (name, points, f"{100 * weights[name]:.0f}", meaning)))
    return table


def _latest_table(scores: Scores) -> Table:
    table = console.table("pair", "score", "90 % interval", "coverage", numbers_from=1)
    table.add_column("driver")
    table.add_column("status")
    rows = tables.latest_rows(scores)
    for row in rows[: console.SHOWN]:
        table.add_row(*map(console.plain, (row.pair, row.score, row.interval, row.coverage, row.driver, row.status)))
    table.title = f"Escalation scores (0-100) on {scores.calendar[1]}"
    if len(rows) > console.SHOWN:
        table.caption = f"... and {len(rows) - console.SHOWN:,} more pairs; -o scores.csv writes them all"
    return table


if __name__ == "__main__":
    main()
