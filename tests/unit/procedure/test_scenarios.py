# SPDX-License-Identifier: Apache-2.0
"""A scenario file tells one case step by step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from egov_flow.procedure import read_scenario

HEAD = "scenario: granted\nstart: 2026-01-05T09:00+00:00\nactors: {siti: {id: 'citizen:17', roles: [applicant]}}\nsteps:\n"


def _codes(steps):
    return [(f.code, f.place.line) for f in read_scenario((HEAD + steps).encode(), "granted.yaml")[1]]


def test_a_scenario_is_read():
    text = "  - {start: permit, by: siti, data: {pages: 3, urgent: true, parts: [a, null]}}\n"
    text += "  - {advance: P2D, expect: {waiting: [Task_Decide], data: {pages: 3}}}\n"
    scenario, findings = read_scenario((HEAD + text).encode(), "granted.yaml")

    assert findings == ()
    assert scenario.start == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert (scenario.steps[0].command, scenario.steps[0].target, scenario.steps[0].by) == ("start", "permit", "siti")
    assert scenario.steps[0].data == {"pages": Decimal(3), "urgent": True, "parts": ("a", None)}
    assert (scenario.steps[1].duration, scenario.steps[1].expect.waiting) == (timedelta(days=2), ("Task_Decide",))
    assert scenario.steps[1].expect.data == {"pages": Decimal(3)}


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("  - {by: siti}\n", "EF-P062"),
        ("  - {start: permit, complete: Task_Decide}\n", "EF-P062"),
        ("  - {start: permit, by: nobody}\n", "EF-P063"),
        ("  - {advance: P1M}\n", "EF-P060"),
        ("  - {advance: soon}\n", "EF-P060"),
        ("  - {at: 2026-01-05T09:00}\n", "EF-P061"),
        ("  - {finish: Task_Decide}\n", "EF-P023"),
        ("  - {complete: Task_Decide, data: [1]}\n", "EF-P021"),
    ],
)
def test_a_slip_is_told_with_its_line(step, code):
    assert (code, 5) in _codes(step)
