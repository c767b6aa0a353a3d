# SPDX-License-Identifier: Apache-2.0
"""What a proof says of a corner case is true of the case that is played on it: nothing that it enters is dead, and what is sound does not get stuck."""

from __future__ import annotations

import random

import pytest
from tests.corners.corner import FOLDER, START, Corner
from tests.corners.test_corners import CASES

from egov_flow import kernel
from egov_flow.procedure import read
from egov_flow.proof import prove


class Chance:
    """Choices by chance."""

    ignores_data = True

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def pick(self, options: kernel.Options) -> int:
        return self.rng.randrange(options.count)


def walked(program: kernel.Program, seed: int) -> kernel.State:
    """Return where a case comes to by chance, nothing forgotten on the way."""
    chance = Chance(random.Random(seed))
    state = kernel.step(program, None, chance.rng.choice(kernel.starts(program)), START, choices=chance).state
    for _ in range(30):
        commands = kernel.possible_commands(program, state)
        if not commands:
            break
        state = kernel.step(program, state, chance.rng.choice(commands), START, choices=chance).state
    return state


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_played_was_foreseen(case: Corner) -> None:
    proof = prove(read(str(FOLDER / f"{case.name}.bpmn")), states=300)
    entered, _, rests = case.trace.replace("*", "").partition(" /")
    dead = {found.element for found in proof.counterexamples if found.kind == "dead element"}

    assert dead.isdisjoint(entered.split())
    if proof.sound:
        assert "stuck@" not in entered, rests


def test_what_is_proved_sound_goes_on_whatever_happens() -> None:
    procedures = [read(str(FOLDER / f"{case.name}.bpmn")) for case in CASES]
    sound = [procedure for procedure in procedures if prove(procedure, states=300).sound]
    programs = {procedure.id: kernel.compile(procedure, conditions="free") for procedure in sound}
    ends = [(name, program, walked(program, seed)) for name, program in programs.items() for seed in range(3)]

    assert len(programs) > 300
    assert [name for name, _, state in ends if any(t.trouble for scope in state.scopes.values() for t in scope.tokens.values())] == []
    assert [name for name, program, state in ends if state.status == "running" and not kernel.possible_commands(program, state)] == []
