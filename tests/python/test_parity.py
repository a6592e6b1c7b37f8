"""Cases that C++ and Python read from the same files: the same arguments, the same numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tocsin import indicators

FILES = sorted((Path(__file__).parents[1] / "parity" / "cases").glob("*.json"))
CASES = [case for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]


def numbers(value) -> np.ndarray:
    return np.asarray(value, dtype=float)  # None is NaN


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['indicator']}: {case['source'][:40]}")
def test_an_indicator_gives_the_numbers_of_its_case(case):
    result = getattr(indicators, case["indicator"])(**case["arguments"])
    expectations = [("expected", lambda value: value), ("expected_last", lambda v: v if np.ndim(v) == 0 else v[-1])]
    compared = 0
    for key, pick in expectations:
        for field, expected in case.get(key, {}).items():
            found = numbers(pick(getattr(result, field)))
            assert found.shape == numbers(expected).shape
            slack = case["tolerance"] * np.where(numbers(expected) == 0, 1.0, np.abs(numbers(expected)))
            is_close = np.isnan(found) & np.isnan(numbers(expected)) | (np.abs(found - numbers(expected)) <= slack)
            assert is_close.all(), (field, found, expected)
            compared += 1
    assert compared > 0


def test_every_indicator_has_a_case():
    functions = {name for name in indicators.__all__ if name.islower()}
    # One gives a number and one a list of fits, not fields: test_cross_excitation.py has their check values.
    assert {case["indicator"] for case in CASES} == functions - {
        "cross_excitation_log_likelihood",
        "rolling_cross_excitation",
    }
