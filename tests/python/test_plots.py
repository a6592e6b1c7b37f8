"""Charts: they show the numbers of the scores, and say what is less than reliable."""

from __future__ import annotations

import importlib
import io
import json
import math
import re
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest

import tocsin
from tocsin import plots, tables
from tocsin.plots import days, theme

pytest.importorskip("altair")
pytest.importorskip("vl_convert")


@pytest.fixture(scope="module")
def scores():
    return tocsin.score(tocsin.load_example("kashmir-2025"), intervals="all")


@pytest.fixture(scope="module")
def drawn(scores):
    return scores.plot("IND-PAK").to_dict()


def layers(specification: dict, panel: int) -> list[tuple[str, dict, list[dict]]]:
    """Kind of mark, encoding and data of each layer; data may stand with the panel or the chart."""
    shown = specification["vconcat"][panel]

    def values(layer: dict) -> list[dict]:
        data = next(each["data"] for each in (layer, shown, specification) if "data" in each)
        return data["values"] if "values" in data else specification["datasets"][data["name"]]

    return [(layer["mark"]["type"], layer["encoding"], values(layer)) for layer in shown.get("layer", [shown])]


def data_of(specification: dict, panel: int, mark: str) -> list[dict]:
    return next(rows for kind, _, rows in layers(specification, panel) if kind == mark)


def test_the_line_is_the_score(scores, drawn):
    line = data_of(drawn, 0, "line")
    frame = scores.frame("IND-PAK")
    assert [row["score"] for row in line] == frame["score"].tolist()
    assert [row["score_low"] for row in line] == frame["score_low"].tolist()
    assert [row["date"] for row in line] == frame["date"].dt.strftime("%Y-%m-%d").tolist()


def test_every_day_has_its_sentence(drawn):
    said = {row["date"]: row["sentence"] for row in data_of(drawn, 0, "line")}
    assert said["2025-04-24"].startswith("IND-PAK scores 51 of 100 on 24 April 2025 (90 % interval ")


def test_the_parts_are_stacked_up_to_the_score(scores, drawn):
    ((_, _, parts),) = layers(drawn, 1)
    tops: dict[str, float] = {}
    for row in parts:
        assert row["bottom"] == tops.get(row["date"], 0)
        assert row["top"] == row["bottom"] + row["points"]
        tops[row["date"]] = row["top"]
    assert list(tops.values()) == pytest.approx(scores.frame("IND-PAK")["score"].tolist(), abs=1e-9)


def test_counts_are_those_of_the_panel_mirrored_by_direction(example, drawn):
    frame = example.frame()
    bars = next(rows for kind, encoding, rows in layers(drawn, 2) if kind == "rect" and "color" in encoding)
    for signal in ("rhetoric", "military", "punitive", "cooperation"):
        for source, target, sign in (("IND", "PAK", 1), ("PAK", "IND", -1)):
            cells = frame[(frame["source"] == source) & (frame["target"] == target) & (frame[signal] > 0)]
            expected = dict(zip(cells["date"].dt.strftime("%Y-%m-%d"), cells[signal], strict=True))
            shown = [row for row in bars if row["signal"] == signal and row["direction"] == f"{source} > {target}"]
            assert {row["date"]: row["acts"] for row in shown} == expected
            assert all(math.copysign(1, row["top"]) == sign for row in shown)
    mediated = frame[frame["mediation"] > 0].groupby("date")["mediation"].sum()
    marks = data_of(drawn, 2, "point")
    assert [row["acts"] for row in marks] == pytest.approx(mediated.tolist())


def test_scores_of_a_document_have_no_counts_to_draw(scores):
    read = tocsin.Scores.from_json(scores.to_json())
    assert read.panel is None
    assert len(read.plot().to_dict()["vconcat"]) == 2


def test_the_panels_are_zoomed_together(drawn):
    (zoom,) = [each for each in drawn["params"] if each.get("bind") == "scales"]
    assert len({view.rpartition("_")[0] for view in zoom["views"]}) == 3
    assert zoom["select"]["encodings"] == ["x"]
    assert "ctrlKey" in zoom["select"]["zoom"], "the wheel alone scrolls the page"


