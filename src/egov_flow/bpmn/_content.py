# SPDX-License-Identifier: Apache-2.0
"""What a process or sub-process holds: flow nodes, sequence flows, lanes, data, artifacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

import attrs

from egov_flow.bpmn._activities import activity, data_associations, parameters, performers
from egov_flow.bpmn._events import definition_elements, event_definitions
from egov_flow.bpmn._roots import Operation, Roots
from egov_flow.bpmn._source import Source, name_only
from egov_flow.bpmn._vendors import vendor
from egov_flow.bpmn.model import (
    Activity,
    Annotation,
    Association,
    Content,
    DataElement,
    Event,
    FlowNode,
    Gateway,
    Group,
    Lane,
    SequenceFlow,
    Vendor,
)
from egov_flow.bpmn.namespaces import BPMN, namespace_of
from egov_flow.xml import Element

__all__ = ["DATA", "EVENTS", "FLOW_NODES", "GATEWAYS", "LOOPS", "SUBPROCESSES", "associations", "content", "groups", "text_annotations"]

SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
TASKS = frozenset(
    {"task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask", "callActivity"}
)
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
FLOW_NODES = SUBPROCESSES | TASKS | GATEWAYS | EVENTS
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
DATA = ("dataObject", "dataObjectReference", "dataStoreReference", "property")
DATA_REFERENCES = ("dataObjectRef", "dataStoreRef")

Ends: TypeAlias = dict[str, list[str]]


def content(source: Source, owner: Element, roots: Roots) -> Content:
    """Read all that a process or sub-process holds."""
    flows = tuple(_flow(source, element) for element in source.children(owner, "sequenceFlow"))
    incoming: Ends = defaultdict(list)
    outgoing: Ends = defaultdict(list)
    for flow in flows:
        outgoing[flow.source].append(flow.id)
        incoming[flow.target].append(flow.id)
    elements = (e for e in owner.iterchildren("*") if namespace_of(e.tag)[0] == BPMN and namespace_of(e.tag)[1] in FLOW_NODES)
    return Content(
        nodes=tuple(_node(source, element, roots, incoming, outgoing) for element in elements),
        flows=flows,
        lanes=tuple(_lanes(source, source.children(owner, "laneSet"))),
        data=tuple(_data(source, owner)),
        associations=associations(source, owner),
        annotations=text_annotations(source, owner),
        groups=groups(source, owner, roots),
    )


def _flow(source: Source, element: Element) -> SequenceFlow:
    return SequenceFlow(
        id=element.get("id", ""),
        source=source.required(element, "sourceRef"),
        target=source.required(element, "targetRef"),
        name=element.get("name", ""),
        condition=source.formula(source.child(element, "conditionExpression")),
        origin=source.origin(element),
        vendor=vendor(source, element),
    )


def _node(source: Source, element: Element, roots: Roots, incoming: Ends, outgoing: Ends) -> FlowNode:
    kind = namespace_of(element.tag)[1]
    id_ = element.get("id", "")
    parts = definition_elements(source, element, roots) if kind in EVENTS else list(source.children(element, *LOOPS))
    return FlowNode(
        id=id_,
        kind=kind,
        name=element.get("name", ""),
        origin=source.origin(element),
        documentation=source.documentation(element),
        incoming=tuple(incoming.get(id_, ())) if id_ else (),
        outgoing=tuple(outgoing.get(id_, ())) if id_ else (),
        default=name_only(element.get("default")),
        activity=_activity(source, element, kind, roots),
        gateway=_gateway(source, element) if kind in GATEWAYS else None,
        event=_event(source, element, roots) if kind in EVENTS else None,
        content=content(source, element, roots) if kind in SUBPROCESSES else None,
        data_associations=data_associations(source, element),
        parameters=parameters(source, element) if kind not in SUBPROCESSES else (),
        performers=performers(source, element, roots),
        flow_refs=source.references(element, "incoming", "outgoing"),
        vendor=_vendor(source, element, parts, roots),
    )


def _vendor(source: Source, element: Element, parts: list[Element], roots: Roots) -> Vendor:
    """Return what the vendors say at a node, with the correlation key that they write at its message; the standard names a handler by an operation."""
    said = vendor(source, element, *parts)
    if not said.handler and namespace_of(element.tag)[1] == "serviceTask":
        said = attrs.evolve(said, handler=roots.operations.get(name_only(element.get("operationRef")), Operation()).name)
    for part in (element, *parts):
        message = roots.elements.get(roots.message(source, part))
        if message is not None and message.correlation_key is not None:
            return attrs.evolve(said, correlation_key=message.correlation_key)
    return said


def _activity(source: Source, element: Element, kind: str, roots: Roots) -> Activity | None:
    return activity(source, element, roots) if kind in TASKS or kind in SUBPROCESSES else None


def _gateway(source: Source, element: Element) -> Gateway:
    return Gateway(
        direction=source.choice(element, "gatewayDirection", ("Unspecified", "Converging", "Diverging", "Mixed")),
        is_instantiating=source.flag(element, "instantiate", default=False),
        event_type=source.choice(element, "eventGatewayType", ("Exclusive", "Parallel")),
        activation_condition=source.formula(source.child(element, "activationCondition")),
    )


def _event(source: Source, element: Element, roots: Roots) -> Event:
    is_boundary = namespace_of(element.tag)[1] == "boundaryEvent"
    return Event(
        definitions=event_definitions(source, element, roots),
        attached_to=source.required(element, "attachedToRef") if is_boundary else "",
        is_interrupting=source.flag(element, "cancelActivity" if is_boundary else "isInterrupting", default=True),
        is_parallel_multiple=source.flag(element, "parallelMultiple", default=False),
    )


def _lanes(source: Source, lane_sets: Iterator[Element]) -> Iterator[Lane]:
    for lane_set in lane_sets:
        for element in source.children(lane_set, "lane"):
            references = source.references(element, "flowNodeRef")
            yield Lane(
                id=element.get("id", ""),
                name=element.get("name", ""),
                nodes=tuple(reference.target for reference in references),
                lanes=tuple(_lanes(source, source.children(element, "childLaneSet"))),
                origin=source.origin(element),
                node_refs=references,
            )


def _data(source: Source, owner: Element) -> Iterator[DataElement]:
    for element in source.children(owner, *DATA):
        yield DataElement(
            id=element.get("id", ""),
            kind=namespace_of(element.tag)[1],
            name=element.get("name", ""),
            reference=next(filter(None, (name_only(element.get(name)) for name in DATA_REFERENCES)), ""),
            is_collection=source.flag(element, "isCollection", default=False),
            origin=source.origin(element),
        )
    yield from (p for p in parameters(source, owner) if p.kind != "property")


def associations(source: Source, owner: Element) -> tuple[Association, ...]:
    """Return the associations drawn directly in a process, sub-process or collaboration."""
    return tuple(
        Association(
            id=element.get("id", ""),
            source=source.required(element, "sourceRef"),
            target=source.required(element, "targetRef"),
            direction=source.choice(element, "associationDirection", ("None", "One", "Both")),
            origin=source.origin(element),
        )
        for element in source.children(owner, "association")
    )


def text_annotations(source: Source, owner: Element) -> tuple[Annotation, ...]:
    """Return the text annotations drawn directly in a process, sub-process or collaboration."""
    return tuple(
        Annotation(id=element.get("id", ""), text=source.text(source.child(element, "text")), origin=source.origin(element))
        for element in source.children(owner, "textAnnotation")
    )


def groups(source: Source, owner: Element, roots: Roots) -> tuple[Group, ...]:
    """Return the groups drawn directly in a process, sub-process or collaboration."""
    return tuple(
        Group(
            id=element.get("id", ""),
            name=roots.categories.get(name_only(element.get("categoryValueRef")), ""),
            origin=source.origin(element),
        )
        for element in source.children(owner, "group")
    )
