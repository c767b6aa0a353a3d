# SPDX-License-Identifier: Apache-2.0
"""What the diagram and the links of procedure.yaml fill in: conditions, handlers and scripts; what events wait for is in `triggers`.

Every reader here returns what it found and what is wrong with it; `refusals` collects the second, `compiling` uses the first. A slot that has findings
is open when conditions are `free`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

import attrs

from egov_flow import feel
from egov_flow.bpmn import Content, DataElement, FlowNode, Formula, Process, RootElement, SequenceFlow
from egov_flow.errors import FeelError, Finding, Place
from egov_flow.feel import Expression
from egov_flow.procedure import Link, Procedure

__all__ = [
    "JOB_KINDS",
    "Slot",
    "Source",
    "broken",
    "condition",
    "expression",
    "finding",
    "handler",
    "is_job",
    "needs_condition",
    "script",
]

T = TypeVar("T")

JOB_KINDS = ("serviceTask", "sendTask", "businessRuleTask")


@attrs.frozen
class Slot(Generic[T]):
    """What fills a slot, and what is wrong with it; `is_filled` says that something stands there."""

    value: T | None = None
    findings: tuple[Finding, ...] = ()
    is_filled: bool = True


@attrs.frozen(kw_only=True)
class Source:
    """A procedure as slots are looked up in it: links by element, root and data elements by id, processes by the ids of all they hold.

    Attributes:
        retrievals: by message, the expressions that read each correlation property from it.
        outermost: the nodes that stand directly in a process, not in a sub-process of it.
    """

    procedure: Procedure
    links: Mapping[str, Link]
    roots: Mapping[str, RootElement]
    data: Mapping[str, DataElement]
    processes: Mapping[str, Process]
    outermost: AbstractSet[str]
    retrievals: Mapping[str, Mapping[str, Formula]]

    @classmethod
    def of(cls, procedure: Procedure) -> Source:
        """Return the source of a procedure."""
        return cls(
            procedure=procedure,
            links={link.element: link for link in procedure.links},
            roots={root.id: root for root in procedure.model.roots},
            data={d.id: d for _, content in procedure.model.contents() for d in _data(content)},
            processes={node.id: process for process in procedure.model.processes for node in _inside(process.content)},
            retrievals=_retrievals(procedure.model.roots),
            outermost={node.id for process in procedure.model.processes for node in process.content.nodes},
        )

    def variable(self, element: str) -> str:
        """Return the variable that a data element stands for: its name, that of what it refers to, or else the word itself."""
        found = self.data.get(element)
        if found is None:
            return element
        referred = self.data.get(found.reference)
        return found.name or (referred.name if referred else "") or found.reference or found.id

    def link(self, element: str) -> Link:
        """Return what procedure.yaml adds to an element; an empty link if nothing."""
        return self.links.get(element) or Link(element=element)


def _retrievals(roots: Iterable[RootElement]) -> Mapping[str, Mapping[str, Formula]]:
    found: dict[str, dict[str, Formula]] = {}
    for root in roots:
        for message, formula in root.retrievals if root.kind == "correlationProperty" else ():
            found.setdefault(message, {})[root.id] = formula
    return found


def _data(content: Content) -> Iterator[DataElement]:
    yield from content.data
    for node in content.nodes:
        yield from node.parameters


def _inside(content: Content) -> Iterator[FlowNode]:
    todo = [content]
    while todo:
        for node in todo.pop().nodes:
            yield node
            if node.content is not None:
                todo.append(node.content)


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
    return node.kind in ("exclusiveGateway", "inclusiveGateway", "complexGateway") and len(node.outgoing) > 1 and flow.id != node.default


def condition(source: Source, node: FlowNode, flow: SequenceFlow) -> Slot[Expression]:
    """Return the condition of a sequence flow."""
    link = source.link(flow.id)
    drawn = flow.condition is not None and bool(flow.condition.text.strip())
    if drawn and link.condition:
        return Slot(None, (finding("EF-K053", flow, link.place, flow=flow.id),))
    if flow.condition is not None and drawn:
        return expression(flow, flow.condition, "EF-K051", "EF-K052")
    if link.condition:
        return expression(flow, Formula(link.condition), "EF-K051", "EF-K052", link.place)
    if needs_condition(node, flow):
        return Slot(None, (finding("EF-K050", flow, clause="BPMN 2.0.2 §10.6.2", gateway=node.name or node.id),))
    return Slot(is_filled=False)


def expression(
    subject: FlowNode | SequenceFlow, formula: Formula, unreadable: str, foreign: str, place: Place | None = None
) -> Slot[Expression]:
    """Return the FEEL of a formula; `unreadable` and `foreign` are the codes for a text that does not parse and for another language."""
    place = place or formula.origin.place
    if not formula.is_feel:
        return Slot(None, (finding(foreign, subject, place, language=formula.language),))
    try:
        return Slot(feel.compile(formula.text.strip()))
    except FeelError as error:
        return Slot(None, (broken(subject, unreadable, error, place),))


def broken(subject: FlowNode | SequenceFlow, code: str, error: FeelError, place: Place | None) -> Finding:
    """Return a finding about FEEL that does not parse."""
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
    return expression(node, attrs.evolve(activity.script, language=language), "EF-K062", "EF-K061")
