# SPDX-License-Identifier: Apache-2.0
"""Reading operators by precedence, and the forms that hold expressions: if, for, some, every, in, between (DMN 1.5 §10.3.1.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from egov_flow.feel._cursor import Spellings, spellings
from egov_flow.feel._failures import fail
from egov_flow.feel._nodes import (
    Between,
    CallStep,
    Chain,
    Compare,
    FilterStep,
    For,
    If,
    In,
    InstanceOf,
    Iterator,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    PathStep,
    Postfix,
    Quantified,
    Test,
    TypeRef,
)
from egov_flow.feel._numbers import NUMBERS
from egov_flow.feel._primaries import COMPARISONS, Primaries

__all__ = ["Parser"]

OR, AND, COMPARISON, ADDITION, MULTIPLICATION, POWER, NEGATION, INSTANCE = 10, 20, 30, 40, 50, 60, 70, 80
_NO_TYPES: Mapping[str, TypeRef] = MappingProxyType({})
_CHAINS = {"+": ADDITION, "-": ADDITION, "*": MULTIPLICATION, "/": MULTIPLICATION, "**": POWER}
_CLOSERS = frozenset(["]", ")", "}", ",", "and", "or", "then", "else", "return", "satisfies", "in", "=", "!=", "<", "<=", ">", ">=", ".."])


class Parser(Primaries):
    """Reads one text as an expression, or as unary tests."""

    def __init__(self, text: str, known: list[Spellings], depth_limit: int, types: Mapping[str, TypeRef] = _NO_TYPES) -> None:
        super().__init__(text, known, depth_limit, types)
        self._after_dot: list[Spellings] = []

    def whole(self) -> Node:
        """Read the whole text as one expression."""
        self.skip("=")  # Camunda 8 writes it before every expression
        node = self.expression()
        if self.token.kind != "end":
            raise self.unexpected("an operator or the end")
        return node

    def whole_tests(self) -> Node:
        """Read the whole text as unary tests of the value `?` (a cell of a decision table)."""
        at = self.token.at
        if self.token.text == "-" and self.ahead().kind == "end":
            return Literal(True, at)
        if self.token.text == "not" and self.ahead().text == "(":
            self.position += 2
            tests = self._tests()
            self.expect(")")
            if self.token.kind == "end":
                return In(Name("?", at), tests, at, negated=True)
            self.position = 0  # more follows: it was the function, as in `not(? = 1) and ? < 9`
        tests = self._tests()
        if self.token.kind != "end":
            raise self.unexpected('"," or the end')
        return In(Name("?", at), tests, at)

    def expression(self) -> Node:
        """Read one whole expression, one level deeper."""
        self.deeper(self.token.at)
        if self.sees("if"):
            node: Node = self._if()
        elif self.sees("for"):
            node = self._for()
        elif self.sees("some", "every"):
            node = self._quantified()
        else:
            node = self.operand(0)
        self.depth -= 1
        return node

    def operand(self, above: int) -> Node:
        """Read an expression of operators that bind closer than `above`."""
        left = self._prefix()
        if above < INSTANCE and self.sees("instance"):
            left = self._instance(left)
        for level in (POWER, MULTIPLICATION, ADDITION):
            if above < level:
                left = self._chain(left, level)
        if above < COMPARISON:
            left = self._comparison(left)
        if above < AND:
            left = self._logic(left, "and", AND)
        if above < OR:
            left = self._logic(left, "or", OR)
        return left

    def _chain(self, first: Node, level: int) -> Node:
        at, rest = self.token.at, []
        while self.token.kind == "op" and _CHAINS.get(self.token.text) == level:
            token = self.take()
            rest.append((token.text, self._right(level), token.at))
        return Chain(first, tuple(rest), at) if rest else first

    def _right(self, level: int) -> Node:
        if self.sees("if", "for", "some", "every"):
            return self.expression()
        return self.operand(level)

    def _logic(self, first: Node, kind: str, level: int) -> Node:
        at, parts = self.token.at, [first]
        while self.skip(kind):
            parts.append(self._right(level))
        return Logic(kind, tuple(parts), at) if len(parts) > 1 else first

    def _comparison(self, left: Node) -> Node:
        token = self.token
        if self.sees(*COMPARISONS):
            self.take()
            node: Node = Compare(op=token.text, left=left, right=self._right(COMPARISON), at=token.at)
        elif self.skip("between"):
            low = self._right(COMPARISON)
            self.expect("and")
            node = Between(operand=left, low=low, high=self._right(COMPARISON), at=token.at)
        elif self.skip("in"):
            node = In(left, self._in_tests(), token.at)
        else:
            return left
        if self.sees(*COMPARISONS, "between", "in"):
            raise self.unexpected('"and", "or" or the end')
        return node

    def _in_tests(self) -> tuple[Test, ...]:
        # "(" opens a list of tests, or a range or grouped expression that is one test.
        if not self.sees("(") or self._is_one_operand():
            return (self._test(self._in_operand),)
        self.take()
        tests = self._tests()
        self.expect(")")
        return tests

    def _in_operand(self) -> Node:
        return self.operand(COMPARISON)

    def _is_one_operand(self) -> bool:
        """Say whether the bracket that opens here is a range's, or is followed by an operator that needs its value."""
        depth, count = 0, 0
        while self.ahead(count).kind != "end":
            text = self.ahead(count).text if self.ahead(count).kind == "op" else ""
            if depth == 1 and text == "..":
                return True
            depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
            count += 1
            if depth == 0:
                break
        return self.ahead(count).kind == "op" and self.ahead(count).text in (*_CHAINS, ".", "[")

    def _tests(self) -> tuple[Test, ...]:
        tests = [self._test(self.expression)]
        while self.skip(","):
            tests.append(self._test(self.expression))
        return tuple(tests)

    def _test(self, read: Callable[[], Node]) -> Test:
        token = self.token
        if self.sees(*COMPARISONS):
            self.take()
            return Test(token.text, self.operand(COMPARISON), token.at)
        return Test("", read(), token.at)

    def _instance(self, operand: Node) -> Node:
        at = self.take().at
        word = self.take()
        if word.text != "of":
            raise fail("EF-F003", word.at, expected='"of"', found=word.shown)
        return InstanceOf(operand, self.type(), at)

    def _prefix(self) -> Node:
        if not self.sees("-"):
            return self._postfix(self.primary())
        token = self.take()
        if self.token.kind == "number":
            number = self.take()
            return self._postfix(Literal(NUMBERS.minus(number.value), token.at))
        self.deeper(token.at)
        node = Negate(self.operand(NEGATION), token.at)
        self.depth -= 1
        return node

    def _postfix(self, base: Node) -> Node:
        steps: list[PathStep | FilterStep | CallStep] = []
        while True:
            token = self.token
            if self.sees("."):
                self.take()
                steps.append(PathStep(self._path_name(), token.at))
            elif self.sees("[") and not self._closes_range():
                self.take()
                steps.append(FilterStep(self.expression(), token.at))
                self.expect("]")
            elif self.sees("("):
                arguments, names = self.arguments()
                steps.append(CallStep(arguments, names, token.at))
            else:
                break
        return Postfix(base, tuple(steps), base.at) if steps else base

    def _closes_range(self) -> bool:
        """Say whether the bracket here ends a range, `[1..3[`, and opens no filter: a filter has an expression in it."""
        after = self.ahead()
        return after.kind == "end" or (after.kind in ("op", "keyword") and after.text in _CLOSERS)

    def _path_name(self) -> str:
        known = self.known
        self.known = [*known, *self._after_dot]
        name = (self.known_name() or self.take().text) if self.token.kind == "keyword" else self.words()
        self.known = known
        return name

    def remember(self, keys: Spellings) -> None:
        """Keep names that are known only after a dot."""
        if keys:
            self._after_dot.append(keys)

    def _if(self) -> Node:
        at = self.take().at
        condition = self.expression()
        self.expect("then")
        yes = self.expression()
        self.expect("else")
        return If(condition=condition, yes=yes, no=self.expression(), at=at)

    def _for(self) -> Node:
        at = self.take().at
        iterators = self._iterators("return")
        body = self.expression()
        self._leave(iterators)
        return For(iterators, body, at)

    def _quantified(self) -> Node:
        token = self.take()
        iterators = self._iterators("satisfies")
        body = self.expression()
        self._leave(iterators)
        return Quantified(kind=token.text, iterators=iterators, body=body, at=token.at)

    def _iterators(self, closing: str) -> tuple[Iterator, ...]:
        """Read `name in source, …` up to the closing word; their names stay known, and each counts as a level, until `_leave`."""
        iterators: list[Iterator] = []
        while True:
            at = self.token.at
            name = self.until("in")
            self.expect("in")
            source = self.expression()
            end = self.operand(COMPARISON) if self.skip("..") else None
            iterators.append(Iterator(name, source, end, at))
            self.known.append(spellings([name]))
            self.deeper(at)
            if self.skip(closing):
                return tuple(iterators)
            if not self.skip(","):
                raise self.unexpected(f'"{closing}"')

    def _leave(self, iterators: tuple[Iterator, ...]) -> None:
        del self.known[-len(iterators) :]
        self.depth -= len(iterators)
