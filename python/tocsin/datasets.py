"""The examples that ship with the package."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.errors import InputError
from tocsin.events import Events, read_events

if TYPE_CHECKING:
    from tocsin.panel import CountPanel

__all__ = ["load_example", "load_example_events"]

_PAIRS = {"kashmir-2025": ["IND-PAK"]}


def load_example(name: str) -> CountPanel:
    """Daily counts of an example: ``kashmir-2025``, India and Pakistan from 16 April to 1 May 2025.

    Parameters
    ----------
    name : str
        ``"kashmir-2025"``.

    Raises
    ------
    InputError
        For an example that there is not; names those that there are.

    Examples
    --------
    >>> load_example("kashmir-2025").pairs
    [('IND', 'PAK')]
    """
    return load_example_events(name).count(pairs=_PAIRS[name])


def load_example_events(name: str) -> Events:
    """The events behind an example, coded by hand from one news article: a worked way to a score, not a census.

    Parameters
    ----------
    name : str
        ``"kashmir-2025"``.

    Raises
    ------
    InputError
        For an example that there is not; names those that there are.

    Examples
    --------
    >>> len(load_example_events("kashmir-2025"))
    47
    """
    if name not in _PAIRS:
        raise InputError(f"there is no example {name!r}; the examples are {', '.join(_PAIRS)}")
    with (files("tocsin") / "data" / f"{name}.csv").open("rb") as stream:
        return read_events(stream)
