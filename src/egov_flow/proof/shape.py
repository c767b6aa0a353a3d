# SPDX-License-Identifier: Apache-2.0
"""What the drawing alone says about how to explore it: loops without a stop, and events that may happen again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from egov_flow.kernel import Node, Program

NONE = -1

INSTANT = frozenset({
    "all", "abstract", "block", "complex", "exclusive", "inclusive", "link", "parallel", "pass", "raise", "script", "signal", "terminate", "throw",
})  # fmt: skip
"""Actions at which a token need not rest (a sub-process may have nothing to rest at)."""


def has_instant_loop(program: Program) -> bool:
    """Return whether tokens can go round without ever resting: then one step may have no end, and is explored element by element."""
    instant = {node.index for node in program.nodes if (node.body or node.action) in INSTANT}
    if any(node.index in instant and node.repetition is not None and node.repetition.kind == "loop" for node in program.nodes):
        return True
    following = {index: [n for n in _next(program, program.nodes[index]) if n in instant] for index in instant}
    waiting = dict.fromkeys(instant, 0)
    for nexts in following.values():
        for index in nexts:
            waiting[index] += 1
    free = [index for index, count in waiting.items() if not count]
    while free:
        for index in following.pop(free.pop()):
            waiting[index] -= 1
            if not waiting[index]:
                free.append(index)
    return bool(following)


def _next(program: Program, node: Node) -> Iterable[int]:
    """Return the nodes that a token can go to from a node, or begin inside it: a process may call itself."""
    return (*targets(program, node), *(program.blocks[node.content].starts if node.content != NONE else ()))


def targets(program: Program, node: Node) -> Iterable[int]:
    """Return the nodes that a token can go to from a node."""
    flows = (program.flows[flow].target for flow in node.outgoing)
    return flows if node.link == NONE else (*flows, node.link)


def repeating(program: Program) -> tuple[Node, ...]:
    """Return the boundary events that may happen any number of times while their activity runs: they wait for what may come again."""
    return tuple(node for node in program.nodes if node.host != NONE and not node.is_interrupting and _may_repeat(node))


def repeating_starts(program: Program) -> tuple[Node, ...]:
    """Return the start events of event sub-processes that may happen any number of times while their scope runs."""
    return tuple(node for node in program.nodes if node.event_block != NONE and not node.is_interrupting and _may_repeat(node))


AGAIN = frozenset({"message", "signal", "condition"})
THROWN = frozenset({"escalation", "signal"})
"""What elements of the case itself throw, however often."""


def _may_repeat(node: Node) -> bool:
    if node.trigger is None:
        return False
    again = [t.kind in AGAIN or (t.time is not None and t.time.kind == "cycle") for t in node.trigger.each]
    return all(again) if node.needs_all else any(again)


def behind(program: Program, starts: Iterable[int], without: int = NONE) -> frozenset[int]:
    """Return the nodes that tokens can come to from some nodes, themselves included, over flows and boundary events but not through `without`."""
    found: set[int] = set()
    todo = list(starts)
    while todo:
        index = todo.pop()
        if index not in found and index != without:
            found.add(index)
            todo.extend((*targets(program, program.nodes[index]), *program.nodes[index].boundary))
    return frozenset(found)


def side_paths(program: Program) -> tuple[Mapping[int, frozenset[int]], tuple[Node, ...]]:
    """Return the nodes of each repeating boundary event's own path, and the events whose path does not live a life of its own.

    A path lives its own life if nothing on it waits for tokens, nothing comes there from elsewhere, and nothing on it ends the scope. Its tokens then neither
    help nor hinder the rest of the case, nor each other: what is true of one is true of any number of them.
    """
    paths: dict[int, frozenset[int]] = {}
    meeting = []
    for event in repeating(program):
        paths[event.index], is_own = _path(program, event)
        if not is_own:
            meeting.append(event)
    for start in repeating_starts(program):
        paths[start.index] = frozenset({start.event_block})
        if throws_outwards(program, program.nodes[start.event_block]):
            meeting.append(start)
    return paths, tuple(meeting)


def thrown_paths(program: Program) -> frozenset[int]:
    """Return the nodes that follow an escalation or signal beside the flow and live a life of their own: they are begun as often as it is thrown."""
    found: set[int] = set()
    for event in program.nodes:
        if event.is_interrupting or event.trigger is None or not any(t.kind in THROWN for t in event.trigger.each):
            continue
        if event.event_block != NONE:
            found |= set() if throws_outwards(program, program.nodes[event.event_block]) else {event.event_block}
        elif event.host != NONE:
            path, is_own = _path(program, event)
            found |= path if is_own else set()
    return frozenset(found)


def begun_again(program: Program) -> tuple[Node, ...]:
    """Return the activities of ad-hoc sub-processes whose repetitions do not live a life of their own: something that follows waits for tokens."""
    enabled = (index for block in program.blocks if block.adhoc is not None for index in block.adhoc.enabled)
    return tuple(program.nodes[index] for index in enabled if any(_waits(program.nodes[i]) for i in behind(program, [index])))


def _path(program: Program, event: Node) -> tuple[frozenset[int], bool]:
    """Return the nodes of an event's own path, and whether it lives a life of its own."""
    reached = behind(program, [event.index])
    block = program.blocks[event.block]
    others = behind(program, (*block.starts, *block.entries.values()), without=event.index)
    return reached - others, not (reached & others or any(_waits(program.nodes[index]) for index in reached))


