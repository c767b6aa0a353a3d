# SPDX-License-Identifier: Apache-2.0
"""Waits: planning them, which may fail, and arming them, which cannot (BPMN 2.0.2 §10.5.4, §13.5.4).

All waits of an element are planned before any is armed, so that a faulty one leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from egov_flow.data import Context, Value, YearMonthDuration, encode, number_text
from egov_flow.errors import FeelError
from egov_flow.feel import Expression, parse_datetime
from egov_flow.kernel.program import FROM_INSIDE, SIGNAL, Node, TimerTime, Trigger
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import CAME, WaitState
from egov_flow.kernel.times import Repeat, Span, after, moment_of, parse_repeat, parse_span
from egov_flow.values import Timer, Wait

__all__ = ["arm", "correlation_key", "disarm_one", "forget", "keep_what_came", "plan", "read_time", "rearm", "tick"]

LONGEST_KEY = 400
TOLD = {"message": "", "signal": SIGNAL}
"""The kinds of waits that the outside is told of by name, with what stands before the name."""


def plan(run: Run, scope: int, node: Node) -> list[WaitState]:
    """Return the waits of a catching element, one for each trigger that comes from outside; they have no id and token yet.

    Raises:
        Fault: a time or key cannot be evaluated.
    """
    trigger = node.trigger
    if trigger is None:
        raise AssertionError(f"{node.id} waits for nothing")
    if not trigger.parts:
        return [_planned(run, scope, node, trigger)]
    awaited = ((number, part) for number, part in enumerate(trigger.parts) if part.kind not in FROM_INSIDE)
    return [_planned(run, scope, node, part)._replace(part=number) for number, part in awaited]


def _planned(run: Run, scope: int, node: Node, trigger: Trigger) -> WaitState:
    wait = WaitState(0, trigger.kind, scope, 0, node.index, trigger.name)
    if trigger.kind == "message" and trigger.keys and not run.ignores_data:
        return wait._replace(key=correlation_key(run, trigger, run.visible(scope)))
    if trigger.time is not None:
        return _timed(run, wait, trigger.time)
    return wait


def correlation_key(run: Run, trigger: Trigger, variables: Mapping[str, Value]) -> str:
    """Return the correlation key of a message as text: the value of one key, canonical JSON of several properties; "" if it has none (§8.4.2).

    Raises:
        Fault: a key yields neither text nor a number, or is too long.
    """
    values = {name: _key_text(run, trigger, expression, variables) for name, expression in trigger.keys}
    if len(values) < 2:
        return next(iter(values.values()), "")
    return encode(Context(values), sort=True).decode()


def _key_text(run: Run, trigger: Trigger, expression: Expression, variables: Mapping[str, Value]) -> str:
    value = run.computed(expression, variables)
    text = number_text(value) if isinstance(value, Decimal) else value
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST_KEY:
        raise Fault("expression", "EF-K111", message=trigger.name)
    return text


def _timed(run: Run, wait: WaitState, source: TimerTime) -> WaitState:
    if run.ignores_data:
        every = Span(0, timedelta(days=1)) if source.kind == "cycle" else None  # it ticks as often as somebody says so
        return wait._replace(due=run.utc, anchor=run.utc if every else None, every=every)
    if source.constant is None and source.expression is None:
        return wait  # open: it fires when a command says so
    try:
        value = source.constant if source.expression is None else read_time(source.kind, run.evaluate(source.expression, wait.scope))
        if isinstance(value, Repeat):
            return _cyclic(run, wait, value)
        if isinstance(value, date):
            return wait._replace(due=moment_of(value, run.program.zone).astimezone(UTC))
        return wait._replace(due=after(run.now, value).astimezone(UTC))
    except (FeelError, OverflowError) as error:
        raise Fault("timer", "EF-K106", kind=source.kind) from error


def read_time(kind: str, value: Value) -> Value:
    """Return the time that a timer's expression yields, read by the kind of the timer.

    Raises:
        Fault: it is no such time.
    """
    if isinstance(value, str):
        return {"duration": parse_span, "date": parse_datetime, "cycle": parse_repeat}[kind](value)
    if kind == "duration" and isinstance(value, timedelta | YearMonthDuration):
        return Span.of(value)
    if kind == "date" and isinstance(value, date):
        return value
    raise Fault("timer", "EF-K106", kind=kind)


def _cyclic(run: Run, wait: WaitState, cycle: Repeat) -> WaitState:
    anchor = run.utc if cycle.start is None else moment_of(cycle.start, run.program.zone).astimezone(UTC)
    first = 1 if cycle.start is None else 0
    count = cycle.repetitions
    if cycle.end is not None:
        most = _ticks_until(run, anchor, cycle.every, moment_of(cycle.end, run.program.zone).astimezone(UTC))
        count = most if count is None else min(count, most)
    if count == 0:
        raise Fault("timer", "EF-K106", kind="cycle")
    due = _tick_time(run, anchor, cycle.every, first)
    return wait._replace(due=due, anchor=anchor, every=cycle.every, tick=first, left=None if count is None else count - 1)


def _ticks_until(run: Run, anchor: datetime, every: Span, end: datetime) -> int:
    """Return how many ticks come up to a moment, that moment included."""
    if not every.months:
        return max(0, (end - anchor) // every.rest)
    number = 0
    while _tick_time(run, anchor, every, number + 1) <= end:
        number += 1
    return number


def _tick_time(run: Run, anchor: datetime, every: Span, number: int) -> datetime:
    return after(anchor.astimezone(run.program.zone), every, number).astimezone(UTC)


def tick(run: Run, wait: WaitState) -> tuple[WaitState | None, int]:
    """Return a repeating timer's wait after it fired (None: it was the last tick), and how many ticks were missed.

    Missed ticks are not made up for: the timer fires once for all that are due, and they count against its repetitions.
    """
    if wait.every is None or wait.anchor is None:
        return None, 0
    if run.ignores_data:
        return wait, 0
    if wait.left == 0:
        return None, 0
    number, missed = wait.tick + 1, 0
    try:
        number = max(number, _first_after(run, wait, wait.anchor, wait.every))
        missed = number - wait.tick - 1
        due = _tick_time(run, wait.anchor, wait.every, number)
    except (FeelError, OverflowError):
        return None, 0  # past the year 9999 no tick comes
    if wait.left is not None and missed >= wait.left:
        return None, wait.left
    left = None if wait.left is None else wait.left - missed - 1
    return wait._replace(due=due, tick=number, left=left), missed


def _first_after(run: Run, wait: WaitState, anchor: datetime, every: Span) -> int:
    """Return the number of the first tick after now."""
    if not every.months:
        return (run.utc - anchor) // every.rest + 1
    longest = timedelta(days=31 * every.months) + every.rest
    number = max(wait.tick + 1, (run.utc - anchor) // longest)  # too early at most, whatever the length of the months
    while _tick_time(run, anchor, every, number) <= run.utc:
        number += 1
    return number


def arm(run: Run, waits: Iterable[WaitState], token: int) -> tuple[int, ...]:
    """Arm planned waits for a token (0: for a scope); return their ids."""
    ids = []
    for planned in waits:
        wait = planned._replace(id=run.new_id(), token=token)
        run.waits[wait.id] = wait
        ids.append(wait.id)
        node = run.program.nodes[wait.node]
        run.happen("waiting", node.id, token, wait.name or wait.kind)
        run.is_changed = run.is_changed or wait.kind == "condition"
        _tell(run, wait, node)
    return tuple(ids)


def _tell(run: Run, wait: WaitState, node: Node) -> None:
    if wait.kind in TOLD:
        run.outputs.add_wait(Wait(wait.id, node.id, TOLD[wait.kind] + wait.name, wait.key))
    elif wait.due is not None:
        run.outputs.add_timer(Timer(wait.id, node.id, wait.due))


def rearm(run: Run, wait: WaitState) -> None:
    """Arm a repeating timer for its next tick."""
    run.waits[wait.id] = wait
    _tell(run, wait, run.program.nodes[wait.node])


def disarm_one(run: Run, wait: WaitState) -> None:
    """End one wait of a token that keeps resting, or of a scope that goes on."""
    scope = run.own(wait.scope)
    if wait.token:
        token = scope.tokens[wait.token]
        run.rest(wait.scope, token._replace(waits=tuple(w for w in token.waits if w != wait.id)))
    else:
        scope.waits = tuple(w for w in scope.waits if w != wait.id)
    forget(run, wait.id)


def forget(run: Run, wait: int) -> None:
    """End a wait that nobody holds any more."""
    ended = run.waits.pop(wait)
    element = run.program.nodes[ended.node].id
    if ended.due is not None:
        run.outputs.add_timer(Timer(wait, element, None))
    elif ended.kind in TOLD:
        run.outputs.add_wait(Wait(wait, element, TOLD[ended.kind] + ended.name, ended.key, open=False))


def keep_what_came(run: Run, wait: WaitState, data: Context) -> None:
    """Keep that what a wait waits for has come, with what came with it, as the newest that came; the outside is asked for it no more."""
    forget(run, wait.id)
    run.waits[wait.id] = wait._replace(kind=CAME, due=None, data=data)
