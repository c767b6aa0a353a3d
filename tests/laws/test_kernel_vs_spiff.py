# SPDX-License-Identifier: Apache-2.0
"""Random block-structured drawings on the kernel and on stock SpiffWorkflow, an engine that we did not write: the same tasks are done as often.

Known faults of SpiffWorkflow 3.2.0 that the drawings keep clear of: data of parallel branches do not meet until a join and lists are cut there (so that
nothing is written inside parallel blocks, and loops stand outside them), a join takes tokens of an earlier round for those of this one (so that a parallel
block is not inside a loop), more than 1,000 tasks stop it without a word, and the ids `Start` and `End` collide with its own.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from lxml import etree
from tests.laws.test_kernel_laws import START

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.procedure import read_files
from egov_flow.values import Command

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t"><process id="P" isExecutable="true">'
FEEL, PYTHON = "feel", "python"
MODELS = 300


class Blocks:
    """A drawing built of blocks, written in FEEL or in Python."""

    def __init__(self, seed: int, language: str) -> None:
        self.rng, self.language = random.Random(seed), language
        self.parts: list[str] = []
        self.count = 0
        self.loops: list[str] = []
        begin, end = self.node("startEvent"), self.node("endEvent")
        self.flow(self.sequence(begin, 3, is_parallel=False, is_loop=False), end)

    def node(self, tag: str, inner: str = "") -> str:
        self.count += 1
        name = f"n{self.count}"
        self.parts.append(f'<{tag} id="{name}">{inner}</{tag}>')
        return name

    def flow(self, source: str, target: str, condition: str = "") -> None:
        self.count += 1
        inner = f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>" if condition else ""
        self.parts.append(f'<sequenceFlow id="f{self.count}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>')

    def sequence(self, before: str, depth: int, *, is_parallel: bool, is_loop: bool) -> str:
        for _ in range(self.rng.randint(1, 3)):
            kind = self.rng.choice(["task", "task", "xor", "and", "loop"]) if depth else "task"
            if kind == "task" or (kind == "and" and is_loop) or (kind == "loop" and is_parallel):
                after = self.node("userTask")
                self.flow(before, after)
            elif kind == "loop":
                after = self.loop(before, depth)
            else:
                after = self.branches(before, kind, depth, is_parallel=is_parallel or kind == "and", is_loop=is_loop)
            before = after
        return before

    def branches(self, before: str, kind: str, depth: int, *, is_parallel: bool, is_loop: bool) -> str:
        tag = {"xor": "exclusiveGateway", "and": "parallelGateway"}[kind]
        split, join = self.node(tag), self.node(tag)
        self.flow(before, split)
        wanted = self.rng.randrange(2)
        for position in range(2):
            first = self.node("userTask")
            test = {FEEL: f"modulo(n, 2) = {(position + wanted) % 2}", PYTHON: f"n % 2 == {(position + wanted) % 2}"}[self.language]
            self.flow(split, first, test if kind == "xor" else "")
            self.flow(self.sequence(first, depth - 1, is_parallel=is_parallel, is_loop=is_loop), join)
        return join

    def loop(self, before: str, depth: int) -> str:
        counter, rounds = f"c{self.count}", self.rng.randint(1, 3)
        self.loops.append(counter)
        merge = self.node("exclusiveGateway")
        self.flow(before, merge)
        first = self.node("userTask")
        self.flow(merge, first)
        last = self.sequence(first, depth - 1, is_parallel=False, is_loop=True)
        text = {FEEL: f"{{{counter}: {counter} + 1}}", PYTHON: f"{counter} = {counter} + 1"}[self.language]
        count = self.node("scriptTask", f"<script>{text}</script>")
        self.flow(last, count)
        again = self.node("exclusiveGateway")
        self.flow(count, again)
        self.flow(again, merge, f"{counter} < {rounds}")
        after = self.node("userTask")
        self.flow(again, after, f"{counter} >= {rounds}")
        return after

    @property
    def xml(self) -> bytes:
        return f"{HEAD}{''.join(self.parts)}</process></definitions>".encode()


def on_kernel(drawing: Blocks, data: dict[str, int]) -> tuple[Counter[str], str]:
    """Return how often each task was done, and how the case ended."""
    program = kernel.compile(read_files([("process.bpmn", drawing.xml)], "blocks"))
    step = kernel.step(program, None, Command(kind="start", data=freeze(data)), START)
    done: Counter[str] = Counter()
    while True:
        done.update(o.element for o in step.occurrences if o.kind == "completed" and _is_task(program, o.element))
        todo = kernel.resting(program, step.state, "work")
        if not todo:
            return done, step.status
        step = kernel.step(program, step.state, Command(kind="complete", target=str(todo[0].token)), START)


def _is_task(program: kernel.Program, element: str) -> bool:
    node = program.node(element)
    return node is not None and node.kind.endswith("Task")


def on_spiffworkflow(drawing: Blocks, data: dict[str, int]) -> tuple[Counter[str], str]:
    """Return the same of stock SpiffWorkflow."""
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(drawing.xml))
    workflow = BpmnWorkflow(parser.get_spec("P"))
    workflow.get_next_task(state=TaskState.READY).data.update(data)
    workflow.do_engine_steps()
    while (task := workflow.get_next_task(state=TaskState.READY, manual=True)) is not None:
        task.run()
        workflow.do_engine_steps()
    done = (t.task_spec for t in workflow.get_tasks(state=TaskState.COMPLETED))
    names = Counter(spec.bpmn_id for spec in done if type(spec).__name__ in {"UserTask", "ScriptTask"})
    return names, "completed" if workflow.is_completed() else "running"


@pytest.mark.parametrize("share", range(10))
def test_both_engines_do_the_same_tasks_as_often(share: int) -> None:
    for seed in range(share * MODELS // 10, (share + 1) * MODELS // 10):
        ours, theirs = Blocks(seed, FEEL), Blocks(seed, PYTHON)
        data = {"n": seed % 3, **dict.fromkeys(ours.loops, 0)}

        assert on_kernel(ours, data) == on_spiffworkflow(theirs, data), seed
