# SPDX-License-Identifier: Apache-2.0
"""A process or sub-process fits on a page."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


MOST = 50
"""Seven process modelling guidelines (Mendling, Reijers, van der Aalst 2010): decompose above 50 elements."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        count = sum(child.is_a("FlowNode") for child in container.children)
        if count > MOST:
            yield rule.about(container, count=count, most=MOST)


RULE = Rule(
    code="EF-C338",
    name="too-many-nodes",
    family="guidance",
    severity="warning",
    why="Beyond some fifty elements people make more mistakes in reading and in changing it.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" /><task id="T0" /><task id="T1" /><task id="T2" /><task id="T3" /><task id="T4" /><task id="T5" />'
            '<task id="T6" /><task id="T7" /><task id="T8" /><task id="T9" /><task id="T10" /><task id="T11" /><task id="T12" />'
            '<task id="T13" /><task id="T14" /><task id="T15" /><task id="T16" /><task id="T17" /><task id="T18" />'
            '<task id="T19" /><task id="T20" /><task id="T21" /><task id="T22" /><task id="T23" /><task id="T24" />'
            '<task id="T25" /><task id="T26" /><task id="T27" /><task id="T28" /><task id="T29" /><task id="T30" />'
            '<task id="T31" /><task id="T32" /><task id="T33" /><task id="T34" /><task id="T35" /><task id="T36" />'
            '<task id="T37" /><task id="T38" /><task id="T39" /><task id="T40" /><task id="T41" /><task id="T42" />'
            '<task id="T43" /><task id="T44" /><task id="T45" /><task id="T46" /><task id="T47" /><task id="T48" />'
            '<task id="T49" /><task id="T50" /><endEvent id="E" /><sequenceFlow id="Flow_S_T0" sourceRef="S" targetRef="T0" />'
            '<sequenceFlow id="Flow_T0_T1" sourceRef="T0" targetRef="T1" />'
            '<sequenceFlow id="Flow_T1_T2" sourceRef="T1" targetRef="T2" />'
            '<sequenceFlow id="Flow_T2_T3" sourceRef="T2" targetRef="T3" />'
            '<sequenceFlow id="Flow_T3_T4" sourceRef="T3" targetRef="T4" />'
            '<sequenceFlow id="Flow_T4_T5" sourceRef="T4" targetRef="T5" />'
            '<sequenceFlow id="Flow_T5_T6" sourceRef="T5" targetRef="T6" />'
            '<sequenceFlow id="Flow_T6_T7" sourceRef="T6" targetRef="T7" />'
            '<sequenceFlow id="Flow_T7_T8" sourceRef="T7" targetRef="T8" />'
            '<sequenceFlow id="Flow_T8_T9" sourceRef="T8" targetRef="T9" />'
            '<sequenceFlow id="Flow_T9_T10" sourceRef="T9" targetRef="T10" />'
            '<sequenceFlow id="Flow_T10_T11" sourceRef="T10" targetRef="T11" />'
            '<sequenceFlow id="Flow_T11_T12" sourceRef="T11" targetRef="T12" />'
            '<sequenceFlow id="Flow_T12_T13" sourceRef="T12" targetRef="T13" />'
            '<sequenceFlow id="Flow_T13_T14" sourceRef="T13" targetRef="T14" />'
            '<sequenceFlow id="Flow_T14_T15" sourceRef="T14" targetRef="T15" />'
            '<sequenceFlow id="Flow_T15_T16" sourceRef="T15" targetRef="T16" />'
            '<sequenceFlow id="Flow_T16_T17" sourceRef="T16" targetRef="T17" />'
            '<sequenceFlow id="Flow_T17_T18" sourceRef="T17" targetRef="T18" />'
            '<sequenceFlow id="Flow_T18_T19" sourceRef="T18" targetRef="T19" />'
            '<sequenceFlow id="Flow_T19_T20" sourceRef="T19" targetRef="T20" />'
            '<sequenceFlow id="Flow_T20_T21" sourceRef="T20" targetRef="T21" />'
            '<sequenceFlow id="Flow_T21_T22" sourceRef="T21" targetRef="T22" />'
            '<sequenceFlow id="Flow_T22_T23" sourceRef="T22" targetRef="T23" />'
            '<sequenceFlow id="Flow_T23_T24" sourceRef="T23" targetRef="T24" />'
            '<sequenceFlow id="Flow_T24_T25" sourceRef="T24" targetRef="T25" />'
            '<sequenceFlow id="Flow_T25_T26" sourceRef="T25" targetRef="T26" />'
            '<sequenceFlow id="Flow_T26_T27" sourceRef="T26" targetRef="T27" />'
            '<sequenceFlow id="Flow_T27_T28" sourceRef="T27" targetRef="T28" />'
            '<sequenceFlow id="Flow_T28_T29" sourceRef="T28" targetRef="T29" />'
            '<sequenceFlow id="Flow_T29_T30" sourceRef="T29" targetRef="T30" />'
            '<sequenceFlow id="Flow_T30_T31" sourceRef="T30" targetRef="T31" />'
            '<sequenceFlow id="Flow_T31_T32" sourceRef="T31" targetRef="T32" />'
            '<sequenceFlow id="Flow_T32_T33" sourceRef="T32" targetRef="T33" />'
            '<sequenceFlow id="Flow_T33_T34" sourceRef="T33" targetRef="T34" />'
            '<sequenceFlow id="Flow_T34_T35" sourceRef="T34" targetRef="T35" />'
            '<sequenceFlow id="Flow_T35_T36" sourceRef="T35" targetRef="T36" />'
            '<sequenceFlow id="Flow_T36_T37" sourceRef="T36" targetRef="T37" />'
            '<sequenceFlow id="Flow_T37_T38" sourceRef="T37" targetRef="T38" />'
            '<sequenceFlow id="Flow_T38_T39" sourceRef="T38" targetRef="T39" />'
            '<sequenceFlow id="Flow_T39_T40" sourceRef="T39" targetRef="T40" />'
            '<sequenceFlow id="Flow_T40_T41" sourceRef="T40" targetRef="T41" />'
            '<sequenceFlow id="Flow_T41_T42" sourceRef="T41" targetRef="T42" />'
            '<sequenceFlow id="Flow_T42_T43" sourceRef="T42" targetRef="T43" />'
            '<sequenceFlow id="Flow_T43_T44" sourceRef="T43" targetRef="T44" />'
            '<sequenceFlow id="Flow_T44_T45" sourceRef="T44" targetRef="T45" />'
            '<sequenceFlow id="Flow_T45_T46" sourceRef="T45" targetRef="T46" />'
            '<sequenceFlow id="Flow_T46_T47" sourceRef="T46" targetRef="T47" />'
            '<sequenceFlow id="Flow_T47_T48" sourceRef="T47" targetRef="T48" />'
            '<sequenceFlow id="Flow_T48_T49" sourceRef="T48" targetRef="T49" />'
            '<sequenceFlow id="Flow_T49_T50" sourceRef="T49" targetRef="T50" />'
            '<sequenceFlow id="Flow_T50_E" sourceRef="T50" targetRef="E" />'
        )
    ),
)
