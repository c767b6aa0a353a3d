# SPDX-License-Identifier: Apache-2.0
"""The event table of BPMN 2.0.2 (table 10.93) is whole: a cell with a mark runs (its corner case), a cell without one is refused at its event."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corners.drawing import bpmn
from tests.corners.matrix import ALLOWED, CASES, CELLS, EMPTY, MARKED, POSITIONS, forbidden

from egov_flow import kernel
from egov_flow.procedure import read_files

AT = {"start": "s", "esp": "te", "esp_beside": "te", "catch": "c", "boundary": "b", "boundary_beside": "b", "throw": "t", "end": "x"}
"""The event of each position; a none start belongs to its event sub-process."""


def test_every_cell_of_the_table_is_one_or_the_other() -> None:
    assert (len(CELLS), len(MARKED), len(EMPTY)) == (13 * 8, 63, 41)
    assert {f"table_{cell.replace('@', '_')}" for cell in MARKED} <= {case.name for case in CASES}


def test_the_page_on_semantics_shows_the_table() -> None:
    page = Path(__file__).resolve().parents[2] / "docs/explanation/semantics.md"
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.read_text("utf-8").splitlines() if line.startswith("| ")]
    shown = {
        name: [mark == "×" for mark in marks] for name, *marks in rows if name.replace(" ", "_") in ALLOWED and len(marks) == len(POSITIONS)
    }

    assert shown == {kind.replace("_", " "): [position in marks.split() for position in POSITIONS] for kind, marks in ALLOWED.items()}


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
