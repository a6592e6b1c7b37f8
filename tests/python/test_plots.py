"""Charts: they show the numbers of the scores, and say what is less than reliable."""

from __future__ import annotations

import importlib
import xml.etree.ElementTree as ET

import pytest

import tocsin
from tocsin import plots, tables

pytest.importorskip("altair")
pytest.importorskip("vl_convert")


@pytest.fixture(scope="module")
def scores():
    return tocsin.score(tocsin.load_example("kashmir-2025"), intervals="all")


def marks(specification: dict) -> dict[str, list[dict]]:
    """The data behind each kind of mark of the two panels."""
    datasets = specification.get("datasets", {})

    def values(layer: dict) -> list[dict]:
        data = layer["data"]
        return data["values"] if "values" in data else datasets[data["name"]]

    upper, lower = specification["vconcat"]
    layers = {layer["mark"]["type"]: values(layer) for layer in upper["layer"]}
    return layers | {"parts": values(lower)}


def test_the_line_is_the_score(scores):
    drawn = marks(scores.plot("IND-PAK").to_dict())["line"]
    frame = scores.frame("IND-PAK")
    assert [row["score"] for row in drawn] == frame["score"].tolist()
    assert [row["score_low"] for row in drawn] == frame["score_low"].tolist()
    assert [row["date"] for row in drawn] == frame["date"].dt.strftime("%Y-%m-%d").tolist()


def test_the_parts_are_stacked_up_to_the_score(scores):
    parts = marks(scores.plot("IND-PAK").to_dict())["parts"]
    tops: dict[str, float] = {}
    for row in parts:
        assert row["bottom"] == tops.get(row["date"], 0)
        assert row["top"] == row["bottom"] + row["points"]
        tops[row["date"]] = row["top"]
    assert list(tops.values()) == pytest.approx(scores.frame("IND-PAK")["score"].tolist(), abs=1e-9)


def test_every_part_has_its_own_colour(scores):
    colour = scores.plot("IND-PAK").to_dict()["vconcat"][1]["encoding"]["color"]["scale"]
    assert colour["domain"] == [name.replace("_", " ") for name in tables.CONTRIBUTIONS]
    assert len(set(colour["range"])) == len(tables.CONTRIBUTIONS)


def test_days_that_warm_up_are_shaded_and_named(scores):
    (span,) = marks(scores.plot("IND-PAK").to_dict())["rect"]
    assert span["label"] == "warming up"
    assert (span["end"] - span["day"]) / 86_400_000 == 16


def test_a_gap_is_a_gap_and_not_a_zero(one_pair):
    acts = [2.0] * 5 + [float("nan")] * 40 + [2.0] * 5
    counts = one_pair(rhetoric=acts, military=acts, mediation=acts)
    counts["exposure"] = [1] * 5 + [0] * 40 + [1] * 5
    drawn = marks(tocsin.score(counts, intervals="all").plot("IND-PAK").to_dict())
    scores = [row["score"] for row in drawn["line"]]
    assert scores[40] is None
    assert scores[4] > 0
    assert "no data" in {span["status"] for span in drawn["rect"]}


def test_axes_have_titles_with_units(scores):
    upper, lower = scores.plot("IND-PAK").to_dict()["vconcat"]
    titles = [layer["encoding"]["y"].get("title") for layer in upper["layer"] if "y" in layer["encoding"]]
    assert "points of 100" in titles
    assert lower["encoding"]["x"]["title"] == "day (UTC)"
    assert lower["encoding"]["y"]["title"] == "points"


def test_the_image_is_svg_without_script_or_links(scores):
    image = plots.chart_svg(scores, "IND-PAK")
    root = ET.fromstring(image)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "image", "a", "foreignObject", "use", "style"}


def test_the_image_is_the_same_every_time(scores):
    assert plots.chart_svg(scores, "IND-PAK") == plots.chart_svg(scores, "IND-PAK")


def test_scores_without_intervals_are_drawn(example):
    image = plots.chart_svg(tocsin.score(example, intervals="none"), "IND-PAK")
    assert "IND-PAK" in image
    assert "NaN" not in image


def test_markup_in_a_name_stays_text():
    counts = {"date": ["2025-05-01"], "source": ["<script>"], "target": ["B"], "rhetoric": [1]}
    image = plots.chart_svg(tocsin.score(counts), ("<script>", "B"))
    assert "<script>" not in image
    ET.fromstring(image)


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_a_missing_extra_is_an_import_error_that_says_how_to_get_it(scores, monkeypatch, missing):
    monkeypatch.setitem(__import__("sys").modules, missing, None)
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else real(name))
    with pytest.raises(tocsin.MissingExtraError, match=r'pip install "tocsin\[plot\]"') as caught:
        plots.chart_svg(scores, "IND-PAK")
    assert isinstance(caught.value, ImportError)
    assert isinstance(caught.value, tocsin.Error)
    assert "\n" not in str(caught.value)


def test_plot_of_several_pairs_asks_which(two_pair_scores):
    with pytest.raises(tocsin.InputError, match="say which"):
        two_pair_scores.plot()


@pytest.fixture
def two_pair_scores():
    return tocsin.score({"date": ["2025-05-01"] * 2, "source": ["A", "C"], "target": ["B", "D"], "rhetoric": [1, 1]})
