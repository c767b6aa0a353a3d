# SPDX-License-Identifier: Apache-2.0
"""The hands of modelers: what Camunda Modeler (for Camunda 7) and Signavio write into a file besides what is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from egov_flow.bpmn import BPMN, ZEEBE

CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
SIGNAVIO = "http://www.signavio.com"
NODES = ("Event", "Gateway", "Task", "task", "subProcess", "transaction", "callActivity")


def camunda(root: etree._Element) -> None:
    """Write handlers as topics of external tasks, forms and the time that history is kept, as Camunda 7 does."""
    root.set("exporter", "Camunda Modeler")
    root.set("exporterVersion", "5.20.0")
    for definition in list(root.iter(f"{{{ZEEBE}}}taskDefinition")):
        extensions = definition.getparent()
        assert extensions is not None
        task = extensions.getparent()
        assert task is not None
        task.set(f"{{{CAMUNDA}}}type", "external")
        task.set(f"{{{CAMUNDA}}}topic", definition.get("type", ""))
        extensions.remove(definition)
        if not len(extensions):
            task.remove(extensions)
    for task in root.iter(f"{{{BPMN}}}userTask"):
        task.set(f"{{{CAMUNDA}}}formKey", f"embedded:app:forms/{task.get('id')}.html")
    for process in root.iter(f"{{{BPMN}}}process"):
        process.set(f"{{{CAMUNDA}}}historyTimeToLive", "P180D")


def signavio(root: etree._Element) -> None:
    """Write at each node its flows, its color as metadata, and at each gateway its direction, as Signavio does."""
    root.set("exporter", "Signavio Process Editor, http://www.signavio.com")
    root.set("typeLanguage", "http://www.w3.org/2001/XMLSchema")
    for node in list(_nodes(root)):
        ends = [
            [f.get("id", "") for f in root.iter(f"{{{BPMN}}}sequenceFlow") if f.get(end) == node.get("id")]
            for end in ("targetRef", "sourceRef")
        ]
        extensions = node.find(f"{{{BPMN}}}extensionElements")
        if extensions is None:
            extensions = etree.Element(f"{{{BPMN}}}extensionElements")
            node.insert(0, extensions)
        etree.SubElement(extensions, f"{{{SIGNAVIO}}}signavioMetaData", {"metaKey": "bgcolor", "metaValue": "#ffffff"})
        place = 1
        for tag, flows in zip(("incoming", "outgoing"), ends, strict=True):
            for flow in flows:
                child = etree.Element(f"{{{BPMN}}}{tag}")
                child.text = flow
                node.insert(place, child)
                place += 1
        if node.tag.endswith("Gateway"):
            many = tuple(len(flows) > 1 for flows in ends)
            node.set(
                "gatewayDirection",
                {(True, False): "Converging", (False, True): "Diverging", (True, True): "Mixed"}.get(many, "Unspecified"),
            )


def _nodes(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter(f"{{{BPMN}}}*"):
        if element.tag.endswith(NODES):
            yield element


STYLES = {"camunda": camunda, "signavio": signavio}
