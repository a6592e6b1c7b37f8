"""`tocsin report`: counts in, one page out."""

from __future__ import annotations

import io
import sys

import pytest

import tocsin
from tocsin import cli


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.run(["report", *(str(argument) for argument in arguments)])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return call


def test_the_page_is_that_of_the_scores(run, tmp_path, counts_csv):
    code, out, _ = run(counts_csv, "-o", "page.html")
    assert code == 0
    assert out.startswith("IND-PAK: ")
    tocsin.score(counts_csv, intervals="all").report(tmp_path / "same.html")
    assert (tmp_path / "page.html").read_bytes() == (tmp_path / "same.html").read_bytes()


def test_standard_input_is_read_and_the_name_has_a_default(run, tmp_path, counts_csv):
    assert run("-", stdin=counts_csv.read_bytes())[0] == 0
    assert "IND-PAK on 2025-05-01" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_one_pair_of_several_is_chosen(run, tmp_path):
    (tmp_path / "two.csv").write_text(
        "date,source,target,rhetoric,military,mediation\n2025-01-01,IND,PAK,3,2,0\n2025-01-01,IRN,IRQ,1,0,1\n"
    )
    code, out, _ = run("two.csv", "--top", 1)
    assert (code, out.partition(":")[0]) == (0, "2 pairs")
    assert "2 pairs on 2025-01-01" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert run("two.csv", "--pair", "IRN-IRQ")[0] == 0
    assert "IND-PAK" not in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "none.csv"),
        (["counts.csv", "--pair", "IND-PAC"], "nearest: IND-PAK"),
        (["counts.csv", "--first", "2025-04-30"], "--first and --last come together"),
        (["counts.csv", "-o", "nowhere/page.html"], "nowhere"),
    ],
)
def test_bad_input_ends_with_two_and_one_line(run, counts_csv, arguments, said):
    assert counts_csv.name == "counts.csv"
    code, _, err = run(*arguments)
    assert code == 2
    assert said in err
