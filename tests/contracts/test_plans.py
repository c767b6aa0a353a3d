# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL plans a list of tasks a few times and then keeps the plan: to plan takes longer than to read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from egov_flow.testing.contracts._examples import TENANT, full, started
from egov_flow.values import TaskFilter
from egov_flow_adapters.sqlalchemy_store import open_store

CALLS = 20
MOST_PLANNED = 10
"""The driver prepares a statement at its sixth call, and PostgreSQL plans the first five of a prepared one anew."""
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
