# SPDX-License-Identifier: Apache-2.0
"""Reading what an operand can be: literals, names, calls, lists, contexts, ranges, functions, types (DMN 1.5 §10.3.1.2)."""

from __future__ import annotations

from collections.abc import Mapping

from egov_flow.errors import FeelError
from egov_flow.feel import moments
from egov_flow.feel._cursor import Cursor, Spellings, spellings
from egov_flow.feel._failures import At, fail
from egov_flow.feel._lexer import Token
from egov_flow.feel._nodes import (
    Call,
    ContextNode,
    FunctionNode,
    ListNode,
    Literal,
    Name,
    Node,
    RangeNode,
    TypeRef,
)

__all__ = ["COMPARISONS", "Primaries"]

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_CONSTANTS = {"true": True, "false": False, "null": None}
_TYPES = (
    "date and time",
    "days and time duration",
    "years and months duration",
    "day time duration",
    "year month duration",
    "string",
    "number",
    "boolean",
    "date",
    "time",
    "Any",
    "Null",
    "list",
    "context",
    "range",
    "function",
)
_TYPE_SPELLINGS = spellings(_TYPES)
_FUNCTION_SPELLINGS = spellings(["date and time", "years and months duration"])
_SAME_TYPE = {"day time duration": "days and time duration", "year month duration": "years and months duration"}


