"""The report as a reader meets it: it works offline, shows what is pointed at, and stays readable in every form."""

from __future__ import annotations

import itertools

import pytest

import tocsin

# As in conftest.py.
SCRIPT_NAME = "<script>window.injected = 1</script>"
RTL_NAME = "\u0641\u0644\u0633\u0637\u064a\u0646"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="session")
def example_page(folder, example):
    example.report(folder / "example.html", events=tocsin.load_example_events("kashmir-2025"))
    return folder / "example.html"


@pytest.fixture(scope="session")
def long_page(folder, long_scores):
    long_scores.report(folder / "long.html")
    return folder / "long.html"


@pytest.fixture(scope="session")
def hostile_page(folder, hostile_scores):
    hostile_scores.report(folder / "hostile.html")
    return folder / "hostile.html"


@pytest.fixture(scope="session")
def many_page(folder, many_scores):
    many_scores.report(folder / "many.html", top=3)
    return folder / "many.html"


def hover(opened, kind: int = 0, share: float = 0.5) -> str:
    """Point at a chart that is seen, and give what the page says of the day."""
    plot = opened.page.locator(".plot:visible").nth(kind)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    left, right = (float(plot.get_attribute(f"data-{side}")) for side in ("left", "right"))
    opened.page.mouse.move(box["x"] + box["width"] * (left + share * (right - left)), box["y"] + box["height"] / 3)
    return opened.page.locator("#tip").inner_text() if opened.page.locator("#tip").is_visible() else ""


@pytest.mark.parametrize("name", ["example_page", "long_page", "hostile_page", "many_page"])
def test_nothing_is_asked_for_and_nothing_goes_wrong(name, request, open_page):
    opened = open_page(request.getfixturevalue(name))
    for kind in range(opened.page.locator(".plot:visible").count()):
        hover(opened, kind)
    opened.page.locator("#theme").click()
    assert opened.requests == []
    assert opened.complaints == []


def test_the_day_that_is_pointed_at_is_said(example_page, open_page):
    opened = open_page(example_page)
    # Day 8 of 16 is 24 April.
    said = hover(opened, share=8.5 / 16)
    assert "IND-PAK scores 51 of 100 on 24 April 2025" in said
    assert "IND > PAK: " in said
    assert hover(opened, kind=1, share=0.5 / 16).startswith("IND-PAK scores 11 of 100 on 16 April 2025")
    opened.page.mouse.move(5, 5)
    assert not opened.page.locator("#tip").is_visible()


def test_all_charts_mark_the_same_day(example_page, open_page):
    opened = open_page(example_page)
    hover(opened, share=8.5 / 16)
    marks = opened.page.locator(".plot:visible .cursor")
    assert marks.count() == 3
    for place in range(3):
        plot = opened.page.locator(".plot:visible").nth(place)
        left, right = (float(plot.get_attribute(f"data-{side}")) for side in ("left", "right"))
        box, mark = plot.bounding_box(), marks.nth(place).bounding_box()
        assert (mark["x"] - box["x"]) / box["width"] == pytest.approx(left + 8.5 / 16 * (right - left), abs=0.003)


def test_the_mark_stands_on_its_day(example_page, open_page):
    """The column of 24 April is the highest of the chart: the mark must run through the point of the score there."""
    opened = open_page(example_page)
    hover(opened, share=8.5 / 16)
    plot = opened.page.locator(".plot:visible").first
    mark = plot.locator(".cursor").bounding_box()
    points = plot.locator(".mark-symbol path")
    boxes = [points.nth(place).bounding_box() for place in range(points.count())]
    highest = min(boxes, key=lambda box: box["y"])
    assert mark["x"] == pytest.approx(highest["x"] + highest["width"] / 2, abs=2)


def test_days_are_reached_with_the_keyboard(example_page, open_page):
    opened = open_page(example_page)
    slider = opened.page.get_by_role("slider", name="Day")
    slider.focus()
    output = opened.page.locator(".day output")
    assert "1 May 2025" in output.inner_text()
    opened.page.keyboard.press("ArrowLeft")
    assert "30 April 2025" in output.inner_text()
    assert slider.get_attribute("aria-valuetext") == "2025-04-30"
    opened.page.keyboard.press("Home")
    assert "16 April 2025" in output.inner_text()


def test_charts_zoom_to_the_last_days(long_page, open_page):
    opened = open_page(long_page)
    # A long calendar opens on its last 90 days.
    assert opened.page.get_by_role("button", name="Last 90").get_attribute("aria-pressed") == "true"
    assert "2025-04-2" in opened.page.locator(".day output").inner_text() or hover(opened, share=0.001)
    opened.page.get_by_role("button", name="Last 30").click()
    assert {plot.get_attribute("data-range") for plot in opened.page.locator(".plot:visible").all()} == {"30"}
    assert "on 20 June 2025" in hover(opened, share=0.5 / 30)
    opened.page.get_by_role("button", name="All days").click()
    assert "on 1 January 2025" in hover(opened, share=0.5 / 200)
    assert opened.page.locator(".plot:visible").count() == 3


