# SPDX-License-Identifier: Apache-2.0
"""Whose work an element is: the role that procedure.yaml links, else that of its innermost lane, else the diagram's first candidate group.

A group is one that a vendor's word names, or the resource of a performer (BPMN 2.0.2 §10.3.1, §10.3.3.4). Those that the diagram computes come with the step.
"""

from __future__ import annotations

from egov_flow.procedure.model import Procedure


def role_of(procedure: Procedure, element: str) -> str:
    """Return the role that does an element; "" if the procedure names none.

    An element of a sub-process without lanes belongs to the sub-process's lane.
    """
    link = procedure.link(element)
    if link is not None and link.role:
        return link.role
    lane = procedure.lane(element)
    if lane is not None:
        return procedure.lane_role(lane)
    return next(iter(_groups(procedure, element)), "")


def candidate_groups(procedure: Procedure, element: str, role: str) -> tuple[str, ...]:
    """Return the groups that the diagram itself names for an element, besides its `role`; expressions of other engines are none."""
    return tuple([group for group in _groups(procedure, element) if group != role])


def candidate_persons(procedure: Procedure, element: str) -> tuple[str, ...]:
    """Return the ids of the actors that the diagram itself names for an element; expressions of other engines are none."""
    node = procedure.node(element)
    named = (*node.vendor.candidate_users, node.vendor.assignee) if node is not None else ()
    return _once(named)


def _groups(procedure: Procedure, element: str) -> tuple[str, ...]:
    """Return the groups that the diagram names: those of vendors, and the resources of performers; a mere resourceRole need not do the work."""
    node = procedure.node(element)
    if node is None:
        return ()
    resources = [performer.resource_name for performer in node.performers if performer.kind != "resourceRole"]
    return _once((*node.vendor.candidate_groups, *resources))


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([name for name in names if name and not _is_expression(name)]))


def _is_expression(text: str) -> bool:
    return text.startswith(("=", "${", "#{"))
