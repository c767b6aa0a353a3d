# SPDX-License-Identifier: Apache-2.0
"""`step`: what a command does to a case. Pure: no clock, random, I/O or global; the same arguments give the same step, byte for byte."""

from __future__ import annotations

from datetime import datetime

from egov_flow.data import Context
from egov_flow.errors import AlreadyCompleted, ConflictError, InvalidData, NotFound
from egov_flow.kernel.beginning import begin_by, begin_case, begin_with_one
from egov_flow.kernel.choices import Choices
from egov_flow.kernel.commands import ACCEPTED, WHILE_SUSPENDED
from egov_flow.kernel.program import DEFAULT_LIMITS, Block, Limits, Program
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import ROOT, Scope, State
from egov_flow.kernel.stepping import settle
from egov_flow.values import Command, Step

__all__ = ["proceed", "step"]


def step(
    program: Program,
    state: State | None,
    command: Command,
    now: datetime,
    *,
    limits: Limits = DEFAULT_LIMITS,
    choices: Choices | None = None,
    entries: int | None = None,
) -> Step[State]:
    """Return what a command does; the old state is unchanged, also when the command is refused.

    Args:
        program: what the case runs.
        state: where the case stands; None before `start`.
        command: one of `KERNEL_COMMANDS`.
        now: the moment, with a zone.
        limits: what the command may spend.
        choices: decides what the program leaves open, or everything (`ignores_data`).
        entries: stop after so many elements were entered and leave the other tokens under way in the state; `proceed` goes on.

    Raises:
        NotFound: the case was not started, or there is no such token, wait, element or message awaited.
        AlreadyCompleted: the case or the token has ended.
        ConflictError: the case is suspended or was started before, or what the command names is in another phase.
        InvalidData: `now` has no zone.
    """
    if now.tzinfo is None:
        raise InvalidData("EF-K221")
    run = Run.of(program, state, now, limits, choices)
    if command.kind == "start":
        _start(run, state, command)
    else:
        _accept(run, state, command)
    settle(run, entries)
    return run.outputs.step(run.state())


def proceed(
    program: Program,
    state: State,
    now: datetime,
    *,
    limits: Limits = DEFAULT_LIMITS,
    choices: Choices | None = None,
    entries: int | None = 1,
) -> Step[State]:
    """Return what the next `entries` elements (None: all) do in a state that was paused under way."""
    run = Run.of(program, state, now, limits, choices)
    settle(run, entries)
    return run.outputs.step(run.state())


def _accept(run: Run, state: State | None, command: Command) -> None:
    """Let a running case take a command.

    Raises:
        EgovFlowError: as `step` says.
    """
    if state is None:
        raise NotFound("EF-K200")
    if command.kind not in ACCEPTED:
        raise ConflictError("EF-K216", kind=command.kind)
    if state.status != "running":
        if state.status != "suspended":
            raise AlreadyCompleted("EF-K202", status=state.status)
        if command.kind not in WHILE_SUSPENDED:
            raise ConflictError("EF-K203", kind=command.kind)
    if state.pending or state.late:
        raise ConflictError("EF-K224")
    ACCEPTED[command.kind](run, command)


def _start(run: Run, state: State | None, command: Command) -> None:
    """Start the case at the start event that the command names, or at its only none start (BPMN 2.0.2 §10.5.2, §13.2)."""
    if state is not None:
        raise ConflictError("EF-K201")
    program = run.program
    block = program.blocks[0]
    starts = block.starts
    if command.target:
        start = program.entries.get(command.target)
        if start is None:
            raise NotFound("EF-K210", start=command.target, known=", ".join(program.entries) or "none")
        block, starts = program.blocks[program.nodes[start].block], (start,)
    elif block.entries and len(starts) != 1:
        raise ConflictError("EF-K209", count=len(starts), known=", ".join(block.entries))
    run.counter = ROOT
    run.happen("started", block.id)
    _begin(run, block, starts, command)


def _begin(run: Run, block: Block, starts: tuple[int, ...], command: Command) -> None:
    """Begin the process by a token in its start events, or by what the element that the command names waits for."""
    first, message = run.program.nodes[starts[0]] if starts else None, command.arguments.get("message")
    if command.target and first is not None and (first.kind != "startEvent" or first.outputs):
        begin_by(run, Scope(ROOT, block.index, variables=block.unset), first, command.data)
        return
    scope = Scope(ROOT, block.index, variables=Context({**block.unset, **command.data}))
    if command.target and message is not None and first is not None and first.needs_all:
        begin_with_one(run, scope, first, message)
    else:
        begin_case(run, scope, starts)
