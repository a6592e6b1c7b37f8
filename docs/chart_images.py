"""Run by the kernel of each notebook that goes into the documentation: charts come as SVG, which needs no script."""

import altair as alt

alt.renderers.enable("svg")
