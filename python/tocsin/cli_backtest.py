"""The command `tocsin backtest`: daily counts and onsets in, a table of what foretold them out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer looks it up
from typing import TYPE_CHECKING, Annotated, Any

import narwhals as nw
import typer

import tocsin
from tocsin import console, files
from tocsin.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from tocsin.backtesting import Backtest

__all__ = ["backtest"]

_SUFFIXES = (".csv", ".json")
_SHOWN = {
    "auc": "AUC",
    "ap": "AP",
    "brier_skill": "Brier skill",
    "slope": "slope",
    "recall_at_4": "recall at 4",
    "lead_at_4": "lead at 4",
}


class TargetOption(StrEnum):
    """As in `tocsin.backtest`."""

    onset = "onset"
    crisis = "crisis"


def backtest(
    counts: Annotated[
        str, typer.Argument(metavar="COUNTS", help="CSV or TSV of daily counts, plain or gzipped; - is standard input.")
    ],
    onsets: Annotated[
        Path, typer.Option(help="MIE, MID, ICB or UCDP file, or a table with the columns date and pair.")
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Every number, as .csv or .json.")] = None,
    target: Annotated[TargetOption, typer.Option(help="Force that begins soon, or a crisis that is on.")] = (
        TargetOption.onset
    ),
    horizon: Annotated[int, typer.Option(min=1, help="Days in which an onset counts.")] = 30,
    quiet: Annotated[int, typer.Option(min=0, help="Days without an event before a day that is judged.")] = 60,
    min_level: Annotated[int, typer.Option(min=0, help="Least hostility level of an event.")] = 4,
    column: Annotated[list[str] | None, typer.Option(help="Column of the scores to judge; may be repeated.")] = None,
    actor_system: Annotated[str, typer.Option(help="How the counts write states, as in cameo or keds.")] = "iso3",
    config: Annotated[Path | None, typer.Option(help="Configuration, as `tocsin config` prints it.")] = None,
    draws: Annotated[int, typer.Option(min=0, help="Draws of pairs behind the intervals.")] = 500,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 1,
    threads: Annotated[int | None, typer.Option(min=1, help="By default one per core.")] = None,
) -> None:
    """Hold scores and plain baselines against what another source says came."""
    if output is not None:
        console.require_folder(output)
        if output.suffix not in _SUFFIXES:
            raise InputError(f'{output}: the name ends in "{output.suffix}", expected one of {" ".join(_SUFFIXES)}')
    settings = None if config is None else tocsin.Config.read(config)
    panel = tocsin.CountPanel.read(sys.stdin.buffer if counts == "-" else counts)
    with console.progress("scoring") as progress:
        scores = tocsin.score(panel, config=settings, threads=threads, intervals="none", progress=progress)
    found = tocsin.read_onsets(onsets, actor_system=actor_system, panel=panel)
    with console.progress("judging") as progress:
        result = tocsin.backtest(
            scores,
            found,
            target=target.value,
            horizon_days=horizon,
            quiet_days=quiet,
            min_level=min_level,
            columns=column or ["score"],
            draws=draws,
            seed=seed,
            threads=threads,
            progress=progress,
        )
    if output is None:
        console.print_text(_table(result))
        console.print_text("* sees past onsets too. Intervals are 5-95 %, over draws of pairs.")
        return
    with files.replaced(output) as beside:
        if output.suffix == ".json":
            beside.write_text(result.to_json() + "\n", encoding="utf-8")
        else:
            nw.from_native(result.frame()).write_csv(str(beside))


def _table(result: Backtest) -> Table:
    raw: dict[str, Any] = result._core.columns()
    table = console.table("predictor", *_SHOWN.values(), numbers_from=1)
    table.title = result._summary()
    table.columns[0].no_wrap = True
    for place in sorted(range(len(raw["predictor"])), key=lambda i: -raw["auc"][i]):
        name = raw["predictor"][place] + ("*" if raw["sees_labels"][place] else "")
        table.add_row(name, *(_cell(raw, column, place) for column in _SHOWN))
    return table


def _cell(raw: dict[str, Any], column: str, place: int) -> str:
    value = raw[column][place]
    if value != value:
        return "–"
    if column.startswith("lead"):
        return f"{value:.0f} d"
    text = f"{value:.2f}" if column in ("slope", "recall_at_4") else f"{value:.3f}"
    low = raw.get(f"{column}_low")
    if column not in ("auc", "ap") or low is None or low[place] != low[place]:
        return text
    return f"{text} ({low[place]:.3f}-{raw[f'{column}_high'][place]:.3f})"
