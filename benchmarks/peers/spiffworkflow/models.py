# SPDX-License-Identifier: Apache-2.0
"""The two small procedures that both engines run: M1 has five automatic steps in a row, M2 four human steps around a choice.

Each is written twice, with the same elements: once with FEEL for the kernel, once with the Python that SpiffWorkflow evaluates.
"""

from __future__ import annotations

from itertools import pairwise

XML = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions" targetNamespace="t"><process id="P" isExecutable="true">'
FEEL, PYTHON = "feel", "python"


def m1(language: str) -> bytes:
    """Return start, five scripts, end."""
    steps = [f"Script_{number}" for number in range(5)]
    return _drawn([_script(name, language, f"x{number}", "amount * 2") for number, name in enumerate(steps)], _line(["S", *steps, "E"]))


def m2(language: str) -> bytes:
    """Return start, register, check, a choice between granting (with a script) and refusing, notify, end."""
    elements = [
        *(
            '<userTask id="Register"/>',
            '<userTask id="Check"/>',
            '<userTask id="Grant"/>',
            '<userTask id="Refuse"/>',
            '<userTask id="Notify"/>',
        ),
        *('<exclusiveGateway id="Choice" default="Choice_Refuse"/>', '<exclusiveGateway id="Merge"/>'),
        _script("Cost", language, "cost", "amount * 300"),
    ]
    flows = [*_line(["S", "Register", "Check", "Choice"]), _flow("Choice", "Cost", "amount > 10"), _flow("Choice", "Refuse")]
    return _drawn(elements, [*flows, *_line(["Cost", "Grant", "Merge", "Notify", "E"]), _flow("Refuse", "Merge")])


def _drawn(elements: list[str], flows: list[str]) -> bytes:
    body = "".join(['<startEvent id="S"/>', '<endEvent id="E"/>', *elements, *flows])
    return f"{XML}{body}</process></definitions>".encode()


def _script(name: str, language: str, variable: str, value: str) -> str:
    text = f"{{{variable}: {value}}}" if language == FEEL else f"{variable} = {value}"
    return f'<scriptTask id="{name}" scriptFormat="{language}"><script>{text}</script></scriptTask>'


def _line(names: list[str]) -> list[str]:
    return [_flow(source, target) for source, target in pairwise(names)]


def _flow(source: str, target: str, condition: str = "") -> str:
    inner = f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
