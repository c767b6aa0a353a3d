# SPDX-License-Identifier: Apache-2.0
"""The words of Camunda 7 and its family, Camunda 8 and SpiffWorkflow, read into one vocabulary.

What is not known here is listed in `Vendor.unread`: whoever runs the model decides whether it may be passed over.
"""

from __future__ import annotations

from typing import Any

import attrs

from egov_flow.bpmn._source import Source
from egov_flow.bpmn.model import NO_VENDOR, Formula, Variable, Vendor
from egov_flow.bpmn.namespaces import BPMN, CAMUNDA_FAMILY, SPIFF, XML, XSI, ZEEBE, namespace_of
from egov_flow.xml import Element

__all__ = ["correlation_key", "extension", "family_attribute", "vendor"]

SILENT = frozenset({"", BPMN, XSI, XML})

FAMILY_ATTRIBUTES = {
    "assignee": "assignee",
    "candidateGroups": "candidate_groups",
    "candidateUsers": "candidate_users",
    "class": "handler",
    "decisionRef": "decision",
    "delegateExpression": "handler",
    "dueDate": "due_date",
    "expression": "handler",
    "formKey": "form",
    "formRef": "form",
    "resultVariable": "result_variable",
    "resultVariableName": "result_variable",
    "topic": "handler",
}
# Read by the loop reader, or saying what the attribute beside it says already.
FAMILY_READ_ELSEWHERE = frozenset({"collection", "elementVariable"})

ZEEBE_ELEMENTS = {
    "assignmentDefinition": {"assignee": "assignee", "candidateGroups": "candidate_groups", "candidateUsers": "candidate_users"},
    "calledDecision": {"decisionId": "decision", "resultVariable": "result_variable"},
    "calledElement": {"processId": "", "propagateAllChildVariables": "", "propagateAllParentVariables": ""},
    "formDefinition": {"formKey": "form", "formId": "form", "externalReference": "form"},
    "loopCharacteristics": {"inputCollection": "", "inputElement": "", "outputCollection": "", "outputElement": ""},
    "script": {"expression": "", "resultVariable": "result_variable"},
    "subscription": {"correlationKey": ""},
    "taskDefinition": {"type": "handler"},
    "taskSchedule": {"dueDate": "due_date"},
}
"""Element → attribute → field of Vendor, or "" where another part of the reader takes it."""

PASS_ALL = frozenset({"propagateAllChildVariables", "propagateAllParentVariables"})
LITERAL = "literal"
"""Language of a Camunda 7 parameter that is the text itself and no expression."""

LISTS = frozenset({"candidate_groups", "candidate_users"})


def vendor(source: Source, element: Element, *parts: Element) -> Vendor:
    """Return what the vendors say at an element and at parts of it (its event definitions, its loop)."""
    collector = _Collector(source)
    for part in (element, *parts):
        collector.take_attributes(part)
        for child in source.extensions(part):
            collector.take_element(child)
    return collector.vendor()


def extension(source: Source, element: Element, namespace: str, tag: str) -> Element | None:
    """Return the first extension element of that name."""
    return next((e for e in source.extensions(element) if e.tag == f"{{{namespace}}}{tag}"), None)


def family_attribute(element: Element, name: str) -> str:
    """Return an attribute of the Camunda 7 family, under whichever of its names; "" if none."""
    found = (element.get(f"{{{namespace}}}{name}") for namespace in sorted(CAMUNDA_FAMILY))
    return next((value for value in found if value), "")


def correlation_key(source: Source, message: Element) -> Formula | None:
    """Return the simple correlation expression that Camunda 8 or SpiffWorkflow writes at a message."""
    subscription = extension(source, message, ZEEBE, "subscription")
    if subscription is not None and subscription.get("correlationKey"):
        return Formula(subscription.get("correlationKey", ""), "", source.origin(subscription))
    variable = extension(source, message, SPIFF, "processVariableCorrelation")
    expression = None if variable is None else variable.find(f"{{{SPIFF}}}expression")
    text = source.text(expression)
    return Formula(text, "python", source.origin(expression)) if expression is not None and text else None


def _attributes(element: Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.items()]


