# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.CaseStore`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import attrs
import pytest

from egov_flow.errors import ConflictError, EgovFlowError, StoreError
from egov_flow.ports import Store
from egov_flow.testing.contracts._examples import NOW, TENANT, command, deployed, everything, followed, full, later, started
from egov_flow.values import CaseFilter, Change, Fence, Job, Part, Remembered, SearchMark, Task, TaskFilter, Timer

__all__ = ["CaseStoreContract"]

FIRST = started(**full())
NAIVE = datetime(2026, 1, 5)  # noqa: DTZ001 - it is the fault
REFUSED: dict[str, tuple[str, Callable[[], Change]]] = {
    "the case exists": ("EF-S002", started),
    "the number exists": ("EF-S002", lambda: started("case-2", case_number="N-case-1")),
    "another version is expected": ("EF-S001", lambda: attrs.evolve(followed(followed(FIRST)), tasks=full()["tasks"])),
    "there is no such case to change": ("EF-S001", lambda: followed(started("case-2"))),
    "the version is not raised": ("EF-S007", lambda: attrs.evolve(followed(FIRST), case=FIRST.case)),
    "an event exists": ("EF-S003", lambda: attrs.evolve(followed(FIRST), events=FIRST.events)),
    "the events follow another one": ("EF-S003", lambda: followed(started(case_last_leaf="00" * 32))),
    "an event is another case's": ("EF-S008", lambda: attrs.evolve(followed(FIRST), events=started("case-2").events)),
    "a command is not the newest": ("EF-S032", lambda: followed(FIRST, recorded=command(1))),
    "a command is not what its events tell": ("EF-S032", lambda: followed(FIRST, recorded=attrs.evolve(command(2), kind="start"))),
    "a command is told by no event": ("EF-S032", lambda: followed(FIRST, recorded=command(2), events=())),
    "a key is used": ("EF-S004", lambda: followed(FIRST, remembered=full()["remembered"])),
    "a lease is stale": ("EF-S006", lambda: followed(FIRST, fence=Fence("case-1/4", 1))),
    "a job is not there": ("EF-S006", lambda: followed(FIRST, fence=Fence("case-1/99", 0))),
    "a task's case is not there": ("EF-S008", lambda: followed(FIRST, tasks=(Task(id="x/1", case="x", element="T", created=NOW),))),
    "a timer has no case": ("EF-S008", lambda: Change(tenant=TENANT, timers=(Timer(1, "T", NOW),))),
    "a moment has no zone": ("EF-S023", lambda: followed(FIRST, timers=(Timer(1, "T", NAIVE),))),
    "the last of many rows has no zone": (
        "EF-S023",
        lambda: followed(FIRST, incidents=(attrs.evolve(full()["incidents"][0], since=NAIVE),)),
    ),
    "a version is deployed": ("EF-S005", lambda: attrs.evolve(deployed(seq=2, prev=deployed().events[0].leaf))),
    "the registry has a gap": ("EF-S003", lambda: deployed("2", seq=3, prev=deployed().events[0].leaf)),
    "the registry follows something else": ("EF-S003", lambda: deployed("2", seq=2, prev="00" * 32)),
    "the registry begins anew": ("EF-S003", lambda: deployed("2")),
}


