# SPDX-License-Identifier: Apache-2.0
"""Tasks (BPMN 2.0.2 §13.3.3): who does them, and when they are done."""

import pytest

from egov_flow import kernel
from egov_flow.errors import AlreadyCompleted, ConflictError, NotFound
from egov_flow.values import JobChange, WorkChange


def test_a_user_task_is_open_work_until_it_is_completed(told):
    story = told("linear").start({"subject": "road"})

    assert story.waiting == ["Task_Register"]
    assert story.last.work == (WorkChange("opened", story.token("Task_Register"), "Task_Register"),)

    token = story.token("Task_Register")
    story.complete("Task_Register", {"number": 7})

    assert story.last.work[0] == WorkChange("completed", token, "Task_Register")
    assert story.variables["number"] == 7


@pytest.mark.parametrize("kind", ["user", "manual"])
def test_a_manual_task_is_work_that_somebody_reports(drawn, kind):
    story = drawn(f"start s\n{kind} a\nend e\ns > a\na > e").start()

    assert story.happened("opened") == ["a"]
    assert story.complete("a").status == "completed"


def test_an_abstract_task_passes_at_once_and_is_noted(drawn):
    story = drawn("start s\ntask a\nend e\ns > a\na > e").start()

    assert story.status == "completed"
    assert story.happened("entered", "completed") == [
        "entered s", "completed s", "entered a", "completed a", "entered e", "completed e", "completed P",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["service", "send", "rule"])
def test_a_service_send_or_business_rule_task_opens_a_job_for_its_handler(drawn, kind):
    story = drawn(f"start s\n{kind} a | handler registry.look\nend e\ns > a\na > e").start({"id": "x"})

    assert story.last.jobs == (JobChange("opened", story.token("a"), "a", "registry.look", story.variables),)
    assert story.report("a", {"name": "y"}).status == "completed"
    assert story.variables == {"id": "x", "name": "y"}


def test_the_handler_may_be_named_in_procedure_yaml(drawn):
    story = drawn("start s\nservice a\nend e\ns > a\na > e", "procedure: demo\nlinks:\n  a: {handler: registry.look}\n").start()

    assert story.last.jobs[0].name == "registry.look"


OPERATED = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:z="http://camunda.org/schema/zeebe/1.0" xmlns:t="t" targetNamespace="t">'
    '<message id="M" name="M"/><interface id="I" name="Register"><operation id="O" name="registry.look"><inMessageRef>M</inMessageRef></operation></interface>'
    '<process id="P" isExecutable="true"><startEvent id="s"/><serviceTask id="a" operationRef="{}">{}</serviceTask>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="a"/></process></definitions>'
)
OWN = '<extensionElements><z:taskDefinition type="mine"/></extensionElements>'


@pytest.mark.parametrize(("reference", "own", "handler"), [("O", "", "registry.look"), ("t:O", "", "registry.look"), ("O", OWN, "mine")])
def test_an_operation_names_the_handler_of_a_service_task(story_of_xml, reference, own, handler):
    case = story_of_xml(OPERATED.format(reference, own)).start()

    assert [job.name for job in case.last.jobs] == [handler]


def test_a_script_task_with_the_format_handler_is_a_job(drawn):
    story = drawn("start s\nscript a | scriptFormat handler | is registry.look\nend e\ns > a\na > e").start()

    assert story.last.jobs[0].name == "registry.look"


def test_a_result_variable_takes_the_handlers_result_whole(drawn):
    story = drawn("start s\nservice a | handler h | camunda:resultVariable found\nend e\ns > a\na > e").start()

    assert story.report("a", {"name": "y"}).variables == {"found": {"name": "y"}}


def test_a_feel_script_runs_inside_the_step_and_its_entries_become_variables(drawn):
    story = drawn("start s\nscript a | is {total: amount * 2, late: amount > 10}\nend e\ns > a\na > e").start({"amount": 21})

    assert story.status == "completed"
    assert story.variables == {"amount": 21, "total": 42, "late": True}


def test_a_script_may_write_one_result_variable(drawn):
    story = drawn("start s\nscript a | camunda:resultVariable total | is amount + 1\nend e\ns > a\na > e").start({"amount": 1})

    assert story.variables["total"] == 2


def test_a_send_task_without_handler_throws_its_message(drawn):
    """BPMN 2.0.2 §13.3.3: a send task sends its message and is completed."""
    story = drawn("start s\nsend a | message Decision\nend e\ns > a\na > e").start()

    assert story.status == "completed"
    assert [(m.name, m.element, m.data) for m in story.last.messages] == [("Decision", "a", {})]


