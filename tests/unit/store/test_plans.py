# SPDX-License-Identifier: Apache-2.0
"""Every question of daily work is answered along an index, however many rows a ministry has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy

from egov_flow.values import CaseFilter, TaskFilter
from egov_flow_adapters.sqlalchemy_store import open_store

NOW = datetime(2026, 1, 5, tzinfo=UTC)
SEVERAL = frozenset({"c", "d"})
QUESTIONS = {
    "a case": (lambda store: store.load("t", "c"), "(tenant=? AND id=?)"),
    "a case by its number": (lambda store: store.cases("t", CaseFilter(number="n")), "(tenant=? AND number=?)"),
    "several cases": (lambda store: store.cases("t", CaseFilter(ids=frozenset("ab"))), "(tenant=? AND id=?)"),
    "cases of a procedure": (lambda store: store.cases("t", CaseFilter(procedure="p")), "egov_cases_by_procedure"),
    "cases of an applicant": (lambda store: store.cases("t", CaseFilter(applicant="a")), "egov_cases_by_applicant"),
    "cases in a status": (lambda store: store.cases("t", CaseFilter(status="failed")), "egov_cases_by_status"),
    "a task": (lambda store: store.task("t", "c/1"), "(tenant=? AND case_id=? AND id=?)"),
    "all open tasks": (lambda store: store.tasks("t", TaskFilter()), "egov_tasks_by_age"),
    "tasks of a role": (lambda store: store.tasks("t", TaskFilter(roles=frozenset("a"))), "egov_tasks_by_role (tenant=? AND role=?)"),
    "tasks of a candidate": (
        lambda store: store.tasks("t", TaskFilter(roles=frozenset("a"))),
        "egov_candidates USING PRIMARY KEY (tenant=? AND name=?)",
    ),
    "tasks of an officer": (lambda store: store.tasks("t", TaskFilter(assignee="x")), "egov_tasks_by_assignee (tenant=? AND assignee=?)"),
    "tasks of a case": (lambda store: store.tasks("t", TaskFilter(case="c")), "(tenant=? AND case_id=?)"),
    "tasks of several cases": (lambda store: store.tasks("t", TaskFilter(case=SEVERAL, limit=1000)), "(tenant=? AND case_id=?)"),
    "deadlines of several cases": (lambda store: store.deadlines("t", SEVERAL), "(tenant=? AND case_id=?)"),
    "incidents of several cases": (lambda store: store.incidents("t", SEVERAL), "(tenant=? AND case_id=?)"),
    "keys of several cases": (lambda store: store.keys("t", SEVERAL), "(tenant=? AND case_id=?)"),
    "overdue tasks": (lambda store: store.tasks("t", TaskFilter(overdue_at=NOW)), "egov_tasks_by_due"),
    "who waits for a message": (lambda store: store.waits("t", "n", "k", None), "(tenant=? AND name=? AND key=?)"),
    "jobs to do": (lambda store: store.lease("t", NOW, NOW, None, 5), "egov_jobs_by_due"),
    "jobs of a case": (lambda store: store.lease("t", NOW, NOW, "c", 5), "(tenant=? AND case_id=?)"),
    "timers due": (lambda store: store.due("t", NOW, 5), "egov_timers_by_due (tenant=? AND due<?)"),
    "deadlines due": (lambda store: store.due("t", NOW, 5), "egov_deadlines_by_due (tenant=? AND due<?)"),
    "what is due of a case": (lambda store: store.due("t", NOW, 5, "c"), "egov_timers USING PRIMARY KEY (tenant=? AND case_id=?)"),
    "open incidents": (lambda store: store.incidents("t", None), "egov_incidents_by_case"),
    "a key used before": (lambda store: store.remembered("t", "start", "k"), "(tenant=? AND kind=? AND key=?)"),
    "a trail": (lambda store: list(store.events("t", "c")), "(tenant=? AND case_id=?)"),
}


@pytest.fixture(scope="module", name="store")
def _store():
    """An empty store, which questions leave as it is."""
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_along_an_index(store, question):
    ask, expected = QUESTIONS[question]
    questions, plan = _statements(store, ask), []
    with store._database._engine.connect() as connection:
        for statement, parameters in questions:
            plan += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]

    assert any(expected in step for step in plan), plan
    assert [step for step in plan if step.startswith("SCAN egov_")] == []


def _statements(store, ask):
    """Return the statements, each with its parameters, by which a store answers."""
    asked = []

    def note(*call):
        asked.append(call[2:4])

    sqlalchemy.event.listen(store._database._engine, "before_cursor_execute", note)
    ask(store)
    sqlalchemy.event.remove(store._database._engine, "before_cursor_execute", note)
    return asked
