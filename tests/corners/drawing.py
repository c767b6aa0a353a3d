# SPDX-License-Identifier: Apache-2.0
"""Diagrams written as lines of text, made into BPMN files with a layout, so that every corner case opens in a modeler."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from tests.corners.layout import diagram
from tests.corners.lines import TAGS, Element, parse

TIMES = {"timer": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}
NAMED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
ATTRIBUTES = {
    "together": "parallelMultiple", "instantiate": "instantiate", "takes": "startQuantity", "gives": "completionQuantity", "kind": "eventGatewayType",
    "ordering": "ordering", "cancels": "cancelRemainingInstances",
}  # fmt: skip
TASK_MESSAGES = ("send", "receive")
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Definitions" targetNamespace="https://example.org/corners">'
)


def bpmn(text: str) -> str:
    """Return a text as a BPMN file with its drawing."""
    processes = parse(text)
    roots: dict[tuple[str, str], str] = {}
    bodies = [
        f'  <process id="{p.id}" isExecutable="{str(p.id == "P").lower()}">\n' + "\n".join(_lines(p.inner, roots, 4)) + "\n  </process>"
        for p in processes
        if p.inner
    ]
    named = [_root(kind, name, key) for (kind, name), key in roots.items()]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', HEAD, *named, *bodies, *diagram(processes), "</definitions>", ""])


def _process(process: Element, roots: dict[tuple[str, str], str]) -> str:
    """Return a process; those that are only called are not executable by themselves."""
    executable = str(process.id == "P").lower()
    return "\n".join(
        [f'  <process id="{process.id}" isExecutable="{executable}">', *_lines(process.inner, roots, 4), "  </process>"],
    )


def _root(kind: str, name: str, key: str) -> str:
    if kind.endswith("Definition"):
        event = kind.removesuffix("EventDefinition")
        return f'  <{kind} id="{_id(kind, name)}" {event}Ref="{_id(event, name)}"/>'
    inner = f"<extensionElements><zeebe:subscription correlationKey={quoteattr('=' + key)}/></extensionElements>" if key else ""
    label = f" name={quoteattr(name)}" if NAMED[kind] != "name" else ""
    return f'  <{kind} id="{_id(kind, name)}"{label} {NAMED[kind]}={quoteattr(name)}>{inner}</{kind}>'


def _id(kind: str, name: str) -> str:
    return f"{kind.title()}_" + "".join(c for c in name if c.isalnum())


def _lines(elements: list[Element], roots: dict[tuple[str, str], str], indent: int) -> Iterator[str]:
    space = " " * indent
    defaults = {e.source: e.id for e in elements if e.kind == "flow" and e.condition == "default"}
    for element in elements:
        if element.kind == "association":
            direction = f'sourceRef="{element.source}" targetRef="{element.target}" associationDirection="One"'
            yield f'{space}<association id="{element.id}" {direction}/>'
            continue
        if element.kind == "flow":
            condition = element.condition if element.condition != "default" else ""
            inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
            yield f'{space}<sequenceFlow id="{element.id}" sourceRef="{element.source}" targetRef="{element.target}">{inner}</sequenceFlow>'
            continue
        default = f' default="{defaults[element.id]}"' if element.id in defaults else ""
        opened = f'{space}<{TAGS[element.kind]} id="{element.id}" name="{element.id}"{_attributes(element, roots)}{default}>'
        inner = _inner(element, roots)
        if element.inner:
            yield opened + inner
            yield from _lines(element.inner, roots, indent + 2)
            yield f"{space}</{TAGS[element.kind]}>"
        else:
            yield f"{opened}{inner}</{TAGS[element.kind]}>"


def _attributes(element: Element, roots: dict[tuple[str, str], str]) -> str:
    found = ' triggeredByEvent="true"' if element.kind == "esp" else ""
    for word, value in element.parts:
        if word == "keeps":
            found += ' isInterrupting="false"' if element.kind == "start" else ' cancelActivity="false"'
        elif word == "on":
            found += f' attachedToRef="{value}"'
        elif word == "undoes":
            found += ' isForCompensation="true"'
        elif word in ATTRIBUTES:
            found += f' {ATTRIBUTES[word]}="{value or "true"}"'
        elif word == "calls":
            found += f' calledElement="{value}"'
        elif word == "message" and element.kind in TASK_MESSAGES:
            roots.setdefault((word, value), element.part("key") or "")
            found += f' messageRef="{_id(word, value)}"'
    return found


def _inner(element: Element, roots: dict[tuple[str, str], str]) -> str:
    extensions = "".join(_extension(word, value) for word, value in element.parts)
    mappings = "".join(_mapping(word, value) for word, value in element.parts)
    extensions += f"<zeebe:ioMapping>{mappings}</zeebe:ioMapping>" if mappings else ""
    found = f"<extensionElements>{extensions}</extensionElements>" if extensions else ""
    for word, value in element.parts:
        if word in NAMED and element.kind not in TASK_MESSAGES:
            roots.setdefault((word, value), element.part("key") or "") if value else None
            reference = f' {word}Ref="{_id(word, value)}"' if value else ""
            found += f"<{word}EventDefinition{reference}/>"
        elif word in TIMES:
            found += f"<timerEventDefinition><{TIMES[word]}>{escape(value)}</{TIMES[word]}></timerEventDefinition>"
        elif word == "when":
            found += f"<conditionalEventDefinition><condition>{escape(value)}</condition></conditionalEventDefinition>"
        elif word == "link":
            found += f'<linkEventDefinition name="{value}"/>'
        elif word == "compensate":
            reference = f' activityRef="{value.removesuffix(" on")}"' if value not in ("", "on") else ""
            loose = ' waitForCompletion="false"' if value.split()[-1:] == ["on"] else ""
            found += f"<compensateEventDefinition{reference}{loose}/>"
        elif word == "cancel":
            found += "<cancelEventDefinition/>"
        elif word == "terminate":
            found += "<terminateEventDefinition/>"
        elif word == "activates":
            found += f"<activationCondition>{escape(value)}</activationCondition>"
        elif word == "is":
            found += f"<script>{escape(value)}</script>"
        elif word == "xml":
            found += value
    return found + _repeated(element, roots)


def _extension(word: str, value: str) -> str:
    return f'<zeebe:taskDefinition type="{value}"/>' if word == "handler" else ""


def _mapping(word: str, value: str) -> str:
    if word not in ("in", "out"):
        return ""
    target, _, source = value.partition(" = ")
    return f"<zeebe:{word}put source={quoteattr('=' + source)} target={quoteattr(target)}/>"


def _repeated(element: Element, roots: dict[tuple[str, str], str]) -> str:
    if element.kind == "adhoc":
        until = element.part("until")
        return f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    maximum, condition, count, items = (element.part(word) for word in ("max", "while", "instances", "each"))
    if maximum is not None or condition is not None:
        before = ' testBefore="true"' if element.part("before") is not None else ""
        most = f' loopMaximum="{maximum}"' if maximum else ""
        inner = f"<loopCondition>{escape(condition)}</loopCondition>" if condition else ""
        return f"<standardLoopCharacteristics{before}{most}>{inner}</standardLoopCharacteristics>"
    if count is None and items is None:
        return ""
    inner = f"<loopCardinality>{escape(count)}</loopCardinality>" if count else ""
    if items:
        inner += f"<loopDataInputRef>{items}</loopDataInputRef>"
    output = element.part("collect")
    inner += f"<loopDataOutputRef>{output}</loopDataOutputRef>" if output else ""
    inner += f'<inputDataItem id="{element.part("as")}"/>' if element.part("as") else ""
    inner += f'<outputDataItem id="{element.part("yields")}"/>' if output else ""
    until = element.part("until")
    inner += f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    sequential = "true" if element.part("sequential") is not None else "false"
    behavior, thrown = _behavior(element, roots)
    return f'<multiInstanceLoopCharacteristics isSequential="{sequential}"{behavior}>{inner}{thrown}</multiInstanceLoopCharacteristics>'


def _behavior(element: Element, roots: dict[tuple[str, str], str]) -> tuple[str, str]:
    """Return the behavior of instances as attributes, and its complexBehaviorDefinitions: `all_throw signal S`, `throw n > 1 : signal S`."""
    for word, behavior in (("all_throw", "None"), ("first_throws", "One")):
        value = element.part(word)
        if value is not None:
            kind, name = value.split()
            roots.setdefault((kind, name), "")
            roots.setdefault((f"{kind}EventDefinition", name), "")
            return f' behavior="{behavior}" {behavior.lower()}BehaviorEventRef="{_id(f"{kind}EventDefinition", name)}"', ""
    thrown = ""
    for _, value in (part for part in element.parts if part[0] == "throws"):
        condition, _, event = value.partition(" : ")
        kind, name = event.split()
        roots.setdefault((kind, name), "")
        definition = f'<{kind}EventDefinition {kind}Ref="{_id(kind, name)}"/>'
        thrown += (
            f"<complexBehaviorDefinition><condition>{escape(condition)}</condition><event>{definition}</event></complexBehaviorDefinition>"
        )
    return ' behavior="Complex"' if thrown else "", thrown