def test_a_receive_task_waits_for_its_message(drawn):
    story = drawn("start s\nreceive a | message Payment\nend e\ns > a\na > e").start()

    assert [(w.name, w.open) for w in story.last.waits] == [("Payment", True)]
    story.send("Payment", {"amount": 5})
    assert story.status == "completed"
    assert [(w.name, w.open) for w in story.last.waits] == [("Payment", False)]
    assert story.variables == {"amount": 5}


def test_lanes_change_nothing_for_tokens(told):
    """BPMN 2.0.2 §10.8: lanes partition, and have no effect on the flow."""
    story = told("lanes").start()
    while story.waiting:
        story.complete(story.waiting[0])

    assert story.status == "completed"


def test_a_task_is_completed_once(drawn):
    story = drawn("start s\nuser a\nuser b\nend e\ns > a\na > b\nb > e").start()
    token = story.token("a")
    story.complete("a")

    with pytest.raises(AlreadyCompleted, match="EF-K205"):
        story.do("complete", token)


def test_only_open_work_can_be_completed(drawn):
    story = drawn("start s\nservice a | handler h\nend e\ns > a\na > e").start()

    with pytest.raises(ConflictError, match="EF-K206"):
        story.complete("a")
    with pytest.raises(NotFound, match="EF-K204"):
        story.do("complete", 99)
    with pytest.raises(NotFound, match="EF-K204"):
        story.do("complete", "somebody's task")


OWNER = "xml <{0}><resourceAssignmentExpression><formalExpression{2}>{1}</formalExpression></resourceAssignmentExpression></{0}>"


@pytest.mark.parametrize("kind", ["potentialOwner", "humanPerformer", "performer"])
@pytest.mark.parametrize(
    ("formula", "groups"), [("office", ("north",)), ('["north", office, "head"]', ("north", "head")), ('"desk " + office', ("desk north",))]
)
def test_who_may_do_a_task_is_computed_when_it_is_opened(drawn, kind, formula, groups):
    story = drawn(f"start s\nuser a | {OWNER.format(kind, formula, '')}\ns > a").start({"office": "north"})

    assert [work.groups for work in story.last.work] == [groups]


def test_candidate_groups_of_camunda_8_are_computed_as_well(drawn):
    assignment = "<zeebe:assignmentDefinition xmlns:zeebe='http://camunda.org/schema/zeebe/1.0' candidateGroups='=[office, lead]'/>"
    groups = f"xml <extensionElements>{assignment}</extensionElements>"
    story = drawn(f"start s\nuser a | {groups}\ns > a").start({"office": "north", "lead": "head"})

    assert [work.groups for work in story.last.work] == [("north", "head")]


@pytest.mark.parametrize("value", [None, "", (), 3, ("north", None)])
def test_a_task_for_nobody_is_an_incident_until_its_data_say_who_may_do_it(drawn, value):
    story = drawn(f"start s\nuser a | {OWNER.format('potentialOwner', 'office', '')}\ns > a").start({"office": value})

    assert [(i.kind, i.cause.partition(":")[0]) for i in story.last.incidents] == [("expression", "EF-K122")]
    story.do("retry", story.token("a"), {"office": "north"})
    assert [work.groups for work in story.last.work] == [("north",)]


def test_each_instance_is_for_the_group_that_is_its_own(drawn):
    each = "<loopDataInputRef>offices</loopDataInputRef><inputDataItem id='i' name='office'/>"
    several = f"<multiInstanceLoopCharacteristics>{each}</multiInstanceLoopCharacteristics>"
    story = drawn(f"start s\nuser a | {OWNER.format('potentialOwner', 'office', '')}{several}\ns > a").start(
        {"offices": ["north", "south"]}
    )

    assert [work.groups for work in story.last.work] == [("north",), ("south",)]


@pytest.mark.parametrize(("formula", "language"), [("${boss}", ""), ("getDataInput('x')", " language='http://www.w3.org/1999/XPath'")])
def test_an_expression_about_people_in_another_language_is_told_and_computes_nobody(drawing, formula, language):
    procedure = drawing(f"start s\nuser a | {OWNER.format('potentialOwner', formula, language)}\ns > a")

    assert [(f.code, f.severity) for f in kernel.refusals(procedure)] == [("EF-K088", "warning")]
    assert kernel.compile(procedure).nodes[1].groups == ()


def test_a_mere_resource_role_computes_nobody(drawing):
    procedure = drawing(f"start s\nuser a | {OWNER.format('resourceRole', 'office', '')}\ns > a")

    assert [(f.code, f.severity) for f in kernel.refusals(procedure)] == [("EF-K088", "warning")]
    assert kernel.compile(procedure).nodes[1].groups == ()
