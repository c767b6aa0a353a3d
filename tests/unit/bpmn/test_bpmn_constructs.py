# SPDX-License-Identifier: Apache-2.0
"""All of BPMN that a process can hold is read, also what nobody runs yet."""

from __future__ import annotations

import pytest

ROOTS = (
    '<bpmn:message id="M" name="Payment"/><bpmn:signal id="S" name="Flood"/><bpmn:error id="E" errorCode="no-money"/>'
    '<bpmn:escalation id="X" escalationCode="late"/><bpmn:timerEventDefinition id="D"><bpmn:timeDate>date("2026-01-05")</bpmn:timeDate>'
    '</bpmn:timerEventDefinition><bpmn:resource id="R" name="clerk"/><bpmn:category id="C"><bpmn:categoryValue id="CV" value="Phase 1"/>'
    "</bpmn:category>"
)


@pytest.mark.parametrize(
    ("xml", "kind", "reference", "name"),
    [
        ('<bpmn:messageEventDefinition messageRef="tns:M"/>', "message", "M", "Payment"),
        ('<bpmn:signalEventDefinition signalRef="S"/>', "signal", "S", "Flood"),
        ('<bpmn:errorEventDefinition errorRef="E"/>', "error", "E", "no-money"),
        ('<bpmn:escalationEventDefinition escalationRef="X"/>', "escalation", "X", "late"),
        ('<bpmn:linkEventDefinition name="Page 2"/>', "link", "", "Page 2"),
        ('<bpmn:compensateEventDefinition activityRef="T" waitForCompletion="false"/>', "compensate", "T", ""),
        ("<bpmn:cancelEventDefinition/>", "cancel", "", ""),
        ("<bpmn:terminateEventDefinition/>", "terminate", "", ""),
        ("<bpmn:errorEventDefinition/>", "error", "", ""),
    ],
)
def test_every_event_definition_names_what_it_means(a_node, xml, kind, reference, name):
    node = a_node(f'<bpmn:task id="T"/><bpmn:endEvent id="N">{xml}</bpmn:endEvent>', ROOTS)

    (definition,) = node.event.definitions
    assert (definition.kind, definition.reference, definition.name) == (kind, reference, name)
    assert definition.wait is (kind != "compensate")


@pytest.mark.parametrize(
    ("xml", "kind", "text"),
    [
        ("<bpmn:timeDuration>P1D</bpmn:timeDuration>", "duration", "P1D"),
        ("<bpmn:timeDate>due</bpmn:timeDate>", "date", "due"),
        ('<bpmn:timeCycle language="iso">R3/PT1H</bpmn:timeCycle>', "cycle", "R3/PT1H"),
    ],
)
def test_the_three_times_of_a_timer(a_node, xml, kind, text):
    node = a_node(f'<bpmn:startEvent id="N"><bpmn:timerEventDefinition>{xml}</bpmn:timerEventDefinition></bpmn:startEvent>')

    timer = node.event.definitions[0].timer
    assert (timer.kind, timer.formula.text) == (kind, text)


def test_a_timer_may_be_left_open(a_node):
    timer = a_node('<bpmn:startEvent id="N"><bpmn:timerEventDefinition/></bpmn:startEvent>').event.definitions[0].timer

    assert (timer.kind, timer.formula) == ("", None)


def test_a_reusable_event_definition_is_followed_in_its_order(a_node):
    node = a_node(
        '<bpmn:intermediateCatchEvent id="N" parallelMultiple="true"><bpmn:messageEventDefinition messageRef="M"/>'
        "<bpmn:eventDefinitionRef>tns:D</bpmn:eventDefinitionRef></bpmn:intermediateCatchEvent>",
        ROOTS,
    )

    assert [d.kind for d in node.event.definitions] == ["message", "timer"]
    assert node.event.is_parallel_multiple


def test_a_conditional_event_and_a_non_interrupting_start(a_node):
    node = a_node(
        '<bpmn:startEvent id="N" isInterrupting="0"><bpmn:conditionalEventDefinition><bpmn:condition language="feel">x &gt; 1</bpmn:condition>'
        "</bpmn:conditionalEventDefinition></bpmn:startEvent>"
    )

    condition = node.event.definitions[0].condition
    assert (condition.text, condition.language, node.event.is_interrupting) == ("x > 1", "feel", False)


