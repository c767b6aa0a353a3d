# SPDX-License-Identifier: Apache-2.0
"""What share of a durable step a raw commit of as many bytes takes, on the disk that is there and on one that is slower.

python -m benchmarks.raw_commits sqlite|postgresql
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy

from benchmarks.figure import Figure
from benchmarks.store_models import CASES, Clocked, deployed, master_key, start, steps
from egov_flow.agency import Agency
from egov_flow.testing.postgresql import serve

__all__ = ["beside_raw", "beside_raw_on_a_slower_disk"]

SLOWER_MS = 1
SOURCE = Path(__file__).with_name("slow_disk.c")


def beside_raw(kind: str, url: str) -> Iterator[Figure]:
    """Steps of M2 in turns with commits of one row of as many bytes."""
    with deployed(url, "M2") as agency:
        engine = agency.wiring.store._database._engine
        raw = sqlalchemy.create_engine(url)
        if kind == "sqlite":
            sqlalchemy.event.listen(raw, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=FULL").close())
        size = _bytes_of_a_step(agency, engine)
        column = "BYTEA" if kind == "postgresql" else "BLOB"
        with raw.begin() as connection:
            connection.exec_driver_sql(f"CREATE TABLE raw_rows (content {column})")
        insert, content = sqlalchemy.text("INSERT INTO raw_rows VALUES (:content)"), {"content": bytes(size)}
        ours, theirs = Clocked(), Clocked()
        with raw.connect() as connection:

            def commit() -> None:
                connection.execute(insert, content)
                connection.commit()

            for _ in range(CASES):
                steps(agency, "M2", start(agency, "M2"), ours)
                for _ in range(4):
                    theirs.step(commit)
        raw.dispose()
    median, raw_median = statistics.median(ours.wall), statistics.median(theirs.wall)
    yield Figure(f"store.{kind}.step_ms.M2", median * 1000, "ms")
    yield Figure(f"store.{kind}.raw_commit_ms", raw_median * 1000, "ms")
    yield Figure(f"store.{kind}.vs_raw_commit.M2", raw_median / median, "share")


def _bytes_of_a_step(agency: Agency, engine: Any) -> int:
    """Return how many bytes of parameters a step of M2 writes."""
    sizes: list[int] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().startswith(("INSERT", "UPDATE")):
            rows = parameters if isinstance(parameters, list) else [parameters]
            values = (value for row in rows for value in (row.values() if isinstance(row, dict) else row))
            sizes.append(sum(len(value) if isinstance(value, bytes | str) else 8 for value in values))

    cases = [start(agency, "M2") for _ in range(5)]
    sqlalchemy.event.listen(engine, "before_cursor_execute", note)
    done = sum(steps(agency, "M2", case, Clocked()) for case in cases)
    sqlalchemy.event.remove(engine, "before_cursor_execute", note)
    return sum(sizes) // done


def beside_raw_on_a_slower_disk(kind: str) -> Iterator[Figure]:
    """The same where each sync of the disk is made to wait longer, for the steps and for the raw commits alike."""
    compiler = shutil.which("cc")
    if compiler is None:
        print(f"store.{kind}_{SLOWER_MS}ms_slower.vs_raw_commit.M2 is not measured: there is no C compiler", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        # readable for the account of a PostgreSQL server, which is not ours
        library = Path(folder) / "slow_disk.so"
        Path(folder).chmod(0o755)
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
        slower = {**os.environ, "LD_PRELOAD": str(library), "SYNC_DELAY_US": str(SLOWER_MS * 1000)}
        command = [sys.executable, "-m", "benchmarks.raw_commits", kind]
        run = subprocess.run(command, cwd=SOURCE.parents[1], env=slower, stdout=subprocess.PIPE, text=True, check=True)
    for figure in map(Figure.parse, run.stdout.splitlines()):
        yield Figure(figure.name.replace(kind, f"{kind}_{SLOWER_MS}ms_slower"), figure.value, figure.unit)


def main(kind: str) -> None:
    """Print the figures of a database of one's own."""
    with tempfile.TemporaryDirectory() as folder, master_key(Path(folder)):
        if kind == "sqlite":
            _print(beside_raw(kind, f"sqlite:///{folder}/raw.db"))
        else:
            with serve() as server:
                _print(beside_raw(kind, server.url(server.database())))


def _print(figures: Iterator[Figure]) -> None:
    for figure in figures:
        print(figure)


if __name__ == "__main__":
    main(sys.argv[1])
