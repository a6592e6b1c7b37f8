"""What the counts behind a page miss: days, cells, signals, and rows that were rejected on the way."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import tables
from tocsin.plots.days import counts_of_pair
from tocsin.plots.theme import SIGNALS
from tocsin.report.markup import head, items, note, numbers, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.events import Events
    from tocsin.panel import CountPanel
    from tocsin.scores import Scores

__all__ = ["of_pair", "of_panel"]

_MOST_SPANS = 6
_FATES = {
    "kept": "events between two named sides",
    "one_sided": "rows that name one side only, or none",
    "imprecise": "rows about more than 31 days",
    "duplicates": "further rows of an event that is kept",
    "superseded": "rows that a later version has replaced",
}


def of_pair(scores: Scores, index: int, events: Events | None) -> str:
    """Days, cells and signals that the pair's counts miss, and what became of the rows that were read."""
    panel = scores.panel
    sentences = _calendar(scores, panel)
    if panel is not None:
        sentences += _cells(panel, scores._core.pairs[index])
    status = scores._columns([index])["status"]
    rows = [
        f'<tr><th scope="row">{name.replace("_", " ")}<small>{meaning}</small></th>{numbers(f"{n:,}")}</tr>'
        for name, meaning in tables.STATUS_MEANING.items()
        if (n := int((status == name).sum()))
    ]
    return (
        items(sentences) + table("Days by status", head("status") + head("days", kind="number"), rows) + _rows(events)
    )


def of_panel(scores: Scores, events: Events | None) -> str:
    """What the counts of all pairs miss."""
    return items(_calendar(scores, scores.panel)) + _rows(events)


def _calendar(scores: Scores, panel: CountPanel | None) -> list[str]:
    first, last = scores.calendar
    days = int((last - first).astype(int)) + 1
    said = [f"The calendar runs from {first} to {last}: {_counted(days, 'day')}."]
    if panel is None:
        return [*said, "The scores were read from a document: the counts behind them are not known here."]
    missing = panel.exposure == 0
    if missing.any():
        said.append(f"{_counted(int(missing.sum()), 'day')} not collected: {_spans(missing, first)}.")
    else:
        said.append("Something was collected on every day.")
    absent = [name for name in SIGNALS if name not in panel.signals]
    if absent:
        said.append(f"Not collected at all: {', '.join(absent)}. What needs them counts as missing, not as zero.")
    if not panel.is_directed:
        said.append("The counts do not say who acted, so nothing is said about the two sides.")
    return said + panel._core.warnings


def _cells(panel: CountPanel, pair: tuple[str, str]) -> list[str]:
    counts = counts_of_pair(panel, pair, most=panel.exposure.size)
    collected = ~counts.missing
    said = []
    for column, name in enumerate(SIGNALS):
        sides = [counts.forward, counts.backward] if panel.is_directed and name != "mediation" else [counts.forward]
        gaps = sum(int(np.isnan(side[collected, column]).sum()) for side in sides)
        if gaps and name in panel.signals:
            said.append(f"{_counted(gaps, 'cell')} of {name} empty on collected days: not collected, not zero.")
    acts = np.nansum(counts.forward) + np.nansum(counts.backward)
    return [*said, f"{_counted(round(float(acts), 1), 'act')} of all kinds counted between the two."]


def _spans(missing: NDArray[np.bool_], first: np.datetime64) -> str:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], missing, [False]]).astype(np.int8))).reshape(-1, 2)
    named = [
        str(first + int(a)) if b - a == 1 else f"{first + int(a)} to {first + int(b) - 1}"
        for a, b in edges[-_MOST_SPANS:].tolist()
    ]
    more = len(edges) - len(named)
    return ", ".join(named) + (f", and {_counted(more, 'span')} before" if more else "")


def _rows(events: Events | None) -> str:
    if events is None:
        return note(
            "Rows that were rejected before the counts were made are not known here; a report that is given the "
            "events, as in scores.report(path, events=events), says what became of each row."
        )
    report = events.report
    cells = [(meaning, int(report[name])) for name, meaning in _FATES.items() if name in report]
    cells += [(f"rejected: {reason}", number) for reason, number in _rejected(report)]
    body = [f'<tr><th scope="row">{html.escape(name)}</th>{numbers(f"{n:,}")}</tr>' for name, n in cells]
    return table(
        f"What became of {_counted(int(report['rows']), 'row')} that were read",
        head("fate") + head("rows", kind="number"),
        body,
    )


def _rejected(report: dict[str, Any]) -> list[tuple[str, int]]:
    found = report.get("rejected", {})
    if not isinstance(found, dict):
        return [("broken", int(found))]
    return [(str(reason), int(each["rows"] if isinstance(each, dict) else each)) for reason, each in found.items()]


def _counted(n: float, noun: str) -> str:
    return f"{n:,.10g} {noun}{'' if n == 1 else 's'}"
