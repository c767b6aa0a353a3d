# SPDX-License-Identifier: Apache-2.0
"""What events, receive and send tasks wait for or throw: messages with their correlation keys, times, signals, conditions, codes."""

from __future__ import annotations

import re

import attrs

from egov_flow import feel
from egov_flow.bpmn import EventDefinition, FlowNode, Formula
from egov_flow.data import Value
from egov_flow.errors import FeelError, Finding
from egov_flow.feel import Expression
from egov_flow.kernel._positions import beginnings, instantiating
from egov_flow.kernel.program import SIGNAL, TimerTime, Trigger
from egov_flow.kernel.slots import Slot, Source, broken, expression, finding
from egov_flow.kernel.times import parse_repeat, parse_span

__all__ = ["trigger"]

ISO = re.compile(r"-?P[0-9T]|R[0-9]*/|[0-9]{4}-[0-9]{2}-[0-9]{2}")
PARSE = {"duration": parse_span, "date": feel.parse_datetime, "cycle": parse_repeat}
CATCHES = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"})


def trigger(source: Source, node: FlowNode, definition: EventDefinition | None) -> Slot[Trigger]:
    """Return what an event, receive or send task waits for or throws; `definition` is None for a task."""
    if definition is None:
        activity = node.activity
        return _message(source, node, activity.message if activity else "", activity.message_name if activity else "")
    if definition.kind == "timer":
        return _timer(source, node, definition)
    if definition.kind == "message":
        return _message(source, node, definition.reference, definition.name)
    if definition.kind == "conditional":
        return _condition(node, definition)
    if definition.kind == "signal" and not definition.name:
        return Slot(None, (finding("EF-K070", node, clause="BPMN 2.0.2 §10.5.5"),), is_filled=False)
    if definition.kind == "error" and not definition.name and node.kind == "endEvent":
        return Slot(None, (finding("EF-K073", node, clause="BPMN 2.0.2 §10.5.3"),), is_filled=False)
    if definition.kind == "compensate":
        return Slot(Trigger(kind="compensate", name=definition.reference, waits=definition.wait))
    return Slot(Trigger(kind=definition.kind, name=definition.name))


def _condition(node: FlowNode, definition: EventDefinition) -> Slot[Trigger]:
    if definition.condition is None or not definition.condition.text.strip():
        return Slot(None, (finding("EF-K071", node, clause="BPMN 2.0.2 §10.5.5"),), is_filled=False)
    found = expression(node, definition.condition, "EF-K072", "EF-K052")
    return Slot(Trigger(kind="condition", condition=found.value), found.findings)


def _message(source: Source, node: FlowNode, reference: str, name: str) -> Slot[Trigger]:
    link = source.link(node.id)
    if link.message and name and link.message != name:
        return Slot(None, (finding("EF-K064", node, link.place, link=link.message, diagram=name),))
    name = link.message or name
    if not name:
        return Slot(None, (finding("EF-K063", node, clause="BPMN 2.0.2 §8.4.11"),), is_filled=False)
    if name.startswith(SIGNAL):
        return Slot(None, (finding("EF-K079", node, message=name),))
    keyed = _keys(source, node, reference)
    return Slot(Trigger(kind="message", name=name, keys=keyed.keys, is_keyed_by_payload=keyed.is_keyed_by_payload), keyed.findings)


@attrs.frozen(kw_only=True)
class _Keys:
    keys: tuple[tuple[str, Expression], ...] = ()
    is_keyed_by_payload: bool = False
    findings: tuple[Finding, ...] = ()


