# SPDX-License-Identifier: Apache-2.0
"""Every shipped scenario passes, on memory and on SQLite, and on each redesign that the procedure ships."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from egov_flow.diagrams import diagram
from egov_flow.procedure import Procedure
from egov_flow.redesign import Redesign
from egov_flow.testing import run_scenario

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
SCENARIOS = sorted(PROCESSES.rglob("scenarios/*.yaml"))


def _name(path):
    return path.relative_to(PROCESSES).as_posix()


@cache
def _redesigned(file):
    return Redesign.read(file).apply(Procedure.read(file.parent.parent))


def _told(result):
    return [str(finding) for finding in result.findings]


@pytest.fixture(params=["memory", "sqlite"])
def url(request, tmp_path):
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path / 'cases.db'}"


@pytest.mark.parametrize("file", SCENARIOS, ids=_name)
def test_a_scenario_goes_as_told(file, url):
    result = run_scenario(file, url=url)

    assert _told(result) == []
    assert result.case is not None
    assert result.steps > 2
    assert result.skipped == ()


@pytest.mark.parametrize("file", SCENARIOS, ids=_name)
def test_on_a_redesign_only_what_the_redesign_changed_is_seen_to_differ(file):
    folder = file.parent.parent
    for redesign in sorted((folder / "redesigns").glob("*.yaml")):
        made = _redesigned(redesign)
        result = run_scenario(file, procedure=made.procedure)

        # a redesign may open work earlier or close a deadline sooner; the way and the end of the case stay
        assert {finding.code for finding in result.findings} <= {"EF-Q011", "EF-Q013"}, _told(result)
        assert set(result.skipped) <= {entry.element for entry in made.diff.of("removed")}
        assert result.case.status == run_scenario(file).case.status


def test_there_are_scenarios():
    assert SCENARIOS


def test_the_redesign_of_the_information_request_is_sound_and_keeps_every_obligation():
    result = _redesigned(PROCESSES / "indonesia/foi_request/redesigns/parallel_checks.yaml")

    assert result.proof.sound is True
    assert [v.obligation for v in result.proof.obligations if v.holds is not True] == []
    assert result.procedure.node("Task_AgendaBook") is None
    assert "removed" in diagram(result).svg
