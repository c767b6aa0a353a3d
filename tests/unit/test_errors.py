# SPDX-License-Identifier: Apache-2.0
"""Errors and findings: what a user reads, and what a caller can catch."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from egov_flow import errors
from egov_flow.errors import EgovFlowError, FeelError, Finding, InvalidData, Place, ProcedureError, RedesignError, blocking

BUILTINS = {
    "AlreadyCompleted": RuntimeError,
    "ConflictError": RuntimeError,
    "FeelError": ValueError,
    "InvalidData": ValueError,
    "NotAllowed": PermissionError,
    "NotFound": LookupError,
    "ProcedureError": ValueError,
    "RedesignError": ValueError,
    "StoreError": OSError,
}
WRONG = Finding.of("EF-D003", Place("process.bpmn", 41, 5), element="Task_1", name="Decide", type="userTask", path="fee", source="DMN 1.5")


def test_a_finding_reads_like_a_compilers():
    assert WRONG.text() == (
        'process.bpmn:41:5: error EF-D003: userTask "Decide" (Task_1): fee is not a finite number\n'
        "  hint: NaN and infinity are refused; send null if the number is unknown."
    )


def test_a_finding_speaks_indonesian():
    assert WRONG.message("id") == "fee bukan bilangan berhingga"


def test_a_finding_without_an_element_names_file_and_code():
    finding = Finding.of("EF-D007", Place("procedure.yaml"), path="purpose")

    assert finding.text().startswith("procedure.yaml: error EF-D007: purpose is not valid Unicode text")


def test_a_finding_is_plain_json():
    data = json.loads(json.dumps(WRONG.as_json()))

    assert (data["file"], data["line"], data["column"]) == ("process.bpmn", 41, 5)
    assert (data["code"], data["severity"], data["element"]) == ("EF-D003", "error", "Task_1")
    assert data["message"] == "fee is not a finite number"


def test_a_finding_has_one_of_three_severities():
    with pytest.raises(ValueError, match="fatal"):
        Finding.of("EF-D003", severity="fatal", path="fee")


def test_only_errors_block():
    warning = Finding.of("EF-D003", severity="warning", path="fee")

    assert blocking([warning, WRONG]) == [WRONG]


@pytest.mark.parametrize(("name", "builtin"), BUILTINS.items())
def test_an_error_is_caught_as_ours_and_as_the_fitting_builtin(name, builtin):
    kind = getattr(errors, name)

    assert issubclass(kind, EgovFlowError)
    assert issubclass(kind, builtin)
    assert kind.__doc__


def test_every_error_class_is_in_the_drawn_tree():
    public = [name for name in errors.__all__ if isinstance(getattr(errors, name), type) and issubclass(getattr(errors, name), Exception)]

    assert set(public) == {*BUILTINS, "EgovFlowError"}
    assert [name for name in public if name not in (errors.__doc__ or "")] == []


def test_an_error_says_code_message_and_hint():
    error = InvalidData("EF-D004", path="fee", digits=34)

    assert str(error) == "EF-D004: fee has more than 34 significant digits\n  hint: Round it before you send it, or send it as a string."
    assert error.text("id").startswith("EF-D004: fee memiliki lebih dari 34 angka penting")


def test_a_procedure_error_lists_all_findings():
    other = Finding.of("EF-D007", path="purpose")

    assert str(ProcedureError([WRONG, other])) == f"{WRONG}\n{other}"


def test_a_refused_redesign_is_caught_as_a_procedure_error():
    with pytest.raises(ProcedureError) as caught:
        raise RedesignError([WRONG])

    assert caught.value.findings == (WRONG,)


@pytest.mark.parametrize(
    "error",
    [
        InvalidData("EF-D003", path="fee"),
        ProcedureError([WRONG]),
        RedesignError([WRONG]),
        FeelError("EF-D003", line=2, column=7, path="fee"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("remade", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))], ids=["copy", "other process"])
def test_an_error_survives_the_way_to_another_process(error, remade):
    again = remade(error)

    assert (type(again), str(again), again.code) == (type(error), str(error), error.code)
    assert getattr(again, "findings", None) == getattr(error, "findings", None)
    assert getattr(again, "column", None) == getattr(error, "column", None)


def test_a_label_drawn_in_two_lines_is_told_in_one():
    found = Finding.of(
        "EF-C320", Place("a.bpmn", 3, 5), element="Flow_1", name="yes,\n  please", type="sequenceFlow", gateway="Complete\nand signed?"
    )

    first, *hint = found.text().splitlines()

    assert first == 'a.bpmn:3:5: error EF-C320: sequenceFlow "yes, please" (Flow_1): the flow leaves Complete and signed? without a name'
    assert [line[:8] for line in hint] == ["  hint: "]
    assert found.name == "yes,\n  please", "the value stays as it was drawn"
