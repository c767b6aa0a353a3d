# SPDX-License-Identifier: Apache-2.0
"""One mistake is told once: what the kernel refuses for the same reason is left out where a rule says more of it."""

from __future__ import annotations

import pytest

from egov_flow.checks import RULES, Example, check

BY_CODE = {rule.code: rule for rule in RULES}
TOLD_BEFORE = ["EF-C130", "EF-C158", "EF-C159", "EF-C165", "EF-C170", "EF-C210", "EF-C212"]


@pytest.mark.parametrize("code", TOLD_BEFORE)
def test_the_kernel_does_not_repeat_what_a_rule_tells(code):
    findings = check(BY_CODE[code].bad.procedure)
    elements = {f.element for f in findings if f.code == code}

    assert elements
    assert {(f.element, f.code) for f in findings if f.code in BY_CODE[code].covers and f.element in elements} == set()


@pytest.mark.parametrize("code", TOLD_BEFORE)
def test_what_is_silenced_comes_back_from_the_kernel(code):
    example = BY_CODE[code].bad
    procedure = example.procedure
    element = next(f.element for f in check(procedure) if f.code == code)
    silenced = f"silenced:\n  - {{element: {element}, code: {code}, reason: as the old form has it}}\n"

    codes = {f.code for f in check(Example(bpmn=example.bpmn, yaml=silenced).procedure) if f.element == element}

    assert code not in codes
    assert codes & {*BY_CODE[code].covers}


def test_a_message_does_not_end_at_a_conversation():
    conversation = (
        '<collaboration id="C"><participant id="A" name="Applicant" /><participant id="B" name="Office" />'
        '<messageFlow id="M" sourceRef="A" targetRef="Talk" /><conversation id="Talk" name="Talk"><participantRef>A</participantRef>'
        "<participantRef>B</participantRef></conversation></collaboration>"
    )

    assert [f.element for f in check(Example(bpmn=conversation).procedure) if f.code == "EF-C121"] == ["M"]


@pytest.mark.parametrize(
    ("participants", "initiator", "is_told"),
    [("AB", "A", False), ("AB", "", False), ("A", "A", True), ("ABC", "A", True), ("AB", "Z", True)],
)
def test_a_global_choreography_task_has_two_participants_and_one_of_them_begins(participants, initiator, is_told):
    held = "".join(f'<participant id="{one}" name="{one}" />' for one in participants)
    begins = f' initiatingParticipantRef="{initiator}"' if initiator else ""
    task = f'<globalChoreographyTask id="G" name="Ask"{begins}>{held}</globalChoreographyTask>'

    assert ("EF-C266" in {f.code for f in check(Example(bpmn=task).procedure)}) == is_told


@pytest.mark.parametrize(("target", "is_told"), [("In", False), ("Letter", True), ("Letter_1", True)])
def test_what_passes_into_a_task_ends_at_its_own_data(target, is_told):
    task = (
        '<dataObject id="Letter" name="Letter" /><dataObjectReference id="Letter_1" dataObjectRef="Letter" /><task id="A" name="Examine">'
        '<ioSpecification><dataInput id="In" /><inputSet><dataInputRefs>In</dataInputRefs></inputSet><outputSet /></ioSpecification>'
        f'<dataInputAssociation id="D"><sourceRef>Letter_1</sourceRef><targetRef>{target}</targetRef></dataInputAssociation></task>'
    )

    assert ("EF-C248" in {f.code for f in check(Example(bpmn=task).procedure)}) == is_told
