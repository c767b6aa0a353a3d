# SPDX-License-Identifier: Apache-2.0
"""The DMN TCK: the committed numbers hold, and neither a fall nor a rise goes unnoticed."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.tck.cases import matches
from tests.tck.report import Report
from tests.tck.running import run_suite, suites

from egov_flow.data import freeze

PASSED = Path(__file__).with_name("passed.json")
VALUE_BAR, OTHER_BAR = 97.0, 95.0


@cache
def run(folder: Path) -> Report:
    """One run of all suites."""
    return Report([outcome for suite in suites(folder) for outcome in run_suite(suite)])


@pytest.fixture
def report(data_folder: Path) -> Report:
    return run(data_folder)


@pytest.mark.data("dmn-tck")
def test_as_many_cases_pass_as_before_and_the_number_is_raised_when_more_do(report: Report) -> None:
    committed = json.loads(PASSED.read_text("utf-8"))
    found = {"passed": report.passed, "of": len(report.outcomes), **{k: str(report.score(k)) for k in ("value", "null", "error")}}
    assert found["passed"] >= committed["passed"], f"{committed['passed'] - found['passed']} cases fail that passed: make tck ARGS=--failed"
    assert found == committed, f"better than before: write {json.dumps(found)} into {PASSED.name}"


@pytest.mark.data("dmn-tck")
def test_what_feel_alone_decides_is_above_the_bar(report: Report) -> None:
    assert report.score("value").percent >= VALUE_BAR
    assert report.score("null", "error").percent >= OTHER_BAR
    assert report.score("value").of > 1_700  # the bar is not reached by deciding less


@pytest.mark.parametrize(
    ("value", "expected", "same"),
    [
        (Decimal("0.1"), Decimal("0.10"), True),
        (Decimal("0.3333333"), Decimal("0.3333334"), False),
        (Decimal("1.386294361119890618834464242916353"), Decimal("1.38629436"), True),
        (Decimal("1.386295"), Decimal("1.38629436"), False),
        (Decimal(1), True, False),
        (True, Decimal(1), False),
        ("1", Decimal(1), False),
        ((Decimal(1), None), (Decimal(1), None), True),
        ((Decimal(1),), (Decimal(1), None), False),
        (freeze({"a": 1}), freeze({"a": 1, "b": None}), False),
        (None, None, True),
    ],
)
def test_a_result_is_right_only_if_it_is_exactly_the_expected_value(value: object, expected: object, same: bool) -> None:
    assert matches(value, expected) is same
