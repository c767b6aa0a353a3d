# SPDX-License-Identifier: Apache-2.0
"""A value of a YAML file is changed, added or taken out; every byte outside stays."""

from __future__ import annotations

import pytest

from egov_flow.bpmn import splice
from egov_flow.redesign._yaml import Spans, scalar

TEXT = """# heading: not a key
version: '1'   # raised
links:
  Task_A: {form: forms/a.json, due: "x"}  # first
  Task_B:
    form: forms/b.json
    note: |
      two
      lines
  Task_C: {}
last: [a, b]
"""


def _set(path, value, text=TEXT):
    return splice(text.encode(), Spans.of(text.encode()).set(path, value)).decode()


def _without(path, text=TEXT):
    return splice(text.encode(), [Spans.of(text.encode()).remove(path)]).decode()


def test_a_scalar_is_replaced_in_its_own_quotes():
    assert _set(("version",), "2") == TEXT.replace("'1'", "'2'")
    assert _set(("links", "Task_A", "due"), 'say "y"') == TEXT.replace('"x"', '"say \\"y\\""')


def test_a_key_is_added_in_the_style_of_its_mapping():
    assert _set(("links", "Task_A", "role"), "desk") == TEXT.replace('due: "x"}', 'due: "x", role: desk}')
    assert _set(("links", "Task_C", "role"), "desk") == TEXT.replace("Task_C: {}", "Task_C: {role: desk}")
    assert _set(("links", "Task_B", "role"), "desk") == TEXT.replace("      lines\n", "      lines\n    role: desk\n")


def test_an_entry_goes_with_its_lines_or_its_comma():
    assert _without(("links", "Task_B")) == TEXT[: TEXT.index("  Task_B")] + TEXT[TEXT.index("  Task_C") :]
    assert _without(("links", "Task_A", "form")) == TEXT.replace("form: forms/a.json, ", "")
    assert _without(("links", "Task_A", "due")) == TEXT.replace(', due: "x"', "")


def test_letters_of_more_than_one_byte_do_not_shift_the_edit():
    text = "titel: Prüfung – é\nversion: 1\n"

    assert _set(("version",), 2, text) == "titel: Prüfung – é\nversion: 2\n"


def test_a_mapping_that_is_not_there_is_made_at_the_end():
    text = "a: 1\n"
    spans = Spans.of(text.encode())

    assert splice(text.encode(), [spans.add(("deadlines", "x"), "{amount: 1}")]) == b"a: 1\ndeadlines:\n  x: {amount: 1}\n"


@pytest.mark.parametrize(
    ("value", "written"), [("2", '"2"'), ("true", '"true"'), ("working days", "working days"), ("a: b", '"a: b"'), (7, "7")]
)
def test_a_text_is_quoted_where_yaml_would_read_something_else(value, written):
    assert scalar(value) == written


def test_a_byte_order_mark_does_not_shift_the_edit():
    assert _set(("version",), 2, "\ufeffversion: 1\n") == "\ufeffversion: 2\n"
