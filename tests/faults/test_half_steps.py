# SPDX-License-Identifier: Apache-2.0
"""A commit that fails in the middle leaves nothing of itself, and says so without case data."""

from __future__ import annotations

import contextlib
import resource
import signal
import sqlite3
import threading
import traceback

import attrs
import pytest

from egov_flow.audit import chain
from egov_flow.errors import ConflictError, EgovFlowError, StoreError
from egov_flow.testing import MemoryStore
from egov_flow.testing.contracts._examples import TENANT, command, deployed, everything, followed, full, started
from egov_flow.values import CaseKey
from egov_flow_adapters.sqlalchemy_store import open_store

TABLES = (
    "events",
    "tasks",
    "candidates",
    "jobs",
    "timers",
    "waits",
    "deadlines",
    "incidents",
    "remembered",
    "case_keys",
    "subject_keys",
    "parts",
    "search",
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cases.db"


@pytest.fixture
def store(file):
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


def _sabotage(file, table, verb="INSERT"):
    with contextlib.closing(sqlite3.connect(file)) as raw:
        # FAIL, unlike ABORT, keeps what the statement has done so far: the harder test
        raw.execute(f"CREATE TRIGGER sabotage AFTER {verb} ON egov_{table} BEGIN SELECT RAISE(FAIL, 'sabotage'); END")
        raw.commit()


@pytest.mark.parametrize("table", ["cases", *TABLES])
def test_a_start_that_fails_at_any_table_leaves_nothing(store, file, table):
    before = everything(store)
    _sabotage(file, table)

    with pytest.raises(StoreError, match="EF-S010"):
        store.commit(started(**full()))
    assert everything(store) == before


@pytest.mark.parametrize("table", ["cases", "tasks", "jobs"])
def test_a_later_step_that_fails_at_any_table_leaves_nothing(store, file, table):
    first = started(**full())
    store.commit(first)
    before = everything(store)
    _sabotage(file, table, "UPDATE")
    rows = {name: full()[name] for name in ("tasks", "jobs")}

    with pytest.raises(StoreError, match="EF-S010"):
        store.commit(followed(first, recorded=command(2), **rows))
    assert everything(store) == before


@pytest.mark.parametrize("table", ["deployments", "deployment_files", "registries"])
def test_a_deployment_that_fails_at_any_table_leaves_nothing(store, file, table):
    _sabotage(file, table)

    with pytest.raises(StoreError, match="EF-S010"):
        store.commit(deployed())
    assert store.deployments(TENANT) == ()
    assert tuple(store.chains(TENANT)) == ()


def test_an_error_names_the_file_and_never_the_case(store, file):
    _sabotage(file, "case_keys")
    secret = attrs.evolve(command(1), reason="NIK 3171234567890001", payload=b"3171234567890001")
    events = chain([one.event._replace(reason=secret.reason) for one in started().events], "")
    change = started(**{**full(), "recorded": secret, "events": events, "keys": (CaseKey("", b"the key of the case"),)})
    with pytest.raises(StoreError) as error:
        store.commit(change)

    told = "".join(traceback.format_exception(error.value))
    assert str(file) in told
    assert "3171234567890001" not in told
    assert "the key of the case" not in told


def test_a_database_that_may_only_be_read_takes_nothing(store, file):
    first = started(**full())
    store.commit(first)
    readonly = open_store(f"sqlite:///file:{file}?mode=ro&uri=true")

    assert readonly.load(TENANT, "case-1") == first.case
    with pytest.raises(StoreError, match="EF-S013"):
        readonly.commit(followed(first))
    assert store.load(TENANT, "case-1") == first.case
    readonly.close()


def test_a_database_that_another_program_keeps_locked_takes_nothing(file):
    store = open_store(f"sqlite:///{file}?timeout=0.1")
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="EF-S012"):
            store.commit(started())
        other.execute("ROLLBACK")
    store.commit(started())

    assert store.load(TENANT, "case-1").state_version == 1
    store.close()


def test_a_disk_that_fills_up_takes_a_step_whole_or_not_at_all(store, file):
    """The file may not grow past a limit, for many limits: each commit either is there or raised."""
    change = started()
    store.commit(change)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    refused = 0
    try:
        for limit in range(4_096, 300_000, 9_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            following = followed(change, case_payload=b"x" * 9_000)
            try:
                store.commit(following)
                change = following
            except StoreError:
                refused += 1
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert store.load(TENANT, "case-1") == change.case
            assert tuple(store.events(TENANT, "case-1"))[-1] == change.events[-1]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert refused
    assert change.case.state_version > 1


@pytest.mark.parametrize("kind", ["memory", "file", "in memory"])
def test_of_many_who_change_the_same_version_one_wins(kind, file):
    store = {"memory": MemoryStore, "file": lambda: open_store(f"sqlite:///{file}"), "in memory": lambda: open_store("sqlite://")}[kind]()
    change = started()
    store.commit(change)
    for _ in range(5):
        outcomes = _race([followed(change, case_applicant=f"citizen:{n}") for n in range(8)], store)

        assert sorted(map(str, outcomes), key=len)[:1] == ["None"]
        assert [outcome.code for outcome in outcomes if outcome] == ["EF-S001"] * 7
        change = attrs.evolve(change, case=store.load(TENANT, "case-1"))
    assert store.load(TENANT, "case-1").state_version == 6
    store.close()


def test_of_many_who_use_the_same_key_one_wins(store):
    key = full()["remembered"]
    outcomes = _race([started(f"case-{n}", remembered=key) for n in range(8)], store)

    assert sum(outcome is None for outcome in outcomes) == 1
    assert {outcome.code for outcome in outcomes if outcome} == {"EF-S004"}
    assert len(everything(store)["cases"]) == 1


def _race(changes, store):
    """Commit all changes at once, each in its own thread; return the error of each, None for who won."""
    outcomes, gate = [], threading.Barrier(len(changes))

    def commit(change):
        gate.wait()
        try:
            store.commit(change)
            outcomes.append(None)
        except EgovFlowError as error:
            outcomes.append(error)

    threads = [threading.Thread(target=commit, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(outcome is None or isinstance(outcome, ConflictError) for outcome in outcomes), outcomes
    return outcomes
