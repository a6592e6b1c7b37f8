"""What README.md shows must work, and its numbers must be what the code gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tocsin

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_python_blocks_run_and_write_their_page(tmp_path, monkeypatch, capsys):
    pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    for code in blocks("python"):
        exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "IND-PAK scores 51 of 100 on 24 April 2025" in printed
    assert "military_half_life_60" in printed
    assert (tmp_path / "kashmir.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_blocks_are_short():
    for language in ("python", "cpp"):
        for code in blocks(language):
            assert len(code.splitlines()) <= 12


def test_the_cpp_block_is_an_example_that_is_compiled_and_run():
    (code,) = blocks("cpp")
    examples = [path.read_text(encoding="utf-8") for path in (ROOT / "cpp" / "examples").glob("*.cpp")]
    assert any(code in example for example in examples)


def test_the_sentences_are_those_of_the_code():
    (shown,) = blocks("text")
    said = tocsin.score(tocsin.load_example("kashmir-2025")).explain("IND-PAK").split("\n")
    assert shown.splitlines()
    assert set(shown.splitlines()) <= set(said)


def test_the_numbers_of_the_caption_are_those_of_the_code():
    scores = tocsin.score(tocsin.load_example("kashmir-2025"), intervals="none")
    values = scores._columns([0])
    by_day = dict(zip(values["date"].astype(str), values["score"].round().astype(int), strict=True))
    caption = re.search(r"!\[(.*?)\]", README).group(1)
    assert [by_day["2025-04-22"], by_day["2025-04-24"], by_day["2025-05-01"]] == [15, 51, 38]
    assert "about 15 of 100 until 22 April, 51 on 24 April, 38 on 1 May" in caption
    assert f"{len(tocsin.load_example_events('kashmir-2025'))} events coded by hand" in README


def test_every_link_leads_to_a_file():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    missing = [link for link in links if not link.startswith("http") and not (ROOT / link).exists()]
    assert links
    assert not missing


def test_every_status_is_explained():
    for status in tocsin._core.status_names:
        assert f"| `{status}` |" in README
