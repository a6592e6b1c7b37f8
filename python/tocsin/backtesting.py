"""Does a score mean anything? Held against what another source says of the same pairs."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tocsin import _core, frames
from tocsin.errors import InputError
from tocsin.onsets import as_onsets
from tocsin.panel import calendar_days, find_pair
from tocsin.progress import shown
from tocsin.scores import Scores, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tocsin.progress import ProgressOption

__all__ = ["Backtest", "backtest"]


class Backtest:
    """How scores, columns and baselines did on the same days. Made by `backtest`."""

    __slots__ = ("_backend", "_core", "_target")

    def __init__(self, core: _core.Backtest, target: str, backend: Any = None) -> None:
        self._core = core
        self._target = target
        self._backend = backend

    @property
    def predictors(self) -> list[str]:
        """What was judged, in the order of `frame`."""
        return list(self._core.columns()["predictor"])

    @property
    def counts(self) -> dict[str, int]:
        """Pairs, pair-days and onsets behind the numbers, and what was left out of them.

        ``unknown_days`` have no label (warm-up, an event not long ago, not covered by the source of the onsets, a day
        that is not certain); on ``incomplete_days`` some predictor is missing; ``unmatched_onsets`` are of pairs that
        are not scored.
        """
        names = ("pairs", "active_pairs", "days", "positive_days", "recent_positive_days", "onsets", "unknown_days")
        return {name: getattr(self._core, name) for name in (*names, "incomplete_days", "unmatched_onsets")}

    @property
    def base_rate(self) -> float:
        """Share of the judged days that are positive: the average precision of knowing nothing."""
        return self._core.base_rate

    @property
    def left_out(self) -> list[str]:
        """Predictors without a value on any day, as Goldstein sums are where counts came without codes."""
        return self._core.left_out

    def frame(self) -> Any:
        """One row per predictor: how well it tells positive from negative days, and how true it is as a probability.

        ``auc ap brier_skill log_skill`` with 5-95 % intervals (``_low``, ``_high``) over draws of pairs; ``auc_active``
        is of the pairs with a positive day, ``auc_within`` the mean within pairs, ``auc_hard`` and ``ap_hard`` of days
        without an event in the last years. Skill is against the calibrated climatology of the pair, and
        ``brier_skill_base`` against the base rate of all. ``slope`` and ``intercept`` of the reliability line should be
        1 and 0.
        ``recall_at_1`` and ``lead_at_1`` are at one false alarm per pair-year. ``auc_gain`` and ``ap_gain`` are over
        the best baseline that sees no more, on the same draws.
        """
        raw = self._core.columns()
        size = len(raw["predictor"])
        columns: dict[str, NDArray[Any]] = {}
        for name, values in raw.items():
            columns[name] = values if isinstance(values, np.ndarray) else np.array(values, dtype=object)
        columns["sees_labels"] = np.array(raw["sees_labels"], dtype=bool)
        base = self.base_rate
        columns["base_rate"] = np.full(size, base)
        columns["brier_skill_base"] = 1 - raw["brier"] / (base * (1 - base))
        for name, value in (
            ("n_days", self._core.days),
            ("n_onsets", self._core.onsets),
            ("n_pairs", self._core.pairs),
        ):
            columns[name] = np.full(size, value)
        first = ["predictor", "kind", "sees_labels"]
        ordered = [*first, *(name for name in columns if name not in first)]
        return frames.frame_of({name: columns[name] for name in ordered}, self._backend)

    def difference(
        self, first: str, second: str, *, metric: Literal["auc", "ap"] = "auc"
    ) -> tuple[float, float, float]:
        """How much more AUC or average precision the first has than the second, with its 5-95 % interval.

        Both are judged on the same draws of pairs, so that what the pairs have in common cancels.
        """
        if metric not in ("auc", "ap"):
            raise InputError(f'metric is {metric!r}, expected "auc" or "ap"')
        compare = self._core.auc_difference if metric == "auc" else self._core.ap_difference
        return compare(first, second)

    def curves(self, predictor: str) -> dict[str, NDArray[np.float64]]:
        """Points to draw: ``forecast realised cases`` of the reliability, ``false_per_year recall lead`` of alarms."""
        return self._core.curves(predictor)

    def plot(self, predictors: Iterable[str] | None = None) -> Any:
        """Chart of reliability, and of recall over false alarms (an Altair chart; needs the extra ``plot``)."""
        from tocsin.backtest_plots import backtest_chart

        return backtest_chart(self, predictors)

    def to_json(self) -> str:
        """The document of the back-test (schema ``tocsin.backtest``)."""
        return self._core.to_json()

    def __repr__(self) -> str:
        lines = [f"Backtest: {self._summary()}"]
        lines += ["  " + "  ".join(cells) for cells in self._rows()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head, *rows = self._rows()
        heads = "".join(f"<th>{html.escape(cell.strip())}</th>" for cell in head)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell.strip())}</td>" for cell in cells) + "</tr>" for cells in rows
        )
        caption = html.escape(self._summary())
        return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"

    def _summary(self) -> str:
        counts = self.counts
        what = "onsets" if self._target == "onset" else "crises"
        days = f"{counts['positive_days']:,} of {counts['days']:,} pair-days are positive ({self.base_rate:.1%})"
        return f"{counts['onsets']:,} {what} of {counts['active_pairs']} of {counts['pairs']} pairs; {days}"

    def _rows(self) -> list[list[str]]:
        """The best first, in columns of equal width; a star marks what sees past labels."""
        raw = self._core.columns()
        order = np.argsort(-np.nan_to_num(raw["auc"], nan=-1.0), kind="stable")
        head = ["predictor", "AUC (90 %)", "AP (90 %)", "Brier skill", "slope", "recall at 4"]
        table = [head, *(self._cells(raw, int(place)) for place in order)]
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        return [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in table]

    @staticmethod
    def _cells(raw: dict[str, Any], place: int) -> list[str]:
        return [
            raw["predictor"][place] + ("*" if raw["sees_labels"][place] else ""),
            _interval(raw, "auc", place),
            _interval(raw, "ap", place),
            _number(raw["brier_skill"][place]),
            _number(raw["slope"][place], 2),
            _number(raw["recall_at_4"][place], 2),
        ]


def backtest(
    data: Any,
    onsets: Any,
    *,
    horizon_days: int = 30,
    quiet_days: int = 60,
    target: Literal["onset", "crisis"] = "onset",
    columns: Sequence[str] = ("score",),
    extra: Any = None,
    probabilities: Sequence[str] = (),
    sees_labels: Sequence[str] = (),
    militarised: Any = None,
    min_level: int = 4,
    quiet_after: Literal["start", "end"] = "start",
    warm_up_days: int = 365,
    margin_days: int = 60,
    recent_days: int = 1826,
    covered: tuple[Any, Any] | None = None,
    baselines: bool = True,
    ablation: bool = True,
    seed: int = 1,
    draws: int = 500,
    folds: int = 5,
    threads: int | None = None,
    progress: ProgressOption = None,
) -> Backtest:
    """Hold scores and plain baselines against what another source says: was it worse before what came?

    Parameters
    ----------
    data : Scores, CountPanel, or anything that `score` takes
        What is judged. The baselines are functions of the counts.
    onsets : Onsets, frame, or list of dicts
        From another source than the counts; see `read_onsets`.
    horizon_days, quiet_days : int
        A day is positive where an event begins within the horizon after it; days on which another began in the last
        ``quiet_days`` are not judged.
    target : {"onset", "crisis"}
        Whether force will begin soon, or whether a crisis is on: days from its first to its last, between adversaries;
        days of co-actors are not judged.
    columns : sequence of str
        Numeric columns of ``scores.frame()``; higher must mean worse.
    extra : frame, optional
        Numbers of your own: ``date``, ``pair`` and a column for each predictor.
    probabilities, sees_labels : sequence of str
        Columns of ``extra`` that are probabilities already, and are judged as they stand; and those that were computed
        from past onsets too, and are held against the baselines that do so.
    militarised : Onsets, frame, or list of dicts, optional
        With ``target="crisis"``: calm days within ``margin_days`` of such an event are not judged.
    min_level : int
        Events below it do not count; those without a level do.
    quiet_after : {"start", "end"}
        Whether the quiet days are counted from the last beginning of an event, or from its last day.
    warm_up_days : int
        First days of the calendar that are not judged.
    recent_days : int
        Days without an event for longer than this are hard.
    covered : (first, last), optional
        Days that the source of the onsets speaks of; by default as far as the file goes, or, for a table, the calendar.
    baselines, ablation : bool
        Judge the baselines too, and the score without each of its contributions.
    seed, draws, folds : int
        Of the draws of pairs that intervals come from, and of the pairs that the calibration is fitted on.
    threads : int, optional
        By default one per core. The result does not depend on it.
    progress : callable, bool or None
        None: a bar in terminals and notebooks, once the call has taken a second; True: at once; False: none. A function
        is called with (done, all) in place of a bar.

    Raises
    ------
    InputError
        Where nothing is positive, or nothing negative; for columns that are not there.

    Examples
    --------
    >>> import tocsin
    >>> counts = [{"date": "2024-01-01", "source": "A", "target": "B", "military": 0}]
    >>> counts += [{"date": f"2024-06-{day:02}", "source": "A", "target": "B", "military": 3} for day in range(1, 9)]
    >>> counts += [{"date": "2024-12-31", "source": "A", "target": "B", "military": 0}]
    >>> result = tocsin.backtest(
    ...     counts, [{"date": "2024-06-20", "pair": "A-B"}], horizon_days=15, quiet_days=10, warm_up_days=60, draws=0
    ... )
    >>> result.counts["positive_days"]
    15
    """
    if quiet_after not in ("start", "end"):
        raise InputError(f'quiet_after is {quiet_after!r}, expected "start" or "end"')
    onsets = as_onsets(onsets)
    forces = [] if militarised is None else as_onsets(militarised)._core
    scores = data if isinstance(data, Scores) else score(data, threads=threads, intervals="none")
    ends = onsets._covered if covered is None else calendar_days(covered)
    options = _core.BacktestOptions(
        target=target,
        horizon_days=horizon_days,
        quiet_days=quiet_days,
        is_quiet_after_end=quiet_after == "end",
        warm_up_days=warm_up_days,
        min_level=min_level,
        margin_days=margin_days,
        recent_days=recent_days,
        covered=ends,
        columns=[columns] if isinstance(columns, str) else list(columns),
        has_baselines=baselines,
        has_ablation=ablation,
        seed=seed,
        draws=draws,
        folds=folds,
        threads=threads or 0,
    )
    extras = _extras(extra, scores, probabilities, sees_labels)
    with shown(progress, "judging") as show:
        core = _core.backtest(scores._core, onsets._core, options, forces, extras, show)
    return Backtest(core, target, scores._backend)


_Extra = tuple[str, list["NDArray[np.float64]"], bool, bool]


def _extras(extra: Any, scores: Scores, probabilities: Sequence[str], sees_labels: Sequence[str]) -> list[_Extra]:
    """Columns of a frame as one array of days for each pair of the scores."""
    columns: frames.Columns = {} if extra is None else frames.columns_of(extra, "extra")[0]
    names = [name for name in columns if name not in ("date", "pair")]
    for name in (*probabilities, *sees_labels):
        if name not in names:
            raise InputError(f'extra has no column "{name}"; found {", ".join(names) or "none"}')
    if extra is None:
        return []
    for name in ("date", "pair"):
        if name not in columns:
            raise InputError(f'extra: expected a column "{name}"; found {", ".join(columns)}')
    pairs = scores._core.pairs
    first, last = scores._core.calendar
    days = frames.day_numbers(columns["date"], "extra").astype(np.int64) - first
    numbers = {pair: place for place, pair in enumerate(pairs)}
    found: dict[Any, int] = {}
    for name in columns["pair"]:
        if name not in found:
            a, b = find_pair(name, pairs)
            found[name] = numbers.get((a, b), numbers.get((b, a), -1))
    rows = np.array([found[name] for name in columns["pair"]], dtype=np.int64)
    is_inside = (rows >= 0) & (days >= 0) & (days <= last - first)
    extras: list[_Extra] = []
    for name in names:
        values = frames.numbers(columns[name], name, "extra")
        table = np.full((len(pairs), last - first + 1), np.nan)
        table[rows[is_inside], days[is_inside]] = values[is_inside]
        extras.append((name, list(table), name in probabilities, name in sees_labels))
    return extras


def _interval(raw: dict[str, Any], name: str, place: int) -> str:
    low, high = raw[f"{name}_low"][place], raw[f"{name}_high"][place]
    return _number(raw[name][place]) + ("" if math.isnan(low) else f" ({low:.3f}-{high:.3f})")


def _number(value: float, digits: int = 3) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"
