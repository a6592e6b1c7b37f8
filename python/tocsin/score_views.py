"""What can be seen and asked of scores: sentences, comparisons, charts, the report."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, overload

from tocsin.errors import InputError
from tocsin.indicators import CrossExcitation
from tocsin.panel import CountPanel, PairName, find_pair, required_day

if TYPE_CHECKING:
    import os

    import numpy as np

    from tocsin import _core
    from tocsin.events import Events
    from tocsin.scores import Scores

__all__ = ["Comparison", "ScoreViews"]

_PARTS = ("intensity", "momentum", "self_sustaining", "spread", "restraint_deficit")


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What lies between the scores of a pair on two days. Made by `Scores.compare`; prints as its sentences.

    Attributes
    ----------
    pair : str
    date_a, date_b : numpy.datetime64
    score_a, score_b : float
        NaN where there is none.
    difference : float
        ``score_b - score_a``: the sum of `parts` in their order, bit for bit.
    parts : dict of float
        By contribution. One that could not be computed counts as 0, as it does in the score.
    whole_parts : dict of int
        The same in whole points, which sum to the difference of the whole scores.
    sentences : tuple of str
    """

    pair: str
    date_a: np.datetime64
    date_b: np.datetime64
    score_a: float
    score_b: float
    difference: float
    parts: dict[str, float]
    whole_parts: dict[str, int]
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    def __repr__(self) -> str:
        change = "no score" if math.isnan(self.difference) else f"{self.difference:+.1f}"
        return f"Comparison: {self.pair}, {self.date_a} to {self.date_b}: {change}"


