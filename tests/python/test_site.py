"""The documentation asks no other machine for anything, and the tutorial is run as it stands."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def check_site():
    return load("check_site")


@pytest.mark.parametrize(
    "text",
    [
        '<script async src="https://cdn.example/x.js"></script>',
        "<script src=//cdn.example/x.js></script>",
        '<link rel="stylesheet" type="text/css" href="https://fonts.example/css" />',
        '<link href="https://fonts.example" rel="preconnect">',
        '<img alt="a" src="http://pictures.example/a.png">',
        "<style>@import url('https://fonts.example/css');</style>",
        '<style>a { background: url("https://pictures.example/a.png") }</style>',
        '<script type="module">import x from "https://cdn.example/x.js"</script>',
        "<script>require.config({paths: {x: 'https://cdn.example/x'}})</script>",
    ],
)
def test_a_page_that_fetches_something_is_found(check_site, text, tmp_path, capsys):
    (tmp_path / "index.html").write_text(f"<html><body>{text}</body></html>", encoding="utf-8")
    assert check_site.main(tmp_path) == 1
    assert "index.html: " in capsys.readouterr().out


def test_links_and_files_of_the_site_itself_are_no_requests(check_site, tmp_path):
    page = (
        '<a href="https://example.org">elsewhere</a><img src="_images/a.svg"><script src="_static/a.js"></script>'
        '<link rel="stylesheet" href="_static/a.css"><link rel="canonical" href="https://example.org/a.html">'
        '<svg xmlns="http://www.w3.org/2000/svg"></svg><style>a { background: url(data:image/png;base64,AA==) }</style>'
    )
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert check_site.main(tmp_path) == 0


def test_a_folder_without_a_page_is_an_error(check_site, tmp_path):
    assert check_site.main(tmp_path) == 1


def test_the_steps_of_the_tutorial_are_those_of_the_page():
    tutorial = load("run_tutorial")
    found = tutorial.steps(tutorial.PAGE.read_text(encoding="utf-8"))
    assert [language for _, language, _ in found] == ["sh", "text", "sh", "python", "python", "python"]
    assert found[0][2].splitlines()[-1].startswith("pip install ")
    assert found[1][2].startswith("date,source,target,")
    assert found[2] == ("3. The first answer, on the command line", "sh", "tocsin score counts.csv\n")
