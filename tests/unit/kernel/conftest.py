# SPDX-License-Identifier: Apache-2.0
"""Small diagrams written as lines of text, and the story of a case told on one; every step of a story is also checked for what must always hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.errors import EgovFlowError
from egov_flow.procedure import Procedure, read, read_files
from egov_flow.values import Command

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "bpmn"
TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "rule": "businessRuleTask",
    "call": "callActivity",
    "script": "scriptTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "events": "eventBasedGateway",
    "sub": "subProcess",
}
FLOW = re.compile(r"(\w+) > (\w+)(?: : (.*))?")
TIMES = {"timer": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}


def xml_of(text: str) -> str:
    """Return the BPMN of lines such as `user A`, `catch C | message Objection`, `A > B : amount > 10`, `sub S {` … `}`."""
    messages: dict[str, None] = {}
    body = "\n".join(_lines(text, messages))
    roots = "".join(f'<message id="{_id(m)}" name={quoteattr(m)}/>' for m in messages)
    head = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    return f'<definitions {head} id="Definitions" targetNamespace="t">{roots}<process id="P" isExecutable="true">\n{body}\n</process></definitions>'


def _lines(text: str, messages: dict[str, None]) -> Iterator[str]:
    opened: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line == "}":
            yield f"</{opened.pop()}>"
        elif " ~ " in line:
            source, target = line.split(" ~ ")
            yield f'<association id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'
        elif flow := FLOW.fullmatch(line):
            source, target, condition = flow.groups()
            inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
            yield f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
        else:
            opened += [TAGS.get(kind, kind) for kind in line.split()[:1] if line.endswith("{")]
            yield _element(line, messages)


def _element(line: str, messages: dict[str, None]) -> str:
    head, *parts = [part.strip() for part in line.removesuffix("{").split(" | ")]
    kind, name = head.split()
    tag, attributes, inner = TAGS.get(kind, kind), "", ""
    for part in parts:
        word, _, value = part.partition(" ")
        if word == "message":
            messages[value] = None
            reference = f'messageRef="{_id(value)}"'
            is_task = kind in ("receive", "send")
            attributes += f" {reference}" if is_task else ""
            inner += "" if is_task else f"<messageEventDefinition {reference}/>"
        elif word in TIMES:
            inner += f"<timerEventDefinition><{TIMES[word]}>{escape(value)}</{TIMES[word]}></timerEventDefinition>"
        elif word == "terminate":
            inner += "<terminateEventDefinition/>"
        elif word == "is":
            inner += f"<script>{escape(value)}</script>"
        elif word == "xml":
            inner += value
        else:
            attributes += {
                "on": f' attachedToRef="{value}"',
                "keeps": ' cancelActivity="false"',
                "handler": f' camunda:topic="{value}"',
            }.get(word, f" {word}={quoteattr(value)}")
    opened = f'<{tag} id="{name}"{attributes}>{inner}'
    return opened if line.endswith("{") else f"{opened}</{tag}>"


def _id(name: str) -> str:
    return "Message_" + "".join(c for c in name if c.isalnum())


def procedure_of(text: str, more: str = "") -> Procedure:
    """Return the procedure of a drawing; `more` are lines of procedure.yaml."""
    files = [("process.bpmn", xml_of(text).encode())]
    return read_files([*files, ("procedure.yaml", more.encode())] if more else files, "drawing")


class Story:
    """A case that is told step by step; `now` is virtual."""

    def __init__(self, program: kernel.Program, limits: kernel.Limits | None = None) -> None:
        self.program = program
        self.limits = limits or kernel.Limits()
        self.now = datetime(2026, 1, 5, 9, tzinfo=UTC)
        self.state: kernel.State | None = None
        self.last = None
        self.commands: list[tuple[Command, datetime]] = []

    def do(self, kind, target="", data=None, **arguments):
        """Let a command happen, and check what holds after every step and every refusal."""
        command = Command(kind=kind, target=str(target), data=freeze(data or {}), arguments=freeze(arguments))
        before = None if self.state is None else kernel.dump(self.program, self.state)
        try:
            step = kernel.step(self.program, self.state, command, self.now, limits=self.limits)
        except EgovFlowError:
            self.check_unchanged(before)
            raise
        self.check_unchanged(before)
        assert kernel.defects(self.program, step.state) == []
        assert kernel.load(self.program, kernel.dump(self.program, step.state)) == step.state
        self.commands.append((command, self.now))
        self.state, self.last = step.state, step
        return self

    def check_unchanged(self, before):
        assert before is None or kernel.dump(self.program, self.state) == before, "the old state was changed"

    def start(self, data=None, at=""):
        return self.do("start", at, data)

    def complete_first(self, element, data=None):
        """Complete the first instance of an element."""
        return self.do("complete", next(r.token for r in kernel.resting(self.program, self.state, "work") if r.element == element), data)

    def report_each(self, element):
        """Report every instance of an element."""
        for found in kernel.resting(self.program, self.state, "job"):
            assert found.element == element
            self.do("report", found.token)
        return self

    def incident_token(self) -> int:
        """Return the token of the first incident."""
        return kernel.resting(self.program, self.state, "incident")[0].token

    def complete(self, element, data=None):
        return self.do("complete", self.token(element), data)

    def report(self, element, data=None, **arguments):
        return self.do("report", self.token(element), data, **arguments)

    def send(self, message, data=None, **arguments):
        return self.do("send", message, data, **arguments)

    def wait(self, **duration):
        """Let time pass, and what is due fire."""
        self.now += timedelta(**duration)
        return self.do("due")

    def token(self, element) -> int:
        """Return the token that rests at an element."""
        found = [r.token for r in kernel.resting(self.program, self.state) if r.element == element]
        assert found, f"nothing rests at {element}, but at {self.waiting}"
        return found[0]

    @property
    def waiting(self) -> list[str]:
        return sorted(kernel.view(self.program, self.state).waiting)

    @property
    def status(self) -> str:
        return self.state.status

    @property
    def variables(self):
        return kernel.view(self.program, self.state).variables

    @property
    def incidents(self) -> list[tuple[str, str]]:
        return [(r.element, r.kind) for r in kernel.resting(self.program, self.state, "incident")]

    def happened(self, *kinds) -> list[str]:
        """Return what the last step did: `kind element`, or only the elements for one kind."""
        found = [o for o in self.last.occurrences if not kinds or o.kind in kinds]
        return [o.element if len(kinds) == 1 else f"{o.kind} {o.element}" for o in found]


@pytest.fixture
def drawn():
    """Return a story on a drawing that has not begun."""

    def begin(text, more="", *, conditions="strict", limits=None) -> Story:
        return Story(kernel.compile(procedure_of(text, more), conditions=conditions), limits)

    return begin


@pytest.fixture
def drawing():
    """Return the procedure of a drawing."""
    return procedure_of


@pytest.fixture
def told():
    """Return a story on a fixture file that has not begun."""

    def begin(name) -> Story:
        return Story(kernel.compile(read(str(FIXTURES / f"{name}.bpmn"))))

    return begin


@pytest.fixture
def story_of_xml():
    """Return a story on BPMN as a text of XML."""

    def begin(xml) -> Story:
        return Story(kernel.compile(read_files([("process.bpmn", xml.encode())], "drawing")))

    return begin
