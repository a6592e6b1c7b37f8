"""Errors that tocsin raises. Each says where, what was expected, what was found, and what to do."""

from __future__ import annotations

__all__ = [
    "CodebookError",
    "ConfigError",
    "Error",
    "InputError",
    "InputWarning",
    "MissingExtraError",
    "ParseError",
    "StateError",
]


class Error(Exception):
    """Root of every error of the package."""


class InputError(Error, ValueError):
    """An argument or a table that cannot be used."""


class ParseError(InputError):
    """A fault at a place in a file or a table.

    Attributes
    ----------
    source : str
        The file, or what the table is.
    line : int
        Line of the file or row of the table, from 1; 0 when the whole input is meant.
    column : int
        From 1; 0 when the whole line is meant.
    """

    def __init__(self, message: str, source: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.source = source
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[type[ParseError], tuple[str, str, int, int]]:
        return type(self), (str(self), self.source, self.line, self.column)


class CodebookError(Error, LookupError):
    """A codebook that is unknown or malformed, or does not hold a code."""


class ConfigError(Error, ValueError):
    """A configuration key or value that cannot be used.

    Attributes
    ----------
    pointer : str
        Its JSON pointer, as in ``/weights/spread``.
    """

    def __init__(self, message: str, pointer: str = "") -> None:
        super().__init__(message)
        self.pointer = pointer

    def __reduce__(self) -> tuple[type[ConfigError], tuple[str, str]]:
        return type(self), (str(self), self.pointer)


class StateError(Error, RuntimeError):
    """A saved state that does not fit, or a day that a monitor cannot take."""


class MissingExtraError(Error, ImportError):
    """A package that only some functions need is not installed; the message says how to get it."""


class InputWarning(UserWarning):
    """Something in the input was passed over; the message names it."""
