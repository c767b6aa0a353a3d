# SPDX-License-Identifier: Apache-2.0
"""A Run: one step under way. SpiffWorkflow moves the token; what it does is told in the words of the port.

Occurrences come in the same order, with the same tokens, as the kernel's, so that both engines' steps can be compared whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import attrs
from SpiffWorkflow.exceptions import WorkflowException

from egov_flow.data import Context, Value
from egov_flow.errors import ConflictError
from egov_flow.kernel import Node
from egov_flow.values import Incident, JobChange, Occurrence, Step, WorkChange
from egov_flow_adapters.spiff_engine._reading import SpiffProgram
from egov_flow_adapters.spiff_engine._scripts import DATA, Carried, Fault, Scripts
from egov_flow_adapters.spiff_engine._state import INCIDENT, JOB, ROOT, WORK, Resting, SpiffState, Trouble, incident_of
from egov_flow_adapters.spiff_engine._tree import live_task, new_tree, revive, shelve

__all__ = ["Run"]


@attrs.define(eq=False, kw_only=True)
class Run:
    """A step under way; it works on its own copy of the task tree, so the old state stays as it was.

    Attributes:
        workflow: SpiffWorkflow's `BpmnWorkflow`.
    """

    program: SpiffProgram
    scripts: Scripts
    workflow: Any
    status: str = "running"
    counter: int = ROOT
    variables: Context
    resting: Resting | None = None
    occurrences: list[Occurrence] = attrs.Factory(list)
    work: list[WorkChange] = attrs.Factory(list)
    jobs: list[JobChange] = attrs.Factory(list)
    incidents: list[Incident] = attrs.Factory(list)

    @classmethod
    def begin(cls, program: SpiffProgram, variables: Context, now: datetime) -> Run:
        """Return the run that starts a case."""
        scripts = Scripts(program.slots, now.astimezone(program.slots.zone))
        return cls(program=program, scripts=scripts, workflow=new_tree(program, scripts, variables), variables=variables)

    @classmethod
    def of(cls, program: SpiffProgram, state: SpiffState, now: datetime) -> Run:
        """Return a run that starts from a state of a case that has not ended."""
        scripts = Scripts(program.slots, now.astimezone(program.slots.zone))
        return cls(
            program=program, scripts=scripts, workflow=revive(program, scripts, state.tree, state.variables), status=state.status,
            counter=state.counter, variables=state.variables, resting=state.resting,
        )  # fmt: skip

    def step(self) -> Step[SpiffState]:
        """Return the step that the run has done."""
        is_live = self.status in {"running", "suspended"}
        state = SpiffState(
            status=self.status,
            counter=self.counter,
            tree=shelve(self.workflow) if is_live else b"",
            variables=self.variables,
            resting=self.resting if is_live else None,
        )
        return Step(
            state=state, status=self.status, occurrences=tuple(self.occurrences), work=tuple(self.work), jobs=tuple(self.jobs),
            incidents=tuple(self.incidents),
        )  # fmt: skip

    def happen(self, kind: str, element: str, token: int = 0, detail: str = "") -> None:
        """Note an occurrence."""
        self.occurrences.append(Occurrence(kind, element, token, detail))

    def node(self, element: str) -> Node:
        """Return our reading of an element."""
        node = self.program.slots.node(element)
        if node is None:
            raise AssertionError(f"{element} is no element")
        return node

    def assign(self, data: Mapping[str, Value]) -> None:
        """Write variables where the token carries them."""
        task = live_task(self.workflow)
        self.variables = Context({**task.data[DATA].variables, **data})
        task.data[DATA] = Carried(self.variables)

    def go_on(self) -> None:
        """Let SpiffWorkflow run the token until it rests or the case ends."""
        while self.resting is None and not self.workflow.is_completed():
            task = live_task(self.workflow)
            self.variables = task.data[DATA].variables
            if self.program.slots.node(task.task_spec.name) is None:
                task.run()  # SpiffWorkflow's own Start, EndJoin and End
                continue
            node = self.node(task.task_spec.name)
            self.happen("entered", node.id)
            self.perform(task, node, token=0)
        if self.resting is None:
            self._end()

    def _end(self) -> None:
        """Note that the case is complete; its variables are those that SpiffWorkflow has at its end."""
        found = self.workflow.data.get(DATA)
        if found is None:
            raise ConflictError("EF-E203", count=0)
        self.variables, self.status = found.variables, "completed"
        self.happen("completed", self.program.slots.process)

    def perform(self, task: Any, node: Node, *, token: int, is_left: bool = False) -> None:
        """Run an element; `token` is one that was parked there, `is_left` says that the gateway was told of before."""
        if node.action == "work":
            self.rest(node, WORK, token)
        elif node.action == "job":
            self.ask_handler(task, node, token)
        elif node.action == "exclusive":
            self._choose(task, node, token=token, is_left=is_left)
        else:
            self._pass(task, node, token)

    def rest(self, node: Node, phase: str, token: int, detail: str = "") -> None:
        """Let the token rest as open work or job."""
        if not token:
            self.counter += 1
            token = self.counter
        self.resting = Resting(token, node.id, phase)
        self.happen("opened", node.id, token, detail)
        if phase == WORK:
            self.work.append(WorkChange("opened", token, node.id))

    def ask_handler(self, task: Any, node: Node, token: int) -> None:
        """Open a job; SpiffWorkflow's task is begun and stays so until its result is reported."""
        if not token:
            task.run()
        self.rest(node, JOB, token, node.handler)
        self.jobs.append(JobChange("opened", token or self.counter, node.id, node.handler, self.variables))

    def _choose(self, task: Any, node: Node, *, token: int, is_left: bool) -> None:
        if not is_left:
            self.happen("left", node.id)
        self.scripts.held = ""
        try:
            task.run()
        except Fault as fault:
            self.park(node, fault, redo="leave", token=token, failed=task)
        except WorkflowException:
            if self.scripts.held or node.default >= 0:
                raise
            # SpiffWorkflow's word for: no condition held and there is no default
            self.park(node, Fault("condition", "EF-K102"), redo="leave", token=token, failed=task)
        else:
            self.leave(task, node)

    def _pass(self, task: Any, node: Node, token: int) -> None:
        try:
            task.run()
        except Fault as fault:
            self.park(node, fault, redo="run", token=token, failed=task)
            return
        self.variables = task.data[DATA].variables
        self.happen("completed", node.id, token)
        self.leave(task, node)

    def leave(self, task: Any, node: Node) -> None:
        """Note the flow that SpiffWorkflow took.

        Raises:
            ConflictError: it went where no flow of the diagram leads, or nowhere; nothing may be committed.
        """
        self.resting = None
        if node.kind == "endEvent":
            return
        flows = [self.program.slots.flows[index] for index in node.outgoing]
        targets = [child.task_spec.name for child in task.children]
        found = [f for f in flows if targets == [self.program.slots.nodes[f.target].id]]
        taken = next((f for f in found if f.id == self.scripts.held), None)
        taken = taken or next((f for f in found if f.condition is None), None)
        if taken is None:
            raise ConflictError("EF-E203", count=len(targets))
        self.scripts.held = ""
        self.happen("taken", taken.id)

    def park(self, node: Node, fault: Fault, *, redo: str, token: int = 0, failed: Any = None) -> None:
        """Park the token at its element as an incident; a task that SpiffWorkflow ran and that `failed` is made ready again."""
        if not token:
            self.counter += 1
            token = self.counter
        if failed is not None:
            self.workflow.reset_from_task_id(failed.id)
            live_task(self.workflow).data[DATA] = Carried(self.variables)
        trouble = Trouble(fault.trouble, fault.code, fault.arguments, redo, self.scripts.now.astimezone(UTC))
        self.resting = Resting(token, node.id, INCIDENT, trouble)
        self.happen("incident", node.id, token, fault.trouble)
        self.incidents.append(incident_of(self.resting, trouble))
