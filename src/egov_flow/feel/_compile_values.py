# SPDX-License-Identifier: Apache-2.0
"""Closures of constants, lists, contexts, ranges, arithmetic and types."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException

from egov_flow.data import Context, Value, YearMonthDuration
from egov_flow.feel._arithmetic import ARITHMETIC, apply, negate
from egov_flow.feel._compiler import Closure, Compiler, Rule
from egov_flow.feel._kinds import Range, conforms, kind_of
from egov_flow.feel._nodes import Chain, ContextNode, FunctionNode, InstanceOf, ListNode, Literal, Negate, RangeNode
from egov_flow.feel._scopes import Layer, Scope
from egov_flow.feel._wide import WIDE
from egov_flow.feel.limits import Run

__all__ = ["RULES"]

_ENDS = frozenset([Decimal, str, date, time, datetime, timedelta, YearMonthDuration, *WIDE])


def _literal(_: Compiler, node: Literal) -> Closure:
    value = node.value
    return lambda scope, run: value


def _negate(compiler: Compiler, node: Negate) -> Closure:
    operand = compiler.build(node.operand)
    return lambda scope, run: negate(operand(scope, run))


def _chain(compiler: Compiler, node: Chain) -> Closure:
    first = compiler.build(node.first)
    rest = [(op, compiler.build(term), at) for op, term, at in node.rest]
    if len(rest) == 1 and rest[0][0] != "**":
        return _pair(first, *rest[0])

    def chain(scope: Scope, run: Run) -> Value:
        value = first(scope, run)
        for op, term, at in rest:
            value = apply(op, value, term(scope, run), run, at)
        return value

    return chain


def _pair(left: Closure, op: str, right: Closure, at: tuple[int, int]) -> Closure:
    numbers = ARITHMETIC[op][Decimal, Decimal]

    def pair(scope: Scope, run: Run) -> Value:
        a, b = left(scope, run), right(scope, run)
        if type(a) is Decimal and type(b) is Decimal:
            try:
                return numbers(a, b)
            except DecimalException:
                return None
        return apply(op, a, b, run, at)

    return pair


def _list(compiler: Compiler, node: ListNode) -> Closure:
    items = [compiler.build(item) for item in node.items]
    return lambda scope, run: tuple([item(scope, run) for item in items])


def _context(compiler: Compiler, node: ContextNode) -> Closure:
    entries: list[tuple[str, Closure]] = []
    keys: tuple[str, ...] = ()
    for key, value in node.entries:
        # A function sees its own entry too, so that it can call itself; its body runs when the entry is made.
        entries.append((key, compiler.build_within(value, (*keys, key) if type(value) is FunctionNode else keys)))
        keys = (*keys, key)

    def context(scope: Scope, run: Run) -> Value:
        made: dict[str, Value] = {}
        inner = Layer(made, scope)
        for key, value in entries:
            made[key] = value(inner, run)
        return Context(made)

    return context


def _range(compiler: Compiler, node: RangeNode) -> Closure:
    low = compiler.build(node.low) if node.low is not None else None
    high = compiler.build(node.high) if node.high is not None else None

    def make(scope: Scope, run: Run) -> Value:
        start = low(scope, run) if low else None
        end = high(scope, run) if high else None
        # An end that is written but null makes no range; an end that is not written leaves that side open.
        if (low and type(start) not in _ENDS) or (high and type(end) not in _ENDS):
            return None
        if low and high and type(start) is not type(end) and kind_of(start) != kind_of(end):
            return None
        return Range(low=start, high=end, low_closed=node.low_closed, high_closed=node.high_closed)

    return make


def _instance(compiler: Compiler, node: InstanceOf) -> Closure:
    operand, wanted = compiler.build(node.operand), node.type
    return lambda scope, run: conforms(operand(scope, run), wanted, run)


RULES: dict[type, Rule] = {
    Literal: _literal,
    Negate: _negate,
    Chain: _chain,
    ListNode: _list,
    ContextNode: _context,
    RangeNode: _range,
    InstanceOf: _instance,
}
