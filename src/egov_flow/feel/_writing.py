# SPDX-License-Identifier: Apache-2.0
"""Values as text: what `string()` gives (DMN 1.5 §10.3.4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from egov_flow.data import Context, Value, YearMonthDuration, duration_text, number_text
from egov_flow.feel._failures import START
from egov_flow.feel._kinds import Function, Range
from egov_flow.feel._wide import WideDate, WideDuration, WideMoment, WideTime
from egov_flow.feel.limits import Run
from egov_flow.feel.moments import date_text, moment_text, time_text, wide_duration_text

__all__ = ["text_of"]

_WORD = re.compile(r"[^\W\d]\w*")

_PLAIN: dict[type, Callable[[Value], str]] = {
    Decimal: number_text,
    date: date_text,
    WideDate: date_text,
    WideTime: time_text,
    WideMoment: moment_text,
    WideDuration: lambda v: wide_duration_text(v.nanos),
    time: time_text,
    datetime: moment_text,
    timedelta: duration_text,
    YearMonthDuration: str,
    bool: lambda v: "true" if v else "false",
    type(None): lambda _: "null",
    Function: lambda v: f"function({', '.join(v.parameters)})",
}


def text_of(value: Value, run: Run) -> str:
    """Return a value as FEEL text; a string stands for itself, but in quotes inside a list or context."""
    if isinstance(value, str):
        return value
    pieces: list[str] = []
    _write(value, pieces, run)
    return "".join(pieces)


def _write(value: Value, pieces: list[str], run: Run) -> None:
    run.spend(1, START)
    if type(value) is str:
        run.spend(len(value) >> 10, START)
        pieces.append('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"')
    elif type(value) is tuple:
        pieces.append("[")
        for index, member in enumerate(value):
            pieces.append(", " if index else "")
            _write(member, pieces, run)
        pieces.append("]")
    elif type(value) is Context:
        _write_context(value, pieces, run)
    elif type(value) is Range:
        _write_range(value, pieces, run)
    else:
        pieces.append(_PLAIN[type(value)](value))


def _write_context(value: Context, pieces: list[str], run: Run) -> None:
    pieces.append("{")
    for index, (key, entry) in enumerate(value.items()):
        shown = key if _WORD.fullmatch(key) else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
        pieces.append(f"{', ' if index else ''}{shown}: ")
        _write(entry, pieces, run)
    pieces.append("}")


def _write_range(value: Range, pieces: list[str], run: Run) -> None:
    if value.low is None or value.high is None:
        op = (">" if value.high is None else "<") + ("=" if value.low_closed or value.high_closed else "")
        pieces.append(f"({op} ")
        _write(value.high if value.low is None else value.low, pieces, run)
        pieces.append(")")
        return
    pieces.append("[" if value.low_closed else "(")
    _write(value.low, pieces, run)
    pieces.append("..")
    _write(value.high, pieces, run)
    pieces.append("]" if value.high_closed else ")")
