"""Charts (extra ``plot``): Altair charts that show themselves and are saved without a network or a browser.

A chart is an Altair chart, to change and combine as any other. In a notebook it shows itself interactively, with the
drawing library inside the page; ``chart.save`` to ``.png``, ``.svg``, ``.pdf`` or ``.html`` needs neither a browser nor
a network.
"""

from tocsin.plots.counts import counts_chart, event_chart
from tocsin.plots.ladder import RUNGS, ladder_chart
from tocsin.plots.pairs import pairs_chart
from tocsin.plots.score import THRESHOLDS, score_chart, score_only_chart
from tocsin.plots.theme import HOW_TO_GET_CHARTS, chart_svg

__all__ = [
    "HOW_TO_GET_CHARTS",
    "RUNGS",
    "THRESHOLDS",
    "chart_svg",
    "counts_chart",
    "event_chart",
    "ladder_chart",
    "pairs_chart",
    "score_chart",
    "score_only_chart",
]
