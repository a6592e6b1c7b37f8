"""The page: self-contained, safe, complete, and whole or not there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

import tocsin
from tocsin import plots, report, tables


@pytest.fixture(scope="module")
def scores():
    return tocsin.score(tocsin.load_example("kashmir-2025"), intervals="all")


@pytest.fixture(scope="module")
def page(scores):
    return report.report_html(scores, "IND-PAK")


class Reader(HTMLParser):
    """Elements, attributes and visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def test_every_element_is_closed_in_order(page):
    assert Reader(page).open == []


def test_no_script_and_nothing_that_asks_for_anything(page):
    seen = Reader(page)
    assert not {"script", "link", "img", "iframe", "object", "form", "a", "base"} & set(seen.elements)
    names = {name for name, _ in seen.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("src", "href", "srcset", "action")}
    assert "url(" not in page
    assert "@import" not in page
    addresses = set(re.findall(r"https?://[^\s\"'<>)]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_policy_forbids_all_but_the_styles_of_the_page(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script" not in policy


def test_every_sentence_and_every_day_is_there(scores, page):
    text = Reader(page).text
    for sentence in scores.explain("IND-PAK").split("\n"):
        assert sentence in text
    for row in tables.day_rows(scores, "IND-PAK"):
        assert row.date in text


def test_the_parts_version_and_configuration_are_there(page):
    text = Reader(page).text
    for name in tables.CONTRIBUTIONS:
        assert name.replace("_", " ") in text
    assert f"tocsin {tocsin.__version__}" in text
    assert '"half_life_medium_days": 14.0' in text
    assert "It is not a probability" in text


def test_the_status_is_said_beside_the_score(page):
    assert "status warming up: too few days have been collected" in Reader(page).text


def test_the_chart_is_in_the_page_with_words_for_those_who_do_not_see_it(page):
    pytest.importorskip("altair")
    seen = Reader(page)
    assert seen.elements.count("figure") == 2
    labels = [
        value for name, value in seen.attributes if name == "aria-label" and value.startswith("Two charts of IND-PAK")
    ]
    assert len(labels) == seen.elements.count("svg") == 2
    assert all("38 of 100 on the last" in label for label in labels)


def test_without_the_extra_the_page_says_how_to_get_the_chart(scores, monkeypatch):
    def missing(*_: object, **__: object) -> str:
        raise tocsin.MissingExtraError(plots.HOW_TO_GET_CHARTS)

    monkeypatch.setattr(plots, "chart_svg", missing)
    seen = Reader(report.report_html(scores, "IND-PAK"))
    assert "svg" not in seen.elements
    assert 'pip install "tocsin[plot]"' in seen.text
    assert "2025-04-24" in seen.text


def test_names_are_text_and_nothing_else():
    first, second = '"><img src=x onerror=alert(1)>', "B&<b>"
    counts = {"date": ["2025-05-01"], "source": [first], "target": [second], "rhetoric": [1]}
    page = report.report_html(tocsin.score(counts), (first, second))
    seen = Reader(page)
    assert "img" not in seen.elements
    assert seen.elements.count("b") == 1  # that of the status
    assert f"{first}-{second}" in seen.text


def test_braces_in_a_name_are_text():
    counts = {"date": ["2025-05-01"], "source": ["{style}"], "target": ["{0}"], "rhetoric": [1]}
    assert "{0}-{style} on" in Reader(report.report_html(tocsin.score(counts), ("{style}", "{0}"))).text


def test_a_day_without_a_score_is_said_so(one_pair):
    acts = [2.0] + [float("nan")] * 40
    counts = one_pair(rhetoric=acts, military=acts, mediation=acts)
    counts["exposure"] = [1] + [0] * 40
    text = Reader(report.report_html(tocsin.score(counts), "IND-PAK")).text
    assert "no score" in text
    assert "status no data" in text


def test_a_long_calendar_is_cut_and_says_so(one_pair):
    text = Reader(report.report_html(tocsin.score(one_pair(rhetoric=[1.0] * 120)), "IND-PAK")).text
    assert "The last 92 of 120 days." in text


def test_the_file_is_whole_or_as_before(scores, tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    scores.report(target)
    whole = target.read_text(encoding="utf-8")
    assert whole == report.report_html(scores, "IND-PAK")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.write_text", fail)
    with pytest.raises(OSError, match="disk full"):
        scores.report(target)
    assert target.read_text(encoding="utf-8") == whole
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_scores_from_a_document_give_the_same_page(scores, page):
    assert report.report_html(tocsin.Scores.from_json(scores.to_json()), "IND-PAK") == page


def test_the_page_follows_the_reader_into_the_dark_and_onto_paper(page):
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media print" in page
    assert 'name="viewport"' in page
