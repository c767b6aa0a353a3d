# SPDX-License-Identifier: Apache-2.0
"""One walk over the whole file: every id once, every BPMN element known and where it may stand, nothing foreign passed over in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import attrs

from egov_flow.bpmn._activities import PERFORMERS
from egov_flow.bpmn._content import DATA, EVENTS, FLOW_NODES, GATEWAYS, LOOPS, SUBPROCESSES
from egov_flow.bpmn._events import EVENT_KINDS, TIMES
from egov_flow.bpmn._roots import ROOT_KINDS
from egov_flow.bpmn._source import Source
from egov_flow.bpmn.namespaces import BPMN, BPMNDI, DC, DI, OF_DIAGRAM, namespace_of
from egov_flow.xml import Element

__all__ = ["Vocabulary", "survey"]

CONTAINERS = SUBPROCESSES | {"process"}
ACTIVITIES = FLOW_NODES - EVENTS - GATEWAYS
DRAWN = CONTAINERS | {"collaboration"}
STANDS_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys(FLOW_NODES | set(DATA) - {"property"} | {"sequenceFlow", "laneSet"}, CONTAINERS),
    **dict.fromkeys(("textAnnotation", "association", "group"), DRAWN | {"choreography", "subChoreography", "globalConversation"}),
    **dict.fromkeys((f"{kind}EventDefinition" for kind in EVENT_KINDS), EVENTS | {"definitions", "event"}),
    **dict.fromkeys(ROOT_KINDS | {"process", "collaboration"}, frozenset({"definitions"})),
    **dict.fromkeys(LOOPS, ACTIVITIES),
    **dict.fromkeys(TIMES, frozenset({"timerEventDefinition"})),
    "childLaneSet": frozenset({"lane"}),
    "conditionExpression": frozenset({"sequenceFlow"}),
    "complexBehaviorDefinition": frozenset({"multiInstanceLoopCharacteristics"}),
    "event": frozenset({"complexBehaviorDefinition"}),
    "eventDefinitionRef": EVENTS | {"event"},
    "flowNodeRef": frozenset({"lane"}),
    "lane": frozenset({"laneSet", "childLaneSet"}),
    "script": frozenset({"scriptTask", "globalScriptTask"}),
}
"""Where the elements that carry meaning may stand; the reader looks for them nowhere else."""

READ = (
    STANDS_IN.keys()
    | set(PERFORMERS)
    | {
        *("activationCondition", "assignment", "categoryValue", "completionCondition", "condition", "dataInput", "dataInputAssociation"),
        *("correlationKey", "correlationPropertyBinding", "correlationPropertyRef", "correlationPropertyRetrievalExpression"),
        *("correlationSubscription", "dataPath", "messagePath"),
        *("dataInputRefs", "dataOutput", "dataOutputAssociation", "dataOutputRefs", "documentation", "expression", "extensionElements"),
        *(
            "formalExpression",
            "from",
            "inMessageRef",
            "incoming",
            "inputDataItem",
            "inputSet",
            "ioSpecification",
            "loopCardinality",
            "loopCondition",
        ),
        *(
            "loopDataInputRef",
            "loopDataOutputRef",
            "messageFlow",
            "operation",
            "operationRef",
            "outgoing",
            "outputDataItem",
            "outputSet",
            "participant",
            "property",
        ),
        *("resourceAssignmentExpression", "resourceRef", "source", "sourceRef", "target", "targetRef", "text", "to", "transformation"),
    }
)
UNREAD = frozenset(
    {
        *("auditing", "callChoreography", "callConversation", "choreography", "choreographyActivity", "choreographyTask"),
        *("conversation", "conversationAssociation", "conversationLink", "conversationNode"),
        *("dataState", "endPointRef", "errorRef", "extension", "globalChoreographyTask"),
        *("globalConversation", "implicitThrowEvent", "import", "initiatingParticipantRef", "innerConversationNodeRef"),
        *("innerMessageFlowRef", "innerParticipantRef", "inputSetRefs", "interfaceRef", "ioBinding", "messageFlowAssociation"),
        *("messageFlowRef", "monitoring", "optionalInputRefs", "optionalOutputRefs"),
        *("outMessageRef", "outerConversationNodeRef", "outerMessageFlowRef", "outerParticipantRef", "outputSetRefs"),
        *("participantAssociation", "participantMultiplicity", "participantRef", "partitionElement", "relationship", "rendering"),
        *("resourceParameter", "resourceParameterBinding", "subChoreography", "subConversation", "supportedInterfaceRef"),
        *("supports", "whileExecutingInputRefs", "whileExecutingOutputRefs", "choreographyActivityRef", "correlationPropertyKey"),
        *("categoryValueRef", "choreographyRef"),
    }
)
"""BPMN 2.0.2 that has no counterpart in the model: named once each in the findings, never an error by itself."""
UNUSED = {
    **dict.fromkeys(("capacity", "evaluatesToTypeRef", "implementationRef", "isUnlimited", "itemRef", "itemSubjectRef"), frozenset[str]()),
    **dict.fromkeys(("partitionElementRef", "protocol", "structureRef", "typeLanguage"), frozenset[str]()),
    "implementation": frozenset({"##unspecified", "##WebService"}),
    "itemKind": frozenset({"Information"}),
}
"""Attributes that have a meaning which nobody here acts upon, with the values that say nothing; named once each in the findings."""
UNUSED_AT = {
    "type": frozenset({"correlationProperty"}),
    "isCollection": frozenset({"itemDefinition"}),
    "import": frozenset({"itemDefinition"}),
}
"""Those that mean something else at other elements."""

MIXED = frozenset(
    {"documentation", "text", "script", "from", "to", "condition", "formalExpression", "expression", "rendering", "extension"}
)
DIAGRAM_NAMESPACES = frozenset({BPMNDI, DC, DI})
MUST_HAVE_ID = FLOW_NODES | {"sequenceFlow", "process"}
HEARD = FLOW_NODES | set(LOOPS) | {f"{kind}EventDefinition" for kind in EVENT_KINDS} | {"message", "process", "sequenceFlow"}
"""Where the words of vendors are read, or noted as unread at the element itself."""
NCNAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")


@attrs.frozen
class Vocabulary:
    """What a file is made of.

    Attributes:
        ids: all ids of BPMN elements (not those of diagrams).
        unread: tags of known elements that have no counterpart in the model.
    """

    ids: frozenset[str]
    unread: tuple[str, ...]


def survey(source: Source, definitions: Element) -> Vocabulary:
    """Walk the file and report what is unknown, misplaced, foreign, without id or with an id that was given before."""
    ids: set[str] = set()
    seen: dict[str, Element] = {}
    unread: dict[str, Element] = {}
    unused: dict[str, Element] = {}
    counts: Counter[str] = Counter()
    for element, parent in _walk(definitions):
        namespace, tag = namespace_of(element.tag)
        if tag == "extensionElements" and parent not in HEARD:
            for child in element.iterchildren("*"):
                name = f"{child.prefix or namespace_of(child.tag)[0]}:{namespace_of(child.tag)[1]}"
                unread.setdefault(name, child)
                counts[name] += 1
        if namespace == BPMN:
            _known(source, element, parent, tag)
            ids.add(element.get("id", ""))
        elif namespace not in DIAGRAM_NAMESPACES:
            source.report("EF-B006", element, namespace=namespace)
            continue
        if (namespace == BPMN and _is_unread(tag, parent)) or (namespace != BPMN and tag not in OF_DIAGRAM):
            unread.setdefault(tag, element)
            counts[tag] += 1
        elif namespace == BPMN:
            for name in _unused(element, tag):
                unused.setdefault(name, element)
                counts[f"@{name}"] += 1
        _identified(source, element, seen)
    for tag, element in unread.items():
        source.report("EF-B018", element, severity="info", tag=tag, count=counts[tag])
    for name, element in unused.items():
        source.report("EF-B030", element, severity="info", attribute=name, count=counts[f"@{name}"])
    return Vocabulary(frozenset(ids), tuple(unread))


def _walk(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield every element with the tag of its parent; what is free by the standard (extensions, mixed text) is not entered."""
    stack = [(root, "")]
    while stack:
        element, parent = stack.pop()
        yield element, parent
        namespace, tag = namespace_of(element.tag)
        if (namespace == BPMN and (tag in MIXED or tag == "extensionElements" or tag.endswith("Expression"))) or (namespace, tag) == (
            DI,
            "extension",
        ):
            continue
        if namespace == BPMN or namespace in DIAGRAM_NAMESPACES:
            stack.extend((child, tag) for child in element.iterchildren("*", reversed=True))


