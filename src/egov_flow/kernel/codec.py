# SPDX-License-Identifier: Apache-2.0
"""A state as bytes: `clear` says where tokens stand, `secret` holds what must be sealed (variables and correlation keys).

Elements are named by their ids, not by their numbers in the Program, and a format once released stays readable.
"""

from __future__ import annotations

import json
from itertools import chain, repeat
from typing import Any, NamedTuple

from egov_flow.data import Context, Value, decode, encode
from egov_flow.errors import StoreError
from egov_flow.kernel.integrity import defects
from egov_flow.kernel.program import Program
from egov_flow.kernel.rows import as_json, read_scope, read_wait, scope_row, snapshots, token_row, wait_row
from egov_flow.kernel.state import Scope, State, Token
from egov_flow.values import Marking

__all__ = ["FORMAT", "dump", "load"]

FORMAT = 1
NOTHING = object()


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
    records = _entry(scope.id, tuple(snapshots(scope))) if scope.records or scope.undoing else b""
    row = scope_row(program, scope, b",".join([row for _, row, _ in lines.values()]))
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
    return token, token_row(program, token), _entry(token.id, token.local) if token.local else b""


def _entry(number: int, value: Value) -> bytes:
    """Return an entry of a context without the braces around it."""
    return b'"%d":%b' % (number, encode(value))


def _clear(program: Program, state: State, written: list[Written]) -> bytes:
    """Return where tokens stand."""
    head = f'{{"f":{FORMAT},"p":"{program.sha256[:12]}","s":"{state.status}","n":{state.counter},"c":['
    pieces = [head.encode(), b",".join([scope.row for scope in written]), b"]"]
    if state.waits:
        pieces += [b',"w":', as_json([wait_row(program, wait) for wait in state.waits.values()])]
    if state.inclusive:
        pieces += [b',"o":', as_json([[scope, program.nodes[node].id] for scope, node in state.inclusive])]
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
    scopes = [read_scope(program, row, secret, blocks) for row in clear["c"]]
    waits = [read_wait(program, row, secret) for row in clear.get("w", ())]
    return State(
        scopes={scope.id: scope for scope in scopes},
        waits={wait.id: wait for wait in waits},
        counter=int(clear["n"]),
        status=str(clear["s"]),
        inclusive=tuple((int(scope), program.index[node]) for scope, node in clear.get("o", ())),
    )
