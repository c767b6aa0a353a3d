# SPDX-License-Identifier: Apache-2.0
"""A state as bytes: `clear` is the task tree and where the token rests, `secret` the variables in our own canonical form."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from egov_flow.data import Context, decode, encode
from egov_flow.errors import StoreError
from egov_flow.values import CASE_STATUSES, Marking
from egov_flow_adapters.spiff_engine._reading import SpiffProgram
from egov_flow_adapters.spiff_engine._scripts import Scripts
from egov_flow_adapters.spiff_engine._state import INCIDENT, JOB, WORK, Resting, SpiffState, Trouble
from egov_flow_adapters.spiff_engine._tree import live_task, revive, shelve

__all__ = ["dump", "load"]

FORMAT = 1
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def dump(program: SpiffProgram, state: SpiffState) -> Marking:
    """Return the bytes of a state, the same for the same state."""
    clear = {
        "format": FORMAT,
        "program": program.slots.sha256[:12],
        "status": state.status,
        "counter": state.counter,
        "resting": _row(state.resting),
    }
    head = json.dumps(clear, ensure_ascii=False, separators=(",", ":")).encode()
    return Marking(head + b"\n" + state.tree, encode(Context({"variables": state.variables})))


def load(program: SpiffProgram, marking: Marking) -> SpiffState:
    """Return the state that `dump` wrote.

    Raises:
        StoreError: the bytes are no state, one of another version of the procedure or of another format, or contradict themselves.
    """
    try:
        state = _state(program, marking)
        _check(program, state)
    except StoreError:
        raise
    except Exception as cause:  # whatever garbage does to the reading, it is garbage
        raise StoreError("EF-E300", cause=type(cause).__name__) from cause
    return state


def _state(program: SpiffProgram, marking: Marking) -> SpiffState:
    head, _, tree = marking.clear.partition(b"\n")
    clear, secret = json.loads(head), decode(marking.secret)
    if clear["format"] != FORMAT:
        raise StoreError("EF-E301", format=str(clear["format"])[:20], known=FORMAT)
    if clear["program"] != program.slots.sha256[:12]:
        raise StoreError("EF-E302")
    variables = secret["variables"]
    if not isinstance(variables, Context):
        raise TypeError("variables")
    return SpiffState(
        status=clear["status"], counter=int(clear["counter"]), tree=tree, variables=variables, resting=_resting(clear["resting"])
    )


def _check(program: SpiffProgram, state: SpiffState) -> None:
    """Raise for a state that contradicts itself."""
    is_live = state.status in {"running", "suspended"}
    if state.status not in CASE_STATUSES or is_live != bool(state.tree) or is_live != (state.resting is not None):
        raise ValueError("status")
    if state.resting is None:
        return
    workflow = revive(program, Scripts(program.slots, EPOCH), state.tree, state.variables)
    if live_task(workflow).task_spec.name != state.resting.element or not 1 < state.resting.token <= state.counter:
        raise ValueError("token")
    if shelve(workflow) != state.tree:  # one state, one form: nothing else can hide in the bytes
        raise ValueError("form")


def _row(resting: Resting | None) -> list[Any] | None:
    if resting is None:
        return None
    trouble = resting.trouble
    row = [trouble.kind, trouble.code, dict(trouble.arguments), trouble.redo, trouble.since.isoformat()] if trouble else None
    return [resting.token, resting.element, resting.phase, row]


def _resting(row: list[Any] | None) -> Resting | None:
    if row is None:
        return None
    token, element, phase, trouble = row
    if phase not in {WORK, JOB, INCIDENT} or (phase == INCIDENT) != (trouble is not None):
        raise ValueError("phase")
    return Resting(int(token), str(element), phase, _trouble(trouble) if trouble else None)


def _trouble(row: list[Any]) -> Trouble:
    kind, code, arguments, redo, since = row
    pairs = tuple((str(name), str(value)) for name, value in arguments.items())
    return Trouble(str(kind), str(code), pairs, str(redo), datetime.fromisoformat(since))
