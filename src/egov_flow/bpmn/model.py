# SPDX-License-Identifier: Apache-2.0
"""BPMN as typed values, each with the place it was read from.

The names are those of BPMN 2.0.2; one class per family, and `FlowNode.kind` is the tag of the XML (`userTask`, `exclusiveGateway`, …). A model is
what the file says, whether or not it can be executed: the kernel refuses, the reader does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.bpmn.diagram import Bounds, Diagram, Edge, Shape
from egov_flow.bpmn.origin import Formula, Origin, Reference
from egov_flow.errors import Finding

__all__ = [
    "Activity",
    "Annotation",
    "Association",
    "Bounds",
    "Collaboration",
    "Content",
    "CorrelationKey",
    "CorrelationSubscription",
    "DataAssociation",
    "DataElement",
    "Definitions",
    "Diagram",
    "Edge",
    "Event",
    "EventDefinition",
    "FlowNode",
    "Formula",
    "Gateway",
    "Group",
    "Lane",
    "Loop",
    "MessageFlow",
    "MultiInstance",
    "Origin",
    "Participant",
    "Performer",
    "Process",
    "Reference",
    "RootElement",
    "SequenceFlow",
    "Shape",
    "Timer",
    "Variable",
    "Vendor",
]


@attrs.frozen
class Variable:
    """One input or output mapping of an activity: `target` receives what `formula` yields."""

    target: str
    formula: Formula


@attrs.frozen(kw_only=True)
class Vendor:
    """What the vendors' extensions say, in one vocabulary (Camunda 7, Camunda 8, Flowable, SpiffWorkflow).

    Attributes:
        handler: name of the handler of a service, send, business rule or script task (topic, class, delegate, task type, or the standard's operation).
        decision: id of the decision a business rule task asks for.
        assignee: expression or name of the one person.
        candidate_groups: roles or groups, comma-separated entries split.
        candidate_users: persons.
        form: key or reference of the form.
        due_date: expression.
        inputs: mappings into the activity.
        outputs: mappings out of the activity.
        result_variable: variable that receives the result of a script or decision.
        correlation_key: expression of a message's correlation key.
        unread: tags of vendor elements and attributes that have no counterpart here, as `prefix:name`.
    """

    handler: str = ""
    decision: str = ""
    assignee: str = ""
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    form: str = ""
    due_date: str = ""
    inputs: tuple[Variable, ...] = ()
    outputs: tuple[Variable, ...] = ()
    result_variable: str = ""
    correlation_key: Formula | None = None
    unread: tuple[str, ...] = ()


NO_VENDOR = Vendor()


@attrs.frozen
class Timer:
    """The time of a timer event: `kind` is `duration`, `date`, `cycle`, or "" when the diagram leaves it open."""

    kind: str = ""
    formula: Formula | None = None


@attrs.frozen(kw_only=True)
class EventDefinition:
    """What an event waits for or throws.

    Attributes:
        kind: `message`, `signal`, `timer`, `conditional`, `error`, `escalation`, `link`, `compensate`, `cancel` or `terminate`.
        reference: id of the message, signal, error, escalation or activity it names; "" if none.
        name: what the reference is called: message or signal name, error or escalation code, link name.
        timer: for `timer`.
        condition: for `conditional`.
        wait: waitForCompletion of a compensation.
        partners: of a link: ids of the definitions that it names at its other end.
    """

    kind: str
    id: str = ""
    origin: Origin = Origin()
    reference: str = ""
    name: str = ""
    timer: Timer | None = None
    condition: Formula | None = None
    wait: bool = True
    partners: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Event:
    """The event part of a flow node.

    Attributes:
        definitions: none for a none event, several for a multiple event.
        attached_to: id of the activity of a boundary event; "" otherwise.
        is_interrupting: cancelActivity of a boundary event, isInterrupting of a start event.
        is_parallel_multiple: all definitions must happen.
    """

    definitions: tuple[EventDefinition, ...] = ()
    attached_to: str = ""
    is_interrupting: bool = True
    is_parallel_multiple: bool = False


@attrs.frozen(kw_only=True)
class Gateway:
    """The gateway part of a flow node."""

    direction: str = "Unspecified"
    is_instantiating: bool = False
    event_type: str = "Exclusive"
    activation_condition: Formula | None = None


@attrs.frozen(kw_only=True)
class Loop:
    """standardLoopCharacteristics; `maximum` is None if not given."""

    test_before: bool = False
    maximum: int | None = None
    condition: Formula | None = None


@attrs.frozen(kw_only=True)
class InstanceEvent:
    """What instances throw when they complete: the noneBehaviorEventRef, the oneBehaviorEventRef or a complexBehaviorDefinition.

    Attributes:
        condition: of a complexBehaviorDefinition.
        has_data: its event has data associations.
    """

    definitions: tuple[EventDefinition, ...] = ()
    condition: Formula | None = None
    has_data: bool = False
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class MultiInstance:
    """multiInstanceLoopCharacteristics, with the vendors' collection and element variable where the standard's references are absent.

    `throws`: what the behavior throws.
    """

    is_sequential: bool = False
    cardinality: Formula | None = None
    collection: str = ""
    item: str = ""
    output_collection: str = ""
    output_item: str = ""
    completion_condition: Formula | None = None
    behavior: str = "All"
    throws: tuple[InstanceEvent, ...] = ()


@attrs.frozen(kw_only=True)
class DataAssociation:
    """A dataInputAssociation (`direction="in"`) or dataOutputAssociation (`"out"`) of an activity or event."""

    direction: str
    sources: tuple[str, ...] = ()
    target: str = ""
    transformation: Formula | None = None
    assignments: tuple[tuple[Formula, Formula], ...] = ()
    origin: Origin = Origin()


@attrs.frozen
class DataSet:
    """An input or output set: ids of its data inputs or outputs; `is_loose`: some are optional or come while the activity runs."""

    data: frozenset[str] = frozenset()
    is_loose: bool = False


@attrs.frozen(kw_only=True)
class Activity:
    """The activity part of a flow node (task, sub-process or call activity).

    Attributes:
        message: id of the message of a send or receive task.
        message_name: its name.
        called: id of the called element of a call activity.
        is_event_subprocess: triggeredByEvent.
        ordering: of an ad-hoc sub-process, `Parallel` or `Sequential`.
        completion_condition: of an ad-hoc sub-process.
        reads_data: names of the ioSpecification's data inputs; `writes_data`: of its outputs.
        input_sets, output_sets: its sets of data inputs and outputs.
        method: of a transaction.
    """

    loop: Loop | None = None
    multi_instance: MultiInstance | None = None
    is_for_compensation: bool = False
    start_quantity: int = 1
    completion_quantity: int = 1
    script: Formula | None = None
    script_format: str = ""
    message: str = ""
    message_name: str = ""
    is_instantiating: bool = False
    called: str = ""
    is_event_subprocess: bool = False
    ordering: str = "Parallel"
    completion_condition: Formula | None = None
    cancels_remaining: bool = True
    reads_data: tuple[str, ...] = ()
    writes_data: tuple[str, ...] = ()
    input_sets: tuple[DataSet, ...] = ()
    output_sets: tuple[DataSet, ...] = ()
    method: str = ""


@attrs.frozen(kw_only=True)
class DataElement:
    """A dataObject, dataObjectReference, dataStoreReference, property, dataInput or dataOutput (`kind` is the tag)."""

    id: str
    kind: str
    name: str = ""
    reference: str = ""
    is_collection: bool = False
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Performer:
    """Who does an activity, in the standard's own words (`kind` is the tag: potentialOwner, humanPerformer, performer, resourceRole).

    Attributes:
        resource: id of the resource it names; "" if none.
        resource_name: name of that resource.
        formula: its resourceAssignmentExpression.
    """

    kind: str
    name: str = ""
    resource: str = ""
    resource_name: str = ""
    formula: Formula | None = None
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class FlowNode:
    """A flow node: exactly one of `activity`, `gateway` and `event` is set; `content` is that of a sub-process.

    Attributes:
        kind: the XML tag, e.g. `userTask`.
        incoming: ids of the sequence flows that end here, by the flows themselves (not by the optional child elements).
        outgoing: ids of those that start here, in the order of the file.
        default: id of the default flow; "" if none.
        parameters: data inputs and outputs of the node, and the properties of one that holds no content.
        flow_refs: its `incoming` and `outgoing` children as written; an edit of flows keeps them in step.
    """

    id: str
    kind: str
    name: str = ""
    origin: Origin = Origin()
    documentation: str = ""
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str = ""
    activity: Activity | None = None
    gateway: Gateway | None = None
    event: Event | None = None
    content: Content | None = None
    data_associations: tuple[DataAssociation, ...] = ()
    parameters: tuple[DataElement, ...] = ()
    performers: tuple[Performer, ...] = ()
    flow_refs: tuple[Reference, ...] = ()
    vendor: Vendor = NO_VENDOR


@attrs.frozen(kw_only=True)
class SequenceFlow:
    """A sequence flow; `source` and `target` are ids as written, which may name nothing."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: Formula | None = None
    origin: Origin = Origin()
    vendor: Vendor = NO_VENDOR


@attrs.frozen(kw_only=True)
class Lane:
    """A lane: its name is a role unless procedure.yaml says otherwise; `nodes` are the ids of its flowNodeRefs."""

    id: str
    name: str = ""
    nodes: tuple[str, ...] = ()
    lanes: tuple[Lane, ...] = ()
    origin: Origin = Origin()
    node_refs: tuple[Reference, ...] = ()


@attrs.frozen(kw_only=True)
class Association:
    """An association between two elements (compensation handlers hang on one; direction `None`, `One` or `Both`)."""

    id: str
    source: str
    target: str
    direction: str = "None"
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Annotation:
    """A text annotation."""

    id: str
    text: str = ""
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Group:
    """A group drawn around elements; `name` is the value of its category."""

    id: str
    name: str = ""
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Content:
    """What a process or sub-process holds, each in the order of the file."""

    nodes: tuple[FlowNode, ...] = ()
    flows: tuple[SequenceFlow, ...] = ()
    lanes: tuple[Lane, ...] = ()
    data: tuple[DataElement, ...] = ()
    associations: tuple[Association, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    groups: tuple[Group, ...] = ()


@attrs.frozen(kw_only=True)
class CorrelationKey:
    """A correlationKey of a collaboration: the correlation properties (ids) that together tell conversations apart."""

    id: str
    name: str = ""
    properties: tuple[str, ...] = ()
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class CorrelationSubscription:
    """What a process says a correlationKey's properties must be: pairs of property id and expression."""

    key: str
    bindings: tuple[tuple[str, Formula], ...] = ()
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Process:
    """A process; `is_executable` is None when the file does not say."""

    id: str
    name: str = ""
    is_executable: bool | None = None
    content: Content = Content()
    subscriptions: tuple[CorrelationSubscription, ...] = ()
    documentation: str = ""
    origin: Origin = Origin()
    vendor: Vendor = NO_VENDOR


@attrs.frozen(kw_only=True)
class Participant:
    """A pool; `process` is the id of its process or "" for a black box."""

    id: str
    name: str = ""
    process: str = ""
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class MessageFlow:
    """A message flow between pools."""

    id: str
    source: str
    target: str
    name: str = ""
    message: str = ""
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Collaboration:
    """A collaboration, with what is drawn between its pools; its participants and message flows stand in Definitions."""

    id: str
    name: str = ""
    keys: tuple[CorrelationKey, ...] = ()
    associations: tuple[Association, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    groups: tuple[Group, ...] = ()
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class RootElement:
    """A message, signal, error, escalation or other root element that events refer to (`kind` is the tag).

    Attributes:
        code: errorCode or escalationCode.
        correlation_key: the vendors' simple correlation expression of a message.
        retrievals: of a correlationProperty: for each message (its id) the expression that reads the property from it.
        script, script_format: of a globalScriptTask.
        vendor: of a global task.
    """

    id: str
    kind: str
    name: str = ""
    code: str = ""
    correlation_key: Formula | None = None
    retrievals: tuple[tuple[str, Formula], ...] = ()
    script: Formula | None = None
    script_format: str = ""
    vendor: Vendor = NO_VENDOR
    origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Definitions:
    """A BPMN file, read.

    Attributes:
        file: its name as findings show it.
        source: its bytes, unchanged.
        findings: what could not be read or understood; reading never raises for those.
        unread: tags of BPMN elements that have no counterpart here (`conversation`, `choreography`, `monitoring`, …), each once.
    """

    file: str
    source: bytes = b""
    processes: tuple[Process, ...] = ()
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    collaborations: tuple[Collaboration, ...] = ()
    roots: tuple[RootElement, ...] = ()
    diagrams: tuple[Diagram, ...] = ()
    expression_language: str = ""
    exporter: str = ""
    origin: Origin = Origin()
    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()

    def process(self, process: str) -> Process | None:
        """Return the process of that id."""
        return next((p for p in self.processes if p.id == process), None)

    def contents(self) -> Iterator[tuple[str, Content]]:
        """Yield the content of every process and sub-process with the id of its owner, outer before inner."""
        for process in self.processes:
            yield process.id, process.content
            yield from _inner(process.content)

    def nodes(self) -> Iterator[FlowNode]:
        """Yield every flow node, sub-processes before what they hold."""
        for _, content in self.contents():
            yield from content.nodes

    def flows(self) -> Iterator[SequenceFlow]:
        """Yield every sequence flow."""
        for _, content in self.contents():
            yield from content.flows


def _inner(content: Content) -> Iterator[tuple[str, Content]]:
    stack = [n for n in reversed(content.nodes) if n.content is not None]
    while stack:
        node = stack.pop()
        if node.content is None:
            continue
        yield node.id, node.content
        stack.extend(n for n in reversed(node.content.nodes) if n.content is not None)
