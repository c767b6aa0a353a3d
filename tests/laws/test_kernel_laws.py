# SPDX-License-Identifier: Apache-2.0
"""What holds for every drawing and every sequence of commands: determinism, purity, replay, storage, and the rules of the token game."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.errors import EgovFlowError
from egov_flow.procedure import Procedure, read_files
from egov_flow.values import Command

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
LIMITS = kernel.Limits(fuel=400)
KINDS = (
    "user",
    "user",
    "service",
    "script",
    "script",
    "task",
    "xor",
    "and",
    "or",
    "or",
    "message",
    "timer",
    "throw",
    "receive",
    "events",
    "sub",
    "any",
    "all",
    "throws",
)
TAGS = {
    "user": "userTask", "service": "serviceTask", "task": "task", "xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway",
}  # fmt: skip
MESSAGE = '<messageEventDefinition messageRef="m"/>'
OTHER = '<messageEventDefinition messageRef="o"/>'
TIMERS = (
    "<timeDuration>PT1H</timeDuration>",
    "<timeDuration>PT0S</timeDuration>",
    "<timeCycle>R2/PT1H</timeCycle>",
    "<timeCycle>R/P1M</timeCycle>",
)


def procedure_of(body: str) -> Procedure:
    head = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    roots = '<message id="m" name="M"/><message id="o" name="N"/>'
    xml = f'<definitions {head} id="D" targetNamespace="t">{roots}<process id="P" isExecutable="true">{body}</process></definitions>'
    return read_files([("process.bpmn", xml.encode())], "random")


class Graph:
    """A random drawing without structure: anything may lead to anything, also back."""

    def __init__(self, rng: random.Random, prefix: str = "", depth: int = 1) -> None:
        self.rng, self.prefix = rng, prefix
        self.parts: list[str] = []
        self.reached: set[str] = set()
        self.sources: list[tuple[str, bool]] = []
        self.targets: list[str] = []
        for number in range(rng.randint(2, 7)):
            self.element(f"{prefix}n{number}", rng.choice(KINDS), depth)
        for number in range(rng.randint(1, 2)):
            inner = rng.choice(["", "", MESSAGE, "<terminateEventDefinition/>", f"<terminateEventDefinition/>{MESSAGE}{OTHER}"])
            self.parts.append(f'<endEvent id="{prefix}e{number}">{inner}</endEvent>')
            self.targets.append(f"{prefix}e{number}")
        kind = "" if prefix else rng.choice(["", "", "", "together", "receive", "Exclusive", "Parallel"])
        begins = self.beginning(kind)
        self.flow(begins, self.targets[0])
        for source, chooses in self.sources:
            self.leave(source, chooses)
        for target in [t for t in self.targets if t not in self.reached] if kind not in ("", "together") else []:
            self.flow(begins, target)  # beside what begins it by itself nothing may be without incoming flow

    def beginning(self, kind: str) -> str:
        """Draw what begins the graph, and return the id of what a flow leaves."""
        start = f"{self.prefix}s"
        if kind == "receive":
            self.parts.append(f'<receiveTask id="{start}" messageRef="m" instantiate="true"/>')
        elif kind in ("Exclusive", "Parallel"):
            self.parts.append(f'<eventBasedGateway id="{start}" instantiate="true" eventGatewayType="{kind}"/>')
            for letter, inner in (("m", MESSAGE), ("o", OTHER)):
                self.parts.append(f'<intermediateCatchEvent id="{start}{letter}">{inner}</intermediateCatchEvent>')
                self.flow(start, start + letter)
            self.flow(f"{start}o", self.targets[-1])
            return f"{start}m"
        else:
            attribute, inner = (' parallelMultiple="true"', MESSAGE + OTHER) if kind else ("", "")
            self.parts.append(f'<startEvent id="{start}"{attribute}>{inner}</startEvent>')
        return start

    def element(self, name: str, kind: str, depth: int) -> None:
        chooses = kind in ("xor", "or")
        if kind == "sub" and depth:
            self.parts.append(f'<subProcess id="{name}">{Graph(self.rng, name, 0).xml}</subProcess>')
        elif kind in ("script", "sub"):
            self.parts.append(f'<scriptTask id="{name}"><script>{{n: n + 1}}</script></scriptTask>')
        elif kind == "message":
            self.parts.append(f'<intermediateCatchEvent id="{name}">{MESSAGE}</intermediateCatchEvent>')
        elif kind == "timer":
            time = self.rng.choice(TIMERS[:2])
            self.parts.append(
                f'<intermediateCatchEvent id="{name}"><timerEventDefinition>{time}</timerEventDefinition></intermediateCatchEvent>'
            )
        elif kind in ("any", "all"):
            attribute = ' parallelMultiple="true"' if kind == "all" else ""
            inner = f"{MESSAGE}{OTHER}<timerEventDefinition>{self.rng.choice(TIMERS[:2])}</timerEventDefinition>"
            self.parts.append(f'<intermediateCatchEvent id="{name}"{attribute}>{inner}</intermediateCatchEvent>')
        elif kind == "throws":
            self.parts.append(f'<intermediateThrowEvent id="{name}">{MESSAGE}{OTHER}</intermediateThrowEvent>')
        elif kind == "throw":
            self.parts.append(f'<intermediateThrowEvent id="{name}">{MESSAGE}</intermediateThrowEvent>')
        elif kind == "receive":
            self.parts.append(f'<receiveTask id="{name}" messageRef="m"/>')
        elif kind == "events":
            self.events(name)
        else:
            handler = ' camunda:topic="h"' if kind == "service" else ""
            self.parts.append(f'<{TAGS[kind]} id="{name}"{handler}/>')
        self.targets.append(name)
        if kind != "events":
            self.sources.append((name, chooses))
        if kind in ("user", "service", "receive", "sub") and self.rng.random() < 0.5:
            self.boundary(name)

    def events(self, name: str) -> None:
        self.parts.append(f'<eventBasedGateway id="{name}"/>')
        for letter, inner in (("a", MESSAGE), ("b", f"<timerEventDefinition>{TIMERS[0]}</timerEventDefinition>")):
            self.parts.append(f'<intermediateCatchEvent id="{name}{letter}">{inner}</intermediateCatchEvent>')
            self.flow(name, name + letter)
            self.sources.append((name + letter, False))

    def boundary(self, host: str) -> None:
        timers = [f"<timerEventDefinition>{t}</timerEventDefinition>" for t in TIMERS]
        inner = self.rng.choice([MESSAGE, *timers, MESSAGE + OTHER, MESSAGE + self.rng.choice(timers)])
        cancel, together = self.rng.choice(["true", "false"]), self.rng.choice(["true", "false"])
        attributes = f'cancelActivity="{cancel}" parallelMultiple="{together}"'
        self.parts.append(f'<boundaryEvent id="{host}b" attachedToRef="{host}" {attributes}>{inner}</boundaryEvent>')
        self.sources.append((host + "b", False))

    def leave(self, source: str, chooses: bool) -> None:
        others = [t for t in self.targets if t != source]
        count = self.rng.choice([1, 2, 3]) if chooses else self.rng.choice([0, 1, 1, 1, 2])
        targets = self.rng.sample(others, min(count, len(others)))
        for position, target in enumerate(targets):
            condition = ""
            if chooses and len(targets) > 1:
                test = self.rng.choice([f"modulo(n, 3) = {position}", "n &gt; 3", "n &lt; 6", "true", "missing"])
                condition = f"<conditionExpression>{test}</conditionExpression>"
            self.flow(source, target, condition)

    def flow(self, source: str, target: str, inner: str = "") -> None:
        self.reached.add(target)
        self.parts.append(f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>')

    @property
    def xml(self) -> str:
        return "".join(self.parts)


def program_of(rng: random.Random) -> kernel.Program:
    return kernel.compile(procedure_of(Graph(rng).xml))


def next_command(rng: random.Random, program: kernel.Program, state: kernel.State) -> Command:
    """Return some command, mostly one that fits."""
    data = freeze({"n": rng.randint(0, 6), "k": rng.choice([None, 1])})
    fitting = [attrs.evolve(c, data=data) for c in kernel.possible_commands(program, state)]
    chance = rng.random()
    if fitting and chance < 0.7:
        return rng.choice(fitting)
    tokens = kernel.resting(program, state)
    if tokens and chance < 0.95:
        arguments = {
            "to": rng.choice(program.nodes).id,
            "outcome": rng.choice(["result", "failure", "error"]),
            "skip": rng.choice([True, False]),
        }
        kind = rng.choice(["retry", "resolve", "report", "move", "complete"])
        return Command(kind=kind, target=str(rng.choice(tokens).token), data=data, arguments=freeze(arguments))
    kind = "resume" if state.status == "suspended" else rng.choice(["due", "correct", "suspend", "send", "expire"])
    return Command(kind=kind, target=rng.choice("MN") if kind == "send" else "", data=data)


def first_command(rng: random.Random, program: kernel.Program) -> Command:
    """Return a command that starts the case, perhaps with one of the messages that its start event needs."""
    command = attrs.evolve(rng.choice(kernel.starts(program)), data=freeze({"n": 0}))
    if kernel.awaits_more(program, command.target) and rng.random() < 0.8:
        return attrs.evolve(command, arguments=freeze({"message": rng.choice("MN")}))
    return command


def walk(rng: random.Random, program: kernel.Program, length: int = 14):
    """Yield (state before, command, moment, step or error) of a random walk."""
    state, now, command = None, START, first_command(rng, program)
    for _ in range(length):
        try:
            outcome = kernel.step(program, state, command, now, limits=LIMITS)
        except EgovFlowError as error:
            outcome = error
        yield state, command, now, outcome
        if not isinstance(outcome, EgovFlowError):
            state = outcome.state
        if state is None or state.status in ("completed", "cancelled") or len(state.scopes[1].tokens) > 60:
            return
        command = next_command(rng, program, state)
        now += timedelta(minutes=rng.choice([0, 20, 60, 60 * 24 * 40]))


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_walk_is_sound_pure_storable_and_replayable(rng):
    program = program_of(rng)
    replayed = None
    for state, command, now, outcome in walk(rng, program):
        if isinstance(outcome, EgovFlowError):
            continue
        assert kernel.defects(program, outcome.state) == []
        dumped = kernel.dump(program, outcome.state)
        assert kernel.load(program, dumped) == outcome.state
        if state is not None:
            stored = kernel.load(program, kernel.dump(program, state))
            assert kernel.dump(program, kernel.step(program, stored, command, now, limits=LIMITS).state) == dumped
        replayed = kernel.step(program, replayed, command, now, limits=LIMITS).state
        assert kernel.dump(program, replayed) == dumped


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_state_tells_the_timers_and_jobs_that_its_steps_have_told(rng):
    program = program_of(rng)
    timers, jobs = {}, set()
    for _, _, _, outcome in walk(rng, program):
        if isinstance(outcome, EgovFlowError):
            continue
        timers = {wait: due for wait, due in (timers | {t.wait: t.due for t in outcome.timers}).items() if due is not None}
        jobs |= {job.token for job in outcome.jobs if job.change == "opened"}
        state = kernel.load(program, kernel.dump(program, outcome.state))

        assert {a.wait: a.due for a in kernel.awaited(program, state) if a.due is not None} == timers
        assert {rest.token for rest in kernel.resting(program, state, "job")} <= jobs
        assert program.has_messages or not outcome.messages


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_step_and_no_refusal_changes_the_state_that_it_was_given(rng):
    program = program_of(rng)
    before = {}
    for state, _, _, _ in walk(rng, program):
        if state is not None:
            before[id(state)] = (state, kernel.dump(program, state))
    for state, dumped in before.values():
        assert kernel.dump(program, state) == dumped


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_element_by_element_leads_to_the_same_state(rng):
    program = program_of(rng)
    for state, command, now, outcome in walk(rng, program, 5):
        if isinstance(outcome, EgovFlowError) or command.kind == "due" or any(o.detail == "fuel" for o in outcome.occurrences):
            continue
        paused = kernel.step(program, state, command, now, entries=0).state
        for _ in range(400):
            if not (paused.pending or paused.late):
                break
            paused = kernel.proceed(program, paused, now).state
        assert kernel.dump(program, paused) == kernel.dump(program, outcome.state)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_to_pass_a_straight_element_is_to_perform_and_leave_it(rng):
    program = program_of(rng)
    performing = attrs.evolve(program)
    object.__setattr__(performing, "straight", (None,) * len(program.nodes))
    for state, command, now, outcome in walk(rng, program):
        if not isinstance(outcome, EgovFlowError):
            assert kernel.step(performing, state, command, now, limits=LIMITS) == outcome


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_data_decides_is_one_of_the_outcomes_that_ignore_data(rng):
    program = program_of(rng)
    for state, command, now, outcome in walk(rng, program, 6):
        is_plain = command.kind in ("start", "complete", "report", "send") and command.arguments.get("outcome", "result") == "result"
        if isinstance(outcome, EgovFlowError) or not is_plain or outcome.incidents:
            continue
        found = list(islice(kernel.outcomes(program, state, command, now, limits=LIMITS), 300))
        if len(found) < 300:
            assert kernel.marking(outcome.state) in {kernel.marking(o.step.state) for o in found}


def digest_of_walks() -> str:
    """Return one hash over many walks: their states and everything they told."""
    digest = hashlib.sha256()
    for seed in range(40):
        rng = random.Random(seed)
        program = program_of(rng)
        for _, _, _, outcome in walk(rng, program):
            if not isinstance(outcome, EgovFlowError):
                marking = kernel.dump(program, outcome.state)
                digest.update(marking.clear + marking.secret + repr(outcome.occurrences).encode())
            else:
                digest.update(str(outcome).encode())
    return digest.hexdigest()


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_bytes_are_the_same_under_every_hash_seed(seed):
    run = subprocess.run([sys.executable, __file__], env=dict(os.environ, PYTHONHASHSEED=seed), capture_output=True, text=True, check=True)

    assert run.stdout.strip() == digest_of_walks()


class TokenGame:
    """The token game of gateways, written from BPMN 2.0.2 §13.4 alone: a marking of flows, and any node that is enabled fires.

    A complex gateway needs some number of tokens (`needed`), and gives one when it starts and none when it resets.
    """

    def __init__(self, rng: random.Random) -> None:
        self.kind: dict[str, str] = {}
        self.needed: dict[str, int] = {}
        self.edges: list[tuple[str, str]] = []
        start = self.node("start")
        opened, merges = [start], []
        for _ in range(rng.randint(3, 10)):
            act = rng.choice(["split", "split", "join", "merge", "loop"])
            if act == "split" and len(opened) < 6:
                node = self.node(rng.choice(["and", "xor", "or"]))
                self.edges.append((opened.pop(rng.randrange(len(opened))), node))
                opened += [node] * rng.choice([2, 2, 3])
            elif act == "join" and len(opened) > 1:
                rng.shuffle(opened)
                node = self.node(rng.choice(["and", "xor", "or", "complex"]))
                self.needed[node] = rng.choice([1, 1, 2, 3])
                self.edges += [(opened.pop(), node) for _ in range(rng.randint(2, min(3, len(opened))))]
                opened.append(node)
            elif act == "merge":
                node = self.node("xor")
                self.edges.append((opened.pop(rng.randrange(len(opened))), node))
                merges.append(node)
                opened.append(node)
            elif act == "loop" and merges:
                node = self.node("xor")
                self.edges += [(opened.pop(rng.randrange(len(opened))), node), (node, rng.choice(merges))]
                opened.append(node)
        self.edges += [(node, self.node("end")) for node in opened]

    def node(self, kind: str) -> str:
        name = f"{kind}{len(self.kind)}"
        self.kind[name] = kind
        return name

    def outgoing(self, node: str) -> list[int]:
        return [i for i, (source, _) in enumerate(self.edges) if source == node]

    def incoming(self, node: str) -> list[int]:
        return [i for i, (_, target) in enumerate(self.edges) if target == node]

    def xml(self) -> str:
        tags = {"start": "startEvent", "end": "endEvent", "complex": "complexGateway", **TAGS}
        inner = {
            n: f"<activationCondition>activationCount &gt;= {self.needed[n]}</activationCondition>"
            for n, k in self.kind.items()
            if k == "complex"
        }
        nodes = "".join(f'<{tags[kind]} id="{name}">{inner.get(name, "")}</{tags[kind]}>' for name, kind in self.kind.items())
        return nodes + "".join(f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>' for i, (a, b) in enumerate(self.edges))

    def leads(self, edge: int, target: int, around: str) -> bool:
        """Return whether a path leads from a flow to another without visiting a node."""
        seen, todo = set(), [edge]
        while todo:
            found = todo.pop()
            if found == target:
                return True
            if found not in seen and self.edges[found][1] != around:
                seen.add(found)
                todo += self.outgoing(self.edges[found][1])
        return False

    def waits(self, node: str, full: list[int], tokens: Counter[int]) -> bool:
        """§13.4.3: a token elsewhere has a path to an empty incoming flow and none to a full one, both without visiting the gateway."""
        empty = [e for e in self.incoming(node) if e not in full]
        elsewhere = [e for e, count in tokens.items() if count and self.edges[e][1] != node and self.kind[self.edges[e][1]] != "end"]
        return any(any(self.leads(e, x, node) for x in empty) and not any(self.leads(e, x, node) for x in full) for e in elsewhere)


def chosen(kind: str, visit: int, flows: list[int]) -> list[int]:
    if kind == "xor":
        return [flows[visit % len(flows)]]
    mask = (visit * 5 + 3) % (2 ** len(flows) - 1) + 1
    return [flow for bit, flow in enumerate(flows) if mask >> bit & 1]


class SameChoices:
    """Let the kernel choose at each visit of a gateway what the token game chooses."""

    ignores_data = True

    def __init__(self) -> None:
        self.visits: Counter[str] = Counter()

    def pick(self, options: kernel.Options) -> int:
        flows = list(range(len(options.conditional)))
        found = chosen("xor" if options.is_exclusive else "or", self.visits[options.element], flows)
        self.visits[options.element] += 1
        index = options.index(options.conditional[i] for i in found)
        assert index is not None
        return index


class Following:
    """Plays the kernel's own firings in the token game; every one must be enabled there."""

    def __init__(self, game: TokenGame) -> None:
        self.game = game
        self.underway: list[int] = []
        self.arrived: Counter[int] = Counter()
        self.resets: dict[str, set[int]] = {}

    @property
    def tokens(self) -> Counter[int]:
        return self.arrived + Counter(self.underway)

    def follow(self, kind: str, element: str) -> None:
        """Let one occurrence happen in the game too."""
        if kind == "taken":
            self.underway.append(int(element.removeprefix("f")))
        elif kind == "entered" and self.game.kind[element] != "start":
            self.latest = self.underway.pop(0)
            assert self.game.edges[self.latest][1] == element
            self.arrived[self.latest] += 1
        elif kind == "left":
            self.fire(element)
        elif kind == "reset":
            self.reset(element)

    def fire(self, node: str) -> None:
        kind, incoming = self.game.kind[node], self.game.incoming(node)
        full = [e for e in incoming if self.arrived[e]]
        if kind == "xor":
            full = [self.latest]
        elif kind == "and":
            assert full == incoming
        elif kind == "or":
            assert not self.game.waits(node, full, self.tokens)
        else:
            assert node not in self.resets
            assert sum(self.arrived[e] for e in incoming) >= self.game.needed[node]
            self.resets[node] = set(full)
        self.arrived.subtract(full)

    def reset(self, node: str) -> None:
        before = self.resets.pop(node)
        full = [e for e in self.game.incoming(node) if self.arrived[e]]
        assert not self.game.waits(node, [*full, *before], self.tokens)
        self.arrived.subtract(e for e in full if e not in before)

    def is_over(self) -> bool:
        """Return whether nothing in the game is enabled any more."""
        due = [node for node, flows in self.resets.items() if not self.game.waits(node, [*flows, *self.full(node)], self.tokens)]
        return not due and not any(self.is_enabled(node) for node in self.game.kind if node not in self.resets)

    def full(self, node: str) -> list[int]:
        return [e for e in self.game.incoming(node) if self.tokens[e]]

    def is_enabled(self, node: str) -> bool:
        kind, incoming, full = self.game.kind[node], self.game.incoming(node), self.full(node)
        if kind in ("start", "end") or not full:
            return False
        if kind == "complex":
            return sum(self.tokens[e] for e in incoming) >= self.game.needed[node]
        return kind == "xor" or (kind == "and" and full == incoming) or (kind == "or" and not self.game.waits(node, full, self.tokens))


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_gateways_play_the_token_game_of_the_standard(rng):
    """Whatever the kernel fires is enabled by the letter of the standard, and it stops only when nothing is enabled any more."""
    game = TokenGame(rng)
    program = kernel.compile(procedure_of(game.xml()), conditions="free")
    step = kernel.step(program, None, Command(kind="start"), START, choices=SameChoices(), limits=LIMITS)
    following = Following(game)
    for occurrence in step.occurrences:
        if occurrence.kind == "incident":
            break  # out of fuel, or stuck at joins: what follows parks what is left
        following.follow(occurrence.kind, occurrence.element)

    if not any(o.detail == "fuel" for o in step.occurrences):
        assert following.is_over()
        held = [e for e, count in following.tokens.items() if count and game.kind[game.edges[e][1]] != "end"]
        assert (step.status != "completed") == bool(held)


if __name__ == "__main__":
    print(digest_of_walks())
