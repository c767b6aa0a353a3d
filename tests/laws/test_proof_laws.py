# SPDX-License-Identifier: Apache-2.0
"""Laws of proof: what is built of blocks is sound, a changed gateway is found, and small graphs agree with a token game of three rules."""

from __future__ import annotations

from collections import Counter, deque
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from egov_flow.bpmn.model import Activity, Content, Definitions, Event, FlowNode, Gateway, Process, SequenceFlow
from egov_flow.procedure.model import Obligation, Procedure
from egov_flow.proof import prove

SHIPPED = sorted(file.parent for file in (Path(__file__).parents[2] / "processes").glob("*/*/process.bpmn"))
FEW = settings(max_examples=60, deadline=None)
TASK = st.sampled_from(["userTask", "serviceTask", "scriptTask", "task"])
BLOCKS = st.recursive(
    st.tuples(st.just("task"), TASK),
    lambda inner: st.one_of(
        st.tuples(st.just("sequence"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.sampled_from(["exclusive", "parallel", "inclusive"]), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("loop"), inner),
    ),
    max_leaves=8,
)


@attrs.define
class Drawing:
    """Nodes by kind and flows by ends, growing."""

    kinds: dict[str, str] = attrs.field(factory=dict)
    flows: list[tuple[str, str]] = attrs.field(factory=list)
    joins: list[tuple[str, str]] = attrs.field(factory=list)

    def node(self, kind: str) -> str:
        name = f"{kind}_{len(self.kinds)}"
        self.kinds[name] = kind
        return name

    def block(self, shape, before: str) -> str:
        """Draw a block behind a node; return its last node."""
        what, parts = shape
        if what == "task":
            return self.then(before, parts)
        if what == "sequence":
            for part in parts:
                before = self.block(part, before)
            return before
        if what == "loop":
            top = self.then(before, "exclusiveGateway")
            bottom = self.then(self.block(parts, top), "exclusiveGateway")
            self.flows.append((bottom, top))
            return bottom
        split, join = self.then(before, f"{what}Gateway"), self.node(f"{what}Gateway")
        self.joins.append((split, join))
        for part in parts:
            self.flows.append((self.block(part, split), join))
        return join

    def then(self, before: str, kind: str) -> str:
        name = self.node(kind)
        self.flows.append((before, name))
        return name

    def procedure(self, *obligations: Obligation) -> Procedure:
        flows = [SequenceFlow(id=f"Flow_{i}", source=s, target=t) for i, (s, t) in enumerate(self.flows)]
        nodes = tuple(_node(name, kind, flows) for name, kind in self.kinds.items())
        process = Process(id="P", is_executable=True, content=Content(nodes=nodes, flows=tuple(flows)))
        return Procedure(id="p", process_id="P", model=Definitions(file="p.bpmn", processes=(process,)), obligations=obligations)


def _node(name, kind, flows):
    part = (
        {"gateway": Gateway()} if kind.endswith("Gateway") else {"event": Event()} if kind.endswith("Event") else {"activity": Activity()}
    )
    incoming = tuple(f.id for f in flows if f.target == name)
    return FlowNode(id=name, kind=kind, incoming=incoming, outgoing=tuple(f.id for f in flows if f.source == name), **part)


def drawn(shape) -> Drawing:
    """Draw a block between a start, a last task and an end."""
    drawing = Drawing()
    last = drawing.block(shape, drawing.node("startEvent"))
    drawing.then(drawing.then(last, "userTask"), "endEvent")
    return drawing


@FEW
@given(BLOCKS)
def test_what_is_built_of_blocks_is_sound_and_its_last_task_always_done(shape):
    drawing = drawn(shape)
    last = next(source for source, target in drawing.flows if drawing.kinds[target] == "endEvent")
    first = drawing.flows[0][1]
    obligations = (Obligation(id="last", kind="exists", elements=(last,)), Obligation(id="order", kind="before", elements=(first, last)))
    proof = prove(drawing.procedure(*obligations))

    assert proof.findings == ()
    assert proof.sound is True
    assert [verdict.holds for verdict in proof.obligations] == [True, True]


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_every_shipped_procedure_is_sound_and_keeps_its_obligations(folder):
    proof = prove(Procedure.read(str(folder)))

    assert (proof.sound, proof.findings, proof.not_verified) == (True, (), ())
    assert {verdict.holds for verdict in proof.obligations} == {True}


@FEW
@given(BLOCKS, st.data())
def test_a_gateway_of_another_kind_than_its_pair_is_found(shape, data):
    drawing = drawn(shape)
    pairs = [pair for pair in drawing.joins if drawing.kinds[pair[0]] != "inclusiveGateway"]
    assume(pairs)
    changed = data.draw(st.sampled_from([gateway for pair in pairs for gateway in pair]))
    other = {"exclusiveGateway": "parallelGateway", "parallelGateway": "exclusiveGateway"}[drawing.kinds[changed]]
    drawing.kinds[changed] = other
    proof = prove(drawing.procedure())

    assert proof.sound is False
    assert proof.counterexamples[0].path[0] == "startEvent_0"


@FEW
@given(BLOCKS)
def test_no_claim_is_made_past_the_bound(shape):
    drawing = drawn(shape)
    states = prove(drawing.procedure()).states

    assert prove(drawing.procedure(), states=states).sound is True
    assert prove(drawing.procedure(), states=max(1, states // 2 - 1)).sound is None


# ---- against a token game: tasks rest, exclusive gateways choose, parallel gateways wait for all


@st.composite
def graphs(draw):
    """Return a small graph in which each gateway can be reached and only tasks lie between gateways, so that no token moves for ever."""
    drawing = Drawing()
    start, end = drawing.node("startEvent"), drawing.node("endEvent")
    kinds = draw(st.lists(st.sampled_from(["exclusiveGateway", "parallelGateway"]), min_size=2, max_size=5))
    gateways = [drawing.node(kind) for kind in kinds]
    drawing.flows += [(start, gateways[0]), (gateways[-1], end)]
    pairs = [(draw(st.sampled_from(gateways[:position])), gateways[position]) for position in range(1, len(gateways))]
    pairs += draw(st.lists(st.tuples(st.sampled_from(gateways), st.sampled_from([*gateways, end])), max_size=4))
    for source, target in pairs:
        task = drawing.node("userTask")
        drawing.flows += [(source, task), (task, target)]
    return drawing


class Game:
    """The markings of a graph: tasks that hold tokens, and tokens that wait on flows into joins."""

    def __init__(self, drawing: Drawing) -> None:
        self.kinds, self.flows = drawing.kinds, drawing.flows
        self.out = {name: [f for f in drawing.flows if f[0] == name] for name in drawing.kinds}
        self.into = {name: [f for f in drawing.flows if f[1] == name] for name in drawing.kinds}

    def arrive(self, marking: Counter, flow) -> list[Counter]:
        """Return the markings that a token on a flow leads to."""
        name = flow[1]
        if self.kinds[name] == "endEvent" or (self.kinds[name] == "exclusiveGateway" and not self.out[name]):
            return [marking]  # what has no way on consumes its token
        if self.kinds[name] == "userTask":
            return [marking + Counter([name])]
        if self.kinds[name] == "exclusiveGateway":
            return [m for f in self.out[name] for m in self.arrive(marking, f)]
        waiting = marking + Counter([flow])
        if any(not waiting[f] for f in self.into[name]):
            return [waiting]
        left = waiting - Counter(self.into[name])
        found = [left]
        for f in self.out[name]:
            found = [m for before in found for m in self.arrive(before, f)]
        return found

    def explore(self):
        """Return (whether two tokens met, whether some marking has no way to the end, tasks that held a token)."""
        todo = deque(self.arrive(Counter(), self.out["startEvent_0"][0]))
        after: dict[frozenset, list[frozenset]] = {}
        reached, double = set(), False
        while todo:
            marking = todo.popleft()
            key = frozenset(marking.items())
            if key in after:
                continue
            after[key] = []
            reached |= {place for place in marking if isinstance(place, str)}
            if any(count > 1 for count in marking.values()):
                double = True
                continue
            for task in [place for place in marking if isinstance(place, str)]:
                for following in self.arrive(marking - Counter([task]), self.out[task][0]):
                    after[key].append(frozenset(following.items()))
                    todo.append(following)
        return double, self._hopeless(after), reached

    @staticmethod
    def _hopeless(after) -> bool:
        good = {key for key in after if not key}
        while True:
            more = {key for key, following in after.items() if key not in good and any(f in good for f in following)}
            if not more:
                return bool(after.keys() - good)
            good |= more


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_small_graphs_agree_with_the_token_game(drawing):
    double, hopeless, reached = Game(drawing).explore()
    dead = {name for name, kind in drawing.kinds.items() if kind == "userTask"} - reached
    proof = prove(drawing.procedure())
    kinds = {c.kind for c in proof.counterexamples}

    assert ("improper completion" in kinds) == double
    if double:
        return
    assert bool(kinds & {"deadlock", "livelock"}) == hopeless
    assert {c.element for c in proof.counterexamples if c.kind == "dead element"} >= dead
    assert (proof.sound is True) == (not hopeless and not proof.counterexamples)


def test_the_token_game_itself_knows_a_deadlock():
    drawing = Drawing()
    start, split, join, end = (drawing.node(kind) for kind in ("startEvent", "exclusiveGateway", "parallelGateway", "endEvent"))
    drawing.flows.append((start, split))
    for task in (drawing.node("userTask"), drawing.node("userTask")):
        drawing.flows += [(split, task), (task, join)]
    drawing.flows.append((join, end))

    assert Game(drawing).explore()[:2] == (False, True)
