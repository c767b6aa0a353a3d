# SPDX-License-Identifier: Apache-2.0
"""What a durable step costs: CPU, statements, commits and bytes; beside a raw commit, beside naive SpiffWorkflow, and with many cases.

Disks change their mind from one minute to the next, so that what is compared is measured in turns, and only ratios mean something.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy

from benchmarks.figure import Figure
from benchmarks.peers import ENVIRONMENTS, figures_of_peers
from benchmarks.raw_commits import beside_raw, beside_raw_on_a_slower_disk
from benchmarks.store_models import CASES, RESULT, Clocked, Naive, deployed, master_key, naive_steps, start, steps
from egov_flow.agency import Agency
from egov_flow.testing.postgresql import Server, missing, serve
from egov_flow.values import SYSTEM, Actor, TaskFilter

MANY = {"sqlite": 100_000, "postgresql": 1_000_000}
FEW = 1_000
LOOP = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "bpmn" / "loop.bpmn"


def figures() -> Iterator[Figure]:
    """Yield the store's figures."""
    with tempfile.TemporaryDirectory() as folder, master_key(Path(folder)):
        place = Path(folder)
        yield from _one_step(f"sqlite:///{place}/steps.db")
        yield from beside_raw("sqlite", f"sqlite:///{place}/raw.db")
        yield from beside_raw_on_a_slower_disk("sqlite")
        yield from _beside_spiff(place)
        yield from _beside_peers(f"sqlite:///{place}/peers.db")
        yield from _bytes(place)
        yield from _late_steps(f"sqlite:///{place}/late.db")
        yield from _many("sqlite", f"sqlite:///{place}/few.db", f"sqlite:///{place}/many.db")
        if missing():
            raise RuntimeError(f"no PostgreSQL: {missing()}")
        with serve() as server:
            yield from beside_raw("postgresql", server.url(server.database()))
            yield from beside_raw_on_a_slower_disk("postgresql")
            yield from _workers(server)
            yield from _many("postgresql", server.url(server.database()), server.url(server.database()))


def _one_step(url: str) -> Iterator[Figure]:
    """CPU, statements and commits of a step of M2."""
    with deployed(url, "M2") as agency:
        warm, clocked, said = Clocked(), Clocked(), []
        for _ in range(10):
            steps(agency, "M2", start(agency, "M2"), warm)
        cases = [start(agency, "M2") for _ in range(CASES)]
        engine = agency.wiring.store._database._engine
        sqlalchemy.event.listen(engine, "before_cursor_execute", lambda *call: said.append(call[2]))
        done = sum(steps(agency, "M2", case, Clocked()) for case in cases[:10])
        committed = said.count("COMMIT")
        counted = len(said) - committed
    with deployed(url, "M2") as agency:
        for case in cases[10:]:
            steps(agency, "M2", agency.case(case.id, by=SYSTEM), clocked)
    yield Figure("store.cpu_ms_per_step.M2", statistics.median(clocked.cpu) * 1000, "ms")
    yield Figure("store.statements_per_step.M2", round(counted / done, 2), "statements")
    yield Figure("store.commits_per_command", round(committed / done, 3), "commits")


def _beside_spiff(place: Path) -> Iterator[Figure]:
    """Steps in turns with those of a SpiffWorkflow that is read and written whole; both FULL on SQLite."""
    for name, cases, most in (("M2", CASES, 4), ("M4", 1, 30)):
        ours, theirs, naive = Clocked(), Clocked(), Naive(place / f"naive_{name}.db", name)
        data: dict[str, Any] = {"amount": 200} if name == "M2" else {"items": list(range(100))}
        with deployed(f"sqlite:///{place}/beside_{name}.db", name) as agency:
            for _ in range(cases):
                case = start(agency, name)
                for _ in naive_steps(naive, data, theirs, most):
                    if case.tasks:
                        task = case.tasks[0].id
                        case = ours.step(partial(agency.complete, task, RESULT[name], by=SYSTEM))
        yield Figure(f"store.vs_naive_spiff.{name}", statistics.median(theirs.wall) / statistics.median(ours.wall), "times")


def _beside_peers(url: str) -> Iterator[Figure]:
    """Steps of M2 in turns with DBOS steps and with bpmn-engine, where `make bench-peers` has installed them."""
    with deployed(url, "M2") as agency:
        for peer, figure in (("dbos", "store.vs_dbos.steps"), ("bpmn_engine", "store.vs_bpmn_engine.M2")):
            if not (ENVIRONMENTS / peer).exists():
                print(f"{figure} is not measured: `make bench-peers` installs {peer}", file=sys.stderr)
                continue
            ratios = []
            for _ in range(3):
                (theirs,) = figures_of_peers([peer])
                ours = Clocked()
                for _ in range(CASES):
                    steps(agency, "M2", start(agency, "M2"), ours)
                ratios.append(theirs.value / 1000 / statistics.median(ours.wall))
            yield Figure(figure, statistics.median(ratios), "times")


def _bytes(place: Path) -> Iterator[Figure]:
    """Bytes that SQLite writes ahead per step of M4, with 400 items against 100."""
    written = {}
    for items in (100, 400):
        file = place / f"bytes_{items}.db"
        with deployed(f"sqlite:///{file}", "M4") as agency:
            case = start(agency, "M4", items)
            case = agency.complete(case.tasks[0].id, RESULT["M4"], by=SYSTEM)
            with sqlite3.connect(file) as other:
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            other.close()
            done = steps(agency, "M4", case, Clocked(), most=40)
            written[items] = file.with_name(file.name + "-wal").stat().st_size / done
    yield Figure("store.bytes_per_step.M4_400", written[400], "bytes")
    yield Figure("store.bytes_ratio_M4_400_vs_100", written[400] / written[100], "times")