def test_bands_and_their_names_are_drawn(scores):
    rules = [row for kind, _, rows in layers(scores.plot().to_dict(), 0) if kind == "rule" for row in rows]
    assert {row["bottom"]: row["name"] for row in rules} == plots.THRESHOLDS
    own = plots.score_chart(scores, "IND-PAK", thresholds={60: "alarm"}).to_dict()
    assert [(row["bottom"], row["top"]) for kind, _, rows in layers(own, 0) if kind == "rule" for row in rows] == [
        (60, 100)
    ]


def test_colours_are_told_apart_without_red_and_green(drawn):
    colour = layers(drawn, 1)[0][1]["color"]["scale"]
    assert colour["domain"] == [name.replace("_", " ") for name in tables.CONTRIBUTIONS]
    for palette in (theme.PARTS, theme.SIGNALS):
        seen = [deuteranope(value) for value in palette.values()]
        distances = [np.linalg.norm(a - b) for place, a in enumerate(seen) for b in seen[:place]]
        assert min(distances) > 0.1


def deuteranope(colour: str) -> np.ndarray:
    """Linear RGB as seen without the cones for green (Vienot, Brettel and Mollon 1999)."""
    rgb = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]) ** 2.2
    return np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]) @ rgb


def test_days_that_warm_up_are_shaded_and_named(drawn):
    (span,) = [row for kind, _, rows in layers(drawn, 0) if kind == "rect" for row in rows if "label" in row]
    assert span["label"] == "warming up"
    assert (span["end"] - span["day"]) / theme.DAY == 16


def test_a_gap_is_a_gap_and_not_a_zero(one_pair):
    acts = [2.0] * 5 + [float("nan")] * 40 + [2.0] * 5
    counts = one_pair(rhetoric=acts, military=acts, mediation=acts)
    counts["exposure"] = [1] * 5 + [0] * 40 + [1] * 5
    shown = tocsin.score(counts, intervals="all").plot("IND-PAK").to_dict()
    line = [row["score"] for row in data_of(shown, 0, "line")]
    assert line[40] is None
    assert line[4] > 0
    assert "no data" in {row["status"] for row in data_of(shown, 0, "rect") if "status" in row} | {
        row.get("status") for kind, _, rows in layers(shown, 0) if kind == "rect" for row in rows
    }
    gaps = [row for kind, _, rows in layers(shown, 2) if kind == "rect" for row in rows if row.get("status")]
    assert [(row["end"] - row["day"]) / theme.DAY for row in gaps] == [40]


def test_axes_have_titles_with_units(drawn):
    titles = [
        {encoding["y"].get("title") for _, encoding, _ in layers(drawn, panel) if isinstance(encoding.get("y"), dict)}
        for panel in range(3)
    ]
    assert "points of 100" in titles[0]
    assert titles[1] == {"points of 100"}
    assert "acts a day" in titles[2]
    assert layers(drawn, 2)[-1][1]["x"]["title"] == "day (UTC)"


@pytest.mark.parametrize("width", [336, 720, 1100])
def test_a_chart_is_as_wide_as_asked(scores, width):
    for chart in (scores.plot(width=width), scores.plot_ladder(width=width), scores.plot_pairs(width=width)):
        root = ET.fromstring(plots.chart_svg(chart))
        assert width - 45 <= float(root.get("width")) <= width + 2


@pytest.mark.parametrize("width", [0, 199, 336.0, True, "wide"])
def test_a_width_that_is_none_is_refused(scores, width):
    with pytest.raises(tocsin.InputError, match=r"width is .*expected a whole number >= 200"):
        scores.plot(width=width)


def test_the_ladder_names_its_steps(scores):
    shown = scores.plot_ladder().to_dict()
    _, encoding, rows = layers(shown, 0)[0]
    for name in plots.RUNGS[1:]:
        assert name in encoding["y"]["axis"]["labelExpr"]
    steps = scores.frame()["rung"].tolist()
    lengths = [round((row["end"] - row["day"]) / theme.DAY) for row in rows]
    assert [row["rung"] for row, length in zip(rows, lengths, strict=True) for _ in range(length)] == steps


