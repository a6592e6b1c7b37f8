"""Files that are whole or not there."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["replaced"]

_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR)


@contextmanager
def replaced(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A path beside the target, to write to: renamed to the target at the end, removed after an error.

    A run that is killed on the way leaves the old file whole.

    Raises
    ------
    InputError
        Where the folder is not there or may not be written to.
    """
    target = Path(path)
    beside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(target)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink()
        if fault.errno in _CLOSED and str(fault.filename) == str(beside):
            reason = os.strerror(fault.errno).lower()
            raise InputError(f"{target}: cannot be written ({reason}); is the folder there and writable?") from None
        raise
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
