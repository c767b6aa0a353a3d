# SPDX-License-Identifier: Apache-2.0
"""Scopes, tokens and waits as rows of JSON and back: each row is written and read side by side, and ends where only empty values would follow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from json.encoder import encode_basestring
from typing import Any

from egov_flow.data import EMPTY, Context, Value
from egov_flow.kernel.program import NONE, Program
from egov_flow.kernel.state import Record, Resetting, Rounds, Scope, Token, Trouble, Undoing, WaitState
from egov_flow.kernel.times import Span

__all__ = ["as_json", "read_scope", "read_wait", "scope_row", "snapshots", "token_row", "wait_row"]

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

PHASES = {"work": "w", "job": "j", "wait": "e", "block": "b", "incident": "i"}
PHASE_OF = {letter: phase for phase, letter in PHASES.items()}
KINDS = {"message": "m", "timer": "t", "deadline": "d", "signal": "s", "condition": "c", "came": "h", "data": "i"}
KIND_OF = {letter: kind for kind, letter in KINDS.items()}


def as_json(value: Any) -> bytes:
    """Return a value as the shortest JSON."""
    return _encoder.encode(value).encode()


def _trim(row: list[Any]) -> list[Any]:
    while row and not row[-1]:
        row.pop()
    return row


def _padded(row: list[Any], length: int) -> list[Any]:
    if len(row) > length:
        raise ValueError("row")
    return [*row, *[None] * (length - len(row))]


def scope_row(program: Program, scope: Scope, tokens: bytes) -> bytes:
    """Return the row of a scope around those of its tokens."""
    block = program.blocks[scope.block].id if scope.block else ""
    rest = _trim(
        [
            scope.joins and {program.nodes[n].id: {program.flows[f].id: c for f, c in counts.items()} for n, counts in scope.joins.items()},
            scope.waits,
            scope.rounds or (),
            scope.records and [_record_row(program, r) for r in scope.records],
            scope.undoing and _undoing_row(program, scope.undoing),
            int(scope.is_closing),
            scope.resets and {program.nodes[r.node].id: [program.flows[f].id for f in r.flows] for r in scope.resets},
        ]
    )
    if not tokens and not rest:
        return as_json(_trim([scope.id, block, scope.parent, scope.host]))
    head = f"[{scope.id},{encode_basestring(block)},{scope.parent},{scope.host},["
    return _row(b"%b%b]" % (head.encode(), tokens), rest)


def read_scope(program: Program, row: list[Any], secret: Context, blocks: dict[str, int]) -> Scope:
    """Return the scope that a row and what was sealed of it tell; whatever is wrong with them raises."""
    scope, block, parent, host, tokens, joins, waits, rounds, records, undoing, closing, resets = _padded(row, 12)
    local = secret.get("l", EMPTY)
    kept = iter(secret.get("r", EMPTY).get(str(scope), ()))
    return Scope(
        int(scope),
        blocks[block] if block else 0,
        int(parent or 0),
        int(host or 0),
        _context(secret["v"].get(str(scope), EMPTY)),
        {token.id: token for token in (_token(program, r, local) for r in tokens or ())},
        {program.index[n]: {program.flow_index[f]: int(count) for f, count in counts.items()} for n, counts in (joins or {}).items()},
        tuple(int(w) for w in waits or ()),
        Rounds(_or_none(int, rounds[0]), int(rounds[1]), int(rounds[2])) if rounds else None,
        _context(secret.get("h", EMPTY).get(str(scope), EMPTY)),
        tuple(_record(program, r, kept) for r in records or ()),
        _undoing(program, undoing, kept) if undoing else None,
        bool(closing),
        tuple(Resetting(program.index[n], tuple(program.flow_index[f] for f in flows)) for n, flows in (resets or {}).items()),
    )


def snapshots(scope: Scope) -> Iterator[Context]:
    """Yield the variables of the records of a scope, in the order in which their rows are read."""
    todo = [*scope.records, *(scope.undoing.todo if scope.undoing else ())][::-1]
    while todo:
        record = todo.pop()
        yield record.variables
        todo += record.inner[::-1]


def _record_row(program: Program, record: Record) -> list[Any]:
    name = program.nodes[record.node].id
    return [[name] if record.is_partial else name, *(_record_row(program, r) for r in record.inner)]


def _record(program: Program, row: list[Any], snapshots: Iterator[Value]) -> Record:
    variables = _context(next(snapshots))
    name, is_partial = (row[0][0], True) if isinstance(row[0], list) else (row[0], False)
    return Record(program.index[name], variables, tuple(_record(program, r, snapshots) for r in row[1:]), is_partial)


def _undoing_row(program: Program, undoing: Undoing) -> list[Any]:
    catcher = program.nodes[undoing.catcher].id if undoing.catcher != NONE else ""
    return _trim([undoing.then, [_record_row(program, r) for r in undoing.todo], catcher, undoing.code])


def _undoing(program: Program, row: list[Any], snapshots: Iterator[Value]) -> Undoing:
    then, todo, catcher, code = _padded(row, 4)
    records = tuple(_record(program, r, snapshots) for r in todo or ())
    return Undoing(records, str(then), program.index[catcher] if catcher else NONE, str(code or ""))


def _context(value: Value) -> Context:
    if not isinstance(value, Context):
        raise TypeError("variables")
    return value


def token_row(program: Program, token: Token) -> bytes:
    """Return the row of a token."""
    trouble = _trouble_row(program, token.trouble) if token.trouble else None
    head = f'[{token.id},{encode_basestring(program.nodes[token.node].id)},"{PHASES[token.phase]}"'
    return _row(head.encode(), _trim([token.child, token.waits, trouble]))


def _row(head: bytes, rest: list[Any]) -> bytes:
    """Return a row that begins with what is written already."""
    return b"%b,%b" % (head, as_json(rest)[1:]) if rest else head + b"]"


def _token(program: Program, row: list[Any], local: Context) -> Token:
    token, node, phase, child, waits, trouble = _padded(row, 6)
    found = _trouble(program, trouble) if trouble else None
    own = _context(local.get(str(token), EMPTY))
    return Token(int(token), program.index[node], PHASE_OF[phase], int(child or 0), tuple(int(w) for w in waits or ()), found, own)


def _trouble_row(program: Program, trouble: Trouble) -> list[Any]:
    flow = program.flows[trouble.flow].id if trouble.flow != NONE else ""
    return [trouble.kind, trouble.code, dict(trouble.arguments), trouble.redo, trouble.since.isoformat(), flow]


def _trouble(program: Program, row: list[Any]) -> Trouble:
    kind, code, arguments, redo, since, flow = row
    pairs = tuple((str(name), str(value)) for name, value in arguments.items())
    return Trouble(str(kind), str(code), pairs, str(redo), _moment(since), program.flow_index[flow] if flow else NONE)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("zone")
    return moment


def _or_none(read: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else read(value)


def wait_row(program: Program, wait: WaitState) -> list[Any]:
    """Return the row of a wait, without its key and data."""
    due, anchor = (moment.isoformat() if moment else None for moment in (wait.due, wait.anchor))
    left = None if wait.every is None else ["*" if wait.left is None else wait.left]
    row = [
        wait.id, KINDS[wait.kind], wait.scope, wait.token, program.nodes[wait.node].id, wait.name, due, anchor, _interval(wait.every), wait.tick, left,
        wait.part,
    ]  # fmt: skip
    return _trim(row)


def read_wait(program: Program, row: list[Any], secret: Context) -> WaitState:
    """Return the wait that a row and what was sealed of it tell; whatever is wrong with them raises."""
    wait, kind, scope, token, node, name, due, anchor, every, tick, left, part = _padded(row, 12)
    return WaitState(
        id=int(wait),
        kind=KIND_OF[kind],
        scope=int(scope),
        token=int(token),
        node=program.index[node],
        name=str(name or ""),
        key=str(secret.get("k", EMPTY).get(str(wait), "")),
        due=_or_none(_moment, due),
        anchor=_or_none(_moment, anchor),
        every=_or_none(_duration, every),
        tick=int(tick or 0),
        left=None if not left or left[0] == "*" else int(left[0]),
        part=int(part or 0),
        data=_context(secret.get("m", EMPTY).get(str(wait), EMPTY)),
    )


def _interval(every: Span | None) -> Any:
    """Return a repeating timer's interval: microseconds, or months (and microseconds) in a list."""
    if every is None:
        return None
    rest = every.rest // timedelta(microseconds=1)
    if not every.months:
        return rest
    return [every.months, rest] if rest else [every.months]


def _duration(value: Any) -> Span:
    if isinstance(value, list):
        return Span(int(value[0]), timedelta(microseconds=int(value[1])) if len(value) > 1 else timedelta(0))
    return Span(0, timedelta(microseconds=int(value)))
