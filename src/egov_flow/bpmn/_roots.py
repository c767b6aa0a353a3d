# SPDX-License-Identifier: Apache-2.0
"""Root elements: messages, signals, errors, escalations and whatever else events and tasks refer to."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.bpmn._source import Source, name_only
from egov_flow.bpmn._vendors import correlation_key, vendor
from egov_flow.bpmn.model import NO_VENDOR, CorrelationKey, CorrelationSubscription, Formula, RootElement
from egov_flow.bpmn.namespaces import BPMN, namespace_of
from egov_flow.xml import Element

__all__ = ["ROOT_KINDS", "Operation", "Roots", "correlation_keys", "read_roots", "subscriptions"]

GLOBAL_TASKS = frozenset({"globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"})
ROOT_KINDS = GLOBAL_TASKS | {
    "category",
    "correlationProperty",
    "dataStore",
    "endPoint",
    "error",
    "escalation",
    "interface",
    "itemDefinition",
    "message",
    "partnerEntity",
    "partnerRole",
    "resource",
    "signal",
}
DEFINITION = "EventDefinition"


@attrs.frozen
class Operation:
    """An operation of an interface: its name, and the id of the message that it takes."""

    name: str = ""
    message: str = ""


@attrs.frozen
class Roots:
    """The root elements, the reusable event definitions, the values of categories and the operations of interfaces, each by id."""

    elements: dict[str, RootElement]
    definitions: dict[str, Element]
    categories: dict[str, str]
    operations: dict[str, Operation]

    def message(self, source: Source, element: Element) -> str:
        """Return the id of the message that a task or event definition names, or else that its operation takes (BPMN 2.0.2 §10.3.3, §10.5.5)."""
        reference = name_only(element.get("operationRef")) or name_only(source.text(source.child(element, "operationRef")))
        return name_only(element.get("messageRef")) or self.operations.get(reference, Operation()).message

    def name(self, kind: str, reference: str) -> str | None:
        """Return what a message, signal, error, … is called, its id if it has no name; None if there is none of that kind and id."""
        root = self.elements.get(reference)
        if root is None or root.kind != kind:
            return None
        return (root.code if kind in {"error", "escalation"} else root.name) or root.id


def read_roots(source: Source, definitions: Element) -> Roots:
    """Read the root elements of a file, but for its processes and collaborations."""
    roots = Roots({}, {}, {}, {})
    for element in definitions.iterchildren("*"):
        namespace, kind = namespace_of(element.tag)
        if namespace != BPMN:
            continue
        if kind.endswith(DEFINITION):
            roots.definitions[element.get("id", "")] = element
        elif kind in ROOT_KINDS:
            root = _root(source, element, kind)
            roots.elements.setdefault(root.id, root)
            for value in source.children(element, "categoryValue"):
                roots.categories[value.get("id", "")] = value.get("value", "")
            for operation in source.children(element, "operation"):
                taken = name_only(source.text(source.child(operation, "inMessageRef")))
                roots.operations[operation.get("id", "")] = Operation(operation.get("name", ""), taken)
    return roots


def _root(source: Source, element: Element, kind: str) -> RootElement:
    return RootElement(
        id=element.get("id", ""),
        kind=kind,
        name=element.get("name", ""),
        code=element.get("errorCode") or element.get("escalationCode") or "",
        correlation_key=correlation_key(source, element) if kind == "message" else None,
        retrievals=tuple(_retrievals(source, element)),
        script=source.formula(source.child(element, "script")),
        script_format=element.get("scriptLanguage", ""),
        vendor=vendor(source, element) if kind in GLOBAL_TASKS else NO_VENDOR,
        origin=source.origin(element),
    )


def _retrievals(source: Source, element: Element) -> Iterator[tuple[str, Formula]]:
    for retrieval in source.children(element, "correlationPropertyRetrievalExpression"):
        path = source.formula(source.child(retrieval, "messagePath"))
        if path is not None:
            yield name_only(retrieval.get("messageRef")), path


def correlation_keys(source: Source, collaboration: Element) -> Iterator[CorrelationKey]:
    """Yield the correlation keys of a collaboration (BPMN 2.0.2 §8.4.2)."""
    for element in source.children(collaboration, "correlationKey"):
        properties = tuple(r.target for r in source.references(element, "correlationPropertyRef"))
        yield CorrelationKey(id=element.get("id", ""), name=element.get("name", ""), properties=properties, origin=source.origin(element))


def subscriptions(source: Source, process: Element) -> Iterator[CorrelationSubscription]:
    """Yield what a process says the properties of a correlation key must be (BPMN 2.0.2 §8.4.2, context-based correlation)."""
    for element in source.children(process, "correlationSubscription"):
        found = ((b, source.formula(source.child(b, "dataPath"))) for b in source.children(element, "correlationPropertyBinding"))
        bindings = tuple((name_only(b.get("correlationPropertyRef")), path) for b, path in found if path is not None)
        yield CorrelationSubscription(key=name_only(element.get("correlationKeyRef")), bindings=bindings, origin=source.origin(element))
