"""Ctrl-C, and several Python threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import tocsin

PANEL = """
import numpy as np, threading, time, tocsin
pairs, days = {pairs}, {days}
rng = np.random.default_rng(1)
dates = np.arange("2000-01-01", np.datetime64("2000-01-01") + days, dtype="datetime64[D]")
counts = {{
    "date": np.tile(dates, pairs), "source": np.repeat([f"A{{i:04}}" for i in range(pairs)], days),
    "target": ["ZZZ"] * (pairs * days), "rhetoric": rng.poisson(1, pairs * days),
    "military": rng.poisson(0.3, pairs * days), "mediation": rng.poisson(0.1, pairs * days),
}}
"""

# What is pressed, is a KeyboardInterrupt, and leaves no thread behind.
CALL = """
import os
before = len(os.listdir("/proc/self/task"))
print("ready", flush=True)
begin = time.monotonic()
try:
    {call}
except KeyboardInterrupt:
    for _ in range(100):
        if len(os.listdir("/proc/self/task")) <= before:
            break
        time.sleep(0.01)
    print("stopped", len(os.listdir("/proc/self/task")) - before, threading.active_count(), flush=True)
    raise
print("done", flush=True)
"""

READ = "panel = tocsin.CountPanel.read(counts)"
SHUFFLED = """
import pyarrow as pa
order = rng.permutation(pairs * days)
table = pa.table({name: np.asarray(values)[order] for name, values in counts.items()})
"""
EVENTS = """
n = 3_000_000
import pyarrow as pa
table = pa.table({
    "date": np.datetime64("2000-01-01") + rng.integers(0, 3000, n),
    "code": pa.array(rng.choice(["190", "112"], n).tolist()),
    "source": pa.array(rng.choice([f"A{i:04}" for i in range(300)], n).tolist()),
    "target": pa.array(rng.choice([f"B{i}" for i in range(300)], n).tolist()),
})
"""

CALLS = {
    "score": (READ, "tocsin.score(panel, config=tocsin.Config(draws=200_000))"),
    "frame": (READ, "tocsin.score(panel, intervals='all', config=tocsin.Config(draws=1_500)).frame()"),
    "document": (READ, "tocsin.score(panel, intervals='all', config=tocsin.Config(draws=1_500)).to_json()"),
    "excitation": (
        "scores = tocsin.score(counts, intervals='none')",
        "scores.excitation('A0000-ZZZ', null_draws=100_000)",
    ),
    "reading counts": (SHUFFLED, "while True: tocsin.CountPanel.read(table)"),
    "reading events": (EVENTS, "while True: tocsin.read_events(table)"),
    "counting events": (EVENTS + "events = tocsin.read_events(table)", "events.count(pairs='all')"),
    "monitor": (
        (
            "monitor = tocsin.Monitor(tocsin.Config(draws=100_000))\n"
            "rows = {name: np.asarray(values)[::days] for name, values in counts.items() if name != 'date'}"
        ),
        "monitor.push('2025-05-01', rows)",
    ),
}


def assert_ctrl_c_ends(script: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=2)  # a second, and as much again for a busy machine
        finally:
            process.kill()
    assert "done" not in out, "the call ended before it could be stopped"
    assert "stopped 0 1" in out, "a thread was left behind"
    assert err.rstrip().endswith("KeyboardInterrupt")


@pytest.mark.parametrize("call", CALLS)
def test_ctrl_c_stops_a_long_call_within_a_second_or_so(call):
    before, slow = CALLS[call]
    assert_ctrl_c_ends(PANEL.format(pairs=600, days=300) + before + CALL.format(call=slow))


def test_ctrl_c_stops_one_pair_of_many_days_too():
    call = "tocsin.score(panel, intervals='all', config=tocsin.Config(draws=20_000)).frame()"
    assert_ctrl_c_ends(PANEL.format(pairs=1, days=4000) + READ + CALL.format(call=call))


def test_several_python_threads_score_at_once(make_records):
    panels = [tocsin.CountPanel.read(make_records(seed)) for seed in range(6)]
    expected = [tocsin.score(panel).to_json() for panel in panels]
    with ThreadPoolExecutor(max_workers=4) as pool:
        assert list(pool.map(lambda panel: tocsin.score(panel, threads=2).to_json(), panels)) == expected


def test_one_result_may_be_read_from_several_threads(random_panel):
    scores = tocsin.score(random_panel)
    expected = scores.frame("A00-A01")
    with ThreadPoolExecutor(max_workers=4) as pool:
        frames = list(pool.map(lambda _: scores.frame("A00-A01"), range(12)))
    assert all(frame.equals(expected) for frame in frames)


def test_other_python_threads_run_while_a_panel_is_scored(random_panel):
    """The interpreter is let go: a counter in another thread moves on during one call of the core."""
    steps, is_done = 0, threading.Event()

    def count() -> None:
        nonlocal steps
        while not is_done.is_set():
            steps += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    try:
        while steps == 0:
            time.sleep(0.001)
        before = steps
        tocsin.score(random_panel, config=tocsin.Config(draws=200_000), threads=1)
        during = steps - before
    finally:
        is_done.set()
        counter.join()
    assert during > 10


def test_a_progress_callback_is_called_on_the_callers_thread(random_panel):
    threads = set()
    tocsin.score(random_panel, threads=2, progress=lambda *_: threads.add(threading.get_ident()))
    assert threads == {threading.get_ident()}


def test_nothing_runs_before_it_is_asked_for():
    script = "import threading, tocsin, os; print(threading.active_count(), len(os.listdir('/proc/self/task')))"
    result = subprocess.run(
        [sys.executable, "-c", "import numpy, narwhals\n" + script], capture_output=True, text=True, check=True
    )
    plain = subprocess.run(
        [sys.executable, "-c", "import numpy, narwhals\n" + script.replace("tocsin, ", "")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == plain.stdout
