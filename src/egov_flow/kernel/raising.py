# SPDX-License-Identifier: Apache-2.0
"""Errors and escalations: from where they are thrown outwards to the first thing that catches them (BPMN 2.0.2 §10.5.6, §13.5.5).

Event sub-processes of a scope come before the boundary of the activity that the scope belongs to; a catcher of that very code before one of every code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from egov_flow.kernel.program import NONE, Node, Program, Trigger
from egov_flow.kernel.state import Scope, Token

__all__ = ["Catcher", "catcher", "codes"]


@attrs.frozen
class Catcher:
    """An event that catches: on the border of the activity of a token, or (token 0) the start of an event sub-process of a scope."""

    node: Node
    scope: int
    token: int = 0


def catcher(program: Program, scopes: Mapping[int, Scope], kind: str, code: str, scope: int, token: Token | None) -> Catcher | None:  # noqa: PLR0917
    """Return what catches an error or escalation thrown in a scope (by an activity, if its token is given); None if nothing does."""
    for level in _levels(program, scopes, scope, token):
        for wanted in dict.fromkeys((code, "")):
            found = next((c for c in level if any(t.kind == kind and t.name == wanted for t in _triggers(c))), None)
            if found is not None:
                return found
    return None


def _triggers(found: Catcher) -> tuple[Trigger, ...]:
    return found.node.trigger.each if found.node.trigger is not None else ()


def codes(program: Program, scopes: Mapping[int, Scope], scope: int, token: Token) -> tuple[str, ...]:
    """Return the codes of errors that something would catch from an activity; "" stands for every other one."""
    found = [trigger for level in _levels(program, scopes, scope, token) for c in level for trigger in _triggers(c)]
    return tuple(dict.fromkeys(t.name for t in found if t.kind == "error"))


def _levels(program: Program, scopes: Mapping[int, Scope], scope: int, token: Token | None) -> Iterator[list[Catcher]]:
    """Yield what may catch, level by level outwards."""
    if token is not None and scopes[scope].is_own:
        yield _border(program, scope, token)
    came_from = NONE
    is_interrupted = False
    while True:
        found = scopes[scope]
        block = program.blocks[found.block]
        if found.rounds is None and found.undoing is None and not is_interrupted:
            starts = [program.nodes[i] for i in block.handlers]
            yield [Catcher(start, scope) for start in starts if start.event_block != came_from]
        if not found.parent:
            return
        host = scopes[found.parent].tokens[found.host]
        came_from, is_interrupted, scope = NONE, False, found.parent
        if found.is_own and block.is_event:
            # an event sub-process does not catch what it throws itself; one that interrupted its scope has nothing beside it
            came_from, is_interrupted = host.node, program.nodes[block.starts[0]].is_interrupting
        else:
            yield _border(program, scope, host) if scopes[scope].is_own else []


def _border(program: Program, scope: int, token: Token) -> list[Catcher]:
    return [Catcher(program.nodes[index], scope, token.id) for index in program.nodes[token.node].handlers]
