"""C18: what part of the news is it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class AttentionShare:
    """Share of all events of a day, with a 5-95 % interval."""

    share: Floats
    low: Floats
    high: Floats


def attention_share(y: ArrayLike, total: ArrayLike, *, prior: tuple[float, float] = (2, 98)) -> AttentionShare:
    """What part of everything that was reported on a day is it? Beta(prior[0] + y, prior[1] + total - y) (C18).

    It tells a rise of the acts from a rise of the news: where the counts double and the share stays, the source grew.

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    total : (T,) array
        Events of the whole source a day, those in `y` among them.
    prior : (float, float)
        Events in and out of the share that are believed before the day is seen.

    Examples
    --------
    >>> print(round(attention_share([12], [300]).share[-1], 6))
    0.035
    """
    acts, others = prior
    return AttentionShare(**_core.attention_share(series(y, "y"), series(total, "total"), acts, others))