def test_pairs_stand_by_score_and_cells_are_their_scores(two_pair_scores):
    shown = two_pair_scores.plot_pairs().to_dict()
    ((_, encoding, cells),) = layers(shown, 0)
    assert encoding["y"]["scale"]["domain"] == two_pair_scores.latest()["pair"].tolist() == ["C-D", "A-B"]
    frame = two_pair_scores.frame().dropna(subset="score")
    expected = {(row.pair, str(row.date)[:10]): row.score for row in frame.itertuples()}
    assert {(row["pair"], row["date"]): row["score"] for row in cells} == expected


def test_only_the_highest_pairs_are_shown_and_the_chart_says_so(two_pair_scores):
    shown = two_pair_scores.plot_pairs(top=1).to_dict()
    assert "The highest 1 of 2 pairs" in " ".join(shown["vconcat"][0]["title"]["subtitle"])
    with pytest.raises(tocsin.InputError, match="top is 0"):
        two_pair_scores.plot_pairs(top=0)


def test_many_days_are_drawn_as_weeks_and_the_chart_says_so(one_pair):
    shown = tocsin.score(
        one_pair(**{name: [1.0, 0.0] * 1500 for name in ("rhetoric", "military", "mediation")}), intervals="none"
    )
    specification = shown.plot().to_dict()
    line = data_of(specification, 0, "line")
    assert len(line) == math.ceil(3000 / 7)
    assert "3,000 days: each step is the highest day of a week." in " ".join(
        specification["vconcat"][0]["title"]["subtitle"]
    )
    assert "each bar is the sum of a week" in " ".join(specification["vconcat"][2]["title"]["subtitle"])
    score = shown.frame()["score"].to_numpy()
    assert [row["score"] for row in line[:-1]] == [score[start : start + 7].max() for start in range(0, 2996, 7)]
    bars = next(rows for kind, encoding, rows in layers(specification, 2) if kind == "rect" and "color" in encoding)
    assert sum(row["acts"] for row in bars) == 3000


def test_more_cells_than_can_be_seen_are_drawn_together(make_records):
    # Ten pairs on twenty years of days: 73,000 cells.
    first, last = "2010-01-01", "2029-12-31"
    panel = tocsin.CountPanel.read(make_records(3, actors=5, days=40), calendar=(first, last))
    scores = tocsin.score(panel, intervals="none")
    shown = scores.plot_pairs(width=720).to_dict()
    ((_, _, cells),) = layers(shown, 0)
    assert len(cells) <= 20_000
    assert "each cell is the highest day of" in " ".join(shown["vconcat"][0]["title"]["subtitle"])


@pytest.mark.parametrize(("total", "length"), [(1, 1), (1500, 1), (1501, 7), (10_500, 7), (10_501, 28), (146_097, 98)])
def test_spans_are_days_weeks_or_several_weeks(total, length):
    assert days.bin_length(total) == length
    assert math.ceil(total / length) <= days.MOST_MARKS


def test_events_are_drawn_without_being_counted_anew():
    events = tocsin.load_example_events("kashmir-2025")
    shown = events.plot("IND-PAK").to_dict()
    assert "count" not in events.report
    bars = next(rows for kind, encoding, rows in layers(shown, 0) if kind == "rect" and "color" in encoding)
    frame = events.count(pairs=["IND-PAK"]).frame()
    hostile = frame[["rhetoric", "military", "punitive", "cooperation"]].to_numpy().sum()
    assert sum(row["acts"] for row in bars) == hostile
    everything = events.plot().to_dict()
    assert "All pairs together." in " ".join(everything["vconcat"][0]["title"]["subtitle"])


def test_the_image_is_svg_without_script_or_links(scores):
    root = ET.fromstring(plots.chart_svg(scores.plot()))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "image", "a", "foreignObject", "use", "style"}


def test_the_image_is_the_same_every_time(scores):
    assert plots.chart_svg(scores.plot()) == plots.chart_svg(scores.plot())


