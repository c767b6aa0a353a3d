# SPDX-License-Identifier: Apache-2.0
"""Files of `tests/fixtures/bpmn`, and small processes written in the test itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from egov_flow import bpmn

FOLDER = Path(__file__).parents[2] / "fixtures" / "bpmn"
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:flowable="http://flowable.org/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" '
    'xmlns:tns="urn:permits" targetNamespace="urn:permits">'
)


@pytest.fixture
def fixture() -> Callable[[str], bpmn.Definitions]:
    """Read a file of the fixtures by its stem."""
    return lambda stem: bpmn.read((FOLDER / f"{stem}.bpmn").read_bytes(), f"{stem}.bpmn")


@pytest.fixture
def a_file() -> Callable[[str], bpmn.Definitions]:
    """Read definitions that hold what is given; line 1 is the start tag of definitions, what is given begins in line 2."""
    return lambda inner: bpmn.read(f"{HEAD}\n{inner}\n</bpmn:definitions>".encode(), "permit.bpmn")


@pytest.fixture
def a_process(a_file) -> Callable[..., bpmn.Definitions]:
    """Read one process that holds what is given; what is given begins in line 3, `roots` stand behind the process."""
    return lambda inner, roots="": a_file(f'<bpmn:process id="permit">\n{inner}\n</bpmn:process>{roots}')


@pytest.fixture
def a_node(a_process) -> Callable[..., bpmn.FlowNode]:
    """Read one flow node, in a process without findings."""

    def read(inner: str, roots: str = "") -> bpmn.FlowNode:
        model = a_process(inner, roots)
        assert [str(f) for f in model.findings if f.severity == "error"] == []
        return model.processes[0].content.nodes[-1]

    return read
