"""What an event code counts as, given who did it."""

from __future__ import annotations

from typing import Any

from tocsin import _core

__all__ = ["Codebook"]


class Codebook:
    """From event code and role to signal, rung and weight.

    Examples
    --------
    >>> Codebook.shipped("cameo-1.1b3").version
    '1'
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Codebook) -> None:
        self._core = core

    @classmethod
    def shipped(cls, name: str) -> Codebook:
        """A codebook of the package, by name. Raises CodebookError that lists them."""
        return cls(_core.Codebook.shipped(name))

    @classmethod
    def from_json(cls, text: str) -> Codebook:
        """A table of your own, in the format of the shipped ones."""
        return cls(_core.Codebook.from_json(text))

    @staticmethod
    def shipped_names() -> list[str]:
        """The names of the package's codebooks."""
        return _core.Codebook.shipped_names()

    @property
    def name(self) -> str:
        """As in ``cameo-1.1b3``."""
        return self._core.name

    @property
    def version(self) -> str:
        """Version of the table."""
        return self._core.version

    @property
    def hash(self) -> str:
        """Of the content: the same table has the same hash."""
        return self._core.hash

    def meaning(self, code: str) -> dict[str, Any]:
        """What an event code counts as, or the longest one that it is a kind of.

        ``party`` and ``third`` are its family between the two parties and from a third one; ``goldstein`` is NaN where
        the scale has no value. By ``tags`` nothing is counted. Raises CodebookError that proposes the nearest codes.

        Examples
        --------
        >>> meaning = Codebook.shipped("cameo-1.1b3").meaning("0721")
        >>> meaning["name"], meaning["party"], meaning["tags"]
        ('Provide military aid', 'cooperation', ['alignment'])
        """
        return self._core.meaning(code)

    def __repr__(self) -> str:
        return f"Codebook({self.name!r}, version {self.version}, hash {self.hash})"
