"""Run by the kernel of each notebook that goes into the documentation: charts come as SVG, which needs no script."""

import altair as alt
from IPython import get_ipython


def _drawing(chart, include=None, exclude=None):  # noqa: ARG001 - the form that IPython calls
    from tocsin.plots import chart_svg

    return {"image/svg+xml": chart_svg(chart), "text/plain": repr(chart)}


alt.renderers.enable("svg")
get_ipython().display_formatter.mimebundle_formatter.for_type_by_name("tocsin.plots.theme", "OfflineChart", _drawing)