class Primaries(Cursor):
    """The operands; what an operator makes of them is the Parser's. `types` are those that a model names itself."""

    def __init__(self, text: str, known: list[Spellings], depth_limit: int, types: Mapping[str, TypeRef]) -> None:
        super().__init__(text, known, depth_limit)
        self.types = types
        self._type_spellings = [spellings(types)] if types else []

    def expression(self) -> Node:
        """Read one whole expression, one level deeper."""
        raise NotImplementedError

    def operand(self, above: int) -> Node:
        """Read an expression of operators that bind closer than `above`."""
        raise NotImplementedError

    def primary(self) -> Node:
        """Read one operand without what may follow it."""
        token = self.token
        if token.kind in ("name", "keyword"):
            return self._word(token)
        if token.kind in ("number", "string"):
            return Literal(self.take().value, token.at)
        if self.sees("("):
            return self._group()
        if self.sees("["):
            return self._brackets()
        if self.sees("]"):
            self.take()
            return self.range_from(self.operand(30), low_closed=False, at=token.at)
        if self.sees("{"):
            return self._context()
        if self.sees("@"):
            return self._at_literal()
        raise self.unexpected("an expression")

    def _word(self, token: Token) -> Node:
        if token.kind == "keyword" and token.text in _CONSTANTS:
            self.take()
            return Literal(_CONSTANTS[token.text], token.at)
        if self.sees("function"):
            return self._function()
        function = self._function_name()
        if function:
            arguments, names = self.arguments()
            return Call(name=function, arguments=arguments, names=names, at=token.at)
        if token.kind == "keyword" and not any(token.text in index for index in self.known):
            raise self.unexpected("an expression")
        name = self.words()
        if self.sees("("):
            arguments, names = self.arguments()
            return Call(name=name, arguments=arguments, names=names, at=token.at)
        return Name(name, token.at)

    def _function_name(self) -> str | None:
        """Go past a built-in name that holds a keyword, if a call of it stands here."""
        start, known = self.position, self.known
        self.known = [_FUNCTION_SPELLINGS]
        name = self.known_name()
        self.known = known
        if name is not None and not self.sees("("):
            self.position, name = start, None
        return name

    def arguments(self) -> tuple[tuple[Node, ...], tuple[str, ...]]:
        """Read `(…)` of a call: its arguments and, if they are named, their names."""
        self.expect("(")
        values: list[Node] = []
        names: list[str] = []
        while not self.skip(")"):
            if values:
                self.expect(",")
            if self._sees_argument_name():
                names.append(self.until(":"))
                self.expect(":")
            values.append(self.expression())
            if names and len(names) != len(values):
                raise self.unexpected("names for all arguments, or for none")
        return tuple(values), tuple(names)

    def _sees_argument_name(self) -> bool:
        count = 0
        while self.ahead(count).kind in ("name", "keyword"):
            count += 1
        after = self.ahead(count)
        return count > 0 and after.kind == "op" and after.text == ":"

    def _group(self) -> Node:
        at = self.take().at
        if self.sees(*COMPARISONS):
            return self._half_open(at)
        inner = self.expression()
        if self.sees(".."):
            return self.range_from(inner, low_closed=False, at=at)
        self.expect(")")
        return inner

    def _half_open(self, at: At) -> Node:
        op = self.take().text
        end = self.operand(30)
        self.expect(")")
        if op == "!=":
            raise fail("EF-F014", at, what="a range of all but one value")
        low, high = (end if op in (">", ">=", "=") else None), (end if op in ("<", "<=", "=") else None)
        return RangeNode(low=low, high=high, low_closed=op in (">=", "="), high_closed=op in ("<=", "="), at=at)

    def _brackets(self) -> Node:
        at = self.take().at
        if self.skip("]"):
            return ListNode((), at)
        items = [self.expression()]
        if self.sees(".."):
            return self.range_from(items[0], low_closed=True, at=at)
        while self.skip(","):
            items.append(self.expression())
        self.expect("]")
        return ListNode(tuple(items), at)

    def range_from(self, low: Node, *, low_closed: bool, at: At) -> Node:
        """Read `..high]` after the low end of a range."""
        self.expect("..")
        high = self.operand(30)
        if not self.sees("]", ")", "["):
            raise self.unexpected('"]", ")" or "["')
        return RangeNode(low=low, high=high, low_closed=low_closed, high_closed=self.take().text == "]", at=at)

    def _context(self) -> Node:
        at = self.take().at
        entries: list[tuple[str, Node]] = []
        seen: set[str] = set()
        self.known.append({})
        while not self.skip("}"):
            if entries:
                self.expect(",")
            place = self.token.at
            key = self.take().value if self.token.kind == "string" else self.until(":")
            if key in seen or key.startswith("__"):
                raise fail("EF-F015", place, name=key)
            seen.add(key)
            self.expect(":")
            entries.append((key, self.expression()))
            self.known[-1] = spellings(seen)
        keys = self.known.pop()
        # The keys stay readable after a dot: `{first-name: "A"}.first-name`.
        self.remember(keys)
        return ContextNode(tuple(entries), at)

    def remember(self, keys: dict[str, list[tuple[tuple[str, ...], str]]]) -> None:
        """Keep names that are known only after a dot."""
        raise NotImplementedError

    def _at_literal(self) -> Node:
        at = self.take().at
        if self.token.kind != "string":
            raise self.unexpected("a string with a date, a time or a duration")
        text = self.take().value
        try:
            value = moments.literal(text)
        except FeelError as cause:
            raise fail(cause.code, at) from cause
        if value is None:
            raise fail("EF-F008", at, text=text)
        return Literal(value, at)

    def _function(self) -> Node:
        at = self.take().at
        self.expect("(")
        parameters: list[str] = []
        types: list[TypeRef | None] = []
        while not self.skip(")"):
            if parameters:
                self.expect(",")
            parameters.append(self.until(":", ",", ")"))
            types.append(self.type() if self.skip(":") else None)
        if self.sees("external"):
            raise fail("EF-F014", self.token.at, what="an external function")
        self.known.append(spellings(parameters))
        body = self.expression()
        self.known.pop()
        return FunctionNode(parameters=tuple(parameters), types=tuple(types), body=body, at=at)

    def type(self) -> TypeRef:
        """Read a type; raises EF-F003 if it is none of FEEL's."""
        at = self.token.at
        self.deeper(at)
        known, self.known = self.known, [_TYPE_SPELLINGS, *self._type_spellings]
        name = self.known_name() or self.take().text
        self.known = known
        name = _SAME_TYPE.get(name, name)
        if name in self.types:
            self.depth -= 1
            return self.types[name]
        if name not in _TYPES:
            raise fail("EF-F003", at, expected="a type", found=name)
        parsed = self._parts(name)
        self.depth -= 1
        return parsed

    def _parts(self, name: str) -> TypeRef:
        if name not in ("list", "range", "context", "function") or not self.skip("<"):
            return TypeRef(name)
        parts: list[TypeRef] = []
        keys: list[str] = []
        while not self.skip(">"):
            if parts:
                self.expect(",")
            if name == "context":
                keys.append(self.until(":"))
                self.expect(":")
            parts.append(self.type())
        if name == "function":
            self.expect("->")
            parts.append(self.type())
        return TypeRef(name, tuple(parts), tuple(keys))
