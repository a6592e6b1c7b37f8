"""Writes the pages of the API reference, one for each language: `reference_pages.py FOLDER`.

What is public is read from `tocsin.__all__`, from that of its modules and from the includes of `tocsin.hpp`, so that
nothing can be forgotten. The text behind the names comes from docstrings and header comments when the site is built.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import tocsin

UMBRELLA = Path(__file__).resolve().parents[1] / "cpp" / "include" / "tocsin" / "tocsin.hpp"

PYTHON_HEAD = """\
# Python reference

Options are keyword-only. A call that takes a frame gives back the caller's own type. What could not be computed is
missing (NaN, null), never 0. The columns of a result are in [the method](../method.md).
"""
CPP_HEAD = """\
# C++ reference

`#include <tocsin/tocsin.hpp>` has everything, `find_package(tocsin CONFIG REQUIRED)` finds it, and
`target_link_libraries(job PRIVATE tocsin::tocsin)` links it. All names are in the namespace `tocsin`. One section a
header.
"""


def python_page() -> str:
    """Functions, then classes, errors, and the functions over arrays."""
    public = [name for name in tocsin.__all__ if not name.startswith("__")]
    things = {name: getattr(tocsin, name) for name in public}
    errors = [name for name, thing in things.items() if inspect.isclass(thing) and issubclass(thing, Exception)]
    classes = [name for name, thing in things.items() if inspect.isclass(thing) and name not in errors]
    functions = [name for name, thing in things.items() if inspect.isfunction(thing)]
    modules = [name for name, thing in things.items() if inspect.ismodule(thing)]
    lines = [PYTHON_HEAD, "## Functions\n", *_directives("tocsin", functions)]
    lines += [
        "## Classes\n",
        *_directives("tocsin", classes),
        "## Errors and warnings\n",
        *_directives("tocsin", errors),
    ]
    for name in modules:
        lines += [f"## {name}\n", f"{inspect.getdoc(things[name])}\n"]
        lines += _directives(f"tocsin.{name}", things[name].__all__)
    return "\n".join(lines)


def cpp_page() -> str:
    """A section for each public header, in reading order."""
    headers = re.findall(r'#include "tocsin/(.+?)"', UMBRELLA.read_text(encoding="utf-8"))
    sections = [
        f"## {name}\n\n```{{eval-rst}}\n.. doxygenfile:: {Path(name).name}\n   :sections: {SECTIONS}\n```\n"
        for name in headers
        if name != "version.hpp"  # made by CMake; it holds the version
    ]
    return "\n".join([CPP_HEAD, *sections])


# What a reader wants of a header: neither its path and includes nor what is private.
SECTIONS = (
    "briefdescription detaileddescription innernamespace innerclass public-type public-attrib public-static-attrib "
    "public-func public-static-func enum typedef var func"
)


def _directives(module: str, names: list[str]) -> list[str]:
    found = []
    for name in names:
        thing = getattr(sys.modules[module], name)
        kind = "class" if inspect.isclass(thing) else "function" if inspect.isfunction(thing) else "data"
        options = "\n   :members:\n   :inherited-members: tuple, Exception" if kind == "class" else ""
        found.append(f"```{{eval-rst}}\n.. auto{kind}:: {module}.{name}{options}\n```\n")
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "python.md").write_text(python_page(), encoding="utf-8")
    (folder / "cpp.md").write_text(cpp_page(), encoding="utf-8")
