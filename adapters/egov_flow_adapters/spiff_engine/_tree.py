# SPDX-License-Identifier: Apache-2.0
"""SpiffWorkflow's task tree as canonical JSON, and back.

Its own serializer does the work, with three restraints. The version of its format is pinned and no other is ever migrated: a migration of old formats
evaluates stored text. Only tasks and the workflow can be restored, no timers, events or specifications: those come from the deployed version. And what
differs from run to run (random ids, the clock) or belongs to somebody (data) is left out, so that equal states have equal bytes.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, TaskConverter
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from egov_flow.data import Context
from egov_flow.errors import ConflictError, StoreError
from egov_flow_adapters.spiff_engine._reading import SpiffProgram
from egov_flow_adapters.spiff_engine._scripts import DATA, Carried, Scripts

__all__ = ["SERIALIZER_VERSION", "live_task", "new_tree", "revive", "shelve"]

SERIALIZER_VERSION = "1.5"
LIVE = TaskState.READY | TaskState.STARTED | TaskState.WAITING


class _WorkflowConverter(BpmnWorkflowConverter):  # type: ignore[misc] # SpiffWorkflow has no types
    """Leaves the specification out: it is the deployed version's, and never read from a state."""

    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"spec", "subprocess_specs", "subprocesses", "bpmn_events", "data", "correlations"})

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        return {name: value for name, value in super().to_dict(workflow).items() if name not in self.LEFT_OUT}

    def from_dict(self, dct: dict[str, Any]) -> Any:
        return super().from_dict({**dct, "subprocesses": {}})


class _TaskConverter(TaskConverter):  # type: ignore[misc]
    """Leaves out the data, which is sealed elsewhere, and the time, which comes from the machine's clock."""

    def to_dict(self, task: Any) -> dict[str, Any]:
        return {**super().to_dict(task), "data": {}, "delta": {}, "last_state_change": 0}


_CONVERTERS = {BpmnWorkflow: _WorkflowConverter, Task: _TaskConverter}


def _serializer() -> Any:
    return BpmnWorkflowSerializer(registry=BpmnWorkflowSerializer.configure(_CONVERTERS), version=SERIALIZER_VERSION)


def new_tree(program: SpiffProgram, scripts: Scripts, variables: Context) -> Any:
    """Return the workflow of a case that begins with these variables."""
    workflow = BpmnWorkflow(program.spec, script_engine=scripts)
    live_task(workflow).data[DATA] = Carried(variables)
    return workflow


def live_task(workflow: Any) -> Any:
    """Return the one task where the token is.

    Raises:
        ConflictError: there is none or more than one: SpiffWorkflow lost or doubled the token, and nothing may be committed.
    """
    found = workflow.get_tasks(state=LIVE)
    if len(found) != 1:
        raise ConflictError("EF-E203", count=len(found))
    return found[0]


def shelve(workflow: Any) -> bytes:
    """Return the task tree as canonical JSON, its tasks numbered from the root in the order of the tree."""
    found = _serializer().to_dict(workflow)
    numbers: dict[str, str] = {}
    todo = [found["root"]]
    while todo:
        name = todo.pop()
        numbers[name] = str(len(numbers) + 1)
        todo += reversed(found["tasks"][name]["children"])
    found["tasks"] = {numbers[name]: _renamed(row, numbers.__getitem__) for name, row in found["tasks"].items()}
    found |= {"root": numbers[found["root"]], "last_task": numbers.get(found["last_task"])}
    found["serializer_version"] = SERIALIZER_VERSION
    return json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def revive(program: SpiffProgram, scripts: Scripts, tree: bytes, variables: Context) -> Any:
    """Return the workflow that `shelve` wrote, its token carrying the variables.

    Raises:
        StoreError: the format has another version.
        Exception: the bytes are no tree of this program.
    """
    found = json.loads(tree)
    version = found.pop("serializer_version")
    if version != SERIALIZER_VERSION:
        raise StoreError("EF-E301", format=str(version)[:20], known=SERIALIZER_VERSION)
    found["tasks"] = {_uuid(name): _renamed(row, _uuid) for name, row in found["tasks"].items()}
    found |= {"root": _uuid(found["root"]), "last_task": _uuid(found["last_task"]) if found["last_task"] else None}
    workflow = _serializer().from_dict({**found, "spec": program.spec})
    workflow.script_engine = scripts
    live_task(workflow).data[DATA] = Carried(variables)
    return workflow


def _renamed(row: dict[str, Any], name: Any) -> dict[str, Any]:
    parent = None if row["parent"] is None else name(row["parent"])
    return {**row, "id": name(row["id"]), "parent": parent, "children": [name(child) for child in row["children"]]}


def _uuid(number: str) -> str:
    return str(UUID(int=int(number)))