class ScoreViews:
    """The part of `Scores` that shows and explains."""

    __slots__ = ()

    _core: _core.Scores
    _backend: Any

    if TYPE_CHECKING:

        def _indices(self, pair: PairName | None) -> list[int]: ...

    @property
    def panel(self) -> CountPanel | None:
        """The counts that were scored; None for scores that were read from a document."""
        core = self._core.panel
        return None if core is None else CountPanel._quiet(core, self._backend)

    def excitation(
        self,
        pair: PairName,
        date: Any = None,
        *,
        by: Literal["side", "kind"] = "side",
        window_days: int = 400,
        null_draws: int = 200,
    ) -> CrossExcitation:
        """Who draws whose acts, judged by the days up to one (C12)? Takes up to a second, mostly for the null.

        Parameters
        ----------
        pair : str or tuple
            "IND-PAK", or the two actors.
        date : date or str, optional
            By default the last day.
        by : "side" or "kind"
            All hostile acts of a side together, or words and deeds apart.
        window_days : int
            Last days that are looked at, at most 400.
        null_draws : int
            Simulated series in which no act draws another; 0: none, and then nothing may be claimed.

        Returns
        -------
        CrossExcitation
            Of `indicators.cross_excitation`, with `nodes` and `sentences`.
        """
        if by not in ("side", "kind"):
            raise InputError(f'by is {by!r}, expected "side" or "kind"')
        found, nodes, sentences = self._core.excitation(
            find_pair(pair, self._core.pairs), self._day(date), window_days, null_draws, by == "kind"
        )
        return CrossExcitation(**found, nodes=tuple(nodes), sentences=tuple(sentences))

    def slowing_down(self, pair: PairName, date: Any = None, *, window_days: int = 60) -> dict[str, float]:
        """Does the pair recover more slowly from its shocks, judged by the days up to one (C17)? Experimental.

        It is in no column and not in the score.

        Parameters
        ----------
        pair : str or tuple
            "IND-PAK", or the two actors.
        date : date or str, optional
            By default the last day.
        window_days : int
            Last days that are looked at, 5 to 400.

        Returns
        -------
        dict
            ``lag1 variance_to_mean kendall_tau p_value`` of all hostile acts, as in `indicators.slowing_down`; NaN
            until the window is full and while a day in it is missing.
        """
        return self._core.slowing_down(find_pair(pair, self._core.pairs), self._day(date), window_days)

    def explain(
        self,
        pair: PairName,
        date: Any = None,
        *,
        audience: Literal["analyst", "briefing"] = "analyst",
        excitation: bool = False,
    ) -> str:
        r"""What one day says, in sentences: each with its number, its interval, and what it is compared with.

        Parameters
        ----------
        pair : str or tuple
            "IND-PAK", or the two actors.
        date : date or str, optional
            By default the last day.
        audience : "analyst" or "briefing"
            Every number with its interval and probability; or the few that carry the day, without terms of the method.
        excitation : bool
            Also say who draws whose acts, where that may be claimed; takes about a second (see `excitation`).

        Examples
        --------
        >>> import tocsin
        >>> scores = tocsin.score(tocsin.load_example("kashmir-2025"))
        >>> print(scores.explain("IND-PAK", "2025-04-24", audience="briefing").split("\n")[0])
        IND-PAK stands at 51 on 24 April 2025, on a scale from 0 (the two do nothing to each other) to 100.
        """
        said = self._core.explain(find_pair(pair, self._core.pairs), self._day(date), audience)
        sentences = [text for _, text in said]
        if excitation:
            sentences += self.excitation(pair, date).sentences
        return "\n".join(sentences)

    @overload
    def compare(self, date_a: Any, date_b: Any, /) -> Comparison: ...
    @overload
    def compare(self, pair: PairName, date_a: Any, date_b: Any, /) -> Comparison: ...
    def compare(self, *which: Any) -> Comparison:
        """What changed from one day to another: the exact decomposition of the difference, and sentences.

        Called as ``compare(pair, date_a, date_b)``; where there is one pair, ``compare(date_a, date_b)`` does.

        Parameters
        ----------
        pair : str or tuple
            "IND-PAK", or the two actors.
        date_a, date_b : date or str
            The difference is that of the second minus the first.

        Returns
        -------
        Comparison

        Raises
        ------
        InputError
            For a pair or a day that is not there; the nearest are proposed.

        Examples
        --------
        >>> import tocsin
        >>> change = tocsin.score(tocsin.load_example("kashmir-2025")).compare("2025-04-22", "2025-04-24")
        >>> round(change.difference, 1), sum(change.parts.values()) == change.difference
        (36.0, True)
        """
        if len(which) not in (2, 3):
            raise InputError(f"compare takes a pair and two days, or two days; found {len(which)} arguments")
        pair = self._only(which[0] if len(which) == 3 else None, "compare")
        first, second = (required_day(date) for date in which[-2:])
        found = self._core.compare(pair, first, second)
        return Comparison(
            pair=f"{pair[0]}-{pair[1]}",
            date_a=_date(first),
            date_b=_date(second),
            score_a=found["score_from"],
            score_b=found["score_to"],
            difference=found["difference"],
            parts=dict(zip(_PARTS, found["parts"], strict=True)),
            whole_parts=dict(zip(_PARTS, found["whole_parts"], strict=True)),
            sentences=tuple(found["sentences"]),
        )

    def plot(self, pair: PairName | None = None, *, width: int = 720) -> Any:
        """Score, contributions and counts of a pair, day by day: an interactive Altair chart (extra ``plot``).

        Parameters
        ----------
        pair : str or tuple, optional
            May be left out where there is one.
        width : int
            Of the whole chart, in pixels of 1/96 inch: 336 is a column of a paper (3.5 in), 720 a page.
        """
        from tocsin.plots import score_chart

        return score_chart(self._whole(), self._only(pair, "plot"), width=width)

    def plot_ladder(self, pair: PairName | None = None, *, width: int = 720) -> Any:
        """The step of the escalation ladder that the pair has reached, over time (an Altair chart)."""
        from tocsin.plots import ladder_chart

        return ladder_chart(self._whole(), self._only(pair, "plot_ladder"), width=width)

    def plot_pairs(self, *, top: int = 30, width: int = 720) -> Any:
        """Heat map of pairs by day, the most escalated on top (an Altair chart).

        Parameters
        ----------
        top : int
            So many pairs are shown. Days are drawn together where there are more cells than can be seen, and the
            chart says so.
        width : int
            Of the whole chart, in pixels of 1/96 inch.
        """
        from tocsin.plots import pairs_chart

        return pairs_chart(self._whole(), top=top, width=width)

    def report(
        self, path: str | os.PathLike[str], pair: PairName | None = None, *, events: Events | None = None, top: int = 5
    ) -> None:
        """Write one self-contained page that works offline: about a pair, or about all of them.

        Parameters
        ----------
        path : path
            Should end in ``.html``.
        pair : str or tuple, optional
            Left out: a page about the only pair, or about all pairs with a section for each of the highest.
        events : Events, optional
            What the counts were made of: the page then says how many rows were rejected, and why.
        top : int
            How many pairs of many get a section of their own.
        """
        from tocsin.report import write_report

        write_report(self._whole(), path, pair, events=events, top=top)

    def _whole(self) -> Scores:
        return cast("Scores", self)

    def _day(self, date: Any) -> int:
        return self._core.calendar[1] if date is None else required_day(date)

    def _only(self, pair: PairName | None, verb: str) -> tuple[str, str]:
        pairs = self._core.pairs
        if pair is None and len(pairs) != 1:
            example = f"{pairs[0][0]}-{pairs[0][1]}" if pairs else "IND-PAK"
            raise InputError(f"there are {len(pairs)} pairs; say which, as in {verb}({example!r})")
        return pairs[0 if pair is None else self._indices(pair)[0]]


def _date(day: int) -> np.datetime64:
    import numpy as np

    return np.datetime64(day, "D")
