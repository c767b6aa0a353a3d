# SPDX-License-Identifier: Apache-2.0
"""Activities: tasks, embedded sub-processes and calls (BPMN 2.0.2 §13.3)."""

from __future__ import annotations

from egov_flow.data import EMPTY, Context, Value
from egov_flow.kernel import rounds
from egov_flow.kernel.finishing import finish
from egov_flow.kernel.moving import perform_done
from egov_flow.kernel.program import Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import BLOCK, JOB, WAIT, WORK, Scope, Token, WaitState
from egov_flow.kernel.waiting import arm, plan
from egov_flow.values import JobChange, WorkChange

__all__ = [
    "open_scope", "perform_abstract", "perform_block", "perform_job", "perform_receive", "perform_rounds", "perform_script", "perform_work",
]  # fmt: skip


def perform_abstract(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Pass an abstract task: nothing says who does it, so it is done at once (§13.3.3)."""
    if node.is_plain:
        perform_done(run, scope, node, token)
        return
    rested = _rest(run, scope, node, token, WORK, _boundary(run, scope, node, token))
    finish(run, scope, node, rested)


def perform_work(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Open the work of a user or manual task; its completion is reported by a command.

    Raises:
        Fault: what passes in, a wait, or who may do it, cannot be computed.
    """
    groups = _groups(run, scope, node, token) if node.groups and not run.ignores_data else ()
    rested = _rest(run, scope, node, token, WORK, _boundary(run, scope, node, token) if node.armed else [])
    run.happen("opened", node.id, rested.id)
    run.outputs.add_work(WorkChange("opened", rested.id, node.id, groups))


def _groups(run: Run, scope: int, node: Node, token: Token | None) -> tuple[str, ...]:
    """Return the groups that may do a task (§10.3.1); each expression names one, or a list of them.

    Raises:
        Fault: one cannot be evaluated, or names no group.
    """
    asking = Token(token.id if token else 0, node.index, WORK, local=_taken_in(run, scope, node, token))
    found: dict[str, None] = {}
    for expression in node.groups:
        value = run.evaluate(expression, scope, asking)
        names = value if isinstance(value, tuple) else (value,)
        if not names or not all(isinstance(name, str) and name.strip() for name in names):
            raise Fault("expression", "EF-K122")
        found |= dict.fromkeys(str(name) for name in names)
    return tuple(found)


def perform_job(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Open a job for a handler; its result is reported by a command. With input mappings the handler sees what they name, and nothing else."""
    rested = _rest(run, scope, node, token, JOB, _boundary(run, scope, node, token))
    run.happen("opened", node.id, rested.id, node.handler)
    visible = run.visible(scope, rested)
    if node.inputs:
        visible = Context({passing.target: rested.local.get(passing.target) for passing in node.inputs})
    data = visible if isinstance(visible, Context) else Context(visible)
    run.outputs.add_job(JobChange("opened", rested.id, node.id, node.handler, data))


def perform_receive(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Wait for the message of a receive task."""
    waits = [*_boundary(run, scope, node, token), *plan(run, scope, node)]
    _rest(run, scope, node, token, WAIT, waits)


def perform_script(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Evaluate a FEEL script: its value goes to the result variable, or its entries become variables.

    Raises:
        Fault: it cannot be evaluated, or yields no context and no result variable is named.
    """
    found = token
    if not node.is_plain:
        local = _taken_in(run, scope, node, token)
        found = Token(token.id if token else 0, node.index, WORK, 0, token.waits if token else (), None, local)
    data: Context = EMPTY
    if node.script is not None and not run.ignores_data:
        data = _named(node, run.evaluate(node.script, scope, found))
    if found is not None and not node.is_plain:
        found = run.rest(scope, found if found.id else found._replace(id=run.new_id()))
    finish(run, scope, node, found, data)


def _named(node: Node, value: Value) -> Context:
    if node.result:
        return Context({node.result: value})
    if not isinstance(value, Context):
        raise Fault("expression", "EF-K110")
    return value


def perform_block(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Start an embedded sub-process (§13.3.4) or a called process (§13.3.5): its start event, or else every element without incoming flow, gets a token.

    A called process has the variables that the call passes in, and no others.

    Raises:
        Fault: what passes in, or a wait, cannot be computed.
    """
    waits = _boundary(run, scope, node, token)
    own = _taken_in(run, scope, node, token)
    block = run.program.blocks[node.content]
    local = block.unset
    if node.is_call:
        local = Context({**local, **{passing.target: own.get(passing.target) for passing in node.inputs}})
        own = token.local if token else EMPTY
    token_id, kept = (token.id, token.waits) if token else (run.new_id(), ())
    inner = Scope(run.new_id(), block.index, scope, token_id, local)
    run.rest(scope, Token(token_id, node.index, BLOCK, inner.id, kept, None, own))
    open_scope(run, inner)
    armed = arm(run, waits, token_id)
    if armed:
        rested = run.scopes[scope].tokens[token_id]
        run.rest(scope, rested._replace(waits=rested.waits + armed))
    for start in block.starts:
        run.send(inner.id, run.program.nodes[start])


def open_scope(run: Run, scope: Scope) -> None:
    """Add a scope and arm the start events of its event sub-processes (§13.5.4).

    Raises:
        Fault: a wait cannot be computed; the scope is not there then.
    """
    run.scopes[scope.id] = scope
    run.owned.add(scope.id)
    try:
        waits = [wait for start in run.program.blocks[scope.block].armed for wait in plan(run, scope.id, run.program.nodes[start])]
    except Fault:
        del run.scopes[scope.id]
        run.owned.discard(scope.id)
        raise
    if waits:
        scope.waits = arm(run, waits, 0)
    run.touched[scope.id] = None


def perform_rounds(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Begin an activity that is done more than once; its boundary events are those of all instances together (§13.5.3)."""
    rounds.begin(run, scope, node, token, _boundary(run, scope, node, token))


def _boundary(run: Run, scope: int, node: Node, token: Token | None) -> list[WaitState]:
    """Plan the waits of an activity's boundary events; none if they are armed already, or belong to all instances together."""
    if (
        not node.armed
        or run.scopes[scope].rounds is not None
        or (token is not None and token.trouble is not None and token.trouble.redo == "body")
    ):
        return []
    return [wait for index in node.armed for wait in plan(run, scope, run.program.nodes[index])]


def _taken_in(run: Run, scope: int, node: Node, token: Token | None) -> Context:
    """Return the variables of an activity's token alone, what passes in among them.

    Raises:
        Fault: what passes in cannot be computed.
    """
    local = token.local if token else EMPTY
    if not node.inputs or run.ignores_data:
        return local
    return Context({**local, **run.passed(node.inputs, run.visible(scope, token))})


def _rest(run: Run, scope: int, node: Node, token: Token | None, phase: str, waits: list[WaitState]) -> Token:  # noqa: PLR0917 - the shape of `perform_…`
    local = EMPTY if node.is_plain else _taken_in(run, scope, node, token)
    token_id, armed = (token.id, token.waits) if token else (run.new_id(), ())
    if waits:
        armed += arm(run, waits, token_id)
    return run.rest(scope, Token(token_id, node.index, phase, 0, armed, None, local))
