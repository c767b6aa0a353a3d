# SPDX-License-Identifier: Apache-2.0
"""A step sends the database what it changes, and nothing for what cannot be there."""

from __future__ import annotations

import pytest
import sqlalchemy

from egov_flow.agency import Agency
from egov_flow.values import Actor

OFFICER = Actor("officer:1", roles={"clerk"})
TWO_TASKS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:c="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
<process id="two" isExecutable="true">
<startEvent id="s"/><userTask id="a" c:candidateGroups="clerk,head"/><userTask id="b" c:candidateGroups="clerk,head"/>
<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="b"/><endEvent id="e"/>
<sequenceFlow id="h" sourceRef="b" targetRef="e"/>
</process></definitions>"""


@pytest.fixture
def agency(tmp_path, monkeypatch):
    (tmp_path / "two.bpmn").write_text(TWO_TASKS)
    (tmp_path / "key").write_bytes(bytes(range(32)))
    monkeypatch.setenv("EGOV_FLOW_MASTER_KEY_FILE", str(tmp_path / "key"))
    with Agency.open("sqlite://", run_jobs="inline") as opened:
        opened.deploy(str(tmp_path / "two.bpmn"), accept="a test")
        yield opened


def test_whom_a_task_is_offered_is_replaced_only_where_it_was_offered_before(agency):
    case = agency.start("two", by=OFFICER)

    assert _about_candidates(agency, lambda: agency.claim(case.tasks[0].id, by=OFFICER)) == ["DELETE", "INSERT"]
    assert _about_candidates(agency, lambda: agency.complete(case.tasks[0].id, by=OFFICER)) == ["INSERT"]


def _about_candidates(agency, act):
    """Return which statements an act sends to the table of candidates."""
    sent = []

    def note(_connection, _cursor, statement, *_):
        if "egov_candidates" in statement:
            sent.append(statement.split()[0])

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", note)
    return sent
