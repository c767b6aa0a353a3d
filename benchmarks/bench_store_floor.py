# SPDX-License-Identifier: Apache-2.0
"""What the rows of a step cost by themselves: the very statements that steps of M2 ran, run again by the bare driver on a copy of the database.

No code of ours runs, nothing is checked, sealed or hashed: what is left of a step's time is the price of keeping these rows, whoever writes them.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy

from benchmarks.figure import Figure
from benchmarks.store_models import CASES, Clocked, Naive, deployed, master_key, naive_steps, start, steps

Statement = tuple[str, Any]


def figures() -> Iterator[Figure]:
    """Yield the time of a step's rows, and how many times as long a step of naive SpiffWorkflow takes."""
    with tempfile.TemporaryDirectory() as folder, master_key(Path(folder)):
        place = Path(folder)
        transactions, ours = _transactions(place)
        alone, naive = Clocked(), Clocked()
        spiff = Naive(place / "naive.db", "M2")
        with sqlite3.connect(place / "copy.db", isolation_level=None) as copy:
            copy.execute("PRAGMA synchronous=FULL")
            copy.execute("PRAGMA foreign_keys=ON")
            for number, statements in enumerate(transactions):
                alone.step(lambda statements=statements: _run(copy, statements))
                if number % 4 == 0:
                    for _ in naive_steps(spiff, {"amount": 200}, naive, 4):
                        pass
        copy.close()
    rows = statistics.median(alone.wall)
    yield Figure("store.sqlite.rows_alone_ms.M2", rows * 1000, "ms")
    yield Figure("store.sqlite.rows_alone_share.M2", rows / statistics.median(ours.wall), "share")
    yield Figure("store.rows_alone_vs_naive_spiff.M2", statistics.median(naive.wall) / rows, "times")


def _transactions(place: Path) -> tuple[list[list[Statement]], Clocked]:
    """Return the statements of each of some steps, and what the steps took unwatched; `copy.db` is the database before those that were watched."""
    noted: list[Statement] = []
    timed = Clocked()
    with deployed(f"sqlite:///{place}/steps.db", "M2") as agency:
        for _ in range(CASES):
            steps(agency, "M2", start(agency, "M2"), timed)
        cases = [start(agency, "M2") for _ in range(CASES)]
        with sqlite3.connect(place / "steps.db") as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.close()
        shutil.copy(place / "steps.db", place / "copy.db")
        engine = agency.wiring.store._database._engine
        sqlalchemy.event.listen(engine, "before_cursor_execute", lambda *call: noted.append((call[2], call[3])))
        for case in cases:
            steps(agency, "M2", case, Clocked())
    return list(_by_transaction(noted)), timed


def _by_transaction(noted: list[Statement]) -> Iterator[list[Statement]]:
    statements: list[Statement] = []
    for sql, parameters in noted:
        if sql.startswith("BEGIN") and statements:
            yield statements
            statements = []
        if not sql.startswith("SELECT"):
            statements.append((sql, parameters))
    yield statements


def _run(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    for sql, parameters in statements:
        if isinstance(parameters, list):
            connection.executemany(sql, parameters)
        else:
            connection.execute(sql, parameters)
