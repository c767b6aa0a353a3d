# SPDX-License-Identifier: Apache-2.0
"""Expressions as the checks see them: with what forms, data and scripts tell, at their place, and never wrongly."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from egov_flow.checks import check
from egov_flow.checks.example import Example
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._variables import known_variables

CODES = {f"EF-C3{n:02d}" for n in (*range(1, 10), 10, 11)}


def codes(example):
    return sorted(f.code for f in check(example.procedure) if f.code in CODES)


def knowing(**properties):
    schema = {"type": "object", "properties": properties, "$defs": {"money": {"type": "number", "exclusiveMinimum": 0}}}
    return known_variables(Example(yaml="start_form: forms/f.json", forms={"f": json.dumps(schema)}).procedure)


def test_a_field_tells_type_values_and_ends():
    known = knowing(
        amount={"$ref": "#/$defs/money"},
        count={"type": "integer", "minimum": 1, "maximum": 9, "exclusiveMaximum": 9},
        risk={"enum": ["low", "high"]},
        person={"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}}},
        people={"type": "array", "items": {"type": "object", "properties": {"age": {"type": "number"}}}},
    )
    assert (known["amount"].low, known["amount"].low_closed, known["amount"].is_whole) == (Decimal(0), False, False)
    assert (known["count"].high, known["count"].high_closed, known["count"].is_whole) == (Decimal(9), False, True)
    assert known["risk"].values == ("low", "high")
    assert (known["person"].is_closed, known["person"].entries["name"].type.name) == (True, "string")
    assert (known["people"].items.is_closed, known["people"].items.entries["age"].type.name) == (False, "number")


@pytest.mark.parametrize(
    "schema",
    [
        {},
        True,
        {"type": ["string", "null"]},
        {"type": "string", "format": "date"},
        {"anyOf": [{"type": "number"}, {"type": "string"}]},
        {"type": "number", "if": {"minimum": 3}, "then": {"maximum": 5}},
        {"enum": ["a", 1]},
        {"enum": [{"a": 1}]},
    ],
)
def test_of_a_field_that_may_be_several_things_nothing_is_known_but_its_name(schema):
    assert knowing(field=schema)["field"].type.name == "Any"


def test_what_two_forms_say_differently_is_not_known():
    forms = {
        "a": '{"type": "object", "properties": {"x": {"enum": ["1"]}}}',
        "b": '{"type": "object", "properties": {"x": {"enum": ["2"]}}}',
    }
    assert known_variables(Example(forms=forms).procedure)["x"].values == ("1", "2")
    forms["b"] = '{"type": "object", "properties": {"x": {"type": "number"}}}'
    assert known_variables(Example(forms=forms).procedure)["x"].type.name == "Any"


def test_declared_data_and_what_scripts_make_are_known_names():
    plain = deciding("total > 10 and seen")
    assert codes(plain) == ["EF-C301", "EF-C301"]
    script = '<scriptTask id="Sum" scriptFormat="FEEL"><script>{total: amount * 2}</script></scriptTask>'
    known = Example(bpmn=plain.bpmn + script, yaml=plain.yaml + "\ndata: {seen: public}", forms=plain.forms)
    assert codes(known) == []
    assert codes(Example(bpmn=known.bpmn.replace("total &gt; 10", 'total = "x"'), yaml=known.yaml, forms=known.forms)) == ["EF-C302"]


def test_without_forms_no_name_is_unknown():
    assert codes(Example(bpmn=deciding("whatever > 10").bpmn)) == []


def test_a_condition_that_does_not_parse_is_told_by_the_kernel_alone():
    assert codes(deciding("amount > > 1", "amount < 0 and amount > 3")) == ["EF-C308"]


def test_a_condition_of_a_link_is_told_at_its_place_in_the_yaml():
    example = deciding("amount > 1")
    bare = example.bpmn.replace("<conditionExpression>amount &gt; 1</conditionExpression>", "")
    linked = Example(bpmn=bare, yaml=example.yaml + "\nlinks: {Flow_Gate_Task_1: {condition: 'amount = \"1\"'}}", forms=example.forms)
    found = [f for f in check(linked.procedure) if f.code == "EF-C302"]
    assert [(f.place.file, f.element) for f in found] == [("example/procedure.yaml", "Flow_Gate_Task_1")]


def test_a_due_time_and_a_timer_are_looked_at_too():
    timer = '<intermediateCatchEvent id="Wait"><timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition></intermediateCatchEvent>'
    example = deciding("amount > 1")
    for text, expected in (("duration(amount)", ["EF-C304"]), ("PT1H", []), ('duration("PT1H")', [])):
        found = Example(bpmn=example.bpmn + timer.format(text), yaml=example.yaml, forms=example.forms)
        assert codes(found) == expected


def test_an_overlap_names_both_flows_and_an_example():
    found = next(f for f in check(deciding("amount > 5", 'risk = "low"').procedure) if f.code == "EF-C310")
    assert found.related == ("Flow_Gate_Task_1", "Flow_Gate_Task_2")
    assert 'amount = 6, risk = "low"' in found.message()


def test_a_default_flow_closes_every_gap_and_an_inclusive_gateway_may_overlap():
    assert codes(deciding("amount > 5", "amount < 5")) == []
    inclusive = deciding("amount > 5", "amount > 3", has_default=False)
    turned = Example(bpmn=inclusive.bpmn.replace("exclusiveGateway", "inclusiveGateway"), yaml=inclusive.yaml, forms=inclusive.forms)
    assert codes(turned) == ["EF-C311"]


def test_the_condition_of_an_obligation_is_looked_at_too():
    example = deciding("amount > 1")
    text = "obligations: {first: {kind: only_if, elements: Task_1, condition: 'amount > \"1\"', why: because, legal_basis: LAW-1}}"
    found = Example(
        bpmn=example.bpmn, yaml=example.yaml + "\nlegal_basis: {LAW-1: {verified: true}}", obligations=text, forms=example.forms
    )
    told = [f for f in check(found.procedure) if f.code == "EF-C302"]
    assert [(f.place.file, f.element) for f in told] == [("example/obligations.yaml", "obligations.first")]
