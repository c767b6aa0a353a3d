# SPDX-License-Identifier: Apache-2.0
"""Enumerating what a case can do when data is ignored: every command that may come, and every way a step can turn out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import attrs

from egov_flow.data import Context
from egov_flow.kernel.choices import Picked
from egov_flow.kernel.program import DEFAULT_LIMITS, NONE, Limits, Program
from egov_flow.kernel.raising import codes
from egov_flow.kernel.state import State
from egov_flow.kernel.step import proceed, step
from egov_flow.kernel.view import Beginning, awaited, beginnings, endings, resting
from egov_flow.values import Command, Step

__all__ = ["Outcome", "caught_errors", "continuations", "outcomes", "possible_commands", "starts"]


@attrs.frozen
class Outcome:
    """One way a step can turn out, with the picks that lead to it."""

    step: Step[State]
    picks: tuple[int, ...]


def starts(program: Program) -> tuple[Command, ...]:
    """Return the commands that can start a case: one for each start event, and the one without target if the process has none."""
    plain = () if program.blocks[0].entries else (Command(kind="start"),)
    return (*plain, *(Command(kind="start", target=e) for e in program.entries))


def possible_commands(program: Program, state: State) -> tuple[Command, ...]:
    """Return what may come from outside, data ignored; none once the case has ended.

    Work is completed, jobs are done, activities begun, messages, timers and deadlines come.

    Parked tokens are left alone: what mends an incident is no part of the procedure.
    """
    if state.status != "running":
        return ()
    found = [Command(kind="complete", target=str(r.token)) for r in resting(program, state, "work")]
    found += [command for r in resting(program, state, "job") for command in _reports(program, state, r.token)]
    found += [Command(kind="begin", target=b.element, arguments=Context({"in": str(b.token)})) for b in _begun_once(program, state)]
    found += [Command(kind="end", target=e.element, arguments=Context({"in": str(e.token)})) for e in endings(program, state)]
    deadlines: dict[str, None] = {}
    signals: dict[str, None] = {}
    for wait in awaited(program, state):
        if wait.kind == "message":
            found.append(Command(kind="send", target=wait.name, arguments=Context({"wait": str(wait.wait)})))
        elif wait.kind == "signal":
            signals[wait.name] = None
        elif wait.kind in ("timer", "condition"):
            found.append(Command(kind="due", target=str(wait.wait)))
        elif wait.kind == "deadline":
            deadlines[wait.name] = None
    found += [Command(kind="signal", target=name) for name in signals]
    return (*found, *(Command(kind="expire", target=name) for name in deadlines))


def _begun_once(program: Program, state: State) -> Iterator[Beginning]:
    """Yield what may be begun and does not run already, nor anything that follows it: how often an activity is begun at once has no end."""
    for found in beginnings(program, state):
        scope = next(s for s in state.scopes.values() if found.token == s.host and s.is_own)
        follows = _following(program, program.index[found.element])
        waiting = {program.flows[flow].source for counts in scope.joins.values() for flow in counts}
        if follows.isdisjoint(waiting) and not any(t.node in follows for t in scope.tokens.values()):
            yield found


def _following(program: Program, start: int) -> set[int]:
    """Return the nodes that a token comes to from a node, itself included."""
    found: set[int] = set()
    todo = [start]
    while todo:
        index = todo.pop()
        if index not in found:
            found.add(index)
            node = program.nodes[index]
            todo += [*(program.flows[flow].target for flow in node.outgoing), *node.boundary, *([node.link] if node.link != NONE else ())]
    return found


def caught_errors(program: Program, state: State, token: int) -> tuple[str, ...]:
    """Return the codes of errors that something would catch if the job of a token reported them; "" stands for every other one."""
    scope = next(s for s in state.scopes.values() if token in s.tokens)
    return codes(program, state.scopes, scope.id, scope.tokens[token])


def _reports(program: Program, state: State, token: int) -> Iterator[Command]:
    """Yield what may become of a job: its result, and each error that something would catch."""
    yield Command(kind="report", target=str(token))
    for code in caught_errors(program, state, token):
        yield Command(kind="report", target=str(token), arguments=Context({"outcome": "error", "code": code or "any"}))


def outcomes(
    program: Program,
    state: State | None,
    command: Command,
    now: datetime,
    *,
    limits: Limits = DEFAULT_LIMITS,
    entries: int | None = None,
) -> Iterator[Outcome]:
    """Yield every way a command can turn out when data is ignored, in depth-first order of the picks.

    A loop without rest makes them endless, unless `entries` pauses the step; go on with `continuations` then.
    """
    return _all(lambda choices: step(program, state, command, now, limits=limits, choices=choices, entries=entries))


def continuations(
    program: Program, state: State, now: datetime, *, limits: Limits = DEFAULT_LIMITS, entries: int | None = 1
) -> Iterator[Outcome]:
    """Yield every way a paused state can go on for `entries` more elements."""
    return _all(lambda choices: proceed(program, state, now, limits=limits, choices=choices, entries=entries))


def _all(run: Callable[[Picked], Step[State]]) -> Iterator[Outcome]:
    picks: tuple[int, ...] | None = ()
    while picks is not None:
        choices = Picked(picks)
        found = run(choices)
        yield Outcome(found, choices.made)
        picks = choices.next()
