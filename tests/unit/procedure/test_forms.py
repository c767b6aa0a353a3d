# SPDX-License-Identifier: Apache-2.0
"""A form is a JSON Schema that stays at home, ends, and means what it says; data is told by field and rule, never by value."""

from __future__ import annotations

import datetime
import json
import time
from decimal import Decimal

import pytest

from egov_flow.data import freeze
from egov_flow.procedure import Form, fields, problems

WORDS = {
    "name": {"type": "string", "minLength": 1, "maxLength": 20},
    "pages": {"type": "integer", "minimum": 0},
    "amount": {"type": "number", "multipleOf": Decimal("0.01")},
    "decision": {"enum": ["grant", "refuse"]},
    "day": {"type": "string", "format": "date"},
    "code": {"type": "string", "pattern": "^(a+)+$"},
    "parts": {"type": "array", "items": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}},
}
FORM = Form(path="forms/decide.json", schema={"type": "object", "required": ["decision"], "properties": WORDS})


def _findings(a_folder, schema):
    text = schema if isinstance(schema, str) else json.dumps(schema)
    return [f.code for f in a_folder(**{"forms/decide.json": text.encode()}).findings]


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ("{", "EF-P030"),
        ('{"type": "object", "maxProperties": NaN}', "EF-P030"),
        ('{"type": "object", "type": "object"}', "EF-P030"),
        ("[" * 100_000, "EF-P030"),
        ({"type": "string"}, "EF-P031"),
        ([], "EF-P031"),
        ({"type": "object", "properties": {"a": {"type": "text"}}}, "EF-P032"),
        ({"type": "object", "properties": {"a": {"$ref": "https://example.org/x.json"}}}, "EF-P033"),
        ({"type": "object", "properties": {"a": {"$ref": "file:///etc/passwd"}}}, "EF-P033"),
        ({"type": "object", "properties": {"a": {"$ref": "#/$defs/gone"}}}, "EF-P033"),
        ({"type": "object", "allOf": [{"$ref": "#"}]}, "EF-P033"),
        ({"type": "object", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"items": {"$ref": "#/$defs/a"}}}}, "EF-P034"),
        ({"type": "object", "properties": {"__class__": {}}}, "EF-P035"),
        ({"type": "object", "properties": {"a": {"pattern": "(?=x)"}}}, "EF-P036"),
        ({"type": "object", "patternProperties": {"^a": {}}}, "EF-P037"),
    ],
)
def test_a_form_that_cannot_be_trusted_is_a_finding(schema, code, a_folder):
    assert _findings(a_folder, schema) == [code]


def test_a_form_is_checked_each_time_it_is_read_whatever_its_size(a_folder):
    wrong = {"type": "object", "properties": {"a": {"type": "text"}}}
    large = {**wrong, "title": "x" * 100_000}

    assert [_findings(a_folder, form) for form in (wrong, wrong, large, {"type": "object"})] == [["EF-P032"], ["EF-P032"], ["EF-P032"], []]


def test_a_field_may_be_called_like_a_keyword(a_folder):
    names = {"pattern": {"type": "string"}, "$ref": {"type": "string"}, "properties": {"type": "object"}}

    assert _findings(a_folder, {"type": "object", "properties": names}) == []


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ({"decision": "grant"}, ()),
        ({}, ("decision: required",)),
        ({"decision": "maybe"}, ("decision: enum",)),
        ({"decision": "grant", "colour": "red"}, ("colour: unknown field",)),
        ({"decision": "grant", "pages": 3}, ()),
        ({"decision": "grant", "pages": Decimal("3.0")}, ()),
        ({"decision": "grant", "pages": Decimal("3.5")}, ("pages: type integer",)),
        ({"decision": "grant", "pages": -1}, ("pages: minimum 0",)),
        ({"decision": "grant", "pages": True}, ("pages: type integer",)),
        ({"decision": "grant", "amount": 0.1}, ()),
        ({"decision": "grant", "amount": Decimal("0.001")}, ("amount: multipleOf 0.01",)),
        ({"decision": "grant", "day": datetime.date(2026, 1, 5)}, ()),
        ({"decision": "grant", "day": "2026-02-30"}, ("day: format date",)),
        ({"decision": "grant", "parts": [{"title": "x"}, {}]}, ("parts[2].title: required",)),
        ({"decision": "grant", "name": ""}, ("name: minLength 1",)),
    ],
)
def test_data_is_told_by_field_and_rule(data, lines):
    assert problems(FORM, freeze(data)) == lines


def test_no_line_holds_a_value():
    lines = problems(FORM, freeze({"decision": "SECRET", "name": "SECRET" * 9, "pages": "SECRET", "day": "SECRET", "parts": "SECRET"}))

    assert len(lines) == 5
    assert "SECRET" not in " ".join(lines)


def test_a_hostile_text_does_not_stop_the_check():
    began = time.perf_counter()

    assert problems(FORM, freeze({"decision": "grant", "code": "a" * 50_000 + "!"})) == ("code: pattern ^(a+)+$",)
    assert time.perf_counter() - began < 2


def test_fields_of_branches_count_as_fields():
    schema = {
        "type": "object",
        "properties": {"a": {}},
        "allOf": [{"$ref": "#/$defs/more"}, {"if": {"required": ["a"]}, "then": {"properties": {"c": {}}}}],
        "$defs": {"more": {"properties": {"b": {}}}},
    }

    assert fields(Form(path="forms/x.json", schema=schema)) == ("a", "b", "c")
