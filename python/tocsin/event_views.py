"""What can be seen of events: a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tocsin.events import Events
    from tocsin.panel import PairName

__all__ = ["EventViews"]


class EventViews:
    """The part of `Events` that shows them."""

    __slots__ = ()

    def plot(self: Events, pair: PairName | None = None, *, width: int = 720) -> Any:  # type: ignore[misc]
        """Events by day and signal: of all pairs together, or mirrored by direction for one (an Altair chart).

        Counted as `count` does by default, which `report` is not told of.

        Parameters
        ----------
        pair : str or tuple, optional
            "IND-PAK", or the two actors.
        width : int
            Of the whole chart, in pixels of 1/96 inch: 336 is a column of a paper (3.5 in), 720 a page.
        """
        from tocsin.plots import event_chart

        return event_chart(self, pair, width=width)
