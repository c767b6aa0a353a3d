# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.JobQueue`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
import pytest

from egov_flow.errors import ConflictError
from egov_flow.ports import Store
from egov_flow.testing.contracts._examples import NOW, TENANT, followed, full, later, started
from egov_flow.values import Change, Deadline, Due, Fence, Job, Timer

__all__ = ["JobQueueContract"]


def _job(number: int, case: str = "case-1", *, due: datetime = NOW, **fields: Any) -> Job:
    return Job(**{"id": f"{case}/{number}", "case": case, "element": "Task_A", "name": "look_up", "due": due, **fields})


class JobQueueContract:
    """Give the suite a fixture `store`: an empty store of the adapter."""

    def test_a_job_is_read_as_it_was_written(self, store: Store) -> None:
        """Every field comes back, oldest first."""
        store.commit(started(jobs=(_job(10), *full()["jobs"], _job(9, leased_until=later(hours=1), fence=3, status="failed"))))

        assert [job.id for job in store.jobs(TENANT, "case-1")] == ["case-1/4", "case-1/9", "case-1/10"]
        assert store.jobs(TENANT, "case-1")[0] == full()["jobs"][0]
        assert store.jobs(TENANT, "case-2") == ()

    def test_a_lease_takes_what_is_due_and_free(self, store: Store) -> None:
        """The earliest first, each with a higher fence; nobody else gets it."""
        jobs = (_job(1, due=later(seconds=-1)), _job(2, due=later(seconds=1)), _job(3, due=later(seconds=-2)), _job(4, status="done"))
        store.commit(started(jobs=jobs))
        store.commit(started("case-2", jobs=(_job(1, "case-2", due=later(seconds=-3)),)))
        leased = store.lease(TENANT, NOW, later(minutes=5), None, 10)

        assert [(job.id, job.fence, job.leased_until) for job in leased] == [
            ("case-2/1", 1, later(minutes=5)),
            ("case-1/3", 1, later(minutes=5)),
        ]
        assert [job.attempts for job in leased] == [0, 0]
        assert store.lease(TENANT, NOW, later(minutes=5), None, 10) == ()
        assert store.jobs(TENANT, "case-1")[2] == leased[1]

    def test_the_jobs_of_a_case_run_one_after_another(self, store: Store) -> None:
        """In the order of their time, then of their making; what waits for its next try lets others pass."""
        jobs = (_job(10), _job(9), _job(2, due=later(hours=1)), _job(1, due=later(seconds=-1)))
        first = started(jobs=jobs)
        store.commit(first)
        order = []
        while leased := store.lease(TENANT, NOW, later(minutes=5), None, 10):
            order += [job.id for job in leased]
            first = followed(first, jobs=(attrs.evolve(leased[0], status="done"),), fence=Fence(leased[0].id, leased[0].fence))
            store.commit(first)

        assert order == ["case-1/1", "case-1/9", "case-1/10"]

    def test_a_higher_priority_goes_first(self, store: Store) -> None:
        """Within a case and among cases, whatever is older."""
        store.commit(started(jobs=(_job(1, due=later(seconds=-9)), _job(2, priority=5))))
        store.commit(started("case-2", jobs=(_job(1, "case-2", due=later(seconds=-9), priority=-1),)))
        store.commit(started("case-3", jobs=(_job(1, "case-3", priority=9),)))

        assert [job.id for job in store.lease(TENANT, NOW, later(minutes=5), None, 10)] == ["case-3/1", "case-1/2", "case-2/1"]

    def test_a_try_that_failed_is_written_without_a_step(self, store: Store) -> None:
        """By whoever has the newest lease: with the next time, the count and the cause."""
        store.commit(started(jobs=(_job(1),)))
        (job,) = store.lease(TENANT, NOW, later(minutes=5), None, 1)
        again = attrs.evolve(job, attempts=1, due=later(minutes=1), leased_until=None, cause="EF-A014: no answer")
        store.commit(Change(tenant=TENANT, jobs=(again,), fence=Fence(job.id, job.fence)))

        assert store.jobs(TENANT, "case-1") == (again,)
        assert store.lease(TENANT, NOW, later(minutes=5), None, 1) == ()
        assert [job.fence for job in store.lease(TENANT, later(minutes=1), later(minutes=5), None, 1)] == [2]
        with pytest.raises(ConflictError, match="EF-S006"):
            store.commit(Change(tenant=TENANT, jobs=(again,), fence=Fence(job.id, job.fence)))

    def test_a_lease_that_ran_out_is_given_to_another(self, store: Store) -> None:
        """With a fence that is higher again."""
        store.commit(started(jobs=(_job(1),)))
        store.lease(TENANT, NOW, later(minutes=5), None, 10)

        assert store.lease(TENANT, later(minutes=4), later(minutes=9), None, 10) == ()
        assert [job.fence for job in store.lease(TENANT, later(minutes=5), later(minutes=9), None, 10)] == [2]

    def test_a_lease_is_renewed_by_who_has_it(self, store: Store) -> None:
        """With the same fence, as often as it takes; whoever had it before cannot."""
        store.commit(started(jobs=(_job(1),)))
        (old,) = store.lease(TENANT, NOW, later(minutes=5), None, 1)
        longer = attrs.evolve(old, leased_until=later(minutes=9))
        store.commit(Change(tenant=TENANT, jobs=(longer,), fence=Fence(old.id, old.fence)))

        assert store.lease(TENANT, later(minutes=8), later(minutes=13), None, 1) == ()
        (new,) = store.lease(TENANT, later(minutes=9), later(minutes=14), None, 1)
        with pytest.raises(ConflictError, match="EF-S006"):
            store.commit(Change(tenant=TENANT, jobs=(longer,), fence=Fence(old.id, old.fence)))
        assert store.jobs(TENANT, "case-1") == (new,)

    def test_a_lease_takes_no_more_than_asked(self, store: Store) -> None:
        """Of one case only, if a case is named."""
        store.commit(started("case-1", jobs=(_job(1), _job(2))))
        store.commit(started("case-2", jobs=(_job(1, "case-2", due=later(seconds=-1)),)))

        assert [job.id for job in store.lease(TENANT, NOW, later(minutes=1), "case-1", 1)] == ["case-1/1"]
        assert [job.id for job in store.lease(TENANT, NOW, later(minutes=1), None, 1)] == ["case-2/1"]
        assert [job.id for job in store.lease("other", NOW, later(minutes=1), None, 9)] == []

    def test_a_step_that_began_before_a_lease_does_not_give_it_back(self, store: Store) -> None:
        """A fence never falls."""
        first = started(jobs=(_job(1),))
        store.commit(first)
        store.lease(TENANT, NOW, later(minutes=5), None, 10)
        store.commit(followed(first, jobs=(_job(1, attempts=1),)))

        assert [(job.fence, job.attempts) for job in store.jobs(TENANT, "case-1")] == [(1, 1)]

    def test_what_waits_is_told_in_the_order_in_which_it_is_leased(self, store: Store) -> None:
        """Of all cases of the tenant: what is not due yet and what somebody works on too, but nothing that has ended."""
        jobs = (
            _job(1, due=later(hours=1)),
            _job(2),
            _job(3, due=later(hours=2), priority=5),
            _job(4, status="done"),
            _job(5, status="failed"),
        )
        store.commit(started(jobs=jobs))
        store.commit(started("case-2", jobs=(_job(1, "case-2", due=later(seconds=-3)),)))
        store.lease(TENANT, NOW, later(minutes=5), "case-1", 1)

        waiting = store.waiting(TENANT, 10)
        assert [job.id for job in waiting] == ["case-1/3", "case-2/1", "case-1/2", "case-1/1"]
        assert waiting[2] == store.jobs(TENANT, "case-1")[1]
        assert waiting[2].leased_until == later(minutes=5)
        assert store.waiting(TENANT, 2) == waiting[:2]
        assert store.waiting("other", 10) == ()

    def test_what_is_due_comes_earliest_first(self, store: Store) -> None:
        """Timers and running deadlines, at their very moment, up to the limit."""
        running = Deadline(case="case-1", name="answer", opened=NOW, due=later(hours=2), amount=1, unit="hours")
        others = tuple(attrs.evolve(running, name=status, status=status) for status in ("stopped", "met", "expired", "withdrawn"))
        timers = (Timer(1, "T", later(hours=3)), Timer(2, "T", later(hours=1)), Timer(3, "T", later(hours=9)))
        store.commit(started(deadlines=(running, *others), timers=timers))

        expected = (
            Due("timer", "case-1", "2", later(hours=1)), Due("deadline", "case-1", "answer", later(hours=2)),
            Due("timer", "case-1", "1", later(hours=3)),
        )  # fmt: skip
        assert store.due(TENANT, later(hours=3), 10) == expected
        assert store.due(TENANT, later(hours=3), 2) == expected[:2]
        assert store.due(TENANT, NOW, 10) == ()
        assert store.due("other", later(hours=3), 10) == ()

    def test_what_is_due_of_one_case(self, store: Store) -> None:
        """Only that case's, if a case is named."""
        for case in ("case-1", "case-2"):
            store.commit(started(case, timers=(Timer(1, "T", NOW),)))

        assert store.due(TENANT, NOW, 10, "case-2") == (Due("timer", "case-2", "1", NOW),)
        assert store.due(TENANT, NOW, 10, "case-3") == ()

    def test_a_suspended_case_rests(self, store: Store) -> None:
        """Its timers and deadlines are due again when it is resumed."""
        running = Deadline(case="case-1", name="answer", opened=NOW, due=NOW, amount=1, unit="hours")
        first = started(timers=(Timer(1, "T", NOW),), deadlines=(running,), jobs=(_job(7),))
        asleep = followed(first, case_status="suspended")
        store.commit(first)
        store.commit(asleep)

        assert (store.due(TENANT, NOW, 10), store.due(TENANT, NOW, 10, "case-1"), store.lease(TENANT, NOW, later(hours=1), None, 9)) == (
            (),
            (),
            (),
        )
        store.commit(followed(asleep, case_status="running"))
        assert [due.kind for due in store.due(TENANT, NOW, 10)] == ["deadline", "timer"]
        assert len(store.lease(TENANT, NOW, later(hours=1), None, 9)) == 1

    def test_a_disarmed_timer_never_rings(self, store: Store) -> None:
        """One armed again rings at the newer time."""
        first = started(timers=(Timer(1, "T", NOW), Timer(2, "T", NOW)))
        store.commit(first)
        store.commit(followed(first, timers=(Timer(1, "T", None), Timer(2, "T", later(hours=1)))))

        assert store.due(TENANT, NOW, 10) == ()
        assert store.due(TENANT, later(hours=1), 10) == (Due("timer", "case-1", "2", later(hours=1)),)
