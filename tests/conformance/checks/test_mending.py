# SPDX-License-Identifier: Apache-2.0
"""A repair mends its finding, brings no new one, changes no meaning, and leaves every other byte alone."""

from __future__ import annotations

import difflib

import pytest

from egov_flow.checks import RULES, Example, Policy, check
from egov_flow.checks.mending import mend, mendable

FIXABLE = [rule for rule in RULES if rule.mend is not None]


def _meaning(procedure):
    nodes = {n.id: (n.kind, n.name.strip(), n.default, n.incoming, n.outgoing) for n in procedure.model.nodes()}
    default = {n.default for n in procedure.model.nodes()}
    flows = {f.id: (f.source, f.target, f.condition.text if f.condition and f.id not in default else "") for f in procedure.model.flows()}
    return nodes, flows


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: f"{rule.code} {rule.name}")
def test_a_repair_mends_its_example(rule):
    before = rule.bad.procedure
    result = mend(before)

    assert rule.code in {f.code for f in result.done}
    assert rule.code not in {f.code for f in check(result.procedure)}
    assert {f.code for f in check(result.procedure)} <= {f.code for f in check(before)}
    assert _meaning(result.procedure) == _meaning(before)


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: f"{rule.code} {rule.name}")
def test_a_repair_is_made_once(rule):
    result = mend(mend(rule.bad.procedure).procedure)

    assert [f.code for f in result.done if f.code == rule.code] == []


def test_what_is_silenced_or_off_is_left_alone():
    bpmn = '<startEvent id="S" name=" Asked " /><endEvent id="E" name="End" /><sequenceFlow id="F" sourceRef="S" targetRef="E" />'
    silenced = Example(bpmn=bpmn, yaml="silenced: [{element: S, code: name-trimmed, reason: As printed on the form.}]").procedure

    assert mend(silenced).source == silenced.model.source
    assert mend(Example(bpmn=bpmn).procedure, Policy.of({"name-trimmed": "off"})).done == ()


def test_other_lines_stay_as_they_were():
    lines = (
        '<startEvent id="S" name="Asked"><outgoing>F</outgoing></startEvent>\r\n\t<!-- kept -->\r\n'
        '\t<task  id="A"   name=" Decide " ><incoming>F</incoming></task>\r\n<endEvent id="E" name="Done"/>\r\n'
        '<sequenceFlow id="F" sourceRef="S" targetRef="A"/>\r\n<sequenceFlow id="G" sourceRef="A" targetRef="E"/>\r\n'
    )
    before = Example(bpmn=lines).procedure
    result = mend(before)
    changed = [
        line for line in difflib.ndiff(before.model.source.decode().split("\r\n"), result.source.decode().split("\r\n")) if line[0] == "-"
    ]

    assert all(f'id="{element}"' in line for line, element in zip(changed, ("A", "E"), strict=True))
    assert all(mendable(f) for f in result.done)
