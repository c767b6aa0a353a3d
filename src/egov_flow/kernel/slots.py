# SPDX-License-Identifier: Apache-2.0
"""What the diagram and the links of procedure.yaml fill in: conditions, times, handlers, scripts, message names and keys.

Every reader here returns what it found and what is wrong with it; `refusals` collects the second, `compiling` uses the first. A slot that has findings
is open when conditions are `free`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic, TypeVar

import attrs

from egov_flow import feel
from egov_flow.bpmn import EventDefinition, FlowNode, Formula, RootElement, SequenceFlow
from egov_flow.data import Value
from egov_flow.errors import FeelError, Finding, Place
from egov_flow.feel import Expression
from egov_flow.kernel.program import TimerTime, Trigger
from egov_flow.procedure import Link, Procedure

__all__ = ["JOB_KINDS", "Slot", "Source", "condition", "handler", "is_job", "needs_condition", "script", "trigger"]

T = TypeVar("T")

JOB_KINDS = ("serviceTask", "sendTask", "businessRuleTask")
ISO = re.compile(r"-?P[0-9T]|R[0-9]*/|[0-9]{4}-[0-9]{2}-[0-9]{2}")
PARSE = {"duration": feel.parse_duration, "date": feel.parse_datetime, "cycle": feel.parse_cycle}


@attrs.frozen
class Slot(Generic[T]):
    """What fills a slot, and what is wrong with it; `is_filled` says that something stands there."""

    value: T | None = None
    findings: tuple[Finding, ...] = ()
    is_filled: bool = True


@attrs.frozen(kw_only=True)
class Source:
    """A procedure as slots are looked up in it: links by element, messages by id."""

    procedure: Procedure
    links: Mapping[str, Link]
    messages: Mapping[str, RootElement]

    @classmethod
    def of(cls, procedure: Procedure) -> Source:
        """Return the source of a procedure."""
        return cls(
            procedure=procedure,
            links={link.element: link for link in procedure.links},
            messages={root.id: root for root in procedure.model.roots if root.kind == "message"},
        )

    def link(self, element: str) -> Link:
        """Return what procedure.yaml adds to an element; an empty link if nothing."""
        return self.links.get(element) or Link(element=element)


def finding(
    code: str,
    subject: FlowNode | SequenceFlow,
    place: Place | None = None,
    *,
    severity: str = "error",
    clause: str = "",
    **arguments: str | int,
) -> Finding:
    """Return a finding about a node or flow; `clause` is the source of the rule."""
    return Finding(
        code=code,
        severity=severity,
        place=place if place and place.file else subject.origin.place,
        element=subject.id,
        name=subject.name,
        type=subject.kind if isinstance(subject, FlowNode) else "sequenceFlow",
        source=clause,
        arguments={name: str(value) for name, value in arguments.items()},
    )


def needs_condition(node: FlowNode, flow: SequenceFlow) -> bool:
    """Return whether a flow must have a condition: it leaves a gateway that decides, and is not its only flow or its default."""
    return node.kind in ("exclusiveGateway", "inclusiveGateway") and len(node.outgoing) > 1 and flow.id != node.default


def condition(source: Source, node: FlowNode, flow: SequenceFlow) -> Slot[Expression]:
    """Return the condition of a sequence flow."""
    link = source.link(flow.id)
    drawn = flow.condition is not None and bool(flow.condition.text.strip())
    if drawn and link.condition:
        return Slot(None, (finding("EF-K053", flow, link.place, flow=flow.id),))
    if flow.condition is not None and drawn:
        return _expression(flow, flow.condition, "EF-K051", "EF-K052")
    if link.condition:
        return _expression(flow, Formula(link.condition), "EF-K051", "EF-K052", link.place)
    if needs_condition(node, flow):
        return Slot(None, (finding("EF-K050", flow, clause="BPMN 2.0.2 §10.6.2", gateway=node.name or node.id),))
    return Slot(is_filled=False)


def _is_feel(language: str) -> bool:
    return not language or "feel" in language.lower()


def _expression(
    subject: FlowNode | SequenceFlow, formula: Formula, broken: str, foreign: str, place: Place | None = None
) -> Slot[Expression]:
    place = place or formula.origin.place
    if not _is_feel(formula.language):
        return Slot(None, (finding(foreign, subject, place, language=formula.language),))
    try:
        return Slot(feel.compile(formula.text.strip()))
    except FeelError as error:
        return Slot(None, (_broken(subject, broken, error, place),))


def _broken(subject: FlowNode | SequenceFlow, code: str, error: FeelError, place: Place | None) -> Finding:
    message, _, hint = error.text().partition("\n")
    return finding(code, subject, place, error=message, line=error.line, column=error.column, hint=hint.strip().removeprefix("hint: "))


def is_job(node: FlowNode) -> bool:
    """Return whether a handler does this task: not so a FEEL script, and not a send task that only throws its message."""
    if node.activity is None:
        return False
    return node.kind in JOB_KINDS or (node.kind == "scriptTask" and node.activity.script_format.strip().lower() == "handler")


def handler(source: Source, node: FlowNode) -> Slot[str]:
    """Return the name of a task's handler: of the link, of the diagram, or the script of a script task with `scriptFormat="handler"`."""
    link, drawn = source.link(node.id), node.vendor.handler
    if node.kind == "scriptTask" and not drawn and node.activity and node.activity.script:
        drawn = node.activity.script.text.strip()
    if link.handler and drawn and link.handler != drawn:
        return Slot(None, (finding("EF-K059", node, link.place, link=link.handler, diagram=drawn),))
    name = link.handler or drawn
    if name:
        return Slot(name)
    if node.vendor.decision:
        return Slot(None, (finding("EF-K016", node, decision=node.vendor.decision),))
    return Slot(None, (finding("EF-K058", node),), is_filled=False)


