# SPDX-License-Identifier: Apache-2.0
"""Sixty-four clerks complete the same tasks at the same moments: each task is completed once, and everybody else is told so."""

from __future__ import annotations

import statistics
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.faults.lives import PERMIT

from egov_flow.agency import Agency
from egov_flow.errors import AlreadyCompleted
from egov_flow.values import SYSTEM, Actor

CLIENTS = 64
SERIALIZABLE = "&options=-c%20default_transaction_isolation%3Dserializable"


@pytest.fixture(params=["sqlite", "postgresql", "postgresql serializable"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/cases.db"
    found: str = request.getfixturevalue("postgresql_url")
    return found + (SERIALIZABLE if "serializable" in request.param else "")


def race(url: str, tasks: int, clients: int = CLIENTS) -> tuple[Counter[str], list[float]]:
    """Let all clients complete all tasks, task by task from one start; return how often each outcome was, and the waits in seconds."""
    outcomes: Counter[str] = Counter()
    waits: list[float] = []
    handlers = {"register.lookup": lambda _: {"resident": True}}
    with Agency.open(url, handlers=handlers, run_jobs="inline") as agency:
        agency.deploy(PERMIT)
        wanted = [agency.start("permit", by=Actor("citizen:17")).tasks[0].id for _ in range(tasks)]
        gate, guard = threading.Barrier(clients), threading.Lock()

        def client(number: int) -> None:
            clerk = Actor(f"officer:{number}", roles=frozenset({"clerk"}))
            for task in wanted:
                gate.wait()
                began = time.perf_counter()
                try:
                    agency.complete(task, {"by": number}, by=clerk)
                    outcome = "done"
                except AlreadyCompleted:
                    outcome = "AlreadyCompleted"
                except Exception as error:  # noqa: BLE001 - whatever else it is, the test must name it
                    outcome = f"{type(error).__name__}: {error}"
                with guard:
                    outcomes[outcome] += 1
                    waits.append(time.perf_counter() - began)

        threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert agency.audit.verify().findings == ()
        completed = [sum(e.kind == "complete" for e in agency.history(task.partition("/")[0], by=SYSTEM)) for task in wanted]
        assert completed == [1] * tasks
    return outcomes, waits


@pytest.mark.parametrize("tasks", [100, pytest.param(500, marks=pytest.mark.long)])
def test_each_task_is_completed_once_and_everybody_else_is_told(url: str, tasks: int, record_property) -> None:
    outcomes, waits = race(url, tasks)
    p99 = statistics.quantiles(waits, n=100)[98]
    record_property("p99_wait_seconds", round(p99, 4))
    print(f"{url.partition(':')[0]}: p99 wait {p99:.3f} s of {len(waits)}")
    assert outcomes == {"done": tasks, "AlreadyCompleted": tasks * (CLIENTS - 1)}
