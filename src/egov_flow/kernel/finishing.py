# SPDX-License-Identifier: Apache-2.0
"""What happens when an activity's body, an instance of it or a catching event is done: what it yields becomes variables, and it is left or done again."""

from __future__ import annotations

from collections.abc import Mapping

from egov_flow.data import EMPTY, Context, Value
from egov_flow.kernel import rounds
from egov_flow.kernel.data_sets import chosen_outputs
from egov_flow.kernel.moving import park, perform_done
from egov_flow.kernel.program import Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import Token

__all__ = ["end_round", "finish", "yield_outputs"]


def finish(run: Run, scope: int, node: Node, token: Token | None, data: Mapping[str, Value] = EMPTY) -> None:
    """Take in what an element yields, and go on. With output mappings only what they name passes out (BPMN 2.0.2 §10.4.2)."""
    if node.is_plain or token is None:
        run.assign(scope, data)
        perform_done(run, scope, node, token)
    elif node.outputs:
        token = run.rest(scope, token.holding(Context({**token.local, **data})))
        yield_outputs(run, scope, node, token)
    else:
        run.assign(scope, data, token)
        end_round(run, scope, node, token)


def yield_outputs(run: Run, scope: int, node: Node, token: Token) -> None:
    """Let the outputs of an element pass, of several output sets those of the first that is whole; a fault parks the token, what it yielded kept."""
    try:
        if not run.ignores_data:
            _pass_out(run, scope, node, token)
    except Fault as fault:
        park(run, scope, node, fault, redo="finish", token=token)
        return
    end_round(run, scope, node, token)


def _pass_out(run: Run, scope: int, node: Node, token: Token) -> None:
    seen = token.local if node.is_call else run.visible(scope, token)
    own = {node.repetition.local_output} if node.repetition else set()
    for target, value in run.passed(chosen_outputs(node, token.local), seen).items():
        run.assign(scope, {target: value}, token if target in own else None)


def end_round(run: Run, scope: int, node: Node, token: Token) -> None:
    """Leave the element, or end this instance of it."""
    if run.scopes[scope].rounds is None:
        perform_done(run, scope, node, token)
        return
    try:
        rounds.end_instance(run, scope, node, run.scopes[scope].tokens[token.id])
    except Fault as fault:
        park(run, scope, node, fault, redo="round", token=run.scopes[scope].tokens[token.id])
