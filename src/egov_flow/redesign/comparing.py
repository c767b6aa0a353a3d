# SPDX-License-Identifier: Apache-2.0
"""What is different between two versions of a procedure: in the diagram, in its drawing, and in every other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from egov_flow.bpmn import Collaboration, Content, Definitions, Diagram, Formula, Origin
from egov_flow.procedure import Entry, Procedure, read_entries, shown
from egov_flow.redesign.difference import Detail, Diff, Difference

__all__ = ["diff"]

DIAGRAM = "process.bpmn"
_NOT_COMPARED = frozenset({"id", "kind", "origin", "content", "flow_refs", "node_refs", "lanes", "nodes", "incoming", "outgoing", "place"})


def diff(old: Procedure, new: Procedure) -> Diff:
    """Compare two versions of a procedure.

    Elements of the diagram are compared by id: their own properties, then their place in the drawing. YAML files are compared entry by entry, forms and
    decisions as files.
    """
    elements = list(_elements(old.model, new.model))
    layout = list(_layout(old.model, new.model, {d.element for d in elements if d.change in {"added", "removed"}}))
    return Diff(old=old, new=new, entries=(*elements, *layout, *_files(old, new)))


@attrs.frozen
class _Thing:
    id: str
    kind: str
    name: str
    properties: dict[str, str]
    holds: tuple[str, ...] = ()


def _things(model: Definitions) -> dict[str, _Thing]:
    found: dict[str, _Thing] = {}
    for value, kind in _values(model):
        name = getattr(value, "name", "") or getattr(value, "text", "")
        found.setdefault(value.id, _Thing(value.id, kind, name, dict(_properties(value))))
    for _, content in model.contents():
        _note_lanes(found, content.lanes)
    return found


def _values(model: Definitions) -> Iterator[tuple[Any, str]]:
    yield from ((p, "process") for p in model.processes)
    yield from ((p, "participant") for p in model.participants)
    yield from ((f, "messageFlow") for f in model.message_flows)
    for _, content in model.contents():
        yield from ((n, n.kind) for n in content.nodes)
        yield from ((f, "sequenceFlow") for f in content.flows)
        yield from ((d, d.kind) for d in content.data)
    holders: list[Content | Collaboration] = [*(c for _, c in model.contents()), *model.collaborations]
    for holder in holders:
        yield from ((a, "association") for a in holder.associations)
        yield from ((a, "textAnnotation") for a in holder.annotations)
        yield from ((g, "group") for g in holder.groups)
    yield from ((r, r.kind) for r in model.roots)


def _note_lanes(found: dict[str, _Thing], lanes: Iterable[Any]) -> None:
    for lane in lanes:
        found.setdefault(lane.id, _Thing(lane.id, "lane", lane.name, {"name": lane.name}, lane.nodes))
        _note_lanes(found, lane.lanes)


def _properties(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every property as text, nested ones with dots; places in the file do not count."""
    for field in attrs.fields(type(value)):
        if field.name in _NOT_COMPARED:
            continue
        yield from _written(getattr(value, field.name), prefix + field.name)


def _written(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Origin) or value in (None, "", ()):
        return
    if isinstance(value, Formula):
        yield name, value.text.strip()
        if value.language:
            yield f"{name}.language", value.language
    elif attrs.has(type(value)):
        yield from _properties(value, f"{name}.")
    elif isinstance(value, tuple) and any(attrs.has(type(item)) for item in value):
        for n, item in enumerate(value, 1):
            yield from _written(item, f"{name}[{n}]")
    elif isinstance(value, tuple):
        yield name, ", ".join(map(str, value))
    else:
        yield name, str(value)


def _elements(old: Definitions, new: Definitions) -> Iterator[Difference]:
    before, after = _things(old), _things(new)
    for id_, thing in after.items():
        if id_ not in before:
            yield Difference("added", "element", id_, thing.kind, thing.name)
            continue
        details = tuple(_changes(before[id_], thing))
        if details:
            yield Difference("changed", "element", id_, thing.kind, thing.name, details)
    for id_, thing in before.items():
        if id_ not in after:
            yield Difference("removed", "element", id_, thing.kind, thing.name)


def _changes(before: _Thing, after: _Thing) -> Iterator[Detail]:
    yield from _details({"kind": before.kind, **before.properties}, {"kind": after.kind, **after.properties})
    gone, come = (", ".join(n for n in one.holds if n not in other.holds) for one, other in ((before, after), (after, before)))
    if gone or come:
        yield Detail("holds", gone or None, come or None)


def _details(before: dict[str, str], after: dict[str, str]) -> Iterator[Detail]:
    for key in [*before, *(k for k in after if k not in before)]:
        if before.get(key) != after.get(key):
            yield Detail(key, before.get(key), after.get(key))


def _layout(old: Definitions, new: Definitions, without: set[str]) -> Iterator[Difference]:
    before, after = _places(old.diagrams), _places(new.diagrams)
    kinds = _things(new)
    for id_, place in after.items():
        if id_ in before and before[id_] != place and id_ not in without:
            thing = kinds.get(id_)
            yield Difference("moved", "element", id_, thing.kind if thing else "", thing.name if thing else "")


def _places(diagrams: Iterable[Diagram]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for diagram in diagrams:
        found.update({s.element: (s.bounds, s.label, s.is_expanded) for s in diagram.shapes})
        found.update({e.element: (e.waypoints, e.label) for e in diagram.edges})
    return found


def _files(old: Procedure, new: Procedure) -> Iterator[Difference]:
    before, after = dict(old.files), dict(new.files)
    for path in sorted({*before, *after} - {DIAGRAM}):
        if before.get(path) == after.get(path):
            continue
        if path.endswith(".yaml"):
            yield from _entries(path, *(_flattened(procedure, path) for procedure in (old, new)))
        else:
            change = "changed" if path in before and path in after else "added" if path in after else "removed"
            yield Difference(change, "file", path)


def _flattened(procedure: Procedure, path: str) -> dict[str, str]:
    """Return the scalars of a YAML file by their keys, `deadlines.decision.amount`; none without that file."""
    entry, _ = read_entries(dict(procedure.files).get(path, b""), shown(procedure.folder, path))
    return dict(_flat(entry))


def _entries(path: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Difference]:
    for key in [*before, *(k for k in after if k not in before)]:
        if before.get(key) != after.get(key):
            change = "removed" if key not in after else "added" if key not in before else "changed"
            yield Difference(change, path, key, details=(Detail("", before.get(key), after.get(key)),))


def _flat(entry: Entry | None, key: str = "") -> Iterator[tuple[str, str]]:
    if entry is None:
        return
    if entry.kind == "map":
        for name, value in entry.pairs:
            yield from _flat(value, f"{key}.{name.text}" if key else name.text)
    elif entry.kind == "list":
        for n, item in enumerate(entry.items, 1):
            yield from _flat(item, f"{key}[{n}]")
    else:
        yield key, entry.text
