# SPDX-License-Identifier: Apache-2.0
"""Data stores: what an activity reads before it begins and writes once it is done (BPMN 2.0.2 §10.4.1, §10.4.2).

A store outlives the case and lies outside `step`. So an activity with associations from or to one is compiled as a sub-process around it, which holds a job
for each read, the activity itself, and a job for each write, in this order. What was read comes in with the job's report: replay needs no store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import attrs

from egov_flow.bpmn import Activity, Content, DataAssociation, DataElement, FlowNode, Formula, SequenceFlow, Variable
from egov_flow.errors import FeelError, Finding
from egov_flow.feel import compile as compile_feel
from egov_flow.kernel.passing import STORES, moves_data
from egov_flow.kernel.slots import Source, expression, finding, is_job
from egov_flow.procedure import Procedure

__all__ = ["READ", "STORE", "WRITE", "WRITTEN", "drawn", "refused", "stores_of", "with_stores"]

READ, WRITE = "egov:read", "egov:write"
"""Names of the jobs that read a store and write it."""
STORE, WRITTEN = "egov:store", "value"
"""In what such a job is given: the name of its store, and what is to be written."""

MADE = re.compile(r":(stores|read:\d+|write:\d+)$")
"""How the ids end of what is made here; no id in a file holds a colon."""
TASKS = frozenset({"task", "userTask", "manualTask", "scriptTask"})
"""Activities with stores; and those that a handler does."""


def with_stores(procedure: Procedure) -> Procedure:
    """Return a procedure in which every activity with data stores stands in a sub-process of its own, between its reads and its writes.

    Where `refused` tells of an association nothing stands around the activity: only a first drawing is compiled with one, and there no data pass.
    """
    source = Source.of(procedure)
    model = procedure.model
    if not any(element.kind in STORES for element in source.data.values()):
        return procedure
    processes = tuple(attrs.evolve(process, content=_expanded(source, process.content, None)) for process in model.processes)
    return attrs.evolve(procedure, model=attrs.evolve(model, processes=processes))


def stores_of(procedure: Procedure) -> tuple[tuple[str, FlowNode], ...]:
    """Return the name of each data store that an activity reads or writes, with the activity."""
    source = Source.of(procedure)
    used = ((_name(source, association), node) for node in procedure.model.nodes() for association in _of_stores(source, node))
    return tuple(dict.fromkeys(used))


def drawn(element: str) -> str:
    """Return the id of the element in the drawing: of what stands around an activity with stores, that of the activity."""
    return MADE.sub("", element)


def _of_stores(source: Source, node: FlowNode) -> list[DataAssociation]:
    return [a for a in node.data_associations if _store(source, a) is not None and moves_data(source, a)]


def _store(source: Source, association: DataAssociation) -> DataElement | None:
    ends = (source.data.get(end) for end in (*association.sources, association.target))
    return next((element for element in ends if element is not None and element.kind in STORES), None)


def _expanded(source: Source, content: Content, owner: FlowNode | None) -> Content:
    told = {found.element for found in refused(source, content, owner)}
    held = {node.id: f"{node.id}:stores" for node in content.nodes if node.id not in told and _of_stores(source, node)}
    flows = tuple(attrs.evolve(f, source=held.get(f.source, f.source), target=held.get(f.target, f.target)) for f in content.flows)
    return attrs.evolve(content, nodes=tuple(_node(source, node, held) for node in content.nodes), flows=flows)


def _node(source: Source, node: FlowNode, held: dict[str, str]) -> FlowNode:
    if node.content is not None:
        return attrs.evolve(node, content=_expanded(source, node.content, node))
    if node.event is not None and node.event.attached_to in held:
        return attrs.evolve(node, event=attrs.evolve(node.event, attached_to=held[node.event.attached_to]))
    return _around(source, node) if node.id in held else node


def _around(source: Source, node: FlowNode) -> FlowNode:
    """Return the sub-process of an activity with stores; what is read, and what is to be written, belongs to it alone."""
    own = _of_stores(source, node)
    reads, writes = [a for a in own if a.direction == "in"], [a for a in own if a.direction == "out"]
    taken = list(dict.fromkeys(name for a in reads for name, _ in _read(source, a)))
    given = list(dict.fromkeys(source.variable(end) for a in writes for end in a.sources))
    activity = attrs.evolve(
        node,
        default="",
        data_associations=tuple(a for a in node.data_associations if a not in own),
        vendor=attrs.evolve(
            node.vendor, inputs=(*node.vendor.inputs, *_as_they_are(taken)), outputs=(*node.vendor.outputs, *_as_they_are(given))
        ),
    )
    chain = [
        *(_reading(source, node, a, number) for number, a in enumerate(reads, start=1)),
        activity,
        *(_writing(source, node, a, number) for number, a in enumerate(writes, start=1)),
    ]
    flows = tuple(
        SequenceFlow(id=f"{node.id}:flow:{number}", source=before.id, target=after.id)
        for number, (before, after) in enumerate(pairwise(chain), start=1)
    )
    nodes = tuple(
        attrs.evolve(n, incoming=tuple(f.id for f in flows if f.target == n.id), outgoing=tuple(f.id for f in flows if f.source == n.id))
        for n in chain
    )
    data = tuple(DataElement(id=f"{node.id}:{name}", kind="property", name=name) for name in dict.fromkeys((*taken, *given)))
    return FlowNode(
        id=f"{node.id}:stores",
        kind="subProcess",
        name=node.name,
        origin=node.origin,
        incoming=node.incoming,
        outgoing=node.outgoing,
        default=node.default,
        activity=Activity(),
        content=Content(nodes=nodes, flows=flows, data=data),
    )


def _as_they_are(names: list[str]) -> tuple[Variable, ...]:
    return tuple(Variable(name, Formula(name)) for name in names)


def _reading(source: Source, node: FlowNode, association: DataAssociation, number: int) -> FlowNode:
    """Return the job that reads a store; it is asked with what else passes into the activity, and with nothing else."""
    others = tuple(a for a in node.data_associations if a.direction == "in" and _store(source, a) is None)
    inputs = (*node.vendor.inputs, Variable(STORE, _text(_name(source, association))))
    outputs = tuple(Variable(name, formula) for name, formula in _read(source, association))
    return _job(node, READ, number, inputs, outputs, others)


def _writing(source: Source, node: FlowNode, association: DataAssociation, number: int) -> FlowNode:
    inputs = (Variable(WRITTEN, _written(source, association)), Variable(STORE, _text(_name(source, association))))
    return _job(node, WRITE, number, inputs, (), ())


def _job(  # noqa: PLR0917 - what a job is made of
    node: FlowNode, name: str, number: int, inputs: tuple[Variable, ...], outputs: tuple[Variable, ...], others: tuple[DataAssociation, ...]
) -> FlowNode:
    return FlowNode(
        id=f"{node.id}:{name.rpartition(':')[2]}:{number}",
        kind="serviceTask",
        name=node.name,
        origin=node.origin,
        activity=Activity(),
        data_associations=others,
        parameters=node.parameters if others else (),
        vendor=attrs.evolve(type(node.vendor)(), handler=name, inputs=inputs, outputs=outputs),
    )


def _name(source: Source, association: DataAssociation) -> str:
    element = _store(source, association)
    return source.variable(element.id) if element is not None else ""


def _text(name: str) -> Formula:
    return Formula(name, language="literal")


def _read(source: Source, association: DataAssociation) -> list[tuple[str, Formula]]:
    """Return what an activity gets of a store: (its variable, what yields it from the store's content)."""
    if association.assignments:
        return [(to.text.strip(), given) for given, to in association.assignments]
    return [(source.variable(association.target), association.transformation or Formula(_name(source, association)))]


def _written(source: Source, association: DataAssociation) -> Formula:
    return association.transformation or Formula(source.variable(association.sources[0]) if association.sources else "null")


def refused(source: Source, content: Content, owner: FlowNode | None) -> Iterator[Finding]:
    """Yield the associations with data stores that are not executed: at what is no single task, and with formulas that are no FEEL."""
    compensated = {
        node.event.attached_to
        for node in content.nodes
        if node.event is not None and any(d.kind == "compensate" for d in node.event.definitions)
    }
    for node in content.nodes:
        is_odd = (owner is not None and owner.kind == "adHocSubProcess") or node.id in compensated or not _is_single_task(node)
        for association in _of_stores(source, node):
            if is_odd or not _is_name(_name(source, association)) or (association.direction == "out" and association.assignments):
                yield finding("EF-K014", node, association.origin.place)
                continue
            formulas = _read(source, association) if association.direction == "in" else [(WRITTEN, _written(source, association))]
            ends = association.sources if association.direction == "out" else ()
            for name in (*(name for name, _ in formulas), *(source.variable(end) for end in ends)):
                if name.startswith("__"):
                    yield finding("EF-K069", node, association.origin.place, name=name)
                elif not _is_name(name):
                    yield finding("EF-K014", node, association.origin.place)
            for _, formula in formulas:
                yield from expression(node, formula, "EF-K076", "EF-K076").findings


def _is_single_task(node: FlowNode) -> bool:
    """Return whether a node is a task that is done once, by one token and whenever it is entered."""
    activity = node.activity
    if activity is None or not (node.kind in TASKS or is_job(node)):
        return False
    is_repeated = activity.loop is not None or activity.multi_instance is not None
    is_single = (
        activity.start_quantity == 1
        and activity.completion_quantity == 1
        and len(activity.input_sets) < 2
        and len(activity.output_sets) < 2
    )
    return is_single and not is_repeated and not activity.is_for_compensation


def _is_name(text: str) -> bool:
    """Return whether FEEL reads a text as one name."""
    try:
        return compile_feel(text).names == {text}
    except FeelError:
        return False
