# SPDX-License-Identifier: Apache-2.0
"""Findings for other programs: SARIF and the annotations of GitHub Actions."""

from __future__ import annotations

import json

from egov_flow.checks import RULES, check
from egov_flow.checks.writing import github, sarif
from egov_flow.errors import Finding, Place

BROKEN = next(rule for rule in RULES if rule.code == "EF-C140").bad


def test_a_log_names_each_rule_once_and_each_finding_by_it():
    findings = check(BROKEN.procedure)
    log = json.loads(sarif(findings, "id"))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert log["version"] == "2.1.0"
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [f.code for f in findings]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {result["level"] for result in run["results"]} <= {"error", "warning", "note"}


def test_a_place_is_a_region_and_an_element_a_logical_location():
    (run,) = json.loads(sarif([f for f in check(BROKEN.procedure) if f.code == "EF-C140"]))["runs"]
    (location,) = run["results"][0]["locations"]

    assert location["physicalLocation"]["artifactLocation"]["uri"] == "example/process.bpmn"
    assert location["physicalLocation"]["region"]["startLine"] == 1
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "S"


def test_a_path_is_written_as_a_uri():
    finding = Finding.of("EF-C064", Place("surat izin/a%b.bpmn"))

    assert '"uri": "surat%20izin/a%25b.bpmn"' in sarif([finding])


def test_an_annotation_is_one_line_that_nothing_can_break():
    finding = Finding.of("EF-C022", Place("a,b:c.bpmn", 3, 5), element="x", id="100%\n::error::gone", known="–")
    line = github([finding])

    assert "\n" not in line
    assert line.startswith("::error file=a%2Cb%3Ac.bpmn,line=3,col=5,title=EF-C022::x: 100%25 ::error::gone is not there%0A")


def test_a_remark_is_a_notice():
    assert github([Finding.of("EF-C031", severity="info", basis="x")]).startswith("::notice title=EF-C031::")
