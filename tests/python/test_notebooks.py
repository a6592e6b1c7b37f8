"""How the notebooks are written; that they run, and that their findings hold, is tested by running them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

PATHS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
MOST_LINES = 15


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code_of(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def is_chart(cell) -> bool:
    """Does it show one? A cell that ends inside a function only says how one is drawn."""
    last = cell.source.splitlines()[-1]
    if cell.cell_type != "code" or last.startswith("    "):
        return False
    return "alt.Chart" in cell.source or ".plot" in last or ".properties(" in last


def test_there_are_notebooks():
    assert len(PATHS) >= 5


def test_the_title_is_a_question(notebook):
    assert notebook.cells[0].cell_type == "markdown"
    title = notebook.cells[0].source.splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith("?")


def test_a_cell_has_one_idea(notebook):
    for cell in code_of(notebook):
        assert len(cell.source.splitlines()) <= MOST_LINES, cell.source


def test_every_chart_is_followed_by_the_sentence_that_it_shows(notebook):
    for cell, after in zip(notebook.cells, notebook.cells[1:], strict=False):
        if is_chart(cell):
            assert after.source.startswith("**Finding.**"), cell.source


def test_axes_of_charts_have_titles(notebook):
    for cell in code_of(notebook):
        if "alt.Chart" in cell.source:
            assert "title=" in cell.source, cell.source


def test_the_last_cell_asserts_what_was_found(notebook):
    last = notebook.cells[-1]
    assert last.cell_type == "code"
    assert "assert " in last.source


def test_output_is_not_kept(notebook):
    for cell in code_of(notebook):
        assert not cell.outputs
        assert cell.execution_count is None
