# SPDX-License-Identifier: Apache-2.0
"""What arithmetic and properties give by type (DMN 1.5 tables 54–58 and 65), for looking at expressions before they run."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["ARITHMETIC_RESULTS", "ORDERED", "PROPERTY_TYPES", "WRITTEN"]

_DAYS, _MONTHS = "days and time duration", "years and months duration"
WRITTEN = frozenset([str, bool, Decimal])
"""Kinds of constants that a remark may quote: they stand in the expression or in a form, not in a case."""

ORDERED = frozenset(["number", "string", "date", "time", "date and time", _DAYS, _MONTHS])

ARITHMETIC_RESULTS: dict[tuple[str, str, str], str] = {
    **{(op, "number", "number"): "number" for op in ("+", "-", "*", "/", "**")},
    ("+", "string", "string"): "string",
    **{(op, kind, length): kind for op in ("+", "-") for kind in ("date", "date and time") for length in (_DAYS, _MONTHS)},
    **{("+", length, kind): kind for kind in ("date", "date and time") for length in (_DAYS, _MONTHS)},
    **{(op, length, length): length for op in ("+", "-") for length in (_DAYS, _MONTHS)},
    **{(op, "time", _DAYS): "time" for op in ("+", "-")},
    ("+", _DAYS, "time"): "time",
    **{("-", left, right): _DAYS for left in ("date", "date and time") for right in ("date", "date and time")},
    ("-", "time", "time"): _DAYS,
    **{("*", length, "number"): length for length in (_DAYS, _MONTHS)},
    **{("*", "number", length): length for length in (_DAYS, _MONTHS)},
    **{("/", length, "number"): length for length in (_DAYS, _MONTHS)},
    **{("/", length, length): "number" for length in (_DAYS, _MONTHS)},
}

_DAY_PARTS = dict.fromkeys(("year", "month", "day", "weekday"), "number")
_CLOCK_PARTS = {**dict.fromkeys(("hour", "minute", "second"), "number"), "time offset": _DAYS, "timezone": "string"}
PROPERTY_TYPES: dict[str, dict[str, str]] = {
    "date": _DAY_PARTS,
    "time": _CLOCK_PARTS,
    "date and time": {**_DAY_PARTS, **_CLOCK_PARTS},
    _DAYS: dict.fromkeys(("days", "hours", "minutes", "seconds"), "number"),
    _MONTHS: dict.fromkeys(("years", "months"), "number"),
    "range": {"start": "Any", "end": "Any", "start included": "boolean", "end included": "boolean"},
}