def _is_unread(tag: str, parent: str) -> bool:
    """Return whether nothing is made of an element: that of a performer says who works only where it stands at an activity, and says more than a role."""
    return tag in UNREAD or (tag in PERFORMERS and (tag == "resourceRole" or parent not in ACTIVITIES))


def _unused(element: Element, tag: str) -> Iterator[str]:
    """Yield the attributes of an element that say something which nobody here acts upon."""
    for name, value in element.attrib.items():
        word = str(name)
        if (word in UNUSED and value not in UNUSED[word]) or tag in UNUSED_AT.get(word, ()):
            yield word


def _known(source: Source, element: Element, parent: str, tag: str) -> None:
    if tag in STANDS_IN:
        if parent not in STANDS_IN[tag] and parent not in UNREAD:
            source.report("EF-B023", element, tag=tag, parent=parent)
    elif tag.endswith("EventDefinition"):
        source.report("EF-B012", element, tag=tag)
    elif tag not in READ and tag not in UNREAD and parent:
        source.report("EF-B005", element, tag=tag)


def _identified(source: Source, element: Element, seen: dict[str, Element]) -> None:
    id_ = element.get("id")
    if not id_:
        if namespace_of(element.tag)[1] in MUST_HAVE_ID:
            source.report("EF-B008", element)
        return
    if id_ in seen:
        first = source.document.place(seen[id_])
        source.report("EF-B007", element, related=(id_, str(first)), line=first.line)
    else:
        seen[id_] = element
        if not NCNAME.fullmatch(id_):
            source.report("EF-B020", element, severity="warning")