def test_the_theme_is_chosen_by_hand_and_by_the_system(example_page, open_page):
    def ground(opened) -> str:
        return opened.page.evaluate("getComputedStyle(document.body).backgroundColor")

    opened = open_page(example_page, color_scheme="light")
    light = ground(opened)
    button = opened.page.locator("#theme")
    button.click()
    assert button.inner_text() == "Theme: light"
    assert ground(opened) == light
    button.click()
    assert button.inner_text() == "Theme: dark"
    dark = ground(opened)
    assert dark != light
    button.click()
    assert ground(opened) == light
    assert ground(open_page(example_page, color_scheme="dark")) == dark


@pytest.mark.parametrize(("scheme", "clicks"), [("light", 0), ("dark", 0), ("dark", 1), ("light", 2)])
def test_on_paper_there_are_no_buttons_and_dark_text(example_page, open_page, scheme, clicks):
    opened = open_page(example_page, color_scheme=scheme)
    for _ in range(clicks):
        opened.page.locator("#theme").click()
    opened.page.emulate_media(media="print")
    for name in (".bar", ".day", "#tip"):
        assert not opened.page.locator(name).is_visible()
    assert opened.page.locator(".plot:visible").count() == 3
    assert opened.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = opened.page.pdf(format="A4")
    assert paper.startswith(b"%PDF")


def test_the_print_button_prints(example_page, open_page):
    opened = open_page(example_page)
    opened.page.evaluate("window.print = () => { window.printed = true; }")
    opened.page.locator("#print").click()
    assert opened.page.evaluate("window.printed") is True


@pytest.mark.parametrize("name", ["hostile_page", "many_page"])
def test_a_script_for_a_name_stays_text(name, request, open_page):
    opened = open_page(request.getfixturevalue(name))
    hover(opened)
    assert opened.page.evaluate("window.injected") is None
    assert SCRIPT_NAME in opened.page.locator("main").inner_text()
    assert opened.page.locator("main script").count() == 0
    assert SCRIPT_NAME in opened.page.locator("bdi").all_inner_texts()


def test_a_name_from_right_to_left_does_not_turn_its_line(hostile_page, open_page):
    opened = open_page(hostile_page)
    headline = opened.page.locator("h1")
    assert headline.locator("bdi").all_inner_texts() == [SCRIPT_NAME, RTL_NAME]
    first, second = (headline.locator("bdi").nth(place).bounding_box() for place in range(2))
    assert (first["y"], first["x"]) < (second["y"], second["x"]), "the first actor is read first"


def test_the_policy_stops_what_is_not_of_the_page(example_page, open_page):
    opened = open_page(example_page)
    opened.page.evaluate(
        "() => { const added = document.createElement('script'); added.textContent = 'window.added = 1';"
        " document.body.append(added); const image = new Image(); image.src = 'https://example.org/x.png'; }"
    )
    assert opened.page.evaluate("window.added") is None
    opened.page.wait_for_timeout(100)
    assert len(opened.complaints) == 2
    assert all("Content Security Policy" in complaint for complaint in opened.complaints)


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}])
@pytest.mark.parametrize("name", ["example_page", "hostile_page", "many_page"])
def test_a_screen_reader_meets_no_serious_obstacle(name, options, request, open_page):
    opened = open_page(request.getfixturevalue(name), **options)
    assert opened.serious_findings() == []


@pytest.mark.parametrize("name", ["example_page", "long_page", "hostile_page", "many_page"])
def test_a_phone_scrolls_in_one_direction(name, request, open_page):
    opened = open_page(request.getfixturevalue(name), viewport={"width": 390, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert {"narrow" in plot.get_attribute("class") for plot in opened.page.locator(".plot:visible").all()} == {True}


def test_without_script_everything_is_read_and_nothing_is_dead(long_page, open_page):
    opened = open_page(long_page, java_script_enabled=False)
    assert not opened.page.locator(".tools").is_visible()
    assert not opened.page.locator(".day").is_visible()
    assert opened.page.locator(".plot:visible").count() == 3
    for name in ("What happened", "How sure this is", "What drives it", "What changed", "The ladder", "Data quality"):
        assert opened.page.get_by_role("heading", name=name).is_visible()


def test_headings_are_in_order(example_page, open_page):
    opened = open_page(example_page)
    levels = opened.page.eval_on_selector_all("h1, h2, h3", "all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
