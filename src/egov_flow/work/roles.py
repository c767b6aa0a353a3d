# SPDX-License-Identifier: Apache-2.0
"""Whose work an element is: the role that procedure.yaml links, else that of its innermost lane, else the diagram's first candidate group.

A group is one that a vendor's word names, or the resource of a performer (BPMN 2.0.2 §10.3.1, §10.3.3.4). Those that the diagram computes come with the step.
"""

from __future__ import annotations

from egov_flow.bpmn.model import Lane
from egov_flow.procedure.model import Procedure


def role_of(procedure: Procedure, element: str) -> str:
    """Return the role that does an element; "" if the procedure names none.

    A lane belongs to the role in procedure.yaml that lists its id or name, or has it as its own id or title; a lane that no role claims is a role
    of its own, by its name. An element of a sub-process without lanes belongs to the sub-process's lane.
    """
    link = procedure.link(element)
    if link is not None and link.role:
        return link.role
    lane = procedure.lane(element)
    if lane is not None:
        return _role_of_lane(procedure, lane)
    return next(iter(_groups(procedure, element)), "")


def applicant_role(procedure: Procedure) -> str:
    """Return the role whose work is the applicant's own; "" if the procedure has none."""
    return next((role.id for role in procedure.roles if role.is_applicant), "")


def office_roles(procedure: Procedure) -> frozenset[str]:
    """Return the roles of the agency in a procedure: those that it lists and those of its lanes, but not the applicant's."""
    listed = {role.id for role in procedure.roles}
    of_lanes = {_role_of_lane(procedure, lane) for _, content in procedure.model.contents() for lane in _all(content.lanes)}
    return frozenset((listed | of_lanes) - {applicant_role(procedure), ""})


def candidate_groups(procedure: Procedure, element: str) -> tuple[str, ...]:
    """Return the groups that the diagram itself names for an element, besides its role; expressions of other engines are none."""
    role = role_of(procedure, element)
    return tuple(group for group in _groups(procedure, element) if group != role)


def candidate_persons(procedure: Procedure, element: str) -> tuple[str, ...]:
    """Return the ids of the actors that the diagram itself names for an element; expressions of other engines are none."""
    node = procedure.node(element)
    named = (*node.vendor.candidate_users, node.vendor.assignee) if node is not None else ()
    return tuple(dict.fromkeys(person for person in named if person and not _is_expression(person)))


def _groups(procedure: Procedure, element: str) -> tuple[str, ...]:
    """Return the groups that the diagram names: those of vendors, and the resources of performers; a mere resourceRole need not do the work."""
    node = procedure.node(element)
    if node is None:
        return ()
    resources = (performer.resource_name for performer in node.performers if performer.kind != "resourceRole")
    groups = (*node.vendor.candidate_groups, *resources)
    return tuple(dict.fromkeys(group for group in groups if group and not _is_expression(group)))


def _is_expression(text: str) -> bool:
    return text.startswith(("=", "${", "#{"))


def _all(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    level, every = lanes, lanes
    while level:
        level = tuple(inner for lane in level for inner in lane.lanes)
        every += level
    return every


def _role_of_lane(procedure: Procedure, lane: Lane) -> str:
    for role in procedure.roles:
        if {lane.id, lane.name} & {role.id, *role.lanes} - {""} or (lane.name and lane.name in role.title.values()):
            return role.id
    return lane.name or lane.id
