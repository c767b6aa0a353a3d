# SPDX-License-Identifier: Apache-2.0
"""Context functions (DMN 1.5 table 79)."""

from __future__ import annotations

from egov_flow.data import Context, Value
from egov_flow.feel._failures import START
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["CONTEXTS"]

CONTEXTS = Registry()


def _is_key(key: Value) -> bool:
    return type(key) is str and not key.startswith("__")


@CONTEXTS("get value(m: context, key: string) -> Any")
def _get_value(context: Context, key: str) -> Value:
    return context.get(key)


@CONTEXTS("get entries(m: context) -> list<context>")
def _get_entries(context: Context) -> tuple[Context, ...]:
    return tuple(Context({"key": key, "value": value}) for key, value in context.items())


@CONTEXTS("context(entries: list) -> context", wants_run=True)
def _context(run: Run, entries: tuple[Value, ...]) -> Context | None:
    made: dict[str, Value] = {}
    run.spend(len(entries), START)
    for entry in entries:
        if type(entry) is not Context or "value" not in entry or not _is_key(entry.get("key")) or entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return Context(made)


@CONTEXTS("context put(context: context, key: string, value: any) -> context", wants_run=True)
@CONTEXTS("context put(context: context, keys: list, value: any) -> context", wants_run=True)
def _context_put(run: Run, context: Context, keys: str | tuple[Value, ...], value: Value) -> Context | None:
    path = (keys,) if isinstance(keys, str) else keys
    if not path or not all(_is_key(key) for key in path):
        return None
    run.spend(len(context), START)
    if len(path) > 1:
        inner = context.get(path[0])
        if type(inner) is not Context:
            return None
        value = _context_put(run, inner, path[1:], value)
        if value is None:
            return None
    return Context({**context, path[0]: value})


@CONTEXTS("context merge(contexts: list) -> context", wants_run=True)
def _context_merge(run: Run, contexts: tuple[Value, ...]) -> Context | None:
    merged: dict[str, Value] = {}
    for context in contexts:
        if type(context) is not Context:
            return None
        run.spend(1 + len(context), START)
        merged.update(context)
    return Context(merged)