def script(node: FlowNode) -> Slot[Expression]:
    """Return the FEEL of a script task."""
    activity = node.activity
    if activity is None or activity.script is None or not activity.script.text.strip():
        return Slot(None, (finding("EF-K060", node),), is_filled=False)
    language = activity.script_format.strip() or activity.script.language
    return _expression(node, attrs.evolve(activity.script, language=language), "EF-K062", "EF-K061")


def trigger(source: Source, node: FlowNode, definition: EventDefinition | None) -> Slot[Trigger]:
    """Return what an event, receive or send task waits for or throws; `definition` is None for a task."""
    if definition is None:
        activity = node.activity
        return _message(source, node, activity.message if activity else "", activity.message_name if activity else "")
    if definition.kind == "timer":
        return _timer(source, node, definition)
    if definition.kind == "message":
        return _message(source, node, definition.reference, definition.name)
    return Slot(Trigger(kind=definition.kind))


def _message(source: Source, node: FlowNode, reference: str, name: str) -> Slot[Trigger]:
    link, root = source.link(node.id), source.messages.get(reference)
    if link.message and name and link.message != name:
        return Slot(None, (finding("EF-K064", node, link.place, link=link.message, diagram=name),))
    name = link.message or name
    if not name:
        return Slot(None, (finding("EF-K063", node, clause="BPMN 2.0.2 §8.4.11"),), is_filled=False)
    formula = node.vendor.correlation_key or (root.correlation_key if root else None)
    if formula is None:
        return Slot(Trigger(kind="message", name=name))
    key = _expression(node, formula, "EF-K065", "EF-K065")
    return Slot(Trigger(kind="message", name=name, key=key.value), key.findings)


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
            return Slot(None, (_broken(node, "EF-K055", error, formula.origin.place),))
        return Slot(TimerTime(kind, constant))
    expression = _expression(node, formula, "EF-K055", "EF-K055")
    return Slot(TimerTime(kind, None, expression.value) if expression.value else None, expression.findings)