class CaseStoreContract:
    """Give the suite a fixture `store`: an empty store of the adapter."""

    def test_a_case_that_nobody_started_is_none(self, store: Store) -> None:
        """An unknown id is no error for a store."""
        assert store.load(TENANT, "case-1") is None

    def test_a_case_is_read_as_it_was_written(self, store: Store) -> None:
        """Every field comes back, bytes and moments unchanged."""
        store.commit(FIRST)

        assert store.load(TENANT, "case-1") == FIRST.case

    def test_moments_come_back_in_utc(self, store: Store) -> None:
        """The moment is kept, not the zone it was told in."""
        jakarta = timezone(timedelta(hours=7))
        store.commit(started(at=later(microseconds=1).astimezone(jakarta)))

        found = store.load(TENANT, "case-1")
        assert found is not None
        assert found.created == later(microseconds=1)
        assert found.created.utcoffset() == timedelta(0)

    def test_the_next_command_replaces_the_case(self, store: Store) -> None:
        """The newest version is what is loaded."""
        store.commit(FIRST)
        change = followed(FIRST, case_status="completed", case_version="2")
        store.commit(change)

        assert store.load(TENANT, "case-1") == change.case
        assert [record.status for record in store.cases(TENANT, CaseFilter(status="completed"))] == ["completed"]
        assert store.cases(TENANT, CaseFilter(status="running")) == ()

    @pytest.mark.parametrize("why", REFUSED)
    def test_a_refused_change_writes_nothing(self, store: Store, why: str) -> None:
        """Whatever is wrong with a change, none of it is written, and the error says what."""
        store.commit(FIRST)
        store.commit(deployed())
        before = everything(store)
        code, change = REFUSED[why]

        with pytest.raises(EgovFlowError) as error:
            store.commit(change())

        assert error.value.code == code
        assert isinstance(error.value, ConflictError | StoreError)
        assert everything(store) == before

    def test_after_a_refusal_the_store_goes_on(self, store: Store) -> None:
        """A conflict breaks nothing for the next change."""
        store.commit(FIRST)
        with pytest.raises(ConflictError):
            store.commit(FIRST)
        change = followed(FIRST)
        store.commit(change)

        assert store.load(TENANT, "case-1") == change.case

    def test_tenants_never_meet(self, store: Store) -> None:
        """The same ids, numbers and keys in another tenant are other things."""
        store.commit(FIRST)
        before = everything(store)
        other = started(tenant="other", remembered=full()["remembered"])
        store.commit(other)
        store.commit(deployed(tenant="other"))

        assert everything(store) == before
        assert store.load("other", "case-1") == other.case
        assert store.tasks("other", _any_task()) == ()
        assert store.keys("other", frozenset({"case-1"})) == ()
        assert store.parts("other", "case-1") == {}

    def test_commands_are_recorded_in_order(self, store: Store) -> None:
        """Ten comes after nine."""
        change = FIRST
        store.commit(change)
        for number in range(2, 12):
            change = followed(change, recorded=command(number))
            store.commit(change)

        assert [command.number for command in store.recorded(TENANT, "case-1")] == list(range(1, 12))
        assert store.recorded(TENANT, "case-1")[0] == full()["recorded"]

    def test_a_key_is_remembered_by_kind(self, store: Store) -> None:
        """The same key for another kind of command is another key."""
        store.commit(FIRST)
        other = Remembered(kind="complete", key="web-4711", digest="01" * 32, result="case-1", at=NOW)
        store.commit(followed(FIRST, remembered=other))

        assert store.remembered(TENANT, "start", "web-4711") == full()["remembered"]
        assert store.remembered(TENANT, "complete", "web-4711") == other
        assert store.remembered(TENANT, "send", "web-4711") is None

    def test_a_version_is_stored_whole(self, store: Store) -> None:
        """Deployments come back oldest first with their files' bytes."""
        first = deployed("10")
        second = deployed("9", seq=2, prev=first.events[0].leaf)
        store.commit(first)
        store.commit(second)

        assert store.deployment(TENANT, "foi_request", "10") == first.deployment
        assert store.deployment(TENANT, "foi_request", "11") is store.deployment("other", "foi_request", "10") is None
        assert first.deployment is not None
        assert second.deployment is not None
        assert store.deployments(TENANT) == tuple(attrs.evolve(d, files=()) for d in (first.deployment, second.deployment))

    def test_parts_of_a_state_are_written_by_name(self, store: Store) -> None:
        """A step writes those that changed; one without content is gone, and going twice is no error."""
        first = started(parts=(Part("1", b"one"), Part("2", b"two")))
        store.commit(first)
        store.commit(followed(first, parts=(Part("2", b"\xff" * 9), Part("3", b""), Part("1", None), Part("9", None))))

        assert store.parts(TENANT, "case-1") == {"2": b"\xff" * 9, "3": b""}

    def test_a_case_is_found_by_its_mark(self, store: Store) -> None:
        """By the newest only; an empty mark finds nothing."""
        first = started(search=(SearchMark("nik", "aa"), SearchMark("name", "bb")))
        store.commit(first)
        store.commit(started("case-2", search=(SearchMark("nik", "aa"),)))
        store.commit(followed(first, search=(SearchMark("nik", "cc"), SearchMark("name", ""))))

        def found(name: str, mark: str) -> list[str]:
            return [record.id for record in store.cases(TENANT, CaseFilter(mark=SearchMark(name, mark)))]

        assert (found("nik", "aa"), found("nik", "cc"), found("name", "bb"), found("name", "")) == (["case-2"], ["case-1"], [], [])
        assert store.cases("other", CaseFilter(mark=SearchMark("nik", "aa"))) == ()

    def test_changes_of_several_cases_are_one_transaction(self, store: Store) -> None:
        """All or none."""
        store.commit(started("case-1"), started("case-2"))
        before = everything(store)
        with pytest.raises(ConflictError):
            store.commit(started("case-3"), started("case-4"), started("case-2"))

        assert everything(store) == before
        assert [record.id for record in before["cases"]] == ["case-2", "case-1"]

    def test_cases_are_listed_newest_first_in_pages(self, store: Store) -> None:
        """`after` continues behind the last case of the page before."""
        for number in range(1, 8):
            store.commit(started(f"case-{number:02}"))
        first = store.cases(TENANT, CaseFilter(limit=3))
        second = store.cases(TENANT, CaseFilter(limit=3, after=first[-1].id))

        assert [record.id for record in (*first, *second)] == ["case-07", "case-06", "case-05", "case-04", "case-03", "case-02"]

    def test_cases_are_found_by_what_the_filter_says(self, store: Store) -> None:
        """All conditions of a filter hold together."""
        store.commit(started("case-1", case_procedure="permit"))
        store.commit(started("case-2", case_status="completed"))
        store.commit(started("case-3", case_applicant="citizen:18"))

        def ids(**wanted: object) -> list[str]:
            return [record.id for record in store.cases(TENANT, CaseFilter(**wanted))]  # type: ignore[arg-type]

        assert ids(procedure="permit") == ["case-1"]
        assert ids(status="running") == ["case-3", "case-1"]
        assert ids(number="N-case-2") == ["case-2"]
        assert ids(applicant="citizen:17", procedure="foi_request") == ["case-2"]
        assert ids(procedure="nothing") == []
        assert ids(ids=frozenset({"case-1", "case-2", "case-9"})) == ["case-2", "case-1"]
        assert ids(ids=frozenset({"case-1", "case-2"}), status="completed") == ["case-2"]
        assert ids(ids=frozenset()) == []

    def test_a_large_payload_is_kept(self, store: Store) -> None:
        """A megabyte of sealed bytes is no special case."""
        change = started(case_payload=bytes(range(256)) * 4096)
        store.commit(change)

        assert store.load(TENANT, "case-1") == change.case

    def test_a_fence_that_holds_lets_the_result_in(self, store: Store) -> None:
        """The holder of the newest lease writes the job's end, once."""
        store.commit(FIRST)
        job: Job = store.lease(TENANT, NOW, later(minutes=1), None, 1)[0]
        change = followed(FIRST, fence=Fence(job.id, job.fence), jobs=(attrs.evolve(job, status="done"),))
        store.commit(change)

        assert [found.status for found in store.jobs(TENANT, "case-1")] == ["done"]
        with pytest.raises(ConflictError, match="EF-S006"):
            store.commit(followed(change, fence=Fence(job.id, job.fence)))

    def test_a_closed_store_says_so(self, store: Store) -> None:
        """Nothing is read or written after `close`; closing twice is no error."""
        store.close()
        store.close()

        with pytest.raises(StoreError, match="EF-S022"):
            store.load(TENANT, "case-1")
        with pytest.raises(StoreError, match="EF-S022"):
            store.commit(FIRST)


def _any_task() -> TaskFilter:
    return TaskFilter(status=None)
