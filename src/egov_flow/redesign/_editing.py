# SPDX-License-Identifier: Apache-2.0
"""Making edits: splices of the analyst's bytes, and the result read again, so that the next change starts from what the file now says."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from egov_flow.bpmn import FlowNode, Splice, insert_after, read, set_text, splice, tag
from egov_flow.bpmn.model import Lane
from egov_flow.procedure import Procedure, fingerprint, read_files, shown
from egov_flow.redesign._yaml import Spans

__all__ = ["DIAGRAM", "SETTINGS", "edited", "fresh", "lane_reference", "renamed_references", "settings_of", "stem"]

DIAGRAM, SETTINGS = "process.bpmn", "procedure.yaml"


def edited(procedure: Procedure, diagram: Iterable[Splice] = (), settings: Iterable[Splice] = ()) -> Procedure:
    """Return the procedure that its files are after the splices; files without a splice stay byte for byte.

    Where only the diagram was edited, only the diagram is read again: the findings are those of the version before, until the new version number is
    written and everything is read as a whole.
    """
    edits = {DIAGRAM: list(diagram), SETTINGS: list(settings)}
    files = tuple((path, splice(data, edits[path]) if edits.get(path) else data) for path, data in procedure.files)
    if edits[SETTINGS]:
        return read_files(files, procedure.folder)
    return attrs.evolve(procedure, files=files, sha256=fingerprint(files), model=read(dict(files)[DIAGRAM], procedure.model.file))


def settings_of(procedure: Procedure) -> Spans | None:
    """Return where each value of procedure.yaml stands; None without that file."""
    source = dict(procedure.files).get(SETTINGS)
    return None if source is None else Spans.of(source, shown(procedure.folder, SETTINGS))


def stem(element: str) -> str:
    """Return an id without the prefix that modelers give: `Task_Check` is `Check`."""
    prefix, _, rest = element.partition("_")
    return rest if rest and prefix in {"Task", "Activity", "Gateway", "Event", "SubProcess", "Flow", "Start", "End"} else element


def fresh(wanted: str, taken: set[str]) -> str:
    """Return an id that nobody has, and take it."""
    name, n = wanted, 1
    while name in taken:
        n += 1
        name = f"{wanted}_{n}"
    taken.add(name)
    return name


def renamed_references(source: bytes, node: FlowNode, kind: str, names: dict[str, str]) -> list[Splice]:
    """Return the edits of a node's `incoming` or `outgoing` children that name one of the flows."""
    found = [r for r in node.flow_refs if r.kind == kind and r.target in names]
    return [set_text(source, r.origin, names[r.target]) for r in found]


def lane_reference(procedure: Procedure, lanes: Iterable[Lane], beside: str, added: str) -> list[Splice]:
    """Return the edit that puts a new node into the innermost lane of another; none where that one is in no lane."""
    for lane in lanes:
        inner = lane_reference(procedure, lane.lanes, beside, added)
        if inner:
            return inner
        reference = next((r for r in lane.node_refs if r.target == beside), None)
        if reference is not None:
            name = tag(procedure.model, "flowNodeRef")
            return [insert_after(procedure.model.source, reference.origin, f"<{name}>{added}</{name}>")]
    return []
