# SPDX-License-Identifier: Apache-2.0
"""Closures of what follows an operand: paths, filters, calls of a function value; and function definitions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from egov_flow.data import Context, Value
from egov_flow.feel._compiler import Closure, Compiler, Rule
from egov_flow.feel._failures import At
from egov_flow.feel._kinds import Function, coerced
from egov_flow.feel._nodes import CallStep, FilterStep, FunctionNode, Literal, PathStep, Postfix
from egov_flow.feel._numbers import integer
from egov_flow.feel._properties import PROPERTIES
from egov_flow.feel._scopes import ItemLayer, Layer, Scope
from egov_flow.feel.limits import Run

__all__ = ["RULES", "call_function", "order_arguments"]

_CALL_COST = 2
Step = Callable[[Value, Scope, Run], Value]


def _postfix(compiler: Compiler, node: Postfix) -> Closure:
    base = compiler.build(node.base)
    steps = [_STEPS[type(step)](compiler, step) for step in node.steps]
    if len(steps) == 1:
        only = steps[0]
        return lambda scope, run: only(base(scope, run), scope, run)

    def postfix(scope: Scope, run: Run) -> Value:
        value = base(scope, run)
        for step in steps:
            value = step(value, scope, run)
        return value

    return postfix


def _path(_: Compiler, step: PathStep) -> Step:
    name, at = step.name, step.at
    properties = PROPERTIES.get(name, {})

    def path(value: Value, scope: Scope, run: Run) -> Value:
        kind = type(value)
        if kind is Context:
            return value.get(name)
        if kind is tuple:
            run.spend(len(value) >> 2, at)
            return tuple([path(item, scope, run) if type(item) is not tuple else None for item in value])
        read = properties.get(kind)
        return read(value) if read else None

    return path


def _filter(compiler: Compiler, step: FilterStep) -> Step:
    at = step.at
    if type(step.condition) is Literal and type(step.condition.value) is Decimal:
        index = step.condition.value
        return lambda value, scope, run: _at_index(_items(value), index)
    compiler.filters += 1
    condition, cost = compiler.build_step(step.condition, ())
    compiler.filters -= 1

    def keep(value: Value, scope: Scope, run: Run) -> Value:
        items = _items(value)
        if not items:
            outcome = condition(ItemLayer(None, scope), run)
            return None if type(outcome) is Decimal else ()
        kept: list[Value] = []
        for item in items:
            run.spend(cost, at)
            outcome = condition(ItemLayer(item, scope), run)
            if outcome is True:
                kept.append(item)
            elif type(outcome) is Decimal:
                return _at_index(items, outcome)
        return tuple(kept)

    return keep


def _items(value: Value) -> tuple[Value, ...]:
    if type(value) is tuple:
        return value
    return () if value is None else (value,)


def _at_index(items: tuple[Value, ...], number: Decimal) -> Value:
    index = integer(number)
    if index is None or index == 0 or abs(index) > len(items):
        return None
    return items[index - 1 if index > 0 else index]


def _call_step(compiler: Compiler, step: CallStep) -> Step:
    arguments = [compiler.build(argument) for argument in step.arguments]
    names, at = step.names, step.at

    def call(value: Value, scope: Scope, run: Run) -> Value:
        return call_function(value, [argument(scope, run) for argument in arguments], names, run, at)

    return call


def call_function(function: Value, arguments: list[Value], names: tuple[str, ...], run: Run, at: At) -> Value:
    """Return what a function value gives; null if the value is no function, or the arguments do not fit its parameters."""
    if type(function) is not Function:
        return None
    if names:
        ordered = order_arguments(function.parameters, arguments, names)
        if ordered is None:
            return None
        arguments = ordered
    if len(arguments) != len(function.parameters):
        return None
    if any(function.types):
        given = arguments
        arguments = [v if wanted is None else coerced(v, wanted, run) for wanted, v in zip(function.types, given, strict=True)]
        if any(fit is None and value is not None for fit, value in zip(arguments, given, strict=True)):
            return None
    run.enter(function.height, at)
    result: Value = function.call(tuple(arguments), run)
    run.depth -= function.height
    return result


def order_arguments(parameters: tuple[str, ...], arguments: list[Value], names: tuple[str, ...]) -> list[Value] | None:
    """Return named arguments in the order of the parameters; None if a name is unknown or given twice."""
    given = dict(zip(names, arguments, strict=True))
    if len(given) != len(names) or not given.keys() <= set(parameters):
        return None
    return [given[name] for name in parameters if name in given] if len(given) == len(parameters) else None


def _function(compiler: Compiler, node: FunctionNode) -> Closure:
    body, cost, height = compiler.build_function(node.body, node.parameters)
    parameters, types, at = node.parameters, node.types, node.at
    result = compiler.result_type(node.body, parameters, types)

    def make(scope: Scope, run: Run) -> Value:  # noqa: ARG001 - every closure has this shape
        def call(arguments: tuple[Value, ...], run: Run) -> Value:
            run.spend(cost + _CALL_COST, at)
            return body(Layer(dict(zip(parameters, arguments, strict=True)), scope), run)

        return Function(parameters=parameters, types=types, call=call, height=height, result=result)

    return make


_STEPS: dict[type, Callable[..., Step]] = {PathStep: _path, FilterStep: _filter, CallStep: _call_step}
RULES: dict[type, Rule] = {Postfix: _postfix, FunctionNode: _function}
