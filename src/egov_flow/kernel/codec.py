# SPDX-License-Identifier: Apache-2.0
"""A state as bytes: `clear` says where tokens stand, `secret` holds what must be sealed (variables and correlation keys).

Elements are named by their ids, not by their numbers in the Program, and a format once released stays readable.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain, repeat
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from egov_flow.data import EMPTY, Context, Value, decode, encode
from egov_flow.errors import StoreError
from egov_flow.kernel.integrity import defects
from egov_flow.kernel.program import NONE, Program
from egov_flow.kernel.state import Record, Resetting, Rounds, Scope, State, Token, Trouble, Undoing, WaitState
from egov_flow.kernel.times import Span
from egov_flow.values import Marking

__all__ = ["FORMAT", "dump", "load"]

FORMAT = 1
NOTHING = object()

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

PHASES = {"work": "w", "job": "j", "wait": "e", "block": "b", "incident": "i"}
PHASE_OF = {letter: phase for phase, letter in PHASES.items()}
KINDS = {"message": "m", "timer": "t", "deadline": "d", "signal": "s", "condition": "c", "came": "h", "data": "i"}
KIND_OF = {letter: kind for kind, letter in KINDS.items()}


def dump(program: Program, state: State) -> Marking:
    """Return the bytes of a state, the same for the same state.

    Raises:
        StoreError: the state was paused between two elements.
    """
    if state.pending or state.late:
        raise StoreError("EF-K303")
    written = [
        found if (found := scope.written) is not None and found.program is program else _written(program, scope)
        for scope in state.scopes.values()
    ]
    return Marking(_clear(program, state, written), _secret(state, written))


Line = tuple[Token, bytes, bytes]
"""A token as bytes: its row, and the entry of its own variables."""
Members = tuple[tuple[Value, ...], list[bytes]]
"""The members of a list, and their texts."""


class Told(NamedTuple):
    """Values of a scope with their entry; `lists`: those among them that grow or change member by member."""

    values: Context
    entry: bytes
    lists: dict[str, Members]


class Written(NamedTuple):
    """A scope as bytes: its row, and the entries that it has in each part of the secret half; `is_telling` if it has any."""

    program: Program
    lines: dict[int, Line]
    row: bytes
    is_telling: bool
    variables: Told
    local: bytes
    kept: Told
    records: bytes


def _written(program: Program, scope: Scope) -> Written:
    """Return the bytes of a scope.

    They stay with it, since a step changes only scopes that it copied; what is the very object that it was before keeps its bytes in the copy.
    """
    older: Written | None = scope.older
    lines = _lines(program, scope, older.lines if older is not None and older.program is program else {})
    variables = _variables(scope, older and older.variables)
    local = b",".join([local for _, _, local in lines.values() if local])
    kept = _kept(scope, older and older.kept)
    records = _entry(scope.id, tuple(_snapshots(scope))) if scope.records or scope.undoing else b""
    row = _scope_row(program, scope, b",".join([row for _, row, _ in lines.values()]))
    is_telling = bool(variables.entry or local or kept.entry or records)
    written = scope.written = Written(program, lines, row, is_telling, variables, local, kept, records)
    scope.older = None
    return written


def _variables(scope: Scope, older: Told | None) -> Told:
    if older is not None and older.values is scope.variables:
        return older
    return Told(scope.variables, _entry(scope.id, scope.variables) if scope.variables else b"", {})


def _kept(scope: Scope, older: Told | None) -> Told:
    """Return what the instances of a scope still need: lists with a member for each, of which a step changes one or two."""
    if older is not None and older.values is scope.kept:
        return older
    before = older.lists if older is not None else {}
    lists = {name: _members(values, before.get(name, ((), []))) for name, values in scope.kept.items()}
    entries = b",".join([b'"%b":[%b]' % (name.encode(), b",".join(texts)) for name, (_, texts) in lists.items()])
    return Told(scope.kept, b'"%d":{%b}' % (scope.id, entries) if lists else b"", lists)


def _members(values: tuple[Value, ...], older: Members) -> Members:
    before = chain(zip(*older, strict=True), repeat((NOTHING, b"")))
    return values, [text if value is known else encode(value) for value, (known, text) in zip(values, before, strict=False)]


def _lines(program: Program, scope: Scope, older: dict[int, Line]) -> dict[int, Line]:
    return {
        number: line if (line := older.get(number)) is not None and line[0] is token else _line(program, token)
        for number, token in scope.tokens.items()
    }


def _line(program: Program, token: Token) -> Line:
    return token, _token_row(program, token), _entry(token.id, token.local) if token.local else b""


def _entry(number: int, value: Value) -> bytes:
    """Return an entry of a context without the braces around it."""
    return b'"%d":%b' % (number, encode(value))


def _json(value: Any) -> bytes:
    return _encoder.encode(value).encode()


def _clear(program: Program, state: State, written: list[Written]) -> bytes:
    """Return where tokens stand."""
    head = f'{{"f":{FORMAT},"p":"{program.sha256[:12]}","s":"{state.status}","n":{state.counter},"c":['
    pieces = [head.encode(), b",".join([scope.row for scope in written]), b"]"]
    if state.waits:
        pieces += [b',"w":', _json([_trim(_wait_row(program, wait)) for wait in state.waits.values()])]
    if state.inclusive:
        pieces += [b',"o":', _json([[scope, program.nodes[node].id] for scope, node in state.inclusive])]
    return b"".join((*pieces, b"}"))


def _secret(state: State, written: list[Written]) -> bytes:
    """Return variables, correlation keys, what came for events that need more, the tokens' own variables, and what instances still need.

    Each part but the first is there only if there is any.
    """
    waits = state.waits.values()
    written = [scope for scope in written if scope.is_telling]
    parts = {
        b"v": [scope.variables.entry for scope in written],
        b"k": [_entry(wait.id, wait.key) for wait in waits if wait.key],
        b"m": [_entry(wait.id, wait.data) for wait in waits if wait.data],
        b"l": [scope.local for scope in written],
        b"h": [scope.kept.entry for scope in written],
        b"r": [scope.records for scope in written],
    }
    joined = [(name, b",".join(filter(None, entries))) for name, entries in parts.items()]
    return b"{%b}" % b",".join([b'"%b":{%b}' % (name, entries) for name, entries in joined if entries or name == b"v"])


def load(program: Program, marking: Marking) -> State:
    """Return the state that `dump` wrote.

    Raises:
        StoreError: the bytes are no state, one of another program or of a newer format, or contradict themselves.
    """
    try:
        clear, secret = json.loads(marking.clear), decode(marking.secret)
        _check_origin(program, clear)
        state = _state(program, clear, secret)
        wrong = defects(program, state)
    except StoreError:
        raise
    except Exception as cause:  # whatever garbage does to the reading, it is garbage
        raise StoreError("EF-K300", cause=type(cause).__name__) from cause
    if wrong:
        raise StoreError("EF-K300", cause=wrong[0])
    return state


def _check_origin(program: Program, clear: dict[str, Any]) -> None:
    if clear["f"] != FORMAT:
        raise StoreError("EF-K301", format=str(clear["f"])[:20], known=FORMAT)
    if clear["p"] != program.sha256[:12]:
        raise StoreError("EF-K302")


def _state(program: Program, clear: dict[str, Any], secret: Context) -> State:
    blocks = {block.id: block.index for block in program.blocks}
    scopes = [_scope(program, row, secret, blocks) for row in clear["c"]]
    waits = [_wait(program, row, secret) for row in clear.get("w", ())]
    return State(
        scopes={scope.id: scope for scope in scopes},
        waits={wait.id: wait for wait in waits},
        counter=int(clear["n"]),
        status=str(clear["s"]),
        inclusive=tuple((int(scope), program.index[node]) for scope, node in clear.get("o", ())),
    )


def _trim(row: list[Any]) -> list[Any]:
    while row and not row[-1]:
        row.pop()
    return row


def _padded(row: list[Any], length: int) -> list[Any]:
    if len(row) > length:
        raise ValueError("row")
    return [*row, *[None] * (length - len(row))]


def _scope_row(program: Program, scope: Scope, tokens: bytes) -> bytes:
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
        return _json(_trim([scope.id, block, scope.parent, scope.host]))
    head = f"[{scope.id},{encode_basestring(block)},{scope.parent},{scope.host},["
    return _row(b"%b%b]" % (head.encode(), tokens), rest)


def _scope(program: Program, row: list[Any], secret: Context, blocks: dict[str, int]) -> Scope:
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


def _snapshots(scope: Scope) -> Iterator[Context]:
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


def _token_row(program: Program, token: Token) -> bytes:
    trouble = _trouble_row(program, token.trouble) if token.trouble else None
    head = f'[{token.id},{encode_basestring(program.nodes[token.node].id)},"{PHASES[token.phase]}"'
    return _row(head.encode(), _trim([token.child, token.waits, trouble]))


def _row(head: bytes, rest: list[Any]) -> bytes:
    """Return a row that begins with what is written already."""
    return b"%b,%b" % (head, _json(rest)[1:]) if rest else head + b"]"


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


def _wait_row(program: Program, wait: WaitState) -> list[Any]:
    due, anchor = (moment.isoformat() if moment else None for moment in (wait.due, wait.anchor))
    left = None if wait.every is None else ["*" if wait.left is None else wait.left]
    return [
        wait.id, KINDS[wait.kind], wait.scope, wait.token, program.nodes[wait.node].id, wait.name, due, anchor, _interval(wait.every), wait.tick, left,
        wait.part,
    ]  # fmt: skip


def _wait(program: Program, row: list[Any], secret: Context) -> WaitState:
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
