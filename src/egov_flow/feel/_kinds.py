# SPDX-License-Identifier: Apache-2.0
"""What kind a value is, and the two values that live only inside an evaluation: ranges and functions (DMN 1.5 §10.3.2.7, §10.3.2.13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import attrs

from egov_flow.data import Context, Value, YearMonthDuration
from egov_flow.feel._failures import START
from egov_flow.feel._nodes import TypeRef
from egov_flow.feel._wide import WIDE
from egov_flow.feel.limits import Run

__all__ = ["ANY", "KINDS", "Function", "Range", "coerced", "conforms", "fits", "kind_of"]

ANY = TypeRef("Any")

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
    """A function value: a user's, closed over its scope.

    Attributes:
        types: of its parameters; None for any value.
        call: takes the arguments in order and the run.
        height: how deep its body nests.
        result: type of what it gives; None when nobody knows.
    """

    parameters: tuple[str, ...]
    types: tuple[TypeRef | None, ...]
    call: Callable[[Any, Any], Value]
    height: int
    result: TypeRef | None = None


KINDS["range"] = Range
KINDS["function"] = Function

_NAMES = {kind: name for name, kind in KINDS.items()}
_NAMES |= {wide: _NAMES[kind] for wide, kind in WIDE.items()}


def kind_of(value: Value) -> str:
    """Return the name of a value's type as FEEL calls it; "Null" for null."""
    return _NAMES.get(type(value), "Null")


def conforms(value: Value, wanted: TypeRef, run: Run) -> bool:
    """Say whether a value is an instance of a type (DMN 1.5 §10.3.2.9.2); null is an instance of none but Null."""
    if wanted.name == "Null":
        return value is None
    if value is None:
        return False
    if wanted.name not in ("Any", _NAMES.get(type(value))):
        return False
    return not wanted.parts or _parts_conform(value, wanted, run)


def coerced(value: Value, wanted: TypeRef, run: Run) -> Value:
    """Return a value as a type has it: itself, the only member of a list, a list of it, a date's midnight; null if it does not fit (DMN 1.5 §10.3.2.9.4)."""
    if value is None or conforms(value, wanted, run):
        return value
    if type(value) is tuple and len(value) == 1 and conforms(value[0], wanted, run):
        return value[0]
    if wanted.name == "list" and type(value) is not tuple and conforms((value,), wanted, run):
        return (value,)
    if wanted.name == "date and time" and type(value) is date:
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None


def _parts_conform(value: Value, wanted: TypeRef, run: Run) -> bool:
    if wanted.name == "list":
        run.spend(len(value), START)
        return all(v is None or conforms(v, wanted.parts[0], run) for v in value)
    if wanted.name == "range":
        return all(v is None or conforms(v, wanted.parts[0], run) for v in (value.low, value.high))
    if wanted.name == "context":
        run.spend(len(wanted.keys), START)
        return all(
            key in value and (value[key] is None or conforms(value[key], part, run))
            for key, part in zip(wanted.keys, wanted.parts, strict=True)
        )
    return _function_conforms(value, wanted)


def _function_conforms(value: Function, wanted: TypeRef) -> bool:
    """A function fits if it takes whatever the type's callers may give, and gives what they expect (DMN 1.5 §10.3.2.9)."""
    given, result = wanted.parts[:-1], wanted.parts[-1]
    return (
        len(given) == len(value.parameters)
        and all(fits(part, own or ANY) for part, own in zip(given, value.types, strict=True))
        and (value.result is None or fits(value.result, result))
    )


def fits(given: TypeRef, wanted: TypeRef) -> bool:
    """Say whether every value of one type is a value of another (DMN 1.5 §10.3.2.9)."""
    if wanted in (ANY, given) or given.name == "Null":
        return True
    if given.name != wanted.name:
        return False
    if not wanted.parts:
        return True
    if given.name == "context":
        own = dict(zip(given.keys, given.parts, strict=True))
        return all(key in own and fits(own[key], part) for key, part in zip(wanted.keys, wanted.parts, strict=True))
    if len(given.parts) != len(wanted.parts):
        return False
    if given.name == "function":
        takes = all(fits(theirs, ours) for ours, theirs in zip(given.parts[:-1], wanted.parts[:-1], strict=True))
        return takes and fits(given.parts[-1], wanted.parts[-1])
    return fits(given.parts[0], wanted.parts[0])
