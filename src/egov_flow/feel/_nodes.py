# SPDX-License-Identifier: Apache-2.0
"""The syntax tree. Chains of one precedence are flat, so that a long expression is never a deep one.

Nodes are not compared (`eq=False`): the methods that nobody calls would cost every start ten milliseconds.
"""

from __future__ import annotations

from typing import Any

import attrs

from egov_flow.feel._failures import At

__all__ = [
    "Between",
    "Call",
    "CallStep",
    "Chain",
    "Compare",
    "ContextNode",
    "FilterStep",
    "For",
    "FunctionNode",
    "If",
    "In",
    "InstanceOf",
    "Iterator",
    "ListNode",
    "Literal",
    "Logic",
    "Name",
    "Negate",
    "Node",
    "PathStep",
    "Postfix",
    "Quantified",
    "RangeNode",
    "Test",
    "TypeRef",
]

Node = Any
"""One of the classes below; the compiler's table is keyed by class, and a law test compiles each."""


@attrs.frozen(eq=False)
class Literal:
    """A constant."""

    value: Any
    at: At


@attrs.frozen(eq=False)
class Name:
    """A variable, read from the nearest scope that has it."""

    name: str
    at: At


@attrs.frozen(eq=False)
class Negate:
    """`-x`."""

    operand: Node
    at: At


@attrs.frozen(eq=False)
class Chain:
    """`first op term op term …`, from left to right, of one precedence: + -, * /, or **."""

    first: Node
    rest: tuple[tuple[str, Node, At], ...]
    at: At


@attrs.frozen(eq=False)
class Logic:
    """`a and b and …` or `a or b or …`."""

    kind: str
    parts: tuple[Node, ...]
    at: At


@attrs.frozen(kw_only=True, eq=False)
class Compare:
    """`left op right` with one of = != < <= > >=."""

    op: str
    left: Node
    right: Node
    at: At


@attrs.frozen(kw_only=True, eq=False)
class Between:
    """`x between low and high`, both included."""

    operand: Node
    low: Node
    high: Node
    at: At


@attrs.frozen(eq=False)
class Test:
    """One positive unary test: a comparison with the tested value, or (op "") an expression to match or to hold."""

    op: str
    operand: Node
    at: At


@attrs.frozen(eq=False)
class In:
    """`x in (test, …)`; `negated` serves unary tests."""

    operand: Node
    tests: tuple[Test, ...]
    at: At
    negated: bool = False


@attrs.frozen(kw_only=True, eq=False)
class RangeNode:
    """`[low..high]` with open or closed ends; a missing end is None."""

    low: Node | None
    high: Node | None
    low_closed: bool
    high_closed: bool
    at: At


@attrs.frozen(kw_only=True, eq=False)
class If:
    """`if condition then yes else no`."""

    condition: Node
    yes: Node
    no: Node
    at: At


@attrs.frozen(eq=False)
class Iterator:
    """`name in source`, or `name in source..end`."""

    name: str
    source: Node
    end: Node | None
    at: At


@attrs.frozen(eq=False)
class For:
    """`for iterators return body`."""

    iterators: tuple[Iterator, ...]
    body: Node
    at: At


@attrs.frozen(kw_only=True, eq=False)
class Quantified:
    """`some` or `every` iterators `satisfies` body."""

    kind: str
    iterators: tuple[Iterator, ...]
    body: Node
    at: At


@attrs.frozen(eq=False)
class ListNode:
    """`[a, b, …]`."""

    items: tuple[Node, ...]
    at: At


@attrs.frozen(eq=False)
class ContextNode:
    """`{key: value, …}`; an entry sees the entries before it."""

    entries: tuple[tuple[str, Node], ...]
    at: At


@attrs.frozen
class TypeRef:
    """A type after `instance of`, of a parameter, or one that a model names.

    Attributes:
        name: as FEEL calls it: `number`, `list`, `date and time`, `Any` …
        parts: of list<T>, range<T>, context<key: T, …>, function<T, …> -> R (the last is R).
        keys: of a context, one for each part.
    """

    name: str
    parts: tuple[TypeRef, ...] = ()
    keys: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class InstanceOf:
    """`x instance of type`."""

    operand: Node
    type: TypeRef
    at: At


@attrs.frozen(kw_only=True, eq=False)
class FunctionNode:
    """`function(parameter: type, …) body`."""

    parameters: tuple[str, ...]
    types: tuple[TypeRef | None, ...]
    body: Node
    at: At


@attrs.frozen(kw_only=True, eq=False)
class Call:
    """`name(arguments)`; `names` is empty for positional arguments."""

    name: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...]
    at: At


@attrs.frozen(eq=False)
class PathStep:
    """`.name` after an expression."""

    name: str
    at: At


@attrs.frozen(eq=False)
class FilterStep:
    """`[condition or index]` after an expression."""

    condition: Node
    at: At


@attrs.frozen(eq=False)
class CallStep:
    """`(arguments)` after an expression that gives a function."""

    arguments: tuple[Node, ...]
    names: tuple[str, ...]
    at: At


@attrs.frozen(eq=False)
class Postfix:
    """An expression followed by paths, filters and calls, from left to right."""

    base: Node
    steps: tuple[PathStep | FilterStep | CallStep, ...]
    at: At
