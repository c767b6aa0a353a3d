# SPDX-License-Identifier: Apache-2.0
"""Demands of BPMN 2.0.2 that no rule here tells: told by the reader or the kernel, proved, or left out with the reason."""

from __future__ import annotations

__all__ = ["BY_PROOF", "DISPUTED", "LEFT_OUT", "OTHERS"]

OTHERS = {
    "EF-B001": ("§15.3.1", "The root element is `definitions`."),
    "EF-B003": ("§15.3.1", "The namespace is that of BPMN 2.0."),
    "EF-B005": ("§15.3", "Every element is one of BPMN 2.0."),
    "EF-B006": ("§8.3.3", "What belongs to another vocabulary stands in `extensionElements`."),
    "EF-B007": ("§8.3.1", "Ids are unique in a file."),
    "EF-B008": ("§8.3.1", "Flow nodes, sequence flows and processes have an id."),
    "EF-B009": ("§8.4.13", "A sequence flow names a source and a target of the file."),
    "EF-B010": ("§7.6.1, §9.3", "A sequence flow stays in its process or sub-process."),
    "EF-B011": ("§15.3.2", "References name an element of the file: messages, signals, errors, processes, data."),
    "EF-B012": ("§10.5.5", "An event definition is one of the ten kinds."),
    "EF-B013": ("§15.3", "A truth value is `true` or `false`."),
    "EF-B015": ("§10.8", "A lane names flow nodes."),
    "EF-B016": ("§10.3, §10.6.3", "A default flow leaves the element that names it."),
    "EF-B017": ("§10.5.4", "A boundary event is attached to an activity of its own process or sub-process."),
    "EF-B019": ("§15.3", "Sequence flows, message flows and associations have both ends; a boundary event has its activity."),
    "EF-B020": ("§15.3.2", "An id is an XML name."),
    "EF-B021": ("§15.3", "A quantity is a whole number."),
    "EF-B022": ("§15.3", "An enumeration holds one of its words."),
    "EF-B023": ("§15.3", "Elements that carry meaning stand where BPMN lets them stand."),
    "EF-B024": ("§12.2.3", "A shape has bounds, and a waypoint its numbers."),
    "EF-B025": ("§12.2.3", "A shape or edge draws an element of the file."),
    "EF-B027": ("§10.5.5", "A timer has one of duration, date and cycle."),
    "EF-B029": ("§8.4.13", "What a node calls incoming or outgoing is such a flow."),
    "EF-K024": ("§10.5.4, §10.5.5", "A repeating timer in the flow has no agreed meaning."),
    "EF-K026": ("§13.3.4", "A sub-process has something to begin with."),
    "EF-K029": ("§13.2", "A process has something to begin with."),
    "EF-K030": ("§10.5.2", "Every element can be reached (where no start event is drawn)."),
    "EF-K050": ("§10.6.2, §10.6.3", "Flows of a choosing gateway have conditions, or are the default, when the process is executed."),
    "EF-K054": ("§10.5.5", "A timer of an executed process has a time."),
    "EF-K060": ("§10.3.3", "A script task of an executed process has a script."),
    "EF-K063": ("§10.5.5", "A message event or task of an executed process names its message."),
}
"""Code → clause and demand."""

BY_PROOF = (
    (
        "§13.4.1",
        "Parallel joins receive as many tokens as they wait for.",
        "`egov-flow prove`: sound; most that block are told by EF-C300 to EF-C313",
    ),
    (
        "§13.4.3",
        "Inclusive joins are not waiting for each other.",
        "`egov-flow prove`: sound; pairs of them are told by EF-C298 and EF-C299",
    ),
    ("§13.2", "Every path of a case ends.", "`egov-flow prove`: sound"),
    (
        "§10.6.2",
        "Exclusive gateways have a way out in every case.",
        "`egov-flow prove`, and EF-C309 to EF-C311 for conditions over declared data",
    ),
)
"""Clause, demand, and where it is proved."""

