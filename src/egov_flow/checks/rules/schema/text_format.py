# SPDX-License-Identifier: Apache-2.0
"""The format of a text is a MIME type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]

MIME = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+( *;.*)?", re.ASCII)


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for thing in subject.sheet.of("documentation", "textAnnotation"):
        if thing.has("textFormat") and not MIME.fullmatch(thing.get("textFormat")):
            yield rule.about(thing, tag=thing.tag, format=thing.get("textFormat")[:100])


RULE = Rule(
    code="EF-C114",
    name="text-format",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §8.3.2, §8.4.1",
    why="A tool that shows the text by its format shows it as it stands, marks and all, or not at all.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<textAnnotation id="N" textFormat="text/html"><text>by &lt;b&gt;letter&lt;/b&gt;</text></textAnnotation>'
            '<association id="X" sourceRef="A" targetRef="N" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<textAnnotation id="N" textFormat="html"><text>by &lt;b&gt;letter&lt;/b&gt;</text></textAnnotation>'
            '<association id="X" sourceRef="A" targetRef="N" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)
