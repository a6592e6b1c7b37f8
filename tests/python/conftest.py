"""Panels that several test files use."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import tocsin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIGNALS = ("rhetoric", "military", "punitive", "mediation", "cooperation")

Records = list[dict[str, Any]]


def random_records(seed: int, *, actors: int = 3, days: int = 70, share_of_rows: float = 0.5) -> Records:
    """Rows of every direction between some actors, with quiet days, uncollected days and uncollected cells."""
    rng = np.random.default_rng(seed)
    names = [f"A{i:02}" for i in range(actors)]
    exposure = rng.choice([1.0, 1.0, 1.0, 0.5, 2.0, 0.0], size=days)
    exposure[[0, -1]] = 1.0
    means = rng.uniform(0.05, 2.0, size=len(SIGNALS))
    rows = []
    for day in range(days):
        for source in names:
            for target in names:
                is_end = day in (0, days - 1)
                if source == target or not (is_end or rng.random() < share_of_rows):
                    continue
                counts = rng.poisson(means * (3 if rng.random() < 0.1 else 1)).astype(float)
                counts[rng.random(len(SIGNALS)) < (0 if is_end else 0.05)] = np.nan
                if exposure[day] == 0:
                    counts[:] = np.nan
                date = dt.date(2024, 1, 1) + dt.timedelta(days=day)
                row = {"date": date.isoformat(), "source": source, "target": target}
                rows.append(row | dict(zip(SIGNALS, counts.tolist(), strict=True)) | {"exposure": exposure[day]})
    return rows


@pytest.fixture(scope="session")
def make_records() -> Callable[..., Records]:
    return random_records


@pytest.fixture(scope="session")
def random_panel() -> tocsin.CountPanel:
    return tocsin.CountPanel.read(random_records(1))


@pytest.fixture(scope="session")
def example() -> tocsin.CountPanel:
    return tocsin.load_example("kashmir-2025")


@pytest.fixture(scope="session")
def one_pair() -> Callable[..., dict[str, list[Any]]]:
    """Counts of IND > PAK from 1 January 2025, one row a day, given by signal."""

    def columns(**signals: list[float]) -> dict[str, list[Any]]:
        days = len(next(iter(signals.values())))
        dates = [(dt.date(2025, 1, 1) + dt.timedelta(days=i)).isoformat() for i in range(days)]
        return {"date": dates, "source": ["IND"] * days, "target": ["PAK"] * days, **signals}

    return columns


@pytest.fixture(scope="session")
def assert_same() -> Callable[[Any, Any], None]:
    """Equal to the last bit, a missing value being equal to a missing value."""

    def check(left: pd.DataFrame, right: pd.DataFrame) -> None:
        pd.testing.assert_frame_equal(left.reset_index(drop=True), right.reset_index(drop=True), check_exact=True)

    return check


@pytest.fixture
def counts_csv(tmp_path: Path) -> Path:
    path = tmp_path / "counts.csv"
    path.write_text(
        "date,source,target,rhetoric,military,mediation\n"
        "2025-04-30,IND,PAK,2,0,0\n"
        "2025-05-01,PAK,IND,1,1,0\n"
        "2025-05-01,IND,PAK,3,,1\n"
    )
    return path
