# SPDX-License-Identifier: Apache-2.0
"""Which element a redesign means, where it stands, and who else names it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

import attrs

from egov_flow.bpmn import Association, Content, FlowNode, MessageFlow, SequenceFlow
from egov_flow.errors import Finding, Place
from egov_flow.procedure import Procedure

__all__ = ["Scope", "associations", "attached", "find_steps", "finding", "inside", "mentions", "message_flows", "scope_of", "told"]


@attrs.frozen
class Scope:
    """The content of the process or sub-process in which steps stand."""

    owner: str
    content: Content

    def node(self, element: str) -> FlowNode | None:
        """Return a node of this scope."""
        return next((n for n in self.content.nodes if n.id == element), None)

    def flow(self, element: str) -> SequenceFlow | None:
        """Return a sequence flow of this scope."""
        return next((f for f in self.content.flows if f.id == element), None)

    def into(self, node: FlowNode) -> list[SequenceFlow]:
        """Return the flows that end at a node."""
        return [f for f in self.content.flows if f.target == node.id]

    def out_of(self, node: FlowNode) -> list[SequenceFlow]:
        """Return the flows that start at a node."""
        return [f for f in self.content.flows if f.source == node.id]


def finding(code: str, place: Place, node: FlowNode | SequenceFlow, **arguments: str | int) -> Finding:
    """Return a finding about an element, at the place of the change that was refused."""
    kind = node.kind if isinstance(node, FlowNode) else "sequenceFlow"
    texts = {key: str(value) for key, value in arguments.items()}
    return attrs.evolve(Finding.of(code, place, element=node.id, name=node.name, type=kind), arguments=texts)


def told(node: FlowNode) -> str:
    """Return an element's name as messages show it: with its id."""
    return f'"{node.name}" ({node.id})' if node.name else node.id


def find_steps(procedure: Procedure, references: Iterable[str], place: Place, findings: list[Finding]) -> list[FlowNode]:
    """Return the activities of the executed process that are meant, by id or unique name; what names none is a finding."""
    process = procedure.process
    nodes = list(_all(process.content)) if process is not None else []
    steps: list[FlowNode] = []
    for reference in references:
        meant = [n for n in nodes if n.id == reference] or [n for n in nodes if n.name == reference]
        if len(meant) != 1:
            guess = difflib.get_close_matches(reference, [n.id for n in nodes] + [n.name for n in nodes if n.name], n=1)
            code = "EF-R011" if meant else "EF-R010" if guess else "EF-R012"
            findings.append(Finding.of(code, place, reference=reference, guess=guess[0] if guess else "", count=len(meant)))
        elif meant[0] in steps:
            findings.append(finding("EF-R013", place, meant[0]))
        elif meant[0].activity is None:
            findings.append(finding("EF-R014", place, meant[0]))
        else:
            steps.append(meant[0])
    return steps


def _all(content: Content) -> Iterator[FlowNode]:
    for node in content.nodes:
        yield node
        if node.content is not None:
            yield from _all(node.content)


def scope_of(procedure: Procedure, node: FlowNode) -> Scope:
    """Return the scope in which a node stands."""
    return next(Scope(owner, content) for owner, content in procedure.model.contents() if any(n.id == node.id for n in content.nodes))


def inside(node: FlowNode) -> frozenset[str]:
    """Return the id of a node and of everything that it holds: nodes, flows, data, artifacts."""
    ids = {node.id, *(p.id for p in node.parameters)}
    contents = [node.content] if node.content is not None else []
    while contents:
        content = contents.pop()
        ids.update(
            e.id
            for part in (content.nodes, content.flows, content.data, content.associations, content.annotations, content.groups)
            for e in part
        )
        contents.extend(n.content for n in content.nodes if n.content is not None)
    return frozenset(ids)


def attached(scope: Scope, node: FlowNode) -> list[FlowNode]:
    """Return the boundary events of an activity."""
    return [n for n in scope.content.nodes if n.event is not None and n.event.attached_to == node.id]


def message_flows(procedure: Procedure, ids: frozenset[str]) -> list[MessageFlow]:
    """Return the message flows that begin or end in one of the elements."""
    return [f for f in procedure.model.message_flows if f.source in ids or f.target in ids]


def associations(procedure: Procedure, ids: frozenset[str]) -> list[Association]:
    """Return the associations between one of the elements and another that is not among them."""
    holders = [c for _, c in procedure.model.contents()]
    lines = [a for c in holders for a in c.associations] + [a for c in procedure.model.collaborations for a in c.associations]
    return [a for a in lines if (a.source in ids) != (a.target in ids)]


def mentions(procedure: Procedure, ids: frozenset[str], *, links: bool = True) -> list[tuple[str, Place]]:
    """Return who names one of the elements, as (`obligations.registered`, place): obligations, deadlines, milestones, and links if asked."""
    named: list[tuple[str, Place, Iterable[str]]] = [(f"obligations.{o.id}", o.place, o.elements) for o in procedure.obligations]
    for rule in procedure.deadlines:
        triggers = (rule.starts, *rule.ends, *rule.stops, *rule.resumes)
        named.append((f"deadlines.{rule.name}", rule.place, [t.element for t in triggers]))
    named += [(f"milestones[{n}]", m.place, [m.trigger.element]) for n, m in enumerate(procedure.milestones, 1)]
    if links:
        named += [(f"links.{link.element}", link.place, [link.element]) for link in procedure.links]
    return [(who, place) for who, place, elements in named if ids.intersection(elements)]
