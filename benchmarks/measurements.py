"""Tables of the benchmarks, and what machine they were measured on."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column is text, the others are numbers."""
    rule = "|---|" + "---:|" * (len(columns) - 1)
    head, *body = (f"| {' | '.join(cells)} |" for cells in (columns, *rows))
    return "\n".join([head, rule, *body])


def machine(*packages: str) -> str:
    """Processor, load, and versions of Python, tocsin and the packages."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("tocsin", *packages))
    return (
        f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores (load {os.getloadavg()[0]:.1f} at the "
        f"end), Python {platform.python_version()}, {versions}."
    )
