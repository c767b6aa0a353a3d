# SPDX-License-Identifier: Apache-2.0
"""The simple forms of four vendors are read into one vocabulary; the rest is named."""

from __future__ import annotations

import pytest

from egov_flow.bpmn import NO_VENDOR


def _mappings(variables):
    return [(v.target, v.formula.text) for v in variables]


def test_a_plain_task_has_no_vendor(a_node):
    assert a_node('<bpmn:userTask id="N"/>').vendor is NO_VENDOR


@pytest.mark.parametrize("prefix", ["camunda", "flowable"])
def test_camunda_7_and_flowable_user_tasks(a_node, prefix):
    node = a_node(
        f'<bpmn:userTask id="N" {prefix}:assignee="${{officer}}" {prefix}:candidateGroups="clerk, head" {prefix}:candidateUsers="ana" '
        f'{prefix}:formKey="permit" {prefix}:dueDate="P3D" {prefix}:asyncBefore="true"/>'
    )

    vendor = node.vendor
    assert (vendor.assignee, vendor.candidate_groups, vendor.candidate_users) == ("${officer}", ("clerk", "head"), ("ana",))
    assert (vendor.form, vendor.due_date, vendor.unread) == ("permit", "P3D", (f"{prefix}:asyncBefore",))


@pytest.mark.parametrize(
    ("attributes", "handler", "unread"),
    [
        ('camunda:type="external" camunda:topic="lookup"', "lookup", ()),
        ('camunda:class="org.gov.Lookup"', "org.gov.Lookup", ()),
        ('camunda:delegateExpression="${lookup}"', "${lookup}", ()),
        ('camunda:expression="${a.b()}" camunda:resultVariable="x"', "${a.b()}", ()),
        ('flowable:type="mail"', "mail", ()),
        ('camunda:type="external"', "", ("camunda:type",)),
        ('camunda:class="A" camunda:topic="B"', "A", ("camunda:topic",)),
    ],
)
def test_a_handler_by_whichever_attribute(a_node, attributes, handler, unread):
    vendor = a_node(f'<bpmn:serviceTask id="N" {attributes}/>').vendor

    assert (vendor.handler, vendor.unread) == (handler, unread)


def test_a_handler_may_stand_at_the_event_definition(a_node):
    node = a_node('<bpmn:endEvent id="N"><bpmn:messageEventDefinition camunda:type="external" camunda:topic="notify"/></bpmn:endEvent>')

    assert node.vendor.handler == "notify"


def test_camunda_7_mappings_decision_and_what_is_not_read(a_node):
    node = a_node(
        '<bpmn:businessRuleTask id="N" camunda:decisionRef="fee" camunda:resultVariable="amount" camunda:mapDecisionResult="singleEntry">'
        '<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="a">${b}</camunda:inputParameter>'
        '<camunda:inputParameter name="s"><camunda:script scriptFormat="groovy">1</camunda:script></camunda:inputParameter>'
        '<camunda:outputParameter name="c">${d}</camunda:outputParameter></camunda:inputOutput><camunda:executionListener event="end"/>'
        "</bpmn:extensionElements></bpmn:businessRuleTask>"
    )

    assert (node.vendor.decision, node.vendor.result_variable) == ("fee", "amount")
    assert (_mappings(node.vendor.inputs), _mappings(node.vendor.outputs)) == ([("a", "${b}")], [("c", "${d}")])
    assert node.vendor.unread == ("camunda:mapDecisionResult", "camunda:script", "camunda:executionListener")


def test_camunda_7_call_and_collection(a_node):
    node = a_node(
        '<bpmn:callActivity id="N" calledElement="objection"><bpmn:extensionElements><camunda:in source="a" target="b"/>'
        '<camunda:in variables="all"/><camunda:out sourceExpression="${x}" target="y"/></bpmn:extensionElements>'
        '<bpmn:multiInstanceLoopCharacteristics camunda:collection="offices" camunda:elementVariable="office"/></bpmn:callActivity>'
    )

    assert (_mappings(node.vendor.inputs), _mappings(node.vendor.outputs)) == ([("b", "a")], [("y", "${x}")])
    assert (node.activity.multi_instance.collection, node.activity.multi_instance.item) == ("offices", "office")
    assert node.vendor.unread == ("camunda:in",)


def test_camunda_8_service_and_user_tasks(a_process):
    model = a_process(
        '<bpmn:serviceTask id="A"><bpmn:extensionElements><zeebe:taskDefinition type="lookup" retries="5"/><zeebe:ioMapping>'
        '<zeebe:input source="=nik" target="id"/><zeebe:output source="=found" target="person"/></zeebe:ioMapping></bpmn:extensionElements>'
        '</bpmn:serviceTask><bpmn:userTask id="B"><bpmn:extensionElements><zeebe:assignmentDefinition assignee="=officer" '
        'candidateGroups="clerk, head"/><zeebe:formDefinition formId="permit"/><zeebe:taskSchedule dueDate="=due"/><zeebe:userTask/>'
        "</bpmn:extensionElements></bpmn:userTask>"
    )

    service, user = (node.vendor for node in model.nodes())
    assert (service.handler, _mappings(service.inputs), _mappings(service.outputs)) == (
        "lookup",
        [("id", "=nik")],
        [("person", "=found")],
    )
    assert service.unread == ("zeebe:retries",)
    assert (user.assignee, user.candidate_groups, user.form, user.due_date) == ("=officer", ("clerk", "head"), "permit", "=due")
    assert user.unread == ("zeebe:userTask",)


