# SPDX-License-Identifier: Apache-2.0
"""Event definitions, inline or by reference, with the names of what they refer to."""

from __future__ import annotations

from egov_flow.bpmn._roots import Roots
from egov_flow.bpmn._source import Source, name_only
from egov_flow.bpmn.model import EventDefinition, Formula, Timer
from egov_flow.bpmn.namespaces import BPMN, namespace_of
from egov_flow.xml import Element

__all__ = ["EVENT_KINDS", "definition_elements", "event_definitions", "looked_up", "referred_definition"]

EVENT_KINDS = frozenset({"cancel", "compensate", "conditional", "error", "escalation", "link", "message", "signal", "terminate", "timer"})
SUFFIX = "EventDefinition"
TIMES = {"timeDuration": "duration", "timeDate": "date", "timeCycle": "cycle"}


def definition_elements(source: Source, event: Element, roots: Roots) -> list[Element]:
    """Return the elements of an event's definitions in the order of the file, references followed."""
    found: list[Element] = []
    for child in event.iterchildren("*"):
        namespace, local = namespace_of(child.tag)
        if namespace != BPMN:
            continue
        if local == "eventDefinitionRef":
            reference = name_only(source.text(child))
            if reference in roots.definitions:
                found.append(roots.definitions[reference])
            else:
                source.report("EF-B011", event, attribute=local, kind="event definition", reference=reference)
        elif local.removesuffix(SUFFIX) in EVENT_KINDS and local.endswith(SUFFIX):
            found.append(child)
    return found


def event_definitions(source: Source, event: Element, roots: Roots) -> tuple[EventDefinition, ...]:
    """Return what an event waits for or throws."""
    return tuple(_definition(source, element, event, roots) for element in definition_elements(source, event, roots))


def referred_definition(source: Source, element: Element, attribute: str, roots: Roots) -> tuple[EventDefinition, ...]:
    """Return the event definition that an attribute refers to; none, with a finding if the file has no such definition."""
    reference = name_only(element.get(attribute))
    if not reference:
        return ()
    if reference not in roots.definitions:
        source.report("EF-B011", element, attribute=attribute, kind="event definition", reference=reference)
        return ()
    return (_definition(source, roots.definitions[reference], element, roots),)


def looked_up(source: Source, roots: Roots, element: Element, kind: str, reference: str) -> str:
    """Return the name of the root element that is referred to; "" with a finding if the file has none."""
    if not reference:
        return ""
    name = roots.name(kind, reference)
    if name is None:
        source.report("EF-B011", element, attribute=f"{kind}Ref", kind=kind, reference=reference)
    return name or ""


def _definition(source: Source, element: Element, event: Element, roots: Roots) -> EventDefinition:
    kind = namespace_of(element.tag)[1].removesuffix(SUFFIX)
    reference = name = ""
    if kind in {"message", "signal", "error", "escalation"}:
        reference = roots.message(source, element) if kind == "message" else name_only(element.get(f"{kind}Ref"))
        name = looked_up(source, roots, event, kind, reference)
    elif kind == "compensate":
        reference = name_only(element.get("activityRef"))
    elif kind == "link":
        name = element.get("name", "")
    return EventDefinition(
        kind=kind,
        id=element.get("id", ""),
        origin=source.origin(element),
        reference=reference,
        name=name,
        timer=_timer(source, element) if kind == "timer" else None,
        condition=source.formula(source.child(element, "condition")),
        wait=source.flag(element, "waitForCompletion", default=True),
        partners=tuple(name_only(source.text(end)) for end in source.children(element, "source", "target")) if kind == "link" else (),
    )


def _timer(source: Source, element: Element) -> Timer:
    formulas: list[tuple[str, Formula]] = []
    for child in source.children(element, *TIMES):
        formula = source.formula(child)
        if formula is not None:
            formulas.append((TIMES[namespace_of(child.tag)[1]], formula))
    if len(formulas) > 1:
        source.report("EF-B027", element)
    return Timer(*formulas[0]) if formulas else Timer()
