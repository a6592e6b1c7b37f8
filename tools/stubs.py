"""Writes `python/tocsin/_core.pyi` from the module that was built: `stubs.py [--check]`.

Names, parameters, their kinds and defaults, properties and static methods come from the module, by pybind11-stubgen. Of
a type the module often knows less than a person (`dict` for `dict[str, NDArray]`): an annotation that stands in the
present stub stays while its parameter is there and nothing contradicts it. A new one gets what the module knows; mypy,
or a look, says whether that is enough. So this can be run at any time and loses nothing, and a second run changes
nothing.

`--check` writes nothing, shows the difference, and exits with 1 where there is one.
"""

from __future__ import annotations

import ast
import copy
import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUB = Path(__file__).resolve().parents[1] / "python" / "tocsin" / "_core.pyi"
HEAD_ENDS = re.compile(
    r"^(?!_)\w+: |^class |^def |^@", re.MULTILINE
)  # comment, imports and aliases are written by hand

# From what pybind11 says of a type to what stands in the stub, in this order.
SHORTER = (
    (r"typing\.SupportsInt \| typing\.SupportsIndex", "int"),
    (r"typing\.SupportsFloat \| typing\.SupportsIndex", "float"),
    (r"typing\.Annotated\[numpy\.typing\.ArrayLike, numpy\.(\w+)\]", r"numpy.typing.NDArray[numpy.\1]"),
    (r"numpy\.typing\.NDArray\[numpy\.float64\]", "_Floats"),
    (r"numpy\.typing\.NDArray\[numpy\.int32\]", "_Days"),
    (r"numpy\.typing\.NDArray\[numpy\.uint32\]", "_Ids"),
    (r"numpy\.", "np."),
    (r"(?:typing|collections\.abc)\.", ""),
    (r"tuple\[str, str\]", "_Pair"),
    (r"tuple\[int, int\]", "_Ends"),
    (r"\bdict\b(?!\[)", "dict[str, Any]"),
    (r"\blist\b(?!\[)", "list[Any]"),
    (r"\btuple\b(?!\[)", "tuple[Any, ...]"),
)
SCALARS = {"int", "float", "str", "bool"}
SHOWN_SPECIAL = {"__init__", "__len__", "__eq__", "__getitem__", "__iter__", "__contains__", "__call__"}

Key = tuple[str, str]  # a name, and which of several with this name
Members = dict[Key, ast.stmt]


