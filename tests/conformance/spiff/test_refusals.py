# SPDX-License-Identifier: Apache-2.0
"""What SpiffWorkflow would run wrongly is refused, with the defect and the way out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from egov_flow.errors import ProcedureError, blocking
from egov_flow.procedure import read_files
from egov_flow_adapters.spiff_engine import SpiffEngine, _reading, _refusing

TASK = ["S0 > T", "userTask T"]
LOOP = '<standardLoopCharacteristics loopMaximum="2"/>'
CAMUNDA = 'xmlns:c="http://camunda.org/schema/1.0/bpmn"'
MAPPING = '<c:inputOutput><c:inputParameter name="y">x</c:inputParameter></c:inputOutput>'
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
OWNER = "<potentialOwner><resourceAssignmentExpression><formalExpression>office</formalExpression></resourceAssignmentExpression></potentialOwner>"
REFUSED = {
    "EF-E001": ("T", ["S0 > T", "parallelGateway T", "T > A", "T > B", "userTask A", "userTask B", "A > E0", "B > E0"]),
    "EF-E002": ("T", ["S0 > T", "inclusiveGateway T", "T > E0"]),
    "EF-E003": ("T", ["S0 > A", "userTask A", "A > E0", f'<boundaryEvent id="T" attachedToRef="A">{TIMER}</boundaryEvent>', "T > E0"]),
    "EF-E004": ("T", ["S0 > T", f'<intermediateCatchEvent id="T">{TIMER}</intermediateCatchEvent>', "T > E0"]),
    "EF-E005": ("T", ["S0 > T", "receiveTask T", "T > E0"]),
    "EF-E006": ("T", ["S0 > T", '<subProcess id="T"><startEvent id="I"/></subProcess>', "T > E0"]),
    "EF-E007": ("T", ["S0 > T", "task T", "T > E0"]),
    "EF-E008": ("T", ["S0 > T", '<endEvent id="T"><terminateEventDefinition/></endEvent>']),
    "EF-E009": ("T", [*TASK, "T > A", "T > E0", "userTask A", "A > E0"]),
    "EF-E010": ("T", TASK),
    "EF-E011": ("P", [*TASK, "T > E0", "startEvent S1", "S1 > T"]),
    "EF-E012": ("T", [*TASK, "T > G", 'exclusiveGateway G default="G_E0"', "G > T : again", "G > E0"]),
    "EF-E014": ("Start", ["S0 > Start", "userTask Start", "Start > E0"]),
    "EF-E018": ("T", ["S0 > T", '<callActivity id="T" calledElement="P"/>', "T > E0"]),
    "EF-E019": ("T", ["S0 > T", f'<userTask id="T">{LOOP}</userTask>', "T > E0"]),
    "EF-E020": (
        "T",
        ["S0 > T", f'<serviceTask {CAMUNDA} id="T" c:topic="h"><extensionElements>{MAPPING}</extensionElements></serviceTask>', "T > E0"],
    ),
    "EF-E021": ("T", ["S0 > T", "complexGateway T", "T > E0"]),
    "EF-E022": ("T", ["S0 > T", '<userTask id="T" completionQuantity="2"/>', "T > E0"]),
    "EF-E023": ("T", ["S0 > T", f'<userTask id="T">{OWNER}</userTask>', "T > E0"]),
    "EF-E015": ("T", ["S0 > T", '<userTask id="T"><ioSpecification><dataInput id="I"/></ioSpecification></userTask>', "T > E0"]),
}


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_what_spiff_does_wrong_is_refused_at_its_element(code, drawn):
    element, lines = REFUSED[code]
    more = "links:\n  T: {message: Payment received}\n" if code == "EF-E005" else ""
    findings = blocking(SpiffEngine().refusals(drawn(*lines, more=more)))

    assert (code, element) in {(f.code, f.element) for f in findings}
    found = next(f for f in findings if f.code == code)
    assert (found.place.file, found.place.line) == ("drawing/process.bpmn", 1)
    assert "engine: kernel" in found.hint()


@pytest.mark.parametrize("tag", ["transaction", "adHocSubProcess"])
def test_every_kind_of_sub_process_is_refused(tag, drawn):
    inside = "<userTask id='I'/><completionCondition>true</completionCondition>" if tag == "adHocSubProcess" else '<startEvent id="I"/>'
    findings = SpiffEngine().refusals(drawn("S0 > T", f'<{tag} id="T">{inside}</{tag}>', "T > E0"))

    assert ("EF-E006", "T") in {(f.code, f.element) for f in findings}


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_what_is_refused_does_not_compile(code, drawn):
    with pytest.raises(ProcedureError):
        SpiffEngine().compile(drawn(*REFUSED[code][1]))


def test_a_send_task_needs_a_handler(drawn):
    lines = ["S0 > T", "sendTask T", "T > E0"]

    assert SpiffEngine().refusals(drawn(*lines, more="links:\n  T: {handler: notify}\n")) == ()
    assert [f.code for f in SpiffEngine().refusals(drawn(*lines, more="links:\n  T: {message: Notice}\n"))] == ["EF-E005"]


def test_a_long_path_is_refused_before_a_parser_overflows(drawn):
    def path(length):
        names = ["S0", *(f"T{n}" for n in range(length - 2)), "E0"]
        tasks = [f"userTask {name}" for name in names[1:-1]]
        return drawn(*tasks, *(f"{a} > {b}" for a, b in pairwise(names)))

    assert SpiffEngine().refusals(path(_refusing.LONGEST_PATH)) == ()
    assert [f.code for f in SpiffEngine().refusals(path(_refusing.LONGEST_PATH + 1))] == ["EF-E013"]


def test_what_the_kernel_refuses_is_told_once(drawn):
    findings = SpiffEngine().refusals(drawn("S0 > T", '<callActivity id="T" calledElement="Q"/>', "T > E0"))

    assert [f.code for f in findings] == ["EF-K001"]


def test_what_spiffs_own_parser_refuses_is_told_in_its_words(drawn, monkeypatch):
    monkeypatch.delitem(_reading._Parser.PARSER_CLASSES, "{http://www.omg.org/spec/BPMN/20100524/MODEL}userTask")
    (finding,) = SpiffEngine().refusals(drawn(*TASK, "T > E0"))

    assert finding.code == "EF-E016"
    assert "There is no support implemented for this task type" in finding.message()


def test_another_spiffworkflow_than_the_one_that_was_tested_is_refused(drawn, monkeypatch):
    monkeypatch.setattr(_refusing, "version", lambda _: "3.3.0")
    (finding,) = SpiffEngine().refusals(drawn(*TASK, "T > E0"))

    assert (finding.code, finding.arguments["installed"]) == ("EF-E017", "3.3.0")


def test_a_file_that_is_no_diagram_is_refused_and_breaks_nothing():
    assert blocking(SpiffEngine().refusals(read_files([("process.bpmn", b"<x/>")], "drawing")))
