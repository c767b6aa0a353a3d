# SPDX-License-Identifier: Apache-2.0
"""A business rule task's decision is in the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]


IDS = re.compile(r"<(?:\w+:)?decision\s[^>]*?\bid\s*=\s*[\"']([^\"']+)")


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if not subject.has_yaml:
        return  # a bare diagram has no folder for its decisions
    files = dict(subject.procedure.files)
    known = {
        found for path, data in files.items() if path.startswith("decisions/") for found in IDS.findall(data.decode("utf-8", "replace"))
    }
    for content in contents(subject.procedure):
        for node in content.nodes:
            if node.vendor.decision and node.vendor.decision not in known and not node.vendor.decision.startswith(("=", "$")):
                yield rule.on(node, decision=node.vendor.decision[:100], known=", ".join(sorted(known)) or "–")


RULE = Rule(
    code="EF-C071",
    name="decision-exists",
    family="procedure",
    severity="error",
    why="Nothing decides: the case stops at the task.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><businessRuleTask id="R" name="Fee" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_R" sourceRef="S" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
        ),
        yaml="links: {R: {handler: fee.compute}}",
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" />'
            '<businessRuleTask id="R" name="Fee" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:decisionRef="fee" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_R" sourceRef="S" targetRef="R" />'
            '<sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
        ),
        yaml="links: {R: {handler: fee.compute}}",
    ),
)