@pytest.mark.parametrize(
    "kind", ["task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask"]
)
def test_every_task_is_an_activity(a_node, kind):
    node = a_node(f'<bpmn:{kind} id="N" startQuantity="2" completionQuantity="3" isForCompensation="true"/>')

    assert (node.kind, node.activity.start_quantity, node.activity.completion_quantity) == (kind, 2, 3)
    assert node.activity.is_for_compensation


def test_a_script_keeps_its_format(a_node):
    node = a_node('<bpmn:scriptTask id="N" scriptFormat="feel"><bpmn:script>\n  a + 1\n</bpmn:script></bpmn:scriptTask>')

    assert (node.activity.script.text, node.activity.script_format) == ("a + 1", "feel")


def test_a_receive_task_and_a_call_activity(a_process):
    model = a_process(
        '<bpmn:receiveTask id="N" messageRef="M" instantiate="true"/><bpmn:callActivity id="C" calledElement="tns:objection"/>', ROOTS
    )

    receive, call = model.processes[0].content.nodes
    assert (receive.activity.message, receive.activity.message_name, receive.activity.is_instantiating) == ("M", "Payment", True)
    assert call.activity.called == "objection"


def test_the_three_sub_processes(a_process):
    model = a_process(
        '<bpmn:subProcess id="A" triggeredByEvent="true"/><bpmn:transaction id="B"/><bpmn:adHocSubProcess id="C" ordering="Sequential" '
        'cancelRemainingInstances="false"><bpmn:task id="T"/><bpmn:completionCondition>done</bpmn:completionCondition></bpmn:adHocSubProcess>'
    )

    event, transaction, ad_hoc = model.processes[0].content.nodes
    assert event.activity.is_event_subprocess
    assert transaction.kind == "transaction"
    assert (ad_hoc.activity.ordering, ad_hoc.activity.completion_condition.text) == ("Sequential", "done")
    assert not ad_hoc.activity.cancels_remaining
    assert [n.id for n in ad_hoc.content.nodes] == ["T"]


def test_gateways_keep_their_attributes(a_process):
    model = a_process(
        '<bpmn:eventBasedGateway id="A" instantiate="true" eventGatewayType="Parallel" gatewayDirection="Diverging"/>'
        '<bpmn:complexGateway id="B"><bpmn:activationCondition>n &gt; 2</bpmn:activationCondition></bpmn:complexGateway>'
    )

    event, complex_ = (node.gateway for node in model.nodes())
    assert (event.is_instantiating, event.event_type, event.direction) == (True, "Parallel", "Diverging")
    assert complex_.activation_condition.text == "n > 2"


def test_a_standard_loop(a_node):
    node = a_node(
        '<bpmn:task id="N"><bpmn:standardLoopCharacteristics testBefore="true" loopMaximum="3"><bpmn:loopCondition>more</bpmn:loopCondition>'
        "</bpmn:standardLoopCharacteristics></bpmn:task>"
    )

    assert (node.activity.loop.test_before, node.activity.loop.maximum, node.activity.loop.condition.text) == (True, 3, "more")


def test_multi_instance_by_the_standard(a_node):
    node = a_node(
        '<bpmn:task id="N"><bpmn:multiInstanceLoopCharacteristics isSequential="true" behavior="One"><bpmn:loopCardinality>5'
        "</bpmn:loopCardinality><bpmn:loopDataInputRef>Offices</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>Opinions"
        '</bpmn:loopDataOutputRef><bpmn:inputDataItem id="i" name="office"/><bpmn:outputDataItem id="opinion"/><bpmn:completionCondition>'
        "enough</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:task>"
    )

    many = node.activity.multi_instance
    assert (many.is_sequential, many.behavior, many.cardinality.text) == (True, "One", "5")
    assert (many.collection, many.item, many.output_collection, many.output_item) == ("Offices", "office", "Opinions", "opinion")
    assert many.completion_condition.text == "enough"


