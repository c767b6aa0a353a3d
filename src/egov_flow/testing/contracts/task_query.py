# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.TaskQuery`."""

from __future__ import annotations

from typing import Any

import attrs

from egov_flow.data import Context
from egov_flow.ports import Store
from egov_flow.testing.contracts._examples import NOW, TENANT, followed, full, later, started
from egov_flow.values import Count, Deadline, Incident, Task, TaskFilter, Wait

__all__ = ["TaskQueryContract"]

BOTH = frozenset({"case-1", "case-2"})


def _task(number: int, case: str = "case-1", **fields: Any) -> Task:
    return Task(**{"id": f"{case}/{number}", "case": case, "element": "Task_A", "created": NOW, **fields})


class TaskQueryContract:
    """Give the suite a fixture `store`: an empty store of the adapter."""

    def test_a_task_is_read_as_it_was_written(self, store: Store) -> None:
        """Every field comes back."""
        store.commit(started(**full()))

        assert store.task(TENANT, "case-1/3") == full()["tasks"][0]
        assert store.tasks(TENANT, TaskFilter()) == full()["tasks"]
        assert store.task(TENANT, "case-1/99") is None

    def test_the_fields_of_a_form_are_not_stored_with_the_task(self, store: Store) -> None:
        """`Task.data` is filled on reading, by somebody who may open it."""
        store.commit(started(tasks=(_task(1, data=Context({"nik": "317…"})),)))

        assert store.task(TENANT, "case-1/1") == _task(1)

    def test_a_task_is_written_over_its_older_self(self, store: Store) -> None:
        """Who completed it replaces who had it; its candidates too."""
        first = started(tasks=(_task(1, candidates=("a", "b")),))
        store.commit(first)
        store.commit(followed(first, tasks=(_task(1, candidates=("b", "c"), assignee="officer:3"),)))

        assert store.tasks(TENANT, TaskFilter(roles=frozenset({"a"}))) == ()
        assert [task.assignee for task in store.tasks(TENANT, TaskFilter(roles=frozenset({"c"})))] == ["officer:3"]

    def test_a_task_that_a_change_opens_is_offered_with_it(self, store: Store) -> None:
        """`Change.opened` names those of which nothing is stored; the others are still written over their older selves."""
        first = started(tasks=(_task(1, candidates=("a", "b")),))
        store.commit(first)
        both = (_task(1, candidates=("b",)), _task(2, candidates=("a", "c")))
        store.commit(followed(first, tasks=both, opened=frozenset({"case-1/2"})))

        assert _ids(store, roles=frozenset({"a"})) == ["case-1/2"]
        assert _ids(store, roles=frozenset({"b", "c"})) == ["case-1/1", "case-1/2"]

    def test_an_ended_task_is_listed_only_when_asked_for(self, store: Store) -> None:
        """`status=None` lists all."""
        store.commit(started(tasks=(_task(1, status="completed", ended=NOW, ended_by="officer:3"), _task(2))))

        assert _ids(store) == ["case-1/2"]
        assert _ids(store, status="completed") == ["case-1/1"]
        assert _ids(store, status=None) == ["case-1/1", "case-1/2"]

    def test_tasks_are_listed_oldest_first_in_pages(self, store: Store) -> None:
        """Of equally old ones of a case the tenth comes after the ninth; `after` continues behind a page."""
        store.commit(started("case-2", tasks=tuple(_task(n, "case-2") for n in (10, 9, 1))))
        store.commit(started("case-1", tasks=(_task(1, created=later(seconds=1)), _task(2, created=later(seconds=-1)))))

        assert _ids(store, limit=3) == ["case-1/2", "case-2/1", "case-2/9"]
        assert _ids(store, limit=3, after="case-2/9") == ["case-2/10", "case-1/1"]
        assert _ids(store, after="case-9/9") == []

    def test_a_role_sees_its_tasks_and_those_it_is_a_candidate_for(self, store: Store) -> None:
        """An assignee sees what it has besides."""
        store.commit(
            started(
                tasks=(_task(1, role="clerk"), _task(2, role="head", candidates=("clerk",)), _task(3, role="head", assignee="officer:3"))
            )
        )
        clerk = frozenset({"clerk", "other"})

        assert _ids(store, roles=clerk) == ["case-1/1", "case-1/2"]
        assert _ids(store, roles=clerk, assignee="officer:3") == ["case-1/1", "case-1/2", "case-1/3"]
        assert _ids(store, assignee="officer:3") == ["case-1/3"]
        assert _ids(store, roles=frozenset()) == []

    def test_tasks_are_found_by_what_the_filter_says(self, store: Store) -> None:
        """All conditions of a filter hold together."""
        store.commit(started("case-1", tasks=(_task(1, due=later(days=1)), _task(2, element="Task_B", assignee="officer:3"))))
        store.commit(started("case-2", tasks=(_task(1, "case-2", due=later(days=3)),)))

        assert _ids(store, case="case-2") == ["case-2/1"]
        assert _ids(store, element="Task_B") == ["case-1/2"]
        assert _ids(store, unassigned=True, case="case-1") == ["case-1/1"]
        assert _ids(store, case=BOTH) == _ids(store)
        assert _ids(store, unassigned=True, case=frozenset({"case-1"})) == ["case-1/1"]
        assert _ids(store, case=frozenset()) == []
        assert _ids(store, overdue_at=later(days=2)) == ["case-1/1"]
        assert _ids(store, overdue_at=later(days=1)) == []

    def test_deadlines_come_in_the_order_of_their_opening(self, store: Store) -> None:
        """Every field comes back; a newer one replaces the older of its name."""
        late = Deadline(case="case-1", name="appeal", opened=later(days=1), due=later(days=9), amount=3, unit="days")
        first = started(deadlines=(late, *full()["deadlines"]))
        store.commit(first)

        assert store.deadlines(TENANT, "case-1") == (*full()["deadlines"], late)
        met = attrs.evolve(late, status="met", ended=later(days=2))
        store.commit(followed(first, deadlines=(met,)))
        assert store.deadlines(TENANT, "case-1")[1] == met
        store.commit(started("case-2", deadlines=(attrs.evolve(late, case="case-2", opened=later(hours=1)),)))
        assert [deadline.case for deadline in store.deadlines(TENANT, BOTH)] == ["case-1", "case-2", "case-1"]

    def test_only_open_incidents_are_told(self, store: Store) -> None:
        """Of one case or of all, in the order of their tokens."""
        incidents = tuple(
            Incident(id=f"case-1/{n}", case="case-1", element="G", kind="condition", cause="EF-K001", since=NOW) for n in (10, 9)
        )
        first = started(incidents=(*incidents, attrs.evolve(incidents[0], id="case-1/8", closed=later(hours=1))))
        store.commit(first)
        store.commit(started("case-2", incidents=(attrs.evolve(incidents[0], id="case-2/1", case="case-2"),)))

        assert [incident.id for incident in store.incidents(TENANT, "case-1")] == ["case-1/9", "case-1/10"]
        store.commit(started("case-3", incidents=(attrs.evolve(incidents[0], id="case-3/1", case="case-3"),)))
        assert [incident.id for incident in store.incidents(TENANT, BOTH)] == ["case-1/9", "case-1/10", "case-2/1"]
        assert [incident.id for incident in store.incidents(TENANT, None)] == ["case-1/9", "case-1/10", "case-2/1", "case-3/1"]
        assert store.incidents(TENANT, frozenset()) == ()
        store.commit(followed(first, incidents=(attrs.evolve(incidents[1], closed=NOW),)))
        assert [incident.id for incident in store.incidents(TENANT, "case-1")] == ["case-1/10"]

    def test_a_message_finds_who_waits_for_it(self, store: Store) -> None:
        """By name, by correlation key, by case."""
        paid = Wait(1, "Catch", "Paid", "key-1")
        first = started("case-1", waits=(paid, Wait(2, "Catch", "Other", "key-1")))
        store.commit(first)
        store.commit(started("case-2", waits=(Wait(1, "Catch", "Paid", "key-2"), Wait(3, "Catch", "Paid"))))

        assert store.waits(TENANT, "Paid", None, None) == (
            ("case-1", paid), ("case-2", Wait(1, "Catch", "Paid", "key-2")), ("case-2", Wait(3, "Catch", "Paid")),
        )  # fmt: skip
        assert store.waits(TENANT, "Paid", "key-1", None) == (("case-1", paid),)
        assert store.waits(TENANT, "Paid", "", "case-2") == (("case-2", Wait(3, "Catch", "Paid")),)
        assert store.waits(TENANT, "Paid", "key-1", "case-2") == ()

    def test_a_closed_wait_is_gone(self, store: Store) -> None:
        """One that closes and opens again in one step is open; one that changes its key has only the new one."""
        first = started(waits=(Wait(1, "C", "Paid", "a"), Wait(2, "C", "Paid", "b"), Wait(3, "C", "Paid", "c")))
        store.commit(first)
        store.commit(
            followed(
                first,
                waits=(
                    Wait(1, "C", "Paid", "a", open=False),
                    Wait(2, "C", "Paid", "b", open=False),
                    Wait(2, "C", "Paid", "d"),
                    Wait(3, "C", "Sent", "c"),
                ),
            )
        )

        assert [wait.key for _, wait in store.waits(TENANT, "Paid", None, None)] == ["d"]
        assert [wait.key for _, wait in store.waits(TENANT, "Sent", None, None)] == ["c"]

    def test_tasks_are_counted_by_element_and_status(self, store: Store) -> None:
        """Of each procedure; an office is found as a candidate."""
        tasks = tuple(_task(n, element=f"Task_{n % 2}", status="open" if n < 4 else "completed") for n in range(1, 6))
        store.commit(started(tasks=tasks))
        store.commit(started("case-2", case_procedure="permit", tasks=(_task(1, "case-2", element="Task_1", candidates=("office:7",)),)))

        assert store.counts(TENANT) == (
            Count("foi_request", "Task_0", "completed", 1), Count("foi_request", "Task_0", "open", 1), Count("foi_request", "Task_1", "completed", 1),
            Count("foi_request", "Task_1", "open", 2), Count("permit", "Task_1", "open", 1),
        )  # fmt: skip
        assert store.counts("other") == ()
        assert [task.id for task in store.tasks(TENANT, TaskFilter(roles=frozenset({"office:7"})))] == ["case-2/1"]


def _ids(store: Store, **wanted: Any) -> list[str]:
    return [task.id for task in store.tasks(TENANT, TaskFilter(**wanted))]
