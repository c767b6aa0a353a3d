# SPDX-License-Identifier: Apache-2.0
"""Small procedures for the rules: a line of work from start to end, drawn, with whatever a test changes in it."""

from __future__ import annotations

import pytest

from egov_flow.procedure import read_files

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="Definitions_1" targetNamespace="urn:test">'
)


class Drawing:
    """A diagram by words: `nodes` is "tag id name" per line, `flows` is "source > target" per line, `lanes` is "id: node node" per line."""

    def __init__(self, nodes, flows, lanes="", undrawn=()):
        self.nodes = [line.split(maxsplit=2) for line in nodes.strip().splitlines()]
        self.flows = [tuple(end.strip() for end in line.split(">")) for line in flows.strip().splitlines()]
        self.lanes = [line.split(":") for line in lanes.strip().splitlines()]
        self.undrawn = undrawn

    def xml(self):
        return f"{HEAD}{self._process()}{self._drawing()}</bpmn:definitions>".encode()

    def _process(self):
        lanes = "".join(
            f'<bpmn:lane id="{lane.strip()}" name="{lane.strip()}">{"".join(f"<bpmn:flowNodeRef>{n}</bpmn:flowNodeRef>" for n in nodes.split())}</bpmn:lane>'
            for lane, nodes in self.lanes
        )
        lane_set = f'<bpmn:laneSet id="LaneSet_1">{lanes}</bpmn:laneSet>' if lanes else ""
        nodes = "".join(self._node(*node) for node in self.nodes)
        flows = "".join(f'<bpmn:sequenceFlow id="Flow_{a}_{b}" sourceRef="{a}" targetRef="{b}" />' for a, b in self.flows)
        return f'<bpmn:process id="Process_1" isExecutable="true">{lane_set}{nodes}{flows}</bpmn:process>'

    def _node(self, tag, element, name=""):
        named = f' name="{name}"' if name else ""
        return f'<bpmn:{tag} id="{element}"{named} />'

    def _drawing(self):
        if self.undrawn == "all":
            return ""
        ids = [node[1] for node in self.nodes if node[1] not in self.undrawn]
        shapes = "".join(
            f'<bpmndi:BPMNShape id="{i}_di" bpmnElement="{i}"><dc:Bounds x="{150 * at}" y="100" width="100" height="80" /></bpmndi:BPMNShape>'
            for at, i in enumerate(ids)
        )
        edges = "".join(
            f'<bpmndi:BPMNEdge id="Flow_{a}_{b}_di" bpmnElement="Flow_{a}_{b}">{self._way(ids, a, b)}</bpmndi:BPMNEdge>'
            for a, b in self.flows
        )
        plane = f'<bpmndi:BPMNPlane id="Plane_1" bpmnElement="Process_1">{shapes}{edges}</bpmndi:BPMNPlane>'
        return f'<bpmndi:BPMNDiagram id="Diagram_1">{plane}</bpmndi:BPMNDiagram>'

    def _way(self, drawn, *ends):
        middles = [150 * drawn.index(end) + 50 if end in drawn else 0 for end in ends]
        return "".join(f'<di:waypoint x="{x}" y="140" />' for x in middles)


NODES = "startEvent Start\nuserTask Task_Decide Decide\nendEvent End"
FLOWS = "Start > Task_Decide\nTask_Decide > End"
LANES = "Lane_Desk: Start Task_Decide End"


@pytest.fixture
def a_procedure():
    """A function that makes a procedure: start, one user task in the desk's lane, end, unless told otherwise."""

    def make(*, nodes=NODES, flows=FLOWS, lanes=LANES, undrawn=(), yaml="", obligations="", forms=None):
        files = {"process.bpmn": Drawing(nodes, flows, lanes, undrawn).xml()}
        if yaml:
            files["procedure.yaml"] = yaml.encode()
        if obligations:
            files["obligations.yaml"] = obligations.encode()
        for name, text in (forms or {}).items():
            files[f"forms/{name}.json"] = text.encode()
        return read_files(files.items(), "procedures/example")

    return make