def _keys(source: Source, node: FlowNode, reference: str) -> _Keys:
    """Return what correlates a message: the vendors' simple expression, or a correlation key of the standard (BPMN 2.0.2 §8.4.2)."""
    root = source.roots.get(reference)
    is_only = node.event is None or len(node.event.definitions) < 2  # of several messages each has the key of its own
    formula = (node.vendor.correlation_key if is_only else None) or (root.correlation_key if root else None)
    if formula is not None:
        found = expression(node, formula, "EF-K065", "EF-K065")
        return _Keys(keys=(("", found.value),) if found.value else (), findings=found.findings)
    retrievals = source.retrievals.get(reference, {})
    fitting = [k for c in source.procedure.model.collaborations for k in c.keys if k.properties and retrievals.keys() >= set(k.properties)]
    if not fitting:
        return _Keys()
    key = fitting[0]
    if node.kind not in CATCHES:
        return _computed(source, node, [(p, retrievals[p]) for p in key.properties], is_keyed_by_payload=True)
    process = source.processes.get(node.id)
    said = next((dict(s.bindings) for s in process.subscriptions if s.key == key.id), {}) if process else {}
    if _begins(source, node):
        return _Keys()  # what starts a case has nothing to be compared with
    if not said.keys() >= set(key.properties):
        return _Keys(findings=(finding("EF-K081", node, key=key.name or key.id, clause="BPMN 2.0.2 §8.4.2"),))
    return _computed(source, node, [(p, said[p]) for p in key.properties], is_keyed_by_payload=False)


def _begins(source: Source, node: FlowNode) -> bool:
    """Return whether an element can only begin a case, not also be awaited in one that another message began."""
    process = source.processes.get(node.id)
    if process is None or node.id not in source.outermost or all(n.id != node.id for n in beginnings(process.content)):
        return False
    gateways = [n.gateway for n in instantiating(process.content) if n.gateway is not None]
    needs_all = node.event is not None and node.event.is_parallel_multiple and len(node.event.definitions) > 1
    return not needs_all and len(gateways) < 2 and not any(g.event_type == "Parallel" for g in gateways)


def _computed(source: Source, node: FlowNode, formulas: list[tuple[str, Formula]], *, is_keyed_by_payload: bool) -> _Keys:
    slots = [(p, expression(node, formula, "EF-K065", "EF-K065")) for p, formula in formulas]
    names = {p: source.roots[p].name or p if p in source.roots else p for p, _ in formulas}
    return _Keys(
        keys=tuple((names[p], slot.value) for p, slot in slots if slot.value is not None),
        is_keyed_by_payload=is_keyed_by_payload,
        findings=tuple(f for _, slot in slots for f in slot.findings),
    )


def _timer(source: Source, node: FlowNode, definition: EventDefinition) -> Slot[Trigger]:
    link, timer = source.link(node.id), definition.timer
    drawn = timer is not None and timer.formula is not None and bool(timer.formula.text.strip())
    if link.expires and drawn:
        return Slot(None, (finding("EF-K056", node, link.place),))
    if link.expires:
        known = {rule.name for rule in source.procedure.deadlines}
        wrong = () if link.expires in known else (finding("EF-K057", node, link.place, deadline=link.expires),)
        return Slot(Trigger(kind="deadline", name=link.expires), wrong)
    if timer is None or timer.formula is None or not drawn:
        return Slot(None, (finding("EF-K054", node, clause="BPMN 2.0.2 §10.5.5"),), is_filled=False)
    time = _time(node, timer.kind, timer.formula)
    return Slot(Trigger(kind="timer", time=time.value), time.findings)


def _time(node: FlowNode, kind: str, formula: Formula) -> Slot[TimerTime]:
    """Return a timer's time: an ISO 8601 literal as a constant, anything else as FEEL."""
    text = formula.text.strip()
    if ISO.match(text):
        try:
            constant: Value = PARSE[kind](text)
        except FeelError as error:
            return Slot(None, (broken(node, "EF-K055", error, formula.origin.place),))
        return Slot(TimerTime(kind, constant))
    found = expression(node, formula, "EF-K055", "EF-K055")
    return Slot(TimerTime(kind, None, found.value) if found.value else None, found.findings)
