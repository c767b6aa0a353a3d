# SPDX-License-Identifier: Apache-2.0
"""Obligations of law on every case of a space: `exists` and `before`.

`not_same_person` between human tasks is kept by the desk that hands them out, whatever the diagram. Other kinds are not verified, and say so.
"""

from __future__ import annotations

from collections import deque

from egov_flow.errors import Finding
from egov_flow.procedure import Obligation, Procedure
from egov_flow.proof.result import Verdict
from egov_flow.proof.soundness import arrows, way
from egov_flow.proof.space import Edge, Space

PROVED = ("exists", "before")


def watched_elements(procedure: Procedure) -> frozenset[str]:
    """Return the elements that the obligations that can be proved speak of."""
    return frozenset(element for obligation in procedure.obligations if obligation.kind in PROVED for element in obligation.elements)


def verdicts(procedure: Procedure, space: Space) -> tuple[Verdict, ...]:
    """Return a verdict for each obligation of a procedure; the space must have watched their elements."""
    return tuple(_verdict(obligation, space) for obligation in procedure.obligations)


def not_verified(procedure: Procedure, code: str = "EF-V025") -> tuple[Verdict, ...]:
    """Return the verdicts of a procedure whose space was not explored at all."""
    return tuple(_unknown(obligation, code) for obligation in procedure.obligations)


def reasons(verdicts: tuple[Verdict, ...]) -> tuple[Finding, ...]:
    """Return why verdicts are not verified."""
    return tuple(verdict.finding for verdict in verdicts if verdict.holds is None and verdict.finding is not None)


def _verdict(obligation: Obligation, space: Space) -> Verdict:
    if obligation.kind == "not_same_person" and _is_for_persons(obligation, space):
        return Verdict(obligation=obligation.id, holds=True)
    if obligation.kind not in PROVED:
        return _unknown(obligation, "EF-V022")
    missing = next((element for element in obligation.elements if element not in space.program.index), None)
    if missing is not None or len(obligation.elements) < (2 if obligation.kind == "before" else 1):
        return _unknown(obligation, "EF-V024", missing or "–")
    broken = _broken(obligation, space)
    if broken is not None:
        element, path = broken
        return _refuted(obligation, element, way(space.replay(path))[0])
    if not space.is_complete or space.double:
        return _unknown(obligation, "EF-V025")
    return Verdict(obligation=obligation.id, holds=True)


def _is_for_persons(obligation: Obligation, space: Space) -> bool:
    """Return whether all elements are work of persons: then `egov_flow.work` refuses the second one to who did the first, in every case."""
    nodes = [space.program.node(element) for element in obligation.elements]
    return len(nodes) > 1 and all(node is not None and node.action == "work" for node in nodes)


def _broken(obligation: Obligation, space: Space) -> tuple[str, tuple[Edge, ...]] | None:
    """Return the element whose demand is broken and the shortest way to that; None if no explored case breaks it."""
    is_existence = obligation.kind == "exists"
    pairs = zip(obligation.elements, obligation.elements[0 if is_existence else 1 :], strict=False)
    for first, then in pairs:
        path = _shortest(space, first, None if is_existence else then)
        if path is not None:
            return then, path
    return None


def _shortest(space: Space, keeping: str, forbidden: str | None) -> tuple[Edge, ...] | None:
    """Return the shortest way on which `keeping` is not completed before `forbidden` is entered (None: before the case ends); None if there is none.

    Within one edge the order counts.
    """
    parents: dict[int, tuple[int, Edge] | None] = {0: None}
    todo = deque([0])
    while todo:
        source = todo.popleft()
        for edge in space.edges[source]:
            is_kept = ("completed", keeping) in edge.seen
            before = edge.seen[: edge.seen.index(("completed", keeping))] if is_kept else edge.seen
            is_broken = edge.target in space.final and not is_kept if forbidden is None else ("entered", forbidden) in before
            if is_broken:
                return (*_way(parents, source), edge)
            if not is_kept and edge.target not in parents:
                parents[edge.target] = (source, edge)
                todo.append(edge.target)
    return None


def _way(parents: dict[int, tuple[int, Edge] | None], state: int) -> tuple[Edge, ...]:
    edges = []
    parent = parents[state]
    while parent is not None:
        edges.append(parent[1])
        parent = parents[parent[0]]
    return tuple(reversed(edges))


def _refuted(obligation: Obligation, element: str, witness: tuple[str, ...]) -> Verdict:
    code = "EF-V010" if obligation.kind == "exists" else "EF-V011"
    finding = Finding.of(
        code,
        obligation.place,
        element=f"obligations.{obligation.id}",
        related=obligation.elements,
        source=", ".join(obligation.legal_basis),
        obligation=obligation.id,
        subject=element,
        first=_before(obligation, element),
        way=arrows(witness),
    )
    return Verdict(obligation=obligation.id, holds=False, witness=witness, finding=finding)


def _before(obligation: Obligation, element: str) -> str:
    position = obligation.elements.index(element)
    return obligation.elements[position - 1] if position else ""


def _unknown(obligation: Obligation, code: str, subject: str = "") -> Verdict:
    finding = Finding.of(
        code,
        obligation.place,
        severity="warning",
        element=f"obligations.{obligation.id}",
        source=", ".join(obligation.legal_basis),
        obligation=obligation.id,
        kind=obligation.kind,
        subject=subject,
    )
    return Verdict(obligation=obligation.id, holds=None, finding=finding)
