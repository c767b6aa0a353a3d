# SPDX-License-Identifier: Apache-2.0
"""The reference models of the BPMN Model Interchange Working Group: each process is executed, or refused with findings that a person can act on."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from egov_flow import bpmn, kernel
from egov_flow.errors import blocking
from egov_flow.procedure import Procedure, read_files

MIWG = pytest.mark.data("miwg-reference", files="Reference/*.bpmn")
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LIMITS = kernel.Limits(fuel=300)


@attrs.define
class Chance:
    """Chooses by chance what a drawing leaves open, all data ignored."""

    rng: random.Random
    ignores_data: bool = True

    def pick(self, options: kernel.Options) -> int:
        return self.rng.randrange(options.count)


def procedures(file: Path) -> list[Procedure]:
    """Return a procedure for each process of a file."""
    model = bpmn.read(file.read_bytes(), file.name)
    texts = [(p.id, f"procedure: reference\nprocess: {p.id}\n".encode()) for p in model.processes]
    return [read_files([("process.bpmn", file.read_bytes()), ("procedure.yaml", text)], file.stem) for _, text in texts]


@MIWG
def test_what_is_refused_says_where_and_what_to_draw_instead(data_file: Path) -> None:
    for procedure in procedures(data_file):
        for found in blocking(kernel.refusals(procedure)):
            assert found.hint("en")
            assert found.hint("id")
            assert found.code == "EF-K029" or (found.place.line > 1 and found.element)


@MIWG
def test_as_an_analysts_first_drawing_it_runs_to_rest_whatever_is_chosen(data_file: Path) -> None:
    for procedure in procedures(data_file):
        if blocking(kernel.refusals(procedure, conditions="free")):
            continue
        program = kernel.compile(procedure, conditions="free")
        for seed in range(5):
            walk(program, random.Random(seed))


def walk(program: kernel.Program, rng: random.Random) -> None:
    """Do what a case allows, by chance, and look at every state."""
    step = kernel.step(program, None, rng.choice(kernel.starts(program)), NOW, limits=LIMITS, choices=Chance(rng))
    for _ in range(25):
        assert kernel.defects(program, step.state) == []
        assert kernel.load(program, kernel.dump(program, step.state)) == step.state
        commands = kernel.possible_commands(program, step.state)
        if not commands or len(kernel.resting(program, step.state)) > 60:
            return
        step = kernel.step(program, step.state, rng.choice(commands), NOW, limits=LIMITS, choices=Chance(rng))


@MIWG
def test_most_processes_run_as_a_first_drawing(data_folder: Path) -> None:
    every = [p for file in sorted(data_folder.glob("Reference/*.bpmn")) for p in procedures(file)]
    run = [p for p in every if not blocking(kernel.refusals(p, conditions="free"))]

    assert len(run) >= 0.8 * len(every)
