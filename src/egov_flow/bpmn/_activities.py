# SPDX-License-Identifier: Apache-2.0
"""The activity part of a flow node: loops, scripts, messages, what is called, and who performs it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn._events import event_definitions, looked_up, referred_definition
from egov_flow.bpmn._roots import Roots
from egov_flow.bpmn._source import Source, name_only
from egov_flow.bpmn._vendors import extension, family_attribute
from egov_flow.bpmn.model import Activity, DataAssociation, DataElement, DataSet, Formula, InstanceEvent, Loop, MultiInstance, Performer
from egov_flow.bpmn.namespaces import ZEEBE, namespace_of
from egov_flow.xml import Element

__all__ = ["PERFORMERS", "activity", "data_associations", "parameters", "performers"]

PERFORMERS = ("resourceRole", "performer", "humanPerformer", "potentialOwner")
BEHAVIORS = ("All", "None", "One", "Complex")
NAMED_BY = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}
MESSAGE_TASKS = frozenset({"sendTask", "receiveTask"})
DIRECTIONS = {"dataInputAssociation": "in", "dataOutputAssociation": "out"}


def activity(source: Source, element: Element, roots: Roots) -> Activity:
    """Read the activity part of a task, sub-process or call activity."""
    message = roots.message(source, element) if namespace_of(element.tag)[1] in MESSAGE_TASKS else ""
    described = parameters(source, element)
    return Activity(
        loop=_loop(source, element),
        multi_instance=_multi_instance(source, element, roots),
        is_for_compensation=source.flag(element, "isForCompensation", default=False),
        start_quantity=source.number(element, "startQuantity", 1) or 0,
        completion_quantity=source.number(element, "completionQuantity", 1) or 0,
        script=_script(source, element),
        script_format=element.get("scriptFormat", ""),
        message=message,
        message_name=looked_up(source, roots, element, "message", message),
        is_instantiating=source.flag(element, "instantiate", default=False),
        called=name_only(element.get("calledElement")) or _attribute(extension(source, element, ZEEBE, "calledElement"), "processId"),
        is_event_subprocess=source.flag(element, "triggeredByEvent", default=False),
        ordering=source.choice(element, "ordering", ("Parallel", "Sequential")),
        completion_condition=source.formula(source.child(element, "completionCondition")),
        cancels_remaining=source.flag(element, "cancelRemainingInstances", default=True),
        reads_data=tuple(p.name for p in described if p.kind == "dataInput"),
        writes_data=tuple(p.name for p in described if p.kind == "dataOutput"),
        input_sets=tuple(_data_sets(source, element, "input")),
        output_sets=tuple(_data_sets(source, element, "output")),
        method=element.get("method", ""),
    )


def _data_sets(source: Source, element: Element, way: str) -> Iterator[DataSet]:
    """Yield the input or output sets of an activity, in the order of the file."""
    for holder in source.children(element, "ioSpecification"):
        for found in source.children(holder, f"{way}Set"):
            names = [name_only(source.text(child)) for child in source.children(found, f"data{way.title()}Refs")]
            is_loose = any(True for _ in source.children(found, f"optional{way.title()}Refs", f"whileExecuting{way.title()}Refs"))
            yield DataSet(frozenset(names), is_loose)


def parameters(source: Source, element: Element) -> tuple[DataElement, ...]:
    """Return the data inputs and outputs of an activity or event, and the properties that it holds itself."""
    holders = [element, *source.children(element, "ioSpecification")]
    found = (child for holder in holders for child in source.children(holder, "dataInput", "dataOutput", "property"))
    return tuple(
        DataElement(
            id=child.get("id", ""),
            kind=namespace_of(child.tag)[1],
            name=_named(child),
            is_collection=source.flag(child, "isCollection", default=False),
            origin=source.origin(child),
        )
        for child in found
    )


def performers(source: Source, element: Element, roots: Roots) -> tuple[Performer, ...]:
    """Return who performs an activity in the words of the standard (BPMN 2.0.2 §10.3.1, §10.3.3.4)."""
    return tuple(_performer(source, child, roots) for child in source.children(element, *PERFORMERS))


def _performer(source: Source, element: Element, roots: Roots) -> Performer:
    resource = name_only(source.text(source.child(element, "resourceRef")))
    assignment = source.child(element, "resourceAssignmentExpression")
    return Performer(
        kind=namespace_of(element.tag)[1],
        name=element.get("name", ""),
        resource=resource,
        resource_name=looked_up(source, roots, element, "resource", resource),
        formula=None if assignment is None else source.formula(next(assignment.iterchildren("*"), assignment)),
        origin=source.origin(element),
    )


def data_associations(source: Source, element: Element) -> tuple[DataAssociation, ...]:
    """Return the data associations of an activity or event, in the order of the file."""
    return tuple(_data_association(source, child) for child in source.children(element, *DIRECTIONS))


def _data_association(source: Source, element: Element) -> DataAssociation:
    target = source.references(element, "targetRef")
    return DataAssociation(
        direction=DIRECTIONS[namespace_of(element.tag)[1]],
        sources=tuple(reference.target for reference in source.references(element, "sourceRef")),
        target=target[0].target if target else "",
        transformation=source.formula(source.child(element, "transformation")),
        assignments=tuple(_assignments(source, element)),
        origin=source.origin(element),
    )


def _assignments(source: Source, element: Element) -> Iterator[tuple[Formula, Formula]]:
    for assignment in source.children(element, "assignment"):
        given, taken = (source.formula(source.child(assignment, tag)) for tag in ("from", "to"))
        if given is None or taken is None:
            source.report("EF-B019", assignment, attribute="from" if given is None else "to")
        else:
            yield given, taken


def _script(source: Source, element: Element) -> Formula | None:
    """Return the script of a script task; Camunda 8 writes it as an extension."""
    script = source.child(element, "script")
    if script is not None:
        return source.formula(script)
    zeebe = extension(source, element, ZEEBE, "script")
    text = _attribute(zeebe, "expression")
    return Formula(text, "", source.origin(zeebe)) if zeebe is not None and text else None


def _loop(source: Source, element: Element) -> Loop | None:
    loop = source.child(element, "standardLoopCharacteristics")
    if loop is None:
        return None
    return Loop(
        test_before=source.flag(loop, "testBefore", default=False),
        maximum=source.number(loop, "loopMaximum", None),
        condition=source.formula(source.child(loop, "loopCondition")),
    )


def _multi_instance(source: Source, element: Element, roots: Roots) -> MultiInstance | None:
    loop = source.child(element, "multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    zeebe = extension(source, loop, ZEEBE, "loopCharacteristics")
    return MultiInstance(
        is_sequential=source.flag(loop, "isSequential", default=False),
        cardinality=source.formula(source.child(loop, "loopCardinality")),
        collection=name_only(source.text(source.child(loop, "loopDataInputRef")))
        or family_attribute(loop, "collection")
        or _attribute(zeebe, "inputCollection"),
        item=_named(source.child(loop, "inputDataItem")) or family_attribute(loop, "elementVariable") or _attribute(zeebe, "inputElement"),
        output_collection=name_only(source.text(source.child(loop, "loopDataOutputRef"))) or _attribute(zeebe, "outputCollection"),
        output_item=_named(source.child(loop, "outputDataItem")) or _attribute(zeebe, "outputElement"),
        completion_condition=source.formula(source.child(loop, "completionCondition")),
        behavior=source.choice(loop, "behavior", BEHAVIORS),
        throws=tuple(_instance_events(source, loop, roots)),
    )


def _instance_events(source: Source, loop: Element, roots: Roots) -> Iterator[InstanceEvent]:
    """Yield what the behavior of instances throws (BPMN 2.0.2 table 10.29)."""
    behavior = loop.get("behavior", "All")
    if behavior in NAMED_BY:
        found = referred_definition(source, loop, NAMED_BY[behavior], roots)
        if found:
            yield InstanceEvent(definitions=found, origin=source.origin(loop))
    for child in source.children(loop, "complexBehaviorDefinition") if behavior == "Complex" else ():
        event = source.child(child, "event")
        yield InstanceEvent(
            definitions=() if event is None else event_definitions(source, event, roots),
            condition=source.formula(source.child(child, "condition")),
            has_data=event is not None and any(True for _ in source.children(event, "dataInput", "dataInputAssociation")),
            origin=source.origin(child),
        )


def _named(item: Element | None) -> str:
    return "" if item is None else item.get("name") or item.get("id") or ""


def _attribute(element: Element | None, name: str) -> str:
    return "" if element is None else element.get(name, "")
