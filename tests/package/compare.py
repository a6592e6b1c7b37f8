"""The consumer program and the Python call must write the same scores document, byte for byte.

Run as: compare.py CONSUMER. On the shipped example and on a random panel of 200 pairs x 400 days.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

import tocsin


def random_counts(pairs: int, days: int, seed: int) -> pd.DataFrame:
    """Sparse counts with cells that were not collected, days without collection, and mediation in fractions."""
    rng = np.random.default_rng(seed)
    dates = np.datetime64("2020-01-01") + np.arange(days)
    rows = rng.random((pairs, days, 2)) < 0.3
    pair, day, direction = np.nonzero(rows)
    names = np.array([f"A{i:03d}" for i in range(2 * pairs)])
    first, second = names[2 * pair], names[2 * pair + 1]
    size = len(pair)
    frame = pd.DataFrame(
        {
            "date": dates[day],
            "source": np.where(direction == 0, first, second),
            "target": np.where(direction == 0, second, first),
            **{
                name: rng.poisson(0.7, size).astype(float)
                for name in ("rhetoric", "military", "punitive", "cooperation")
            },
            "mediation": rng.choice([0, 0, 0, 0.3, 1.0], size),
        }
    )
    missing = rng.random((size, 3)) < 0.02
    for column, name in enumerate(("rhetoric", "military", "punitive")):
        frame.loc[missing[:, column], name] = np.nan
    dark = rng.random(days) < 0.03
    frame["exposure"] = np.where(dark[day], 0.0, 1.0)
    frame.loc[frame.exposure == 0, ["rhetoric", "military", "punitive", "cooperation", "mediation"]] = np.nan
    return frame


def main() -> int:
    consumer = sys.argv[1]
    panels = {
        "the India-Pakistan example": tocsin.load_example("kashmir-2025").frame(),
        "200 random pairs x 400 days": random_counts(200, 400, seed=7),
    }
    for name, counts in panels.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "counts.csv"
            counts.to_csv(path, index=False, date_format="%Y-%m-%d")
            from_cpp = subprocess.run([consumer, str(path)], check=True, capture_output=True).stdout.rstrip(b"\n")
            from_python = tocsin.score(path).to_json().encode()
        same = from_cpp == from_python
        print(f"{name}: {len(from_python):,} bytes, {'the same' if same else 'DIFFERENT'} from C++ and Python")
        if not same:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
