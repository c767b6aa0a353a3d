# SPDX-License-Identifier: Apache-2.0
"""Where there is an end event, there is a start event."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        if container.kids("endEvent") and not container.kids("startEvent") and not _begins(sheet, container):
            yield rule.about(container)


def _begins(sheet: Sheet, container: Thing) -> bool:
    """Return whether it begins by an instantiating task or gateway (§10.3.3, §10.6.6); in an ad-hoc sub-process nothing does."""
    if container.tag == "adHocSubProcess" or container.is_a("Choreography", "SubChoreography"):
        return True
    begins = [node for node in container.kids("receiveTask", "eventBasedGateway") if node.is_true("instantiate")]
    return any(not sheet.incoming(node) for node in begins)


RULE = Rule(
    code="EF-C144",
    name="end-needs-start",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.2",
    why="Without a start event, every element without incoming flow starts at once.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=('<task id="A" name="Examine" /><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />')
    ),
)