def test_an_expression_with_commas_or_colons_stays_whole(a_process):
    model = a_process(
        '<bpmn:userTask id="A" camunda:candidateGroups="${groups(a, b)}"/><bpmn:callActivity id="B" calledElement="${x ? a:1 : b}"/>'
    )

    user, call = model.nodes()
    assert user.vendor.candidate_groups == ("${groups(a, b)}",)
    assert call.activity.called == "${x ? a:1 : b}"


def test_a_list_that_is_one_expression_is_not_split(a_node):
    node = a_node(
        '<bpmn:userTask id="N"><bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="=[&quot;a&quot;, &quot;b&quot;]"/>'
        "</bpmn:extensionElements></bpmn:userTask>"
    )

    assert node.vendor.candidate_groups == ('=["a", "b"]',)


def test_camunda_8_script_decision_call_loop_and_correlation(a_process):
    model = a_process(
        '<bpmn:scriptTask id="A"><bpmn:extensionElements><zeebe:script expression="=a + 1" resultVariable="b"/></bpmn:extensionElements>'
        '</bpmn:scriptTask><bpmn:businessRuleTask id="B"><bpmn:extensionElements><zeebe:calledDecision decisionId="fee" resultVariable="f"/>'
        '</bpmn:extensionElements></bpmn:businessRuleTask><bpmn:callActivity id="C"><bpmn:extensionElements><zeebe:calledElement '
        'processId="objection"/></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="=offices" inputElement="office" outputCollection="o" outputElement="=p"/>'
        '</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:callActivity><bpmn:receiveTask id="D" messageRef="M"/>',
        '<bpmn:message id="M" name="Paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=number"/></bpmn:extensionElements>'
        "</bpmn:message>",
    )

    script, decision, call, receive = model.nodes()
    assert (script.activity.script.text, script.vendor.result_variable) == ("=a + 1", "b")
    assert (decision.vendor.decision, decision.vendor.result_variable) == ("fee", "f")
    assert call.activity.called == "objection"
    many = call.activity.multi_instance
    assert (many.collection, many.item, many.output_collection, many.output_item) == ("=offices", "office", "o", "=p")
    assert receive.vendor.correlation_key.text == model.roots[0].correlation_key.text == "=number"
    assert [node.vendor.unread for node in model.nodes()] == [(), (), (), ()]
    assert model.findings == ()


def test_spiffworkflow(a_process):
    model = a_process(
        '<bpmn:serviceTask id="A"><bpmn:extensionElements><spiffworkflow:preScript>a = 1</spiffworkflow:preScript>'
        '<spiffworkflow:serviceTaskOperator id="http/Get" resultVariable="r"><spiffworkflow:parameters><spiffworkflow:parameter id="url" '
        'type="str" value="base"/></spiffworkflow:parameters></spiffworkflow:serviceTaskOperator></bpmn:extensionElements></bpmn:serviceTask>'
        '<bpmn:userTask id="B"><bpmn:extensionElements><spiffworkflow:properties><spiffworkflow:property name="formJsonSchemaFilename" '
        'value="permit.json"/><spiffworkflow:property name="formUiSchemaFilename" value="ui.json"/></spiffworkflow:properties>'
        '</bpmn:extensionElements></bpmn:userTask><bpmn:businessRuleTask id="C"><bpmn:extensionElements><spiffworkflow:calledDecisionId>fee'
        "</spiffworkflow:calledDecisionId></bpmn:extensionElements></bpmn:businessRuleTask>"
    )

    service, user, rule = (node.vendor for node in model.nodes())
    assert (service.handler, service.result_variable, _mappings(service.inputs)) == ("http/Get", "r", [("url", "base")])
    assert service.inputs[0].formula.language == "python"
    assert service.unread == ("spiffworkflow:preScript",)
    assert (user.form, user.unread) == ("permit.json", ("spiffworkflow:property",))
    assert rule.decision == "fee"


def test_words_of_unknown_vendors_are_named(a_node):
    node = a_node(
        '<bpmn:task xmlns:adonis="urn:x" id="N" adonis:cost="5"><bpmn:extensionElements><adonis:risk/></bpmn:extensionElements></bpmn:task>'
    )

    assert node.vendor.unread == ("adonis:cost", "adonis:risk")


def test_a_process_and_a_flow_have_vendors_too(a_file):
    model = a_file(
        '<bpmn:process id="P" camunda:versionTag="1"><bpmn:task id="T"/><bpmn:task id="U"/><bpmn:sequenceFlow id="F" sourceRef="T" targetRef="U">'
        "<bpmn:extensionElements><camunda:executionListener/></bpmn:extensionElements></bpmn:sequenceFlow></bpmn:process>"
    )

    assert model.processes[0].vendor.unread == ("camunda:versionTag",)
    assert next(model.flows()).vendor.unread == ("camunda:executionListener",)
