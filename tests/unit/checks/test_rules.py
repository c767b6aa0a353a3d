# SPDX-License-Identifier: Apache-2.0
"""Each rule with an incorrect and a correct example; the incorrect one breaks that rule alone."""

from __future__ import annotations

import pytest

from egov_flow.checks import RULES, check

FORM = '{"type": "object", "properties": {"decision": {"type": "string"}}}'
ROLES = "roles: {desk: {lanes: Lane_Desk}}\n"
BASIS = "legal_basis: {LAW-1: {verified: true}}\n"
OBLIGATION = "obligations: {{first: {{kind: {kind}, elements: {elements}, why: because, legal_basis: LAW-1}}}}"
GATEWAY = "startEvent Start\nexclusiveGateway Gate {name}\nuserTask Task_Decide Decide\nendEvent End"

PAIRS = {
    "EF-C010": ({"yaml": "links: {Task_Decid: {role: desk}}\n" + ROLES}, {"yaml": "links: {Task_Decide: {role: desk}}\n" + ROLES}),
    "EF-C011": ({"yaml": "links: {End: {due: 'duration(\"P1D\")'}}"}, {"yaml": "links: {Task_Decide: {due: 'duration(\"P1D\")'}}"}),
    "EF-C012": (
        {"yaml": "links: {Task_Decide: {form: forms/decide.json}}\ndata: {decision: public}"},
        {"yaml": "links: {Task_Decide: {form: forms/decide.json}}\ndata: {decision: public}", "forms": {"decide": FORM}},
    ),
    "EF-C013": (
        {"yaml": "data: {decision: public}", "forms": {"decide": FORM}},
        {"yaml": "start_form: forms/decide.json\ndata: {decision: public}", "forms": {"decide": FORM}},
    ),
    "EF-C020": ({"yaml": "roles: {desk: {lanes: Lane_Desk}, archive: {title: Archive}}"}, {"yaml": ROLES}),
    "EF-C021": ({"yaml": "roles: {head: {lanes: Lane_Desk}}", "lanes": "Lane_Desk: Start\nLane_Other: Task_Decide End"}, {"yaml": ROLES}),
    "EF-C022": ({"yaml": ROLES + "links: {Task_Decide: {role: chief}}"}, {"yaml": ROLES + "links: {Task_Decide: {role: desk}}"}),
    "EF-C030": (
        {"yaml": "deadlines: {answer: {amount: 10, unit: working days}}"},
        {"yaml": BASIS + "deadlines: {answer: {amount: 10, unit: working days, legal_basis: LAW-1}}"},
    ),
    "EF-C031": (
        {"yaml": "legal_basis: {LAW-1: {title: An act}}\ndeadlines: {answer: {amount: 10, unit: working days, legal_basis: LAW-1}}"},
        {"yaml": BASIS + "deadlines: {answer: {amount: 10, unit: working days, legal_basis: LAW-1}}"},
    ),
    "EF-C032": (
        {"yaml": BASIS + "deadlines: {answer: {amount: 10, unit: working days, legal_basis: LAW-2}}"},
        {"yaml": BASIS + "deadlines: {answer: {amount: 10, unit: working days, legal_basis: LAW-1}}"},
    ),
    "EF-C033": (
        {"yaml": BASIS + "deadlines: {answer: {amount: 1, unit: weeks, ends: Task_Gone, legal_basis: LAW-1}}"},
        {"yaml": BASIS + "deadlines: {answer: {amount: 1, unit: weeks, ends: Task_Decide, legal_basis: LAW-1}}"},
    ),
    "EF-C040": (
        {"yaml": BASIS, "obligations": OBLIGATION.format(kind="exists", elements="Task_Gone")},
        {"yaml": BASIS, "obligations": OBLIGATION.format(kind="exists", elements="Task_Decide")},
    ),
    "EF-C041": (
        {"yaml": BASIS, "obligations": OBLIGATION.format(kind="before", elements="Task_Decide")},
        {"yaml": BASIS, "obligations": OBLIGATION.format(kind="before", elements="[Task_Decide, End]")},
    ),
    "EF-C042": (
        {"yaml": BASIS, "obligations": OBLIGATION.format(kind="only_if, condition: 'a = = b'", elements="Task_Decide")},
        {"yaml": BASIS, "obligations": OBLIGATION.format(kind="within, within: 10 working days", elements="[Start, Task_Decide]")},
    ),
    "EF-C050": ({"yaml": "milestones: [{element: Task_Gone, title: Done}]"}, {"yaml": "milestones: [{element: Task_Decide, title: Done}]"}),
    "EF-C051": (
        {"yaml": "start_form: forms/decide.json", "forms": {"decide": FORM}},
        {"yaml": "start_form: forms/decide.json\ndata: {decision: public}", "forms": {"decide": FORM}},
    ),
    "EF-C060": ({"flows": "Start > Task_Decide", "nodes": "startEvent Start\nuserTask Task_Decide Decide"}, {}),
    "EF-C061": (
        {"nodes": GATEWAY.format(name="Check"), "flows": "Start > Gate\nGate > Task_Decide\nTask_Decide > End"},
        {"nodes": GATEWAY.format(name="Check"), "flows": "Start > Gate\nGate > Task_Decide\nTask_Decide > End\nTask_Decide > Gate"},
    ),
    "EF-C062": ({"nodes": "startEvent Start\nuserTask Task_Decide\nendEvent End"}, {}),
    "EF-C063": ({"undrawn": ("Task_Decide",)}, {}),
    "EF-C064": ({"undrawn": "all"}, {}),
}
NEEDS_HANDLERS = {"EF-C070"}


def _codes(findings):
    return {finding.code for finding in findings}


@pytest.mark.parametrize("code", sorted(PAIRS))
def test_the_incorrect_example_breaks_the_rule(code, a_procedure):
    findings = [finding for finding in check(a_procedure(**PAIRS[code][0])) if finding.code == code]

    assert findings
    assert all(finding.place.file.startswith("procedures/example/") for finding in findings)
    assert all(finding.message() and finding.hint() and finding.message("id") for finding in findings)


@pytest.mark.parametrize("code", sorted(PAIRS))
def test_the_correct_example_keeps_the_rule(code, a_procedure):
    assert code not in _codes(check(a_procedure(**PAIRS[code][1])))


def test_a_handler_is_unknown_only_where_handlers_are_known(a_procedure):
    procedure = a_procedure(
        nodes="startEvent Start\nserviceTask Task_Tell Tell\nendEvent End",
        flows="Start > Task_Tell\nTask_Tell > End",
        lanes="",
        yaml="links: {Task_Tell: {handler: notify.applicant}}",
    )

    assert "EF-C070" not in _codes(check(procedure))
    assert "EF-C070" not in _codes(check(procedure, handlers=["notify.applicant"]))
    assert "EF-C070" in _codes(check(procedure, handlers=["dukcapil.lookup"]))


def test_every_rule_has_its_examples():
    assert {rule.code for rule in RULES} == PAIRS.keys() | NEEDS_HANDLERS


def test_rules_stand_in_the_order_of_their_codes_and_say_why():
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    assert all(rule.why.endswith(".") for rule in RULES)