@pytest.mark.parametrize(
    ("kind", "begin"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<svg"), ("html", b"<!DOCTYPE")]
)
def test_a_chart_is_saved_without_a_browser(scores, tmp_path, kind, begin):
    target = tmp_path / f"chart.{kind}"
    scores.plot_ladder().save(target)
    assert target.read_bytes().startswith(begin)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_figure_of_a_paper_is_as_wide_as_its_column(scores, tmp_path):
    scores.plot_ladder(width=336).save(tmp_path / "figure.pdf")
    box = re.search(rb"MediaBox ?\[0 0 ([\d.]+) ", (tmp_path / "figure.pdf").read_bytes())
    assert 3.0 < float(box[1]) / 72 <= 3.52  # inches


def test_a_saved_page_asks_nobody_for_anything(scores, tmp_path):
    scores.plot().save(tmp_path / "chart.html")
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert "<script src" not in page
    assert "<link" not in page
    assert "vegaEmbed" in page


def test_a_chart_stays_a_chart_that_saves_itself_when_it_is_changed(scores):
    changed = scores.plot().properties(title="mine")
    assert "<iframe srcdoc" in changed._repr_mimebundle_()["text/html"]
    buffer = io.StringIO()
    changed.save(buffer, format="json")
    assert json.loads(buffer.getvalue())["title"] == "mine"


def test_charts_beside_each_other_work_offline_too(tmp_path):
    alt = pytest.importorskip("altair")
    one = alt.Chart(alt.Data(values=[{"a": 1, "b": 2}])).mark_line().encode(x="a:Q", y="b:Q").properties(height=300)
    chart = theme.side_by_side([one, one], width=700, description="two")
    chart.save(tmp_path / "chart.html")
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert "<script src" not in page
    assert "Drag to move" not in page, "nothing is zoomed"
    assert "height:540px" in chart._repr_mimebundle_()["text/html"]


def test_a_folder_that_takes_nothing_is_one_clear_error(scores, tmp_path):
    for target in (tmp_path / "no" / "chart.svg", tmp_path / "no" / "report.html"):
        with pytest.raises(
            tocsin.InputError, match=r"cannot be written .*is the folder there and writable\?"
        ) as caught:
            scores.plot_ladder().save(target) if target.suffix == ".svg" else scores.report(target)
        assert "\n" not in str(caught.value)
        assert "part" not in str(caught.value)


def test_scores_without_intervals_are_drawn(example):
    image = plots.chart_svg(tocsin.score(example, intervals="none").plot())
    assert "IND-PAK" in image
    assert "NaN" not in image


def test_markup_in_a_name_stays_text(tmp_path):
    counts = {"date": ["2025-05-01"], "source": ["<script>alert(1)</script>"], "target": ["B"], "rhetoric": [1]}
    chart = tocsin.score(counts).plot()
    image = plots.chart_svg(chart)
    assert "<script>" not in image
    ET.fromstring(image)
    chart.save(tmp_path / "chart.html")
    assert "<script>alert" not in (tmp_path / "chart.html").read_text(encoding="utf-8")


def test_a_name_from_right_to_left_is_isolated():
    assert theme.isolated("IND") == "IND"
    assert theme.isolated("\u0641\u0644") == "\u2068\u0641\u0644\u2069"


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_a_missing_extra_is_an_import_error_that_says_how_to_get_it(scores, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else real(name))
    for show in (scores.plot, scores.plot_ladder, scores.plot_pairs):
        with pytest.raises(tocsin.MissingExtraError, match=r'pip install "tocsin\[plot\]"') as caught:
            plots.chart_svg(show())
        assert isinstance(caught.value, ImportError)
        assert "\n" not in str(caught.value)


def test_plot_of_several_pairs_asks_which(two_pair_scores):
    with pytest.raises(tocsin.InputError, match=r"say which, as in plot_ladder\('A-B'\)"):
        two_pair_scores.plot_ladder()


@pytest.fixture
def two_pair_scores():
    rows = [{"date": f"2025-05-0{day}", "source": "A", "target": "B", "rhetoric": 1} for day in (1, 2)]
    return tocsin.score([*rows, {"date": "2025-05-02", "source": "C", "target": "D", "rhetoric": 5, "military": 4}])
