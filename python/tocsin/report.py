"""One plain page about a pair, for a reader without Python: no script, no request leaves it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import tocsin
from tocsin import files, plots, tables
from tocsin.errors import MissingExtraError

if TYPE_CHECKING:
    import os

    from tocsin.panel import PairName
    from tocsin.scores import Scores

__all__ = ["report_html", "write_report"]

# Nothing is loaded and nothing is run; only the page's own styles apply.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_WIDE, _NARROW = 700, 290  # plots, in pixels
_MOST_DAYS = 92

_NOT = (
    "It is not a probability, and no forecast: 40 does not mean a chance of 40 %.",
    "It is not a measure of deaths, of forces or of intentions. It reads what was reported of acts.",
    "It does not say who is right or who began.",
    "It cannot see what its source did not collect. A day without reports is not a day without acts.",
    "Its parts are weighted equally by convention, not by a fit to past wars. Read the parts before the sum.",
    "Its interval is that of counting: how far chance could move it. It knows nothing of what the source gets wrong.",
)


def write_report(scores: Scores, pair: PairName, path: str | os.PathLike[str]) -> None:
    """Write the page; the file is whole or as it was before.

    Parameters
    ----------
    scores : Scores
        With ``intervals="all"`` the chart has its band on every day.
    pair : str or tuple
        "IND-PAK", or the two actors.
    path : path
        Should end in ``.html``.
    """
    page = report_html(scores, pair)
    with files.replaced(path) as beside:
        beside.write_text(page, encoding="utf-8")


def report_html(scores: Scores, pair: PairName) -> str:
    """The page as a text. Without the extra ``plot``, a line says how to get the chart."""
    days = tables.day_rows(scores, pair)
    last = days[-1]
    name = scores.pairs[scores._indices(pair)[0]]
    title = f"{name} on {last.date}: {_score_words(last)}"
    sections = [
        f"<h1>{html.escape(name)} on {_unbroken(last.date)}: {_unbroken(_score_words(last))}</h1>",
        _lead(last),
        _chart(scores, pair, name, last),
        _section("What the day says", _list(scores.explain(pair).split("\n"))),
        _section("What the score is made of", _contributions(scores, last)),
        _section("Day by day", _days(days)),
        _section("What the score is not", _list(_NOT)),
        _colophon(scores),
    ]
    return _PAGE.format(policy=_POLICY, title=html.escape(title), style=_STYLE, body="\n".join(sections))


def _unbroken(text: str) -> str:
    return f'<span class="whole">{text}</span>'


def _score_words(day: tables.DayRow) -> str:
    return "no score" if day.score == tables.MISSING else f"{day.score} of 100"


def _lead(day: tables.DayRow) -> str:
    interval = f"90 % interval {day.interval} · " if day.interval else ""
    meaning = tables.STATUS_MEANING[day.status]
    return f'<p class="lead">Escalation score · {interval}status <b>{day.status.replace("_", " ")}</b>: {meaning}.</p>'


def _chart(scores: Scores, pair: PairName, name: str, last: tables.DayRow) -> str:
    label = (
        f"Two charts of {name}, {scores.calendar[0]} to {scores.calendar[1]}. Above: the escalation score of each day, "
        f"{_score_words(last)} on the last. Below: the five contributions that sum to it. "
        "The table of days has the numbers."
    )
    try:
        wide, narrow = (
            plots.chart_svg(scores, pair, width=width, ink="currentColor", background="transparent")
            for width in (_WIDE, _NARROW)
        )
    except MissingExtraError as missing:
        return f'<p class="note">No chart: {html.escape(str(missing))}</p>'
    spoken = f'<svg role="img" aria-label="{html.escape(label)}" '
    return (
        "".join(
            f'<figure class="{size}">{svg.replace("<svg ", spoken, 1)}</figure>'
            for size, svg in (("wide", wide), ("narrow", narrow))
        )
        + '<p class="note">Shaded: days that are warming up, without a score, or without data.</p>'
    )


def _contributions(scores: Scores, last: tables.DayRow) -> str:
    weights = scores.config.weights
    rows = []
    for (name, meaning), points in zip(tables.CONTRIBUTIONS.items(), last.points, strict=True):
        most = 100 * weights[name]
        share = 0 if points == tables.MISSING or most == 0 else 100 * int(points) / most
        rows.append(
            f'<tr><th scope="row">{name.replace("_", " ")}<small>{meaning}</small></th>'
            f'{_numbers(points, f"{most:.0f}")}<td class="gauge"><span style="width:{share:.0f}%"></span></td></tr>'
        )
    rows.append(f'<tr class="total"><th scope="row">score</th>{_numbers(last.score, "100")}<td></td></tr>')
    head = f"{_head('contribution')}{_head('points', 'at most', kind='number')}<td></td>"
    return f"{_table(head, rows)}{_missing_note(last)}"


def _missing_note(day: tables.DayRow) -> str:
    if tables.MISSING not in day.points:
        return ""
    return f'<p class="note">{tables.MISSING} could not be computed, and adds nothing to the score.</p>'


def _days(days: list[tables.DayRow]) -> str:
    shown = days[-_MOST_DAYS:]
    head = _head("date", "status") + _head("score", "90 % interval", *tables.CONTRIBUTIONS, kind="number")
    rows = [
        f'<tr><th scope="row">{day.date}</th><td>{day.status.replace("_", " ")}</td>'
        f"{_numbers(day.score, day.interval, *day.points)}</tr>"
        for day in reversed(shown)
    ]
    cut = f" The last {_MOST_DAYS} of {len(days):,} days." if len(shown) < len(days) else ""
    note = f'<p class="note">Newest first.{cut} {tables.MISSING} could not be computed.</p>'
    return f'<div class="scroll">{_table(head, rows, kind="days")}</div>{note}'


def _table(head: str, rows: list[str], kind: str = "") -> str:
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _head(*names: str, kind: str = "") -> str:
    return "".join(f'<th scope="col" class="{kind}">{name.replace("_", " ")}</th>' for name in names)


def _numbers(*cells: str) -> str:
    return "".join(f'<td class="number">{cell}</td>' for cell in cells)


def _colophon(scores: Scores) -> str:
    first, last = scores.calendar
    configuration = html.escape(scores.config.to_json())
    source = scores.provenance
    codebook = f" · codebook {source['codebook']} (hash {source['codebook_hash']})" if source["codebook"] else ""
    return (
        f"<footer><p>tocsin {html.escape(tocsin.__version__)} · {first} to {last}{html.escape(codebook)} · "
        f"<code>docs/method.md</code> has every formula.</p>"
        f"<details><summary>Configuration</summary><pre>{configuration}</pre></details></footer>"
    )


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>{content}</section>"


def _list(sentences: list[str] | tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences) + "</ul>"


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5b6168; --paper: #ffffff; --line: #d9dce0; --bar: #0072b2; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e7e9; --soft: #a3a9b1; --paper: #16181b; --line: #3a3f45; --bar: #56b4e9; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.lead, .note, small, footer { color: var(--soft); }
.note, footer { font-size: .875rem; }
span.whole { white-space: nowrap; }
small { display: block; font-weight: normal; font-size: .8125rem; }
figure { margin: 1.5rem 0 0; }
figure svg { display: block; max-width: 100%; height: auto; }
.narrow { display: none; }
ul { padding-left: 1.25rem; margin: 0; }
li { margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; font-weight: normal; vertical-align: top; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
thead th, thead td { color: var(--soft); font-size: .8125rem; vertical-align: bottom; line-height: 1.25; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
.gauge { padding-left: .75rem; }
.total th, .total td { font-weight: 600; border-bottom: 0; }
.gauge { width: 30%; padding-top: .75rem; }
.gauge span { display: block; height: .55rem; min-width: 1px; background: var(--bar); }
.scroll { overflow-x: auto; }
.days { font-size: .875rem; }
.days th[scope=row], .days td { white-space: nowrap; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); }
pre { overflow-x: auto; }
@media (max-width: 48rem) {
  main { padding: 1.25rem 1rem 2rem; }
  .wide { display: none; }
  .narrow { display: block; }
  .gauge { display: none; }
}
@media print {
  :root { --ink: #000000; --soft: #444444; --paper: #ffffff; --line: #bbbbbb; --bar: #0072b2; }
  main { max-width: none; padding: 0; }
  .wide { display: block; }
  .narrow { display: none; }
  body { font-size: 10pt; }
  h2 { break-after: avoid; }
  figure, tr, li { break-inside: avoid; }
  .gauge { display: table-cell; }
  .scroll { overflow: visible; }
}
"""