@attrs.define
class _Collector:
    source: Source
    fields: dict[str, Any] = attrs.field(factory=dict)
    inputs: list[Variable] = attrs.field(factory=list)
    outputs: list[Variable] = attrs.field(factory=list)
    unread: dict[str, None] = attrs.field(factory=dict)

    def vendor(self) -> Vendor:
        if not (self.fields or self.inputs or self.outputs or self.unread):
            return NO_VENDOR
        return Vendor(**self.fields, inputs=tuple(self.inputs), outputs=tuple(self.outputs), unread=tuple(self.unread))

    def skip(self, element: Element, name: object) -> None:
        """Note a name as unread, with the prefix that it has in the file."""
        namespace, local = namespace_of(name)
        prefix = next((p for p, n in element.nsmap.items() if n == namespace and p), "")
        self.unread[f"{prefix or namespace}:{local}"] = None

    def put(self, element: Element, name: object, field: str, value: str) -> None:
        """Set a field; what was said first stays, and the second is noted as unread."""
        if field in self.fields:
            self.skip(element, name)
        elif field in LISTS:
            is_formula = value.startswith("=") or "${" in value or "#{" in value
            self.fields[field] = (value,) if is_formula else tuple(filter(None, (entry.strip() for entry in value.split(","))))
        elif value:
            self.fields[field] = value

    def take_attributes(self, element: Element) -> None:
        for name, value in _attributes(element):
            namespace, local = namespace_of(name)
            if namespace in SILENT or (namespace in CAMUNDA_FAMILY and local in FAMILY_READ_ELSEWHERE):
                continue
            if namespace in CAMUNDA_FAMILY and local in FAMILY_ATTRIBUTES:
                self.put(element, name, FAMILY_ATTRIBUTES[local], value)
            elif not (namespace in CAMUNDA_FAMILY and local == "type" and self.take_type(element, namespace, value)):
                self.skip(element, name)

    def take_type(self, element: Element, namespace: str, value: str) -> bool:
        """Read Camunda 7's `type`: `external` stands beside a topic, Flowable's `mail`, `http`, … name the handler themselves."""
        if value == "external":
            return element.get(f"{{{namespace}}}topic") is not None
        self.put(element, f"{{{namespace}}}type", "handler", value)
        return True

    def take_element(self, element: Element) -> None:
        namespace, local = namespace_of(element.tag)
        if namespace == ZEEBE:
            self.take_zeebe(element, local)
        elif namespace in CAMUNDA_FAMILY:
            self.take_family(element, local)
        elif namespace == SPIFF:
            self.take_spiff(element, local)
        else:
            self.skip(element, element.tag)

    def take_zeebe(self, element: Element, local: str) -> None:
        if local == "ioMapping":
            for mapping in element.iterchildren("*"):
                self.map(mapping, namespace_of(mapping.tag)[1], mapping.get("source", ""), mapping.get("target", ""))
            return
        known = ZEEBE_ELEMENTS.get(local)
        if known is None:
            self.skip(element, element.tag)
            return
        for name, value in _attributes(element):
            if name not in known or (name in PASS_ALL and value.strip() == "true"):
                self.skip(element, f"{{{ZEEBE}}}{name}")
            elif known[name]:
                self.put(element, f"{{{ZEEBE}}}{name}", known[name], value)

    def take_family(self, element: Element, local: str) -> None:
        if local == "inputOutput":
            for parameter in element.iterchildren("*"):
                kind = namespace_of(parameter.tag)[1].removesuffix("Parameter")
                if len(parameter):  # a script, list or map
                    self.skip(parameter[0], parameter[0].tag)
                else:
                    text = self.source.text(parameter)
                    is_formula = text.startswith("=") or "${" in text or "#{" in text
                    self.map(parameter, kind, text, parameter.get("name", ""), "" if is_formula else LITERAL)
        elif local in {"in", "out"} and element.get("target") and (element.get("source") or element.get("sourceExpression")):
            self.map(element, local + "put", element.get("source") or element.get("sourceExpression") or "", element.get("target", ""))
        else:
            self.skip(element, element.tag)

    def take_spiff(self, element: Element, local: str) -> None:
        if local == "serviceTaskOperator":
            self.put(element, element.tag, "handler", element.get("id", ""))
            self.put(element, element.tag, "result_variable", element.get("resultVariable", ""))
            for parameter in element.iter(f"{{{SPIFF}}}parameter"):
                self.map(parameter, "input", parameter.get("value", ""), parameter.get("id", ""), "python")
        elif local == "calledDecisionId":
            self.put(element, element.tag, "decision", self.source.text(element))
        elif local == "properties":
            for entry in element.iterchildren("*"):
                if entry.get("name") == "formJsonSchemaFilename":
                    self.put(entry, entry.tag, "form", entry.get("value", ""))
                else:
                    self.skip(entry, entry.tag)
        elif local != "processVariableCorrelation":
            self.skip(element, element.tag)

    def map(self, element: Element, kind: str, text: str, target: str, language: str = "") -> None:
        """Add an input or output mapping, or note it as unread if it is neither or is not complete."""
        mappings = {"input": self.inputs, "output": self.outputs}.get(kind)
        if mappings is None or not target or not text:
            self.skip(element, element.tag)
        else:
            mappings.append(Variable(target, Formula(text, language, self.source.origin(element))))
