"""A browser without a network, and pages that tell what went wrong in them."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

import tocsin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SCRIPT_NAME = "<script>window.injected = 1</script>"
RTL_NAME = "\u0641\u0644\u0633\u0637\u064a\u0646"  # five Arabic letters and more: it runs from right to left
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Opened:
    """A page, and what it complained of or asked for since it was opened."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def serious_findings(self) -> list[str]:
        found = Axe().run(self.page).response["violations"]
        return [
            f"{each['id']}: {each['nodes'][0]['html'][:120]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, f"no browser found; looked for {', '.join(NAMES)}"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def opened(path: Path, **options: Any) -> Opened:
        context = browser.new_context(offline=True, **({"viewport": {"width": 1100, "height": 900}} | options))
        contexts.append(context)
        seen = Opened(context.new_page())
        seen.page.on(
            "console", lambda said: seen.complaints.append(said.text) if said.type in ("error", "warning") else 0
        )
        seen.page.on("pageerror", lambda fault: seen.complaints.append(str(fault)))
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.goto(path.as_uri())
        seen.requests.remove(path.as_uri())
        return seen

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def example() -> tocsin.Scores:
    return tocsin.score(tocsin.load_example("kashmir-2025"), intervals="all")


def counts(pairs: list[tuple[str, str]], days: int) -> list[dict[str, Any]]:
    """A war that begins halfway, with a gap, for each pair a little later."""
    rows = []
    for number, (source, target) in enumerate(pairs):
        for day in range(days):
            if 20 <= day < 25:
                continue
            is_war = day > days // 2 + 5 * number
            date = (dt.date(2025, 1, 1) + dt.timedelta(days=day)).isoformat()
            row = {"date": date, "rhetoric": 1 + day % 3 * is_war, "military": (day % 4) * is_war, "punitive": 0}
            rows.append(row | {"source": source, "target": target, "mediation": day % 9 == 0, "exposure": 1})
            rows.append(row | {"source": target, "target": source, "mediation": 0, "exposure": 1, "rhetoric": day % 2})
    for day in range(20, 25):
        source, target = pairs[0]
        date = (dt.date(2025, 1, 1) + dt.timedelta(days=day)).isoformat()
        rows.append({"date": date, "source": source, "target": target, "exposure": 0})
    return [{name: int(v) if isinstance(v, bool) else v for name, v in row.items()} for row in rows]


@pytest.fixture(scope="session")
def long_scores() -> tocsin.Scores:
    """200 days of one pair."""
    return tocsin.score(counts([("IND", "PAK")], 200), intervals="all")


@pytest.fixture(scope="session")
def hostile_scores() -> tocsin.Scores:
    """A pair whose names are markup and run from right to left."""
    return tocsin.score(counts([(SCRIPT_NAME, RTL_NAME)], 60))


@pytest.fixture(scope="session")
def many_scores() -> tocsin.Scores:
    return tocsin.score(counts([("IND", "PAK"), ("ISR", "LBN"), ("IRN", "IRQ"), (SCRIPT_NAME, RTL_NAME)], 120))
