# SPDX-License-Identifier: Apache-2.0
"""The pytest plugin, as somebody else's tests use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PERMIT = Path(__file__).resolve().parents[1] / "fixtures/agency/permit.bpmn"
TESTS = f"""\
import pytest
import egov_flow as ef

@pytest.fixture
def egov_flow_handlers():
    return {{"register.lookup": lambda call: {{"resident": True}}}}

def test_a_permit_waits_for_its_decision(agency, clock):
    agency.deploy({str(PERMIT)!r})
    case = agency.start("permit", {{}}, by=ef.Actor("citizen:17"))
    assert case.waiting == ("Task_Decide",)
    assert case.created == clock.now()
    assert clock.now().isoformat() == "2026-01-05T09:00:00+07:00"
    assert case.id == "case-000001"

def test_the_next_test_begins_anew(agency):
    assert agency.cases(by=ef.SYSTEM) == []
"""


def _pytest(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_its_fixtures_give_an_agency_and_a_clock(tmp_path):
    (tmp_path / "test_permit.py").write_text(TESTS, "utf-8")
    run = _pytest(tmp_path)

    assert "2 passed" in run.stdout, run.stdout + run.stderr


def test_who_uses_no_fixture_loads_no_engine(tmp_path):
    test = "import sys\n\ndef test_nothing():\n    assert not {'egov_flow.agency', 'egov_flow.values', 'lxml', 'sqlalchemy'} & set(sys.modules)\n"
    (tmp_path / "test_nothing.py").write_text(test, "utf-8")
    run = _pytest(tmp_path)

    assert "1 passed" in run.stdout, run.stdout + run.stderr
