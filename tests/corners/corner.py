# SPDX-License-Identifier: Apache-2.0
"""One corner case: a diagram, what happens to a case of it, and the trace that BPMN 2.0.2 demands, with the clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import attrs

from egov_flow import feel, kernel
from egov_flow.data import EMPTY, Context
from egov_flow.errors import EgovFlowError
from egov_flow.procedure import read
from egov_flow.values import Command, Step

FOLDER = Path(__file__).resolve().parent
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@attrs.frozen
class Corner:
    """A corner case.

    Attributes:
        name: of its file, without `.bpmn`.
        clause: of BPMN 2.0.2 from which the trace follows, or of the page on semantics where the standard leaves a choice.
        drawing: the diagram as lines of text.
        play: what happens, one command a word group: `start {x: 1}`, `start s by M`, `complete a`, `report j error E`, `send M`, `signal S`, `wait PT1H`,
            `skip a`; `!begin a` must be refused.
        trace: activities and events in the order in which they are entered (`a*`: an instance or round of a begins; `kind@a`: an incident; `!X`: an
            escalation that nothing catches), then what the case waits for, or how it ended.
    """

    name: str
    clause: str
    drawing: str
    play: tuple[str, ...]
    trace: str


def corner(name: str, clause: str, drawing: str, play: str, trace: str) -> Corner:
    """Return a corner case; the commands of a play are separated by `;`, and it begins with `start` unless it says so itself."""
    commands = [c.strip() for c in play.split(";") if c.strip()]
    if not commands or not commands[0].startswith("start"):
        commands.insert(0, "start")
    return Corner(name, clause, drawing, tuple(commands), trace)


def played(found: Corner) -> str:
    """Return the trace of a corner case as the kernel plays its file."""
    return Play(kernel.compile(read(str(FOLDER / f"{found.name}.bpmn")))).play(found.play)


class Play:
    """A case that is played; what must hold in every state is looked at after each step."""

    def __init__(self, program: kernel.Program) -> None:
        self.program = program
        self.state: kernel.State | None = None
        self.now = START
        self.trace: list[str] = []

    def play(self, commands: tuple[str, ...]) -> str:
        """Return the trace."""
        for command in commands:
            self.do(command)
        assert self.state is not None
        if self.state.status == "running":
            return " ".join([*self.trace, "/", *sorted(kernel.view(self.program, self.state).waiting)])
        return " ".join([*self.trace, "/", self.state.status])

    def do(self, text: str) -> None:
        """Let one command happen; one behind `!` must be refused."""
        if text.startswith("!"):
            try:
                self.do(text[1:])
            except EgovFlowError:
                return
            raise AssertionError(f"{text[1:]} is not refused")
        words, _, data = text.partition("{")
        kind, *names = words.split()
        values = feel.evaluate("{" + data, EMPTY, now=self.now) if data else EMPTY
        assert isinstance(values, Context)
        self.step(self.command(kind, names, values))

    def command(self, kind: str, names: list[str], data: Context) -> Command:
        """Return the command of some words."""
        target = " ".join(names)
        if kind == "start" and "by" in names:
            return Command(kind=kind, target=names[0], data=data, arguments=Context({"message": names[-1]}))
        if kind == "wait":
            self.now = feel.add_duration(self.now, feel.parse_duration(target))
            return Command(kind="due")
        if kind == "complete":
            return Command(kind=kind, target=self.token(names[0]), data=data)
        if kind == "report":
            arguments = Context({"outcome": names[1], "code": " ".join(names[2:])}) if len(names) > 1 else EMPTY
            return Command(kind=kind, target=self.token(names[0]), data=data, arguments=arguments)
        if kind in ("retry", "skip"):
            arguments = Context({"skip": True}) if kind == "skip" else EMPTY
            return Command(kind="retry" if kind == "retry" else "resolve", target=self.token(names[0]), data=data, arguments=arguments)
        if kind == "move":
            return Command(kind=kind, target=self.token(names[0]), arguments=Context({"to": names[1]}))
        return Command(kind=kind, target=target, data=data)

    def step(self, command: Command) -> None:
        """Step the kernel and look at what must always hold."""
        step = kernel.step(self.program, self.state, command, self.now)
        assert kernel.defects(self.program, step.state) == []
        assert kernel.load(self.program, kernel.dump(self.program, step.state)) == step.state
        again = kernel.step(self.program, self.state, command, self.now)
        assert kernel.dump(self.program, again.state) == kernel.dump(self.program, step.state)
        self.state = step.state
        self.trace += self.told(step)

    def told(self, step: Step[kernel.State]) -> Iterator[str]:
        """Yield the words of a step's trace."""
        for occurrence in step.occurrences:
            node = self.program.node(occurrence.element)
            if occurrence.kind == "entered" and node is not None and _is_told(node):
                yield occurrence.element
            elif occurrence.kind == "begun":
                yield f"{occurrence.element}*"
            elif occurrence.kind == "incident":
                yield f"{occurrence.detail.replace(' ', '_')}@{occurrence.element}"
            elif occurrence.kind == "uncaught":
                yield f"!{occurrence.detail}"

    def token(self, element: str) -> str:
        """Return the oldest token that rests at an element, or that of its first instance."""
        assert self.state is not None
        found = [r.token for r in kernel.resting(self.program, self.state) if r.element == element and r.phase != "block"]
        assert found, f"nothing rests at {element}"
        return str(found[0])


def _is_told(node: kernel.Node) -> bool:
    is_plain_end = node.kind == "endEvent" and node.trigger is None
    return not (node.kind == "startEvent" or node.kind.endswith("Gateway") or is_plain_end)
