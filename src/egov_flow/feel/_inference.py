# SPDX-License-Identifier: Apache-2.0
"""Types before evaluation: what each part of an expression can be, and what is wrong with it whatever the case holds.

Only what is certain is remarked: `Any` stands for everything that is not known, and fits everywhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from egov_flow.data import EMPTY
from egov_flow.feel._failures import At
from egov_flow.feel._grid import Grid
from egov_flow.feel._inference_tables import ARITHMETIC_RESULTS, PROPERTY_TYPES
from egov_flow.feel._kinds import ANY
from egov_flow.feel._nodes import (
    Between,
    Call,
    CallStep,
    Chain,
    Compare,
    ContextNode,
    FilterStep,
    For,
    FunctionNode,
    If,
    In,
    InstanceOf,
    Iterator,
    ListNode,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    PathStep,
    Postfix,
    Quantified,
    RangeNode,
    Test,
    TypeRef,
)
from egov_flow.feel._remarks import Names, Remarks
from egov_flow.feel.domains import Domain
from egov_flow.feel.functions import FUNCTIONS, choose

__all__ = ["Inference", "result_type"]

UNKNOWN = Domain()


def result_type(body: Node, parameters: tuple[str, ...], types: tuple[TypeRef | None, ...]) -> TypeRef | None:
    """Return the type of what a function's body gives; None if that is not known."""
    names = {name: Domain(type=kind or ANY) for name, kind in zip(parameters, types, strict=True)}
    found = Inference(EMPTY).domain(body, names).type
    return None if found.name in ("Any", "Null") else found


