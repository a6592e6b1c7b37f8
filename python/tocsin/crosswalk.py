"""Codes of countries, from one system to another, on a date."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np

from tocsin import _core, frames
from tocsin.errors import InputError, ParseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["SYSTEMS", "Place", "convert", "place"]

SYSTEMS: tuple[str, ...] = tuple(_core.code_system_names)
"""The systems that codes can be of: ISO 3166-1, FIPS 10-4, COW, Gleditsch-Ward, CAMEO, old KEDS files, names."""

_NUMBERED = ("iso_numeric", "cow_number", "gw_number")


@dataclass(frozen=True, slots=True)
class Place:
    """What a code stands for.

    Attributes
    ----------
    id : str
        Its last ISO 3166-1 alpha-3, XKX for Kosovo, else a code of our own in lower case, as in "zanzibar".
    name : str
        In English.
    kind : {"state", "territory", "region", "organisation"}
        Countries are states and territories.
    """

    id: str
    name: str
    kind: Literal["state", "territory", "region", "organisation"]


def place(code: str | int, *, system: str, date: Any) -> Place:
    """What a code of a system stands for on a date.

    Parameters
    ----------
    code : str or int
        Systems of numbers take numbers too.
    system : str
        One of `SYSTEMS`.
    date : date or str
        On which the code was used.

    Returns
    -------
    Place
        With ``id``, ``name`` and ``kind``.

    Raises
    ------
    InputError
        Where it stands for nothing, or a name for several places; the message proposes what may be meant.

    Examples
    --------
    >>> place("AU", system="iso2", date="2025-05-01")
    Place(id='AUS', name='Australia', kind='state')
    >>> place("AU", system="fips", date="2025-05-01")
    Place(id='AUT', name='Austria', kind='state')
    >>> place(365, system="cow_number", date="1985-01-01").name
    'Soviet Union'
    """
    text = _code_text(code, system)
    if text is None:
        raise InputError(f"code is {code!r}, expected a text")
    return Place(*_core.place(text, system, _day(date)))


@overload
def convert(code: str | int, *, source: str, target: str, date: Any, missing: Literal["raise"] = "raise") -> str: ...
@overload
def convert(code: str | int | None, *, source: str, target: str, date: Any, missing: Literal["none"]) -> str | None: ...
@overload
def convert(
    code: NDArray[Any], *, source: str, target: str, date: Any, missing: Literal["raise", "none"] = "raise"
) -> NDArray[np.object_]: ...
@overload
def convert(
    code: Sequence[str | int | None],
    *,
    source: str,
    target: str,
    date: Any,
    missing: Literal["raise", "none"] = "raise",
) -> list[str | None]: ...
def convert(code: Any, *, source: str, target: str, date: Any, missing: Literal["raise", "none"] = "raise") -> Any:
    """Write codes of one system in another.

    Parameters
    ----------
    code : str, or list or array of str
        Systems of numbers take numbers too.
    source, target : str
        Two of `SYSTEMS`. The source is never guessed: "AU" is Australia in "iso2" and Austria in "fips".
    date : date, or list or array of dates
        On which the codes were used, as a date, a timestamp or a text as YYYY-MM-DD: one for all, or one for each.
    missing : {"raise", "none"}
        What becomes of a code that stands for no place or for several on its date, or whose place has no code in the
        target system then.

    Returns
    -------
    str, list or array
        As `code`; an array of texts for an array, a list for any other column. With ``missing="none"``, None where
        there is no code.

    Raises
    ------
    InputError
        Where a code is missing, unless None is asked for; in a list as a ParseError with its place.

    Examples
    --------
    >>> convert("Korea, Republic of", source="name", target="cow_letters", date="2018-01-01")
    'ROK'
    >>> convert(["DEU", "YEM"], source="iso3", target="cow_number", date="1985-01-01")
    ['260', '678']
    >>> convert(["DEU", "DEU"], source="iso3", target="cow_number", date=["1985-01-01", "1995-01-01"])
    ['260', '255']
    >>> convert(["BHS", "XXX"], source="iso3", target="cow_number", date="1995-01-01", missing="none")
    ['31', None]
    """
    if missing not in ("raise", "none"):
        raise InputError(f'missing is {missing!r}, expected "raise" or "none"')
    skips_missing = missing == "none"
    if code is None or isinstance(code, str | int | float | np.number):
        return _converted([code], [date], source, target, None, skips_missing=skips_missing)[0]
    column = code.ravel().tolist() if isinstance(code, np.ndarray) else list(code)
    dates = [date] * len(column) if _is_one_date(date) else list(np.ravel(date) if _is_array(date) else date)
    if len(dates) != len(column):
        raise InputError(
            f"there are {len(column)} codes and {len(dates)} dates; expected one date, or one for each code"
        )
    results = _converted(column, dates, source, target, "code", skips_missing=skips_missing)
    if not isinstance(code, np.ndarray):
        return results
    array = np.empty(len(results), dtype=object)
    array[:] = results
    return array.reshape(code.shape)


def _converted(
    codes: list[Any], dates: list[Any], source: str, target: str, origin: str | None, *, skips_missing: bool
) -> list[str | None]:
    texts: list[str | None] = []
    for row, code in enumerate(codes):
        text = _code_text(code, source)
        if text is None and not skips_missing:
            what = f'{code!r} is no code of {source}; pass missing="none" to keep it as None'
            raise InputError(what) if origin is None else ParseError(f"{origin}:{row + 1}: {what}", origin, row + 1)
        texts.append(text)
    known: dict[Any, int] = {}
    days = np.array([known[date] if date in known else known.setdefault(date, _day(date)) for date in dates], np.int32)
    return _core.convert_codes(texts, days, source, target, origin, skips_missing)


def _code_text(code: Any, system: str) -> str | None:
    """The text of a code; None where a cell holds nothing."""
    if isinstance(code, str):
        return code
    if code is None or type(code).__name__ in ("NAType", "NaTType") or (isinstance(code, float) and math.isnan(code)):
        return None
    # A column of numbers with a gap comes as floats: 2.0 is 2.
    if system in _NUMBERED and isinstance(code, int | float | np.number) and not isinstance(code, bool):
        number = float(code)
        if number.is_integer():
            return str(int(number))
    expected = "a text or a whole number" if system in _NUMBERED else "a text"
    raise InputError(f"a code of {system} is {code!r}, expected {expected}")


def _day(date: Any) -> int:
    day = frames.day_number(date)
    if day is None:
        raise InputError(f"date is {date!r}, expected a date or a text as YYYY-MM-DD")
    return day


def _is_array(date: Any) -> bool:
    return isinstance(date, np.ndarray)


def _is_one_date(date: Any) -> bool:
    return isinstance(date, str | np.datetime64) or not hasattr(date, "__len__")
