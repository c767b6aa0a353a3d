# SPDX-License-Identifier: Apache-2.0
"""Two thousand drawings without any structure, with everything that the kernel executes in them, and random commands on each.

No step raises anything but a refusal; the old state stays as it was; a state survives being stored; the same commands give the same bytes again; and no
token, scope or wait is left without a reason.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.laws.test_kernel_laws import LIMITS, Graph, walk

from egov_flow import kernel
from egov_flow.errors import EgovFlowError, ProcedureError
from egov_flow.procedure import Procedure, read_files

SHARES = 20
GRAPHS = 2_000
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" targetNamespace="t">'
    '<message id="m" name="M"/><message id="o" name="N"/><signal id="g" name="S"/><error id="x" errorCode="E"/><escalation id="y" escalationCode="X"/>'
)
SIGNAL, ERROR, ESCALATION = (
    '<signalEventDefinition signalRef="g"/>',
    '<errorEventDefinition errorRef="x"/>',
    '<escalationEventDefinition escalationRef="y"/>',
)
CONDITION = "<conditionalEventDefinition><condition>n &gt; 3</condition></conditionalEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="m"/>'
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
SETS = (
    '<ioSpecification><dataInput id="@x" name="x"/><dataInput id="@k" name="k"/><dataOutput id="@o" name="k"/><dataOutput id="@p" name="n"/>'
    "<inputSet><dataInputRefs>@x</dataInputRefs></inputSet><inputSet><dataInputRefs>@k</dataInputRefs></inputSet>"
    "<outputSet><dataOutputRefs>@o</dataOutputRefs></outputSet><outputSet><dataOutputRefs>@p</dataOutputRefs></outputSet></ioSpecification>"
    "<dataInputAssociation><sourceRef>x</sourceRef><targetRef>@x</targetRef></dataInputAssociation>"
    "<dataInputAssociation><sourceRef>k</sourceRef><targetRef>@k</targetRef></dataInputAssociation>"
    "<dataOutputAssociation><sourceRef>@o</sourceRef><targetRef>k</targetRef></dataOutputAssociation>"
    "<dataOutputAssociation><sourceRef>@p</sourceRef><targetRef>n</targetRef></dataOutputAssociation>"
)
REPEATED = (
    '<standardLoopCharacteristics loopMaximum="2"/>',
    '<standardLoopCharacteristics testBefore="true" loopMaximum="3"><loopCondition>n &lt; 4</loopCondition></standardLoopCharacteristics>',
    "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>",
    (
        '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>n</loopCardinality><completionCondition>n &gt; 4</completionCondition>'
        "</multiInstanceLoopCharacteristics>"
    ),
    (
        '<multiInstanceLoopCharacteristics camunda:collection="=[1, n]"><loopDataOutputRef>found</loopDataOutputRef><inputDataItem id="@i" name="i"/>'
        '<outputDataItem id="@o" name="o"/></multiInstanceLoopCharacteristics>'
    ),
)


class Wild(Graph):
    """A drawing that also has signals, errors, escalations, conditions, links, calls, loops, instances and event sub-processes."""

    def __init__(self, rng: random.Random, prefix: str = "", depth: int = 1) -> None:
        super().__init__(rng, prefix, depth)
        if rng.random() < 0.5:
            self.event_block(f"{prefix}z")

    def element(self, name: str, kind: str, depth: int) -> None:
        wild = self.rng.choice(
            [
                "",
                "",
                "signal",
                "escalation",
                "condition",
                "catch",
                "error",
                "link",
                "call",
                "repeated",
                "repeated",
                "both",
                "all thrown",
                "sets",
            ]
        )
        if wild == "signal":
            self.passing(f'<intermediateThrowEvent id="{name}">{SIGNAL}</intermediateThrowEvent>', name)
        elif wild == "escalation":
            self.passing(f'<intermediateThrowEvent id="{name}">{ESCALATION}</intermediateThrowEvent>', name)
        elif wild == "condition":
            self.passing(f'<intermediateCatchEvent id="{name}">{CONDITION}</intermediateCatchEvent>', name)
        elif wild == "both":
            self.passing(
                f'<intermediateCatchEvent id="{name}" parallelMultiple="true">{SIGNAL}{CONDITION}{MESSAGE}</intermediateCatchEvent>', name
            )
        elif wild == "sets":
            self.passing(f'<userTask id="{name}">{SETS.replace("@", name)}</userTask>', name)
            self.boundary(name)
        elif wild == "all thrown":
            thrown = self.rng.choice(
                [SIGNAL + ESCALATION, ESCALATION + MESSAGE, SIGNAL + MESSAGE + ERROR, SIGNAL + "<terminateEventDefinition/>"]
            )
            self.parts.append(f'<endEvent id="{name}">{thrown}</endEvent>')
            self.targets.append(name)
        elif wild == "catch":
            self.passing(f'<intermediateCatchEvent id="{name}">{SIGNAL}</intermediateCatchEvent>', name)
        elif wild == "error":
            self.parts.append(f'<endEvent id="{name}">{ERROR}</endEvent>')
            self.targets.append(name)
        elif wild == "link":
            self.parts.append(f'<intermediateThrowEvent id="{name}"><linkEventDefinition name="{name}"/></intermediateThrowEvent>')
            self.parts.append(f'<intermediateCatchEvent id="{name}c"><linkEventDefinition name="{name}"/></intermediateCatchEvent>')
            self.targets.append(name)
            self.sources.append((f"{name}c", False))
        elif wild == "call":
            self.passing(f'<callActivity id="{name}" calledElement="Q"/>', name)
            self.boundary(name)
        elif wild == "repeated":
            self.repeated(name, depth)
        else:
            super().element(name, kind, depth)

    def passing(self, xml: str, name: str) -> None:
        self.parts.append(xml)
        self.targets.append(name)
        self.sources.append((name, False))

    def repeated(self, name: str, depth: int) -> None:
        loop = self.rng.choice(REPEATED).replace("@", name)
        body = self.rng.choice(["userTask", "task", "scriptTask", "subProcess", "serviceTask"])
        if body == "subProcess" and depth:
            inner = f"{loop}{Wild(self.rng, name, 0).xml}"
        else:
            body = "userTask" if body == "subProcess" else body
            inner = f"{loop}<script>{{n: n + 1}}</script>" if body == "scriptTask" else loop
        topic = ' camunda:topic="h"' if body == "serviceTask" else ""
        self.passing(f'<{body} id="{name}"{topic}>{inner}</{body}>', name)
        if self.rng.random() < 0.5:
            self.boundary(name)

    def boundary(self, host: str) -> None:
        inner, cancel = self.rng.choice(
            [
                (SIGNAL, "true"),
                (SIGNAL, "false"),
                (CONDITION, "false"),
                (ERROR, "true"),
                (ESCALATION, "false"),
                (ESCALATION, "true"),
                (SIGNAL + ERROR, "true"),
                (MESSAGE + ESCALATION + CONDITION, "false"),
                ("", ""),
            ]
        )
        if not inner:
            super().boundary(host)
            return
        self.parts.append(f'<boundaryEvent id="{host}b" attachedToRef="{host}" cancelActivity="{cancel}">{inner}</boundaryEvent>')
        self.sources.append((host + "b", False))

    def event_block(self, name: str) -> None:
        together = self.rng.choice(["true", "false"])
        inner, stops = self.rng.choice(
            [
                (MESSAGE + SIGNAL, "false"),
                (MESSAGE + TIMER, "true"),
                (SIGNAL + CONDITION + MESSAGE, "false"),
                (MESSAGE, "true"),
                (MESSAGE, "false"),
                (SIGNAL, "false"),
                (TIMER, "true"),
                (CONDITION, "false"),
                (ERROR, "true"),
                (ESCALATION, "false"),
            ]
        )
        self.parts.append(
            f'<subProcess id="{name}" triggeredByEvent="true">'
            f'<startEvent id="{name}s" isInterrupting="{stops}" parallelMultiple="{together}">{inner}</startEvent>'
            f'<userTask id="{name}u"/><sequenceFlow id="{name}f" sourceRef="{name}s" targetRef="{name}u"/></subProcess>'
        )


def wild_procedure(rng: random.Random) -> Procedure:
    called = Wild(rng, "q", 0).xml
    xml = f'{HEAD}<process id="P" isExecutable="true">{Wild(rng).xml}</process><process id="Q" isExecutable="false">{called}</process></definitions>'
    return read_files([("process.bpmn", xml.encode())], "wild")


def keeps_every_promise(rng: random.Random, program: kernel.Program, seed: int) -> None:
    """Walk a drawing, and look after each step at everything that was promised."""
    replayed = None
    for state, command, now, outcome in walk(rng, program, 8):
        before = None if state is None else kernel.dump(program, state)
        if isinstance(outcome, EgovFlowError):
            continue
        assert kernel.defects(program, outcome.state) == [], seed
        dumped = kernel.dump(program, outcome.state)
        assert kernel.load(program, dumped) == outcome.state, seed
        replayed = kernel.step(program, replayed, command, now, limits=LIMITS).state
        assert kernel.dump(program, replayed) == dumped, seed
        assert before is None or kernel.dump(program, state) == before, seed


@pytest.mark.parametrize("share", range(SHARES))
def test_two_thousand_wild_graphs_keep_every_promise(share: int) -> None:
    for seed in range(share * GRAPHS // SHARES, (share + 1) * GRAPHS // SHARES):
        rng = random.Random(seed)
        keeps_every_promise(rng, kernel.compile(wild_procedure(rng)), seed)


def test_the_wild_graphs_really_have_everything_in_them() -> None:
    kinds: set[str] = set()
    happened: set[str] = set()
    begins: set[str] = set()
    awaited: set[str] = set()
    for seed in range(300):
        rng = random.Random(seed)
        try:
            program = kernel.compile(wild_procedure(rng))
        except ProcedureError as refused:
            pytest.fail(str(refused))
        begins |= {program.nodes[index].kind for index in program.entries.values()}
        kinds |= {node.action for node in program.nodes} | {node.repetition.kind for node in program.nodes if node.repetition}
        for _, _, _, outcome in walk(rng, program, 8):
            if not isinstance(outcome, EgovFlowError):
                happened |= {o.kind for o in outcome.occurrences}
                awaited |= {wait.kind for wait in kernel.awaited(program, outcome.state)}

    assert {"all", "block", "link", "raise", "signal", "rounds", "loop", "parallel", "sequential"} <= kinds
    assert {"message", "timer", "signal", "condition", "data"} == awaited
    assert {"startEvent", "receiveTask", "intermediateCatchEvent"} == begins
    assert {"begun", "came", "finished", "thrown", "uncaught", "caught", "fired", "withdrawn", "incident", "terminated"} <= happened


def digest_of_walks() -> str:
    """Return one hash over many walks: their states and everything they told."""
    digest = hashlib.sha256()
    for seed in range(60):
        rng = random.Random(seed)
        for _, _, _, outcome in walk(rng, kernel.compile(wild_procedure(rng)), 8):
            told = "" if isinstance(outcome, EgovFlowError) else repr((outcome.occurrences, outcome.state))
            digest.update(told.encode())
    return digest.hexdigest()


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_under_every_hash_seed(seed: str) -> None:
    environment = dict(os.environ, PYTHONHASHSEED=seed, PYTHONPATH=str(Path(__file__).resolve().parents[2]))
    run = subprocess.run([sys.executable, __file__], env=environment, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == digest_of_walks()


if __name__ == "__main__":
    print(digest_of_walks())
