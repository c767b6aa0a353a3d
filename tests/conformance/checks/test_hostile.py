# SPDX-License-Identifier: Apache-2.0
"""A file made to cost more than it says: checking stays in proportion to it."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from egov_flow.checks import Example, check

MANY = 4000
MODELS = {
    "lone tasks": "".join(f'<task id="t{i}" />' for i in range(MANY)),
    "terminating ends": "".join(f'<endEvent id="t{i}"><terminateEventDefinition /></endEvent>' for i in range(MANY)),
    "links": "".join(
        f'<intermediateThrowEvent id="t{i}"><linkEventDefinition name="n{i}" /></intermediateThrowEvent>' for i in range(MANY)
    ),
    "one gateway": '<eventBasedGateway id="a" /><receiveTask id="b" />'
    + "".join(f'<sequenceFlow id="f{i}" sourceRef="a" targetRef="b" />' for i in range(MANY)),
    "a chain of references": "".join(f'<dataObjectReference id="t{i}" dataObjectRef="t{i + 1}" />' for i in range(MANY)),
    "a circle of references": '<dataObjectReference id="a" dataObjectRef="b" /><dataObjectReference id="b" dataObjectRef="a" />'
    '<task id="t"><dataInputAssociation><sourceRef>a</sourceRef><targetRef>b</targetRef></dataInputAssociation></task>',
    "conditions": '<exclusiveGateway id="a" /><task id="b" />'
    + "".join(
        f'<sequenceFlow id="f{i}" sourceRef="a" targetRef="b"><conditionExpression>kind = {i}</conditionExpression></sequenceFlow>'
        for i in range(MANY)
    ),
    "data inputs": '<task id="t"><ioSpecification>'
    + "".join(f'<dataInput id="d{i}" />' for i in range(MANY))
    + f"<inputSet>{''.join(f'<dataInputRefs>d{i}</dataInputRefs>' for i in range(MANY))}</inputSet><outputSet /></ioSpecification></task>",
    "flows noted at one task": f'<task id="a" /><task id="b">{"".join(f"<incoming>f{i}</incoming>" for i in range(MANY))}</task>'
    + "".join(f'<sequenceFlow id="f{i}" sourceRef="a" targetRef="b" />' for i in range(MANY)),
    "one id": '<task id="t" /><sequenceFlow id="f" sourceRef="t" targetRef="t" />' * (MANY // 2),
    "people's tasks in lanes": "<laneSet>"
    + "".join(f'<lane id="l{i}"><flowNodeRef>t{i}</flowNodeRef></lane>' for i in range(MANY))
    + f"</laneSet>{''.join(f'<userTask id={chr(34)}t{i}{chr(34)} />' for i in range(MANY))}",
    "compensations": "".join(
        f'<task id="t{i}" /><boundaryEvent id="b{i}" attachedToRef="t{i}"><compensateEventDefinition /></boundaryEvent>'
        f'<task id="h{i}" isForCompensation="true" /><association sourceRef="b{i}" targetRef="h{i}" />'
        for i in range(MANY)
    ),
    "ways into one join": '<startEvent id="s" /><parallelGateway id="a" /><parallelGateway id="b" />'
    '<sequenceFlow id="f" sourceRef="s" targetRef="a" />'
    + "".join(
        f'<task id="t{i}" /><sequenceFlow id="f{i}" sourceRef="a" targetRef="t{i}" /><sequenceFlow id="g{i}" sourceRef="t{i}" targetRef="b" />'
        for i in range(MANY)
    ),
    "lanes": "<laneSet>"
    + "".join(f'<lane id="l{i}"><flowNodeRef>t</flowNodeRef></lane>' for i in range(MANY))
    + '</laneSet><task id="t" />',
}


@pytest.mark.parametrize("name", MODELS)
def test_time_and_findings_stay_in_proportion(name):
    procedure = Example(bpmn=MODELS[name]).procedure
    start = time.process_time()
    findings = check(procedure)

    assert time.process_time() - start < 5.0
    assert all(count <= 500 for code, count in Counter(f.code for f in findings).items() if code.startswith("EF-C"))
