# SPDX-License-Identifier: Apache-2.0
"""A scenario that goes wrong is told, step by step and with its place; none passes by not looking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from egov_flow.errors import NotFound
from egov_flow.testing import run_scenario

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
HEAD = """\
scenario: story
start: 2026-01-05T09:00+07:00
actors:
  citizen: {id: "citizen:17"}
  clerk: {id: "officer:1", roles: [clerk]}
  stranger: {id: "officer:7", roles: [tax inspector]}
steps:
  - start: permit
    by: citizen
    data: {street: Canal 5}
"""


@pytest.fixture
def play(tmp_path):
    """Run a scenario that begins with a permit case; `steps` is the YAML of the steps behind the start."""
    folder = tmp_path / "permit"
    (folder / "scenarios").mkdir(parents=True)
    shutil.copy(FIXTURES / "agency/permit.bpmn", folder / "process.bpmn")

    def run(steps, head=HEAD):
        file = folder / "scenarios/story.yaml"
        file.write_text(head + steps, "utf-8")
        return run_scenario(file)

    return run


def _codes(result):
    return [finding.code for finding in result.findings]


def test_a_story_that_holds_passes(play):
    result = play("    expect: {status: running, waiting: [Task_Decide], data: {street: Canal 5}}\n")

    assert (result.passed, result.steps, _codes(result)) == (True, 1, [])
    assert result.case.waiting == ("Task_Decide",)


@pytest.mark.parametrize(
    ("expect", "code"),
    [
        ("{status: completed}", "EF-Q010"),
        ("{waiting: [Task_Lookup]}", "EF-Q011"),
        ("{waiting: []}", "EF-Q011"),
        ("{data: {street: Canal 6}}", "EF-Q012"),
        ("{data: {house: 5}}", "EF-Q012"),
        ("{deadlines: {decision: met}}", "EF-Q013"),
        ("{ended: [Task_Nowhere]}", "EF-Q014"),
        ("{refused: EF-W003}", "EF-Q015"),
    ],
)
def test_what_is_seen_and_was_not_expected_is_a_finding_at_its_step(play, expect, code):
    result = play(f"    expect: {expect}\n")

    assert _codes(result) == [code]
    assert result.findings[0].place.line == 8
    assert not result.passed


def test_a_finding_never_tells_the_value_of_a_variable(play):
    assert "Canal" not in str(play("    expect: {data: {street: Canal 6}}\n").findings[0])


def test_a_refusal_that_is_expected_is_a_step_and_changes_nothing(play):
    step = "  - complete: Task_Decide\n    by: stranger\n    expect: {refused: EF-A004, waiting: [Task_Decide]}\n"
    result = play(step)

    assert _codes(result) == []
    assert result.steps == 2


def test_a_job_that_the_scenario_reports_waits_for_its_step(play):
    report = "  - report: Task_Lookup\n    data: {resident: true}\n    expect: {waiting: [Task_Decide], data: {resident: true}}\n"
    result = play("    expect: {waiting: [Task_Lookup]}\n  - advance: P2D\n    expect: {waiting: [Task_Lookup]}\n" + report)

    assert _codes(result) == []
    assert result.steps == 3


def test_a_report_on_work_that_is_no_open_job_is_refused(play):
    report = "  - report: Task_Lookup\n  - report: Task_Lookup\n"

    assert _codes(play(report)) == ["EF-Q017"]


def test_what_is_due_on_the_way_runs_at_its_own_time(play):
    wait = "  - complete: Task_Decide\n    by: clerk\n    data: {grant: true}\n  - at: 2026-02-05T09:00+07:00\n    expect: {ended: [End_Lapsed]}\n"
    result = play(wait)

    assert _codes(result) == []
    assert result.case.updated.isoformat()[:10] == "2026-01-19"


def test_another_refusal_than_the_expected_one_is_told_with_its_own_words(play):
    result = play("  - complete: Task_Decide\n    by: stranger\n    expect: {refused: EF-A999}\n")

    assert _codes(result) == ["EF-Q016"]
    assert "EF-A999" in str(result.findings[0])


def test_a_refusal_that_nobody_expected_ends_the_story(play):
    result = play("  - complete: Task_Decide\n    by: stranger\n  - advance: P1D\n")

    assert _codes(result) == ["EF-Q017"]
    assert result.steps == 1


def test_work_that_is_not_open_is_told(play):
    result = play("  - complete: Task_Lookup\n    by: clerk\n")

    assert _codes(result) == ["EF-Q017"]
    assert "EF-Q020" in str(result.findings[0])


def test_an_optional_step_is_skipped_where_the_version_has_no_such_element(play):
    result = play("  - complete: Task_OfAnotherVersion\n    by: clerk\n    optional: true\n")

    assert (result.passed, result.skipped) == (True, ("Task_OfAnotherVersion",))


def test_a_file_with_findings_is_not_played(play):
    result = play("  - complete: Task_Decide\n    claim: Task_Decide\n    by: clerk\n")

    assert _codes(result) == ["EF-P062"]
    assert result.case is None


def test_a_missing_file_is_said_at_once(tmp_path):
    with pytest.raises(NotFound, match="EF-Q001"):
        run_scenario(tmp_path / "none.yaml")


def test_a_data_store_holds_what_the_story_says_and_else_nothing(tmp_path):
    (tmp_path / "scenarios").mkdir()
    shutil.copy(FIXTURES / "agency/move_of_address.bpmn", tmp_path / "process.bpmn")
    file = tmp_path / "scenarios/story.yaml"
    story = 'scenario: story\nstart: 2026-01-05T09:00+07:00\n{stores}steps:\n  - start: {folder}\n    data: {{nik: "7"}}\n'
    expect = "    expect: {waiting: [Task_Check]}\n"

    found = []
    for stores in ('stores: {Residents: [{nik: "7", street: Canal 5}]}\n', ""):
        file.write_text(story.format(stores=stores, folder=tmp_path.name) + expect, "utf-8")
        result = run_scenario(file)
        assert result.passed, [f.text() for f in result.findings]
        found.append(result.case.tasks[0].data["resident"])

    assert found == [{"nik": "7", "street": "Canal 5"}, None]


def test_what_a_store_holds_is_a_list_of_entries(play):
    result = play("", HEAD.replace("steps:", "stores: {Residents: [Canal 5]}\nsteps:"))

    assert (result.steps, _codes(result)) == (0, ["EF-P021"])
