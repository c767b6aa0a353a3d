# SPDX-License-Identifier: Apache-2.0
"""The example of every rule about expressions: a request with an amount, and a gateway that decides."""

from __future__ import annotations

from xml.sax.saxutils import escape

from egov_flow.checks.example import Example

__all__ = ["deciding"]

FORM = """{"type": "object", "additionalProperties": false, "properties": {
  "amount": {"type": "number", "minimum": 0},
  "risk": {"enum": ["low", "high"]},
  "complete": {"type": "boolean"},
  "applicant": {"type": "object", "additionalProperties": false, "properties": {"age": {"type": "integer"}, "name": {"type": "string"}}}}}"""


def deciding(*conditions: str, has_default: bool = True) -> Example:
    """Return a gateway with one way out for each condition, and a default flow."""
    ways = "".join(
        f'<userTask id="Task_{n}" name="Way {n}" /><sequenceFlow id="Flow_Task_{n}_End" sourceRef="Task_{n}" targetRef="End" />'
        f'<sequenceFlow id="Flow_Gate_Task_{n}" sourceRef="Gate" targetRef="Task_{n}">'
        f"<conditionExpression>{escape(text)}</conditionExpression></sequenceFlow>"
        for n, text in enumerate(conditions, 1)
    )
    default = '<sequenceFlow id="Flow_Default" sourceRef="Gate" targetRef="End" />' if has_default else ""
    return Example(
        bpmn=(
            '<startEvent id="Start" name="Asked" /><sequenceFlow id="Flow_Start_Gate" sourceRef="Start" targetRef="Gate" />'
            f'<exclusiveGateway id="Gate" name="Which way?"{" default=" + chr(34) + "Flow_Default" + chr(34) if has_default else ""} />'
            f'{ways}{default}<endEvent id="End" name="Answered" />'
        ),
        yaml="start_form: forms/request.json",
        forms={"request": FORM},
    )
