"""Charts saved as pages and shown in notebooks: drawn, read and zoomed without a network."""

from __future__ import annotations

import pytest

import tocsin

pytest.importorskip("altair")

KINDS = ("score", "ladder", "pairs", "events")


@pytest.fixture(scope="session")
def pages(tmp_path_factory, example, many_scores):
    folder = tmp_path_factory.mktemp("charts")
    charts = {
        "score": example.plot(),
        "ladder": example.plot_ladder(),
        "pairs": many_scores.plot_pairs(),
        "events": tocsin.load_example_events("kashmir-2025").plot("IND-PAK"),
    }
    for name, chart in charts.items():
        chart.save(folder / f"{name}.html")
    cell = charts["score"]._repr_mimebundle_()["text/html"]
    page = f'<!DOCTYPE html><html lang="en"><title>cell</title><body>{cell}</body></html>'
    (folder / "notebook.html").write_text(page, encoding="utf-8")
    return folder


def opened_chart(pages, name, open_page, **options):
    opened = open_page(pages / f"{name}.html", **options)
    opened.page.wait_for_selector("html[data-drawn]", timeout=30_000)
    return opened


@pytest.mark.parametrize("name", KINDS)
def test_a_saved_page_is_drawn_and_says_what_is_pointed_at(name, pages, open_page):
    opened = opened_chart(pages, name, open_page)
    marks = {
        "score": ".mark-rect path",
        "events": ".mark-rect path",
        "pairs": ".mark-rect path",
        "ladder": ".mark-rect path",
    }
    found = opened.page.locator(f"#chart {marks[name]}")
    tip = opened.page.locator("#vg-tooltip-element")
    for place in range(found.count()):
        box = found.nth(place).bounding_box()
        if box and box["width"] > 3 and box["height"] > 3:
            opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            opened.page.wait_for_timeout(30)
            if tip.is_visible() and "2025" in tip.inner_text():
                break
    assert "2025" in tip.inner_text()
    assert opened.requests == []
    assert opened.complaints == []


@pytest.mark.parametrize("name", KINDS)
def test_a_saved_page_has_no_serious_obstacle(name, pages, open_page):
    assert opened_chart(pages, name, open_page).serious_findings() == []


def test_the_sentence_of_a_day_is_in_its_tooltip(pages, open_page):
    opened = opened_chart(pages, "score", open_page)
    plot = opened.page.locator("#chart svg.marks").bounding_box()
    opened.page.mouse.move(plot["x"] + 52 + (plot["width"] - 70) * 8.5 / 16, plot["y"] + 150)
    opened.page.wait_for_timeout(50)
    assert "IND-PAK scores 51 of 100 on 24 April 2025" in opened.page.locator("#vg-tooltip-element").inner_text()


def wheel(opened, *, with_ctrl: bool) -> bool:
    """Turn the wheel over the first panel; whether the page kept it from scrolling."""
    return opened.page.evaluate(
        """(ctrl) => {
          const box = document.querySelector("#chart svg.marks").getBoundingClientRect();
          const at = { clientX: box.left + 300, clientY: box.top + 120 };
          const target = document.elementFromPoint(at.clientX, at.clientY);
          const event = new WheelEvent("wheel", {...at, deltaY: -300, ctrlKey: ctrl, bubbles: true, cancelable: true});
          target.dispatchEvent(event);
          return event.defaultPrevented;
        }""",
        with_ctrl,
    )


def axis_labels(opened) -> list[list[str]]:
    """The dates under each panel."""
    return opened.page.eval_on_selector_all(
        "#chart .mark-text.role-axis-label",
        "all => all.map(axis => [...axis.querySelectorAll('text')].map(each => each.textContent))"
        ".filter(texts => texts.some(text => /Apr|May/.test(text)))",
    )


def test_the_wheel_scrolls_the_page_and_zooms_only_with_a_key(pages, open_page):
    opened = opened_chart(pages, "score", open_page)
    before = axis_labels(opened)
    assert wheel(opened, with_ctrl=False) is False
    opened.page.wait_for_timeout(100)
    assert axis_labels(opened) == before
    assert wheel(opened, with_ctrl=True) is True
    opened.page.wait_for_timeout(200)
    after = axis_labels(opened)
    assert after != before
    assert len(after) == 3
    assert after[0] == after[1] == after[2], "the panels are zoomed together"


def test_a_notebook_shows_the_chart_in_a_frame_of_its_own(pages, open_page):
    opened = open_page(pages / "notebook.html")
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-drawn]").wait_for(timeout=30_000, state="attached")
    box = opened.page.locator("iframe").bounding_box()
    inside = frame.locator("#chart svg.marks").bounding_box()
    assert inside["height"] <= box["height"], "nothing is cut off"
    assert [url for url in opened.requests if not url.startswith("about:")] == []
    assert opened.complaints == []
