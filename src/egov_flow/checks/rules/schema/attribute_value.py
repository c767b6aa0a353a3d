# SPDX-License-Identifier: Apache-2.0
"""An attribute holds what BPMN lets it hold: true or false, a whole number, or one of its words."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.metamodel import enumerations
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


WORDS = {"Boolean": ("true", "false"), "Integer": ("0, 1, 2, …",)}


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    findings = subject.procedure.model.findings
    told = {(f.place, f.arguments.get("attribute")) for f in findings if f.code in {"EF-B013", "EF-B021", "EF-B022"}}
    for thing in sheet.things:
        for attribute in thing.attributes if thing.type else ():
            kind, value = thing.type.attributes.get(attribute, "") if thing.type else "", thing.get(attribute)
            if kind and not _fits(kind, value) and (thing.place, attribute) not in told:
                yield rule.about(
                    thing, attribute=attribute, value=value[:40], allowed=" | ".join(enumerations().get(kind, WORDS.get(kind, ())))
                )


def _fits(kind: str, value: str) -> bool:
    if kind == "Boolean":
        return value in {"true", "false", "1", "0"}
    if kind == "Integer":
        digits = value.lstrip("+-")
        return (digits.isascii() and digits.isdigit()) or value == "unbounded"
    words = enumerations().get(kind)
    return words is None or value in words


RULE = Rule(
    code="EF-C101",
    name="attribute-value",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §15.3",
    why="A value that nobody understands is replaced by the default, and the model means something else than it says.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P" isClosed="false"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P" isClosed="perhaps"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)
