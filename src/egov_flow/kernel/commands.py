# SPDX-License-Identifier: Apache-2.0
"""The commands of a running case. A refused one raises before anything is changed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from egov_flow.data import Value, number_text
from egov_flow.errors import AlreadyCompleted, ConflictError, NotFound
from egov_flow.kernel.adhoc import begin, end
from egov_flow.kernel.beginning import begin_again
from egov_flow.kernel.catching import fire
from egov_flow.kernel.events import broadcast, caught
from egov_flow.kernel.finishing import end_round, finish, yield_outputs
from egov_flow.kernel.gateways import leave_reset
from egov_flow.kernel.moving import clear, close_incident, drop, go, interrupt, leave, park
from egov_flow.kernel.program import NONE, Node
from egov_flow.kernel.raising import catcher
from egov_flow.kernel.rounds import begin_instance
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import INCIDENT, JOB, ROOT, WAIT, WORK, Scope, Token, Trouble, WaitState
from egov_flow.kernel.stepping import perform, settle
from egov_flow.values import Command, WorkChange

__all__ = ["ACCEPTED", "WHILE_SUSPENDED"]


def complete(run: Run, command: Command) -> None:
    """Complete open work; its data becomes variables."""
    scope, token = _token(run, command.target, WORK, "EF-K206")
    node = run.node(token)
    run.outputs.add_work(WorkChange("completed", token.id, node.id))
    finish(run, scope.id, node, token, command.data)


def report(run: Run, command: Command) -> None:
    """Take in what became of a job: its result, a BPMN error or a failure."""
    scope, token = _token(run, command.target, JOB, "EF-K207")
    outcome = command.arguments.get("outcome", "result")
    node = run.node(token)
    if outcome == "result":
        finish(run, scope.id, node, token, {node.result: command.data} if node.result else command.data)
    elif outcome == "error":
        _error(run, scope, token, command)
    elif outcome == "failure":
        park(run, scope.id, node, Fault("handler", "EF-K107", handler=node.handler), redo="body", token=token)
    else:
        raise ConflictError("EF-K220", outcome=_label(outcome))


def _error(run: Run, scope: Scope, token: Token, command: Command) -> None:
    """Throw the BPMN error of a job; what comes with it becomes variables if something catches it."""
    code = command.arguments.get("code")
    found = catcher(run.program, run.scopes, "error", code if isinstance(code, str) else "", scope.id, token)
    node = run.node(token)
    if found is None:
        park(run, scope.id, node, Fault("uncaught error", "EF-K108", error=_label(code)), redo="body", token=token)
        return
    run.happen("thrown", node.id, token.id, _label(code))
    run.assign(found.scope, command.data)
    caught(run, found, "error", _label(code))


def _label(value: Value) -> str:
    """Return a name that a handler gave, or a mark instead of what might be anything, even a citizen's data."""
    text = value if isinstance(value, str) else ""
    is_name = 0 < len(text) <= 60 and text.isascii() and all(c.isalnum() or c in "_.:-" for c in text)
    return text if is_name else "(not a plain name)"


def send(run: Run, command: Command) -> None:
    """Give a message to the one wait for it, or to the one that `arguments` name (`wait`, `key`)."""
    arguments = command.arguments
    found = [w for w in run.waits.values() if w.kind == "message" and w.name == command.target]
    if "wait" in arguments:
        found = [w for w in found if w.id == _number(arguments["wait"])]
    if "key" in arguments:
        found = [w for w in found if w.key == arguments["key"]]
    if not found:
        raise NotFound("EF-K211", message=command.target)
    if len(found) > 1:
        raise ConflictError("EF-K212", message=command.target, count=len(found))
    fire(run, found[0], command.data)


def signal(run: Run, command: Command) -> None:
    """Let a signal reach everything in the case that waits for it."""
    if not broadcast(run, command.target, command.data):
        raise NotFound("EF-K226", signal=command.target)


