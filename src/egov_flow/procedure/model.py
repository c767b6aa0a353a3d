# SPDX-License-Identifier: Apache-2.0
"""A procedure as typed values: what procedure.yaml and obligations.yaml say, beside the BPMN model and the forms."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from egov_flow.bpmn.model import Definitions, FlowNode, Lane, Process
from egov_flow.errors import Finding, Place

__all__ = [
    "DataRule",
    "DeadlineRule",
    "Extension",
    "Form",
    "LegalBasis",
    "Link",
    "Measure",
    "Milestone",
    "Obligation",
    "Procedure",
    "Role",
    "Silenced",
    "Trigger",
]

Texts = Mapping[str, str]
"""A text by language; `""` is the language of the file itself."""


@attrs.frozen(kw_only=True)
class LegalBasis:
    """A provision that the procedure rests on.

    Attributes:
        id: as the other entries cite it, `UU-14-2008-22`.
        title: of the act and article.
        source: where the text can be read.
        verified: whether somebody compared it with the official text; an unverified one is never shown as law.
    """

    id: str
    title: str = ""
    source: str = ""
    verified: bool = False
    note: str = ""
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Role:
    """A role that people of the agency (or the applicant) hold; a lane of the same name or id belongs to it."""

    id: str
    title: Texts = attrs.field(factory=dict, hash=False)
    lanes: tuple[str, ...] = ()
    is_applicant: bool = False
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Link:
    """What procedure.yaml adds to an element of the diagram.

    Attributes:
        element: id of a flow node or sequence flow.
        form: path in the folder, `forms/decision.json`.
        handler: name of the handler of a service, send, business rule or script task.
        role: who does a human task (instead of its lane's role).
        due: FEEL duration until when a human task should be done, e.g. `PT8H`; for the task list only, no law.
        condition: FEEL of a sequence flow that has none in the diagram.
        expires: name of the deadline whose expiry a timer event catches (instead of a time in the diagram).
        message: name of the message of a message event or receive task that names none.
    """

    element: str
    form: str = ""
    handler: str = ""
    role: str = ""
    due: str = ""
    condition: str = ""
    expires: str = ""
    message: str = ""
    place: Place = Place()


@attrs.frozen
class Trigger:
    """A moment in a case: an element is `entered` or `completed` (`on`); the element "" is the start of the case."""

    element: str = ""
    on: str = "completed"


@attrs.frozen(kw_only=True)
class Extension:
    """By how much, how often and whether with a reason a deadline may be extended."""

    amount: int
    unit: str
    times: int = 1
    reason_required: bool = True
    legal_basis: str = ""


@attrs.frozen(kw_only=True)
class DeadlineRule:
    """A statutory deadline.

    Attributes:
        name: key in procedure.yaml.
        amount, unit: `working days`, `calendar days`, `weeks`, `months` or `hours`.
        starts: when its clock begins; the day itself is not counted.
        ends: any of these meets it.
        stops, resumes: the clock stands between them (waiting for the applicant).
        extension: None if the law knows none.
        on_expiry: what the law makes of silence, in words (`escalate`, `deemed_granted`, `objection_opens`, …).
        legal_basis: ids of `LegalBasis`.
    """

    name: str
    amount: int
    unit: str
    title: Texts = attrs.field(factory=dict, hash=False)
    starts: Trigger = Trigger()
    ends: tuple[Trigger, ...] = ()
    stops: tuple[Trigger, ...] = ()
    resumes: tuple[Trigger, ...] = ()
    extension: Extension | None = None
    on_expiry: str = ""
    legal_basis: tuple[str, ...] = ()
    place: Place = Place()


@attrs.frozen(kw_only=True)
class DataRule:
    """How a variable is protected: `personal` (the default), `searchable` or `public`."""

    name: str
    protection: str = "personal"
    title: Texts = attrs.field(factory=dict, hash=False)
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Milestone:
    """A moment that the applicant is told of."""

    trigger: Trigger
    title: Texts = attrs.field(hash=False)
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Measure:
    """What the procedure is measured by, and its target."""

    name: str
    title: Texts = attrs.field(factory=dict, hash=False)
    target: str = ""
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Obligation:
    """What the law demands of every version of the procedure.

    Attributes:
        id: as findings and redesigns cite it.
        kind: `exists`, `before`, `responds`, `not_together`, `not_same_person`, `within` or `only_if`.
        elements: ids of flow nodes; `before: [a, b]` means that b never happens unless a was completed.
        condition: of `only_if`; amount and unit of `within`: text.
        legal_basis: ids of `LegalBasis`.
    """

    id: str
    kind: str
    elements: tuple[str, ...]
    condition: str = ""
    within: str = ""
    why: str = ""
    legal_basis: tuple[str, ...] = ()
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Silenced:
    """A finding that somebody has looked at and accepts.

    Attributes:
        element: as the finding names it: an element of the diagram, or a dotted key of a YAML file.
        code: of the rule, `EF-C061`, or its name, `superfluous-gateway`.
        reason: why it is accepted.
    """

    element: str
    code: str
    reason: str
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Form:
    """A JSON Schema 2020-12 of the data of a task or of the start."""

    path: str
    schema: Mapping[str, Any] = attrs.field(hash=False)


@attrs.frozen(kw_only=True)
class Procedure:
    """A procedure folder read whole (or a single .bpmn file, with defaults for the rest).

    Attributes:
        id: its name in commands, `foi_request`.
        version: as procedure.yaml says, "1" by default.
        sha256: over procedure.yaml, obligations.yaml, process.bpmn, decisions/ and forms/, and nothing else.
        files: (path inside the folder, bytes), sorted: those that the hash covers; written back they are the procedure again.
        process_id: id of the process that is executed.
        start_form: path of the form of the start command; "" if none.
        zone: IANA zone of its office hours and deadlines.
        calendar: scheme of the calendar that counts working days, `holidays:ID`; "" = Monday to Friday.
        engine: `kernel` or `spiff`.
        silenced: findings that somebody accepts, each with a reason.
        folder: where it was read from, for messages only.
        findings: everything that was wrong while reading; reading never raises for those.
    """

    id: str
    version: str = "1"
    sha256: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    model: Definitions
    process_id: str = ""
    title: Texts = attrs.field(factory=dict, hash=False)
    purpose: Texts = attrs.field(factory=dict, hash=False)
    outcome: Texts = attrs.field(factory=dict, hash=False)
    owner: str = ""
    kind: str = ""
    legal_basis: tuple[LegalBasis, ...] = ()
    roles: tuple[Role, ...] = ()
    links: tuple[Link, ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()
    data: tuple[DataRule, ...] = ()
    fees: Texts = attrs.field(factory=dict, hash=False)
    measures: tuple[Measure, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    forms: tuple[Form, ...] = ()
    start_form: str = ""
    zone: str = "UTC"
    calendar: str = ""
    engine: str = "kernel"
    review_date: datetime.date | None = None
    silenced: tuple[Silenced, ...] = ()
    folder: str = ""
    findings: tuple[Finding, ...] = ()

    @classmethod
    def read(cls, path: str | Path) -> Procedure:
        """Read a procedure folder or one .bpmn file; findings are collected, never raised.

        Raises:
            NotFound: there is nothing at that path.
        """
        from egov_flow.procedure.reading import read  # the reader needs ruamel and lxml, which most importers never do

        return read(path)

    @property
    def process(self) -> Process | None:
        """Return the process that is executed; None if the file holds no such process."""
        return self.model.process(self.process_id)

    @cached_property
    def applicant_role(self) -> str:
        """The role whose tasks go to the one who started the case; "" if none."""
        return next((role.id for role in self.roles if role.is_applicant), "")

    @cached_property
    def office_roles(self) -> frozenset[str]:
        """The roles of the agency: those that are listed and those of the lanes, but not the applicant's."""
        of_lanes = {self.lane_role(lane) for _, content in self.model.contents() for lane in _with_inner(content.lanes)}
        return frozenset(({role.id for role in self.roles} | of_lanes) - {self.applicant_role, ""})

    def lane_role(self, lane: Lane) -> str:
        """Return the role whose lane it is: the one that lists its id or name, or has it as its own id or title; else the lane is one of its own."""
        for role in self.roles:
            if {lane.id, lane.name} & {role.id, *role.lanes} - {""} or (lane.name and lane.name in role.title.values()):
                return role.id
        return lane.name or lane.id

    def link(self, element: str) -> Link | None:
        """Return what procedure.yaml adds to an element."""
        return self._links.get(element)

    def basis(self, basis: str) -> LegalBasis | None:
        """Return the legal basis of that id."""
        return next((b for b in self.legal_basis if b.id == basis), None)

    def form(self, path: str) -> Form | None:
        """Return the form of that path."""
        return next((f for f in self.forms if f.path == path), None)

    def node(self, element: str) -> FlowNode | None:
        """Return the flow node of that id, in whichever scope it is."""
        return self._nodes.get(element)

    def lane(self, element: str) -> Lane | None:
        """Return the innermost lane that a flow node lies in, in its own scope or that of a sub-process around it."""
        return self._lanes.get(element)

    @cached_property  # every step asks, and a procedure never changes
    def _nodes(self) -> dict[str, FlowNode]:
        return {node.id: node for node in reversed([*self.model.nodes()])}

    @cached_property
    def _links(self) -> dict[str, Link]:
        return {link.element: link for link in reversed(self.links)}

    @cached_property
    def _lanes(self) -> dict[str, Lane]:
        found: dict[str, Lane] = {}
        for owner, content in self.model.contents():  # a scope comes before those inside it
            own = _innermost(content.lanes)
            around = found.get(owner)
            found |= {node.id: lane for node in content.nodes if (lane := own.get(node.id, around)) is not None}
        return found


def _with_inner(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    level, every = lanes, lanes
    while level:
        level = tuple(inner for lane in level for inner in lane.lanes)
        every += level
    return every


def _innermost(lanes: tuple[Lane, ...]) -> dict[str, Lane]:
    found: dict[str, Lane] = {}
    while lanes:  # outer lanes come first, so that the last one that holds a node is the innermost
        found |= {node: lane for lane in lanes for node in lane.nodes}
        lanes = tuple(inner for lane in lanes for inner in lane.lanes)
    return found
