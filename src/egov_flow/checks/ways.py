# SPDX-License-Identifier: Apache-2.0
"""The ways of tokens through a process or sub-process, as rules about joins look at them: which lie on which, which exclude and which accompany each other.

Data are ignored: every choice may go either way. A boundary event is a way out of its activity, and a pair of link events a flow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

import attrs

from egov_flow.bpmn import Content, FlowNode, SequenceFlow, link_ways
from egov_flow.checks.dominance import Dominance

__all__ = ["ENTRY", "EXCLUSIVE", "Way", "Ways", "ends_others", "is_compensation"]

ENTRY = ""
EXCLUSIVE = frozenset({"exclusiveGateway", "eventBasedGateway"})
PARTS = frozenset({"inclusiveGateway", "complexGateway"})
ENDS_ALL = frozenset({"terminate", "error", "cancel", "escalation"})


@attrs.frozen
class Way:
    """One step from a node to the next.

    Attributes:
        source: node that it leaves; "" for the beginning.
        target: node that it comes to.
        flow: id of the sequence flow; "" for a boundary event, a link or the beginning.
        choice: ways of one source with different choices are never taken by one token; "" is taken with any.
        is_sure: it is taken whenever its choice is.
    """

    source: str
    target: str
    flow: str = ""
    choice: str = ""
    is_sure: bool = True


@attrs.frozen(eq=False, slots=False)
class Ways:
    """The ways of one process or sub-process."""

    content: Content

    @cached_property
    def nodes(self) -> dict[str, FlowNode]:
        """Every node by id."""
        return {node.id: node for node in self.content.nodes}

    @cached_property
    def leaving(self) -> dict[str, tuple[Way, ...]]:
        """The ways out of each node."""
        found: defaultdict[str, list[Way]] = defaultdict(list)
        for way in self._all():
            found[way.source].append(way)
        return {source: tuple(ways) for source, ways in found.items()}

    @cached_property
    def coming(self) -> dict[str, tuple[Way, ...]]:
        """The ways into each node."""
        found: defaultdict[str, list[Way]] = defaultdict(list)
        for ways in self.leaving.values():
            for way in ways:
                found[way.target].append(way)
        return {target: tuple(ways) for target, ways in found.items()}

    def joins(self, kind: str) -> list[FlowNode]:
        """Return the gateways of a kind that several flows lead to."""
        return [node for node in self.content.nodes if node.kind == kind and len(self.coming.get(node.id, ())) > 1]

    def _all(self) -> Iterator[Way]:
        hosts = defaultdict(list)
        for node in self.content.nodes:
            if node.event is not None and node.event.attached_to in self.nodes and not is_compensation(node):
                hosts[node.event.attached_to].append(node)
        for flow in self.content.flows:
            source = self.nodes.get(flow.source)
            if source is not None and flow.target in self.nodes:
                interrupted = any(b.event is not None and b.event.is_interrupting for b in hosts[source.id])
                yield self._flow(flow, source, "done" if interrupted else "")
        for host, borders in hosts.items():
            yield from (Way(host, b.id, choice=b.id if b.event and b.event.is_interrupting else "", is_sure=False) for b in borders)
        yield from self._links()
        yield from self._begins()

    def _flow(self, flow: SequenceFlow, source: FlowNode, choice: str) -> Way:
        if source.kind in EXCLUSIVE and not _awaits_all(source):
            return Way(source.id, flow.target, flow.id, flow.id)
        is_default = flow.id == source.default
        chooses = is_default or source.kind in PARTS or (flow.condition is not None and source.activity is not None)
        always = flow.condition is not None and flow.condition.text.strip() == "true"
        return Way(source.id, flow.target, flow.id, choice, is_sure=len(source.outgoing) < 2 or not chooses or always)

    def _links(self) -> Iterator[Way]:
        for thrown, caught in link_ways(self.content).items():
            yield from (Way(thrown, end) for end in caught)

    def _begins(self) -> Iterator[Way]:
        starts = [node for node in self.content.nodes if node.kind == "startEvent"]
        if starts:
            yield from (Way(ENTRY, node.id, choice=node.id) for node in starts)
            return
        to = {flow.target for flow in self.content.flows}
        for node in self.content.nodes:
            hangs = node.event is not None and (node.event.attached_to or any(d.kind == "link" for d in node.event.definitions))
            aside = node.activity is not None and (node.activity.is_for_compensation or node.activity.is_event_subprocess)
            if node.id not in to and not hangs and not aside:
                begins = (node.gateway is not None and node.gateway.is_instantiating) or (
                    node.activity is not None and node.activity.is_instantiating
                )
                yield Way(ENTRY, node.id, choice=node.id if begins and not _awaits_all(node) else "")

    @cached_property
    def marked(self) -> frozenset[str]:
        """What a token can come to at all: a parallel join only when every way into it can bring one."""
        found: set[str] = {ENTRY}
        waiting = {join.id: len(self.coming[join.id]) for join in self.joins("parallelGateway")}
        todo = [ENTRY]
        while todo:
            for way in self.leaving.get(todo.pop(), ()):
                waiting[way.target] = waiting.get(way.target, 1) - 1
                if waiting[way.target] <= 0 and way.target not in found:
                    found.add(way.target)
                    todo.append(way.target)
        return frozenset(found)

    def before(self, ways: Iterable[Way], without: Collection[str] = ()) -> set[Way]:
        """Return the ways on which a token can be that comes to one of some ways, not through the nodes `without`; those ways included."""
        found: set[Way] = set()
        todo = [way for way in ways if way.source not in without]
        found.update(ways)
        while todo:
            for way in self.coming.get(todo.pop().source, ()):
                if way not in found:
                    found.add(way)
                    if way.source not in without:
                        todo.append(way)
        return found

    def behind(self, ways: Iterable[Way], without: Collection[str] = ()) -> set[Way]:
        """Return the ways that a token can take that is on one of some ways, not through the nodes `without`; those ways included."""
        found = set(ways)
        todo = [way for way in found if way.target not in without]
        while todo:
            for way in self.leaving.get(todo.pop().target, ()):
                if way not in found:
                    found.add(way)
                    if way.target not in without:
                        todo.append(way)
        return found

    @cached_property
    def passed(self) -> Dominance:
        """What every token has passed that is at a node or on a way."""
        return Dominance.of(ENTRY, self._following)

    def _following(self, thing: object) -> Iterable[Hashable]:
        return (thing.target,) if isinstance(thing, Way) else self.leaving.get(str(thing), ())

    @cached_property
    def rounds(self) -> dict[str, int]:
        """The number of the round that each node lies in: from every node of a round a token can come to every other (Sharir 1981)."""
        found: dict[str, int] = {}
        for node in reversed(self._finished()):
            if node not in found:
                number, todo = len(found), [node]
                found[node] = number
                while todo:
                    before = {way.source for way in self.coming.get(todo.pop(), ()) if way.source not in found}
                    found.update(dict.fromkeys(before, number))
                    todo.extend(before)
        return found

    def _finished(self) -> list[str]:
        """Return the nodes in the order in which a walk through all of them leaves each for good."""
        seen, order = set[str](), list[str]()
        for begin in [ENTRY, *self.nodes]:
            stack = [] if begin in seen else [(begin, iter(self.leaving.get(begin, ())))]
            seen.add(begin)
            while stack:
                target = next((way.target for way in stack[-1][1] if way.target not in seen), None)
                if target is None:
                    order.append(stack.pop()[0])
                else:
                    seen.add(target)
                    stack.append((target, iter(self.leaving.get(target, ()))))
        return order

    @cached_property
    def splits(self) -> tuple[str, ...]:
        """The nodes that tokens may leave over several ways at once."""
        return tuple(source for source, ways in self.leaving.items() if self.together(source, ways, ways) is not None)

    @cached_property
    def _behind_splits(self) -> frozenset[str]:
        return frozenset(way.target for way in self.behind(way for split in self.splits for way in self.leaving[split]))

    def splits_before(self, node: str) -> bool:
        """Return whether several tokens may be under way at once before a node is entered, or again after it."""
        return node in self._behind_splits

    def together(self, source: str, ones: Sequence[Way], others: Sequence[Way]) -> tuple[Way, Way] | None:
        """Return a way out of a node among `ones` and another among `others` that tokens may take at once; None if there are none."""
        default = self.nodes[source].default if source else ""
        of_choice: defaultdict[str, list[Way]] = defaultdict(list)
        for other in others:
            of_choice[other.choice].append(other)
        for one in ones:
            for other in chain(of_choice[""], of_choice[one.choice]) if one.choice else others:
                may_be_left = default and default in (one.flow, other.flow) and not (one.is_sure and other.is_sure)
                if one != other and not may_be_left:
                    return one, other
        return None


def ends_others(ways: Ways, taken: Iterable[Way]) -> bool:
    """Return whether a token that is on one of some ways ends what else is under way at the next node."""
    events = [ways.nodes[way.target].event for way in taken]
    return any(d.kind in ENDS_ALL for event in events if event is not None for d in event.definitions)


def is_compensation(node: FlowNode) -> bool:
    """Return whether an event is one of compensation, which ends nothing and leads nowhere."""
    return node.event is not None and any(d.kind == "compensate" for d in node.event.definitions)


def _awaits_all(node: FlowNode) -> bool:
    """Return whether a gateway begins a case with the first of its events and awaits the others too."""
    return node.gateway is not None and node.gateway.is_instantiating and node.gateway.event_type == "Parallel"
