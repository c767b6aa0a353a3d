# SPDX-License-Identifier: Apache-2.0
"""Conditions that can be decided before any case exists: and, or, not over comparisons of variables with constants or with each other."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.data import EMPTY, Value
from egov_flow.feel._compiler import Compiler
from egov_flow.feel._nodes import (
    Between,
    Call,
    Chain,
    Compare,
    In,
    ListNode,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    PathStep,
    Postfix,
    RangeNode,
    Test,
)
from egov_flow.feel._rules import RULES
from egov_flow.feel.limits import Limits, Run

__all__ = ["Atom", "Path", "Undecided", "atoms"]

Path = tuple[str, ...]
_LIMITS = Limits(fuel=1_000)
_MAKERS = frozenset(["date", "time", "date and time", "duration", "number", "string", "years and months duration"])


class Undecided(Exception):
    """A condition holds something else."""


@attrs.frozen
class Atom:
    """A variable that a condition speaks of: the constants it is compared with, and the variables.

    Attributes:
        is_ordered: whether it is compared by < or >, not only for equality.
    """

    path: Path
    constants: tuple[Value, ...] = ()
    others: tuple[Path, ...] = ()
    is_ordered: bool = False


def atoms(node: Node) -> Iterator[Atom]:
    """Yield what a condition compares; raises Undecided if it does anything else."""
    if type(node) is Logic:
        for part in node.parts:
            yield from atoms(part)
    elif type(node) is Call and node.name == "not" and len(node.arguments) == 1:
        yield from atoms(node.arguments[0])
    elif type(node) is Compare:
        yield from _compared(node.op, node.left, node.right)
    elif type(node) is Between:
        yield from _compared("<", node.operand, node.low)
        yield from _compared("<", node.operand, node.high)
    elif type(node) is In:
        for test in node.tests:
            yield from _tested(node.operand, test)
    elif type(node) is not Literal or type(node.value) is not bool:
        yield Atom(_path(node), (True,))


def _compared(op: str, left: Node, right: Node) -> Iterator[Atom]:
    is_ordered = op not in ("=", "!=")
    sides = (left, right)
    constants = [_constant(side) for side in sides]
    if all(constants):
        return
    if any(constants):
        value = next(c[0] for c in constants if c)
        yield Atom(_path(sides[0 if constants[0] is None else 1]), (value,), (), is_ordered)
    else:
        one, other = _path(left), _path(right)
        yield Atom(one, (), (other,), is_ordered)
        yield Atom(other, (), (one,), is_ordered)


def _tested(operand: Node, test: Test) -> Iterator[Atom]:
    if test.op:
        yield from _compared(test.op, operand, test.operand)
    elif type(test.operand) is RangeNode:
        for end in (test.operand.low, test.operand.high):
            if end is not None:
                yield from _compared("<", operand, end)
    elif type(test.operand) is ListNode:
        for item in test.operand.items:
            yield from _tested(operand, Test("", item, test.at))
    else:
        yield from _compared("=", operand, test.operand)


def _path(node: Node) -> Path:
    if type(node) is Name and node.name != "?":
        return (node.name,)
    if type(node) is Postfix and type(node.base) is Name and all(type(step) is PathStep for step in node.steps):
        return (node.base.name, *(step.name for step in node.steps if isinstance(step, PathStep)))
    raise Undecided


def _constant(node: Node) -> tuple[Value] | None:
    """Return the value of a node that reads nothing, in a tuple; None if it is no such node."""
    if not _is_constant(node):
        return None
    closure = Compiler(RULES, frozenset(), lambda *_: None).build(node)
    return (closure(EMPTY, Run(_LIMITS, None)),)


def _is_constant(node: Node) -> bool:
    if type(node) is Literal:
        return True
    if type(node) is Negate:
        return _is_constant(node.operand)
    if type(node) is Chain:
        return _is_constant(node.first) and all(_is_constant(term) for _, term, _ in node.rest)
    return type(node) is Call and node.name in _MAKERS and all(_is_constant(a) for a in node.arguments)
