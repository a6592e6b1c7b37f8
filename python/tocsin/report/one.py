"""The sections about one pair: what happened, how sure, what drives it, what changed, the ladder, mediation."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import tables
from tocsin.plots.ladder import RUNGS
from tocsin.report import figures, quality
from tocsin.report.markup import gauge, head, items, named, note, numbers, section, spoken, table, whole

if TYPE_CHECKING:
    from tocsin.events import Events
    from tocsin.score_views import Comparison
    from tocsin.scores import Scores

__all__ = ["changes", "page", "said", "score_figure", "score_words", "tiles"]

_MOST_DAYS = 92
_TOPICS = ("score", "certainty", "drivers", "tempo", "ladder", "mediation")


def page(scores: Scores, index: int, *, events: Events | None) -> tuple[str, str, Any]:
    """Title, body and data of a page about one pair."""
    pair = scores._core.pairs[index]
    rows = tables.day_rows(scores, pair)
    last = rows[-1]
    drawings = figures.pair_drawings(scores, index)
    topics = said(scores, index)
    title = f"{pair[0]}-{pair[1]} on {last.date}: {score_words(last)}"
    body = [
        f"<h1>{named(pair)} on {whole(last.date)}: {whole(score_words(last))}</h1>",
        "".join(f'<p class="lead">{spoken(text, pair)}</p>' for text in _lead(scores, index)),
        tiles(scores, index, last),
        score_figure(scores, index, drawings, last),
        section(
            "What happened", items(topics["tempo"], pair) + _counts_figure(scores, index, drawings), name="happened"
        ),
        section("How sure this is", items(topics["certainty"], pair) + _certainty(scores, index, last), name="sure"),
        section("What drives it", _contributions(scores, last) + items(topics["drivers"], pair), name="drives"),
        section("What changed", changes(scores, index), name="changed"),
        section("The ladder", items(topics["ladder"], pair) + _ladder_figure(scores, index, drawings), name="ladder"),
        section("Mediation", items(topics["mediation"], pair) or _no_mediation(scores), name="mediation"),
        section("Data quality", quality.of_pair(scores, index, events), name="quality"),
        section("Day by day", _days(rows), name="days"),
    ]
    return title, "\n".join(body), [figures.day_data(scores, index, len(rows))]


def score_words(day: tables.DayRow) -> str:
    """The score in words: "38 of 100"."""
    return "no score" if day.score == tables.MISSING else f"{day.score} of 100"


def said(scores: Scores, index: int) -> dict[str, list[str]]:
    """The sentences of the last day by what they are about."""
    topics: dict[str, list[str]] = {topic: [] for topic in _TOPICS}
    for topic, text in scores._core.explain(scores._core.pairs[index], scores._core.calendar[1]):
        topics[topic].append(text)
    return topics


def _lead(scores: Scores, index: int) -> list[str]:
    pair = scores._core.pairs[index]
    briefing = scores._core.explain(pair, scores._core.calendar[1], "briefing")
    return [" ".join(text for topic, text in briefing if topic in ("score", "certainty"))]


def tiles(scores: Scores, index: int, last: tables.DayRow) -> str:
    """The numbers that a reader looks for first."""
    day = _last_row(scores, index)
    interval = f"90 % interval {last.interval}" if last.interval else "interval not computed"
    rung = day["rung"]
    since = day["days_since_mediation"]
    shown = [
        ("Score", last.score, interval),
        *[(f"Since {name}", *_difference(scores, index, back)) for name, back in (("yesterday", 1), ("a week ago", 7))],
        ("Highest step", tables.MISSING, "not known")
        if math.isnan(rung)
        else ("Highest step", f"{int(rung)} of 7", RUNGS[int(rung)]),
        ("Last mediation", tables.MISSING, "none recorded")
        if math.isnan(since)
        else ("Last mediation", "today" if since == 0 else f"{_counted(int(since), 'day')} ago", "as recorded"),
        ("Status", last.status.replace("_", " "), ""),
    ]
    cells = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}<small>{html.escape(more)}</small></dd></div>"
        for name, value, more in shown
    )
    return f'<dl class="tiles">{cells}</dl>'


def _difference(scores: Scores, index: int, back: int) -> tuple[str, str]:
    change = _change(scores, index, back)
    if change is None:
        return tables.MISSING, "before the first day"
    if math.isnan(change.difference):
        return tables.MISSING, "no score on both days"
    points = sum(change.whole_parts.values())
    return f"{points:+d}".replace("-", "−") if points else "±0", f"from {change.score_a:.0f}"


def _change(scores: Scores, index: int, back: int) -> Comparison | None:
    first, last = scores.calendar
    before = last - np.timedelta64(back, "D")
    return None if before < first else scores.compare(scores._core.pairs[index], before, last)


def score_figure(
    scores: Scores, index: int, drawings: dict[str, figures.Drawing], last: tables.DayRow, place: int = 0
) -> str:
    """The score and its parts, with a slider over the days."""
    first, end = scores.calendar
    name = "-".join(scores._core.pairs[index])
    return figures.figure(
        drawings["score"],
        _length(scores),
        place=place,
        label=f"Two charts of {name}, {first} to {end}. Above: the escalation score of each day, {score_words(last)} "
        "on the last. Below: the five contributions that sum to it. The table of days has the numbers.",
        caption="Shaded grey: days that are warming up, without a score, or without data.",
    ) + (
        f'<div class="day" data-pair="{place}" hidden><label>Day <input type="range" min="0" value="0"></label> '
        '<output aria-live="polite"></output></div>'
    )


def _counts_figure(scores: Scores, index: int, drawings: dict[str, figures.Drawing], place: int = 0) -> str:
    if "counts" not in drawings:
        return note("These scores were read from a document, which holds no counts to draw.")
    return figures.figure(
        drawings["counts"],
        _length(scores),
        place=place,
        label=f"Counts of {'-'.join(scores._core.pairs[index])} by day, signal and direction: one direction above "
        "zero, the other below, mediation on the line between.",
        caption="Acts as they were counted. A grey span was not collected, which is something else than zero.",
    )


def _ladder_figure(scores: Scores, index: int, drawings: dict[str, figures.Drawing]) -> str:
    row = _last_row(scores, index)
    rung = "not known" if math.isnan(row["rung"]) else RUNGS[int(row["rung"])]
    return figures.figure(
        drawings["ladder"],
        _length(scores),
        place=0,
        label=f"Steps of the ladder of {'-'.join(scores._core.pairs[index])} by day; on the last day: {rung}.",
        caption="Each step needs two events, so that one wrongly coded event does not start a war.",
    )


def _certainty(scores: Scores, index: int, last: tables.DayRow) -> str:
    row = _last_row(scores, index)
    lines = []
    if last.status == "ok":
        lines.append(f"Status ok: {tables.STATUS_MEANING['ok']}, {_counted(int(row['collected_days']), 'day')} in all.")
    if last.interval:
        lines.append(
            f"90 % interval {last.interval}: how far chance in what was counted could move the score. It knows "
            "nothing of what the source gets wrong."
        )
    if not math.isnan(row["score"]) and row["score_max"] > row["score"] + 0.5:
        lines.append(f"With the parts that could not be computed the score would be at most {row['score_max']:.0f}.")
    return items(lines)


def _contributions(scores: Scores, last: tables.DayRow) -> str:
    weights = scores.config.weights
    rows = []
    for (name, meaning), points in zip(tables.CONTRIBUTIONS.items(), last.points, strict=True):
        most = 100 * weights[name]
        share = 0 if points == tables.MISSING or most == 0 else int(points) / most
        rows.append(
            f'<tr><th scope="row">{name.replace("_", " ")}<small>{meaning}</small></th>'
            f"{numbers(points, f'{most:.0f}')}<td>{gauge(share)}</td></tr>"
        )
    rows.append(f'<tr class="total"><th scope="row">score</th>{numbers(last.score, "100")}<td></td></tr>')
    columns = f"{head('contribution')}{head('points', 'at most', kind='number')}<td></td>"
    missing = f"{tables.MISSING} could not be computed, and adds nothing to the score."
    return table("What the score is made of, in points", columns, rows) + (
        note(missing) if tables.MISSING in last.points else ""
    )


def changes(scores: Scores, index: int, level: int = 3) -> str:
    """Since yesterday and since last week: sentences, and the parts that sum to each difference."""
    pair = scores._core.pairs[index]
    found = [(name, _change(scores, index, back)) for name, back in (("yesterday", 1), ("last week", 7))]
    text = ""
    for name, change in found:
        content = note("There is no such day in the calendar.") if change is None else items(change.sentences, pair)
        text += f"<h{level}>Since {name}</h{level}>{content}"
    known = [(name, change) for name, change in found if change is not None and not math.isnan(change.difference)]
    if not known:
        return text
    rows = [
        f'<tr><th scope="row">{part.replace("_", " ")}</th>'
        f"{numbers(*(_signed(change.whole_parts[part]) for _, change in known))}</tr>"
        for part in tables.CONTRIBUTIONS
    ]
    totals = numbers(*(_signed(sum(change.whole_parts.values())) for _, change in known))
    rows.append(f'<tr class="total"><th scope="row">score</th>{totals}</tr>')
    columns = head("part") + head(*(f"since {name}" for name, _ in known), kind="number")
    return text + table("The difference by part, in points", columns, rows, kind="changes")


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "−") if points else "0"


def _no_mediation(scores: Scores) -> str:
    panel = scores.panel
    if panel is not None and "mediation" not in panel.signals:
        return note("Mediation was not collected, so nothing can be said of it.")
    return note("Too few hostile acts to say how much mediation meets them.")


def _days(rows: list[tables.DayRow]) -> str:
    shown = rows[-_MOST_DAYS:]
    columns = head("date", "status") + head("score", "90 % interval", *tables.CONTRIBUTIONS, kind="number")
    cells = [
        f'<tr><th scope="row">{row.date}</th><td>{row.status.replace("_", " ")}</td>'
        f"{numbers(row.score, row.interval, *row.points)}</tr>"
        for row in reversed(shown)
    ]
    cut = f" The last {_MOST_DAYS} of {len(rows):,} days." if len(shown) < len(rows) else ""
    return table("Scores and contributions in points", columns, cells, kind="days") + note(
        f"Newest first.{cut} {tables.MISSING} could not be computed."
    )


def _last_row(scores: Scores, index: int) -> dict[str, float]:
    raw = scores._core.latest_columns()
    place = scores._core.by_score().index(index)
    return {name: float(values[place]) for name, values in raw.items() if name not in ("driver", "status")}


def _length(scores: Scores) -> int:
    first, last = scores._core.calendar
    return last - first + 1


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
