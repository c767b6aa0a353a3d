# SPDX-License-Identifier: Apache-2.0
"""The reference models of the BPMN Model Interchange Working Group are read without loss, counted by another reader."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from egov_flow import bpmn
from egov_flow.bpmn import BPMN, BPMNDI, DI

MIWG = pytest.mark.data("miwg-reference", files="Reference/*.bpmn")
NODE = re.compile(
    r"(?:start|end|boundary|intermediate\w+)Event|\w*[tT]ask|\w*[gG]ateway|callActivity|subProcess|transaction|adHocSubProcess"
)
TOLD = {"definitions", "extensionElements", "incoming", "outgoing", "documentation"}


def _counted(file: Path) -> Counter[str]:
    """Count the elements of each tag, but for those inside extensionElements and conditions that say nothing."""
    counts: Counter[str] = Counter()
    stack = [ET.parse(file).getroot()]
    while stack:
        element = stack.pop()
        namespace, _, tag = element.tag[1:].partition("}")
        is_empty_condition = tag == "conditionExpression" and not "".join(element.itertext()).strip()
        if namespace in {BPMN, BPMNDI, DI} and not is_empty_condition:
            counts[tag] += 1
        if tag != "extensionElements":
            stack.extend(element)
    return counts


def _read(model: bpmn.Definitions) -> Counter[str]:
    """Count what the model holds under the tags of the file."""
    counts = Counter(node.kind for node in model.nodes())
    contents = [content for _, content in model.contents()]
    artifacts = [*contents, *model.collaborations]
    definitions = [d for n in model.nodes() if n.event is not None for d in n.event.definitions]
    associations = Counter(a.direction for n in model.nodes() for a in n.data_associations)
    counts.update(
        {
            "BPMNDiagram": len(model.diagrams),
            "BPMNEdge": sum(len(d.edges) for d in model.diagrams),
            "BPMNShape": sum(len(d.shapes) for d in model.diagrams),
            "association": sum(len(a.associations) for a in artifacts),
            "collaboration": len(model.collaborations),
            "conditionExpression": sum(f.condition is not None for f in model.flows()),
            "dataInputAssociation": associations["in"],
            "dataOutputAssociation": associations["out"],
            "flowNodeRef": sum(len(lane.nodes) for content in contents for lane in _lanes(content.lanes)),
            "group": sum(len(a.groups) for a in artifacts),
            "lane": sum(1 for content in contents for _ in _lanes(content.lanes)),
            "messageFlow": len(model.message_flows),
            "multiInstanceLoopCharacteristics": sum(
                n.activity is not None and n.activity.multi_instance is not None for n in model.nodes()
            ),
            "participant": len(model.participants),
            "process": len(model.processes),
            "sequenceFlow": sum(1 for _ in model.flows()),
            "standardLoopCharacteristics": sum(n.activity is not None and n.activity.loop is not None for n in model.nodes()),
            "textAnnotation": sum(len(a.annotations) for a in artifacts),
            "waypoint": sum(len(e.waypoints) for d in model.diagrams for e in d.edges),
        }
    )
    counts.update(data.kind for content in contents for data in content.data)
    counts.update(parameter.kind for node in model.nodes() for parameter in node.parameters)
    counts.update(performer.kind for node in model.nodes() for performer in node.performers)
    counts.update(root.kind for root in model.roots)
    counts.update(f"{definition.kind}EventDefinition" for definition in definitions)
    return +counts


def _lanes(lanes):
    for lane in lanes:
        yield lane
        yield from _lanes(lane.lanes)


@MIWG
def test_a_reference_model_is_read_without_loss(data_file):
    model = bpmn.read(data_file.read_bytes(), data_file.name)
    expected, read = _counted(data_file), _read(model)

    assert [str(f) for f in model.findings if f.severity == "error"] == []
    assert {tag: read[tag] for tag in read} == {tag: expected[tag] for tag in read}
    assert [tag for tag in expected if NODE.fullmatch(tag) and tag not in read] == []


@MIWG
def test_every_name_of_a_reference_model_is_in_the_model(data_file):
    model = bpmn.read(data_file.read_bytes(), data_file.name)

    names = {value.name for value in (*model.nodes(), *model.flows(), *model.participants, *model.roots)}
    named = {
        e.get("name") for e in ET.parse(data_file).iter() if NODE.fullmatch(e.tag.rpartition("}")[2]) or e.tag.endswith("}participant")
    }
    assert named - {None} <= names


@MIWG
def test_what_a_reference_model_has_beyond_the_model_is_named(data_file):
    model = bpmn.read(data_file.read_bytes(), data_file.name)
    read, carriers = _read(model), _carriers()

    silent = {tag for tag in _counted(data_file) if tag not in read and tag not in carriers}
    assert silent <= set(model.unread)


def _carriers() -> set[str]:
    """Tags whose content stands in a field of their parent."""
    fields = "childLaneSet laneSet script text loopCondition loopCardinality completionCondition condition timeDate timeDuration timeCycle"
    data = "ioSpecification inputSet outputSet dataInputRefs dataOutputRefs sourceRef targetRef transformation assignment from to"
    people = "resourceRef resourceAssignmentExpression formalExpression expression eventDefinitionRef categoryValue inputDataItem"
    loops = "loopDataInputRef loopDataOutputRef outputDataItem activationCondition"
    services = "operation operationRef inMessageRef"  # what names the handler or the message of a task or event
    links = "source target"
    drawing = "BPMNPlane BPMNLabel BPMNLabelStyle"
    return TOLD | set(f"{fields} {data} {people} {loops} {services} {links} {drawing}".split())
