"""What all charts share: colours, type, size, and how they are shown and saved offline."""

from __future__ import annotations

import functools
import html
import importlib.util
import json
import os
import re
import warnings
from pathlib import Path
from typing import Any

from tocsin import files
from tocsin.errors import InputError, MissingExtraError

__all__ = [
    "DAY",
    "DAYS",
    "GREY",
    "HOW_TO_GET_CHARTS",
    "INK",
    "PARTS",
    "SIGNALS",
    "OfflineChart",
    "along",
    "altair",
    "chart_svg",
    "concatenated",
    "inner_width",
    "isolated",
    "offline_html",
    "panel_title",
    "point_format",
    "require_whole_number",
    "seam",
    "side_by_side",
    "time_axis",
    "zoom",
]

HOW_TO_GET_CHARTS = 'charts need Altair and vl-convert: pip install "tocsin[plot]"'

INK = "#333333"
GREY = "#767676"
# Okabe and Ito (2008): told apart by people who do not see red and green as different.
PARTS = {
    "intensity": "#0072B2",
    "momentum": "#E69F00",
    "self_sustaining": "#009E73",
    "spread": "#CC79A7",
    "restraint_deficit": "#D55E00",
}
SIGNALS = {
    "rhetoric": "#E69F00",
    "military": "#D55E00",
    "punitive": "#CC79A7",
    "mediation": "#0072B2",
    "cooperation": "#009E73",
}
DAY = 86_400_000  # milliseconds, as Vega counts time
DAYS = "day (UTC)"

_NARROW = 480  # pixels: below, type and legends are those of a column of a paper
_LEFT = 52  # pixels: title and labels of a y axis of numbers
_RIGHT = 14  # half of the last date under the plot
_HINT = "Drag to move, Ctrl + wheel to zoom, double click to see all."


def altair() -> Any:
    """Altair, or MissingExtraError with the line that gets it."""
    try:
        import altair as alt
    except ImportError:
        raise MissingExtraError(HOW_TO_GET_CHARTS) from None
    return alt


def inner_width(width: int, left: int = _LEFT) -> int:
    """Pixels between the axis and the right edge of a chart that is `width` wide in all."""
    require_whole_number(width, "width", 200, "pixels, of which a column of a paper has 336 and a page 720")
    return width - left - _RIGHT


