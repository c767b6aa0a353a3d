# SPDX-License-Identifier: Apache-2.0
"""Drawings without any structure over the rest of BPMN: compensation, transactions, ad-hoc sub-processes, complex gateways, quantities, behaviors of instances.

They are walked as the wild graphs are, and must keep the same promises; what is torn down with something done in it must not leave anything behind either.
"""

from __future__ import annotations

import random
from itertools import islice

import pytest
from tests.laws.test_kernel_graphs import ERROR, ESCALATION, HEAD, SIGNAL, Wild, keeps_every_promise
from tests.laws.test_kernel_laws import LIMITS, Graph, procedure_of, walk

from egov_flow import kernel
from egov_flow.errors import EgovFlowError
from egov_flow.procedure import read_files

SHARES = 6
GRAPHS = 600
ROOTS = '<signalEventDefinition id="dS" signalRef="g"/><escalationEventDefinition id="dX" escalationRef="y"/>'
COMPENSATE = "<compensateEventDefinition/>"
KINDS = (
    "complex", "complex", "undone", "undone", "undone", "undo", "undo", "failing", "torn", "torn", "transaction", "adhoc", "behaving", "takes", "gives",
    "wild", "wild",
)  # fmt: skip
BEHAVIORS = (
    'behavior="None" noneBehaviorEventRef="dS"><loopCardinality>2</loopCardinality>',
    'behavior="One" oneBehaviorEventRef="dX" isSequential="true"><loopCardinality>n</loopCardinality>',
    (
        'behavior="Complex"><loopCardinality>2</loopCardinality><completionCondition>n &gt; 4</completionCondition><complexBehaviorDefinition><condition>'
        f"n &gt; 2</condition><event>{SIGNAL}{ESCALATION}</event></complexBehaviorDefinition>"
    ),
    (
        f'behavior="Complex"><loopCardinality>3</loopCardinality><complexBehaviorDefinition><condition>n = 1</condition><event>{ERROR}</event>'
        "</complexBehaviorDefinition>"
    ),
)


def complex_gateway(graph: Graph, name: str) -> None:
    condition = graph.rng.choice(["activationCount &gt;= 1", "activationCount &gt;= 2", "n &gt; 2", "activationCount + n &gt; 3"])
    graph.parts.append(f'<complexGateway id="{name}"><activationCondition>{condition}</activationCondition></complexGateway>')
    graph.targets.append(name)
    graph.sources.append((name, True))


class Joining(Graph):
    """A drawing with complex gateways among what every graph has."""

    def element(self, name: str, kind: str, depth: int) -> None:
        if self.rng.random() < 0.4:
            complex_gateway(self, name)
        else:
            super().element(name, kind, depth)


class Whole(Wild):
    """A drawing with what compensates, cancels, counts and is begun by people."""

    cancels = False

    def element(self, name: str, kind: str, depth: int) -> None:
        new = self.rng.choice(KINDS)
        if new == "complex":
            complex_gateway(self, name)
        elif new == "undone":
            self.undone(name, depth)
        elif new == "undo":
            waits = self.rng.choice(["true", "false"])
            definition = f'<compensateEventDefinition waitForCompletion="{waits}"/>'
            self.passing(f'<intermediateThrowEvent id="{name}">{definition}</intermediateThrowEvent>', name)
        elif new == "failing":
            thrown = "<cancelEventDefinition/>" if self.cancels and self.rng.random() < 0.5 else self.rng.choice([ERROR, COMPENSATE])
            self.parts.append(f'<endEvent id="{name}">{thrown}</endEvent>')
            self.targets.append(name)
        elif new == "torn" and depth:
            self.torn(name)
        elif new == "transaction" and depth:
            self.transaction(name)
        elif new == "adhoc":
            self.adhoc(name)
        elif new == "behaving":
            inner = f"<multiInstanceLoopCharacteristics {self.rng.choice(BEHAVIORS)}</multiInstanceLoopCharacteristics>"
            self.passing(f'<userTask id="{name}">{inner}</userTask>', name)
            self.boundary(name)
        elif new == "gives":
            self.passing(f'<{self.rng.choice(["userTask", "task"])} id="{name}" completionQuantity="2"/>', name)
        elif new == "takes":
            self.passing(f'<{self.rng.choice(["userTask", "task"])} id="{name}" startQuantity="2"/>', name)
            self.parts.append(f'<task id="{name}t" completionQuantity="{self.rng.choice([1, 2, 3])}"/>')
            self.targets.append(f"{name}t")
            self.flow(f"{name}t", name)
        else:
            super().element(name, kind, depth)

    def undone(self, name: str, depth: int) -> None:
        """Draw an activity with a handler, perhaps several instances, perhaps with such activities inside."""
        body = self.rng.choice(["userTask", "task", "subProcess", "subProcess"] if depth else ["userTask", "task"])
        many = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
        inner = (many if self.rng.random() < 0.3 else "") + (Whole(self.rng, name, 0).xml if body == "subProcess" else "")
        self.passing(f'<{body} id="{name}">{inner}</{body}>', name)
        if body == "subProcess" and self.rng.random() < 0.6:
            self.boundary(name)
        if body == "subProcess" and self.rng.random() < 0.6:
            return  # what is inside is compensated then
        handler = self.rng.choice(["userTask", "task", "serviceTask"])
        topic = ' camunda:topic="h"' if handler == "serviceTask" else ""
        self.parts.append(f'<boundaryEvent id="{name}k" attachedToRef="{name}">{COMPENSATE}</boundaryEvent>')
        self.parts.append(f'<{handler} id="{name}u" isForCompensation="true"{topic}/>')
        self.parts.append(f'<association id="{name}a" sourceRef="{name}k" targetRef="{name}u"/>')

    def torn(self, name: str) -> None:
        """Draw a sub-process that an error leaves with something done in it, perhaps in one of several instances."""
        many = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
        inner = Torn(self.rng, name, 0)
        self.passing(f'<subProcess id="{name}">{self.rng.choice(["", many])}{inner.xml}</subProcess>', name)
        self.parts.append(f'<boundaryEvent id="{name}b" attachedToRef="{name}">{ERROR}</boundaryEvent>')
        self.sources.append((f"{name}b", False))

    def transaction(self, name: str) -> None:
        self.passing(f'<transaction id="{name}">{Cancelling(self.rng, name, 0).xml}</transaction>', name)
        self.parts.append(f'<boundaryEvent id="{name}x" attachedToRef="{name}"><cancelEventDefinition/></boundaryEvent>')
        self.sources.append((f"{name}x", False))
        if self.rng.random() < 0.5:
            self.boundary(name)

    def adhoc(self, name: str) -> None:
        attributes = (
            f'ordering="{self.rng.choice(["Parallel", "Sequential"])}" cancelRemainingInstances="{self.rng.choice(["true", "false"])}"'
        )
        inner = f'<userTask id="{name}p"/><task id="{name}q"/><userTask id="{name}r"/><sequenceFlow id="{name}f" sourceRef="{name}p" targetRef="{name}r"/>'
        inner += self.rng.choice(["", "<completionCondition>n &gt; 3</completionCondition>"])  # without it people end the sub-process
        self.passing(f'<adHocSubProcess id="{name}" {attributes}>{inner}</adHocSubProcess>', name)
        self.boundary(name)


