# SPDX-License-Identifier: Apache-2.0
"""Durable cases of M2 (a file with four human steps) and M4 (a hundred items at once), on our Agency and, naively, on SpiffWorkflow."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from egov_flow.agency import Agency, Case
from egov_flow.values import SYSTEM

__all__ = ["CASES", "MODELS", "Clocked", "deployed", "master_key", "naive_steps", "start", "steps"]

CASES = 60
"""How many cases of M2 are taken through all their steps for a median."""
MODELS = Path(__file__).resolve().parent / "models"
RESULT: dict[str, dict[str, Any]] = {"M2": {}, "M4": {"result": 1}}


class Clocked:
    """Seconds of wall and CPU of each step."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def step(self, work: Any) -> Any:
        """Do something and note what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)
        return result


@contextmanager
def master_key(folder: Path) -> Iterator[None]:
    """Give the agencies of a block a key, which they seal with."""
    (folder / "master.key").write_bytes(secrets.token_bytes(32))
    os.environ["EGOV_FLOW_MASTER_KEY_FILE"] = str(folder / "master.key")
    yield
    del os.environ["EGOV_FLOW_MASTER_KEY_FILE"]


def deployed(url: str, name: str) -> Agency:
    """Open an agency that has a model."""
    agency = Agency.open(url, run_jobs="inline")
    agency.deploy(str(MODELS / f"{name}.bpmn"), accept="a measurement")
    return agency


def start(agency: Agency, name: str, items: int = 100) -> Case:
    """Start a case."""
    return agency.start(name.lower(), {"amount": 200} if name == "M2" else {"items": list(range(items))}, by=SYSTEM)


def steps(agency: Agency, name: str, case: Case, clocked: Clocked, most: int = 10**9) -> int:
    """Complete the tasks of a case, oldest first, and return how many there were."""
    done = 0
    while case.tasks and done < most:
        task = case.tasks[0].id
        case = clocked.step(lambda task=task: agency.complete(task, RESULT[name], by=SYSTEM))
        done += 1
    return done


class Naive:
    """SpiffWorkflow made durable in the obvious way: read, step, write the whole workflow with each step."""

    def __init__(self, file: Path, name: str) -> None:
        from SpiffWorkflow.bpmn.parser import BpmnParser
        from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

        parser = BpmnParser()
        parser.add_bpmn_file(str(MODELS / f"{name}.bpmn"))
        self.spec, self.inner, self.name = parser.get_spec(name), parser.get_subprocess_specs(name), name
        self.serializer = BpmnWorkflowSerializer()
        self.database = sqlite3.connect(file, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=FULL")
        self.database.execute("CREATE TABLE IF NOT EXISTS workflows (id INTEGER PRIMARY KEY, state TEXT)")

    def start(self, data: dict[str, Any]) -> int:
        """Start a workflow and return its id."""
        from SpiffWorkflow import TaskState
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

        workflow = BpmnWorkflow(self.spec, self.inner)
        workflow.get_next_task(state=TaskState.READY).data.update(data)
        workflow.do_engine_steps()
        cursor = self.database.execute("INSERT INTO workflows (state) VALUES (?)", (self._text(workflow),))
        return int(cursor.lastrowid or 0)

    def step(self, workflow_id: int) -> bool:
        """Do the oldest human task; say whether the workflow goes on."""
        from SpiffWorkflow import TaskState

        (text,) = self.database.execute("SELECT state FROM workflows WHERE id = ?", (workflow_id,)).fetchone()
        workflow = self.serializer.deserialize_json(text)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data.update(RESULT[self.name])
        task.run()
        workflow.do_engine_steps()
        self.database.execute("UPDATE workflows SET state = ? WHERE id = ?", (self._text(workflow), workflow_id))
        return not workflow.is_completed()

    def _text(self, workflow: Any) -> str:
        return str(self.serializer.serialize_json(workflow))


def naive_steps(naive: Naive, data: dict[str, Any], clocked: Clocked, most: int = 10**9) -> Iterator[int]:
    """Work through one workflow, yielding after each step."""
    workflow_id, done = naive.start(data), 0
    while done < most:
        goes_on = clocked.step(lambda: naive.step(workflow_id))
        done += 1
        yield done
        if not goes_on:
            return
