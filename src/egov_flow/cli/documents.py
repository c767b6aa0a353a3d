# SPDX-License-Identifier: Apache-2.0
"""Results as JSON: our values become plain ones, numbers keep every digit, bytes and models stay out."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import attrs

from egov_flow.bpmn import Definitions
from egov_flow.data import YearMonthDuration, duration_text, encode

__all__ = ["document", "plain"]


def document(value: Any) -> str:
    """Return the JSON text of a value, indented, one entry a line."""
    return _written(plain(value), "")


def plain(value: Any) -> Any:
    """Return a value in terms of JSON; a number is a Decimal or int, a time its ISO 8601 text."""
    fields = _fields(value)
    if fields is not None:
        return {name: plain(v) for name, v in fields.items() if not isinstance(v, bytes | Definitions)}
    if isinstance(value, Mapping):
        return {str(name): plain(v) for name, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(v) for v in value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(v) for v in value]
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, YearMonthDuration) else value


def _fields(value: Any) -> dict[str, Any] | None:
    """Return the fields of one of our values, an attrs class or a named tuple; None of any other value."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return value._asdict()  # type: ignore[no-any-return]
    if attrs.has(type(value)) and not isinstance(value, YearMonthDuration):
        return {f.name: getattr(value, f.name) for f in attrs.fields(type(value))}
    return None


def _written(value: Any, indent: str) -> str:
    inner = f"{indent}  "
    if isinstance(value, dict) and value:
        entries = [f"{inner}{_scalar(name)}: {_written(v, inner)}" for name, v in value.items()]
        return "{\n" + ",\n".join(entries) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"{inner}{_written(v, inner)}" for v in value) + f"\n{indent}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, list | dict):
        return "[]" if isinstance(value, list) else "{}"
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = Decimal(repr(value))
    if isinstance(value, str):
        return "".join(_escaped(c) for c in json.dumps(value, ensure_ascii=False))
    return encode(value).decode()


def _escaped(character: str) -> str:
    """Return a character as JSON may hold it; what could steer a terminal, or has no UTF-8 form, as its escape."""
    return json.dumps(character)[1:-1] if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character
