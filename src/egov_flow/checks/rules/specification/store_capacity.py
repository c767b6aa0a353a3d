# SPDX-License-Identifier: Apache-2.0
"""A data store has a capacity or is unlimited, not both."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for store in sheet.of("dataStore"):
        if store.get("capacity") and store.is_true("isUnlimited"):
            yield rule.about(store, capacity=store.get("capacity"))


RULE = Rule(
    code="EF-C252",
    name="store-capacity",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.4.1",
    why="Nobody could say whether it can be full.",
    look=_look,
    good=Example(
        bpmn=(
            '<dataStore id="St" name="Register" capacity="10" isUnlimited="false" /><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<dataStore id="St" name="Register" capacity="10" isUnlimited="true" /><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)
