# SPDX-License-Identifier: Apache-2.0
"""Which of several input sets an activity begins with, the wait for one, and which of several output sets it ends with (BPMN 2.0.2 §10.4.2, §13.3.2).

What is null is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from egov_flow.data import EMPTY, Value
from egov_flow.kernel.program import Choice, Node, Passing
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import DATA, WAIT, Token, WaitState
from egov_flow.kernel.waiting import arm, disarm_one

__all__ = ["begins_now", "chosen_outputs", "with_inputs"]


def with_inputs(run: Run, scope: int, node: Node, token: Token | None) -> Node | None:
    """Return an activity as it begins with the first of its input sets whose data are there; if none is, its token waits for one, and None is returned."""
    if run.ignores_data:
        return node
    chosen = _first(node.input_sets, run.visible(scope, token))
    if chosen is not None:
        return attrs.evolve(node, inputs=chosen.passings, input_sets=())
    token_id, waits, local = (token.id, token.waits, token.local) if token is not None else (run.new_id(), (), EMPTY)
    armed = arm(run, [WaitState(0, DATA, scope, 0, node.index)], token_id)
    run.rest(scope, Token(token_id, node.index, WAIT, 0, waits + armed, None, local))
    return None


def _first(sets: tuple[Choice, ...], there: Mapping[str, Value]) -> Choice | None:
    return next((found for found in sets if all(there.get(name) is not None for name in found.needs)), None)


def begins_now(run: Run) -> Iterator[tuple[int, Node, Token]]:
    """Yield the scope, activity and token of each that waited for data which are there now; it does not wait any more."""
    for wait in [w for w in run.waits.values() if w.kind == DATA]:
        if run.waits.get(wait.id) is not wait:
            continue  # one before it has ended it
        node = run.program.nodes[wait.node]
        if _first(node.input_sets, run.visible(wait.scope, run.scopes[wait.scope].tokens[wait.token])) is not None:
            disarm_one(run, wait)
            yield wait.scope, node, run.scopes[wait.scope].tokens[wait.token]


def chosen_outputs(node: Node, given: Mapping[str, Value]) -> tuple[Passing, ...]:
    """Return what passes out of an activity that is done: that of the first of its output sets which is whole.

    Raises:
        Fault: none is.
    """
    if not node.output_sets:
        return node.outputs
    chosen = _first(node.output_sets, given)
    if chosen is None:
        raise Fault("data", "EF-K121")
    return chosen.passings