def test_what_instances_throw_when_they_are_done(a_process):
    model = a_process(
        '<bpmn:task id="A"><bpmn:multiInstanceLoopCharacteristics behavior="None" noneBehaviorEventRef="D"/></bpmn:task>'
        '<bpmn:task id="B"><bpmn:multiInstanceLoopCharacteristics behavior="Complex"><bpmn:complexBehaviorDefinition>'
        "<bpmn:condition>enough</bpmn:condition><bpmn:event><bpmn:eventDefinitionRef>D</bpmn:eventDefinitionRef></bpmn:event>"
        "</bpmn:complexBehaviorDefinition></bpmn:multiInstanceLoopCharacteristics></bpmn:task>",
        roots='<bpmn:signal id="S" name="Done"/><bpmn:signalEventDefinition id="D" signalRef="S"/>',
    )

    (each,), (complex_,) = (node.activity.multi_instance.throws for node in model.nodes())
    assert ([(d.kind, d.name) for d in each.definitions], each.condition) == ([("signal", "Done")], None)
    assert ([(d.kind, d.name) for d in complex_.definitions], complex_.condition.text) == ([("signal", "Done")], "enough")
    assert model.findings == ()


def test_an_event_of_instances_that_the_file_does_not_have_is_told(a_process):
    model = a_process('<bpmn:task id="A"><bpmn:multiInstanceLoopCharacteristics behavior="One" oneBehaviorEventRef="D"/></bpmn:task>')

    assert [(f.code, f.arguments["reference"]) for f in model.findings] == [("EF-B011", "D")]


def test_data_of_a_process_and_of_a_task(a_process):
    model = a_process(
        '<bpmn:dataObject id="DO" isCollection="true"/><bpmn:dataObjectReference id="DR" name="File" dataObjectRef="DO"/>'
        '<bpmn:dataStoreReference id="DS" name="Register" dataStoreRef="Store"/><bpmn:property id="P" name="fee"/>'
        '<bpmn:task id="N"><bpmn:ioSpecification><bpmn:dataInput id="DI" name="file"/><bpmn:dataOutput id="DU"/><bpmn:inputSet/>'
        '</bpmn:ioSpecification><bpmn:property id="Q" name="note"/><bpmn:dataInputAssociation id="A"><bpmn:sourceRef>DR</bpmn:sourceRef>'
        "<bpmn:targetRef>DI</bpmn:targetRef><bpmn:transformation>x + 1</bpmn:transformation><bpmn:assignment><bpmn:from>1</bpmn:from>"
        "<bpmn:to>y</bpmn:to></bpmn:assignment></bpmn:dataInputAssociation></bpmn:task>",
        '<bpmn:dataStore id="Store" name="Register"/>',
    )

    content = model.processes[0].content
    assert [(d.kind, d.name, d.reference) for d in content.data] == [
        ("dataObject", "", ""),
        ("dataObjectReference", "File", "DO"),
        ("dataStoreReference", "Register", "Store"),
        ("property", "fee", ""),
    ]
    (task,) = content.nodes
    assert [(p.kind, p.name) for p in task.parameters] == [("property", "note"), ("dataInput", "file"), ("dataOutput", "DU")]
    assert (task.activity.reads_data, task.activity.writes_data) == (("file",), ("DU",))
    (association,) = task.data_associations
    assert (association.direction, association.sources, association.target) == ("in", ("DR",), "DI")
    assert association.transformation.text == "x + 1"
    assert [(given.text, taken.text) for given, taken in association.assignments] == [("1", "y")]
    assert model.findings == ()


def test_who_performs_a_task_in_the_words_of_the_standard(a_node):
    node = a_node(
        '<bpmn:userTask id="N"><bpmn:potentialOwner><bpmn:resourceRef>tns:R</bpmn:resourceRef></bpmn:potentialOwner><bpmn:humanPerformer>'
        "<bpmn:resourceAssignmentExpression><bpmn:formalExpression>author</bpmn:formalExpression></bpmn:resourceAssignmentExpression>"
        "</bpmn:humanPerformer></bpmn:userTask>",
        ROOTS,
    )

    owner, performer = node.performers
    assert (owner.kind, owner.resource, owner.resource_name) == ("potentialOwner", "R", "clerk")
    assert (performer.kind, performer.formula.text) == ("humanPerformer", "author")


