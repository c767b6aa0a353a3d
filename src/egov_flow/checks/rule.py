# SPDX-License-Identifier: Apache-2.0
"""What a rule is, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from egov_flow.bpmn import Content, FlowNode, SequenceFlow, Splice
from egov_flow.checks.circles import Circle, circles
from egov_flow.checks.effort import MOST, Effort
from egov_flow.checks.example import Example
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.checks.ways import Ways
from egov_flow.errors import Finding, Place
from egov_flow.procedure import Procedure
from egov_flow.work import role_of

__all__ = ["FAMILIES", "HUMAN", "Rule", "Subject", "contents"]

FAMILIES = ("specification", "schema", "procedure", "guidance")
HUMAN = frozenset({"userTask", "manualTask"})
"""Tasks that a person does; they take a form, a role and a due time."""
UNFINISHED = "EF-C905"


@attrs.frozen(kw_only=True)
class Subject:
    """A procedure as the rules look at it.

    Attributes:
        procedure: read whole.
        handlers: names of the handlers that the running system has; None when nobody knows.
        nodes: every flow node by id.
        flows: every sequence flow by id.
        sheet: every element of the diagram's file.
        told: what the rules have found so far, as (element, code) and (element, name of the rule).
        effort: how many steps a rule may take that follows ways through the diagram.
        joining: what is left of it for comparing inclusive joins.
    """

    procedure: Procedure
    handlers: frozenset[str] | None = None
    effort: int = MOST
    nodes: dict[str, FlowNode] = attrs.field(init=False)
    flows: dict[str, SequenceFlow] = attrs.field(init=False)
    sheet: Sheet = attrs.field(init=False)
    told: set[tuple[str, str]] = attrs.field(init=False, factory=set)
    joining: Effort = attrs.field(init=False, default=attrs.Factory(lambda self: Effort(self.effort), takes_self=True))

    def __attrs_post_init__(self) -> None:
        model = self.procedure.model
        object.__setattr__(self, "nodes", {node.id: node for node in model.nodes()})
        object.__setattr__(self, "flows", {flow.id: flow for flow in model.flows()})
        object.__setattr__(self, "sheet", Sheet.read(model.source, model.file))

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The role of each flow node, "" where there is none."""
        return {element: role_of(self.procedure, element) for element in self.nodes}

    @cached_property
    def ways(self) -> tuple[Ways, ...]:
        """The ways of tokens through the process that is executed and each sub-process in it, outer before inner."""
        return tuple(map(Ways, contents(self.procedure)))

    @cached_property
    def circles(self) -> tuple[Circle, ...]:
        """The pairs of inclusive joins that may wait for each other, as far as `joining` lasts."""
        return tuple(circle for ways in self.ways for circle in circles(ways, self.joining))

    @property
    def has_yaml(self) -> bool:
        """Whether the folder has a procedure.yaml; a bare diagram is not asked for what would stand there."""
        return any(path == "procedure.yaml" for path, _ in self.procedure.files)

    @property
    def yaml_place(self) -> Place:
        """Where what is missing in procedure.yaml is told."""
        return Place(f"{self.procedure.folder}/procedure.yaml".lstrip("/"), 1, 1)


@attrs.frozen(kw_only=True)
class Rule:
    """One rule over a procedure.

    Attributes:
        code: of its findings, and of their texts.
        name: its name in the modeler, `start-event-incoming`.
        family: `specification`, `schema`, `procedure` or `guidance`.
        severity: of its findings, unless the settings say otherwise.
        why: what goes wrong for whoever breaks it.
        source: clause or law; "" when it is common sense.
        covers: codes of other rooms that say less of the same fault; they are left out at an element where this rule finds something.
        look: yields what it finds.
        mend: returns the edits of the diagram's file that mend a finding without changing what the diagram means; None if nobody can know.
        good: keeps the rule.
        bad: breaks it.
    """

    code: str
    name: str
    family: str
    severity: str
    why: str
    source: str = ""
    covers: tuple[str, ...] = ()
    look: Callable[[Rule, Subject], Iterator[Finding]]
    mend: Callable[[Subject, Finding], Iterable[Splice]] | None = None
    good: Example
    bad: Example

    def __call__(self, subject: Subject) -> Iterator[Finding]:
        """Yield what the rule finds in a procedure."""
        return self.look(self, subject)

    def at(self, place: Place, element: str = "", **arguments: object) -> Finding:
        """Return a finding of this rule at a place of a YAML or JSON file."""
        texts = {name: str(value) for name, value in arguments.items()}
        return attrs.evolve(Finding.of(self.code, place, severity=self.severity, element=element, source=self.source), arguments=texts)

    def on(self, subject: FlowNode | SequenceFlow, **arguments: object) -> Finding:
        """Return a finding of this rule about an element of the diagram."""
        kind = subject.kind if isinstance(subject, FlowNode) else "sequenceFlow"
        return attrs.evolve(self.at(subject.origin.place, subject.id, **arguments), name=subject.name, type=kind)

    def unfinished(self, node: FlowNode) -> Finding:
        """Return the finding that this rule stopped at a node, because there is more to follow than it may."""
        found = Finding.of(UNFINISHED, node.origin.place, severity="warning", element=node.id, rule=self.name)
        return attrs.evolve(found, name=node.name, type=node.kind)

    def about(self, thing: Thing, *, related: Iterable[str] = (), **arguments: object) -> Finding:
        """Return a finding of this rule about an element of the file; one without id is told at the nearest element that has one."""
        named = thing if thing.id else next((t for t in thing.above() if t.id), thing)
        found = self.at(thing.place, named.id, **arguments)
        return attrs.evolve(found, name=named.name, type=named.tag, related=tuple(filter(None, related)))


def contents(procedure: Procedure) -> Iterator[Content]:
    """Yield the content of the process that is executed and of every sub-process in it, outer before inner.

    While nobody has said which of several processes that is, all of them are looked at.
    """
    chosen = procedure.process
    processes = (chosen,) if chosen is not None else procedure.model.processes
    todo = [process.content for process in reversed(processes)]
    while todo:
        content = todo.pop()
        yield content
        todo.extend(node.content for node in reversed(content.nodes) if node.content is not None)
