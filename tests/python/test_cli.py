"""The command: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pytest

import tocsin
from tocsin import cli, tables

if TYPE_CHECKING:
    from pathlib import Path


class Ended(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.run([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return Ended(ended.value.code or 0, shown.out, shown.err)

    return call


@pytest.fixture
def two_pairs(tmp_path) -> Path:
    path = tmp_path / "two.csv"
    rows = ["date,source,target,rhetoric,military,mediation"]
    rows += [f"2025-01-{day:02},IND,PAK,3,2,0" for day in range(1, 11)]
    rows += ["2025-01-01,IRN,IRQ,1,0,1"]
    path.write_text("\n".join(rows) + "\n")
    return path


def test_version(run):
    assert run("--version") == (0, f"tocsin {tocsin.__version__}\n", "")


def test_config_prints_what_it_reads(run, tmp_path, counts_csv):
    ended = run("config")
    assert json.loads(ended.out) == tocsin.Config().to_dict()
    (tmp_path / "config.json").write_text(ended.out)
    assert run("score", counts_csv, "--config", "config.json").code == 0


def test_demo_prints_every_day_and_writes_the_page(run, tmp_path):
    ended = run("demo")
    assert ended.code == 0
    assert ended.err == ""
    for day in range(16, 31):
        assert f"2025-04-{day}  warming_up" in ended.out
    assert "IND-PAK scores 38 of 100 on 1 May 2025" in ended.out
    page = tmp_path / "kashmir-2025.html"
    assert str(page) in ended.out
    assert "</html>" in page.read_text(encoding="utf-8")


def test_demo_takes_another_place(run, tmp_path):
    assert run("demo", "-o", "other.html").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["other.html"]


def test_score_prints_pairs_and_the_sentences_of_the_highest(run, two_pairs):
    ended = run("score", two_pairs)
    assert ended.code == 0
    lines = ended.out.splitlines()
    first, second = (
        next(i for i, line in enumerate(lines) if line.startswith(pair)) for pair in ("IND-PAK", "IRN-IRQ")
    )
    assert first < second
    assert tocsin.score(two_pairs).explain("IND-PAK") in ended.out


def test_lines_of_a_pipe_are_not_broken(run, counts_csv):
    sentences = tocsin.score(counts_csv).explain("IND-PAK").split("\n")
    assert max(map(len, sentences)) > 100
    assert set(sentences) <= set(run("score", counts_csv).out.splitlines())


def test_standard_input(run, counts_csv):
    assert run("score", "-", stdin=counts_csv.read_bytes()).out == run("score", counts_csv).out


@pytest.mark.parametrize("intervals", ["latest", "all", "none"])
def test_csv_holds_what_frame_holds(run, two_pairs, tmp_path, intervals):
    assert run("score", two_pairs, "-o", "scores.csv", "--intervals", intervals) == (0, "", "")
    written = pd.read_csv(tmp_path / "scores.csv", parse_dates=["date"])
    expected = tocsin.score(two_pairs, intervals=intervals).frame()
    pd.testing.assert_frame_equal(written, expected, check_dtype=False)


def test_json_is_the_document(run, two_pairs, tmp_path):
    assert run("score", two_pairs, "-o", "scores.json").code == 0
    assert (tmp_path / "scores.json").read_text() == tocsin.score(two_pairs).to_json()


def test_parquet_holds_what_frame_holds(run, two_pairs, tmp_path):
    assert run("score", two_pairs, "-o", "scores.parquet").code == 0
    written = pd.read_parquet(tmp_path / "scores.parquet")
    written["date"] = pd.to_datetime(written["date"])
    pd.testing.assert_frame_equal(written, tocsin.score(two_pairs).frame(), check_dtype=False)


def test_parquet_without_a_writer_says_what_to_install(run, two_pairs, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    ended = run("score", two_pairs, "-o", "scores.parquet")
    assert ended.code == 2
    assert "pip install pyarrow" in ended.err
    assert not list(tmp_path.glob("scores*"))


def test_threads_do_not_change_the_file(run, two_pairs, tmp_path):
    run("score", two_pairs, "-o", "one.csv", "--threads", 1)
    run("score", two_pairs, "-o", "two.csv", "--threads", 2)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_pair_selects_in_either_order(run, two_pairs):
    ended = run("score", two_pairs, "--pair", "IRQ-IRN")
    assert "IRN-IRQ" in ended.out
    assert "IND-PAK" not in ended.out


def test_first_and_last_set_the_calendar(run, two_pairs):
    ended = run("score", two_pairs, "--first", "2025-01-02", "--last", "2025-01-05")
    assert "2025-01-05" in ended.out
    assert "4 collected days" in ended.out


def test_alarm_names_the_pairs_that_pass_and_exits_with_1(run, two_pairs):
    ended = run("score", two_pairs, "--alarm", 30)
    assert ended.code == 1
    assert "alarm: IND-PAK scores" in ended.err
    assert "IRN-IRQ" not in ended.err


def test_alarm_is_silent_where_nothing_passes(run, two_pairs):
    ended = run("score", two_pairs, "--alarm", 99, "-o", "scores.csv")
    assert ended == (0, "", "")


def test_a_missing_score_is_no_all_clear(run, tmp_path):
    dark = tmp_path / "dark.csv"
    rows = [f"2025-03-{day:02},A,B,,,,0" for day in range(1, 31)]
    head = "date,source,target,rhetoric,military,mediation,exposure\n2025-02-28,A,B,9,9,0,1\n"
    dark.write_text(head + "\n".join(rows) + "\n")
    ended = run("score", dark, "--alarm", 1)
    assert ended.code == 0
    assert "no score on 2025-03-30, so no alarm either way: A-B" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["score", "nowhere.csv"], ["nowhere.csv"]),
        (["score", "broken.csv"], ["broken.csv:2:", '"many"']),
        (["score", "good.csv", "-o", "scores.xls"], [".xls", ".parquet"]),
        (["score", "good.csv", "-o", "nowhere/scores.csv"], ["nowhere"]),
        (["score", "good.csv", "--pair", "IND-CHN"], ["CHN-IND"]),
        (["score", "good.csv", "--pair", "IND"], ["IND"]),
        (["score", "good.csv", "--first", "2025-01-01"], ["--last"]),
        (["score", "good.csv", "--first", "1 May", "--last", "2025-01-01"], ["1 May", "YYYY-MM-DD"]),
        (["score", "good.csv", "--first", "2025-06-01", "--last", "2025-05-01"], ["2025-06-01"]),
        (["score", "good.csv", "--config", "nowhere.json"], ["nowhere.json"]),
        (["score", "good.csv", "--config", "wrong.json"], ["/draws"]),
        (["score", "good.csv", "--config", "binary.json"], ["utf-8"]),
        (["score", "good.csv", "--intervals", "some"], ["some"]),
        (["score", "good.csv", "--threads", "0"], ["--threads"]),
        (["score"], ["COUNTS"]),
        (["demo", "-o", "nowhere/page.html"], ["nowhere"]),
        (["sing"], ["sing"]),
    ],
)
def test_bad_input_exits_with_2_and_says_why(run, tmp_path, counts_csv, arguments, words):
    counts_csv.rename(tmp_path / "good.csv")
    (tmp_path / "broken.csv").write_text("date,source,target,military\n2025-05-01,IND,PAK,many\n")
    (tmp_path / "wrong.json").write_text('{"draws": "many"}')
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe")
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err
    for word in words:
        assert word in ended.err


def test_empty_standard_input_exits_with_2(run):
    ended = run("score", "-")
    assert ended.code == 2
    assert "empty" in ended.err


def test_warnings_are_plain_lines_said_once(run, tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("date,source,target,rhetoric,weather\n2025-05-01,IND,PAK,1,3\n")
    ended = run("score", path, "--pair", "IND-PAK")
    assert ended.code == 0
    assert ended.err.count("weather") == 1
    assert ended.err.startswith("tocsin: warning: ")


def test_names_cannot_speak_to_the_terminal(run, tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("date,source,target,rhetoric\n2025-05-01,[bold]A\x1b[31m,B,1\n", encoding="utf-8")
    ended = run("score", path)
    assert ended.code == 0
    assert "\x1b" not in ended.out
    assert "[bold]A" in ended.out


def test_a_failed_run_leaves_the_old_file(run, two_pairs, tmp_path, monkeypatch):
    target = tmp_path / "scores.json"
    target.write_text("old")

    def fail(*_: object, **__: object) -> str:
        raise tocsin.StateError("the disk is gone")

    monkeypatch.setattr(tocsin.Scores, "to_json", fail)
    assert run("score", two_pairs, "-o", "scores.json").code == 2
    assert target.read_text() == "old"
    assert not list(tmp_path.glob("*.part"))


def test_many_pairs_are_cut_and_counted(run, tmp_path):
    path = tmp_path / "many.csv"
    rows = [f"2025-05-01,A{i:02},B{i:02},1,0,0" for i in range(25)]
    path.write_text("date,source,target,rhetoric,military,mediation\n" + "\n".join(rows) + "\n")
    ended = run("score", path)
    assert sum(line.startswith("A") and "warming_up" in line for line in ended.out.splitlines()) == 20
    assert "5 more pairs" in ended.out


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE")
def test_a_closed_pipe_is_not_an_alarm(counts_csv):
    program = "import os, sys, tocsin.cli; sys.argv = ['tocsin', 'score', sys.argv[1]]; tocsin.cli.main()"
    process = subprocess.Popen([sys.executable, "-c", program, str(counts_csv)], stdout=subprocess.PIPE)
    process.stdout.close()
    assert process.wait() not in (1, 2)


def test_shown_points_sum_to_the_shown_score(example):
    for row in tables.day_rows(tocsin.score(example), "IND-PAK"):
        assert sum(int(points) for points in row.points if points != tables.MISSING) == int(row.score)


def test_shown_points_are_those_of_the_sentences(example):
    scores = tocsin.score(example)
    last = tables.day_rows(scores, "IND-PAK")[-1]
    said = next(line for line in scores.explain("IND-PAK").split("\n") if line.startswith("Its points come from"))
    assert said.startswith(f"Its points come from intensity {last.points[0]}, ")
    assert f"lack of mediation {last.points[4]}" in said
