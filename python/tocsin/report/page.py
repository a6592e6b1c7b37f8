"""The frame of the page: its policy, its styles and its script."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from typing import Any

__all__ = ["page_html"]


def page_html(title: str, body: str, data: Any) -> str:
    """A whole document. The policy lets exactly its own style and its own script run, and loads nothing.

    Parameters
    ----------
    title, body : str
        HTML, with every name escaped.
    data : what JSON can hold
        Read by the script: the sentences of the days.
    """
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return _PAGE.format(policy=policy, title=title, style=style, script=script, body=body, data=_json_in_html(data))


def _json_in_html(data: Any) -> str:
    """JSON that cannot end the element that it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _asset(name: str) -> str:
    return resources.files("tocsin").joinpath("data", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header class="bar">
<span class="brand">tocsin</span>
<div class="tools" hidden>
<div class="ranges" role="group" aria-label="Days that the charts show"></div>
<button type="button" id="theme">Theme: system</button>
<button type="button" id="print">Print</button>
</div>
</header>
<main>
{body}
</main>
<div id="tip" role="tooltip" hidden></div>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""
