"""The command `tocsin report`: counts in, one page out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import tocsin
from tocsin import console
from tocsin import report as pages
from tocsin.errors import InputError

__all__ = ["report"]


def report(
    counts: Annotated[
        str, typer.Argument(metavar="COUNTS", help="CSV or TSV of daily counts, plain or gzipped; - is standard input.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the page goes.")] = Path("report.html"),
    config: Annotated[Path | None, typer.Option(help="Configuration, as `tocsin config` prints it.")] = None,
    pair: Annotated[str | None, typer.Option(help="A page about this pair, as in IND-PAK.")] = None,
    first: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD; with --last.")] = None,
    last: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD; with --first.")] = None,
    top: Annotated[int, typer.Option(min=1, help="Of many pairs, how many get a section.")] = 5,
) -> None:
    """Write one page that works offline: what happened, how sure, what drives it, what changed."""
    console.require_folder(output)
    if (first is None) != (last is None):
        raise InputError("--first and --last come together; give both, or none for the whole file")
    settings = None if config is None else tocsin.Config.read(config)
    calendar = None if first is None else (first, last)
    panel = tocsin.CountPanel.read(sys.stdin.buffer if counts == "-" else counts, calendar=calendar)
    # The parts of the score are those of a pair, whatever other pairs the file holds.
    chosen = panel if pair is None else panel.select([pair])
    intervals = "all" if len(chosen.pairs) == 1 else "latest"
    with console.progress("scoring") as progress:
        scores = tocsin.score(chosen, config=settings, intervals=intervals, progress=progress)
    pages.write_report(scores, output, top=top)
    console.print_text(
        f"{', '.join(scores.pairs) if len(scores) == 1 else f'{len(scores):,} pairs'}: {output.resolve()}"
    )
