# SPDX-License-Identifier: Apache-2.0
"""A script task with a script says in which language it is written."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("scriptTask"):
        script = node.child("script")
        if script is not None and script.text and not node.get("scriptFormat"):
            yield rule.about(node)


RULE = Rule(
    code="EF-C227",
    name="script-format",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.3",
    why="Nobody could say how to run it.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><scriptTask id="A" name="Add up" scriptFormat="feel"><script>fee + 5</script>'
            '</scriptTask><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><scriptTask id="A" name="Add up"><script>fee + 5</script></scriptTask>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)
