# SPDX-License-Identifier: Apache-2.0
"""Severities of an agency's own, and what is silenced at an element with a reason."""

from __future__ import annotations

import pytest

from egov_flow.checks import Example, Policy, check
from egov_flow.errors import InvalidData, NotFound

GATEWAY = (
    '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" /><endEvent id="E" name="Answered" />'
    '<sequenceFlow id="F" sourceRef="S" targetRef="Gate" /><sequenceFlow id="G" sourceRef="Gate" targetRef="E" />'
)
BROKEN = Example(bpmn=GATEWAY)
SILENCED = "silenced: [{element: Gate, code: %s, reason: The ministry's template demands it.}]"


def _severities(findings):
    return {f.code: f.severity for f in findings}


def test_a_rule_is_switched_by_code_or_name():
    assert _severities(check(BROKEN.procedure))["EF-C061"] == "warning"
    assert "EF-C061" not in _severities(check(BROKEN.procedure, policy=Policy.of({"superfluous-gateway": "off"})))
    assert _severities(check(BROKEN.procedure, policy=Policy.of({"EF-C061": "error"})))["EF-C061"] == "error"


@pytest.mark.parametrize(
    ("rules", "code"), [({"no-such-rule": "off"}, "EF-C900"), ({"EF-K001": "off"}, "EF-C900"), ({"EF-C061": "loud"}, "EF-C901")]
)
def test_a_wrong_setting_is_refused(rules, code):
    with pytest.raises(InvalidData, match=code):
        Policy.of(rules)


@pytest.mark.parametrize("word", ["EF-C061", "superfluous-gateway"])
def test_a_finding_is_silenced_at_its_element_with_a_reason(word):
    codes = _severities(check(Example(bpmn=GATEWAY, yaml=SILENCED % word).procedure))

    assert "EF-C061" not in codes
    assert "EF-C399" not in codes


def test_a_silence_that_fits_nothing_is_told():
    assert "EF-C399" in _severities(check(Example(bpmn=GATEWAY, yaml=SILENCED % "implicit-end").procedure))


def test_a_silence_without_reason_is_refused():
    procedure = Example(bpmn=GATEWAY, yaml="silenced: [{element: Gate, code: EF-C061}]").procedure

    assert "EF-C061" in _severities(check(procedure))
    assert any(f.severity == "error" and f.place.file.endswith("procedure.yaml") for f in procedure.findings)


def test_what_a_silenced_rule_covered_is_told_again():
    bad = (
        '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" name="What comes?" /><intermediateCatchEvent id="M" name="Paid">'
        '<messageEventDefinition id="D" /></intermediateCatchEvent><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
        '<sequenceFlow id="F1" sourceRef="S" targetRef="G" /><sequenceFlow id="F2" sourceRef="G" targetRef="M" />'
        '<sequenceFlow id="F3" sourceRef="G" targetRef="A" /><sequenceFlow id="F4" sourceRef="M" targetRef="E" />'
        '<sequenceFlow id="F5" sourceRef="A" targetRef="E" />'
    )
    silence = "silenced: [{element: G, code: event-gateway-targets, reason: We know.}]"
    open_ones, quiet = check(Example(bpmn=bad).procedure), check(Example(bpmn=bad, yaml=silence).procedure)

    assert {"EF-C195"} == {"EF-C195", "EF-K021"} & set(_severities(open_ones))
    assert {"EF-K021"} == {"EF-C195", "EF-K021"} & set(_severities(quiet))


def test_the_nearest_settings_count(tmp_path):
    inner = tmp_path / "processes" / "permit"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.egov_flow.rules]\nEF-C061 = "off"\n', "utf-8")

    assert Policy.near(inner).severities == {"EF-C061": "off"}

    (tmp_path / "processes" / ".egov-flow.yaml").write_text("rules:\n  superfluous-gateway: error\n", "utf-8")

    assert Policy.near(inner).severities == {"EF-C061": "error"}
    assert Policy.near(inner).file.endswith(".egov-flow.yaml")


def test_a_pyproject_without_our_table_is_passed_over(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx = 1\n", "utf-8")
    (tmp_path / ".egov-flow.yaml").write_text("", "utf-8")

    assert Policy.read(tmp_path / ".egov-flow.yaml").severities == {}
    with pytest.raises(NotFound, match="EF-C903"):
        Policy.read(tmp_path / "pyproject.toml")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[tool.egov_flow\n"),
        ("pyproject.toml", "[tool]\negov_flow = 1\n"),
        ("pyproject.toml", "[tool.egov_flow]\nrule = {}\n"),
        (".egov-flow.yaml", "rules: {a: b\n"),
        (".egov-flow.yaml", "rule: {}\n"),
        (".egov-flow.yaml", "- a\n"),
    ],
)
def test_settings_that_cannot_be_read_are_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")

    with pytest.raises(InvalidData, match="EF-C902"):
        Policy.near(tmp_path)