class Cancelling(Whole):
    """The inside of a transaction."""

    cancels = True


class Torn(Whole):
    """The inside of a sub-process in which something is done, then something random may run beside, then an error is thrown."""

    def element(self, name: str, kind: str, depth: int) -> None:
        if name != f"{self.prefix}n0":
            super().element(name, kind, depth)
            return
        done, handler = self.rng.choice(["task", "userTask"]), self.rng.choice(["userTask", "userTask", "task"])
        self.parts.append(f'<{done} id="{name}"/><boundaryEvent id="{name}k" attachedToRef="{name}">{COMPENSATE}</boundaryEvent>')
        self.parts.append(
            f'<{handler} id="{name}u" isForCompensation="true"/><association id="{name}a" sourceRef="{name}k" targetRef="{name}u"/>'
        )
        self.parts.append(f'<endEvent id="{name}e">{ERROR}</endEvent>')
        self.targets.append(name)
        self.flow(name, f"{name}e")


def program_of(rng: random.Random) -> kernel.Program:
    called = Whole(rng, "q", 0).xml
    bodies = f'<process id="P" isExecutable="true">{Whole(rng).xml}</process><process id="Q" isExecutable="false">{called}</process>'
    return kernel.compile(read_files([("process.bpmn", f"{HEAD}{ROOTS}{bodies}</definitions>".encode())], "whole"))


@pytest.mark.parametrize("share", range(SHARES))
def test_drawings_over_all_of_bpmn_keep_every_promise(share: int) -> None:
    for seed in range(share * GRAPHS // SHARES, (share + 1) * GRAPHS // SHARES):
        rng = random.Random(seed)
        keeps_every_promise(rng, program_of(rng), seed)


def test_paused_after_each_element_they_come_to_the_same_state() -> None:
    for seed in range(60):
        rng = random.Random(seed)
        program = program_of(rng)
        for state, command, now, outcome in walk(rng, program, 5):
            if isinstance(outcome, EgovFlowError) or command.kind == "due" or any(o.detail == "fuel" for o in outcome.occurrences):
                continue
            paused = kernel.step(program, state, command, now, entries=0).state
            for _ in range(LIMITS.fuel):
                if not (paused.pending or paused.late):
                    break
                paused = kernel.proceed(program, paused, now).state
            assert kernel.dump(program, paused) == kernel.dump(program, outcome.state), seed


def test_what_data_decides_at_complex_gateways_is_one_of_the_outcomes_that_ignore_data() -> None:
    compared = 0
    for seed in range(150):
        rng = random.Random(seed)
        program = kernel.compile(procedure_of(Joining(rng).xml))
        for state, command, now, outcome in walk(rng, program, 6):
            if isinstance(outcome, EgovFlowError) or command.kind not in ("start", "complete", "send") or outcome.incidents:
                continue
            found = list(islice(kernel.outcomes(program, state, command, now, limits=LIMITS), 100))
            if len(found) < 100 and not any(i.kind == "fuel" for o in found for i in o.step.incidents):
                compared += 1
                assert kernel.marking(outcome.state) in {kernel.marking(o.step.state) for o in found}, seed

    assert compared > 80


def test_they_really_have_everything_in_them() -> None:
    kinds: set[str] = set()
    happened: set[str] = set()
    torn_down = False
    for seed in range(200):
        rng = random.Random(seed)
        program = program_of(rng)
        kinds |= {node.action for node in program.nodes} | {node.kind for node in program.nodes}
        for _, _, _, outcome in walk(rng, program, 8):
            if not isinstance(outcome, EgovFlowError):
                happened |= {o.kind for o in outcome.occurrences}
                undoing = [s.undoing for s in outcome.state.scopes.values() if s.undoing is not None]
                torn_down = torn_down or any(u.then == "catch" for u in undoing)

    assert {"complex", "compensate", "cancel", "transaction", "adHocSubProcess", "rounds"} <= kinds
    assert {"reset", "compensating", "begun", "uncaught"} <= happened
    assert torn_down
