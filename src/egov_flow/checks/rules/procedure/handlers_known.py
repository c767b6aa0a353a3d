# SPDX-License-Identifier: Apache-2.0
"""A handler that the procedure names is there, where the handlers of the running system are known."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]

JOBS = frozenset({"serviceTask", "sendTask", "businessRuleTask", "scriptTask"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.handlers is None:
        return
    for content in contents(subject.procedure):
        for node in content.nodes:
            link = subject.procedure.link(node.id)
            name = (link.handler if link else "") or node.vendor.handler
            if node.kind in JOBS and name and name not in subject.handlers:
                yield rule.on(node, handler=name, known=", ".join(sorted(subject.handlers)))


RULE = Rule(
    code="EF-C070",
    name="handler-known",
    family="procedure",
    severity="info",
    why="Cases would wait at the element until somebody adds the handler.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><serviceTask id="Tell" name="Tell" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Tell" sourceRef="S" targetRef="Tell" />'
            '<sequenceFlow id="Flow_Tell_E" sourceRef="Tell" targetRef="E" />'
        ),
        yaml="links: {Tell: {handler: dukcapil.lookup}}",
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><serviceTask id="Tell" name="Tell" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Tell" sourceRef="S" targetRef="Tell" />'
            '<sequenceFlow id="Flow_Tell_E" sourceRef="Tell" targetRef="E" />'
        ),
        yaml="links: {Tell: {handler: dukcapil.look}}",
    ),
)
