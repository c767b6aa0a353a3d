# SPDX-License-Identifier: Apache-2.0
"""Calls, global tasks, several instances and loops in the dialects of the vendors, and what happens to them when something goes wrong (§13.3.5–13.3.7)."""

from datetime import UTC, datetime

import pytest

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.errors import ConflictError
from egov_flow.values import Command

GLOBALS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t">
<globalUserTask id="Sign" name="Sign"/><globalScriptTask id="Count" scriptLanguage="feel"><script>{n: 1 + 1}</script></globalScriptTask>
<process id="P" isExecutable="true"><startEvent id="s"/><callActivity id="a" calledElement="Count"/><callActivity id="b" calledElement="Sign"/>
<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="b"/></process></definitions>"""
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
EXTENDED = "<extensionElements>%s</extensionElements>"


def test_a_call_of_a_global_task_is_that_task(story_of_xml):
    case = story_of_xml(GLOBALS).start()

    assert (case.waiting, case.variables["n"]) == (["b"], 2)
    assert case.do("complete", case.token("b")).status == "completed"


@pytest.mark.parametrize(
    ("tag", "waits"),
    [("globalTask", []), ("globalUserTask", ["a"]), ("globalManualTask", ["a"]), ("globalBusinessRuleTask", ["a"])],
)
def test_every_kind_of_global_task_can_be_called(story_of_xml, tag, waits):
    handled = 'xmlns:z="http://camunda.org/schema/zeebe/1.0"><extensionElements><z:taskDefinition type="h"/></extensionElements>'
    text = GLOBALS[: GLOBALS.index("<globalUserTask")] + (
        f'<{tag} id="G" name="G" {handled}</{tag}><process id="P" isExecutable="true"><startEvent id="s"/><callActivity id="a" calledElement="G"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="a"/></process></definitions>'
    )
    case = story_of_xml(text).start()

    assert case.waiting == waits


def test_a_process_that_calls_itself_for_ever_ends_as_an_incident(drawn):
    case = drawn("start s\ncall a | calledElement P\ns > a", limits=kernel.Limits(fuel=50)).start()

    assert [kind for _, kind in case.incidents] == ["fuel"]


@pytest.mark.parametrize(
    "mapping",
    [
        "<camunda:inputOutput><camunda:inputParameter name='y'>${x}</camunda:inputParameter></camunda:inputOutput>",
        "<camunda:in variables='all'/>",
    ],
)
def test_a_mapping_that_is_no_feel_or_maps_everything_is_refused(drawing, mapping):
    procedure = drawing(f"start s\ncall a | calledElement P | xml {EXTENDED % mapping}\ns > a".replace("call ", "callActivity "))

    assert {f.code for f in kernel.refusals(procedure) if f.severity == "error"} in ({"EF-K076"}, {"EF-K034"})


def test_camunda_7_in_and_out_map_variables(story_of_xml, drawing):
    inside = EXTENDED % "<camunda:in source='x' target='y'/><camunda:out sourceExpression='y * 2' target='r'/>"
    text = f"start s\nxor g | default g_e\ncallActivity a | calledElement P | xml {inside}\nend e\nuser u\ns > g\ng > a : x != null\na > u\ng > e"
    case = story_of_xml(drawing(text).files[0][1].decode()).start({"x": 2})

    assert (case.waiting, case.variables) == (["u"], {"x": 2, "r": 4})


def test_a_camunda_7_parameter_that_is_plain_text_is_that_text(drawn):
    inside = EXTENDED % "<camunda:inputOutput><camunda:inputParameter name='to'>the \"desk\"</camunda:inputParameter></camunda:inputOutput>"
    case = drawn(f"start s\nservice a | handler h | xml {inside}\ns > a").start({"secret": 1})

    assert case.last.jobs[0].data == {"to": 'the "desk"'}


def test_camunda_7_and_8_name_the_collection_in_their_own_words(drawn):
    c7 = "<multiInstanceLoopCharacteristics camunda:collection='offices' camunda:elementVariable='office'/>"
    c8 = (
        "<multiInstanceLoopCharacteristics><extensionElements><z:loopCharacteristics xmlns:z='http://camunda.org/schema/zeebe/1.0' "
        "inputCollection='=offices' inputElement='office' outputCollection='answers' outputElement='=office + 1'/></extensionElements>"
        "</multiInstanceLoopCharacteristics>"
    )
    for loop in (c7, c8):
        case = drawn(f"start s\nservice a | handler h | xml {loop}\nuser b\ns > a\na > b").start({"offices": [1, 2]})
        assert [job.data["office"] for job in case.last.jobs] == [1, 2]
        case.report_each("a")
        assert case.variables.get("answers") in (None, (2, 3))


def test_an_instance_is_not_moved_but_the_whole_activity_is(drawn):
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    case = drawn(f"start s\nuser a | xml {loop}\nuser b\ns > a\na > b").start()
    host, instance, _ = sorted(r.token for r in kernel.resting(case.program, case.state))

    with pytest.raises(ConflictError, match="EF-K225"):
        case.do("move", instance, to="b")
    assert case.do("move", host, to="b").waiting == ["b"]
    assert case.last.work[0].change == "withdrawn"


def test_an_instance_that_fails_is_tried_again_alone(drawn):
    loop = "<multiInstanceLoopCharacteristics><loopDataInputRef>xs</loopDataInputRef><inputDataItem id='x'/></multiInstanceLoopCharacteristics>"
    case = drawn(f"start s\nscript a | is {{y: x.z}} | xml {loop}\nuser b\ns > a\na > b").start({"xs": [{"z": 1}]})
    assert case.waiting == ["b"]

    case = drawn(f"start s\nscript a | is x | xml {loop}\nuser b\ns > a\na > b").start({"xs": [{"z": 1}, 5]})
    assert case.incidents == [("a", "expression")]
    assert case.do("resolve", case.incident_token(), skip=True).waiting == ["b"]


def test_what_completes_the_instances_must_be_true_or_false(drawn):
    loop = (
        "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality><completionCondition>done</completionCondition>"
        "</multiInstanceLoopCharacteristics>"
    )
    case = drawn(f"start s\nuser a | xml {loop}\nuser b\ns > a\na > b").start().complete_first("a")
    assert case.incidents == [("a", "condition")]

    case.do("retry", case.incident_token(), {"done": True})
    assert case.waiting == ["b"]


def test_outputs_that_cannot_be_computed_keep_what_the_task_yielded(drawn):
    inside = (
        EXTENDED
        % "<camunda:inputOutput><camunda:outputParameter name='r'>=matches(v, pattern)</camunda:outputParameter></camunda:inputOutput>"
    )
    case = drawn(f"start s\nuser a | xml {inside}\nuser b\ns > a\na > b").start({"pattern": "(?=x)"}).complete("a", {"v": "x"})
    assert case.incidents == [("a", "expression")]

    case.do("retry", case.incident_token(), {"pattern": "x"})
    assert (case.waiting, case.variables["r"]) == (["b"], True)
    assert "v" not in case.variables


def test_with_data_ignored_one_instance_stands_for_any_number_or_none_is_done(drawn):
    loop = "<multiInstanceLoopCharacteristics><loopDataInputRef>xs</loopDataInputRef></multiInstanceLoopCharacteristics>"
    program = drawn(f"start s\nuser a | xml {loop}\nuser b\ns > a\na > b").program
    found = [o.step.state for o in kernel.outcomes(program, None, Command(kind="start"), NOW)]

    assert [set(kernel.view(program, state).waiting) for state in found] == [{"a"}, {"b"}]


def test_open_repetitions_are_chosen(drawn):
    program = drawn("start s\nuser a | xml <standardLoopCharacteristics/>\ns > a", conditions="free").program
    case = kernel.step(program, None, Command(kind="start"), NOW)
    token = str(kernel.resting(program, case.state, "work")[0].token)
    again, done = (
        kernel.step(
            program, case.state, Command(kind="complete", target=token, data=freeze({})), NOW, choices=kernel.Picked((pick,), False)
        )
        for pick in (0, 1)
    )

    assert (again.status, done.status) == ("running", "completed")
