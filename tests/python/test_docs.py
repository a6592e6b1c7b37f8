"""What the pages of docs/ show is what the code says, and every public name is explained."""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
import io
import re
from pathlib import Path

import pytest

import tocsin

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["reading_the_score", "cite"])
def test_python_on_a_page_says_what_stands_below_it(name):
    said, names = "", {}
    for language, text in BLOCK.findall((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")):
        if language == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(text, f"{name}.md", "exec"), names)
            said = printed.getvalue()
            assert said
        else:
            assert set(text.splitlines()) <= set(said.splitlines())


def test_the_tutorial_does_what_it_says(tmp_path, monkeypatch, capsys):
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    (counts,) = (text for language, text in BLOCK.findall(page) if language == "text" and text.startswith("date,"))
    (tmp_path / "counts.csv").write_text(counts, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for language, text in BLOCK.findall(page):
        if language == "python":
            exec(compile(text, "tutorial.md", "exec"), names)
    assert (tmp_path / "north-south.png").stat().st_size > 10_000
    assert (tmp_path / "north-south.html").is_file()
    assert "NOR-SUD scores" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page):
    links = re.findall(
        r"\]\(([^)#\s]+)", re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    )
    missing = [link for link in links if not link.startswith("http") and not (page.parent / link).exists()]
    assert not missing


def public_things():
    for module in (tocsin, tocsin.indicators, tocsin.crosswalk):
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isfunction(thing) or inspect.isclass(thing):
                yield pytest.param(thing, id=f"{module.__name__}.{name}")


@pytest.mark.parametrize("thing", list(public_things()))
def test_every_public_name_is_explained(thing):
    text = inspect.getdoc(thing) or ""
    assert text
    if not inspect.isfunction(thing):
        # An error or the result of a function needs no example of its own; what people make themselves does.
        is_made_by_others = (
            dataclasses.is_dataclass(thing) or issubclass(thing, BaseException) or re.search(r"Made\s+by", text)
        )
        assert is_made_by_others or ">>> " in text or re.search(r"Make one\s+with", text)
        return
    assert ">>> " in text
    named = list(inspect.signature(thing).parameters)
    assert not [name for name in named if not re.search(rf"\b{name}\b", text)]
    assert not named or "Parameters\n" in text
