# SPDX-License-Identifier: Apache-2.0
"""The event table of BPMN 2.0.2 (table 10.93) is whole: a cell with a mark runs (its corner case), a cell without one is refused at its event."""

from __future__ import annotations

import pytest
from tests.corners.drawing import bpmn
from tests.corners.matrix import CASES, CELLS, EMPTY, MARKED, forbidden

from egov_flow import kernel
from egov_flow.procedure import read_files

AT = {"start": "s", "esp": "te", "esp_beside": "te", "catch": "c", "boundary": "b", "boundary_beside": "b", "throw": "t", "end": "x"}
"""The event of each position; a none start belongs to its event sub-process."""


def test_every_cell_of_the_table_is_one_or_the_other() -> None:
    assert (len(CELLS), len(MARKED), len(EMPTY)) == (13 * 8, 63, 41)
    assert {f"table_{cell.replace('@', '_')}" for cell in MARKED} <= {case.name for case in CASES}


@pytest.mark.parametrize("case", [case for case in CASES if "multiple_" in case.name], ids=lambda case: case.name)
def test_an_event_that_is_called_multiple_has_several_definitions(case) -> None:
    events = [node.event for node in read_files([("process.bpmn", bpmn(case.drawing).encode())], "drawing").model.nodes() if node.event]
    (several,) = [event for event in events if len(event.definitions) > 1]

    assert several.is_parallel_multiple == ("parallel" in case.name)


@pytest.mark.parametrize("cell", EMPTY)
def test_what_the_table_does_not_allow_is_refused_at_its_event(cell: str) -> None:
    procedure = read_files([("process.bpmn", bpmn(forbidden(cell)).encode())], "drawing")
    found = [f for f in kernel.refusals(procedure) if f.severity == "error"]

    assert found, cell
    assert {f.element for f in found} <= set(AT[cell.partition("@")[2]])
    assert all(f.hint("en") and f.hint("id") for f in found)
