# SPDX-License-Identifier: Apache-2.0
"""A diagram as lines of text: `user a`, `catch c | signal S`, `a > b : amount > 10`, `b ~ h`, and blocks: `sub p {`, `esp e {`, `process Q {`."""

from __future__ import annotations

import re

import attrs

TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "task": "task",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "script": "scriptTask",
    "rule": "businessRuleTask",
    "call": "callActivity",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "events": "eventBasedGateway",
    "complex": "complexGateway",
    "sub": "subProcess",
    "transaction": "transaction",
    "adhoc": "adHocSubProcess",
    "esp": "subProcess",
    "object": "dataObject",
}
ASSOCIATION = re.compile(r"(\w+) ~ (\w+)")
FLOW = re.compile(r"(\w+) > (\w+)(?: : (.*))?")


@attrs.define
class Element:
    """A node or flow as it was written, and what it holds."""

    kind: str
    id: str
    parts: list[tuple[str, str]] = attrs.field(factory=list)
    inner: list[Element] = attrs.field(factory=list)
    source: str = ""
    target: str = ""
    condition: str = ""

    def part(self, word: str) -> str | None:
        """Return the value of a part, "" if it has none, None if it is not there."""
        return next((value for name, value in self.parts if name == word), None)


def parse(text: str) -> list[Element]:
    """Return the processes of a text; lines outside every `process` block belong to process `P`."""
    main = Element("process", "P")
    processes, stack = [main], [main]
    for line in filter(None, map(str.strip, text.splitlines())):
        flow = FLOW.fullmatch(line)
        if line == "}":
            stack.pop()
        elif association := ASSOCIATION.fullmatch(line):
            source, target = association.groups()
            stack[-1].inner.append(Element("association", f"{source}_{target}", source=source, target=target))
        elif flow:
            source, target, condition = flow.groups()
            stack[-1].inner.append(Element("flow", f"{source}_{target}", source=source, target=target, condition=condition or ""))
        else:
            element = _element(line)
            (processes if element.kind == "process" else stack[-1].inner).append(element)
            if line.endswith("{"):
                stack.append(element)
    return processes


def _element(line: str) -> Element:
    head, *parts = [part.strip() for part in line.removesuffix("{").split(" | ")]
    kind, name = head.split()
    return Element(kind, name, [(word, value) for word, _, value in (part.partition(" ") for part in parts)])
