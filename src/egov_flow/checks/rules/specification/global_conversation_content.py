# SPDX-License-Identifier: Apache-2.0
"""A global conversation holds participants and message flows alone, and its participants have no processes."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for holder in sheet.of("globalConversation"):
        yield from (rule.about(pool, participant=pool.name or pool.id) for pool in holder.kids("participant") if pool.get("processRef"))
        for child in holder.children:
            if child.is_a("ConversationNode", "ConversationAssociation", "ParticipantAssociation", "MessageFlowAssociation", "Artifact"):
                yield rule.about(child, participant=child.name or child.tag)


RULE = Rule(
    code="EF-C276",
    name="global-conversation-content",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.5.5",
    why="It is called from several collaborations; a process drawn in it would belong to none of them.",
    look=_look,
    good=Example(
        bpmn=(
            '<globalConversation id="G"><participant id="X" name="Office" /></globalConversation><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<globalConversation id="G"><participant id="X" name="Office" processRef="P" /></globalConversation><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)
