"""One root, typed errors, each also the fitting builtin; nothing is lost between processes."""

from __future__ import annotations

import copy
import pickle

import pytest

import tocsin

BUILTIN = {
    tocsin.InputError: ValueError,
    tocsin.ParseError: ValueError,
    tocsin.CodebookError: LookupError,
    tocsin.ConfigError: ValueError,
    tocsin.StateError: RuntimeError,
    tocsin.MissingExtraError: ImportError,
}


@pytest.mark.parametrize("error", BUILTIN, ids=lambda error: error.__name__)
def test_an_error_is_a_tocsin_error_and_the_fitting_builtin(error):
    assert issubclass(error, tocsin.Error)
    assert issubclass(error, BUILTIN[error])
    assert error.__module__ == "tocsin.errors"


def test_every_public_error_is_known_here():
    public = {getattr(tocsin, name) for name in tocsin.__all__ if name.endswith("Error")}
    assert public == {*BUILTIN, tocsin.Error}


def test_a_parse_error_is_an_input_error():
    assert issubclass(tocsin.ParseError, tocsin.InputError)


def test_a_warning_is_a_user_warning_and_no_error():
    assert issubclass(tocsin.InputWarning, UserWarning)
    assert not issubclass(tocsin.InputWarning, tocsin.Error)


def negative_count():
    tocsin.score([{"date": "2025-05-01", "source": "A", "target": "B", "rhetoric": -1}])


def self_pair():
    tocsin.score([{"date": "2025-05-01", "source": "A", "target": "A", "rhetoric": 1}])


RAISED = {
    tocsin.ParseError: (negative_count, {"source": "table", "line": 1, "column": 0}),
    tocsin.InputError: (lambda: tocsin.score("/nothing/here.csv"), {}),
    tocsin.CodebookError: (lambda: tocsin.Codebook.shipped("x"), {}),
    tocsin.ConfigError: (lambda: tocsin.Config(weights={"spread": 2}), {"pointer": "/weights/spread"}),
    tocsin.StateError: (lambda: tocsin.Monitor.from_json("{}"), {}),
}


@pytest.mark.parametrize("error", RAISED, ids=lambda error: error.__name__)
@pytest.mark.parametrize(
    "carry", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deep"]
)
def test_an_error_keeps_its_type_message_and_attributes(error, carry):
    make, attributes = RAISED[error]
    with pytest.raises(error) as caught:
        make()
    carried = carry(caught.value)
    assert type(carried) is type(caught.value) is error
    assert str(carried) == str(caught.value) != ""
    assert {name: getattr(carried, name) for name in attributes} == attributes


def test_a_place_is_optional_when_an_error_is_made_by_hand():
    error = tocsin.ParseError("message")
    assert (error.source, error.line, error.column) == ("", 0, 0)
    assert tocsin.ConfigError("message").pointer == ""


def test_an_error_says_where_what_was_expected_what_was_found_and_what_to_do(counts_csv):
    counts_csv.write_text("date,source,target,rhetoric,military\n2025-05-01,IND,PAK,1,many\n")
    with pytest.raises(tocsin.ParseError) as caught:
        tocsin.score(counts_csv)
    assert str(caught.value) == (
        f'{counts_csv}:2:5: column "military" holds "many", expected a number; '
        "leave the cell empty if it was not collected"
    )
    assert (caught.value.line, caught.value.column) == (2, 5)


def test_the_cause_of_an_error_is_not_a_second_traceback():
    with pytest.raises(tocsin.ParseError) as caught:
        tocsin.score([{"date": "2025-05-01", "source": "A", "target": "B", "rhetoric": "x"}])
    assert caught.value.__suppress_context__