class Inference(Remarks):
    """One expression looked at: what each node can be."""

    def domain(self, node: Node, names: Names) -> Domain:
        """Return what a node can be, where these names are bound, and keep what is wrong with it."""
        return self._RULES[type(node)](self, node, names)

    def wants_boolean(self, node: Node, names: Names, what: str) -> None:
        """Look at a node that must hold or not hold."""
        found = self.domain(node, names).type.name
        if found not in ("Any", "boolean", "Null"):
            self.remark("EF-F105", _place(node), what=what, kind=found)

    def decide(self, node: Node, names: Names) -> None:
        """Remark a condition that no case fulfills, or each; one part of it that cannot hold has been told already."""
        rows = Grid({**self.scope, **names}).rows({0: node}) if self.decides else None
        outcomes = [found[0] for _, found in rows or ()]
        if rows and not any(remark.code in ("EF-F102", "EF-F107") for remark in self.remarks):
            if True not in outcomes:
                self.remark("EF-F108", _place(node))
            elif len(rows) > 1 and all(outcome is True for outcome in outcomes):
                self.remark("EF-F109", _place(node))

    def _literal(self, node: Literal, _: Names) -> Domain:
        return Domain.of(node.value)

    def _name(self, node: Name, names: Names) -> Domain:
        if node.name in names:
            return names[node.name]
        if node.name in self.scope:
            return self.scope[node.name]
        if node.name in FUNCTIONS:
            return Domain(type=TypeRef("function"))
        if self.is_complete and not self._filters and node.name not in ("?", "item", "partial"):
            close = difflib.get_close_matches(node.name, [*names, *self.scope], n=3, cutoff=0.6)
            self.remark("EF-F101", node.at, called=node.name, close=", ".join(close) or "-")
        return UNKNOWN

    def _negate(self, node: Negate, names: Names) -> Domain:
        found = self.domain(node.operand, names)
        if found.is_known and not found.type.name.endswith("duration") and found.type.name != "number":
            self.remark("EF-F103", node.at, op="-", left=found.type.name, right="")
        return Domain(type=found.type)

    def _chain(self, node: Chain, names: Names) -> Domain:
        found = self.domain(node.first, names).type.name
        for op, term, at in node.rest:
            right = self.domain(term, names).type.name
            if "Any" in (found, right):
                found = "Any"
                continue
            result = ARITHMETIC_RESULTS.get((op, found, right))
            if result is None:
                self.remark("EF-F103", at, op=op, left=found, right=right)
            found = result or "Any"
        return Domain(type=TypeRef(found))

    def _logic(self, node: Logic, names: Names) -> Domain:
        for part in node.parts:
            self.wants_boolean(part, names, node.kind)
        return _BOOLEAN

    def _compare(self, node: Compare, names: Names) -> Domain:
        left, right = self.domain(node.left, names), self.domain(node.right, names)
        self.compared(node.op, left, right, node.at)
        return _BOOLEAN

    def _between(self, node: Between, names: Names) -> Domain:
        operand = self.domain(node.operand, names)
        for end in (node.low, node.high):
            self.compared("<=", operand, self.domain(end, names), node.at)
        return _BOOLEAN

    def _in(self, node: In, names: Names) -> Domain:
        operand = self.domain(node.operand, names)
        for test in node.tests:
            self._test(test, operand, {**names, "?": operand})
        return _BOOLEAN

    def _test(self, test: Test, operand: Domain, names: Names) -> None:
        found = self.domain(test.operand, names)
        if test.op:
            self.compared(test.op, operand, found, test.at)
        elif type(test.operand) is RangeNode and found.items is not None:
            self.compared("<=", operand, found.items, test.at)
        elif type(test.operand) is Literal:
            self.compared("=", operand, found, test.at)

    def _if(self, node: If, names: Names) -> Domain:
        self.wants_boolean(node.condition, names, "if")
        self.decide(node.condition, names)
        return self.domain(node.yes, names).joined(self.domain(node.no, names))

    def _bound(self, iterators: tuple[Iterator, ...], names: Names) -> Names:
        bound = dict(names)
        for iterator in iterators:
            source = self.domain(iterator.source, bound)
            if iterator.end is not None:
                self.domain(iterator.end, bound)
                bound[iterator.name] = Domain(type=source.type)
            elif source.type.name in ("list", "range"):
                bound[iterator.name] = source.items or UNKNOWN
            else:
                bound[iterator.name] = source
        return bound

    def _for(self, node: For, names: Names) -> Domain:
        body = self.domain(node.body, {**self._bound(node.iterators, names), "partial": Domain(type=TypeRef("list"))})
        return Domain(type=TypeRef("list"), items=attrs.evolve(body, values=()))

    def _quantified(self, node: Quantified, names: Names) -> Domain:
        self.wants_boolean(node.body, self._bound(node.iterators, names), "satisfies")
        return _BOOLEAN

    def _list(self, node: ListNode, names: Names) -> Domain:
        items: Domain | None = None
        for item in node.items:
            found = self.domain(item, names)
            items = found if items is None else items.joined(found)
        return Domain(type=TypeRef("list"), items=items)

    def _context(self, node: ContextNode, names: Names) -> Domain:
        entries: dict[str, Domain] = {}
        for key, value in node.entries:
            inner = {**names, **entries}
            if type(value) is FunctionNode:
                inner[key] = Domain(type=TypeRef("function"))
            entries[key] = self.domain(value, inner)
        return Domain(type=TypeRef("context"), entries=entries, is_closed=True)

    def _range(self, node: RangeNode, names: Names) -> Domain:
        ends = [self.domain(end, names) for end in (node.low, node.high) if end is not None]
        if len(ends) == 2:
            self.compared("<=", ends[0], ends[1], node.at)
        return Domain(type=TypeRef("range"), items=Domain(type=ends[0].type))

    def _instance(self, node: InstanceOf, names: Names) -> Domain:
        self.domain(node.operand, names)
        return _BOOLEAN

    def _function(self, node: FunctionNode, names: Names) -> Domain:
        own = {name: Domain(type=kind or ANY) for name, kind in zip(node.parameters, node.types, strict=True)}
        result = self.domain(node.body, {**names, **own})
        return Domain(type=TypeRef("function", (*(d.type for d in own.values()), TypeRef(result.type.name))))

    def _call(self, node: Call, names: Names) -> Domain:
        arguments = [self.domain(argument, names) for argument in node.arguments]
        if node.name in names or node.name in self.scope:
            return UNKNOWN
        forms = choose(FUNCTIONS.get(node.name, ()), len(arguments), node.names)
        fitting = []
        for form, order in forms:
            wrong = [
                i
                for p, i in zip(form.parameters, order, strict=False)
                if i >= 0 and not p.takes_all and not p.may_be(arguments[i].type.name)
            ]
            if not wrong:
                fitting.append(form)
        if forms and not fitting:
            self.remark("EF-F104", node.at, called=node.name, form=forms[0][0].text, types=", ".join(a.type.name for a in arguments))
        results = {form.result for form in fitting}
        return _of_type(results.pop()) if len(results) == 1 else UNKNOWN

    def _postfix(self, node: Postfix, names: Names) -> Domain:
        found = self.domain(node.base, names)
        for step in node.steps:
            if type(step) is PathStep:
                found = self._path(found, step)
            elif type(step) is FilterStep:
                found = self._filter(found, step, names)
            elif type(step) is CallStep:
                found = self._called(step, names)
        return found

    def _called(self, step: CallStep, names: Names) -> Domain:
        for argument in step.arguments:
            self.domain(argument, names)
        return UNKNOWN

    def _path(self, found: Domain, step: PathStep) -> Domain:
        kind = found.type.name
        if kind == "context":
            if step.name not in found.entries and found.is_closed:
                close = difflib.get_close_matches(step.name, list(found.entries), n=3, cutoff=0.6) or list(found.entries)[:8]
                self.remark("EF-F106", step.at, called=step.name, kind=kind, close=", ".join(close) or "-")
            return found.entries.get(step.name, UNKNOWN)
        if kind == "list":
            return Domain(type=TypeRef("list"), items=self._path(found.items, step) if found.items else None)
        if kind in ("Any", "Null"):
            return UNKNOWN
        properties = PROPERTY_TYPES.get(kind, {})
        if step.name not in properties:
            self.remark("EF-F106", step.at, called=step.name, kind=kind, close=", ".join(properties) or "-")
        return Domain(type=TypeRef(properties.get(step.name, "Any")))

    def _filter(self, found: Domain, step: FilterStep, names: Names) -> Domain:
        item = (found.items or UNKNOWN) if found.type.name in ("list", "Any") else found
        is_open = item.type.name in ("Any", "Null") or (item.type.name == "context" and not item.is_closed)
        self._filters += is_open
        condition = self.domain(step.condition, {**names, "item": item, **item.entries})
        self._filters -= is_open
        if condition.type.name == "number":
            return attrs.evolve(item, values=())
        if condition.type.name not in ("Any", "boolean", "Null"):
            self.remark("EF-F105", step.at, what="[…]", kind=condition.type.name)
        return Domain(type=TypeRef("list"), items=item) if condition.type.name == "boolean" else UNKNOWN

    _RULES: Mapping[type, Callable[[Inference, Any, Names], Domain]] = {
        Literal: _literal,
        Name: _name,
        Negate: _negate,
        Chain: _chain,
        Logic: _logic,
        Compare: _compare,
        Between: _between,
        In: _in,
        If: _if,
        For: _for,
        Quantified: _quantified,
        ListNode: _list,
        ContextNode: _context,
        RangeNode: _range,
        InstanceOf: _instance,
        FunctionNode: _function,
        Call: _call,
        Postfix: _postfix,
    }


_BOOLEAN = Domain(type=TypeRef("boolean"))


def _of_type(kind: TypeRef) -> Domain:
    return Domain(type=TypeRef(kind.name), items=_of_type(kind.parts[0]) if kind.name == "list" and kind.parts else None)


def _place(node: Node) -> At:
    at: At = node.at
    return at