def _late_steps(url: str) -> Iterator[Figure]:
    """CPU of a step after 10,000 steps of one case against after 100."""
    with Agency.open(url, run_jobs="inline") as agency:
        agency.deploy(str(LOOP))
        case = agency.start("loop", by=SYSTEM)
        cpu: list[float] = []
        for _ in range(10_200):
            task = case.tasks[0].id
            begin = time.process_time()
            case = agency.complete(task, {"complete": False}, by=SYSTEM)
            cpu.append(time.process_time() - begin)
    early, late = statistics.median(cpu[100:300]), statistics.median(cpu[10_000:])
    yield Figure("store.cpu_ratio_10000_vs_100_steps", late / early, "times")


def _many(kind: str, few: str, many: str) -> Iterator[Figure]:
    """An officer's list and a step among many live cases against among few."""
    lists, done = [], []
    for url, cases in ((few, FEW), (many, MANY[kind])):
        with deployed(url, "M2") as agency:
            _multiply(agency, kind, cases)
            store, clocked = agency.wiring.store, Clocked()
            wanted = TaskFilter(roles=frozenset({"officer"}), assignee="officer:7", limit=20)
            lists.append(statistics.median(_seconds(partial(store.tasks, "default", wanted)) for _ in range(40)))
            for _ in range(15):
                steps(agency, "M2", start(agency, "M2"), clocked)
            done.append(statistics.median(clocked.wall))
    word = f"{MANY[kind] // 1000}k" if MANY[kind] < 10**6 else "1m"
    yield Figure(f"store.{kind}.task_list_ratio_{word}_vs_1k", lists[1] / lists[0], "times")
    yield Figure(f"store.{kind}.step_ratio_{word}_vs_1k", done[1] / done[0], "times")


def _multiply(agency: Agency, kind: str, cases: int) -> None:
    """Write so many live cases beside a real one, each with one open task; an officer has one of a hundred."""
    case = start(agency, "M2")
    numbers = (
        f"(SELECT generate_series(1, {cases}) AS n) AS numbers" if kind == "postgresql" else
        f"(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {cases}) SELECT n FROM c) AS numbers"
    )  # fmt: skip
    with agency.wiring.store._database.writing("default") as connection:
        for table, changed in (
            ("egov_cases", {"id": "'a' || n", "number": "'A-' || n"}),
            ("egov_tasks", {"id": "'a' || n || '/2'", "case_id": "'a' || n", "created": "created + n",
                            "role": "CASE WHEN n % 50 = 0 THEN 'officer' ELSE 'role ' || (n % 50) END",
                            "assignee": "CASE WHEN n % 100 = 7 THEN 'officer:' || (n % 1000) ELSE '' END"}),
        ):  # fmt: skip
            columns = [column["name"] for column in sqlalchemy.inspect(connection).get_columns(table)]
            chosen = ", ".join(changed.get(column, f"r.{column}") for column in columns).replace("created + n", "r.created + n")
            of = "id" if table == "egov_cases" else "case_id"
            source = f"SELECT {chosen} FROM {table} AS r, {numbers} WHERE r.{of} = '{case.id}'"
            source = source.replace("%", "%%") if kind == "postgresql" else source
            connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) {source}")
    if kind == "postgresql":
        with agency.wiring.store._database.reading() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE egov_cases")
            connection.exec_driver_sql("VACUUM ANALYZE egov_tasks")
            connection.exec_driver_sql("CHECKPOINT")  # what loading them left to write is not the steps' to pay


def _seconds(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _workers(server: Server) -> Iterator[Figure]:
    """How many jobs a second 1, 2 and 4 workers on PostgreSQL do, each a process; nothing may be done twice or left."""
    rates = {}
    for workers in (1, 2, 4):
        url = server.url(server.database())
        rates[workers] = _rate(url, workers, jobs=400)
        yield Figure(f"store.workers_{workers}_jobs_per_second", rates[workers], "jobs/s")
    yield Figure("store.workers_speedup_4_vs_1", rates[4] / rates[1], "times")


def _rate(url: str, workers: int, jobs: int) -> float:
    """Return the jobs per second of so many workers."""
    import multiprocessing

    permit = str(LOOP.parents[1] / "agency" / "permit.bpmn")
    with Agency.open(url, handlers=HANDLERS, run_jobs="worker") as agency:
        agency.deploy(permit)
        cases = [agency.start("permit", by=Actor("citizen:17")).id for _ in range(jobs)]
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(workers + 1)
    processes = [context.Process(target=_work, args=(url, gate)) for _ in range(workers)]
    for process in processes:
        process.start()
    gate.wait()
    begin = time.perf_counter()
    for process in processes:
        process.join()
    spent = time.perf_counter() - begin
    with Agency.open(url, handlers=HANDLERS, run_jobs="worker") as agency:
        if any(agency.case(case, by=SYSTEM).waiting != ("Task_Decide",) for case in cases[:: max(1, jobs // 40)]) or agency.run_due():
            raise AssertionError("a job was left")
    return jobs / spent


def _work(url: str, gate: threading.Barrier) -> None:
    with Agency.open(url, handlers=HANDLERS, run_jobs="worker") as agency:
        gate.wait()
        while agency.run_due():
            pass


def _lookup(_: Any) -> dict[str, object]:
    return {"resident": True}


HANDLERS = {"register.lookup": _lookup}
