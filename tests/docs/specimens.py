# SPDX-License-Identifier: Apache-2.0
"""The smallest file for every element and every attribute of BPMN 2.0.2: what the page docs/reference/bpmn.md says is tried on them.

Each stands where the standard lets it stand; the texts are in `specimens.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import attrs

from egov_flow.checks.metamodel import BpmnType, Slot, enumerations, type_named

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
MESSAGE = '<message id="M" name="M"/>'
OPERATION = '<interface id="I" name="I"><operation id="op" name="op"><inMessageRef>M</inMessageRef></operation></interface>' + MESSAGE
IO = (
    '<ioSpecification><dataInput id="di" name="x"/><dataOutput id="do" name="y"/><inputSet><dataInputRefs>di</dataInputRefs></inputSet>'
    "<outputSet><dataOutputRefs>do</dataOutputRefs></outputSet></ioSpecification>"
)
CHOREOGRAPHED = (
    '<choreographyTask id="ct" name="Ask" initiatingParticipantRef="p1"><participantRef>p1</participantRef><participantRef>p2</participantRef>'
    "<messageFlowRef>mf</messageFlowRef></choreographyTask>"
)


@attrs.frozen(kw_only=True)
class Specimen:
    """Where an element stands, and how it is written there; see `specimens.toml`."""

    place: str
    text: str = ""
    roots: str = ""


ELEMENTS = {name: Specimen(**entry) for name, entry in tomllib.loads(Path(__file__).with_name("specimens.toml").read_text("utf-8")).items()}
"""A specimen of each class that is not abstract."""

BY = {
    "Activity": "UserTask",
    "Artifact": "TextAnnotation",
    "BaseElement": "UserTask",
    "CallableElement": "Process",
    "CatchEvent": "IntermediateCatchEvent",
    "ChoreographyActivity": "ChoreographyTask",
    "ConversationNode": "Conversation",
    "DataAssociation": "DataInputAssociation",
    "Event": "IntermediateCatchEvent",
    "EventDefinition": "MessageEventDefinition",
    "FlowElement": "UserTask",
    "FlowElementsContainer": "Process",
    "FlowNode": "UserTask",
    "Gateway": "ExclusiveGateway",
    "InteractionNode": "Participant",
    "ItemAwareElement": "DataObject",
    "LoopCharacteristics": "MultiInstanceLoopCharacteristics",
    "RootElement": "Message",
    "ThrowEvent": "IntermediateThrowEvent",
}
"""The class that stands for an abstract one."""

WRITTEN = {
    "Definitions.BPMNDiagram": '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="P"/></bpmndi:BPMNDiagram>',
    "Definitions.extension": "<extension/>",
    "Definitions.rootElement": MESSAGE,
    "BaseElement.extensionElements": '<extensionElements><z:note xmlns:z="urn:z"/></extensionElements>',
    "SequenceFlow.isImmediate": ' isImmediate="false"',
    "FormalExpression.language": ' language="http://www.w3.org/1999/XPath"',
    "FlowNode.incoming": "<incoming>f1</incoming>",
    "FlowNode.outgoing": "<outgoing>f2</outgoing>",
    "Gateway.gatewayDirection": ' gatewayDirection="Diverging"',
    "EventBasedGateway.eventGatewayType": ' eventGatewayType="Exclusive"',
    "Process.processType": ' processType="Private"',
    "Process.artifact": '<textAnnotation id="t"><text>Words</text></textAnnotation>',
    "Process.property": '<property id="pr" name="x"/>',
    "Choreography.flowElement": CHOREOGRAPHED,
    "SubChoreography.flowElement": '<task id="new"/>',
    "Collaboration.artifact": '<textAnnotation id="t"><text>Words</text></textAnnotation>',
    "Collaboration.messageFlow": '<messageFlow id="mf" sourceRef="p2" targetRef="a"/>',
    "Collaboration.conversationNode": '<conversation id="new"/>',
    "SubConversation.conversationNode": '<conversation id="new"/>',
    "Lane.partitionElement": "<partitionElement/>",
    "TextAnnotation.text": "<text>Words</text>",
    "ResourceRole.resourceAssignmentExpression": "<resourceAssignmentExpression><expression>author</expression></resourceAssignmentExpression>",
    "CallableElement.ioSpecification": IO,
    "InputOutputSpecification.inputSet": "<inputSet/>",
    "InputOutputSpecification.outputSet": "<outputSet/>",
    "Definitions.targetNamespace": ' targetNamespace="urn:other"',
    "MessageFlow.sourceRef": ' sourceRef="p1"',
    "MessageFlow.targetRef": ' targetRef="e"',
}
"""Attributes and children whose value does not follow from their type."""
TRUE_BY_DEFAULT = frozenset({"cancelActivity", "isInterrupting", "waitForCompletion", "cancelRemainingInstances"})
TOGETHER = {"MultiInstanceLoopCharacteristics.complexBehaviorDefinition": ' behavior="Complex"'}
"""Children that need an attribute."""
DEFAULTS = frozenset({"None", "Unspecified", "All", "Information", "Parallel"})
REFERRED = {
    "BaseElement": ("a", ""),
    "CategoryValue": ("cv", '<category id="c"><categoryValue id="cv" value="V"/></category>'),
    "Choreography": ("ch", '<choreography id="ch"/>'),
    "Collaboration": ("co", '<collaboration id="co"/>'),
    "DataObject": ("d", ""),
    "DataInput": ("di", ""),
    "DataOutput": ("do", ""),
    "DataStore": ("ds", '<dataStore id="ds" name="Register"/>'),
    "EndPoint": ("ep", '<endPoint id="ep"/>'),
    "EventDefinition": ("ed", '<signalEventDefinition id="ed"/>'),
    "Interface": ("I", OPERATION),
    "ItemDefinition": ("item", '<itemDefinition id="item"/>'),
    "Message": ("M", MESSAGE),
    "Operation": ("op", OPERATION),
    "Participant": ("p1", ""),
    "Process": ("P", ""),
}
"""What a reference names, and the root element that it needs; anything else names nothing."""


def document(specimen: Specimen, attributes: str = "", children: str = "", roots: str = "") -> str:
    """Return the file of a specimen, with more attributes and children at it, and root elements that it does not have itself."""
    roots = "" if roots and roots in specimen.text + specimen.roots else roots
    at = {place: specimen.text.replace("@", attributes, 1).replace("…", children, 1) for place in (specimen.place,)}
    more = {
        place: (attributes, children) if specimen.place == place else ("", "") for place in ("whole", "process", "start", "end", "sequence")
    }
    pools = f'<collaboration id="C">{at["pools"]}</collaboration>' if "pools" in at else ""
    more["whole"] = (
        more["whole"][0] if "targetNamespace" in more["whole"][0] else more["whole"][0] + ' targetNamespace="urn:t"',
        more["whole"][1],
    )
    whole, process, start, end, flow = (more[p] for p in ("whole", "process", "start", "end", "sequence"))
    steps = at.get("flow") or at.get("events") or '<userTask id="a" name="Do"/>'
    leads = "" if "events" in at else '<sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'
    leads = (
        leads.replace("/>", "><conditionExpression>n = 2</conditionExpression></sequenceFlow>")
        if 'id="g" sourceRef="a"' in steps
        else leads
    )
    return (
        f"{HEAD}{whole[0]}>{whole[1]}{at.get('root', '')}{specimen.roots}{roots}{pools}"
        f'<process id="P" isExecutable="true"{process[0]}>{process[1]}{at.get("lanes", "")}'
        f'<startEvent id="s"{start[0]}>{start[1]}</startEvent><sequenceFlow id="f1" sourceRef="s" targetRef="a"{flow[0]}>{flow[1]}</sequenceFlow>'
        f'{steps}{leads}<endEvent id="e"{end[0]}>{end[1]}</endEvent>{at.get("inside", "")}</process></definitions>'
    )


def concrete(name: str) -> BpmnType:
    """Return the class that is written for a class."""
    found = type_named(BY.get(name, name))
    assert found is not None
    return found


def with_feature(name: str, feature: str) -> Iterator[tuple[str, str]]:
    """Yield a file with each value of an attribute (or with a child) of a class, and the same file without it."""
    kind = concrete(name)
    specimen = ELEMENTS[kind.name]
    written = WRITTEN.get(f"{name}.{feature}")
    if feature in kind.attributes:
        type_ = kind.attributes[feature]
        reference, roots = REFERRED.get(type_.removeprefix("ref:"), ("ref_x", "")) if type_.startswith("ref:") else ("", "")
        bare = attrs.evolve(specimen, text=re.sub(rf'(<\w+[^<>@]*) {feature}="[^"]*"([^<>@]*@)', r"\1\2", specimen.text))
        for text in [written] if written else _values(feature, type_, reference):
            yield document(bare, text, roots=roots), document(specimen if feature in kind.required else bare, roots=roots)
        return
    slot = next(s for s in kind.slots if s.tag == feature)
    reference, roots = REFERRED.get(slot.target, ("ref_x", "")) if slot.is_reference else ("", "")
    yield (
        document(specimen, TOGETHER.get(f"{name}.{feature}", ""), written or _child(slot, reference), roots),
        document(specimen, roots=roots),
    )


def with_element(name: str) -> tuple[str, str]:
    """Return a file with an element of a class, and one without."""
    return document(ELEMENTS[concrete(name).name]), document(Specimen(place="inside"))


def _values(feature: str, type_: str, reference: str) -> Iterator[str]:
    words = enumerations().get(type_)
    if words is not None:
        yield from (f' {feature}="{word}"' for word in words if word not in DEFAULTS)
    else:
        value = {"Boolean": "false" if feature in TRUE_BY_DEFAULT else "true", "Integer": "2"}.get(type_, reference or "x")
        yield f' {feature}="{value}"'


def _child(slot: Slot, reference: str) -> str:
    if slot.is_reference:
        return f"<{slot.tag}>{reference}</{slot.tag}>"
    if not slot.target:
        return f"<{slot.tag}>1</{slot.tag}>"
    text = "1" if slot.target.endswith("Expression") else ""
    return f'<{slot.tag} id="new">{text}</{slot.tag}>'
