# SPDX-License-Identifier: Apache-2.0
"""Compiling and evaluating: the door to everything else in this room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import attrs

from egov_flow.data import EMPTY, Context, Value, freeze
from egov_flow.feel._compiler import Closure, Compiler
from egov_flow.feel._cursor import spellings
from egov_flow.feel._failures import START, fail, foreign
from egov_flow.feel._inference import result_type
from egov_flow.feel._kinds import Function, Range
from egov_flow.feel._nodes import Node, TypeRef
from egov_flow.feel._parser import Parser
from egov_flow.feel._rules import RULES
from egov_flow.feel._wide import WIDE
from egov_flow.feel.limits import DEFAULT_LIMITS, Limits, Run

__all__ = ["Expression", "compile", "compile_tests", "evaluate"]

Types = Mapping[str, TypeRef]
"""Types that a model names itself, by name."""

_NO_NAMES: frozenset[str] = frozenset()
_NO_TYPES: Types = EMPTY
_NO_TYPES_KEY: frozenset[tuple[str, TypeRef]] = frozenset()
_SCALARS = frozenset([bool, Decimal, type(None)])
_DEEPEST = 64
_ENTRY_BYTES = 16


@attrs.frozen(kw_only=True, repr=False)
class Expression:
    """One compiled FEEL expression; equal to every other of the same text and known names. Calling it evaluates it, purely.

    Attributes:
        text: as it was given.
        names: every name it may read from the scope.
        item_names: the part of `names` read only inside filters, where an item's own entry comes first: `price` of `items[price > 10]`.
        functions: names of the functions it calls.
    """

    text: str
    names: frozenset[str] = attrs.field(eq=False)
    item_names: frozenset[str] = attrs.field(eq=False)
    functions: frozenset[str] = attrs.field(eq=False)
    _known: frozenset[str]
    _types: frozenset[tuple[str, TypeRef]]
    _closure: Closure = attrs.field(eq=False)
    _source: Callable[..., Expression]

    def __call__(self, scope: Mapping[str, Value], limits: Limits | None = None, now: datetime | None = None) -> Value:
        """Return the value in a scope of frozen values.

        Args:
            scope: any mapping of names to frozen values; only read.
            limits: what the evaluation may cost.
            now: what `now()` and `today()` read; without it they raise EF-F012.

        Raises:
            FeelError: fuel, depth or output spent (EF-F010, EF-F004, EF-F011), a pattern that cannot be run (EF-F020), a time finer than a
                microsecond or a year outside 1–9999 (EF-F018), a result that no case can hold (EF-F013).
        """
        run = Run(limits or DEFAULT_LIMITS, now)
        try:
            value = self._closure(scope, run)
        except RecursionError:
            raise fail("EF-F004", START, limit=run.limits.depth) from None
        return value if type(value) in _SCALARS else _settled(value, run)

    def within(self, scope: Mapping[str, Value], run: Run) -> Value:
        """Return the value as part of a longer evaluation, which pays for it: it may be a range or a function, and nobody has looked at its size."""
        try:
            return self._closure(scope, run)
        except RecursionError:
            raise fail("EF-F004", START, limit=run.limits.depth) from None

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (self._source, (self.text, self._known, self._types))


def compile(text: str, names: Collection[str] = _NO_NAMES, types: Types = _NO_TYPES) -> Expression:  # noqa: A001 - the word of the design
    """Return the compiled expression; cached. A leading `=` is Camunda 8's and is skipped.

    Args:
        text: FEEL.
        names: names that exist in the scope. Needed only for those that hold symbols or keywords (`cost/benefit`, `time in office`) or that are
            functions of the scope: adjacent words are one name anyway.
        types: types of the model that `instance of` and parameters may name.

    Raises:
        FeelError: it does not parse, calls an unknown function, is too long or too deep; with line, column and what was expected.
    """
    if names is _NO_NAMES and types is _NO_TYPES:
        return _compiled(text, _NO_NAMES, _NO_TYPES_KEY)
    return _compiled(text, frozenset(names), frozenset(types.items()))


def compile_tests(text: str, names: Collection[str] = _NO_NAMES, types: Types = _NO_TYPES) -> Expression:
    """Return compiled unary tests, a decision table's cell: `-`, `"a", "b"`, `> 10`, `[1..5)`, `not(…)`; the tested value is `?` in the scope."""
    return _compiled_tests(text, frozenset(names), frozenset(types.items()))


