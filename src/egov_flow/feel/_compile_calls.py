# SPDX-License-Identifier: Apache-2.0
"""Closures of names, and of calls by name: a function of the scope or of the expression first, else a built-in."""

from __future__ import annotations

import difflib

from egov_flow.data import Value
from egov_flow.errors import FeelError
from egov_flow.feel._compile_paths import call_function
from egov_flow.feel._compiler import Closure, Compiler, Rule
from egov_flow.feel._failures import START, At, fail
from egov_flow.feel._kinds import Function
from egov_flow.feel._nodes import Call, Name
from egov_flow.feel._scopes import Scope
from egov_flow.feel.functions import FUNCTIONS, NOT_THIS_FORM, BuiltIn, choose
from egov_flow.feel.limits import Run

__all__ = ["RULES"]


def _call(compiler: Compiler, node: Call) -> Closure:
    compiler.called.add(node.name)
    if compiler.is_bound(node.name) or node.name in compiler.known:
        return _of_scope(compiler, node, None)
    overloads = FUNCTIONS.get(node.name)
    if overloads is None:
        if compiler.filters:  # the item may hold it; a name that nobody has is refused when it is called
            return _of_scope(compiler, node, "required")
        raise _unknown(node)
    forms = choose(overloads, len(node.arguments), node.names)
    if not forms:
        raise fail("EF-F007", node.at, name=node.name, forms="; ".join(o.text for o in overloads))
    return _built_in(compiler, node, forms)


def _unknown(node: Call) -> FeelError:
    close = difflib.get_close_matches(node.name, FUNCTIONS, n=3, cutoff=0.6)
    return fail("EF-F006", node.at, name=node.name, close=", ".join(close) or "-")


def _of_scope(compiler: Compiler, node: Call, required: str | None) -> Closure:
    compiler.reads(node.name)
    arguments = [compiler.build(argument) for argument in node.arguments]
    name, names, at = node.name, node.names, node.at

    def call(scope: Scope, run: Run) -> Value:
        function = scope.get(name)
        if required and type(function) is not Function:
            raise _unknown(node)
        return call_function(function, [argument(scope, run) for argument in arguments], names, run, at)

    return call


def _built_in(compiler: Compiler, node: Call, forms: list[tuple[BuiltIn, tuple[int, ...]]]) -> Closure:
    arguments = [compiler.build(argument) for argument in node.arguments]
    at = node.at
    return lambda scope, run: _apply(forms, [argument(scope, run) for argument in arguments], run, at)


def _apply(forms: list[tuple[BuiltIn, tuple[int, ...]]], values: list[Value], run: Run, at: At) -> Value:
    run.spend_call(values, at)
    try:
        for built_in, order in forms:
            result = built_in.apply([values[i] if i >= 0 else None for i in order], run)
            if result is not NOT_THIS_FORM:
                return result
    except FeelError as error:
        if (error.line, error.column) != START:
            raise
        # The function does not know where it was called; the arguments of an error never hold case data.
        raise fail(error.code, at, **{k: v for k, v in error.arguments.items() if k != "at"}) from error
    return None


def _name(compiler: Compiler, node: Name) -> Closure:
    """A name is a variable; one that no scope has may be a built-in function, as in `sort(list, precedes: my order)` or `f(abs)`."""
    name, at = node.name, node.at
    compiler.reads(name)
    overloads = FUNCTIONS.get(name)
    if overloads is None or compiler.is_bound(name):
        return lambda scope, run: scope.get(name)
    parameters = tuple(p.name for p in overloads[0].parameters)

    def call(arguments: tuple[Value, ...], run: Run) -> Value:
        return _apply(choose(overloads, len(arguments), ()), list(arguments), run, at)

    function = Function(parameters=parameters, types=(None,) * len(parameters), call=call, height=1)

    def read(scope: Scope, run: Run) -> Value:  # noqa: ARG001 - every closure has this shape
        value = scope.get(name)
        return function if value is None else value

    return read


RULES: dict[type, Rule] = {Call: _call, Name: _name}