LEFT_OUT = (
    ("§10.4.1", "A data object reference is named after its data object and state.", "a convention (it is recommended, not demanded)"),
    (
        "§10.5.5",
        "A message event of an executable process names an operation.",
        "few services are described by operations; the message's name is what cases wait for",
    ),
    (
        "§10.5.5",
        "Link events name each other by source and target.",
        "optional in the schema and written by few tools; names are compared (EF-C168 to EF-C170), references where they are there (EF-C172)",
    ),
    (
        "§7.3, §7.5",
        "Graphical elements keep their shape, line and icon.",
        "a matter of the tool that draws; the file holds no lines and icons",
    ),
    ("§8.3.3", "An extension that must be understood is understood.", "none is known here, so EF-C282 refuses each"),
    ("§8.2.2", "Imported definitions are found and are of the stated type.", "files stand alone; EF-C281 tells that an import is not read"),
    ("§8.4.10", "`structureRef` names a type of the type language.", "type systems outside BPMN (XSD, WSDL) are not read"),
    ("§8.5.3", "`implementationRef` names an operation of a service description.", "WSDL is not read"),
    (
        "§9.7, §11.8.1",
        "A collaboration's participants and those of the choreography it refers to correspond.",
        "names of participants are free; only associations that are written are checked (EF-C108)",
    ),
    ("§9.5.3", "A sub-conversation shows the conversations of its message flows.", "both views may be partial by the specification itself"),
    ("§10.4.1", "The state of a data object reference is one that the data object can have.", "states are free text"),
    (
        "§10.4.1",
        "An expression that moves data yields the type of its target.",
        "types of foreign expressions are unknown; FEEL is checked by EF-C301 to EF-C311",
    ),
    (
        "§10.5.5",
        "A timer's date, cycle and duration follow ISO 8601.",
        "checked for the process that is executed (EF-K055); elsewhere expressions may compute it",
    ),
    (
        "§10.3.3",
        "The format of a script is a MIME type.",
        "tools write the name of the language; that there is one is checked (EF-C227), and only known ones are run (EF-K061)",
    ),
    (
        "§8.4.12, §10.3.1",
        "A required parameter of a resource is bound.",
        "who may do the work is linked by role; no resource's parameters are asked",
    ),
    ("§10.9", "A process instance keeps the attributes of its state.", "execution, not the file"),
    (
        "§11.5.6, §11.7",
        "Every participant can know, over several gateways, whose turn it is.",
        "checked between neighbours (EF-C270); paths over gateways are not followed",
    ),
    (
        "§10.3.8",
        "oneBehaviorEventRef and noneBehaviorEventRef stand where the behavior asks for them.",
        "that they stand there is checked (EF-C220, EF-K077); one that is not asked for has no effect",
    ),
    (
        "§11.7.2",
        "Whoever takes part behind a timer of an event-based gateway took part before it.",
        "BPMN does not say who watches the clock; senders and receivers behind the gateway are compared (EF-C259)",
    ),
    ("§11.7.1", "Participants after a gateway saw the data that it decides on.", "BPMN does not say what a participant sees"),
    ("§12.2.3", "Label styles and fonts are found and readable.", "a matter of the tool that draws"),
    ("§13, §14", "Execution semantics and the mapping to WS-BPEL.", "not static; docs/explanation/semantics.md tells how each is executed"),
)
"""Clause, demand, and why it is not checked."""

DISPUTED = (
    (
        "§9.4.1, §9.7, §11.8",
        "Only pools, activities and events have message flows; and a choreography stands between the pools of a collaboration.",
        "a message flow may end at an activity of the choreography that its collaboration names, at no other (EF-C121)",
    ),
    (
        "§10.3.6",
        "inputDataRef and outputDataRef of an operation's binding are of type InputSet and OutputSet; other validators take a data input.",
        "the table counts, whatever the names suggest (EF-C108)",
    ),
    (
        "§10.3.3",
        "scriptFormat is optional in the schema, and must be there if a script is.",
        "the sentence counts: an error (EF-C227)",
    ),
    (
        "§8.4.3, §8.4.4",
        "An errorCode or escalationCode is optional in the schema, and must be there where it is thrown in an executable process.",
        "the sentence counts: an error (EF-C173)",
    ),
)
"""Clause, what it says in two voices or others read differently, and what counts here."""
