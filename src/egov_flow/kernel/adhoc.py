# SPDX-License-Identifier: Apache-2.0
"""Ad-hoc sub-processes: people choose what to begin, until the completion condition holds or somebody ends it (BPMN 2.0.2 §10.3.5, §13.3.5)."""

from __future__ import annotations

from egov_flow.errors import ConflictError, NotFound
from egov_flow.kernel.moving import complete_adhoc
from egov_flow.kernel.program import Block, Program
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import Scope
from egov_flow.values import Command

__all__ = ["begin", "end", "is_ended_by_people", "is_open"]


def begin(run: Run, command: Command) -> None:
    """Begin an activity of an ad-hoc sub-process; `arguments["in"]` names the sub-process's token if several run that hold the activity.

    Raises:
        NotFound: no sub-process that runs lets it be begun.
        ConflictError: several do and none is named, one activity at a time is allowed and one runs, or the sub-process is complete.
    """
    node = run.program.node(command.target)
    found = _named(command, [s for s in run.scopes.values() if node is not None and is_open(run.program.blocks[s.block], s, node.index)])
    if not found or node is None:
        raise NotFound("EF-K227", element=str(command.target)[:60])
    if len(found) > 1:
        raise ConflictError("EF-K228", element=node.id, count=len(found), tokens=_tokens(found))
    spec = run.program.blocks[found[0].block].adhoc
    if found[0].is_closing:
        raise ConflictError("EF-K229", element=node.id)
    if spec is not None and spec.is_sequential and (found[0].tokens or found[0].joins):
        raise ConflictError("EF-K230", element=node.id)
    run.assign(found[0].id, command.data)
    run.send(found[0].id, node)


def end(run: Run, command: Command) -> None:
    """End an ad-hoc sub-process that has no completion condition; what runs in it is cancelled or awaited, as it says itself.

    `arguments["in"]` names its token if several run.

    Raises:
        NotFound: none runs that people end.
        ConflictError: several do and none is named, or it is complete and awaits what runs.
    """
    found = _named(command, [s for s in run.scopes.values() if is_ended_by_people(run.program, s, command.target)])
    if not found:
        raise NotFound("EF-K234", element=str(command.target)[:60])
    if len(found) > 1:
        raise ConflictError("EF-K235", element=command.target, count=len(found), tokens=_tokens(found))
    if found[0].is_closing:
        raise ConflictError("EF-K236", element=command.target)
    run.assign(found[0].parent, command.data)
    complete_adhoc(run, found[0].id)


def _named(command: Command, scopes: list[Scope]) -> list[Scope]:
    """Return the sub-process whose token a command names; all of them if it names none."""
    wanted = str(command.arguments.get("in", ""))
    return [s for s in scopes if str(s.host) == wanted] if wanted else scopes


def _tokens(scopes: list[Scope]) -> str:
    return ", ".join(str(scope.host) for scope in scopes)


def is_ended_by_people(program: Program, scope: Scope, element: str = "") -> bool:
    """Return whether a scope is an ad-hoc sub-process (that element, if one is named) of which people say that it is done."""
    block = program.blocks[scope.block]
    is_own = block.adhoc is not None and block.adhoc.is_ended_by_people and scope.is_own and scope.undoing is None
    return is_own and element in ("", block.id)


def is_open(block: Block, scope: Scope, node: int) -> bool:
    """Return whether a scope is an ad-hoc sub-process in which people begin that activity."""
    return block.adhoc is not None and scope.is_own and scope.undoing is None and node in block.adhoc.enabled