def due(run: Run, command: Command) -> None:
    """Fire one timer whose time has come, or all of them in order of their times."""
    if not command.target:
        timers = sorted((w for w in run.waits.values() if w.due is not None and w.due <= run.now), key=lambda w: (w.due, w.id))
        if not timers:
            raise ConflictError("EF-K215")
        _fire_each(run, timers)
        return
    wait = run.waits.get(_number(command.target))
    if wait is None or wait.kind not in (("timer", "condition") if run.ignores_data else ("timer",)):
        raise NotFound("EF-K213", wait=command.target)
    if wait.due is not None and wait.due > run.now and not run.ignores_data:
        raise ConflictError("EF-K214", wait=command.target, due=wait.due.isoformat())
    fire(run, wait)


def expire(run: Run, command: Command) -> None:
    """Note that a statutory deadline has expired; every event linked to it fires. Nobody need wait for it."""
    run.happen("expired", run.program.process, 0, command.target)
    _fire_each(run, [w for w in run.waits.values() if w.kind == "deadline" and w.name == command.target])


def _fire_each(run: Run, waits: list[WaitState]) -> None:
    """Fire waits one after the other, the tokens settled in between; one that the step itself has ended does not fire."""
    for position, wait in enumerate(waits):
        if position:
            settle(run)
        if run.waits.get(wait.id) == wait:
            fire(run, wait)


def retry(run: Run, command: Command) -> None:
    """Try again where a token is parked."""
    scope, token = _token(run, command.target, INCIDENT, "EF-K208")
    run.assign(scope.id, command.data)
    close_incident(run, token)
    _redo(run, scope, token)


def _redo(run: Run, scope: Scope, token: Token) -> None:
    node, trouble = run.node(token), _trouble(token)
    run.happen("resolved", node.id, token.id, trouble.kind)
    if trouble.redo == "arrive":
        drop(run, scope.id, token)
        run.send(scope.id, node, trouble.flow)
    elif trouble.redo == "open":
        begin_again(run, scope, node, token)
    elif trouble.redo in AGAIN:
        AGAIN[trouble.redo](run, scope.id, node, token)
    else:
        perform(run, scope.id, node, token)


def resolve(run: Run, command: Command) -> None:
    """End an incident: correct variables and try again, or leave the element as if done (`skip`), over the `flow` if one is named."""
    scope, token = _token(run, command.target, INCIDENT, "EF-K208")
    node = run.node(token)
    flow = _chosen_flow(run, node, command)
    if flow != NONE and not scope.is_own:
        raise ConflictError("EF-K225", element=node.id)
    run.assign(scope.id, command.data)
    close_incident(run, token)
    if not command.arguments.get("skip") and flow == NONE:
        _redo(run, scope, token)
        return
    run.happen("resolved", node.id, token.id, _trouble(token).kind)
    if flow == NONE:
        if scope.rounds is not None and _trouble(token).redo == "arrive":  # an instance that never began is passed as one that did
            drop(run, scope.id, token)
            token = begin_instance(run, scope.id, node)
        finish(run, scope.id, node, token)
        return
    drop(run, scope.id, token)
    go(run, scope.id, flow)


def _chosen_flow(run: Run, node: Node, command: Command) -> int:
    name = command.arguments.get("flow")
    if name is None:
        if command.arguments.get("skip") and node.action == "event_gateway":
            raise ConflictError("EF-K222", element=node.id)
        return NONE
    flow = run.program.flow_index.get(str(name), NONE)
    if flow not in node.outgoing:
        raise NotFound("EF-K223", flow=name, element=node.id)
    return flow


def correct(run: Run, command: Command) -> None:
    """Change variables of the case, and nothing else."""
    run.assign(ROOT, command.data)
    run.happen("corrected", run.program.process)


def suspend(run: Run, _: Command) -> None:
    """Let the case rest: until it is resumed it takes no command but resume and cancel."""
    run.status = "suspended"
    run.happen("suspended", run.program.process)


def resume(run: Run, _: Command) -> None:
    """Let a suspended case go on; timers that came due meanwhile are due now."""
    if run.status != "suspended":
        raise ConflictError("EF-K219")
    run.status = "running"
    run.happen("resumed", run.program.process)


