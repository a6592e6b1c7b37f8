"""Run by the kernel of each notebook that goes into the documentation: charts come as SVG, which needs no script."""

import altair

altair.renderers.enable("svg")
