# SPDX-License-Identifier: Apache-2.0
"""The namespaces of BPMN 2.0.2, of its diagrams and of the vendors whose words are read."""

from __future__ import annotations

from functools import lru_cache

__all__ = [
    "BIOC",
    "BPMN",
    "BPMNDI",
    "CAMUNDA_FAMILY",
    "COLOR",
    "DC",
    "DI",
    "OF_DIAGRAM",
    "SPIFF",
    "XML",
    "XSI",
    "ZEEBE",
    "namespace_of",
]

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
COLOR = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
BIOC = "http://bpmn.io/schema/bpmn/biocolor/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
CAMUNDA_FAMILY = frozenset(
    {
        "http://camunda.org/schema/1.0/bpmn",
        "http://operaton.org/schema/1.0/bpmn",
        "http://flowable.org/bpmn",
        "http://activiti.org/bpmn",
    }
)
"""Camunda 7, Operaton, Flowable and Activiti: one vocabulary under four names."""

OF_DIAGRAM = {
    "BPMNDiagram": BPMNDI,
    "BPMNPlane": BPMNDI,
    "BPMNShape": BPMNDI,
    "BPMNEdge": BPMNDI,
    "BPMNLabel": BPMNDI,
    "BPMNLabelStyle": BPMNDI,
    "Bounds": DC,
    "Font": DC,
    "Point": DC,
    "waypoint": DI,
    "extension": DI,
}
"""The elements of a diagram and their namespaces; every other element of the standard is in `BPMN`."""


@lru_cache(maxsize=4096)  # a file has a few dozen names, and each is asked for at every element
def namespace_of(tag: object) -> tuple[str, str]:
    """Split an lxml tag or attribute name into namespace and local name; a comment has ("", "")."""
    if not isinstance(tag, str):
        return "", ""
    namespace, _, local = tag.rpartition("}")
    return namespace[1:], local
