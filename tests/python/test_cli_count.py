"""`tocsin count`: event files in, daily counts out."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import tocsin
from tocsin import cli

GDELT = Path(__file__).parents[1] / "package" / "kashmir.export.CSV"
EVENTS = "date,source,target,code\n2025-04-22,PAKREB,IND,180\n2025-04-23,IND,PAK,161\n2025-04-23,USA,PAK,045\n"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    Path("events.csv").write_text(EVENTS)

    def call(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.run([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return call


def test_counts_are_written_and_score_reads_them(run):
    code, out, _ = run("count", "events.csv", "--pair", "IND-PAK", "-o", "counts.csv")
    assert code == 0
    assert "1 file of kind tidy: 3 rows, 0 of them rejected; 3 events between two named sides" in out
    assert "3 of 3 events count for 1 pair, 2025-04-22 to 2025-04-23, by codebook cameo-1.1b3" in out
    frame = pd.read_csv("counts.csv")
    assert frame["military"].sum() == 1
    assert frame["punitive"].sum() == 1
    assert run("score", "counts.csv")[0] == 0


def test_gdelt_by_folder_zip_and_pattern_gives_the_same_file(run, tmp_path):
    with zipfile.ZipFile(tmp_path / "kashmir.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(GDELT, "20250430.export.CSV")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").write_bytes(GDELT.read_bytes())
    texts = []
    for name in (GDELT, "kashmir.zip", "folder", "folder/*"):
        assert run("count", name, "--pairs", "states", "-o", "counts.csv")[0] == 0
        texts.append(Path("counts.csv").read_text())
    assert len(set(texts)) == 1
    assert "IND,PAK" in texts[0]


def test_standard_input_is_read(run):
    code, out, _ = run("count", "-", "--pair", "IND-PAK", "-o", "counts.csv", stdin=EVENTS.encode())
    assert code == 0
    assert "3 rows" in out


def test_a_parquet_file_holds_the_same_counts(run):
    for name in ("counts.csv", "counts.parquet"):
        assert run("count", "events.csv", "--pair", "IND-PAK", "-o", name)[0] == 0
    read = tocsin.CountPanel.read
    from_csv, from_parquet = read("counts.csv").frame(), read(pd.read_parquet("counts.parquet")).frame()
    pd.testing.assert_frame_equal(from_csv, from_parquet)


def test_the_report_accounts_for_every_row(run):
    Path("events.csv").write_text(EVENTS + "2025-04-24,IND,PAK\n" + 30 * "2025-04-25,IND,PAK,112\n")
    code, _, err = run("count", "events.csv", "--pair", "IND-PAK", "-o", "counts.csv", "--report", "report.json")
    assert code == 0
    assert "1 of 34 rows cannot be read" in err
    whole = json.loads(Path("report.json").read_text())
    report = whole["report"]
    assert report["rows"] == 34 == report["kept"] + report["rejected"]["wrong number of fields"]["rows"]
    assert report["rejected"]["wrong number of fields"]["examples"][0].startswith("events.csv:5:")
    assert report["count"]["duplicates"] == 29
    assert whole["counted_by"]["codebook"] == "cameo-1.1b3"


def test_options_reach_the_counting(run):
    Path("own.json").write_text(
        '{"schema": "tocsin.codebook", "schema_version": 1, "name": "own", "version": "1", "matching": "digits",'
        ' "codes": {"1": {"name": "shout", "party": "rhetoric", "rung": 1, "goldstein": -1.0}}}'
    )
    Path("map.csv").write_text("Day,From,To,Act\n2025-04-22,IND,PAK,1\n2025-04-22,IND,PAK,1\n")
    columns = ("--column", "date=Day", "--column", "source=From", "--column", "target=To", "--column", "code=Act")
    own = ("--codebook", "own.json", "--duplicates", "raw", "--first", "2025-04-20", "--last", "2025-04-22")
    code, out, err = run("count", "map.csv", *columns, *own, "--pair", "PAK-IND", "-o", "counts.csv")
    assert code == 0, err
    assert "2 of 2 events count for 1 pair, 2025-04-20 to 2025-04-22, by codebook own" in out
    assert pd.read_csv("counts.csv")["rhetoric"].sum() == 2


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--pair", "IND-PAK", "-o", "counts.txt"), 'the name ends in ".txt", expected one of .csv .parquet'),
        (("-o", "counts.csv"), "name the pairs: either --pair IND-PAK"),
        (("--pair", "IND-PAK", "--pairs", "all", "-o", "counts.csv"), "name the pairs: either --pair IND-PAK"),
        (("--pair", "IND-PAK", "-o", "nowhere/counts.csv"), "there is no folder"),
        (("--pair", "IND-PAK", "--first", "2025-04-20", "-o", "counts.csv"), "--first and --last come together"),
        (("--pair", "IND-PAK", "--source", "gdelt3", "-o", "counts.csv"), 'source is "gdelt3", expected one of acled'),
        (("--pair", "IND-PAK", "--column", "source", "-o", "counts.csv"), "is no pair of names"),
        (("--pair", "IND-PAK", "--codebook", "cmeo", "-o", "counts.csv"), '"cmeo"'),
        (("--pairs", "states", "--min-events", "9", "-o", "counts.csv"), "no 9 events are between two countries"),
    ],
)
def test_bad_arguments_end_with_2_and_say_what_to_do(run, arguments, fault):
    code, _, err = run("count", "events.csv", *arguments)
    assert code == 2
    assert fault in err
    assert not Path("counts.csv").exists()


def test_a_missing_file_leaves_the_old_counts_whole(run):
    Path("counts.csv").write_text("old")
    code, _, err = run("count", "nowhere.csv", "--pair", "IND-PAK", "-o", "counts.csv")
    assert code == 2
    assert "nowhere.csv" in err
    assert Path("counts.csv").read_text() == "old"


def test_ctrl_c_leaves_no_half_file(tmp_path):
    with zipfile.ZipFile(tmp_path / "much.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for day in range(40):
            archive.writestr(f"{day}.export.CSV", 1000 * GDELT.read_bytes())
    command = [sys.executable, "-c", "from tocsin.cli import main; main()"]
    arguments = ["count", "much.zip", "--pairs", "all", "-o", "counts.csv", "--report", "report.json"]
    with subprocess.Popen([*command, *arguments], cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert process.returncode != 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["much.zip"]
