"""A page about many pairs: all of them at a glance, then a section for each of the highest."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from tocsin import tables
from tocsin.report import figures, one, quality
from tocsin.report.markup import head, items, named, note, numbers, section, table, whole

if TYPE_CHECKING:
    from tocsin.events import Events
    from tocsin.scores import Scores

__all__ = ["page"]

_MOST_ROWS = 50
_HEAT_ROWS = 25


def page(scores: Scores, *, events: Events | None, top: int) -> tuple[str, str, Any]:
    """Title, body and data of a page about all pairs."""
    order = scores._core.by_score()
    latest = tables.latest_rows(scores)
    first, last = scores._core.calendar
    days = last - first + 1
    date = str(scores.calendar[1])
    shown = order[:top]
    title = f"{len(order):,} pairs on {date}"
    body = [
        f"<h1>{len(order):,} pairs on {whole(date)}</h1>",
        _lead(scores, order, latest),
        section(
            "All pairs at a glance",
            figures.pairs_figure(scores, top=_HEAT_ROWS, days=days) + _pairs_table(scores, order, latest),
            name="pairs",
        ),
        *(_pair(scores, index, place, days) for place, index in enumerate(shown)),
        section("Data quality", quality.of_panel(scores, events), name="quality"),
    ]
    data = [figures.day_data(scores, index, days) for index in shown]
    return title, "\n".join(body), data


def _lead(scores: Scores, order: list[int], latest: list[tables.LatestRow]) -> str:
    if not order:
        return '<p class="lead">There is no pair to score.</p>'
    highest = latest[0]
    if highest.score == tables.MISSING:
        return '<p class="lead">No pair has a score on this day: too little was collected.</p>'
    interval = f" (90 % interval {highest.interval})" if highest.interval else ""
    driver = f", mostly for {html.escape(highest.driver.replace('_', ' '))}" if highest.driver else ""
    return (
        f'<p class="lead">The most escalated is {named(scores._core.pairs[order[0]])} with {highest.score} of 100'
        f"{interval}{driver}.</p>"
    )


def _pairs_table(scores: Scores, order: list[int], latest: list[tables.LatestRow]) -> str:
    rows = [
        f'<tr><th scope="row">{named(scores._core.pairs[index])}</th>{numbers(row.score, row.interval, row.coverage)}'
        f"<td>{html.escape(row.driver.replace('_', ' '))}</td><td>{row.status.replace('_', ' ')}</td></tr>"
        for index, row in list(zip(order, latest, strict=True))[:_MOST_ROWS]
    ]
    columns = head("pair") + head("score", "90 % interval", "coverage", kind="number") + head("driven by", "status")
    cut = (
        note(f"The highest {_MOST_ROWS} of {len(order):,} pairs; scores.latest() has them all.")
        if len(order) > _MOST_ROWS
        else ""
    )
    return table("The last day, most escalated first", columns, rows) + cut


def _pair(scores: Scores, index: int, place: int, days: int) -> str:
    pair = scores._core.pairs[index]
    last = tables.day_rows(scores, pair)[-1]
    drawings = figures.pair_drawings(scores, index)
    briefing = [text for _, text in scores._core.explain(pair, scores._core.calendar[1], "briefing")]
    content = (
        items(briefing, pair) + one.tiles(scores, index, last) + one.score_figure(scores, index, drawings, last, place)
    )
    if "counts" in drawings:
        content += figures.figure(
            drawings["counts"],
            days,
            place=place,
            label=f"Counts of {'-'.join(pair)} by day, signal and direction.",
            caption="Acts as they were counted, mirrored by direction; mediation on the line between.",
        )
    content += one.changes(scores, index)
    title = f"{named(pair)}: {html.escape(one.score_words(last))}"
    return section(title, content, name=f"pair-{place}")
