# SPDX-License-Identifier: Apache-2.0
"""A process that is killed while it commits loses nothing that was acknowledged and leaves nothing half-written."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import signal
import sqlite3
import time

import pytest

from egov_flow.audit import verify
from egov_flow.testing.contracts._examples import NOW, TENANT, followed, started
from egov_flow.values import Job, Recorded, Task
from egov_flow_adapters.sqlalchemy_store import open_store

ROUNDS = 20
LONGEST_LIFE = 0.12
"""Seconds that a child lives after its first commit, at most."""


def _command(change, number):
    rows = {
        "recorded": Recorded(case="case-1", number=number, kind="complete", target="1", at=NOW, actor="officer:3", payload=b"x" * 300),
        "tasks": (Task(id=f"case-1/{number}", case="case-1", element="Task_A", created=NOW),),
        "jobs": (Job(id=f"case-1/{number}", case="case-1", element="Task_B", name="look_up", due=NOW),),
    }
    return started(**rows) if change is None else followed(change, **rows)


def _work(url, from_version, acknowledge):
    """Commit command after command and tell the parent after each."""
    store = open_store(url)
    change = None
    for number in range(1, from_version + 1):  # deterministic: what earlier rounds committed
        change = _command(change, number)
    for number in range(from_version + 1, 100_000):
        change = _command(change, number)
        store.commit(change)
        os.write(acknowledge, f"{number}\n".encode())


def _one_life(url, version, life):
    """Let a child commit until it is killed; return the number of the last command that it was told is stored."""
    read_end, write_end = os.pipe()
    child = multiprocessing.get_context("fork").Process(target=_work, args=(url, version, write_end), daemon=True)
    child.start()
    os.close(write_end)
    with os.fdopen(read_end, "rb") as answers:
        first = answers.readline()
        time.sleep(life)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        lines = [first, *answers.read().split(b"\n")]
    assert child.exitcode == -signal.SIGKILL
    return max(int(line) for line in lines if line.strip())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(tmp_path):
    url, chance = f"sqlite:///{tmp_path / 'cases.db'}", random.Random(7)
    version = total = 0
    for _ in range(ROUNDS):
        acknowledged = _one_life(url, version, chance.uniform(0, LONGEST_LIFE))
        store = open_store(url)
        found = verify(store, TENANT)
        version = store.load(TENANT, "case-1").state_version
        total += version

        assert version >= acknowledged
        assert found.intact, found.findings
        assert found.events == 2 * version
        assert len(store.recorded(TENANT, "case-1")) == len(store.jobs(TENANT, "case-1")) == version
        store.close()
    assert version > ROUNDS, "the children were killed before they did anything"
    with contextlib.closing(sqlite3.connect(tmp_path / "cases.db")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