def test_nested_lanes_artifacts_and_documentation(a_process):
    model = a_process(
        '<bpmn:documentation>One.</bpmn:documentation><bpmn:documentation>Two.</bpmn:documentation><bpmn:laneSet id="LS"><bpmn:lane id="L">'
        '<bpmn:childLaneSet id="CS"><bpmn:lane id="K" name="Clerk"><bpmn:flowNodeRef> tns:T </bpmn:flowNodeRef></bpmn:lane>'
        '</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet><bpmn:task id="T"/><bpmn:textAnnotation id="A"><bpmn:text>Art. 22</bpmn:text>'
        '</bpmn:textAnnotation><bpmn:association id="AS" sourceRef="T" targetRef="A" associationDirection="One"/>'
        '<bpmn:group id="G" categoryValueRef="CV"/>',
        ROOTS,
    )

    (process,) = model.processes
    (lane,) = process.content.lanes
    assert process.documentation == "One.\n\nTwo."
    assert (lane.lanes[0].name, lane.lanes[0].nodes) == ("Clerk", ("T",))
    assert process.content.annotations[0].text == "Art. 22"
    assert (process.content.associations[0].source, process.content.associations[0].direction) == ("T", "One")
    assert process.content.groups[0].name == "Phase 1"
    assert model.findings == ()


def test_a_collaboration_with_message_flows(a_file):
    model = a_file(
        '<bpmn:collaboration id="C" name="Permit"><bpmn:participant id="P" name="Applicant"/><bpmn:participant id="Q" processRef="tns:permit"/>'
        '<bpmn:messageFlow id="MF" name="Application" sourceRef="P" targetRef="S" messageRef="M"/><bpmn:textAnnotation id="A"/>'
        '</bpmn:collaboration><bpmn:process id="permit" isExecutable="false"><bpmn:startEvent id="S"/></bpmn:process><bpmn:message id="M"/>'
    )

    (flow,) = model.message_flows
    assert [(p.id, p.process) for p in model.participants] == [("P", ""), ("Q", "permit")]
    assert (flow.source, flow.target, flow.message) == ("P", "S", "M")
    assert model.collaborations[0].annotations[0].id == "A"
    assert model.processes[0].is_executable is False
    assert model.findings == ()


def test_several_diagrams_with_colours_and_expansion(a_process):
    model = a_process(
        '<bpmn:subProcess id="A"/>',
        '<bpmndi:BPMNDiagram id="D1"><bpmndi:BPMNPlane id="P1" bpmnElement="permit"><bpmndi:BPMNShape id="S1" bpmnElement="tns:A" '
        'isExpanded="false" bioc:fill="#fff" color:border-color="#00f"><dc:Bounds x="1.5" y="-2" width="1e2" height="80"/><bpmndi:BPMNLabel/>'
        '</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram><bpmndi:BPMNDiagram id="D2"><bpmndi:BPMNPlane id="P2" bpmnElement="A"/>'
        "</bpmndi:BPMNDiagram>",
    )

    first, second = model.diagrams
    (shape,) = first.shapes
    assert (shape.element, shape.is_expanded, shape.is_horizontal, shape.fill, shape.stroke) == ("A", False, None, "#fff", "#00f")
    assert (shape.bounds.x, shape.bounds.y, shape.bounds.width, shape.label) == (1.5, -2, 100, None)
    assert second.element == "A"
    assert model.findings == ()


def test_global_tasks_and_other_root_elements_are_kept(a_process):
    model = a_process("", ROOTS + '<bpmn:globalUserTask id="G" name="Sign"/><bpmn:itemDefinition id="I"/>')

    assert [(r.kind, r.id, r.code) for r in model.roots] == [
        ("message", "M", ""),
        ("signal", "S", ""),
        ("error", "E", "no-money"),
        ("escalation", "X", "late"),
        ("resource", "R", ""),
        ("category", "C", ""),
        ("globalUserTask", "G", ""),
        ("itemDefinition", "I", ""),
    ]
