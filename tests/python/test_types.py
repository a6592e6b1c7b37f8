"""The stub of the core says what the core has, and the schema what the document holds."""

from __future__ import annotations

import ast
import json
from importlib.resources import files

import jsonschema
import pytest

import tocsin
from tocsin import _core

STUB = ast.parse((files("tocsin") / "_core.pyi").read_text(encoding="utf-8"))
SCHEMA = json.loads((files("tocsin") / "data" / "scores.schema.json").read_text(encoding="utf-8"))


def declared(body: list[ast.stmt]) -> set[str]:
    names = {node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    names |= {node.target.id for node in body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    return {name for name in names if not name.startswith("_")}


def test_the_stub_names_what_the_module_has():
    assert declared(STUB.body) == {name for name in dir(_core) if not name.startswith("_")}


@pytest.mark.parametrize("node", [node for node in STUB.body if isinstance(node, ast.ClassDef)], ids=lambda n: n.name)
def test_the_stub_names_what_each_class_has(node):
    built = getattr(_core, node.name)
    assert declared(node.body) == {name for name in dir(built) if not name.startswith("_")}
    properties = {
        item.name
        for item in node.body
        if isinstance(item, ast.FunctionDef) and any(ast.unparse(d) == "property" for d in item.decorator_list)
    }
    assert properties == {name for name in declared(node.body) if isinstance(getattr(built, name), property)}


def test_the_package_is_typed():
    assert (files("tocsin") / "py.typed").is_file()


def test_every_name_of_the_package_is_there():
    for name in tocsin.__all__:
        assert hasattr(tocsin, name)


def test_the_schema_knows_every_column():
    assert list(SCHEMA["$defs"]["pair"]["properties"]["columns"]["properties"]) == _core.score_columns


@pytest.mark.parametrize("intervals", ["none", "latest", "all"])
def test_documents_fit_the_schema(example, random_panel, intervals):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for panel in (example, random_panel):
        validator.validate(json.loads(tocsin.score(panel, intervals=intervals).to_json()))


def test_the_schema_refuses_another_version(example):
    document = json.loads(tocsin.score(example).to_json())
    document["schema_version"] = 2
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)
