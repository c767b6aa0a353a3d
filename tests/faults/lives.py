# SPDX-License-Identifier: Apache-2.0
"""Processes that are killed: what they said before, and where they may be killed."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from egov_flow.agency import Agency
from egov_flow.agency.desk import Desk
from egov_flow_adapters.sqlalchemy_store import _writing
from egov_flow_adapters.sqlalchemy_store._pipeline import Together
from egov_flow_adapters.sqlalchemy_store._sending import AtOnce

FIXTURES = Path(__file__).parents[1] / "fixtures"
LOOP = str(FIXTURES / "bpmn" / "loop.bpmn")
PERMIT = str(FIXTURES / "agency" / "permit.bpmn")
Say = Callable[[object], None]

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def life(work: Callable[[Say], None], *, length: float | None = None) -> list[str]:
    """Let a forked process work and return the lines that it said.

    Args:
        length: seconds after its first line at which it is killed; None if it ends, or kills itself.
    """
    read_end, write_end = os.pipe()

    def say(what: object) -> None:
        os.write(write_end, f"{what}\n".encode())

    child = multiprocessing.get_context("fork").Process(target=work, args=(say,), daemon=True)
    child.start()
    os.close(write_end)
    with os.fdopen(read_end, "rb") as answers:
        lines = [answers.readline()] if length is not None else []
        if length is not None:
            time.sleep(length)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid or 0, signal.SIGKILL)
        lines += answers.read().splitlines()
    child.join()
    assert child.exitcode in ({-signal.SIGKILL} if length is not None else {0, -signal.SIGKILL})
    return [line.decode().strip() for line in lines if line.strip()]


def die() -> None:
    """End this process as a power switch does."""
    os.kill(os.getpid(), signal.SIGKILL)


WRITERS = ("_write_case", "_write_evidence", "_write_work", "_write_resting", "_write_state")
FAILPOINTS = [f"{when} {name}" for name in WRITERS for when in ("before", "after")] + ["before commit", "after commit"]
"""Where in a commit a process may be killed by name."""


def die_at(failpoint: str, agency: Agency, *, calls: int) -> None:
    """Kill this process when it comes to a failpoint for the so-many-th time."""
    left = iter(range(calls - 1, -1, -1))

    def count(*_: object) -> None:
        if next(left, -1) == 0:
            die()

    when, _, name = failpoint.partition(" ")
    if failpoint == "before commit":
        ending, sending = Together.__exit__, AtOnce.send
        engine = agency.wiring.store._database._engine
        if engine.dialect.name == "postgresql":  # where everything is on its way then, but the transaction's end
            Together.__exit__ = lambda *arguments: count() or ending(*arguments)  # type: ignore[method-assign, func-returns-value]
        else:
            AtOnce.send = lambda self, what, *rest, **more: (  # type: ignore[method-assign]
                (count() if what.sql == "COMMIT" else None) or sending(self, what, *rest, **more)
            )
    elif failpoint == "after commit":
        original = Desk._committed
        Desk._committed = lambda *arguments: count() or original(*arguments)  # type: ignore[method-assign, func-returns-value]
    else:
        _wrap(name, when, count)


def _wrap(name: str, when: str, count: Callable[[], object]) -> None:
    original = getattr(_writing, name)

    def wrapped(*arguments: object) -> None:
        if when == "before":
            count()
        original(*arguments)
        if when == "after":
            count()

    setattr(_writing, name, wrapped)
