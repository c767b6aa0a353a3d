# SPDX-License-Identifier: Apache-2.0
"""Every clause that a rule names is one of BPMN 2.0.2 (formal/2013-12-09), whose numbers are those of 2.0 moved on by a first section "General"."""

from __future__ import annotations

import re

import pytest

from egov_flow.checks import RULES
from egov_flow.checks.elsewhere import BY_PROOF, DISPUTED, LEFT_OUT, OTHERS

SECTIONS = {"7": 8, "8": 5, "9": 8, "10": 12, "11": 9, "12": 4, "13": 5, "14": 3, "15": 5}
"""How many sections each clause has."""
PARTS = {
    "7.2": 1, "7.3": 2, "7.6": 2, "8.2": 2, "8.3": 5, "8.4": 13, "8.5": 3, "9.3": 2, "9.4": 2, "9.5": 8, "10.2": 2, "10.3": 8, "10.4": 3,
    "10.5": 7, "10.6": 6, "10.7": 3, "11.4": 2, "11.5": 6, "11.6": 3, "11.7": 6, "11.8": 2, "12.2": 3, "12.3": 3, "13.3": 7, "13.4": 5,
    "13.5": 6, "15.3": 2,
}  # fmt: skip
"""How many parts a section has; the XML schemas at the end of a section state nothing of their own and are not counted."""
SCHEMAS = {"9.8", "10.12", "11.9"}
NAMED = [(rule.code, rule.source) for rule in RULES if rule.source.startswith("BPMN")]
ELSEWHERE = [(code, clause) for code, (clause, _) in OTHERS.items()] + [(entry[1], entry[0]) for entry in (*BY_PROOF, *LEFT_OUT, *DISPUTED)]


def _is_there(clause: str) -> bool:
    chapter, section, part = (*clause.split("."), "", "")[:3]
    if clause in SCHEMAS or int(section or 0) > SECTIONS.get(chapter, 0):
        return False
    return int(part or 0) <= PARTS.get(f"{chapter}.{section}", 0)


@pytest.mark.parametrize(("what", "clauses"), [*NAMED, *ELSEWHERE])
def test_a_clause_is_one_of_the_specification(what, clauses):
    numbers = re.findall(r"§([\d.]+)", clauses)

    assert numbers, what
    assert [number for number in numbers if not _is_there(number)] == []


@pytest.mark.parametrize("number", ["8.4.14", "9.8", "9.9", "10.6.7", "16.1"])
def test_a_clause_that_holds_schemas_or_is_not_there_is_found_out(number):
    assert not _is_there(number)
