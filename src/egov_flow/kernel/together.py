# SPDX-License-Identifier: Apache-2.0
"""Events that happen when all of their parts have come (parallel multiple events, BPMN 2.0.2 §10.5.2, §10.5.4).

What came is kept in its wait until the last part comes; what it brought becomes variables then.
"""

from __future__ import annotations

from egov_flow.data import Context
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import CAME, WaitState
from egov_flow.kernel.waiting import arm, forget, keep_what_came, tick

__all__ = ["gathered", "wait_again"]


def gathered(run: Run, wait: WaitState, data: Context) -> Context | None:
    """Return what all parts of an event brought if the one of this wait was the last; otherwise keep that it has come, and return None."""
    others = [w for w in _siblings(run, wait) if w.id != wait.id]
    if any(w.kind != CAME for w in others):
        keep_what_came(run, wait, data)
        run.happen("came", run.program.nodes[wait.node].id, wait.token, wait.name or wait.kind)
        return None
    return Context({name: value for w in others for name, value in w.data.items()} | dict(data))


def _siblings(run: Run, wait: WaitState) -> list[WaitState]:
    """Return the waits of the same event for the same token or scope, in the order in which what they wait for came."""
    return [w for w in run.waits.values() if (w.node, w.scope, w.token) == (wait.node, wait.scope, wait.token)]


def wait_again(run: Run, wait: WaitState) -> None:
    """Wait again for all parts of an event that has happened and does not interrupt; for none if one of them cannot come again."""
    ended = sorted(_siblings(run, wait), key=lambda w: w.part)
    again = [_again(run, w) for w in ended]
    for part in ended:
        forget(run, part.id)
    planned = [w for w in again if w is not None]
    armed = arm(run, planned, wait.token) if len(planned) == len(again) else ()
    _hold(run, wait, {w.id for w in ended}, armed)


def _again(run: Run, wait: WaitState) -> WaitState | None:
    """Return the wait for the next time that a part comes; None if it comes once only."""
    trigger = run.program.nodes[wait.node].trigger
    kind = wait.kind if trigger is None else trigger.each[wait.part].kind
    if kind == "deadline":
        return None
    if kind == "timer":
        following, _ = tick(run, wait)
        return None if following is None else following._replace(kind=kind)
    return wait._replace(kind=kind, data=Context())


def _hold(run: Run, wait: WaitState, ended: set[int], armed: tuple[int, ...]) -> None:
    scope = run.own(wait.scope)
    if wait.token:
        token = scope.tokens[wait.token]
        run.rest(wait.scope, token._replace(waits=(*(w for w in token.waits if w not in ended), *armed)))
    else:
        scope.waits = (*(w for w in scope.waits if w not in ended), *armed)
