# SPDX-License-Identifier: Apache-2.0
"""How a built-in function is declared: its FEEL signature, from which arguments are ordered, checked and converted.

`@built_in("substring(string: string, start position: number, length?: number) -> string")` above a Python function is all there is: `?` marks what may be
left out, `…` a parameter that takes all arguments, or one list of them, `*` one that takes all arguments as they are. An argument of another
kind gives null (DMN 1.5 §10.3.4.1); a list of one value passes for the value, and a value for the list of it (§10.3.2.9.4).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import DecimalException

import attrs

from egov_flow.data import Value
from egov_flow.feel._kinds import KINDS
from egov_flow.feel._nodes import TypeRef
from egov_flow.feel._wide import WIDE
from egov_flow.feel.limits import Run

__all__ = ["NOT_THIS_FORM", "BuiltIn", "Parameter", "Registry", "choose"]

NOT_THIS_FORM: Value = object()
"""An argument does not fit a parameter; the next form is tried, and null is the result if none fits."""


@attrs.frozen
class Parameter:
    """One parameter: its FEEL name, its kinds (empty: any value, null too), and whether it may be left out."""

    name: str
    kinds: tuple[type, ...]
    optional: bool
    takes_all: bool
    unpacks: bool

    def may_be(self, kind: str) -> bool:
        """Say whether a value of a type, `Any` included, can fit: a list may hold the one value, and null is an argument left out."""
        if not self.kinds or kind in ("Any", "list") or tuple in self.kinds or (kind == "Null" and self.optional):
            return True
        return KINDS.get(kind) in self.kinds

    def fit(self, value: Value) -> Value:
        """Return the argument as the function gets it, or a mark that it does not fit."""
        if not self.kinds:
            return value
        kind = type(value)
        if kind in self.kinds:
            return value
        if value is None:
            return NOT_THIS_FORM
        if WIDE.get(kind) in self.kinds:
            return value
        if self.kinds == (tuple,):
            return (value,)
        if kind is tuple and len(value) == 1 and (type(value[0]) in self.kinds or WIDE.get(type(value[0])) in self.kinds):
            return value[0]
        return NOT_THIS_FORM


@attrs.frozen(kw_only=True)
class BuiltIn:
    """One form of a built-in function; `result` is the type of what it gives when it does not give null."""

    name: str
    text: str
    result: TypeRef
    parameters: tuple[Parameter, ...]
    function: Callable[..., Value]
    wants_run: bool

    def apply(self, arguments: list[Value], run: Run) -> Value:
        """Return what the function gives; NOT_THIS_FORM if an argument does not fit. Arguments are in order; one left out is None."""
        fitted: list[Value] = []
        if self.parameters and self.parameters[-1].takes_all:
            arguments = self._gathered(arguments)
        for parameter, value in zip(self.parameters, arguments, strict=True):
            if value is None and parameter.optional:
                fitted.append(None)
                continue
            fit = parameter.fit(value)
            if fit is NOT_THIS_FORM:
                return fit
            fitted.append(fit)
        try:
            return self.function(run, *fitted) if self.wants_run else self.function(*fitted)
        except (DecimalException, OverflowError):
            return None

    def _gathered(self, arguments: list[Value]) -> list[Value]:
        count = len(self.parameters) - 1
        rest = tuple(arguments[count:])
        if len(rest) == 1 and self.parameters[-1].unpacks and type(rest[0]) is tuple:
            rest = rest[0]
        return [*arguments[:count], rest]

    def order(self, count: int, names: tuple[str, ...]) -> tuple[int, ...] | None:
        """Return which argument goes to which parameter (-1: left out); None if they do not fit this form."""
        if names:
            return self._order_by_name(names)
        if self.parameters and self.parameters[-1].takes_all:
            return tuple(range(count)) if count >= len(self.parameters) else None
        needed = sum(not p.optional for p in self.parameters)
        if not needed <= count <= len(self.parameters):
            return None
        return tuple(i if i < count else -1 for i in range(len(self.parameters)))

    def _order_by_name(self, names: tuple[str, ...]) -> tuple[int, ...] | None:
        own = [p.name for p in self.parameters]
        if len(set(names)) != len(names) or not set(names) <= set(own):
            return None
        if any(p.name not in names and not p.optional for p in self.parameters):
            return None
        return tuple(names.index(name) if name in names else -1 for name in own)


def choose(overloads: tuple[BuiltIn, ...], count: int, names: tuple[str, ...]) -> list[tuple[BuiltIn, tuple[int, ...]]]:
    """Return the forms that take so many arguments, or arguments of these names, each with their order."""
    return [(built_in, order) for built_in in overloads if (order := built_in.order(count, names)) is not None]


class Registry:
    """The functions of one family, filled by its decorator."""

    def __init__(self) -> None:
        self.functions: dict[str, tuple[BuiltIn, ...]] = {}

    def __call__(self, signature: str, *, wants_run: bool = False) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
        """Declare the decorated function under a FEEL signature."""
        name, _, rest = signature.partition("(")
        inner, _, result = rest.rpartition(") -> ")
        parameters = tuple(_parameter(part) for part in inner.split(", ") if part)

        def declare(function: Callable[..., Value]) -> Callable[..., Value]:
            form = BuiltIn(name=name, text=signature, result=_type(result), parameters=parameters, function=function, wants_run=wants_run)
            self.functions[name] = (*self.functions.get(name, ()), form)
            return function

        return declare


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(": ")
    mark = name[-1]
    types = () if kinds == "any" else tuple(KINDS[kind] for kind in kinds.split(" or "))
    return Parameter(name.rstrip("?…*"), types, mark == "?", mark in "…*", mark == "…")


def _type(text: str) -> TypeRef:
    outer, _, inner = text.partition("<")
    return TypeRef(outer, (TypeRef(inner.rstrip(">")),) if inner else ())
