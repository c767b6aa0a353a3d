# SPDX-License-Identifier: Apache-2.0
"""The ends of a sequence flow name it as incoming and outgoing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, insert_after, insert_child, tag
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    if not sheet.of("incoming", "outgoing"):
        return  # a file that never uses them is of a tool that does not write them
    for flow in sheet.of("sequenceFlow"):
        for attribute, word in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            node = sheet.target(flow, attribute)
            if node is not None and flow.id and node.is_a("FlowNode") and not node.names(word, flow.id):
                yield rule.about(flow, related=[node.id], node=node.name or node.id, word=word)


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    model = subject.procedure.model
    node = subject.sheet.ids[finding.related[0]]
    word = finding.arguments["word"]
    name = tag(model, word)
    line = f"<{name}>{finding.element}</{name}>"
    before = [child for child in node.children if child.tag in BEFORE[word]]
    if before:
        return [insert_after(model.source, before[-1].origin, line)]
    return [insert_child(model.source, node.origin, line, before_end=False)]


BEFORE = {
    "incoming": ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming"),
    "outgoing": ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming", "outgoing"),
}
"""What stands before a reference to a flow, by the class tables."""


RULE = Rule(
    code="EF-C131",
    name="flow-noted-at-node",
    family="specification",
    severity="info",
    source="BPMN 2.0.2 §8.4.13",
    why="Some tools read these children instead of the flows themselves, and lose the connection.",
    look=_look,
    mend=_mend,
    good=Example(
        bpmn=(
            '<startEvent id="S"><outgoing>F</outgoing></startEvent><task id="A" name="Examine"><incoming>F</incoming>'
            '<outgoing>G</outgoing></task><endEvent id="E"><incoming>G</incoming></endEvent>'
            '<sequenceFlow id="F" sourceRef="S" targetRef="A" /><sequenceFlow id="G" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" /><task id="A" name="Examine"><incoming>F</incoming><outgoing>G</outgoing></task><endEvent id="E">'
            '<incoming>G</incoming></endEvent><sequenceFlow id="F" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="G" sourceRef="A" targetRef="E" />'
        )
    ),
)
