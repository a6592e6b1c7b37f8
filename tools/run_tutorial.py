"""Does what docs/tutorial.md says, in a new environment, and says how long each step took: `run_tutorial.py`.

The blocks of the page are taken as they stand: shell lines in one shell, the table as counts.csv, Python in one script.
The clone is copied first, so that the environment of the tutorial does not stay in it.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "tutorial.md"
LEFT_OUT = ("build", ".venv", ".git", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".cache")


def steps(page: str) -> list[tuple[str, str, str]]:
    """Heading, language and text of each block that is run."""
    found, heading = [], ""
    for match in re.finditer(
        r"^## (?P<heading>[^\n]+)$|^```(?P<language>sh|text|python)\n(?P<text>.*?)^```", page, re.MULTILINE | re.DOTALL
    ):
        if match["heading"]:
            heading = match["heading"]
        else:
            found.append((heading, match["language"], match["text"]))
    return found


def run(heading: str, command: list[str], folder: Path) -> None:
    """One step. Stops the tutorial where it fails."""
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{time.perf_counter() - wall:7.1f} s, {cpu:7.1f} s of processor: {heading}", flush=True)
    if done.returncode:
        sys.exit(f"{done.stdout}\n{done.stderr}\n{PAGE}: this step fails")


def main() -> None:
    """All steps in order, and what came out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "tocsin"
        shutil.copytree(ROOT, folder, ignore=lambda _, entries: [entry for entry in entries if entry in LEFT_OUT])
        begin, shell, script = time.perf_counter(), "set -e\n", ""
        todo = steps(PAGE.read_text(encoding="utf-8"))
        if not todo:
            sys.exit(f"{PAGE}: there is nothing to do in it")
        for heading, language, text in todo:
            if language == "text":
                (folder / "counts.csv").write_text(text, encoding="utf-8")
            elif language == "sh":
                # What was set up before is set up again: an activated environment belongs to one shell.
                for line in text.splitlines():
                    command = line.partition("  #")[0]
                    run(f"{heading}: {command}", ["bash", "-c", f"{shell}{command}"], folder)
                    shell += f"{command}\n" if command.startswith(". ") else ""
            else:
                # A step sees the names of those before it, as in one session.
                script += text
                (folder / "session.py").write_text(script, encoding="utf-8")
                run(f"{heading}: python", ["bash", "-c", f"{shell}python session.py"], folder)
        print(f"{time.perf_counter() - begin:7.1f} s in all")
        for chart in sorted(folder.glob("north-south.*")):
            print(f"  {chart.name}: {chart.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
