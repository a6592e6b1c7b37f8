"""The page: self-contained, safe, complete, and whole or not there."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

import tocsin
from tocsin import plots, report, tables
from tocsin.report import figures

SECTIONS = (
    "What happened",
    "How sure this is",
    "What drives it",
    "What changed",
    "The ladder",
    "Mediation",
    "Data quality",
    "Day by day",
    "What the score is not",
    "Appendix: method and configuration",
)


@pytest.fixture(scope="module")
def scores():
    return tocsin.score(tocsin.load_example("kashmir-2025"), intervals="all")


@pytest.fixture(scope="module")
def page(scores):
    return report.report_html(scores)


class Reader(HTMLParser):
    """Elements, attributes and visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "input"):
            self.open.append(tag)
        if tag == "h2":
            self.headings.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        kept = {"style": self.styles, "script": self.scripts}.get(self.open[-1] if self.open else "", self.words)
        kept.append(data)
        if "h2" in self.open:
            self.headings[-1] += data

    @property
    def text(self) -> str:
        return "".join(self.words)


def test_every_element_is_closed_in_order(page):
    assert Reader(page).open == []


def test_nothing_asks_for_anything(page):
    seen = Reader(page)
    assert not {"link", "img", "iframe", "object", "form", "a", "base"} & set(seen.elements)
    names = {name for name, _ in seen.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("src", "href", "srcset", "action", "style")}
    assert "url(" not in page
    assert "@import" not in page
    addresses = set(re.findall(r"https?://[^\s\"'<>)]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_policy_lets_the_pages_own_style_and_script_run_and_nothing_else(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    seen = Reader(page)
    _data, script = seen.scripts
    for kind, content in (("style", seen.styles[0]), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_the_sections_stand_in_their_order(page):
    assert Reader(page).headings == list(SECTIONS)


def test_every_sentence_and_every_day_is_there(scores, page):
    text = Reader(page).text
    for sentence in scores.explain("IND-PAK").split("\n")[1:]:
        assert sentence in text
    for row in tables.day_rows(scores, "IND-PAK"):
        assert row.date in text


def test_it_leads_with_the_answer(page):
    text = Reader(page).text
    assert text.index("IND-PAK on 2025-05-01: 38 of 100") < text.index("IND-PAK stands at 38 on 1 May 2025") < 700


def test_what_changed_is_the_decomposition(scores, page):
    text = Reader(page).text
    for back in ("2025-04-30", "2025-04-24"):
        for sentence in scores.compare(back, "2025-05-01").sentences:
            assert sentence in text


def test_the_parts_version_and_configuration_are_there(page):
    text = Reader(page).text
    for name in tables.CONTRIBUTIONS:
        assert name.replace("_", " ") in text
    assert f"tocsin {tocsin.__version__}" in text
    assert '"half_life_medium_days": 14.0' in text
    assert "It is not a probability" in text


def test_the_status_is_said(page):
    text = Reader(page).text
    assert "The score is still warming up: it rests on 16 collected days of the 60 that it needs" in text
    assert "warming up" + tables.STATUS_MEANING["warming_up"] in text


def test_three_drawings_in_two_sizes_with_words_for_those_who_do_not_see_them(page):
    pytest.importorskip("altair")
    seen = Reader(page)
    assert seen.elements.count("figure") == 3
    labels = [
        value
        for name, value in seen.attributes
        if name == "aria-label" and value.startswith(("Two charts", "Counts", "Steps"))
    ]
    assert len(labels) == 6
    assert sum("38 of 100 on the last" in label for label in labels) == 2
    assert sum("one direction above zero" in label for label in labels) == 2


def test_the_script_knows_every_day(page):
    pytest.importorskip("altair")
    (pair,) = json.loads(Reader(page).scripts[0])
    assert list(pair["spans"]) == ["all"]
    assert pair["spans"]["all"]["dates"][0] == "2025-04-16"
    assert pair["spans"]["all"]["texts"][8].startswith("IND-PAK scores 51 of 100 on 24 April 2025")
    assert "IND > PAK: " in pair["spans"]["all"]["acts"][8]


def test_long_calendars_are_drawn_for_three_spans(one_pair):
    pytest.importorskip("altair")
    page = report.report_html(tocsin.score(one_pair(rhetoric=[1.0] * 160)))
    seen = Reader(page)
    spans = [value for name, value in seen.attributes if name == "data-range"]
    assert set(spans) == {"all", "90", "30"}
    assert len(spans) == 3 * 3 * 2
    shown = re.findall(r'data-range="(\w+)"[^>]*?(hidden)?>', page)
    assert {name for name, hidden in shown if not hidden} == {"90"}


def test_without_the_extra_the_page_says_how_to_get_the_charts(scores, monkeypatch):
    def missing(*_: object, **__: object) -> str:
        raise tocsin.MissingExtraError(plots.HOW_TO_GET_CHARTS)

    monkeypatch.setattr(figures, "chart_svg", missing)
    seen = Reader(report.report_html(scores))
    assert "figure" not in seen.elements
    assert 'pip install "tocsin[plot]"' in seen.text
    assert "2025-04-24" in seen.text


def test_names_are_text_and_nothing_else():
    first, second = '"><img src=x onerror=alert(1)>', "B&<b></script>"
    counts = {"date": ["2025-05-01"], "source": [first], "target": [second], "rhetoric": [1]}
    page = report.report_html(tocsin.score(counts), (first, second))
    seen = Reader(page)
    assert not {"img", "b"} & set(seen.elements)
    assert seen.elements.count("script") == 2
    assert f"{first}-{second}" in seen.text


def test_braces_in_a_name_are_text():
    counts = {"date": ["2025-05-01"], "source": ["{style}"], "target": ["{0}"], "rhetoric": [1]}
    assert "{0}-{style} on" in Reader(report.report_html(tocsin.score(counts), ("{style}", "{0}"))).text


def test_a_day_without_a_score_is_said_so(one_pair):
    acts = [2.0] + [float("nan")] * 40
    counts = one_pair(rhetoric=acts, military=acts, mediation=acts)
    counts["exposure"] = [1] + [0] * 40
    text = Reader(report.report_html(tocsin.score(counts))).text
    assert "no score" in text
    assert "Nothing can be said of how escalated IND-PAK is on 10 February 2025: too little was collected." in text
    assert "40 days not collected: 2025-01-02 to 2025-02-10." in text
    assert "so there is nothing to compare." in text


def test_missing_cells_and_signals_are_data_quality(one_pair):
    cells = [1.0, float("nan"), 2.0, float("nan"), 1.0]
    text = Reader(report.report_html(tocsin.score(one_pair(rhetoric=cells, military=[1.0] * 5)))).text
    assert "2 cells of rhetoric empty on collected days: not collected, not zero." in text
    assert "Not collected at all: punitive, mediation, cooperation." in text
    assert "Mediation was not collected, so nothing can be said of it." in text


def test_rows_that_were_rejected_are_told_by_reason(scores):
    rows = [{"date": "2025-04-29", "source": "IND", "target": "PAK", "code": "112"}] * 3
    events = tocsin.read_events(rows)
    text = Reader(report.report_html(scores, events=events)).text
    assert "What became of 3 rows that were read" in text
    assert "events between two named sides" in text


def test_the_first_day_has_nothing_before_it():
    counts = {"date": ["2025-05-01"], "source": ["A"], "target": ["B"], "rhetoric": [1]}
    assert Reader(report.report_html(tocsin.score(counts))).text.count("There is no such day in the calendar.") == 2


def test_a_long_calendar_is_cut_and_says_so(one_pair):
    text = Reader(report.report_html(tocsin.score(one_pair(rhetoric=[1.0] * 120)))).text
    assert "The last 92 of 120 days." in text


def test_many_pairs_have_a_map_a_table_and_sections_for_the_highest(random_panel):
    pytest.importorskip("altair")
    scores = tocsin.score(random_panel)
    seen = Reader(report.report_html(scores, top=2))
    order = scores.latest()["pair"].tolist()
    assert seen.headings[0] == "All pairs at a glance"
    assert [heading.partition(":")[0] for heading in seen.headings[1:3]] == order[:2]
    assert all(pair in seen.text for pair in order)
    assert f"{len(order)} pairs on 2024-03-10" in seen.text


def test_the_file_is_whole_or_as_before(scores, tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    scores.report(target)
    whole = target.read_text(encoding="utf-8")
    assert whole == report.report_html(scores)

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.write_text", fail)
    with pytest.raises(OSError, match="disk full"):
        scores.report(target)
    assert target.read_text(encoding="utf-8") == whole
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_scores_from_a_document_give_a_page_without_counts(scores):
    text = Reader(report.report_html(tocsin.Scores.from_json(scores.to_json()))).text
    assert "IND-PAK on 2025-05-01: 38 of 100" in text
    assert "read from a document, which holds no counts" in text


def test_the_page_follows_the_reader_into_the_dark_and_onto_paper(page):
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media print" in page
    assert 'name="viewport"' in page