def require_whole_number(value: Any, name: str, least: int, meaning: str) -> None:
    """Raise InputError for an argument that is none, or too small."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InputError(f"{name} is {value!r}, expected a whole number >= {least}: {meaning}")


def concatenated(panels: list[Any], *, width: int, description: str, ink: str = INK, background: str = "white") -> Any:
    """Panels below each other with the type of all charts, as a chart that shows and saves itself offline.

    Parameters
    ----------
    panels : list of charts
        Each with its own ``width`` (see `inner_width`) and ``height``.
    width : int
        Of the whole, in pixels.
    description : str
        What the chart shows, for who does not see it.
    ink, background : str
        Colours of text and ground; "currentColor" and "transparent" take those of the page around.
    """
    with warnings.catch_warnings():
        # Altair tells that panels share one zoom, which is what they are to do.
        warnings.simplefilter("ignore", UserWarning)
        # All at once: each of Altair's methods copies the chart with its data.
        return _offline_class("VConcatChart")(
            vconcat=panels,
            spacing=14,
            description=description,
            background=background,
            padding=4,
            resolve={"scale": {"color": "independent", "opacity": "independent"}},
            config=_type(width, ink),
        )


def side_by_side(panels: list[Any], *, width: int, description: str) -> Any:
    """Panels beside each other, with one legend for all; otherwise as `concatenated`."""
    return _offline_class("HConcatChart")(
        hconcat=panels, spacing=30, description=description, background="white", padding=4, config=_type(width, INK)
    )


def _type(width: int, ink: str) -> dict[str, Any]:
    """Vega-Lite's configuration. Marks need no names for a screen reader: the image as a whole has one."""
    small = width < _NARROW
    text = {"aria": False, "labelColor": ink, "titleColor": ink, "labelFontSize": 10 if small else 11}
    return {
        "aria": False,
        "font": "system-ui, 'Helvetica Neue', Arial, sans-serif",
        "mark": {"aria": False},
        "view": {"stroke": None},
        "axis": text
        | {
            "tickColor": GREY,
            "domainColor": GREY,
            "gridColor": GREY,
            "gridOpacity": 0.2,
            "titleFontWeight": "normal",
            "titleFontSize": 11 if small else 12,
        },
        "legend": text
        | {
            "titleFontSize": 10 if small else 11,
            "titleFontWeight": "normal",
            "orient": "bottom",
            "direction": "horizontal",
            "columns": max(2, width // 130),
            "columnPadding": 14,
            "offset": 8,
            "symbolType": "square",
            "symbolStrokeWidth": 0,
        },
        "title": {
            "aria": False,
            "color": ink,
            "subtitleColor": ink,
            "anchor": "start",
            "frame": "group",
            "fontSize": 12 if small else 14,
            "subtitleFontSize": 10 if small else 11,
            "fontWeight": 600,
            "offset": 8,
        },
    }


def panel_title(text: str, note: str, *, inner: int) -> Any:
    """A panel's title, and below it what a reader has to know; broken into lines that fit above the plot."""
    small = inner < _NARROW - _LEFT
    lines = _lines(note, int(inner / (5.2 if small else 5.8))) if note else []
    return altair().TitleParams(text=_lines(text, int(inner / (6.4 if small else 7.4))), subtitle=lines)


def _lines(text: str, length: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > length:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def along(field: str, title: str | None = DAYS) -> Any:
    """Days of a layer that stands on another one's axis: only one layer may say where an axis begins and ends."""
    alt = altair()
    return alt.X(f"{field}:T", title=title, scale=alt.Scale(type="utc"))


def time_axis(first: int, last: int, *, inner: int, title: str | None = DAYS) -> Any:
    """The axis of days, which the panels of a chart share.

    Parameters
    ----------
    first, last : int
        Ends of the axis, in milliseconds since 1970.
    inner : int
        Pixels between the two.
    title : str, optional
        None where a panel below has it.
    """
    alt = altair()
    days = (last - first) / DAY
    ticks = max(2, min(inner // 80, int(days)))
    form = "%-d %b" if days <= 300 else "%b %Y" if days <= 3000 else "%Y"
    return alt.X(
        "day:T",
        title=title,
        scale=alt.Scale(type="utc", domainMin=first, domainMax=last, nice=False),
        axis=alt.Axis(format=form, tickCount=ticks, labelOverlap=True, labelFlush=False, grid=False),
    )


def seam(first: int, last: int, width: int) -> int:
    """Milliseconds that a column reaches over the next: half a pixel, so that no ground shows between the two."""
    return int((last - first) / width / 2)


def zoom(alt: Any) -> Any:
    """Drag and zoom along the days, in all panels together.

    The wheel alone scrolls the page, as it must in a notebook; with Ctrl (a pinch on a touchpad) or Alt it zooms.
    """
    with_key = "wheel![event.ctrlKey || event.altKey || event.metaKey]"
    return alt.selection_interval(
        name="days", bind="scales", encodings=["x"], zoom=with_key, clear="dblclick", empty=True
    )


def point_format(name: str, title: str) -> Any:
    """A line of a tooltip with a number of points."""
    return altair().Tooltip(f"{name}:Q", title=title, format=".1f")


def isolated(name: str) -> str:
    """A name as it may stand in a line of text: one that runs from right to left does not turn the rest around."""
    if name.isascii():
        return name
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"


def chart_svg(chart: Any) -> str:
    """A chart as an SVG image, without a browser.

    Raises
    ------
    MissingExtraError
        Without vl-convert.
    """
    _require_converter()
    import vl_convert

    specification = chart.to_dict(validate=False)  # which vl-convert does again
    # A picture is not dragged; without that nothing has to be cut off at the edges of a panel.
    specification["params"] = [each for each in specification.get("params", []) if each.get("bind") != "scales"]
    image: str = vl_convert.vegalite_to_svg(specification, vl_version=_schema_version())
    # The image is one thing to a screen reader, and its page says what: its pieces have no names.
    return re.sub(r' (?:role="graphics-[a-z]+"|aria-(?:roledescription|label)="[^"]*")', "", image)


def _pdf(chart: Any) -> bytes:
    """A chart as a PDF page of its own size: pixels are 1/96 of an inch, and a PDF counts in 1/72."""
    import vl_convert

    def in_points(size: re.Match[str]) -> str:
        return f'width="{0.75 * float(size[1])}" height="{0.75 * float(size[2])}"'

    page: bytes = vl_convert.svg_to_pdf(
        re.sub(r'width="([\d.]+)" height="([\d.]+)"', in_points, chart_svg(chart), count=1)
    )
    return page


def offline_html(chart: Any) -> str:
    """A page that holds a chart and the library that draws it: nothing is loaded from anywhere."""
    _require_converter()
    import vl_convert

    bundled: Any = vl_convert.javascript_bundle  # its stub asks for an argument that has a default

    drawn = chart.to_dict()
    is_zoomed = any(each.get("bind") == "scales" for each in drawn.get("params", []))
    specification = json.dumps(drawn, separators=(",", ":")).replace("<", "\\u003c")
    title = html.escape(str(chart._kwds.get("description") or "tocsin"))
    return _PAGE.format(
        bundle=bundled(vl_version=_schema_version()),
        specification=specification,
        title=title,
        hint=_HINT if is_zoomed else "",
    )


def _schema_version() -> str:
    """Of Vega-Lite, as vl-convert names it: "6.4"."""
    version: str = altair().SCHEMA_VERSION.lstrip("v").rpartition(".")[0]
    return version


def _require_converter() -> None:
    altair()
    if importlib.util.find_spec("vl_convert") is None:
        raise MissingExtraError(HOW_TO_GET_CHARTS)


class OfflineChart:
    """The part of a chart that shows and saves it without a network; the other part is Altair's."""

    _kwds: dict[str, Any]

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
        # In a frame of its own the library meets neither that of the notebook nor its styles.
        page = html.escape(offline_html(self), quote=True)
        frame = (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts allow-downloads" loading="lazy" title="chart" '
            f'style="width:100%;height:{_shown_height(self)}px;border:0"></iframe>'
        )
        return {"text/html": frame, "text/plain": repr(self)}

    def save(self, fp: Any, format: str | None = None, **options: Any) -> None:  # noqa: A002 - Altair's name
        """Save as .html, .png, .svg, .pdf or .json; the file is whole or as it was before."""
        save: Any = super().save  # type: ignore[misc]
        if not isinstance(fp, str | os.PathLike):
            save(fp, format=format, **options)
            return
        path = Path(fp)
        kind = format or path.suffix.lstrip(".").lower()
        if kind in ("html", "png", "svg", "pdf"):
            _require_converter()
        with files.replaced(path) as beside:
            if kind in ("html", "svg"):
                beside.write_text((offline_html if kind == "html" else chart_svg)(self), encoding="utf-8")
            elif kind == "pdf":
                beside.write_bytes(_pdf(self))
            else:
                save(str(beside), format=kind, **options)

    def __repr__(self) -> str:
        return f"OfflineChart: {self._kwds.get('description') or 'panels'}"


@functools.cache
def _offline_class(name: str) -> Any:
    """Altair's chart of that name with the part that works offline. A function, because Altair is optional."""
    return type(f"Offline{name}", (OfflineChart, getattr(altair(), name)), {})


def _shown_height(chart: Any) -> int:
    """Pixels that a frame needs: panels with their titles, axes and legends."""
    stacked = "vconcat" in chart._kwds
    panels = chart._kwds["vconcat" if stacked else "hconcat"]
    tall = [height if isinstance(height := panel._kwds.get("height"), int) else 200 for panel in panels]
    return (sum(tall) + 110 * len(tall) if stacked else max(tall) + 200) + 40


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ margin: 0; background: #fff; font: 12px system-ui, sans-serif; color: #555; }}
p {{ margin: 0 0 0 4px; }} .vega-embed summary {{ z-index: 1; }}</style>
<script>{bundle}</script>
</head>
<body>
<main>
<div id="chart"></div>
<p>{hint}</p>
</main>
<script>
vegaEmbed("#chart", {specification}, {{
  renderer: "svg", actions: {{ export: true, source: false, compiled: false, editor: false }}
}}).then(() => {{
  document.querySelector("#chart summary")?.setAttribute("aria-label", "Save the chart");
  document.documentElement.dataset.drawn = "yes";
}});
</script>
</body>
</html>
"""
