"""C13, the phase of a crisis: check values, properties, and the numbers of R's HiddenMarkov."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tocsin
from tocsin import indicators
from tocsin.indicators import PhaseModel

TOY = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]
TRANSITION = [[0.95, 0.05, 0], [0.10, 0.85, 0.05], [0, 0.10, 0.90]]
REFERENCE = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere") / "reference"

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason=f"there is no {REFERENCE}; TOCSIN_SHARED names the folder with the shared data"
)


def test_c13_phase_filter_has_its_check_values():
    found = indicators.phase_filter(TOY, TRANSITION, [1, 4, 12], [0.9, 0.09, 0.01])
    assert found.posterior[-1] == pytest.approx([1.059601344e-11, 0.001264843118, 0.9987351569], rel=1e-9)
    assert found.log_likelihood[-1] == pytest.approx(-21.14005219, rel=1e-9)
    in_a_week = found.posterior[-1] @ np.linalg.matrix_power(np.array(TRANSITION), 7)
    assert in_a_week[2] == pytest.approx(0.5356179009, rel=1e-9)


def test_c13_the_chance_to_reach_the_last_phase_has_its_check_value():
    found = indicators.phase_filter([np.nan], TRANSITION, [1, 4, 12], [0, 1, 0])
    assert found.p_reach_hostilities[0] == pytest.approx(0.2325995242, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.one_of(st.integers(0, 10**6), st.just(None)), min_size=5, max_size=5), min_size=1, max_size=40)
)
def test_a_posterior_is_a_probability_and_does_not_look_ahead(rows):
    y = np.array(rows, dtype=float)
    found = indicators.phase(y)
    assert found.posterior.sum(axis=1) == pytest.approx(1)
    assert (found.posterior >= 0).all()
    assert ((found.entropy >= 0) & (found.entropy <= np.log(4) + 1e-12)).all()
    assert (found.p_reach_hostilities >= found.posterior[:, -1] - 1e-12).all()
    until = len(y) // 2 + 1
    np.testing.assert_array_equal(indicators.phase(y[:until]).posterior, found.posterior[:until])


def test_the_days_after_a_gap_are_those_of_the_chain_alone():
    model = PhaseModel.shipped()
    y = np.full((30, 5), np.nan)
    expected = model.initial @ np.linalg.matrix_power(model.transition, 29)
    assert indicators.phase(y).posterior[-1] == pytest.approx(expected)


def test_a_model_survives_its_document():
    model = PhaseModel.shipped()
    assert PhaseModel.from_json(model.to_json()).to_json() == model.to_json()
    with pytest.raises(tocsin.InputError, match="/schema is missing"):
        PhaseModel.from_json("{}")


def test_counts_that_do_not_fit_are_refused():
    with pytest.raises(tocsin.InputError, match="y has 1 columns, expected 5"):
        indicators.phase([1, 2, 3])
    with pytest.raises(tocsin.InputError, match=r"sums to 1\.1, expected 1"):
        indicators.phase_filter([1], [[0.9, 0.2], [0.5, 0.5]], [1, 2], [0.5, 0.5])
    two = PhaseModel.fixed([[0.9, 0.1], [0.2, 0.8]], [1, 5], [0.5, 0.5])
    with pytest.raises(tocsin.InputError, match="ties need a start"):
        indicators.fit_phases([1, 2], ties=[(1, 0)])
    with pytest.raises(tocsin.InputError, match="tie of phase 1, signal 0: the start has other numbers"):
        indicators.fit_phases([1, 2], start=two, ties=[(1, 0)])
    with pytest.raises(tocsin.InputError, match="family is 'normal'"):
        indicators.fit_phases([1, 2], family="normal")


def test_a_fit_from_random_starts_finds_two_levels():
    rng = np.random.default_rng(4)
    y = np.concatenate([rng.poisson(rate, 150) for rate in (1, 9, 1, 9)])
    fitted = indicators.fit_phases(y, phases=2, family="poisson", restarts=3, seed=1)
    assert fitted.converged
    quiet = np.repeat([True, False, True, False], 150)
    assert fitted.model.floor.ravel() == pytest.approx([y[quiet].mean(), y[~quiet].mean()], rel=0.05)


# ---- R's HiddenMarkov (scripts/03_hmm.R of the reference) ----

FITS = [(name, k) for name in ("pois_step", "nb_ramp", "weekly_hump", "sparse", "ingarch") for k in (2, 3)]
FIXED = ["nb_ramp", "pois_step", "huge"]


def counts_of(name: str) -> np.ndarray:
    with (REFERENCE / "input" / "daily400.csv").open() as file:
        return np.array([float(row[name] or "nan") for row in csv.DictReader(file)])


def reference_of(name: str, family: str, k: int) -> tuple[dict[str, float], np.ndarray]:
    """Parameters by name, and rows of t, state, filtered, smoothed, viterbi as (days, states, 3)."""
    with (REFERENCE / "out" / "hmm_params.csv").open() as file:
        parameters = {
            row["name"]: float(row["value"])
            for row in csv.DictReader(file)
            if (row["series"], row["dist"], row["K"]) == (name, family, str(k)) and "HiddenMarkov" in row["tool"]
        }
    values = np.full((400, k, 3), np.nan)
    with gzip.open(REFERENCE / "out" / "hmm_posteriors.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if (row["series"], row["dist"], row["K"]) == (name, family, str(k)):
                path = float(row["viterbi"].replace("NA", "") or "nan")
                place = int(row["t"]) - 1, int(row["state"]) - 1
                values[place] = float(row["filtered"]), float(row["smoothed"]), path
    return parameters, values


def model_of(parameters: dict[str, float], k: int) -> PhaseModel:
    numbers = range(1, k + 1)
    name = "lambda" if "lambda1" in parameters else "mu"
    return PhaseModel.fixed(
        [[parameters[f"Pi{i}{j}"] for j in numbers] for i in numbers],
        [parameters[f"{name}{i}"] for i in numbers],
        [parameters[f"delta{i}"] for i in numbers],
        sizes=[parameters[f"size{i}"] for i in numbers] if name == "mu" else None,
    )


@needs_reference
@pytest.mark.parametrize(
    ("name", "family", "k"), [(*fit[:1], "pois", fit[1]) for fit in FITS] + [(n, "nbinom_fixed", 2) for n in FIXED]
)
def test_posteriors_likelihood_and_path_are_those_of_hiddenmarkov(name, family, k):
    y = counts_of(name)
    parameters, values = reference_of(name, family, k)
    model = model_of(parameters, k)
    filtered = indicators.phase(y[:, None], model=model)
    smoothed = indicators.phase_smooth(y, model=model)
    assert filtered.log_likelihood[-1] == pytest.approx(parameters["logLik"], rel=1e-9)
    assert smoothed.log_likelihood == pytest.approx(parameters["logLik"], rel=1e-9)
    np.testing.assert_allclose(filtered.posterior, values[:, :, 0], rtol=0, atol=1e-9)
    np.testing.assert_allclose(smoothed.posterior, values[:, :, 1], rtol=0, atol=1e-9)
    if family == "pois":
        np.testing.assert_array_equal(indicators.phase_path(y, model=model).path + 1, values[:, 0, 2])


@needs_reference
@pytest.mark.parametrize(("name", "k"), FITS)
def test_baum_welch_reaches_the_likelihood_of_hiddenmarkov_from_the_same_start(name, k):
    y = counts_of(name)
    means = np.quantile(y, [0.3, 0.95, 0.999][:k]) + 0.2 + 0.7 * np.arange(k)
    stay = np.full((k, k), 0.1 / (k - 1))
    np.fill_diagonal(stay, 0.9)
    start = PhaseModel.fixed(stay, means, np.full(k, 1 / k))
    fitted = indicators.fit_phases(y, start=start, max_iterations=5000, tolerance=1e-12)
    expected = reference_of(name, "pois", k)[0]["logLik"]
    assert fitted.log_likelihood >= expected - 1e-9 * abs(expected)


# ---- what everybody knows ----


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="TOCSIN_SHARED names no folder with the shared data")
def test_july_2006_is_hostilities_and_a_cold_peace_is_not():
    events = tocsin.read_events(REFERENCE.parent / "data" / "keds_levant.cameo.csv.gz")
    signals = ["rhetoric", "military", "punitive", "mediation", "cooperation"]

    def posterior_of(pair, first, last):
        frame = events.count(pairs=[pair]).frame().groupby("date")[signals].sum()
        days = np.arange(np.datetime64("1979-04-15"), np.datetime64("2011-12-01"))
        found = indicators.phase(frame.reindex(days, fill_value=0).to_numpy()).posterior
        return found[(days >= np.datetime64(first)) & (days <= np.datetime64(last))].mean(axis=0)

    assert posterior_of("ISR-LBN", "2006-07-14", "2006-08-13")[3] > 0.9
    assert posterior_of("EGY-ISR", "1995-01-01", "1999-12-31")[:2].sum() > 0.95