def cancel(run: Run, _: Command) -> None:
    """End the case; everything that is open is withdrawn."""
    run.status = "cancelled"
    clear(run, ROOT)
    run.happen("cancelled", run.program.process)


def move(run: Run, command: Command) -> None:
    """Take a token away from where it rests and let it enter another element of the same scope.

    Into a join it arrives over the `flow` that the arguments name. What stands around an activity with data stores is no scope of its own here: from a
    read, the token is moved to where the whole activity can be.
    """
    scope, token = _token(run, command.target)
    to = str(command.arguments.get("to", ""))
    target = _enterable(run, scope, to)
    if target is None and scope.id != ROOT:
        parent = run.scopes[scope.parent]
        host = parent.tokens[scope.host]
        if run.node(host).id != run.node(host).drawn:
            scope, token, target = parent, host, _enterable(run, parent, to)
    if not scope.is_own:
        raise ConflictError("EF-K225", element=run.node(token).id)
    if run.node(token).kind == "startEvent" and token.phase == WAIT:
        raise ConflictError("EF-K233", element=run.node(token).id)
    if target is None:
        raise NotFound("EF-K217", element=to)
    flow = _incoming_flow(run, target, command)
    run.happen("moved", run.node(token).id, token.id, target.id)
    interrupt(run, scope.id, token)
    run.send(scope.id, target, flow)


def _enterable(run: Run, scope: Scope, element: str) -> Node | None:
    """Return the node of a scope that stands for an element of the drawing and can be entered: of an activity with data stores what is around it."""
    named = run.program.node(element)
    if named is None or named.block != scope.block:
        named = next((node for node in run.program.nodes if node.block == scope.block and node.drawn == element), None)
    return named if named is not None and named.host == NONE else None


def _incoming_flow(run: Run, target: Node, command: Command) -> int:
    name = command.arguments.get("flow")
    flow = NONE if name is None else run.program.flow_index.get(str(name), NONE)
    if name is not None and flow not in target.incoming:
        raise NotFound("EF-K223", flow=name, element=target.id)
    if flow == NONE and target.is_join:
        raise ConflictError("EF-K218", element=target.id)
    return flow


def _number(value: Value) -> int:
    """Return the id that a command names; 0, which nothing has, if it is none."""
    return _id(value if isinstance(value, str) else number_text(value) if isinstance(value, Decimal) else "")


def _id(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 20 else 0


def _token(run: Run, target: str, phase: str = "", code: str = "") -> tuple[Scope, Token]:
    """Return a token and its scope.

    Raises:
        NotFound: there never was one of that id.
        AlreadyCompleted: it is gone.
        ConflictError: it is not in that phase.
    """
    token_id = _id(target)
    for scope in run.scopes.values():
        if token_id in scope.tokens:
            token = scope.tokens[token_id]
            if phase and token.phase != phase:
                raise ConflictError(code, token=token_id, element=run.node(token).id)
            return scope, token
    if 0 < token_id <= run.counter:
        raise AlreadyCompleted("EF-K205", token=token_id)
    raise NotFound("EF-K204", token=str(target)[:60])


def _trouble(token: Token) -> Trouble:
    if token.trouble is None:
        raise AssertionError(f"token {token.id} is parked without a reason")
    return token.trouble


AGAIN: dict[str, Callable[[Run, int, Node, Token], None]] = {
    "finish": yield_outputs,
    "leave": leave,
    "reset": leave_reset,
    "round": end_round,
}

ACCEPTED: dict[str, Callable[[Run, Command], None]] = {
    "begin": begin,
    "cancel": cancel,
    "complete": complete,
    "correct": correct,
    "due": due,
    "end": end,
    "expire": expire,
    "move": move,
    "report": report,
    "resolve": resolve,
    "resume": resume,
    "retry": retry,
    "send": send,
    "signal": signal,
    "suspend": suspend,
}

WHILE_SUSPENDED = ("resume", "cancel")
