# SPDX-License-Identifier: Apache-2.0
"""What two evaluators give, in one form that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from egov_flow import feel
from egov_flow.data import Context, YearMonthDuration, freeze
from egov_flow.errors import FeelError
from egov_flow.feel._wide import WIDE

__all__ = ["Error", "Temporal", "close", "ours", "theirs"]

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEMPORAL = frozenset([date, time, datetime, timedelta, YearMonthDuration, *WIDE])
_CLOSE = Decimal("1e-9")


class Error(str):
    """An evaluator refused the expression."""

    __slots__ = ()


class Temporal(str):
    """A date, time or duration as FEEL writes it."""

    __slots__ = ()


def ours(text: str, scope: Mapping[str, object]) -> Any:
    """Return what our FEEL gives."""
    try:
        return _plain(feel.compile(text).within(freeze(scope), feel.Run(feel.DEFAULT_LIMITS, NOW)))
    except FeelError as error:
        return Error(error.code)


def theirs(answer: dict[str, Any]) -> Any:
    """Return what feelin gave."""
    return Error(answer["error"]) if "error" in answer else _read(answer["value"])


def close(one: Any, other: Any) -> bool:
    """Say whether two values are the same, numbers as nearly as binary fractions allow; an error is an error, in whatever words."""
    if isinstance(one, Error) and isinstance(other, Error):
        return True
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one == other or abs(one - other) <= _CLOSE * max(abs(one), abs(other), Decimal(1))
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(close(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(close(value, other[key]) for key, value in one.items())
    return bool(one == other)


def _plain(value: Any) -> Any:
    if type(value) in TEMPORAL:
        return Temporal(feel.evaluate("string(x)", {"x": value}) if type(value) not in WIDE else "too far or too fine for a case")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Context):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, feel.Range):
        return Temporal("range")
    return Temporal("function") if isinstance(value, feel.Function) else value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "number" in value:
        return Decimal(value["number"]) if value["number"] not in ("NaN", "Infinity", "-Infinity") else Error(value["number"])
    if "context" in value:
        return {key: _read(entry) for key, entry in value["context"].items()}
    return Temporal(value["text"] if value["kind"] == "temporal" else value["kind"])
