# SPDX-License-Identifier: Apache-2.0
"""Examples of rules: a small model that keeps a rule, and one that breaks it. They are the rule's tests, its page and what `--explain` shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

import attrs

from egov_flow.procedure import Procedure, read_files

__all__ = ["Example"]

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" targetNamespace="urn:example">'
)
OUTSIDE = re.compile(
    r"<(process|collaboration|choreography|global\w+|message|signal|error|escalation|itemDefinition|dataStore|interface|resource|category|import"
    r"|correlationProperty|relationship|extension|partner\w+|endPoint|\w+EventDefinition|bpmndi:\w+)\b"
)
"""Fragments that begin so stand in the definitions; others in a process."""

PLAIN = (
    '<laneSet id="Lanes"><lane id="Lane_Desk"><flowNodeRef>Start</flowNodeRef><flowNodeRef>Task_Decide</flowNodeRef>'
    '<flowNodeRef>End</flowNodeRef></lane></laneSet><startEvent id="Start" name="Asked" /><userTask id="Task_Decide" name="Decide" />'
    '<endEvent id="End" name="Answered" /><sequenceFlow id="Flow_Start_Task_Decide" sourceRef="Start" targetRef="Task_Decide" />'
    '<sequenceFlow id="Flow_Task_Decide_End" sourceRef="Task_Decide" targetRef="End" />'
)
"""What an example about the files beside the diagram is about: one user task in a lane."""


@attrs.frozen(kw_only=True, slots=False)
class Example:
    """A procedure in a few lines.

    Attributes:
        bpmn: elements of a process, or of the definitions; what every file has is put around them.
        yaml: procedure.yaml; "" for a bare diagram.
        obligations: obligations.yaml; "" for none.
        forms: forms by name, as JSON.
    """

    bpmn: str = PLAIN
    yaml: str = ""
    obligations: str = ""
    forms: Mapping[str, str] = attrs.field(factory=dict, hash=False)

    @property
    def document(self) -> str:
        """Return the BPMN file."""
        if self.bpmn.startswith("<definitions"):
            return self.bpmn
        inner = self.bpmn if OUTSIDE.match(self.bpmn) else f'<process id="Process_1">{self.bpmn}</process>'
        return f"{HEAD}{inner}</definitions>"

    @property
    def files(self) -> dict[str, bytes]:
        """Return the files of the procedure's folder."""
        files = {"process.bpmn": self.document.encode()}
        files |= {name: text.encode() for name, text in (("procedure.yaml", self.yaml), ("obligations.yaml", self.obligations)) if text}
        return files | {f"forms/{name}.json": text.encode() for name, text in self.forms.items()}

    @cached_property
    def procedure(self) -> Procedure:
        """Return it read."""
        return read_files(self.files.items(), "example")
