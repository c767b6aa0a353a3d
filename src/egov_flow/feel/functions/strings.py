# SPDX-License-Identifier: Apache-2.0
"""String functions (DMN 1.5 table 74). Positions count characters (code points) from 1; a negative one counts from the end."""

from __future__ import annotations

from decimal import Decimal

from egov_flow.data import Value
from egov_flow.feel._failures import START
from egov_flow.feel._numbers import integer
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["STRINGS"]

STRINGS = Registry()


@STRINGS("substring(string: string, start position: number, length?: number) -> string")
def _substring(string: str, start: Decimal, length: Decimal | None) -> str | None:
    first = integer(start)
    if not first or abs(first) > len(string):
        return None
    first = first - 1 if first > 0 else len(string) + first
    if length is None:
        return string[first:]
    count = int(length) if length.adjusted() < 18 else len(string)
    return string[first : first + count] if count >= 1 else None


@STRINGS("string length(string: string) -> number")
def _length(string: str) -> Decimal:
    return Decimal(len(string))


@STRINGS("upper case(string: string) -> string")
def _upper(string: str) -> str:
    return string.upper()


@STRINGS("lower case(string: string) -> string")
def _lower(string: str) -> str:
    return string.lower()


@STRINGS("substring before(string: string, match: string) -> string")
def _before(string: str, match: str) -> str:
    return string.partition(match)[0] if match and match in string else ""


@STRINGS("substring after(string: string, match: string) -> string")
def _after(string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@STRINGS("contains(string: string, match: string) -> boolean")
def _contains(string: str, match: str) -> bool:
    return match in string


@STRINGS("starts with(string: string, match: string) -> boolean")
def _starts(string: str, match: str) -> bool:
    return string.startswith(match)


@STRINGS("ends with(string: string, match: string) -> boolean")
def _ends(string: str, match: str) -> bool:
    return string.endswith(match)


@STRINGS("string join(list: list, delimiter?: string) -> string", wants_run=True)
def _join(run: Run, members: tuple[Value, ...], delimiter: str | None) -> str | None:
    if any(m is not None and type(m) is not str for m in members):
        return None
    pieces = [m for m in members if m is not None]
    size = sum(map(len, pieces)) + len(delimiter or "") * len(pieces)
    run.spend(size >> 10, START)
    run.check_size(size, START)
    return (delimiter or "").join(pieces)
