"""Arrays as the core takes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import InputError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def series(values: ArrayLike, name: str) -> Floats:
    try:
        given = np.asarray(values)
        if given.dtype.kind in "SUMm" or (
            given.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in given.flat)
        ):
            raise TypeError(f"it holds texts or dates ({given.dtype})")
        return np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise InputError(f"{name} cannot be read as numbers: {fault}") from None


def exposure_of(values: ArrayLike | None) -> Floats:
    return np.empty(0) if values is None else series(values, "exposure")
