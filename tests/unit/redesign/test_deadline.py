# SPDX-License-Identifier: Apache-2.0
"""`deadline` shortens what an office has, never lengthens it, never touches the applicant's time, and always cites a provision."""

from __future__ import annotations

import pytest

BASIS = ", legal_basis: ACT-5"


def _settings(result):
    return dict(result.procedure.files)["procedure.yaml"].decode()


def test_an_office_may_be_given_less_time(office, permit):
    result = office.apply(permit, f"deadline: {{name: decision, amount: 7}}{BASIS}")
    rule = next(d for d in result.procedure.deadlines if d.name == "decision")

    assert (rule.amount, rule.unit, rule.on_expiry) == (7, "working days", "escalate")
    assert "    amount: 7   # by law\n" in _settings(result)


def test_only_the_number_changes_in_the_file(office, permit):
    before = dict(permit.files)["procedure.yaml"].decode()
    after = _settings(office.apply(permit, f"deadline: {{name: decision, amount: 7}}{BASIS}"))

    assert after == before.replace("amount: 10 ", "amount: 7 ").replace('version: "1"', 'version: "2"')


def test_what_follows_from_the_expiry_may_be_said(office, permit):
    result = office.apply(permit, f"deadline: {{name: decision, on_expiry: remind}}{BASIS}")

    assert next(d.on_expiry for d in result.procedure.deadlines if d.name == "decision") == "remind"


def test_a_new_deadline_is_added_behind_the_others(office, permit):
    change = f"deadline: {{name: first_look, amount: 2, unit: working days, starts: Task_Register, ends: [Task_Check]}}{BASIS}"
    result = office.apply(permit, change)
    rule = next(d for d in result.procedure.deadlines if d.name == "first_look")

    assert (rule.amount, rule.unit, rule.ends[0].element, rule.legal_basis) == (2, "working days", "Task_Check", ("ACT-5",))
    assert result.procedure.findings == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("{name: decision, amount: 7}", "EF-R040"),
        (f"{{name: decision, amount: 11}}{BASIS}", "EF-R041"),
        (f"{{name: decision, amount: 7, unit: months}}{BASIS}", "EF-R042"),
        (f"{{name: answer, amount: 20}}{BASIS}", "EF-R043"),
        (f"{{name: decision, amount: 7, ends: Task_Check}}{BASIS}", "EF-R044"),
        (f"{{name: decision}}{BASIS}", "EF-R045"),
        (f"{{name: other, amount: 7}}{BASIS}", "EF-R047"),
        (f"{{name: other, amount: 7, unit: weeks, ends: Task_None}}{BASIS}", "EF-R048"),
        ("{name: decision, amount: 7}, legal_basis: ACT-9", "EF-R015"),
    ],
    ids=[
        "no basis",
        "longer",
        "other unit",
        "the applicant's",
        "other end",
        "nothing",
        "half a deadline",
        "unknown element",
        "unknown basis",
    ],
)
def test_what_the_law_forbids_is_refused(permit, refused, change, code):
    assert refused(permit, f"deadline: {change}") == [code]


def test_hours_days_and_weeks_are_compared(office, refused):
    text = dict(office.procedure("Task_Register", "Task_Decide", "Task_Await").files)["procedure.yaml"].decode()
    weeks = office.procedure(
        "Task_Register",
        "Task_Decide",
        "Task_Await",
        settings=_only(text.replace("unit: working days\n    starts", "unit: weeks\n    starts")),
    )

    assert refused(weeks, f"deadline: {{name: decision, amount: 71, unit: calendar days}}{BASIS}") == ["EF-R041"]
    assert office.apply(weeks, f"deadline: {{name: decision, amount: 70, unit: calendar days}}{BASIS}").procedure.findings == ()


def _only(text):
    """Without the links, whose elements are not drawn here."""
    start, end = text.index("links:"), text.index("deadlines:")
    return text[:start] + text[end:]
