# SPDX-License-Identifier: Apache-2.0
"""Complex gateways: when one is activated, which flows it gives a token to, and what it waits for before it resets (BPMN 2.0.2 §13.4.5, table 13.5).

A gateway that waits for start is activated as soon as its activation condition holds. It then waits for reset, as an inclusive gateway waits, until no
token can come any more over the flows that brought none; what came there meanwhile is consumed, and its flows are chosen once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from egov_flow.data import Context, Value
from egov_flow.kernel.choices import Options
from egov_flow.kernel.program import ACTIVATION_COUNT, NONE, WAITING_FOR_START, Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import WORK, Resetting, Scope, Token

__all__ = ["activates", "begin_reset", "chosen", "end_reset", "resetting"]


def resetting(scope: Scope, node: Node) -> Resetting | None:
    """Return over which flows a gateway was activated, if it waits for reset."""
    return next((r for r in scope.resets if r.node == node.index), None)


def begin_reset(run: Run, scope: int, node: Node, flows: tuple[int, ...]) -> None:
    """Let a gateway wait for reset: tokens came over these flows when it was activated."""
    own = run.own(scope)
    own.resets = (*own.resets, Resetting(node.index, flows))
    run.inclusive[scope, node.index] = None


def end_reset(run: Run, scope: int, node: Node) -> None:
    """Let a gateway wait for start again."""
    own = run.own(scope)
    own.resets = tuple(r for r in own.resets if r.node != node.index)
    del run.inclusive[scope, node.index]
    run.touched[scope] = None
    run.is_changed = run.is_changed or node.index in own.joins  # what is left there may activate it


def activates(run: Run, scope: int, node: Node) -> bool:
    """Return whether a gateway is activated by the tokens that it holds.

    Raises:
        Fault: its condition yields no boolean, or is open and nobody chooses.
    """
    spec = node.joining
    if spec is None:
        raise AssertionError(f"{node.id} waits for nothing")
    if not spec.is_certain and run.choices is not None and (run.ignores_data or spec.activation is None):
        return run.choices.pick(Options(element=node.id, is_exclusive=True, always=(), conditional=("activate",), default="wait")) == 0
    if spec.activation is None:
        raise Fault("condition", "EF-K104")
    value = run.evaluate(spec.activation, scope, _asking(node, _counts(run, scope, node)))
    if not isinstance(value, bool):
        raise Fault("condition", "EF-K119")
    return value


def _counts(run: Run, scope: int, node: Node) -> dict[str, Value]:
    """Return how many tokens each incoming flow holds, by its id, and how many all of them hold."""
    counts: Mapping[int, int] = run.scopes[scope].joins.get(node.index, {})
    flows = ((run.program.flows[flow].id, counts.get(flow, 0)) for flow in node.incoming)
    each: dict[str, Value] = {name: Context({ACTIVATION_COUNT: Decimal(count)}) for name, count in flows}
    return {**each, ACTIVATION_COUNT: Decimal(sum(counts.values()))}


def _asking(node: Node, local: dict[str, Value]) -> Token:
    return Token(0, node.index, WORK, local=Context(local))


def chosen(run: Run, scope: int, node: Node, *, starts: bool) -> tuple[int, ...]:
    """Return the outgoing flows that get a token when a gateway starts or resets: those whose condition holds, or else the default.

    A flow without condition gets one only when it starts.

    Raises:
        Fault: a condition yields no boolean or is open and nobody chooses; or no condition holds at the start, and there is no default.
    """
    asking = _asking(node, {WAITING_FOR_START: starts})
    taken, undecided = [], []
    for index in node.outgoing:
        flow = run.program.flows[index]
        if index == node.default:
            continue
        if flow.condition is None and not flow.is_conditional:
            taken += [index] if starts else []
        elif run.choices is not None and (flow.is_open or (run.ignores_data and not flow.is_certain)):
            undecided.append(index)
        elif flow.condition is None:
            raise Fault("condition", "EF-K104")
        elif _truth(run.evaluate(flow.condition, scope, asking), flow.id):
            taken.append(index)
    if undecided:
        taken = _picked(run, node, taken, undecided, starts=starts)
    if taken or node.default != NONE:
        return tuple(taken) or (node.default,)
    if starts:
        raise Fault("condition", "EF-K102")
    return ()


def _truth(value: Value, flow: str) -> bool:
    if value is None:
        raise Fault("condition", "EF-K100", flow=flow)
    if not isinstance(value, bool):
        raise Fault("condition", "EF-K101", flow=flow)
    return value


def _picked(run: Run, node: Node, taken: list[int], undecided: list[int], *, starts: bool) -> list[int]:
    """Return the flows that were taken already, with those of the undecided ones that whoever chooses takes; at a reset that may be none."""
    if run.choices is None:
        raise AssertionError(f"nobody chooses at {node.id}")
    flows = run.program.flows
    default = flows[node.default].id if node.default != NONE else "" if starts else "none"
    options = Options(
        element=node.id,
        is_exclusive=False,
        always=tuple(flows[f].id for f in taken),
        conditional=tuple(flows[f].id for f in undecided),
        default=default,
    )
    picked = set(options.flows(run.choices.pick(options)))
    return [index for index in node.outgoing if flows[index].id in picked and index != node.default]
