# SPDX-License-Identifier: Apache-2.0
"""SpiffWorkflow does the same as the kernel, command by command: the same occurrences, tokens, work, jobs, incidents and data."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.specs import ExclusiveChoice, MultiChoice
from SpiffWorkflow.specs.base import TaskSpec

from egov_flow.data import freeze
from egov_flow.errors import AlreadyCompleted, ConflictError, InvalidData, NotFound
from egov_flow.procedure import read_files
from egov_flow.values import Command
from egov_flow_adapters.spiff_engine import SpiffEngine

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
CHOICE = (
    "S0 > A", "userTask A", "A > G", 'exclusiveGateway G default="G_E0"', "G > B : amount > 100", "G > C : amount > 10", "G > E0",
    "userTask B", "userTask C", "B > M", "C > M", "exclusiveGateway M", "M > D", "userTask D", "D > E0",
)  # fmt: skip
SCRIPTED = ("S0 > T", "script T {total: amount * 2}", "T > A", "userTask A", "A > E0")
SERVED = ("S0 > T", 'serviceTask T camunda:topic="look.up"', "T > A", "userTask A", "A > E0")


@pytest.mark.parametrize(("amount", "waiting"), [(1000, ("B",)), (50, ("C",)), (1, ())])
def test_an_exclusive_gateway_takes_the_first_flow_that_holds_or_its_default(both, amount, waiting):
    case = both(*CHOICE).do("start").do("complete", 2, {"amount": amount})

    assert case.waiting == waiting
    if waiting:
        case.do("complete", 3).do("complete", 4)
    assert case.view().status == "completed"


def test_conditions_are_tested_in_the_order_of_the_file_wherever_the_boxes_stand(both, drawn):
    shape = '<s:BPMNShape bpmnElement="{}"><d:Bounds x="0" y="{}" width="1" height="1"/></s:BPMNShape>'
    spaces = 'xmlns:s="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:d="http://www.omg.org/spec/DD/20100524/DC"'
    plane = f"<s:BPMNDiagram {spaces}><s:BPMNPlane>{shape.format('B', 900)}{shape.format('C', 100)}</s:BPMNPlane></s:BPMNDiagram>"
    files = dict(drawn(*CHOICE).files)
    xml = files["process.bpmn"].replace(b"</definitions>", plane.encode() + b"</definitions>")
    case = type(both("S0 > E0"))(read_files([("process.bpmn", xml)], "drawing")).do("start").do("complete", 2, {"amount": 1000})

    assert case.waiting == ("B",)


def test_a_condition_of_procedure_yaml_counts(both):
    lines = [line for line in CHOICE if not line.startswith("G > C")] + ["G > C"]
    case = both(*lines, more='links:\n  G_C: {condition: "amount = 7"}\n').do("start").do("complete", 2, {"amount": 7})

    assert case.waiting == ("C",)


@pytest.mark.parametrize(
    ("data", "code"), [({}, "EF-K100"), ({"amount": "much"}, "EF-K100"), ({"amount": 5}, "EF-K102")], ids=["null", "text", "none holds"]
)
def test_a_condition_that_cannot_choose_parks_the_token_until_data_is_corrected(both, data, code):
    lines = [line for line in CHOICE if line != "G > E0"]
    lines[lines.index('exclusiveGateway G default="G_E0"')] = "exclusiveGateway G"
    case = both(*lines).do("start").do("complete", 2, data)
    (incident,) = case.last.incidents

    assert (incident.element, incident.kind, incident.cause[:7]) == ("G", "condition", code)
    assert case.do("retry", case.token).waiting == ("G",), "nothing was corrected, so it is parked again"
    assert case.do("resolve", case.token, {"amount": 500}).waiting == ("B",)


def test_a_condition_that_is_no_boolean_is_an_incident(both):
    case = both("S0 > G", "exclusiveGateway G", "G > E0 : 7").do("start")

    assert case.last.incidents[0].cause.startswith("EF-K101")


def test_a_script_is_evaluated_by_feel_and_its_entries_become_variables(both):
    case = both(*SCRIPTED).do("start", data={"amount": 21})

    assert case.view().variables == {"amount": 21, "total": 42}


def test_a_script_that_fails_parks_the_token_before_it(both):
    case = both("S0 > T", "script T amount", "T > A", "userTask A", "A > E0").do("start", data={"amount": 1})

    assert case.last.incidents[0].cause.startswith("EF-K110")
    assert case.do("correct", data={"amount": {"b": 2}}).do("retry", case.token).view().variables["b"] == 2


def test_a_result_variable_takes_a_script_or_a_result_whole(both):
    script = '<scriptTask id="T" scriptFormat="feel" camunda:resultVariable="sum"><script>1 + 2</script></scriptTask>'
    case = both("S0 > T", script, "T > A", 'serviceTask A camunda:topic="x" camunda:resultVariable="found"', "A > E0").do("start")

    assert case.do("report", case.token, {"n": 1}, outcome="result").view().variables == {"sum": 3, "found": {"n": 1}}


@pytest.mark.parametrize("tag", ["serviceTask", "sendTask", "businessRuleTask"])
def test_a_handler_works_outside_the_step_and_reports(both, tag):
    case = both(*[line.replace("serviceTask", tag) for line in SERVED]).do("start", data={"nik": "32"})
    (job,) = case.last.jobs

    assert (job.name, job.data, job.token) == ("look.up", {"nik": "32"}, 2)
    assert case.do("report", job.token, {"name": "Siti"}, outcome="result").view().variables == {"nik": "32", "name": "Siti"}


def test_a_script_task_for_a_handler_is_a_job(both):
    case = both("S0 > T", '<scriptTask id="T" scriptFormat="handler"><script>look.up</script></scriptTask>', "T > E0").do("start")

    assert [job.name for job in case.last.jobs] == ["look.up"]
    assert case.do("report", case.token, outcome="result").view().status == "completed"


@pytest.mark.parametrize(("outcome", "code"), [("failure", "EF-K107"), ("error", "EF-K108")])
def test_a_handler_that_fails_is_an_incident_and_may_be_asked_again(both, outcome, code):
    case = both(*SERVED).do("start").do("report", 2, outcome=outcome, code="NO_LINE")

    assert case.last.incidents[0].cause.startswith(code)
    assert [job.token for job in case.do("retry", 2).last.jobs] == [2]
    assert case.do("report", 2, {"name": "Siti"}, outcome="result").waiting == ("A",)


def test_a_case_rests_and_goes_on_and_can_be_cancelled_from_every_rest(both):
    for lines, target in ((CHOICE, ""), (SERVED, "")):
        case = both(*lines).do("start").do("suspend")
        with pytest.raises(ConflictError, match="suspended"):
            case.do("correct", target, {"x": 1})
        assert case.do("resume").do("cancel").view().status == "cancelled"
        with pytest.raises(AlreadyCompleted):
            case.do("resume")
    parked = both(*SERVED).do("start").do("report", 2, outcome="failure").do("cancel")
    assert parked.last.incidents[0].closed is not None


def test_a_none_throw_event_and_manual_work_are_passed_on(both):
    case = both("S0 > T", "intermediateThrowEvent T", "T > M", "manualTask M", "M > E0").do("start")

    assert case.waiting == ("M",)
    assert case.do("complete", 2).view().status == "completed"


def test_an_expired_deadline_is_noted(both):
    assert [o.kind for o in both(*SERVED).do("start").do("expire", "decision").last.occurrences] == ["expired"]


@pytest.mark.parametrize(
    ("kind", "target", "error"),
    [
        ("start", "", ConflictError), ("complete", "9", NotFound), ("complete", "nine", NotFound), ("complete", "٢", NotFound),
        ("complete", "1", AlreadyCompleted), ("report", "2", ConflictError), ("retry", "2", ConflictError), ("resume", "", ConflictError),
    ],
)  # fmt: skip
def test_a_command_that_fits_nothing_is_refused(both, kind, target, error):
    case = both(*CHOICE).do("start")
    engine, program, state = case.engines[1], case.programs[1], case.states[1]

    with pytest.raises(error):
        engine.step(program, state, Command(kind=kind, target=target), NOW)


@pytest.mark.parametrize("kind", ["send", "due", "move", "claim", "migrate"])
def test_what_only_the_kernel_promises_is_refused_with_the_reason(both, kind):
    case = both(*CHOICE).do("start")

    with pytest.raises(ConflictError, match=r"EF-E201: the engine spiff does not offer") as refused:
        case.engines[1].step(case.programs[1], case.states[1], Command(kind=kind), NOW)
    assert "engine: kernel" in str(refused.value)


@pytest.mark.parametrize("arguments", [{"skip": True}, {"flow": "G_B"}])
def test_an_incident_cannot_be_skipped(both, arguments):
    case = both(*CHOICE).do("start").do("complete", 2)

    with pytest.raises(ConflictError, match="EF-E202"):
        case.engines[1].step(case.programs[1], case.states[1], Command(kind="resolve", target="3", arguments=arguments), NOW)


def test_a_start_names_the_start_event_or_none(both):
    assert both(*CHOICE).do("start", "S0").waiting == ("A",)
    with pytest.raises(NotFound):
        both(*CHOICE).do("start", "S9")


def test_a_moment_without_zone_is_refused(drawn):
    engine = SpiffEngine()
    with pytest.raises(InvalidData):
        engine.step(engine.compile(drawn(*CHOICE)), None, Command(kind="start"), NOW.replace(tzinfo=None))


def test_a_case_that_never_began_takes_nothing(both):
    with pytest.raises(NotFound):
        both(*CHOICE).do("complete", 2)


def test_a_token_that_spiffworkflow_loses_is_noticed_and_nothing_is_changed(both, monkeypatch):
    case = both(*CHOICE).do("start")
    engine, program, state = case.engines[1], case.programs[1], case.states[1]
    monkeypatch.setattr(TaskSpec, "_on_complete", lambda *_: None)

    with pytest.raises(ConflictError, match="EF-E203: SpiffWorkflow lost or doubled the token"):
        engine.step(program, state, Command(kind="complete", target="2", data=freeze({"amount": 1000})), NOW)
    assert engine.dump(program, state) == case.marking


def test_a_token_that_spiffworkflow_doubles_is_noticed(both, monkeypatch):
    case = both(*CHOICE).do("start")
    monkeypatch.setattr(ExclusiveChoice, "_run_hook", MultiChoice._run_hook)

    with pytest.raises(ConflictError, match="EF-E203"):
        case.engines[1].step(case.programs[1], case.states[1], Command(kind="complete", target="2", data=freeze({"amount": 1000})), NOW)


@pytest.mark.parametrize("error", [AttributeError("Siti Aminah"), WorkflowException("Siti Aminah"), RecursionError()])
def test_an_engine_that_breaks_is_refused_by_one_of_our_errors(both, monkeypatch, error):
    case = both(*CHOICE).do("start")

    def broken(*_):
        raise error

    monkeypatch.setattr(ExclusiveChoice, "_run_hook", broken)
    with pytest.raises(ConflictError, match=f"EF-E205.*{type(error).__name__}") as refused:
        case.engines[1].step(case.programs[1], case.states[1], Command(kind="complete", target="2", data=freeze({"amount": 1000})), NOW)
    assert "Siti" not in str(refused.value)


def test_what_only_explains_a_diagram_changes_nothing(both):
    notes = (
        '<dataObject id="O"/>', '<dataObjectReference id="R" name="File" dataObjectRef="O"/>',
        '<textAnnotation id="N"><text>x = 1</text></textAnnotation>', '<association id="N_A" sourceRef="A" targetRef="N"/>',
        '<laneSet id="L"><lane id="L1" name="desk"><flowNodeRef> A </flowNodeRef></lane></laneSet>',
    )  # fmt: skip
    case = both(*notes, *SCRIPTED).do("start", data={"amount": 2})

    assert case.do("complete", 2).view().variables == {"amount": 2, "total": 4}


def test_a_process_that_is_not_marked_as_executable_runs_as_on_the_kernel(drawn, both):
    xml = dict(drawn(*SERVED).files)["process.bpmn"].replace(b' isExecutable="true"', b' isExecutable="false"')
    other = b'<process id="Q"/></definitions>'
    files = [("process.bpmn", xml.replace(b"</definitions>", other)), ("procedure.yaml", b"process: P\n")]

    assert type(both("S0 > E0"))(read_files(files, "drawing")).do("start").waiting == ("T",)
