# SPDX-License-Identifier: Apache-2.0
"""Links that find no other end in their scope: neither by the same name nor by reference (BPMN 2.0.2 §10.5.5)."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.sheet import Sheet, Thing

__all__ = ["CATCHING", "THROWING", "loose"]

THROWING, CATCHING = "intermediateThrowEvent", "intermediateCatchEvent"


def loose(sheet: Sheet, kind: str, other: str, reference: str) -> Iterator[tuple[Thing, Thing]]:
    """Yield the events of a kind and their links whose name no link of the other kind has, and whose reference names none of these."""
    for scope in sheet.kind("FlowElementsContainer"):
        events = _linked(sheet, scope, kind)
        ends = _linked(sheet, scope, other) if events else []
        names, ids = {link.name for _, link in ends}, {link.id for _, link in ends}
        for event, link in events:
            if link.name not in names and ids.isdisjoint(link.refs(reference)):
                yield event, link


def _linked(sheet: Sheet, scope: Thing, kind: str) -> list[tuple[Thing, Thing]]:
    return [(event, link) for event in scope.kids(kind) for link in sheet.definitions(event) if link.tag == "linkEventDefinition"]
