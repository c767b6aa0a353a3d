# SPDX-License-Identifier: Apache-2.0
"""The ways to break a valid model: each mutation is named after what it does, and lists the rules that it breaks."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from lxml import etree

NS = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TASKS = ("task", "userTask", "manualTask", "serviceTask", "businessRuleTask")
ACTIVITIES = (*TASKS, "receiveTask", "scriptTask", "sendTask", "callActivity", "subProcess", "transaction", "adHocSubProcess")


@attrs.frozen
class Mutation:
    """One way to break a valid model.

    Attributes:
        codes: one of them must be found.
        sites: where it can be done.
        apply: does it there.
    """

    codes: frozenset[str]
    sites: Callable
    apply: Callable
    name: str


MUTATIONS: list[Mutation] = []


def breaks(*codes, at):
    """Register a mutation by the codes that it must be found by and the places where it can be made."""

    def register(apply):
        MUTATIONS.append(Mutation(frozenset(codes), at, apply, apply.__name__))
        return apply

    return register


def tagged(*tags, where=lambda _: True):
    return lambda root: [e for tag in tags for e in root.iter(NS + tag) if where(e)]


def local(element) -> str:
    return etree.QName(element).localname


def flows(element, attribute):
    return [f for f in element.getparent().iterchildren(NS + "sequenceFlow") if f.get(attribute) == element.get("id")]


def add(parent, tag, text="", **attributes):
    child = etree.SubElement(parent, NS + tag, {k.rstrip("_"): v for k, v in attributes.items()})
    child.text = text or None
    return child


def connect(source, target, chance):
    add(source.getparent(), "sequenceFlow", id=f"Added_{chance.randrange(10**9)}", sourceRef=source.get("id"), targetRef=target.get("id"))


def cut(element, attribute) -> None:
    for flow in flows(element, attribute):
        flow.getparent().remove(flow)


def sibling(element, chance, *tags, where=lambda _: True):
    return chance.choice([e for tag in tags for e in element.getparent().iterchildren(NS + tag) if where(e)] or [None])


def definitions(element):
    return [child for child in element if local(child).endswith("EventDefinition")]


def normal(element) -> bool:
    return (
        element.get("isForCompensation") != "true"
        and element.get("triggeredByEvent") != "true"
        and local(element.getparent()) != "adHocSubProcess"
    )


def top(element) -> bool:
    return local(element.getparent()) == "process"


def retyped(element, kind, **attributes) -> None:
    for child in definitions(element):
        element.remove(child)
    add(element, f"{kind}EventDefinition", id=f"{element.get('id')}_def", **attributes)


@breaks("EF-C140", at=tagged("startEvent"))
def a_flow_leads_back_to_the_start(e, chance):
    connect(sibling(e, chance, *ACTIVITIES, where=normal) if sibling(e, chance, *ACTIVITIES, where=normal) is not None else e, e, chance)


@breaks("EF-C141", at=tagged("startEvent"))
def nothing_follows_the_start(e, _):
    cut(e, "sourceRef")


@breaks("EF-C142", at=tagged("endEvent"))
def something_follows_the_end(e, chance):
    connect(e, sibling(e, chance, "endEvent", "startEvent"), chance)


@breaks("EF-C143", at=tagged("endEvent"))
def nothing_leads_to_the_end(e, _):
    cut(e, "targetRef")


@breaks("EF-C145", at=tagged("startEvent"))
def the_ends_are_gone(e, _):
    for end in list(e.getparent().iterchildren(NS + "endEvent")):
        cut(end, "targetRef")
        end.getparent().remove(end)


@breaks("EF-C144", at=tagged("startEvent"))
def the_start_is_gone(e, _):
    cut(e, "sourceRef")
    e.getparent().remove(e)


@breaks("EF-C146", at=tagged(*ACTIVITIES, where=normal))
def nothing_leads_to_an_activity(e, _):
    cut(e, "targetRef")


@breaks("EF-C147", at=tagged(*ACTIVITIES, where=normal))
def nothing_follows_an_activity(e, _):
    cut(e, "sourceRef")


@breaks("EF-C174", at=tagged("intermediateThrowEvent", "intermediateCatchEvent", where=lambda e: flows(e, "targetRef")))
def nothing_leads_to_an_event(e, _):
    cut(e, "targetRef")


@breaks("EF-C174", at=tagged("intermediateThrowEvent", "intermediateCatchEvent", where=lambda e: flows(e, "sourceRef")))
def nothing_follows_an_event(e, _):
    cut(e, "sourceRef")


@breaks("EF-C148", at=tagged("startEvent", where=top))
def an_error_starts_the_process(e, _):
    retyped(e, "error")


@breaks("EF-C149", at=tagged("startEvent", where=lambda e: not top(e) and e.getparent().get("triggeredByEvent") != "true"))
def a_message_starts_a_sub_process(e, _):
    retyped(e, "message")


EVENT_SUB = tagged("subProcess", where=lambda e: e.get("triggeredByEvent") == "true")


@breaks("EF-C130", at=EVENT_SUB)
def a_flow_leads_to_an_event_sub_process(e, chance):
    connect(sibling(e, chance, "receiveTask"), e, chance)


@breaks("EF-C150", at=EVENT_SUB)
def an_event_sub_process_has_two_starts(e, chance):
    add(e, "startEvent", id=f"Second_{chance.randrange(10**9)}")


@breaks("EF-C151", at=EVENT_SUB)
def an_event_sub_process_waits_for_nothing(e, _):
    start = e.find(NS + "startEvent")
    for child in definitions(start):
        start.remove(child)


@breaks("EF-C152", at=EVENT_SUB)
def an_error_does_not_interrupt(e, _):
    e.find(NS + "startEvent").set("isInterrupting", "false")


@breaks("EF-C179", at=EVENT_SUB)
def an_event_is_attached_to_an_event_sub_process(e, chance):
    event = add(e.getparent(), "boundaryEvent", id=f"On_{chance.randrange(10**9)}", attachedToRef=e.get("id"))
    retyped(event, "signal")


@breaks("EF-C153", at=tagged("startEvent", where=top))
def a_start_interrupts_nothing(e, _):
    e.set("isInterrupting", "false")


@breaks("EF-C154", at=tagged("endEvent"))
def a_timer_ends(e, chance):
    retyped(e, chance.choice(["timer", "conditional", "link"]))


@breaks("EF-C155", at=tagged("intermediateCatchEvent"))
def an_event_catches_an_error_in_the_flow(e, chance):
    retyped(e, chance.choice(["error", "escalation", "cancel", "terminate", "compensate"]))


@breaks("EF-C156", at=tagged("intermediateThrowEvent"))
def an_event_throws_an_error_in_the_flow(e, chance):
    retyped(e, chance.choice(["error", "timer", "cancel", "terminate", "conditional"]))


@breaks("EF-C157", at=tagged("boundaryEvent"))
def a_boundary_event_terminates(e, chance):
    retyped(e, chance.choice(["link", "terminate"]))


@breaks("EF-C157", at=tagged("boundaryEvent"))
def a_boundary_event_waits_for_nothing(e, _):
    for child in definitions(e):
        e.remove(child)


@breaks("EF-C158", at=tagged("boundaryEvent"))
def a_boundary_error_does_not_interrupt(e, chance):
    retyped(e, chance.choice(["error", "cancel"]))
    e.set("cancelActivity", "false")


@breaks("EF-C159", at=tagged("endEvent", where=top))
def a_cancel_ends_outside_a_transaction(e, _):
    retyped(e, "cancel")


@breaks("EF-C160", at=tagged("boundaryEvent", where=lambda e: not any("cancel" in local(d) for d in definitions(e))))
def a_cancel_event_at_another_activity(e, _):
    retyped(e, "cancel")


@breaks("EF-C161", at=tagged("boundaryEvent"))
def a_flow_leads_to_a_boundary_event(e, chance):
    connect(sibling(e, chance, "startEvent"), e, chance)


@breaks("EF-C162", at=tagged("boundaryEvent", where=lambda e: flows(e, "sourceRef")))
def nothing_follows_a_boundary_event(e, _):
    cut(e, "sourceRef")


COMPENSATION = tagged("boundaryEvent", where=lambda e: any("compensate" in local(d) for d in definitions(e)))


@breaks("EF-C163", at=COMPENSATION)
def a_flow_leaves_a_compensation_event(e, chance):
    connect(e, sibling(e, chance, "endEvent"), chance)


@breaks("EF-C164", at=COMPENSATION)
def nothing_undoes(e, _):
    for association in list(e.getparent().iterchildren(NS + "association")):
        e.getparent().remove(association)


@breaks("EF-C165", at=tagged(*TASKS, where=lambda e: e.get("isForCompensation") == "true"))
def a_flow_leads_to_what_undoes(e, chance):
    connect(sibling(e, chance, "startEvent"), e, chance)


@breaks("EF-C168", "EF-C169", at=tagged("linkEventDefinition"))
def a_link_has_another_name(e, _):
    e.set("name", "elsewhere")


@breaks("EF-C102", at=tagged("linkEventDefinition"))
def a_link_has_no_name(e, _):
    del e.attrib["name"]


@breaks("EF-C171", at=tagged("intermediateThrowEvent", where=lambda e: any("link" in local(d) for d in definitions(e))))
def a_flow_leaves_a_throwing_link(e, chance):
    connect(e, sibling(e, chance, "endEvent"), chance)


@breaks("EF-C175", at=tagged("intermediateCatchEvent"))
def an_event_catches_nothing(e, _):
    for child in definitions(e):
        e.remove(child)


@breaks(
    "EF-C190",
    "EF-C191",
    "EF-C192",
    at=tagged("parallelGateway", "exclusiveGateway", "inclusiveGateway", where=lambda e: e.get("gatewayDirection")),
)
def a_gateway_turns_the_wrong_way(e, chance):
    others = {"Converging": ["Diverging", "Mixed"], "Diverging": ["Converging", "Mixed"]}
    e.set("gatewayDirection", chance.choice(others[e.get("gatewayDirection")]))


@breaks("EF-C193", at=tagged("eventBasedGateway"))
def an_event_gateway_joins(e, _):
    e.set("gatewayDirection", "Converging")


@breaks("EF-C194", at=tagged("eventBasedGateway"))
def an_event_gateway_has_one_way_out(e, _):
    e.getparent().remove(flows(e, "sourceRef")[0])


@breaks("EF-C195", at=tagged("eventBasedGateway"))
def a_task_stands_behind_an_event_gateway(e, chance):
    flow = chance.choice(flows(e, "sourceRef"))
    target = next(n for n in e.getparent() if n.get("id") == flow.get("targetRef"))
    for child in list(target):
        target.remove(child)
    target.attrib.pop("messageRef", None)
    target.tag = NS + "manualTask"


@breaks("EF-C196", at=tagged("eventBasedGateway"))
def an_event_gateway_mixes(e, _):
    targets = {flow.get("targetRef") for flow in flows(e, "sourceRef")}
    retyped(next(n for n in e.getparent().iterchildren(NS + "intermediateCatchEvent") if n.get("id") in targets), "message")


@breaks("EF-C198", at=tagged("eventBasedGateway"))
def another_flow_leads_behind_an_event_gateway(e, chance):
    target = next(n for n in e.getparent() if n.get("id") == flows(e, "sourceRef")[0].get("targetRef"))
    connect(sibling(e, chance, "startEvent"), target, chance)


@breaks("EF-C199", at=tagged("eventBasedGateway"))
def an_event_gateway_starts_what_has_begun(e, _):
    e.set("instantiate", "true")


@breaks("EF-C200", at=tagged("eventBasedGateway"))
def an_event_gateway_waits_for_all(e, _):
    e.set("eventGatewayType", "Parallel")


@breaks("EF-C210", at=tagged(*ACTIVITIES))
def no_token_is_needed(e, chance):
    e.set(chance.choice(["startQuantity", "completionQuantity"]), "0")


@breaks("EF-C211", at=tagged("adHocSubProcess"))
def an_ad_hoc_sub_process_is_empty(e, _):
    for child in list(e):
        e.remove(child)


@breaks("EF-C212", at=tagged("adHocSubProcess"))
def an_ad_hoc_sub_process_begins(e, chance):
    add(e, chance.choice(["startEvent", "endEvent"]), id=f"In_{chance.randrange(10**9)}")


@breaks("EF-C213", at=tagged("subProcess", "transaction"))
def a_sub_process_declares_inputs(e, _):
    io = add(e, "ioSpecification")
    add(io, "inputSet")
    add(io, "outputSet")


@breaks("EF-C214", at=tagged("callActivity"))
def a_call_names_nothing(e, _):
    del e.attrib["calledElement"]


@breaks("EF-C108", at=tagged("callActivity"))
def a_call_names_no_process(e, _):
    e.set("calledElement", "Message_0")


@breaks("EF-C217", at=tagged("task", where=lambda e: e.find(NS + "standardLoopCharacteristics") is not None))
def an_activity_is_repeated_twice_over(e, _):
    add(add(e, "multiInstanceLoopCharacteristics"), "loopCardinality", "3")


@breaks("EF-C237", at=tagged("multiInstanceLoopCharacteristics"))
def nobody_knows_how_many(e, _):
    e.remove(e[0])


@breaks("EF-C220", at=tagged("multiInstanceLoopCharacteristics"))
def an_instance_throws_nothing(e, chance):
    e.set("behavior", chance.choice(["One", "None", "Complex"]))


@breaks("EF-C221", at=tagged("standardLoopCharacteristics"))
def a_loop_never_ends(e, _):
    e.remove(e[0])


@breaks("EF-C222", at=tagged("receiveTask"))
def a_receive_task_starts_what_has_begun(e, _):
    e.set("instantiate", "true")


@breaks("EF-C227", at=tagged("scriptTask"))
def a_script_has_no_language(e, _):
    del e.attrib["scriptFormat"]


@breaks("EF-C240", at=tagged("inputSet"))
def a_set_forgets_its_input(e, _):
    e.remove(e[0])


@breaks("EF-C104", at=tagged("ioSpecification"))
def a_specification_has_no_set(e, chance):
    e.remove(e.find(NS + chance.choice(["inputSet", "outputSet"])))


@breaks("EF-C245", at=tagged("dataInputAssociation"))
def data_comes_from_two_places(e, _):
    source = e.find(NS + "sourceRef")
    e.insert(0, etree.fromstring(etree.tostring(source)))


@breaks("EF-C104", at=tagged("dataInputAssociation"))
def data_goes_nowhere(e, _):
    e.remove(e.find(NS + "targetRef"))


@breaks("EF-C260", at=tagged("participantMultiplicity"))
def no_participant_is_enough(e, chance):
    e.set("maximum", chance.choice(["0", "-1"]))


@breaks("EF-C122", at=tagged("messageFlow"))
def a_message_stays_in_its_pool(e, _):
    e.set("sourceRef", "Office")


@breaks("EF-C121", "EF-C125", at=tagged("messageFlow"))
def a_message_goes_astray(e, chance):
    ends = list(e.getroottree().getroot().iter(NS + "endEvent", NS + "exclusiveGateway", NS + "dataObject"))
    e.set("targetRef", chance.choice(ends).get("id"))


@breaks("EF-C100", at=tagged(*ACTIVITIES, "sequenceFlow", "startEvent"))
def an_attribute_is_misspelled(e, _):
    e.set("isForCompensaton", "false")


@breaks("EF-C101", "EF-B013", "EF-B022", at=tagged(*ACTIVITIES, "process"))
def a_value_is_none(e, _):
    e.set("isClosed" if local(e) == "process" else "isForCompensation", "perhaps")


@breaks("EF-B019", at=tagged("sequenceFlow", "messageFlow"))
def an_end_is_missing(e, chance):
    del e.attrib[chance.choice(["sourceRef", "targetRef"])]


@breaks("EF-B009", "EF-B011", at=tagged("sequenceFlow", "messageFlow"))
def an_end_is_unknown(e, chance):
    e.set(chance.choice(["sourceRef", "targetRef"]), "Gone")


@breaks("EF-B007", at=tagged(*ACTIVITIES, "sequenceFlow"))
def an_id_stands_twice(e, _):
    e.set("id", "Message_0")


@breaks("EF-B008", at=tagged(*ACTIVITIES, "sequenceFlow"))
def an_id_is_missing(e, _):
    del e.attrib["id"]


@breaks("EF-C108", at=tagged("signalEventDefinition"))
def a_signal_is_a_message(e, _):
    e.set("signalRef", "Message_0")


@breaks("EF-B011", at=tagged("signalEventDefinition"))
def a_signal_is_unknown(e, _):
    e.set("signalRef", "Gone")


@breaks("EF-B016", at=tagged("exclusiveGateway", "inclusiveGateway", where=lambda e: e.get("default")))
def the_default_is_another_flow(e, chance):
    others = [f for f in e.getparent().iterchildren(NS + "sequenceFlow") if f.get("sourceRef") != e.get("id")]
    e.set("default", chance.choice(others).get("id"))


@breaks("EF-B017", at=tagged("boundaryEvent"))
def an_event_is_attached_to_nothing(e, chance):
    e.set("attachedToRef", sibling(e, chance, "startEvent").get("id"))


@breaks("EF-C120", at=tagged("sequenceFlow"))
def a_flow_leads_to_a_note(e, chance):
    note = add(e.getparent(), "textAnnotation", id=f"Note_{chance.randrange(10**9)}")
    add(note, "text", "by law")
    e.set("targetRef", note.get("id"))


@breaks("EF-B010", at=tagged("sequenceFlow", where=lambda e: e.getparent().get("id") != "Called"))
def a_flow_leads_into_another_process(e, _):
    other = next(n for n in e.getroottree().getroot().iter(NS + "startEvent") if n.getparent().get("id") == "Called")
    e.set("targetRef", other.get("id"))


@breaks("EF-C133", at=tagged("startEvent"))
def a_start_has_a_condition(e, _):
    add(flows(e, "sourceRef")[0], "conditionExpression", "complete")


@breaks("EF-C132", at=tagged(*TASKS, where=lambda e: normal(e) and len(flows(e, "sourceRef")) == 1))
def the_only_way_out_has_a_condition(e, _):
    add(flows(e, "sourceRef")[0], "conditionExpression", "complete")


@breaks("EF-C134", at=tagged("exclusiveGateway", where=lambda e: e.get("default")))
def the_default_has_a_condition(e, _):
    flow = next(f for f in flows(e, "sourceRef") if f.get("id") == e.get("default"))
    add(flow, "conditionExpression", "complete")


@breaks("EF-C106", "EF-B023", at=tagged(*TASKS))
def a_child_stands_where_it_may_not(e, _):
    add(e, "completionCondition", "done")


@breaks("EF-C105", at=tagged("conditionExpression"))
def two_conditions_on_a_flow(e, _):
    add(e.getparent(), "conditionExpression", "other")


@breaks("EF-B005", at=tagged("process", "subProcess"))
def an_element_is_unknown(e, _):
    add(e, "userTusk", id="Tusk")


@breaks("EF-C265", at=tagged("process", "subProcess"))
def a_choreography_task_in_a_process(e, _):
    add(e, "choreographyTask", id="Choreo", initiatingParticipantRef="Office")


@breaks("EF-C107", at=tagged(*ACTIVITIES, where=len))
def a_note_stands_behind(e, _):
    add(e, "documentation", "late")
