# SPDX-License-Identifier: Apache-2.0
"""Activities: tasks and embedded sub-processes (BPMN 2.0.2 §13.3)."""

from __future__ import annotations

from egov_flow.data import Context, Value
from egov_flow.kernel.moving import perform_done
from egov_flow.kernel.program import Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import BLOCK, JOB, WAIT, WORK, Scope, Token, WaitState
from egov_flow.kernel.waiting import arm, plan
from egov_flow.values import JobChange, WorkChange

__all__ = ["perform_abstract", "perform_block", "perform_job", "perform_receive", "perform_script", "perform_work"]


def perform_abstract(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Pass an abstract task: nothing says who does it, so it is done at once (§13.3.3)."""
    perform_done(run, scope, node, token)


def perform_work(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Open the work of a user or manual task; its completion is reported by a command."""
    rested = _rest(run, scope, node, token, WORK, _boundary(run, scope, node, token))
    run.happen("opened", node.id, rested.id)
    run.outputs.add_work(WorkChange("opened", rested.id, node.id))


def perform_job(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Open a job for a handler; its result is reported by a command."""
    rested = _rest(run, scope, node, token, JOB, _boundary(run, scope, node, token))
    run.happen("opened", node.id, rested.id, node.handler)
    visible = run.visible(scope)
    data = visible if isinstance(visible, Context) else Context(visible)
    run.outputs.add_job(JobChange("opened", rested.id, node.id, node.handler, data))


def perform_receive(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Wait for the message of a receive task."""
    waits = [*_boundary(run, scope, node, token), plan(run, scope, node)]
    _rest(run, scope, node, token, WAIT, waits)


def perform_script(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Evaluate a FEEL script: its value goes to the result variable, or its entries become variables.

    Raises:
        Fault: it cannot be evaluated, or yields no context and no result variable is named.
    """
    if node.script is not None and not run.ignores_data:
        run.assign(scope, _named(node, run.evaluate(node.script, scope)))
    perform_done(run, scope, node, token)


def _named(node: Node, value: Value) -> Context:
    if node.result:
        return Context({node.result: value})
    if not isinstance(value, Context):
        raise Fault("expression", "EF-K110")
    return value


def perform_block(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Start an embedded sub-process (§13.3.4): its start event, or else every element without incoming flow, gets a token."""
    waits = _boundary(run, scope, node, token)
    token_id = token.id if token else run.new_id()
    inner = run.new_id()
    block = run.program.blocks[node.content]
    run.scopes[inner] = Scope(inner, block.index, scope, token_id, Context(dict.fromkeys(block.local)))
    run.owned.add(inner)
    run.touched[inner] = None
    run.rest(scope, Token(token_id, node.index, BLOCK, inner, arm(run, waits, token_id)))
    for start in block.starts:
        run.send(inner, run.program.nodes[start])


def _boundary(run: Run, scope: int, node: Node, token: Token | None) -> list[WaitState]:
    """Plan the waits of an activity's boundary events; none if they are armed already."""
    if token is not None and token.trouble is not None and token.trouble.redo == "body":
        return []
    return [plan(run, scope, run.program.nodes[index]) for index in node.boundary]


def _rest(run: Run, scope: int, node: Node, token: Token | None, phase: str, waits: list[WaitState]) -> Token:  # noqa: PLR0917 - the shape of `perform_…`
    token_id, kept = (token.id, token.waits) if token else (run.new_id(), ())
    return run.rest(scope, Token(token_id, node.index, phase, 0, kept + arm(run, waits, token_id)))
