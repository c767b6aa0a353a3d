# SPDX-License-Identifier: Apache-2.0
"""What is proved of instances that throw, of which one stands for all, holds for cases with several: none gets stuck, meets itself or enters what is dead."""

from __future__ import annotations

import random
from decimal import Decimal

import attrs
from tests.corners.corner import START
from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.data import Context
from egov_flow.procedure import Procedure, read_files
from egov_flow.proof import prove

DRAWINGS = 150
WALKS = 6
OWN = "user h\nend y\nt > h\nh > y"
MEETING = "user h\nt > h\nh > m"
INSIDE = (
    "start i\nuser b\nxor x\nend k | {0}\nend l\ni > b\nb > x\nx > k : c > 1\nx > l : default",
    "start i\nuser b\nend k | {0}\ni > b\nb > k",
    "start i\nuser b\nand g\nend k | {0}\nuser d\ni > b\nb > g\ng > k\ng > d",
)
BEHAVIORS = ("all_throw {0}", "first_throws {0}", "throws numberOfCompletedInstances = 2 : {0}")


def drawing(rng: random.Random) -> str:
    """Return instances that throw, caught on their border or on that of a sub-process around them, perhaps with something beside that joins."""
    event = rng.choice(["escalation X", "signal X", "error X"])
    several = f"instances {rng.choice([2, 3])}{rng.choice(['', ' | sequential'])}"
    activity = f"user a | {several} | {rng.choice(BEHAVIORS).format(event)}"
    if rng.random() < 0.5:
        activity = f"sub a | {several} {{\n{rng.choice(INSIDE).format(event)}\n}}"
    if rng.random() < 0.2:
        activity += "\nboundary ca | on a | compensate\nuser ua | undoes\nca ~ ua"
    first = rng.choice(["a", "p"])
    around = activity if first == "a" else f"sub p {{\nstart q\n{activity}\nq > a\n}}"
    keeps = " | keeps" if not event.startswith("error") and rng.random() < 0.6 else ""
    caught = f"boundary t | on {first} | {event}{keeps}\n{rng.choice([OWN, OWN, MEETING])}"
    way = f"xor m\nuser n\nend z\n{first} > m\nm > n"
    if rng.random() < 0.6:
        return "\n".join(["start s", around, caught, way, "n > z", f"s > {first}"])
    beside = rng.choice(["user o", f"catch o | {event}"] if event.startswith("signal") else ["user o"])
    return "\n".join(["start s", around, caught, way, f"and f\n{beside}\nand j\ns > f\nf > {first}\nf > o\nn > j\no > j\nj > z"])


def procedure_of(seed: int) -> Procedure:
    return read_files([("process.bpmn", bpmn(drawing(random.Random(seed))).encode())], "drawing")


def walk(program: kernel.Program, rng: random.Random) -> tuple[kernel.State, list[str]]:
    """Return where a case comes to whose data are real, and the elements that it entered."""
    step = kernel.step(program, None, kernel.starts(program)[0], START)
    entered = [o.element for o in step.occurrences if o.kind == "entered"]
    while commands := kernel.possible_commands(program, step.state):
        command = attrs.evolve(rng.choice(commands), data=Context({"c": Decimal(rng.choice([1, 2]))}))
        step = kernel.step(program, step.state, command, START)
        entered += [o.element for o in step.occurrences if o.kind == "entered"]
        if len(entered) > 200:
            break
    return step.state, entered


def test_what_is_proved_with_one_instance_is_true_of_several() -> None:
    proved = 0
    for seed in range(DRAWINGS):
        procedure = procedure_of(seed)
        proof = prove(procedure)
        if proof.not_verified or any(c.kind != "dead element" for c in proof.counterexamples):
            continue
        proved += 1
        dead, program = {c.finding.element for c in proof.counterexamples}, kernel.compile(procedure)
        for number in range(WALKS):
            state, entered = walk(program, random.Random(1000 * seed + number))
            assert not any(token.trouble for scope in state.scopes.values() for token in scope.tokens.values()), seed
            assert state.status == "completed" or len(entered) > 200, seed
            assert entered.count("n") <= 1, seed
            assert dead.isdisjoint(entered), seed

    assert proved > DRAWINGS // 2
