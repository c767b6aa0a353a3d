# SPDX-License-Identifier: Apache-2.0
"""What kind a value is, and the two values that live only inside an evaluation: ranges and functions (DMN 1.5 §10.3.2.7, §10.3.2.13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import attrs

from egov_flow.data import Context, Value, YearMonthDuration
from egov_flow.feel._nodes import TypeRef

__all__ = ["KINDS", "Function", "Range", "conforms", "kind_of"]

KINDS: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": date,
    "time": time,
    "date and time": datetime,
    "days and time duration": timedelta,
    "years and months duration": YearMonthDuration,
    "list": tuple,
    "context": Context,
}


@attrs.frozen(kw_only=True)
class Range:
    """A range of comparable values; a missing end (None) is open to that side."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool


@attrs.frozen(kw_only=True, eq=False)
class Function:
    """A function value: a user's, closed over its scope. `height` is how deep its body nests."""

    parameters: tuple[str, ...]
    types: tuple[TypeRef | None, ...]
    call: Callable[[Any, Any], Value]
    height: int


KINDS["range"] = Range
KINDS["function"] = Function

_NAMES = {kind: name for name, kind in KINDS.items()}


def kind_of(value: Value) -> str:
    """Return the name of a value's type as FEEL calls it; "Null" for null."""
    return _NAMES.get(type(value), "Null")


def conforms(value: Value, wanted: TypeRef) -> bool:
    """Say whether a value is an instance of a type (DMN 1.5 §10.3.2.9.2); null is an instance of none but Null."""
    if wanted.name == "Null":
        return value is None
    if value is None:
        return False
    if wanted.name == "Any":
        return True
    if type(value) is not KINDS[wanted.name]:
        return False
    return not wanted.parts or _parts_conform(value, wanted)


def _parts_conform(value: Value, wanted: TypeRef) -> bool:
    if wanted.name == "list":
        return all(v is None or conforms(v, wanted.parts[0]) for v in value)
    if wanted.name == "range":
        return all(v is None or conforms(v, wanted.parts[0]) for v in (value.low, value.high))
    if wanted.name == "context":
        return all(
            key in value and (value[key] is None or conforms(value[key], part)) for key, part in zip(wanted.keys, wanted.parts, strict=True)
        )
    return _function_conforms(value, wanted)


def _function_conforms(value: Function, wanted: TypeRef) -> bool:
    given = wanted.parts[:-1]
    return len(given) == len(value.parameters) and all(
        t is None or t == w or w.name == "Any" for t, w in zip(value.types, given, strict=True)
    )
