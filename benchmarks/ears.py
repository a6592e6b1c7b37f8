"""How fast is the reference detector (C5), beside R surveillance where it is installed, and pandas? Prints a table.

    python benchmarks/ears.py [--series 2000] [--days 1000] [--rounds 3]

Every program gets the same counts and returns the bound of C2 of every day; on what all of them define the bounds agree
to 1e-9, or this fails. Time is that of the processor, which other work on the machine disturbs least; R reads its
counts and writes its bounds outside of it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import measurements
import numpy as np
import pandas as pd

from tocsin import indicators

MIN_SIGMA = 0.5
QUANTILE = 3.090232306167813  # what earsC has where the method has 3: the normal quantile of 1 - 0.001
R_SERIES = 200  # earsC takes about a millisecond for each

R_SCRIPT = """
suppressMessages(library(surveillance))
where <- commandArgs(TRUE)[1]
counts <- as.matrix(read.csv(file.path(where, "counts.csv"), header = FALSE))
seconds <- system.time({
  bounds <- sapply(seq_len(ncol(counts)), function(i) {
    one <- sts(observed = matrix(counts[, i], ncol = 1), frequency = 7, start = c(2023, 1))
    earsC(one, control = list(method = "C2", baseline = 7, minSigma = %s))@upperbound[, 1]
  })
})[["user.self"]]
write.table(formatC(bounds, digits = 17, format = "g"), file.path(where, "bounds.csv"), sep = ",", quote = FALSE,
            row.names = FALSE, col.names = FALSE)
cat(seconds)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=2000)
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rng = np.random.default_rng(7)
    counts = rng.poisson(rng.uniform(0.05, 3, options.series), (options.days, options.series)).astype(float)
    rows = {
        "tocsin": by_tocsin(counts, options.rounds),
        "pandas, all series side by side": by_pandas(counts, options.rounds),
    }
    few = counts[:, :R_SERIES]
    missing = why_no_r()
    if missing is None:
        rows["R surveillance, one series at a time"] = by_r(few)
    agree({name: bounds[:, : few.shape[1]] for name, (_, bounds) in rows.items()})
    ours = rows["tocsin"][0]
    cells = [(name, f"{speed:,.0f}", f"{ours / speed:.3g}") for name, (speed, _) in rows.items()]
    print(measurements.table(("", "series-days a second", "tocsin is faster by"), cells))
    print(
        f"\n{options.series:,} series of {options.days:,} days, best of {options.rounds} rounds. "
        f"{measurements.machine('numpy', 'pandas')}"
    )
    if missing:
        print(f"R was not measured: {missing}.")


def best(work, rounds: int) -> tuple[float, np.ndarray]:
    seconds = np.inf
    for _ in range(rounds):
        begin = time.process_time()
        result = work()
        seconds = min(seconds, time.process_time() - begin)
    return result.size / seconds, result


def by_tocsin(counts: np.ndarray, rounds: int) -> tuple[float, np.ndarray]:
    columns = list(np.ascontiguousarray(counts.T))
    speed, upper = best(
        lambda: np.array([indicators.ears(y, method="C2", min_sigma=MIN_SIGMA).upper for y in columns]), rounds
    )
    return speed, upper.T


def by_pandas(counts: np.ndarray, rounds: int) -> tuple[float, np.ndarray]:
    frame = pd.DataFrame(counts)

    def upper() -> np.ndarray:
        week = frame.rolling(7)
        return (week.mean() + 3 * week.std().clip(lower=MIN_SIGMA)).shift(3).to_numpy()

    return best(upper, rounds)


def why_no_r() -> str | None:
    if not shutil.which("Rscript"):
        return "there is no Rscript (apt-get install r-cran-surveillance)"
    found = subprocess.run(["Rscript", "-e", "library(surveillance)"], capture_output=True, text=True, check=False)
    return None if found.returncode == 0 else "R has no package surveillance (apt-get install r-cran-surveillance)"


def by_r(counts: np.ndarray) -> tuple[float, np.ndarray]:
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "counts.csv", counts, "%d", ",")
        script = Path(folder) / "ears.R"
        script.write_text(R_SCRIPT % MIN_SIGMA, encoding="utf-8")
        ran = subprocess.run(["Rscript", script, folder], check=True, stdout=subprocess.PIPE, text=True)
        bounds = pd.read_csv(Path(folder) / "bounds.csv", header=None, skipinitialspace=True).to_numpy(float)
    # It returns the days on which its window is full, from the tenth on.
    bounds = np.vstack([np.full((len(counts) - len(bounds), counts.shape[1]), np.nan), bounds])
    # Its bound is mean + 3.09 sd: the same mean and sd with the limit of the method.
    week = pd.DataFrame(counts).rolling(7).mean().shift(3).to_numpy()
    return counts.size / float(ran.stdout), week + (bounds - week) * 3 / QUANTILE


def agree(bounds: dict[str, np.ndarray]) -> None:
    first = bounds["tocsin"]
    for name, other in bounds.items():
        np.testing.assert_allclose(other[9:], first[9:], rtol=1e-9, atol=1e-9, err_msg=name)


if __name__ == "__main__":
    main()
