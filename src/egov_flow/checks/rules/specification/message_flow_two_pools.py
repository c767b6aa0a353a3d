# SPDX-License-Identifier: Apache-2.0
"""A message flow connects two different pools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    pools = {pool.ref("processRef"): pool for pool in sheet.of("participant")}
    for flow in sheet.of("messageFlow"):
        ends = [_pool(sheet.target(flow, attribute), pools) for attribute in ("sourceRef", "targetRef")]
        if ends[0] and ends[0] == ends[1]:
            yield rule.about(flow, related=[flow.ref("sourceRef"), flow.ref("targetRef")], pool=ends[0])


def _pool(end: Thing | None, pools: Mapping[str, Thing]) -> str:
    """Return the pool that an end is or lies in; without a pool, its process."""
    if end is None or end.tag == "participant":
        return end.id if end else ""
    process = end.inside("Process")
    if process is None:
        return ""
    return pools[process.id].id if process.id in pools else process.id


RULE = Rule(
    code="EF-C122",
    name="message-flow-two-pools",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.4",
    why="Inside one pool nobody needs a message: sequence flow and shared data do the work, and the receiver would wait for itself.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="A" targetRef="Applicant" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><messageFlow id="M" sourceRef="A" targetRef="B" />'
            '</collaboration><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" /></process>'
        )
    ),
)
