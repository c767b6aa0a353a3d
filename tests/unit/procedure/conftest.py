# SPDX-License-Identifier: Apache-2.0
"""A small procedure whose YAML a test writes."""

from __future__ import annotations

import pytest

from egov_flow.procedure import read_files

DIAGRAM = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions_1" targetNamespace="urn:test">
  <bpmn:process id="Process_Permit" name="Permit" isExecutable="true">
    <bpmn:startEvent id="Start" />
    <bpmn:userTask id="Task_Decide" name="Decide" />
    <bpmn:sequenceFlow id="Flow_1" sourceRef="Start" targetRef="Task_Decide" />
  </bpmn:process>
</bpmn:definitions>
"""


@pytest.fixture
def diagram():
    """The bytes of a small diagram."""
    return DIAGRAM


@pytest.fixture
def a_folder():
    """A function that reads a procedure with this procedure.yaml (and other files by path)."""

    def make(yaml="", **files):
        contents = {"process.bpmn": DIAGRAM, **files}
        if yaml:
            contents["procedure.yaml"] = yaml.encode()
        return read_files(contents.items(), "procedures/permit")

    return make
