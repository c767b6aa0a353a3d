# SPDX-License-Identifier: Apache-2.0
"""The page of rules is made from the rules, and every code can be explained."""

from __future__ import annotations

import re

import pytest

from egov_flow.checks import RULES
from egov_flow.checks.elsewhere import OTHERS
from egov_flow.checks.explaining import explain, pretty
from egov_flow.checks.reference import reference
from egov_flow.errors import NotFound
from egov_flow.texts import catalogue


def test_the_page_is_that_of_the_rules(repository):
    page = (repository / "docs/reference/rules.md").read_text("utf-8")

    assert page == reference() + "\n", "python -m egov_flow.checks.reference > docs/reference/rules.md"


def test_every_rule_stands_on_the_page_once():
    headings = re.findall(r"^### (EF-C\d{3}) ", reference(), re.MULTILINE)

    assert sorted(headings) == [rule.code for rule in RULES]


def test_what_others_tell_exists():
    assert set(OTHERS) <= set(catalogue("en"))


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_code_can_be_explained(language):
    assert all(explain(code, language).startswith(code) for code in catalogue("en"))


def test_a_rule_is_explained_by_its_name():
    text = explain("start-event-incoming")

    assert text == explain("EF-C140")
    assert '<startEvent id="S" name="Asked" />' in text


def test_an_unknown_code_is_not_found():
    with pytest.raises(NotFound, match="EF-C904"):
        explain("EF-C000")


def test_an_example_is_shown_with_an_element_a_line():
    assert pretty('<a><b x="1" /><c>text</c><d></d></a>') == '<a>\n  <b x="1" />\n  <c>text</c>\n  <d></d>\n</a>'
