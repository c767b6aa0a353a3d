# SPDX-License-Identifier: Apache-2.0
"""Procedures drawn in one line each: `"Start > A > End"`; the first letters of a name say what it is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from egov_flow.bpmn.model import Activity, Content, Definitions, Event, EventDefinition, FlowNode, Gateway, Process, SequenceFlow, Timer
from egov_flow.procedure.model import Link, Obligation, Procedure

KINDS = {
    "Start": "startEvent",
    "End": "endEvent",
    "Kill": "endEvent",
    "Xor": "exclusiveGateway",
    "And": "parallelGateway",
    "Or": "inclusiveGateway",
    "Event": "eventBasedGateway",
    "Message": "intermediateCatchEvent",
    "Timer": "intermediateCatchEvent",
    "Throw": "intermediateThrowEvent",
    "Script": "scriptTask",
    "Job": "serviceTask",
    "Note": "task",
    "Sub": "subProcess",
    "On": "boundaryEvent",
    "Also": "boundaryEvent",
}


def kind_of(name):
    return next((kind for prefix, kind in KINDS.items() if name.startswith(prefix)), "userTask")


def event_of(name, host):
    defined = ()
    if name.startswith("Kill"):
        defined = (EventDefinition(kind="terminate"),)
    elif "Message" in name or name.startswith("Throw"):
        defined = (EventDefinition(kind="message", reference=name, name=name),)
    elif "Timer" in name:
        defined = (EventDefinition(kind="timer", timer=Timer("")),)
    return Event(definitions=defined, attached_to=host, is_interrupting=not name.startswith("Also"))


def node(name, flows, hosts, inside):
    part = {"userTask": "activity", "scriptTask": "activity", "task": "activity", "serviceTask": "activity", "subProcess": "activity"}.get(
        kind_of(name), "event"
    )
    made = {"activity": Activity(), "event": event_of(name, hosts.get(name, ""))}[part]
    if kind_of(name).endswith("Gateway"):
        part, made = "gateway", Gateway()
    return FlowNode(
        id=name,
        kind=kind_of(name),
        incoming=tuple(flow.id for flow in flows if flow.target == name),
        outgoing=tuple(flow.id for flow in flows if flow.source == name),
        content=inside.get(name),
        **{part: made},
    )


def content(lines, hosts, inside):
    names, flows = {}, []
    for line in lines:
        steps = [step.strip() for step in line.split(">")]
        names |= dict.fromkeys(steps)
        flows += [SequenceFlow(id=f"Flow_{source}_{target}", source=source, target=target) for source, target in pairwise(steps)]
    return Content(nodes=tuple(node(name, flows, hosts, inside) for name in names), flows=tuple(flows))


@pytest.fixture
def drawn():
    """Make a procedure of lines of elements; `on` attaches boundary events, `inside` fills sub-processes, `must` adds obligations."""

    def made(*lines, on=None, inside=None, must=(), links=()):
        within = {name: content(lines_inside, {}, {}) for name, lines_inside in (inside or {}).items()}
        process = Process(id="P", is_executable=True, content=content(lines, on or {}, within))
        obligations = tuple(Obligation(id=f"o{i + 1}", kind=kind, elements=tuple(elements)) for i, (kind, *elements) in enumerate(must))
        return Procedure(
            id="drawn",
            process_id="P",
            model=Definitions(file="drawn.bpmn", processes=(process,)),
            obligations=obligations,
            links=tuple(Link(element=element, expires=deadline) for element, deadline in links),
        )

    return made
