# SPDX-License-Identifier: Apache-2.0
"""What SpiffWorkflow must not run, and why: defects of stock SpiffWorkflow 3.2 that were measured, and what no test shows it to do right."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import version

from egov_flow.bpmn import Content, FlowNode, group_formulas
from egov_flow.errors import Finding, blocking
from egov_flow.kernel import KernelEngine
from egov_flow.procedure import Procedure

__all__ = ["SHOWN_RIGHT", "slice_refusals"]

SHOWN_RIGHT = "3.2"
"""The SpiffWorkflow whose behavior our tests compare with the kernel's."""

LONGEST_PATH = 150
"""Elements in a row. SpiffWorkflow's parser calls itself for each and overflows at about 330; its task tree stops being searched at 1,000."""

KINDS = {
    "parallelGateway": "EF-E001",
    "inclusiveGateway": "EF-E002",
    "boundaryEvent": "EF-E003",
    "eventBasedGateway": "EF-E005",
    "receiveTask": "EF-E005",
    "subProcess": "EF-E006",
    "transaction": "EF-E006",
    "adHocSubProcess": "EF-E006",
    "task": "EF-E007",
    "callActivity": "EF-E018",
    "complexGateway": "EF-E021",
}
DEFINITIONS = {"timer": "EF-E004", "message": "EF-E005"}


def slice_refusals(procedure: Procedure) -> tuple[Finding, ...]:
    """Return why the procedure is outside what SpiffWorkflow does right; the kernel's own findings come first."""
    found = KernelEngine().refusals(procedure)
    process = procedure.process
    if process is None:
        return found
    told = {f.element for f in blocking(found)}
    content = process.content
    findings = [f for node in content.nodes if node.id not in told for f in _node(procedure, node)]
    return (*found, *_installed(), *_starts(procedure, content), *findings, *_paths(procedure, content))


def _installed() -> Iterator[Finding]:
    installed = version("SpiffWorkflow")
    if not installed.startswith(f"{SHOWN_RIGHT}."):
        yield Finding.of("EF-E017", installed=installed, shown=SHOWN_RIGHT)


def _of(code: str, node: FlowNode, **arguments: str) -> Finding:
    return Finding(code=code, place=node.origin.place, element=node.id, name=node.name, type=node.kind, arguments=arguments)


def _node(procedure: Procedure, node: FlowNode) -> Iterator[Finding]:
    code = _reason(procedure, node)
    if code:
        yield _of(code, node, definition=node.event.definitions[0].kind if node.event and node.event.definitions else "")
        return
    if node.id in {"Start", "End", f"{procedure.process_id}.EndJoin"}:
        yield _of("EF-E014", node)
    if node.data_associations or node.parameters:
        yield _of("EF-E015", node)
    if len(node.outgoing) > 1 and node.kind != "exclusiveGateway":
        yield _of("EF-E009", node)
    if not node.outgoing and node.kind != "endEvent":
        yield _of("EF-E010", node)


def _reason(procedure: Procedure, node: FlowNode) -> str:
    """Return the code that forbids a kind of element; "" if it is in the slice."""
    if node.kind in KINDS:
        return KINDS[node.kind]
    if node.event is not None and node.event.definitions:
        return DEFINITIONS.get(node.event.definitions[0].kind, "EF-E008")
    if node.activity is not None and (node.activity.multi_instance is not None or node.activity.loop is not None):
        return "EF-E019"
    if node.activity is not None and (node.activity.start_quantity != 1 or node.activity.completion_quantity != 1):
        return "EF-E022"
    link = procedure.link(node.id)
    if group_formulas(node) and not (link is not None and link.role):
        return "EF-E023"
    if node.vendor.inputs or node.vendor.outputs:
        return "EF-E020"
    if node.kind == "sendTask":
        return "" if node.vendor.handler or (link is not None and link.handler) else "EF-E005"
    return ""


def _starts(procedure: Procedure, content: Content) -> Iterator[Finding]:
    starts = [node.id for node in content.nodes if node.kind == "startEvent"]
    if len(starts) != 1:
        process = procedure.process
        place = process.origin.place if process else None
        yield Finding.of("EF-E011", place, element=procedure.process_id, type="process", related=tuple(starts), count=len(starts))


def _paths(procedure: Procedure, content: Content) -> Iterator[Finding]:
    """Yield a loop, or a path that is too long."""
    nodes = {node.id: node for node in content.nodes}
    before: dict[str, list[str]] = {name: [] for name in nodes}  # no sets: which loop is told must not depend on the hash seed
    for flow in content.flows:
        if flow.source in nodes and flow.target in nodes:
            before[flow.target].append(flow.source)
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError as error:
        loop = [name for name in nodes if name in set(error.args[1])]
        yield _of("EF-E012", nodes[loop[0]], elements=", ".join(loop))
        return
    length: dict[str, int] = {}
    for name in order:
        length[name] = 1 + max((length[b] for b in before[name]), default=0)
    longest = max(length.values(), default=0)
    if longest > LONGEST_PATH:
        yield Finding.of("EF-E013", element=procedure.process_id, type="process", count=longest, limit=LONGEST_PATH)
