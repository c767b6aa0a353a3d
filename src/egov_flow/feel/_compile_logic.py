# SPDX-License-Identifier: Apache-2.0
"""Closures of comparisons, and, or, if, between, in and unary tests."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

from egov_flow.data import Value
from egov_flow.feel._compiler import Closure, Compiler, Rule
from egov_flow.feel._failures import At
from egov_flow.feel._kinds import Range
from egov_flow.feel._nodes import Between, Compare, If, In, Literal, Logic, Name, RangeNode, Test
from egov_flow.feel._operators import COMPARERS, all_of, any_of, compare, contains, equal, negated
from egov_flow.feel._scopes import Layer, Scope
from egov_flow.feel.limits import Run

__all__ = ["RULES"]


def _compare(compiler: Compiler, node: Compare) -> Closure:
    left, right, at = compiler.build(node.left), compiler.build(node.right), node.at
    if type(node.right) is Literal and type(node.right.value) in (Decimal, str):
        return _with_constant(left, node)
    if node.op == "=":
        return lambda scope, run: equal(left(scope, run), right(scope, run), run, at)
    if node.op == "!=":
        return lambda scope, run: negated(equal(left(scope, run), right(scope, run), run, at))
    op = COMPARERS[node.op]
    return lambda scope, run: compare(op, left(scope, run), right(scope, run))


_ALL = {"=": operator.eq, "!=": operator.ne, **COMPARERS}
_WITH_NULL = {"=": False, "!=": True}


def _with_constant(left: Closure, node: Compare) -> Closure:
    """The shape of nearly every condition, `name op constant`, without the general road."""
    constant, op, with_null = node.right.value, _ALL[node.op], _WITH_NULL.get(node.op)
    kind = type(constant)
    if type(node.left) is Name:
        name = node.left.name

        def named(scope: Scope, run: Run) -> Value:  # noqa: ARG001 - every closure has this shape
            value = scope.get(name)
            return op(value, constant) if type(value) is kind else with_null if value is None else None

        return named

    def any_left(scope: Scope, run: Run) -> Value:
        value = left(scope, run)
        return op(value, constant) if type(value) is kind else with_null if value is None else None

    return any_left


def _logic(compiler: Compiler, node: Logic) -> Closure:
    parts = [compiler.build(part) for part in node.parts]
    decides = node.kind == "or"
    if len(parts) == 2:
        return _both(parts[0], parts[1], decides)

    def logic(scope: Scope, run: Run) -> Value:
        outcome: bool | None = not decides
        for part in parts:
            value = part(scope, run)
            if value is decides:
                return decides
            if value is not (not decides):
                outcome = None
        return outcome

    return logic


def _both(first: Closure, second: Closure, decides: bool) -> Closure:
    other = not decides

    def both(scope: Scope, run: Run) -> Value:
        left = first(scope, run)
        if left is decides:
            return decides
        right = second(scope, run)
        if right is decides:
            return decides
        return other if left is other and right is other else None

    return both


def _if(compiler: Compiler, node: If) -> Closure:
    condition, yes, no = compiler.build(node.condition), compiler.build(node.yes), compiler.build(node.no)
    return lambda scope, run: yes(scope, run) if condition(scope, run) is True else no(scope, run)


def _between(compiler: Compiler, node: Between) -> Closure:
    operand, low, high = compiler.build(node.operand), compiler.build(node.low), compiler.build(node.high)

    def between(scope: Scope, run: Run) -> Value:
        value = operand(scope, run)
        return all_of((compare(operator.ge, value, low(scope, run)), compare(operator.le, value, high(scope, run))))

    return between


def _in(compiler: Compiler, node: In) -> Closure:
    operand = compiler.build(node.operand)
    tests = [_test(compiler, test) for test in node.tests]
    turn = negated if node.negated else _same

    def within(scope: Scope, run: Run) -> Value:
        value = operand(scope, run)
        inner = Layer({"?": value}, scope)
        return turn(any_of([test(inner, value, run) for test in tests]))

    return within


def _same(outcome: bool | None) -> bool | None:
    return outcome


Tester = Callable[[Scope, Value, Run], "bool | None"]


def _test(compiler: Compiler, test: Test) -> Tester:
    asked, at = compiler.asked, test.at
    operand = compiler.build_within(test.operand, ("?",))
    if test.op == "=":
        return lambda scope, value, run: equal(value, operand(scope, run), run, at)
    if test.op == "!=":
        return lambda scope, value, run: negated(equal(value, operand(scope, run), run, at))
    if test.op:
        op = COMPARERS[test.op]
        return lambda scope, value, run: compare(op, value, operand(scope, run))
    if type(test.operand) is RangeNode:
        return lambda scope, value, run: _lies_in(value, operand(scope, run))
    reads_tested = compiler.asked > asked
    return lambda scope, value, run: _matches(value, operand(scope, run), run, at, holds=reads_tested)


def _lies_in(value: Value, members: Value) -> bool | None:
    return contains(members, value) if type(members) is Range else None


def _matches(value: Value, test: Value, run: Run, at: At, *, holds: bool) -> bool | None:
    """A test that speaks of `?` is a condition; any other is a value, a range, or a list of them."""
    if holds and (type(test) is bool or test is None):
        return test
    if type(test) is Range:
        return contains(test, value)
    if type(test) is tuple and type(value) is not tuple:
        run.spend(len(test) >> 2, at)
        return any(_matches_one(value, member, run, at) is True for member in test)
    if type(test) is tuple and equal(value, test, run, at) is not True:
        return any(equal(value, member, run, at) is True for member in test)
    return equal(value, test, run, at)


def _matches_one(value: Value, member: Value, run: Run, at: At) -> bool | None:
    if type(member) is Range:
        return contains(member, value)
    return equal(value, member, run, at)


RULES: dict[type, Rule] = {Compare: _compare, Logic: _logic, If: _if, Between: _between, In: _in}
