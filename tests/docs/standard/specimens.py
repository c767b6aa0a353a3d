# SPDX-License-Identifier: Apache-2.0
"""The smallest file for every element and every attribute of BPMN 2.0.2: what the page docs/reference/bpmn.md says is tried on them.

A specimen stands where the standard lets it stand; `@` is where its attributes are put, `…` where its children are.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.checks.metamodel import BpmnType, Slot, enumerations, type_named

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="https://example.org/standard"'
)
TASK = '<userTask id="a" name="Do"@>…</userTask>'
MESSAGE = '<message id="M" name="M"/>'
POOLS = '<participant id="p1" name="One" processRef="P"/><participant id="p2" name="Two"/>'


@attrs.frozen
class Specimen:
    """Where an element stands, and how it is written there.

    Attributes:
        text: the element, and around it whatever it needs.
        place: `flow` (on the way from start to end), `inside` (beside that way), `root`, `pools` (in a collaboration), `whole` (the root itself).
        roots: further root elements.
    """

    text: str
    place: str = "inside"
    roots: str = ""


def _task(tag: str, more: str = "", roots: str = "") -> Specimen:
    return Specimen(f'<{tag} id="a" name="Do"{more}@>…</{tag}>', "flow", roots)


def _definition(kind: str, more: str = "", roots: str = "") -> Specimen:
    return Specimen(f'<intermediateCatchEvent id="a" name="Wait"><{kind}EventDefinition{more}@>…</{kind}EventDefinition></intermediateCatchEvent>', "flow", roots)


def _gateway(tag: str) -> Specimen:
    return Specimen(
        f'<{tag} id="a" name="Which?"@>…</{tag}><userTask id="b" name="Other"/><sequenceFlow id="g" sourceRef="a" targetRef="b"><conditionExpression>n = 1</conditionExpression></sequenceFlow>',
        "flow",
    )


def _of_task(text: str, roots: str = "") -> Specimen:
    return Specimen(TASK.replace("@", "").replace("…", text), "flow", roots)


def _of_pools(text: str) -> Specimen:
    return Specimen(POOLS + text, "pools")


IO = '<ioSpecification><dataInput id="di" name="x"/><dataOutput id="do" name="y"/><inputSet><dataInputRefs>di</dataInputRefs></inputSet><outputSet><dataOutputRefs>do</dataOutputRefs></outputSet></ioSpecification>'
OPERATION = '<interface id="I" name="I"><operation id="op" name="op"><inMessageRef>M</inMessageRef></operation></interface>' + MESSAGE
CHOREOGRAPHY = '<choreography id="CH"><participant id="p1" name="One"/><participant id="p2" name="Two"/><messageFlow id="mf" sourceRef="p1" targetRef="p2"/>%s</choreography>'
CHOREOGRAPHY_TASK = '<choreographyTask id="ct" name="Ask" initiatingParticipantRef="p1"@><participantRef>p1</participantRef><participantRef>p2</participantRef>…<messageFlowRef>mf</messageFlowRef></choreographyTask>'
LOOP = '<multiInstanceLoopCharacteristics@>…<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>'
CORRELATED = (
    MESSAGE
    + '<correlationProperty id="cp" name="number"@>…<correlationPropertyRetrievalExpression messageRef="M"><messagePath>number</messagePath></correlationPropertyRetrievalExpression></correlationProperty>'
)

ELEMENTS: dict[str, Specimen] = {
    "Definitions": Specimen("", "whole"),
    "Import": Specimen('<import namespace="urn:x" location="x.xsd" importType="http://www.w3.org/2001/XMLSchema"@/>', "root"),
    "Extension": Specimen("<extension@>…</extension>", "root"),
    "Relationship": Specimen('<relationship id="r" type="t"@><source>P</source><target>P</target>…</relationship>', "root"),
    "Documentation": _of_task("<documentation@>Words</documentation>"),
    "Category": Specimen('<category id="c"@>…</category>', "root"),
    "CategoryValue": Specimen('<category id="c"><categoryValue id="cv"@>…</categoryValue></category>', "root"),
    "TextAnnotation": Specimen('<textAnnotation id="t"@>…<text>Words</text></textAnnotation>'),
    "Group": Specimen('<group id="g"@>…</group>'),
    "Association": Specimen('<textAnnotation id="t"><text>Words</text></textAnnotation><association id="as" sourceRef="a" targetRef="t"@>…</association>'),
    "CorrelationKey": _of_pools('<correlationKey id="k" name="K"@>…</correlationKey>'),
    "CorrelationProperty": Specimen(CORRELATED, "root"),
    "CorrelationPropertyRetrievalExpression": Specimen(
        MESSAGE + '<correlationProperty id="cp" name="number"><correlationPropertyRetrievalExpression messageRef="M"@>…<messagePath>number</messagePath></correlationPropertyRetrievalExpression></correlationProperty>',
        "root",
    ),
    "CorrelationSubscription": Specimen('<correlationSubscription id="cs" correlationKeyRef="k"@>…</correlationSubscription>'),
    "CorrelationPropertyBinding": Specimen(
        '<correlationSubscription id="cs" correlationKeyRef="k"><correlationPropertyBinding correlationPropertyRef="cp"@>…<dataPath>number</dataPath></correlationPropertyBinding></correlationSubscription>'
    ),
    "Error": Specimen('<error id="E" name="E" errorCode="E"@>…</error>', "root"),
    "Escalation": Specimen('<escalation id="ES" name="ES" escalationCode="ES"@>…</escalation>', "root"),
    "Signal": Specimen('<signal id="S" name="S"@>…</signal>', "root"),
    "Message": Specimen('<message id="M" name="M"@>…</message>', "root"),
    "ItemDefinition": Specimen('<itemDefinition id="item"@>…</itemDefinition>', "root"),
    "Resource": Specimen('<resource id="R" name="Officer"@>…</resource>', "root"),
    "ResourceParameter": Specimen('<resource id="R" name="Officer"><resourceParameter id="rp" name="rank"@>…</resourceParameter></resource>', "root"),
    "Expression": Specimen(_gateway("exclusiveGateway").text.replace("@", "").replace("…", "").replace("<conditionExpression>n = 1", "<conditionExpression@>…n = 1"), "flow"),
    "FormalExpression": Specimen(
        _gateway("exclusiveGateway").text.replace("@", "").replace("…", "").replace("<conditionExpression>n = 1", '<conditionExpression xsi:type="tFormalExpression"@>…n = 1'),
        "flow",
    ),
    "Interface": Specimen(MESSAGE + '<interface id="I" name="I"@>…<operation id="op" name="op"><inMessageRef>M</inMessageRef></operation></interface>', "root"),
    "Operation": Specimen(MESSAGE + '<interface id="I" name="I"><operation id="op" name="op"@><inMessageRef>M</inMessageRef>…</operation></interface>', "root"),
    "EndPoint": Specimen('<endPoint id="EP"@>…</endPoint>', "root"),
    "Collaboration": Specimen('<collaboration id="C"@>' + POOLS + "…</collaboration>", "root"),
    "Participant": Specimen('<participant id="p1" name="One" processRef="P"@>…</participant>', "pools"),
    "ParticipantMultiplicity": Specimen('<participant id="p1" name="One" processRef="P"><participantMultiplicity@>…</participantMultiplicity></participant>', "pools"),
    "PartnerEntity": Specimen('<partnerEntity id="PE" name="PE"@>…</partnerEntity>', "root"),
    "PartnerRole": Specimen('<partnerRole id="PR" name="PR"@>…</partnerRole>', "root"),
    "ParticipantAssociation": _of_pools(
        '<participantAssociation id="pa"@><innerParticipantRef>p1</innerParticipantRef><outerParticipantRef>p2</outerParticipantRef>…</participantAssociation>'
    ),
    "MessageFlow": _of_pools('<messageFlow id="mf" sourceRef="p2" targetRef="a"@>…</messageFlow>'),
    "MessageFlowAssociation": _of_pools('<messageFlow id="mf" sourceRef="p2" targetRef="a"/><messageFlowAssociation id="mfa" innerMessageFlowRef="mf" outerMessageFlowRef="mf"@/>'),
    "Conversation": _of_pools('<conversation id="cv"@>…<participantRef>p1</participantRef><participantRef>p2</participantRef></conversation>'),
    "SubConversation": _of_pools('<subConversation id="cv"@>…<participantRef>p1</participantRef><participantRef>p2</participantRef></subConversation>'),
    "CallConversation": _of_pools('<callConversation id="cv"@>…<participantRef>p1</participantRef><participantRef>p2</participantRef></callConversation>'),
    "GlobalConversation": Specimen('<globalConversation id="gc"@>…</globalConversation>', "root"),
    "ConversationLink": _of_pools('<conversation id="cv"/><conversationLink id="cl" sourceRef="p1" targetRef="cv"@>…</conversationLink>'),
    "ConversationAssociation": _of_pools('<conversation id="cv"/><conversationAssociation id="ca" innerConversationNodeRef="cv" outerConversationNodeRef="cv"@>…</conversationAssociation>'),
    "Process": Specimen("", "process"),
    "Auditing": _of_task("<auditing@>…</auditing>"),
    "Monitoring": _of_task("<monitoring@>…</monitoring>"),
    "ResourceRole": _of_task('<resourceRole id="rr"@>…</resourceRole>'),
    "Performer": _of_task('<performer id="rr"@>…</performer>'),
    "HumanPerformer": _of_task('<humanPerformer id="rr"@>…</humanPerformer>'),
    "PotentialOwner": _of_task('<potentialOwner id="rr"@>…</potentialOwner>'),
    "ResourceParameterBinding": _of_task(
        '<potentialOwner id="rr"><resourceRef>R</resourceRef><resourceParameterBinding parameterRef="rp"@><expression>x</expression>…</resourceParameterBinding></potentialOwner>',
        '<resource id="R" name="Officer"><resourceParameter id="rp" name="rank"/></resource>',
    ),
    "ResourceAssignmentExpression": _of_task(
        '<potentialOwner id="rr"><resourceAssignmentExpression@><expression>x</expression>…</resourceAssignmentExpression></potentialOwner>'
    ),
    "Task": _task("task"),
    "ServiceTask": _task("serviceTask", roots=OPERATION),
    "SendTask": _task("sendTask", ' messageRef="M"', OPERATION),
    "ReceiveTask": _task("receiveTask", ' messageRef="M"', OPERATION),
    "UserTask": _task("userTask"),
    "ManualTask": _task("manualTask"),
    "BusinessRuleTask": _task("businessRuleTask"),
    "ScriptTask": _task("scriptTask"),
    "Rendering": _of_task("<rendering@>…</rendering>"),
    "SubProcess": Specimen('<subProcess id="a" name="Do"@><startEvent id="i"/><userTask id="u" name="In"/><sequenceFlow id="j" sourceRef="i" targetRef="u"/>…</subProcess>', "flow"),
    "Transaction": Specimen('<transaction id="a" name="Do"@><startEvent id="i"/><userTask id="u" name="In"/><sequenceFlow id="j" sourceRef="i" targetRef="u"/>…</transaction>', "flow"),
    "AdHocSubProcess": Specimen('<adHocSubProcess id="a" name="Do"@><userTask id="u" name="In"/>…</adHocSubProcess>', "flow"),
    "CallActivity": _task("callActivity", ' calledElement="G"', '<globalUserTask id="G" name="G"/>'),
    "GlobalTask": Specimen('<globalTask id="G" name="G"@>…</globalTask>', "root"),
    "GlobalUserTask": Specimen('<globalUserTask id="G" name="G"@>…</globalUserTask>', "root"),
    "GlobalManualTask": Specimen('<globalManualTask id="G" name="G"@>…</globalManualTask>', "root"),
    "GlobalScriptTask": Specimen('<globalScriptTask id="G" name="G"@>…</globalScriptTask>', "root"),
    "GlobalBusinessRuleTask": Specimen('<globalBusinessRuleTask id="G" name="G"@>…</globalBusinessRuleTask>', "root"),
    "StandardLoopCharacteristics": _of_task('<standardLoopCharacteristics@>…<loopCondition>false</loopCondition></standardLoopCharacteristics>'),
    "MultiInstanceLoopCharacteristics": _of_task(LOOP),
    "ComplexBehaviorDefinition": _of_task(
        LOOP.replace("@", ' behavior="Complex"').replace("…", "<complexBehaviorDefinition@><condition>true</condition>…</complexBehaviorDefinition>")
    ),
    "ImplicitThrowEvent": _of_task(
        LOOP.replace("@", ' behavior="Complex"').replace("…", '<complexBehaviorDefinition><condition>true</condition><event id="ie"@>…</event></complexBehaviorDefinition>')
    ),
    "DataObject": Specimen('<dataObject id="d" name="D"@>…</dataObject>'),
    "DataObjectReference": Specimen('<dataObject id="d" name="D"/><dataObjectReference id="dr" name="D" dataObjectRef="d"@>…</dataObjectReference>'),
    "DataState": Specimen('<dataObject id="d" name="D"/><dataObjectReference id="dr" name="D" dataObjectRef="d"><dataState@>…</dataState></dataObjectReference>'),
    "DataStore": Specimen('<dataStore id="ds" name="Register"@>…</dataStore>', "root"),
    "DataStoreReference": Specimen('<dataStoreReference id="dsr" name="Register"@>…</dataStoreReference>'),
    "Property": _of_task('<property id="pr" name="x"@>…</property>'),
    "InputOutputSpecification": _of_task(IO.replace("</ioSpecification>", "…</ioSpecification>").replace("<ioSpecification>", "<ioSpecification@>")),
    "DataInput": _of_task(IO.replace('<dataInput id="di" name="x"/>', '<dataInput id="di" name="x"@>…</dataInput>')),
    "DataOutput": _of_task(IO.replace('<dataOutput id="do" name="y"/>', '<dataOutput id="do" name="y"@>…</dataOutput>')),
    "InputSet": _of_task(IO.replace("<inputSet>", "<inputSet@>").replace("</inputSet>", "…</inputSet>")),
    "OutputSet": _of_task(IO.replace("<outputSet>", "<outputSet@>").replace("</outputSet>", "…</outputSet>")),
    "InputOutputBinding": Specimen('<ioBinding operationRef="op" inputDataRef="is" outputDataRef="os"@>…</ioBinding>', "inside", OPERATION),
    "DataInputAssociation": Specimen(
        TASK.replace("@", "").replace("…", IO + '<dataInputAssociation id="dia"@><sourceRef>d</sourceRef><targetRef>di</targetRef>…</dataInputAssociation>') + '<dataObject id="d" name="D"/>', "flow"
    ),
    "DataOutputAssociation": Specimen(
        TASK.replace("@", "").replace("…", IO + '<dataOutputAssociation id="doa"@><sourceRef>do</sourceRef><targetRef>d</targetRef>…</dataOutputAssociation>') + '<dataObject id="d" name="D"/>', "flow"
    ),
    "Assignment": Specimen(
        TASK.replace("@", "").replace("…", IO + '<dataInputAssociation id="dia"><targetRef>di</targetRef><assignment@>…<from>1</from><to>x</to></assignment></dataInputAssociation>'), "flow"
    ),
    "StartEvent": Specimen("", "start"),
    "EndEvent": Specimen("", "end"),
    "IntermediateCatchEvent": Specimen('<intermediateCatchEvent id="a" name="Wait"@>…<messageEventDefinition messageRef="M"/></intermediateCatchEvent>', "flow", MESSAGE),
    "IntermediateThrowEvent": Specimen('<intermediateThrowEvent id="a" name="Say"@>…<messageEventDefinition messageRef="M"/></intermediateThrowEvent>', "flow", MESSAGE),
    "BoundaryEvent": Specimen(
        '<userTask id="a" name="Do"/><boundaryEvent id="b" name="Late" attachedToRef="a"@>…<messageEventDefinition messageRef="M"/></boundaryEvent><endEvent id="l"/><sequenceFlow id="g" sourceRef="b" targetRef="l"/>',
        "flow",
        MESSAGE,
    ),
    "MessageEventDefinition": _definition("message", ' messageRef="M"', OPERATION),
    "SignalEventDefinition": _definition("signal", ' signalRef="S"', '<signal id="S" name="S"/>'),
    "TimerEventDefinition": _definition("timer"),
    "ConditionalEventDefinition": _definition("conditional"),
    "LinkEventDefinition": Specimen(
        '<intermediateThrowEvent id="a" name="Go"><linkEventDefinition id="l1" name="L"@>…</linkEventDefinition></intermediateThrowEvent>', "flow"
    ),
    "ErrorEventDefinition": _definition("error"),
    "EscalationEventDefinition": _definition("escalation"),
    "CompensateEventDefinition": Specimen('<intermediateThrowEvent id="a" name="Undo"><compensateEventDefinition@>…</compensateEventDefinition></intermediateThrowEvent>', "flow"),
    "CancelEventDefinition": _definition("cancel"),
    "TerminateEventDefinition": _definition("terminate"),
    "SequenceFlow": Specimen("", "sequence"),
    "ExclusiveGateway": _gateway("exclusiveGateway"),
    "InclusiveGateway": _gateway("inclusiveGateway"),
    "ParallelGateway": Specimen('<parallelGateway id="a"@>…</parallelGateway>', "flow"),
    "ComplexGateway": _gateway("complexGateway"),
    "EventBasedGateway": Specimen(
        '<eventBasedGateway id="a"@>…</eventBasedGateway><receiveTask id="b" name="Get" messageRef="M"/><sequenceFlow id="g" sourceRef="a" targetRef="b"/>', "events", MESSAGE
    ),
    "LaneSet": Specimen('<laneSet id="ls"@><lane id="ln" name="Officer"><flowNodeRef>a</flowNodeRef></lane>…</laneSet>', "lanes"),
    "Lane": Specimen('<laneSet id="ls"><lane id="ln" name="Officer"@>…<flowNodeRef>a</flowNodeRef></lane></laneSet>', "lanes"),
    "Choreography": Specimen(CHOREOGRAPHY.replace('id="CH"', 'id="CH"@') % "…", "root"),
    "GlobalChoreographyTask": Specimen('<globalChoreographyTask id="GC"@>…</globalChoreographyTask>', "root"),
    "ChoreographyTask": Specimen(CHOREOGRAPHY % CHOREOGRAPHY_TASK, "root"),
    "SubChoreography": Specimen(CHOREOGRAPHY % CHOREOGRAPHY_TASK.replace("choreographyTask", "subChoreography").replace("<messageFlowRef>mf</messageFlowRef>", ""), "root"),
    "CallChoreography": Specimen(CHOREOGRAPHY % CHOREOGRAPHY_TASK.replace("choreographyTask", "callChoreography").replace("<messageFlowRef>mf</messageFlowRef>", ""), "root"),
}
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
    "Definitions.BPMNDiagram": "<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement='P'/></bpmndi:BPMNDiagram>",
    "Definitions.extension": "<extension mustUnderstand='true'/>",
    "Definitions.rootElement": MESSAGE,
    "BaseElement.extensionElements": "<extensionElements><z:note xmlns:z='urn:z'/></extensionElements>",
    "SubProcess.triggeredByEvent": ' triggeredByEvent="true"',
}
"""Attributes and children whose value does not follow from their type."""
BOOLEANS = {"cancelActivity": "false", "isInterrupting": "false", "waitForCompletion": "false", "cancelRemainingInstances": "false", "isUnlimited": "true"}
DEFAULTS = frozenset({"None", "Unspecified", "Exclusive", "All", "Information", "Parallel"})


def document(specimen: Specimen, attributes: str = "", children: str = "") -> str:
    """Return the file of a specimen, with more attributes and children at it."""
    at = {place: specimen.text.replace("@", attributes, 1).replace("…", children, 1) for place in (specimen.place,)}
    more = {place: (attributes, children) if specimen.place == place else ("", "") for place in ("whole", "process", "start", "end", "sequence")}
    pools = f'<collaboration id="C">{at["pools"]}</collaboration>' if "pools" in at else ""
    whole, process, start, end, flow = (more[p] for p in ("whole", "process", "start", "end", "sequence"))
    steps = at.get("flow") or at.get("events") or '<userTask id="a" name="Do"/>'
    leads = "" if "events" in at else '<sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'
    leads = leads.replace("/>", "><conditionExpression>n = 2</conditionExpression></sequenceFlow>") if 'id="g" sourceRef="a"' in steps else leads
    return (
        f"{HEAD}{whole[0]}>{whole[1]}{at.get('root', '')}{specimen.roots}{pools}"
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
        for text in [written] if written else _values(feature, kind.attributes[feature]):
            yield document(specimen, text), document(specimen)
        return
    slot = next(s for s in kind.slots if s.tag == feature)
    yield document(specimen, "", written or _child(slot)), document(specimen)


def with_element(name: str) -> tuple[str, str]:
    """Return a file with an element of a class, and one without."""
    specimen = ELEMENTS[concrete(name).name]
    return document(specimen), document(Specimen("", "inside"))


def _values(feature: str, type_: str) -> Iterator[str]:
    words = enumerations().get(type_)
    if words is not None:
        yield from (f' {feature}="{word}"' for word in words if word not in DEFAULTS or feature == "eventGatewayType")
    else:
        value = {"Boolean": BOOLEANS.get(feature, "true"), "Integer": "2"}.get(type_, "ref_x" if type_.startswith("ref:") else "x")
        yield f' {feature}="{value}"'


def _child(slot: Slot) -> str:
    if slot.is_reference:
        return f"<{slot.tag}>ref_x</{slot.tag}>"
    if not slot.target:
        return f"<{slot.tag}>1</{slot.tag}>"
    text = {"Expression": "1", "FormalExpression": "1"}.get(slot.target, "")
    return f'<{slot.tag} id="new">{text}</{slot.tag}>'
