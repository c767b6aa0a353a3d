# SPDX-License-Identifier: Apache-2.0
"""How often an activity is done: the loop marker and several instances, as the diagram says them (BPMN 2.0.2 §10.3.8)."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.bpmn import FlowNode, Formula, InstanceEvent, Loop, MultiInstance
from egov_flow.errors import Finding
from egov_flow.feel import Expression
from egov_flow.kernel.program import Passing, Repetition, Throwing
from egov_flow.kernel.slots import Slot, Source, expression, finding
from egov_flow.kernel.triggers import trigger

__all__ = ["repetition"]

THROWN = frozenset({"error", "escalation", "message", "signal"})
"""What instances may throw: what an event on the border of their activity can catch, or what goes to the outside."""


def repetition(source: Source, node: FlowNode) -> Slot[Repetition]:
    """Return how often a node is done; an empty slot if once."""
    activity = node.activity
    if activity is None:
        return Slot(is_filled=False)
    if activity.multi_instance is not None:
        return _Reader(source, node).instances(activity.multi_instance)
    if activity.loop is not None:
        return _Reader(source, node).loop(activity.loop)
    return Slot(is_filled=False)


@attrs.define
class _Reader:
    source: Source
    node: FlowNode
    findings: list[Finding] = attrs.field(factory=list)

    def loop(self, loop: Loop) -> Slot[Repetition]:
        """Read a standard loop; one that nothing ends would never be left."""
        if (loop.condition is None and loop.maximum is None) or loop.maximum == 0:
            self.findings.append(finding("EF-K007", self.node, clause="BPMN 2.0.2 §10.3.8"))
        return self._slot(
            Repetition(kind="loop", condition=self._expression(loop.condition), tests_before=loop.test_before, maximum=loop.maximum)
        )

    def instances(self, spec: MultiInstance) -> Slot[Repetition]:
        """Read several instances."""
        if spec.behavior != "All" and not any(event.definitions for event in spec.throws):
            self.findings.append(finding("EF-K077", self.node, behavior=spec.behavior, clause="BPMN 2.0.2 §10.3.8"))
        if spec.cardinality is None and not spec.collection:
            self.findings.append(finding("EF-K006", self.node, clause="BPMN 2.0.2 §10.3.8"))
        if bool(spec.output_collection) != bool(spec.output_item):
            self.findings.append(finding("EF-K078", self.node))
        is_computed = spec.output_item.startswith("=")
        return self._slot(
            Repetition(
                kind="sequential" if spec.is_sequential else "parallel",
                cardinality=self._expression(spec.cardinality),
                collection=self._named(spec.collection),
                item=spec.item,
                output=self.source.variable(spec.output_collection) if spec.output_item else "",
                output_item=self._named(spec.output_item),
                local_output="" if is_computed else spec.output_item,
                completion=self._expression(spec.completion_condition),
                throws=tuple(thrown for event in spec.throws for thrown in self._thrown(event, spec.behavior)),
            )
        )

    def _thrown(self, event: InstanceEvent, behavior: str) -> Iterator[Throwing]:
        """Yield what instances throw; an event that they cannot throw, or that would carry data, is told."""
        condition = self._expression(event.condition)
        if behavior == "Complex" and event.condition is None:
            self.findings.append(finding("EF-K092", self.node, event.origin.place, clause="BPMN 2.0.2 §10.3.8"))
        if event.has_data:
            self.findings.append(finding("EF-K015", self.node, event.origin.place, names="complexBehaviorDefinition"))
        for definition in event.definitions:
            if definition.kind not in THROWN or (definition.kind == "error" and not definition.name):
                self.findings.append(finding("EF-K093", self.node, definition.origin.place, definition=definition.kind))
                continue
            found = trigger(self.source, self.node, definition)
            self.findings += found.findings
            if found.value is not None:
                yield Throwing(trigger=found.value, condition=condition, is_first=behavior == "One", is_conditional=behavior == "Complex")

    def _slot(self, found: Repetition) -> Slot[Repetition]:
        names = (found.item, found.output, found.local_output)
        self.findings += [finding("EF-K069", self.node, name=name) for name in names if name.startswith("__")]
        return Slot(attrs.evolve(found, is_open=bool(self.findings)), tuple(self.findings))

    def _expression(self, formula: Formula | None) -> Expression | None:
        if formula is None:
            return None
        slot = expression(self.node, formula, "EF-K084", "EF-K084")
        self.findings += slot.findings
        return slot.value

    def _named(self, text: str) -> Passing | None:
        """Return what a word stands for: a FEEL expression behind `=`, else a data element or variable."""
        if not text:
            return None
        if text.startswith("=") or "${" in text or "#{" in text:
            found = self._expression(Formula(text, origin=self.node.origin))
            return Passing("value", found) if found is not None else None
        return Passing("value", None, self.source.variable(text))
