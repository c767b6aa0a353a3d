# SPDX-License-Identifier: Apache-2.0
"""Small diagrams for SpiffWorkflow, and one case stepped on both engines at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import attrs
import pytest

from egov_flow.data import freeze
from egov_flow.errors import EgovFlowError
from egov_flow.kernel import KernelEngine
from egov_flow.procedure import Procedure, read_files
from egov_flow.values import Command
from egov_flow_adapters.spiff_engine import SpiffEngine

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
NAMESPACES = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
FLOW = re.compile(r"(\w+) > (\w+)(?: : (.*))?")
CONDITION = "<conditionExpression><![CDATA[{}]]></conditionExpression>"
SCRIPT = '<scriptTask id="{}" scriptFormat="feel"><script><![CDATA[{}]]></script></scriptTask>'


def draw(*lines: str, more: str = "") -> Procedure:
    """Return the procedure of lines like `A > B : condition`, `script S {x: 1}`, `userTask A`, or XML; the start is S0 and the end E0."""
    body = ['<startEvent id="S0"/>', '<endEvent id="E0"/>']
    for line in lines:
        if flow := FLOW.fullmatch(line):
            source, target, condition = flow.groups()
            inner = CONDITION.format(condition) if condition else ""
            body.append(f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>')
        elif line.startswith("<"):
            body.append(line)
        elif line.startswith("script "):
            _, name, text = line.split(" ", 2)
            body.append(SCRIPT.format(name, text))
        else:
            tag, name, *attributes = line.split()
            body.append(f'<{tag} id="{name}" {" ".join(attributes)}/>')
    xml = f'<definitions {NAMESPACES} id="Definitions" targetNamespace="t"><process id="P" isExecutable="true">{"".join(body)}</process></definitions>'
    files = [("process.bpmn", xml.encode())]
    return read_files([*files, ("procedure.yaml", more.encode())] if more else files, "drawing")


def comparable(step):
    """Return what of a step must be equal on both engines; only the ways out of an incident differ."""
    incidents = [attrs.evolve(incident, ways_out=()) for incident in step.incidents]
    return step.status, step.occurrences, step.work, step.jobs, incidents, step.timers, step.waits, step.messages


class Both:
    """One case on the kernel and on SpiffWorkflow; after each command both must have done the same, and the state must survive being stored."""

    def __init__(self, procedure: Procedure) -> None:
        self.engines = (KernelEngine(), SpiffEngine())
        self.programs = [engine.compile(procedure) for engine in self.engines]
        self.states = [None, None]
        self.last = None

    def do(self, kind, target="", data=None, **arguments):
        """Let a command happen on both; return the step, or raise what both raise."""
        command = Command(kind=kind, target=str(target), data=freeze(data or {}), arguments=freeze(arguments))
        done = [self._step(number, command) for number in range(2)]
        if isinstance(done[0], EgovFlowError) or isinstance(done[1], EgovFlowError):
            assert [type(d) for d in done] == [type(done[0])] * 2
            raise done[1]
        assert comparable(done[1]) == comparable(done[0])
        self.states = [step.state for step in done]
        assert self.view(1) == self.view(0)
        self.last = done[1]
        return self

    def _step(self, number, command):
        engine, program, state = self.engines[number], self.programs[number], self.states[number]
        before = state and engine.dump(program, state)
        try:
            step = engine.step(program, state, command, NOW)
        except EgovFlowError as refused:
            return refused
        finally:
            assert (state and engine.dump(program, state)) == before, "the old state was changed"
        marking = engine.dump(program, step.state)
        assert engine.dump(program, engine.load(program, marking)) == marking
        return step._replace(state=engine.load(program, marking))

    def view(self, number=1):
        return self.engines[number].view(self.programs[number], self.states[number])

    @property
    def token(self) -> int:
        return self.states[1].resting.token

    @property
    def waiting(self):
        return self.view().waiting

    @property
    def marking(self):
        return self.engines[1].dump(self.programs[1], self.states[1])


@pytest.fixture
def drawn():
    return draw


@pytest.fixture
def both():
    """Return a case that has not begun, on a drawing."""
    return lambda *lines, more="": Both(draw(*lines, more=more))
