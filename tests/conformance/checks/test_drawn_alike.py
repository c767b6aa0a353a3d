# SPDX-License-Identifier: Apache-2.0
"""Pairs of models that an independent collection showed to be mistaken for each other: each is told, or left alone, for what it is."""

from __future__ import annotations

import pytest

from egov_flow.checks import check
from egov_flow.checks.example import Example

LINKS = (
    '<startEvent id="S" /><intermediateThrowEvent id="T"><linkEventDefinition id="Out" name="{out}"><target>In</target></linkEventDefinition>'
    '</intermediateThrowEvent><sequenceFlow id="F" sourceRef="S" targetRef="T" /><intermediateCatchEvent id="C">'
    '<linkEventDefinition id="In" name="{into}"><source>Out</source></linkEventDefinition></intermediateCatchEvent><endEvent id="E" />'
    '<sequenceFlow id="G" sourceRef="C" targetRef="E" />{more}'
)
THIRD = '<intermediateCatchEvent id="D"><linkEventDefinition id="Else" name="go" /></intermediateCatchEvent>'
EACH = (
    '<itemDefinition id="Many" structureRef="file" isCollection="true" /><itemDefinition id="One" structureRef="{kind}" /><process id="P">'
    '<dataObject id="Files" itemSubjectRef="Many" isCollection="true" /><dataObjectReference id="Seen" dataObjectRef="Files" />'
    '<subProcess id="B"><multiInstanceLoopCharacteristics><loopDataInputRef>Seen</loopDataInputRef><inputDataItem id="J" '
    'itemSubjectRef="One" /></multiInstanceLoopCharacteristics></subProcess></process>'
)
TALK = (
    '<collaboration id="K"><participant id="X" name="Office" /><participant id="Y" name="Applicant" /><conversation id="N" />{links}'
    "</collaboration>"
)
SHARED = (
    '<process id="P"><startEvent id="S"><eventDefinitionRef>M</eventDefinitionRef></startEvent><intermediateThrowEvent id="T">'
    '<messageEventDefinition id="M" /></intermediateThrowEvent></process>'
)


ASKED = (
    '<message id="M" name="Request" /><message id="N" name="Other" /><interface id="I"><operation id="O" name="ask"><inMessageRef>M</inMessageRef>'
    '</operation></interface><process id="P"><startEvent id="S" /><intermediateThrowEvent id="T"><messageEventDefinition id="D"{own}>'
    "<operationRef>O</operationRef></messageEventDefinition></intermediateThrowEvent></process>"
)


def link(number, participant):
    return f'<conversationLink id="L{number}" sourceRef="{participant}" targetRef="N" />'


@pytest.mark.parametrize(
    ("bpmn", "told"),
    [
        (LINKS.format(out="to B", into="from A", more=""), set()),  # source and target pair links of different names
        (LINKS.format(out="go", into="come", more=THIRD), {"EF-C172"}),  # the name leads to a third
        (LINKS.format(out="go", into="go", more=""), set()),
    ],
)
def test_links_are_paired_by_source_and_target_or_by_name(bpmn, told):
    assert codes(bpmn) & {"EF-C168", "EF-C169", "EF-C172"} == told


@pytest.mark.parametrize(("own", "told"), [("", set()), (' messageRef="M"', set()), (' messageRef="N"', {"EF-C223"})])
def test_a_message_event_sends_what_its_operation_takes(own, told):
    assert codes(ASKED.format(own=own)) & {"EF-C223"} == told


@pytest.mark.parametrize(("kind", "told"), [("file", set()), ("letter", {"EF-C233"})])
def test_what_an_instance_receives_is_looked_up_behind_a_data_object_reference(kind, told):
    assert codes(EACH.format(kind=kind)) & {"EF-C233"} == told


@pytest.mark.parametrize(("participants", "told"), [("XY", set()), ("XX", {"EF-C273"}), ("", {"EF-C273"})])
def test_a_conversation_has_the_participants_that_are_linked_with_it(participants, told):
    links = "".join(link(number, participant) for number, participant in enumerate(participants))

    assert codes(TALK.format(links=links)) & {"EF-C273"} == told


def test_a_definition_inside_a_throwing_event_is_told_once():
    assert codes(SHARED) & {"EF-C176", "EF-B011"} == {"EF-C176"}


@pytest.mark.parametrize("format_", ["text/plain", "text/html; charset=utf-8", "application/vnd.oasis.opendocument.text"])
def test_mime_types_are_formats_of_texts(format_):
    assert "EF-C114" not in codes(f'<task id="A"><documentation textFormat="{format_}">x</documentation></task>')


def codes(bpmn):
    return {finding.code for finding in check(Example(bpmn=bpmn).procedure)}