def evaluate(text: str, scope: Mapping[str, object] = EMPTY, *, limits: Limits | None = None, now: datetime | None = None) -> Value:
    """Return the value of a text in plain or frozen data.

    >>> evaluate("0.1 + 0.2 = 0.3")
    True
    """
    frozen: Mapping[str, Value] = freeze(scope)
    return compile(text, _symbolic(frozen))(frozen, limits, now)


def _symbolic(scope: Mapping[str, Value]) -> frozenset[str]:
    """The names that need to be known to be read: those that are more than one word."""
    return frozenset([name for name in scope if not name.isidentifier()])


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"an expression is a string, not {type(text).__name__}")
    if len(text) > DEFAULT_LIMITS.text:
        raise fail("EF-F001", START, limit=DEFAULT_LIMITS.text)
    refused = foreign(text)
    if refused is not None:
        raise refused
    return text


@lru_cache(maxsize=2048)
def _compiled(text: str, names: frozenset[str], types: frozenset[tuple[str, TypeRef]]) -> Expression:
    return _build(text, names, types, Parser.whole, _compiled)


@lru_cache(maxsize=2048)
def _compiled_tests(text: str, names: frozenset[str], types: frozenset[tuple[str, TypeRef]]) -> Expression:
    return _build(text, names, types, Parser.whole_tests, _compiled_tests)


def _build(
    text: str,
    names: frozenset[str],
    types: frozenset[tuple[str, TypeRef]],
    read: Callable[[Parser], Node],
    source: Callable[..., Expression],
) -> Expression:
    compiler = Compiler(RULES, names, result_type)
    try:
        closure = compiler.build(read(Parser(_checked(text), [spellings(sorted(names))], DEFAULT_LIMITS.depth, dict(types))))
    except RecursionError:
        raise fail("EF-F004", START, limit=DEFAULT_LIMITS.depth) from None
    return Expression(
        text=text,
        names=frozenset(compiler.free),
        item_names=frozenset(compiler.free - compiler.certain),
        functions=frozenset(compiler.called),
        known=names,
        types=types,
        closure=closure,
        source=source,
    )


def _settled(value: Value, run: Run) -> Value:
    """Return the value if a case can hold it: no range or function in it, not too deep, not too big."""
    size, _ = _measured(value, run, {}, 0)
    if size > run.limits.output:
        raise fail("EF-F011", START, limit=run.limits.output)
    return value


def _measured(value: Value, run: Run, seen: dict[int, tuple[int, int]], depth: int) -> tuple[int, int]:
    """Return the size and the height of a value. A part that stands in it often is measured once: a short loop can make 2**60 of one list."""
    kind = type(value)
    if kind is Range or kind is Function:
        raise fail("EF-F013", START)
    if kind in WIDE:
        raise fail("EF-F018", START)
    if kind is not tuple and kind is not Context:
        return (len(value) if kind is str else _ENTRY_BYTES), 0
    size, height = seen.get(id(value), (0, 0))
    if not size:
        size = _ENTRY_BYTES
        for part in value if kind is tuple else value.values():
            if type(part) is Decimal:
                size += _ENTRY_BYTES
                continue
            if depth >= _DEEPEST:
                raise fail("EF-F011", START, limit=run.limits.output)
            inner, below = _measured(part, run, seen, depth + 1)
            size, height = size + inner, max(height, below + 1)
        seen[id(value)] = (size, height)
    if depth + height > _DEEPEST:
        raise fail("EF-F011", START, limit=run.limits.output)
    return size, height
