"""Draw the pictures of README.md and the documentation into docs/images.

Run as: python tools/draw_images.py (needs the package with its charts; for the pictures of the report also Playwright
and Chromium). Look at every picture before it is committed.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

import tocsin
from tocsin import plots

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIGHTS = {
    "report": {"viewport": {"width": 900, "height": 1350}, "color_scheme": "light"},
    "report-dark": {"viewport": {"width": 900, "height": 1350}, "color_scheme": "dark"},
    "report-phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 1.5},
}


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    events = tocsin.load_example_events("kashmir-2025")
    scores = tocsin.score(events.count(pairs=["IND-PAK"]), intervals="all")
    draw_charts(scores, events)
    draw_tutorial()
    draw_terminal()
    draw_report(scores, events)
    for path in sorted(IMAGES.iterdir()):
        print(f"{path.stat().st_size / 1024:6.0f} kB  {path.name}")


def draw_charts(scores: tocsin.Scores, events: tocsin.Events) -> None:
    """One chart of each kind."""
    charts = {
        "kashmir-2025": scores.plot(),
        "chart-paper-width": scores.plot(width=336),
        "chart-ladder": scores.plot_ladder(),
        "chart-events": events.plot(),
        "chart-pairs": tocsin.score(made_up_counts(), intervals="none").plot_pairs(top=12),
        "chart-backtest": made_up_backtest().plot(),
    }
    for name, chart in charts.items():
        (IMAGES / f"{name}.svg").write_text(plots.chart_svg(chart), encoding="utf-8")


def made_up_counts() -> list[dict[str, Any]]:
    """Twelve pairs for fourteen weeks, each with a crisis of its own length: for the picture only, and nothing real."""
    rows = []
    for number in range(12):
        begin, length = 12 + 6 * number, 10 + 6 * (number % 5)
        for day in range(98):
            is_crisis = begin <= day < begin + length
            date = (dt.date(2024, 1, 1) + dt.timedelta(days=day)).isoformat()
            row = {"date": date, "military": (1 + number % 3) * is_crisis, "mediation": int(day % 11 == 0)}
            names = (f"A{number + 1}", f"B{number + 1}")
            for source, target in (names, names[::-1]):
                rows.append(row | {"source": source, "target": target, "rhetoric": int(day % 9 == 0) + 2 * is_crisis})
    return rows


def made_up_backtest() -> tocsin.Backtest:
    """Of simulated pairs, as in README.md."""
    made = tocsin.simulate_crisis(kind="mixed", pairs=12, days=900)
    return tocsin.backtest(tocsin.score(made.panel), made.onsets)


def draw_tutorial() -> None:
    """The chart of the table that stands in the tutorial."""
    page = (IMAGES.parent / "tutorial.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^```text\n(date,.*?)^```", page, flags=re.MULTILINE | re.DOTALL)
    scores = tocsin.score(io.StringIO(table), intervals="all")
    (IMAGES / "tutorial.svg").write_text(plots.chart_svg(scores.plot()), encoding="utf-8")


def draw_terminal() -> None:
    """What `tocsin demo` prints."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tocsin.cli", "demo"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        printed = done.stdout.replace(str(Path(folder).resolve()), "/home/you")
    console = Console(record=True, width=120, file=io.StringIO())
    console.print(Text("$ tocsin demo", style="bold"))
    console.print(Text(printed))
    picture = console.export_svg(title="tocsin demo", unique_id="demo")
    # The picture asks nobody for a typeface.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    (IMAGES / "terminal.svg").write_text(picture.replace("Fira Code", "monospace"), encoding="utf-8")


def draw_report(scores: tocsin.Scores, events: tocsin.Events) -> None:
    """The report on a screen, in the dark and on a telephone."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("no pictures of the report: Playwright is not installed")
        return
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "report.html"
        scores.report(page, events=events)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, options in SIGHTS.items():
            sight = browser.new_context(offline=True, **options).new_page()
            sight.goto(page.as_uri())
            sight.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
