"""What the pages of docs/ show is what the code says, and every public name is explained."""

from __future__ import annotations

import contextlib
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
    if inspect.isclass(thing) and issubclass(thing, BaseException | Warning):
        assert text
        return
    assert ">>> " in text or _made_by(text), "an example, or a word on what makes one"
    if inspect.isfunction(thing):
        named = [name for name in inspect.signature(thing).parameters if name not in ("args", "kwargs")]
        undocumented = [name for name in named if not re.search(rf"\b{name}\b", text)]
        assert not undocumented
        assert len(named) < 2 or "Parameters\n" in text


def _made_by(text: str) -> bool:
    """Classes that are only ever results say which call gives them: its example is theirs."""
    return re.search(r"Made by|Make one with|of `[a-z_]+`|Result of", text) is not None
