"""The stub of the core says what the core has, and the schema what the document holds."""

from __future__ import annotations

import functools
import importlib.util
import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import tocsin
from tocsin import _core

SCHEMA = json.loads((files("tocsin") / "data" / "scores.schema.json").read_text(encoding="utf-8"))
TOOL = Path(__file__).resolve().parents[2] / "tools" / "stubs.py"


@pytest.fixture(scope="module")
def tool():
    pytest.importorskip("pybind11_stubgen", reason="pybind11-stubgen is in the group `dev`")
    spec = importlib.util.spec_from_file_location("stubs", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.generated = functools.cache(module.generated)  # the module does not change between two looks
    return module


def test_the_stub_is_what_the_module_says(tool):
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run `make stubs`:\n{done.stdout}{done.stderr}"
    assert (files("tocsin") / "_core.pyi").read_text(encoding="utf-8") == tool.STUB.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("def parse_pair(text: str)", "def parse_pair(name: str)"),
        ("def parse_pair(text: str)", "def parse_pair(text: int)"),
        ("def parse_pair(text: str)", "def parse_pair(text: str, more: int)"),
        ("calendar: _Ends | None = None) -> CountPanel", "calendar: _Ends | None) -> CountPanel"),
        ("as_of: int | None", "as_of: int"),
        ("    def __len__(self) -> int: ...\n", ""),
        ("    @property\n    def is_directed(self)", "    def is_directed(self)"),
        ("version: str", "version: str\nverse: str"),
    ],
)
def test_a_stub_that_drifted_is_put_right(tool, right, wrong):
    stub = tool.STUB.read_text(encoding="utf-8")
    assert right in stub
    mended = tool.stub(stub.replace(right, wrong))
    assert sorted(mended.splitlines()) == sorted(stub.splitlines())  # what was lost comes back last


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
