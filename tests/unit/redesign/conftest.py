# SPDX-License-Identifier: Apache-2.0
"""A small permit procedure for redesigns: one pool, two lanes, a chain of steps, drawn as a modeler would draw it."""

from __future__ import annotations

from itertools import pairwise

import attrs
import pytest

from egov_flow.procedure import Procedure, read_files
from egov_flow.redesign import Redesign

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="D" targetNamespace="http://x" \
expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">
"""
SETTINGS = """# The office's own words.
procedure: permit
version: "1"   # raised with every change
legal_basis:
  ACT-5: {title: Permit Act art. 5, verified: true}
measures:
  cycle_time.median: {target: 5 working days}
links:
  Task_Check: {form: forms/check.json}   # what the officer fills in
  Task_Inspect:
    form: forms/inspect.json
deadlines:
  decision:
    amount: 10   # by law
    unit: working days
    starts: Task_Register
    ends: Task_Decide
    on_expiry: escalate
    legal_basis: ACT-5
  answer: {amount: 30, unit: working days, starts: Task_Decide, ends: Task_Await, legal_basis: ACT-5}
"""
OBLIGATIONS = """obligations:
  registered:
    kind: before
    elements: [Task_Register, Task_Decide]
    why: What is decided was registered before.
    legal_basis: ACT-5
"""
STEPS = {
    "Task_Register": "userTask", "Task_Copy": "manualTask", "Task_Check": "userTask", "Task_Inspect": "userTask",
    "Task_Lookup": "serviceTask", "Task_Decide": "userTask", "Task_Await": "receiveTask",
}  # fmt: skip


def form(*names):
    """Return a form with those fields."""
    fields = ", ".join(f'"{n}": {{"type": "string"}}' for n in names)
    return f'{{"type": "object", "properties": {{{fields}}}, "additionalProperties": false}}'.encode()


def drawing(steps, *, extra="", drawn=""):
    """Return a diagram of a start, the steps in a row, and an end, all in the first of two lanes."""
    nodes = ["Start", *steps, "End"]
    flows = [(f"Flow_{n}", a, b) for n, (a, b) in enumerate(pairwise(nodes), 1)]
    model = ['<bpmn:collaboration id="C"><bpmn:participant id="Pool" name="Office" processRef="P" /></bpmn:collaboration>']
    model += ['<bpmn:process id="P" isExecutable="true">', '  <bpmn:laneSet id="L">', '    <bpmn:lane id="Lane_Desk" name="Desk">']
    model += [f"      <bpmn:flowNodeRef>{n}</bpmn:flowNodeRef>" for n in nodes]
    model += ["    </bpmn:lane>", '    <bpmn:lane id="Lane_Head" name="Head" />', "  </bpmn:laneSet>"]
    for node in nodes:
        kind = {"Start": "startEvent", "End": "endEvent"}.get(node) or STEPS[node]
        name = node.replace("Task_", "") + (" it" if node in STEPS else "")
        message = ' messageRef="Message_Paid"' if kind == "receiveTask" else ""
        refs = [f"    <bpmn:incoming>{f}</bpmn:incoming>" for f, _, b in flows if b == node]
        refs += [f"    <bpmn:outgoing>{f}</bpmn:outgoing>" for f, a, _ in flows if a == node]
        model += [f'  <bpmn:{kind} id="{node}" name="{name}"{message}>', *refs, f"  </bpmn:{kind}>"]
    model += [f'  <bpmn:sequenceFlow id="{f}" sourceRef="{a}" targetRef="{b}" />' for f, a, b in flows]
    model += [extra, "</bpmn:process>", '<bpmn:message id="Message_Paid" name="Paid" />']
    return "\n".join(
        [HEAD + "\n".join(model), *_plane(nodes, flows), drawn, "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n</bpmn:definitions>\n"]
    ).encode()


def _plane(nodes, flows):
    lines = ['<bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="C">']
    wide = 150 * len(nodes) + 60
    places = {n: (160 + 150 * i, 100, 100, 80) if n in STEPS else (192 + 150 * i, 122, 36, 36) for i, n in enumerate(nodes)}
    places.update(Pool=(100, 60, wide, 320), Lane_Desk=(130, 60, wide - 30, 160), Lane_Head=(130, 220, wide - 30, 160))
    for element, (x, y, w, h) in places.items():
        shape = f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}" />'
        lines += [f'  <bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}">', f"    {shape}", "  </bpmndi:BPMNShape>"]
    for flow, a, b in flows:
        ends = (places[a][0] + places[a][2], places[b][0])
        points = [f'    <di:waypoint x="{x}" y="140" />' for x in ends]
        lines += [f'  <bpmndi:BPMNEdge id="{flow}_di" bpmnElement="{flow}">', *points, "  </bpmndi:BPMNEdge>"]
    return lines


@attrs.frozen
class Office:
    """What tests ask: a procedure of some steps, and a redesign of it."""

    def procedure(self, *steps: str, settings: str = SETTINGS, obligations: str = OBLIGATIONS, forms=None, **more: str) -> Procedure:
        given = {"forms/check.json": form("held"), "forms/inspect.json": form("safe"), **(forms or {})}
        files = {
            "process.bpmn": drawing(steps, **more),
            "procedure.yaml": settings.encode(),
            "obligations.yaml": obligations.encode(),
            **given,
        }
        return read_files(files.items(), "permit")

    def redesign(self, procedure: Procedure, changes: str, **keys: str) -> Redesign:
        """Return a redesign whose `changes` are YAML in one line each, without the dash."""
        base = f'{{procedure: {procedure.id}, version: "{procedure.version}", sha256: "{procedure.sha256}"}}'
        lines = [f"  - {{{change}, because: it saves time}}" for change in changes.splitlines()]
        said = {"redesign": "faster", "of": base, "to": '"2"', "why": "people wait", **keys}
        text = "\n".join([*(f"{k}: {v}" for k, v in said.items()), "changes:", *lines])
        return Redesign.parse(text.encode(), "faster.yaml")

    def apply(self, procedure: Procedure, changes: str, **keys: str):
        """Apply a redesign of those changes."""
        return self.redesign(procedure, changes, **keys).apply(procedure)


@pytest.fixture(name="office", scope="session")
def _office():
    return Office()


@pytest.fixture(name="permit", scope="session")
def _permit(office):
    return office.procedure("Task_Register", "Task_Copy", "Task_Check", "Task_Inspect", "Task_Decide", "Task_Await")


@pytest.fixture(name="refused")
def _refused(office):
    """Return the codes with which a redesign is refused."""
    from egov_flow.errors import RedesignError

    def codes(procedure, changes, **keys):
        with pytest.raises(RedesignError) as caught:
            office.apply(procedure, changes, **keys)
        return [f.code for f in caught.value.findings]

    return codes
