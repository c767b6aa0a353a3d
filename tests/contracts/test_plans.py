# SPDX-License-Identifier: Apache-2.0
"""What PostgreSQL plans, and how often: to plan takes longer than to read, and a plan for few rows must do for many."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

from egov_flow.testing.contracts._examples import TENANT, full, started
from egov_flow.values import TaskFilter
from egov_flow_adapters.sqlalchemy_store import _jobs, open_store

CALLS = 20
MOST_PLANNED = 10
"""The driver prepares a statement at its sixth call, and PostgreSQL plans the first five of a prepared one anew."""
WAITING = 400
OFFICER = frozenset({"ppid"})
LISTS = {
    "an officer's": TaskFilter(roles=OFFICER, assignee="officer:3", limit=20),
    "an office's": TaskFilter(roles=frozenset({"ppid", "legal"}), unassigned=True, limit=20),
    "the next page": TaskFilter(roles=OFFICER, assignee="officer:3", after="case-1/3", limit=20),
    "overdue": TaskFilter(overdue_at=datetime(2027, 1, 1, tzinfo=UTC), limit=20),
    "of an element": TaskFilter(element="Task_Decide", limit=20),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_planned_a_few_times_only(new_postgresql_url: str, name: str) -> None:
    store = open_store(new_postgresql_url)
    store.commit(started(**full()))
    for _ in range(CALLS):
        store.tasks(TENANT, LISTS[name])

    asked = "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%%FROM egov_tasks%%ORDER BY%%'"
    with store._database.reading(TENANT) as connection:
        plans = connection.exec_driver_sql(asked).scalars().all()
    store.close()
    assert plans == [CALLS - MOST_PLANNED]


def test_the_jobs_that_wait_are_read_along_their_index(new_postgresql_url: str) -> None:
    store = open_store(new_postgresql_url)
    (job,) = full()["jobs"]
    store.commit(*(started(f"case-{n}", jobs=(attrs.evolve(job, id=f"case-{n}/1", case=f"case-{n}"),)) for n in range(WAITING)))

    with store._database.reading(TENANT) as connection:
        asked = f"EXPLAIN {_jobs._queueing(connection.dialect).sql}"
        plan = connection.exec_driver_sql(asked, {"tenant": TENANT, "limit": 20}).scalars().all()
    store.close()
    assert any("egov_jobs_by_due" in step for step in plan), "\n".join(plan)


def test_which_job_is_next_is_looked_up_case_by_case_however_many_wait_and_before_anybody_has_counted_them(new_postgresql_url: str) -> None:
    store = open_store(new_postgresql_url)
    (job,) = full()["jobs"]
    store.commit(*(started(f"case-{n}", jobs=(attrs.evolve(job, id=f"case-{n}/1", case=f"case-{n}"),)) for n in range(WAITING)))

    with store._database.reading(TENANT) as connection:
        values = {"tenant": TENANT, "now": 2**62, "limit": 20}
        plan = connection.exec_driver_sql(f"EXPLAIN {_jobs._finding(connection.dialect, False).sql}", values).scalars().all()
    store.close()
    assert any("Index Scan using egov_jobs_pkey on egov_jobs other" in step for step in plan), "\n".join(plan)