def generated() -> ast.Module:
    """What pybind11-stubgen makes of the module."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pybind11_stubgen", "tocsin._core", "--output-dir", folder]
        subprocess.run(command, check=True, capture_output=True)
        return ast.parse((Path(folder) / "tocsin" / "_core.pyi").read_text(encoding="utf-8"))


def members(body: list[ast.stmt]) -> Members:
    """Statements of a module or class by name; setters and overloads apart from what they belong to."""
    found: Members = {}
    for node in body:
        if isinstance(node, ast.ClassDef):
            found[node.name, "class"] = node
        elif isinstance(node, ast.FunctionDef):
            marks = [ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list]
            place = sum(name == node.name for name, _ in found) if "overload" in marks else 0
            found[node.name, " ".join([*marks, str(place)])] = node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id, "value"] = node
    return found


def shorter(annotation: ast.expr | None) -> ast.expr | None:
    """A type in the words of the stub."""
    if annotation is None:
        return None
    text = ast.unparse(annotation)
    for pattern, replacement in SHORTER:
        text = re.sub(pattern, replacement, text)
    return ast.parse(text, mode="eval").body


def chosen(known: ast.expr | None, written: ast.expr | None) -> ast.expr | None:
    """What is written, unless it contradicts what the module knows."""
    known = shorter(known)
    if written is None or known is None:
        return known
    has, says = ast.unparse(known), ast.unparse(written)
    may_be_none = has.endswith("| None")
    base, said = has.removesuffix(" | None"), says.removesuffix(" | None")
    contradicts = base in SCALARS and said in SCALARS and base != said
    forgets_none = may_be_none and not says.endswith("| None")
    has_no_none = base in SCALARS and not may_be_none and says.endswith("| None")
    return known if contradicts or forgets_none or has_no_none else written


def merged_function(new: ast.FunctionDef, old: ast.FunctionDef | None) -> ast.FunctionDef:
    """Parameters of the module, with the annotations of the present stub."""
    if old is not None and new.name in SHOWN_SPECIAL - {"__init__"}:
        return old
    result = copy.deepcopy(new)
    result.body = [ast.Expr(ast.Constant(...))]
    written = {arg.arg: arg.annotation for arg in _parameters(old)} if old else {}
    for arg in _parameters(result):
        arg.annotation = chosen(arg.annotation, written.get(arg.arg))
    result.returns = chosen(new.returns, old.returns if old else None)
    for mark in result.decorator_list:
        if isinstance(mark, ast.Attribute) and ast.unparse(mark).startswith("typing."):
            result.decorator_list = [ast.Name(mark.attr)]
    return result


def merged(new: list[ast.stmt], old: list[ast.stmt]) -> list[ast.stmt]:
    """What the module has, in the order of the present stub; what is new stands last."""
    is_enum = any(name == "__members__" for name, _ in members(new))
    there, before = members(new), members(old)
    shown = [key for key in there if _is_shown(key[0], is_enum=is_enum) or key in before]
    result: list[ast.stmt] = []
    for key in [key for key in before if key in shown] + [key for key in shown if key not in before]:
        node, known = there[key], before.get(key)
        if isinstance(node, ast.ClassDef):
            held = copy.deepcopy(node)
            held.body = merged(node.body, known.body if isinstance(known, ast.ClassDef) else []) or [
                ast.Expr(ast.Constant(...))
            ]
            result.append(held)
        elif isinstance(node, ast.FunctionDef):
            result.append(merged_function(node, known if isinstance(known, ast.FunctionDef) else None))
        elif isinstance(node, ast.AnnAssign):
            annotation = known.annotation if isinstance(known, ast.AnnAssign) else shorter(node.annotation)
            result.append(ast.AnnAssign(target=node.target, annotation=annotation or ast.Name("Any"), simple=1))
    return sorted(result, key=lambda node: not isinstance(node, ast.AnnAssign))  # values first


def stub(present: str) -> str:
    """The stub as it should be, given the one that is there."""
    begins = HEAD_ENDS.search(present)
    head = present[: begins.start()] if begins else present
    # Aliases that were written further down move up to the others.
    aliases = re.findall(r"^_\w+: TypeAlias = .*\n", present[len(head) :], flags=re.MULTILINE)
    head = "".join([head.rstrip(), "\n", *aliases, "\n"])
    nodes = merged(generated().body, ast.parse(present).body)
    text = "\n".join(ast.unparse(ast.fix_missing_locations(node)) for node in nodes)
    text = text.replace("__hash__: ClassVar[None]", "__hash__: ClassVar[None]  # type: ignore[assignment]")
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(STUB), "-"]
    return subprocess.run(command, input=head + text, check=True, capture_output=True, text=True).stdout


def _parameters(function: ast.FunctionDef) -> list[ast.arg]:
    parameters = function.args
    return [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]


def _is_shown(name: str, *, is_enum: bool) -> bool:
    if name.startswith("__"):
        return name == "__members__" if is_enum else name in SHOWN_SPECIAL
    return not name.startswith("_")


def main(*, writes: bool) -> int:
    """Write the stub, or show how it differs from what should be there."""
    present = STUB.read_text(encoding="utf-8")
    wanted = stub(present)
    if writes:
        STUB.write_text(wanted, encoding="utf-8")
        return 0
    names = (f"{STUB.name} as it is", f"{STUB.name} by `make stubs`")
    difference = list(difflib.unified_diff(present.splitlines(), wanted.splitlines(), *names, lineterm="", n=1))
    print("\n".join(difference))
    return int(bool(difference))


if __name__ == "__main__":
    sys.exit(main(writes="--check" not in sys.argv[1:]))
