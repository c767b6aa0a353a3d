# SPDX-License-Identifier: Apache-2.0
"""Each rule with an incorrect and a correct example: they are its page, its help and its test."""

from __future__ import annotations

import re

import pytest

from egov_flow.checks import FAMILIES, RULES, Subject, check
from egov_flow.texts import LANGUAGES, catalogue

HANDLERS = ["dukcapil.lookup"]
BY_CODE = {rule.code: rule for rule in RULES}
OF_THE_DIAGRAM = [rule for rule in RULES if rule.family != "procedure"]
NO_PROCEDURE = {"EF-B004", "EF-P050"}  # conversations only, or several processes of which none is named: BPMN, and no procedure


def _named(rule):
    return f"{rule.code} {rule.name}"


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_the_incorrect_example_breaks_the_rule(rule):
    findings = [f for f in check(rule.bad.procedure, handlers=HANDLERS) if f.code == rule.code]

    assert findings
    assert all(f.place.line for f in findings if rule.family != "procedure")
    for finding in findings:
        for language in LANGUAGES:
            assert finding.message(language)
            assert finding.hint(language)
            assert not re.search(r"\{\w+\}", finding.message(language) + finding.hint(language)), "a placeholder is left"


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_the_correct_example_keeps_the_rule(rule):
    assert rule.code not in {f.code for f in check(rule.good.procedure, handlers=HANDLERS)}


@pytest.mark.parametrize("rule", OF_THE_DIAGRAM, ids=_named)
def test_the_correct_example_is_a_valid_model(rule):
    errors = [f for f in check(rule.good.procedure) if f.severity == "error" and not f.code.startswith("EF-K")]

    assert [str(f) for f in errors if f.code not in NO_PROCEDURE] == []


def test_rules_stand_in_the_order_of_their_codes():
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    assert len(codes) >= 120


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_a_rule_tells_its_reason_and_its_source(rule):
    assert rule.why.endswith(".")
    assert rule.family in FAMILIES
    assert rule.severity in {"error", "warning", "info"}
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)
    assert rule.source.startswith("BPMN 2.0.2 ") or rule.family not in {"specification", "schema"}


def test_names_are_unique():
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_what_a_rule_covers_exists():
    assert {code for rule in RULES for code in rule.covers} <= set(catalogue("en"))


def test_a_handler_is_unknown_only_where_handlers_are_known():
    procedure = BY_CODE["EF-C070"].bad.procedure

    assert "EF-C070" not in {f.code for f in check(procedure)}
    assert "EF-C070" in {f.code for f in check(procedure, handlers=HANDLERS)}


def test_a_file_that_cannot_be_read_has_no_elements_to_look_at():
    rule = BY_CODE["EF-C140"]
    procedure = rule.bad.procedure.__class__.read(__file__)

    assert list(rule(Subject(procedure=procedure))) == []
