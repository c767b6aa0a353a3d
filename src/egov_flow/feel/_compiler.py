# SPDX-License-Identifier: Apache-2.0
"""Tree to closures. A closure takes (scope, run) and returns a value; nothing of the tree is looked at when it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from egov_flow.data import Value
from egov_flow.feel._nodes import Node, TypeRef
from egov_flow.feel._scopes import Scope
from egov_flow.feel.limits import Run

__all__ = ["Closure", "Compiler", "Rule"]

Closure = Callable[[Scope, Run], Value]
Rule = Callable[["Compiler", Any], Closure]
ResultType = Callable[[Node, tuple[str, ...], tuple[TypeRef | None, ...]], TypeRef | None]


class Compiler:
    """Builds closures and notes on the way what the expression reads and calls.

    Attributes:
        rules: class of a node → what builds its closure.
        result_type: body, parameters and their types of a function → the type of what it gives, if that is known.
        known: names that the caller said exist.
        free: names read from the caller's scope, or from an item under a filter.
        certain: the part of `free` that is read outside every filter.
        called: names of functions called.
        filters: how many filters are open; inside one, any name may be an entry of the item.
        asked: how often the tested value `?` has been read.
        partial: how often a loop's earlier results have been read.
    """

    def __init__(self, rules: Mapping[type, Rule], known: frozenset[str], result_type: ResultType) -> None:
        self.rules = rules
        self.result_type = result_type
        self.known = known
        self.free: set[str] = set()
        self.certain: set[str] = set()
        self.called: set[str] = set()
        self.filters = 0
        self.asked = 0
        self.partial = 0
        self.height = 0
        self.cost = 0
        self._level = 0
        self._bound: list[str] = []

    def build(self, node: Node) -> Closure:
        """Return the closure of one node."""
        self._level += 1
        self.cost += 1
        self.height = max(self.height, self._level)
        closure = self.rules[type(node)](self, node)
        self._level -= 1
        return closure

    def build_within(self, node: Node, names: tuple[str, ...]) -> Closure:
        """Return the closure of a node inside which these names are bound."""
        self._bound.extend(names)
        closure = self.build(node)
        del self._bound[len(self._bound) - len(names) :]
        return closure

    def build_step(self, node: Node, names: tuple[str, ...]) -> tuple[Closure, int]:
        """Return the closure of a loop's body, and the fuel of one turn, which grows with the body's size."""
        before = self.cost
        closure = self.build_within(node, names)
        return closure, 1 + (self.cost - before) // 6

    def build_function(self, node: Node, names: tuple[str, ...]) -> tuple[Closure, int, int]:
        """Return the closure of a function's body, the fuel of one call and how deep the body nests."""
        height, level, self.height = self.height, self._level, self._level
        closure, cost = self.build_step(node, names)
        own = self.height - level
        self.height = max(height, self.height)
        return closure, cost, own + 1

    def is_bound(self, name: str) -> bool:
        """Say whether the expression itself binds the name here."""
        return name in self._bound

    def reads(self, name: str) -> None:
        """Note that a name is read."""
        self.asked += name == "?"
        self.partial += name == "partial"
        if name in self._bound or (name == "item" and self.filters):
            return
        self.free.add(name)
        if not self.filters:
            self.certain.add(name)