def throws_outwards(program: Program, node: Node) -> bool:
    """Return whether something inside a sub-process, or inside what it calls, throws what is caught around it."""
    seen: set[int] = set()
    todo = [node.content]
    while todo:
        block = todo.pop()
        if block == NONE or block in seen:
            continue
        seen.add(block)
        inside = [program.nodes[index] for index in program.blocks[block].nodes]
        if any((n.body or n.action) in ("all", "raise", "signal") or _throws(n) for n in inside):
            return True
        todo += [n.content for n in inside]
    return False


def several(program: Program) -> tuple[Node, ...]:
    """Return the activities of several instances for which one instance does not stand: they throw to what is around them, and that adds up.

    It does not add up where what catches it interrupts them all, or begins what lives a life of its own; a signal may come from outside as often as it
    likes anyhow. It does where a path that an escalation begins beside the flow meets others, and where what the other instances did is compensated.
    """
    adds_up = _escalations_meet(program)
    repeated = (node for node in program.nodes if node.repetition is not None and node.repetition.kind != "loop")
    throwing = (node for node in repeated if throws_outwards(program, node) or _throws(node))
    return tuple(node for node in throwing if adds_up or node.is_kept)


def _escalations_meet(program: Program) -> bool:
    """Return whether an escalation begins a path beside the flow that does not live a life of its own."""
    beside = thrown_paths(program)
    events = (
        n for n in program.nodes if not n.is_interrupting and n.trigger is not None and any(t.kind == "escalation" for t in n.trigger.each)
    )
    return any((event.event_block if event.event_block != NONE else event.index) not in beside for event in events)


def _throws(node: Node) -> bool:
    return node.repetition is not None and bool(node.repetition.throws)


def _waits(node: Node) -> bool:
    ends = {part.kind for part in node.trigger.each} if node.action in ("all", "terminate") and node.trigger is not None else set()
    return "terminate" in ends or node.is_join


DOES_SOMETHING = frozenset({"all", "abstract", "script", "signal", "throw"})
"""Actions at which something is done although no token rests, so that two tokens are never seen there at one time."""


def done_once(program: Program) -> frozenset[str]:
    """Return the elements that do something without resting, and that one token enters only once: entered again, they are entered by a second token.

    Left out is what lies on a loop, and what lies behind a loop (or a repeating event) that makes tokens: there the drawing itself says "again".
    """
    many: set[int] = set()
    for node in program.nodes:
        if _forks(program, node) and _is_on_loop(program, node):
            many |= behind(program, [node.index])
    many.update(*(behind(program, [event.index]) for event in repeating(program)))
    many |= thrown_paths(program)
    hosts: dict[int, list[Node]] = {}
    for node in program.nodes:
        if node.content != NONE:
            hosts.setdefault(node.content, []).append(node)
    once = {node.index for node in program.nodes if node.index not in many and not _is_on_loop(program, node)}
    found = (node for node in program.nodes if node.action in DOES_SOMETHING and node.index in once)
    return frozenset(node.id for node in found if _are_hosts_in(program, hosts, node, once))


def _forks(program: Program, node: Node) -> bool:
    """Return whether more tokens may leave a node than enter it."""
    is_split = len(node.outgoing) > 1 and node.action not in ("exclusive", "event_gateway")
    return is_split or any(not program.nodes[event].is_interrupting for event in node.boundary)


def _is_on_loop(program: Program, node: Node) -> bool:
    return node.index in behind(program, (*targets(program, node), *node.boundary))


def _are_hosts_in(program: Program, hosts: Mapping[int, list[Node]], node: Node, once: set[int]) -> bool:
    while node.block in hosts:
        (host, *others) = hosts[node.block]
        block = program.blocks[node.block]
        if others or host.repetition is not None or host.index not in once or block.is_event or block.adhoc is not None:
            return False
        node = host
    return True
