# SPDX-License-Identifier: Apache-2.0
"""Numeric functions (DMN 1.5 table 76)."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from egov_flow.data import Value, YearMonthDuration
from egov_flow.feel._failures import START
from egov_flow.feel._numbers import NUMBERS, floor_of, integer, rounded
from egov_flow.feel._wide import duration_from, nanos_of
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["NUMERIC"]

NUMERIC = Registry()
_SERIES_COST = 24
_WHOLE = Decimal(0)
_SCALES = range(-6111, 6177)


def _at_scale(number: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    # A scale that is not whole is cut (DMN 1.5 §10.3.4.5).
    digits = integer(scale.to_integral_value(ROUND_DOWN))
    return rounded(number, digits, rounding) if digits is not None and digits in _SCALES else None


@NUMERIC("decimal(n: number, scale: number) -> number")
def _decimal(number: Decimal, scale: Decimal) -> Decimal | None:
    return _at_scale(number, scale, ROUND_HALF_EVEN)


@NUMERIC("floor(n: number) -> number")
@NUMERIC("floor(n: number, scale: number) -> number")
def _floor(number: Decimal, scale: Decimal = _WHOLE) -> Decimal | None:
    return _at_scale(number, scale, ROUND_FLOOR)


@NUMERIC("ceiling(n: number) -> number")
@NUMERIC("ceiling(n: number, scale: number) -> number")
def _ceiling(number: Decimal, scale: Decimal = _WHOLE) -> Decimal | None:
    return _at_scale(number, scale, ROUND_CEILING)


@NUMERIC("round up(n: number, scale: number) -> number")
def _round_up(number: Decimal, scale: Decimal) -> Decimal | None:
    return _at_scale(number, scale, ROUND_UP)


@NUMERIC("round down(n: number, scale: number) -> number")
def _round_down(number: Decimal, scale: Decimal) -> Decimal | None:
    return _at_scale(number, scale, ROUND_DOWN)


@NUMERIC("round half up(n: number, scale: number) -> number")
def _round_half_up(number: Decimal, scale: Decimal) -> Decimal | None:
    return _at_scale(number, scale, ROUND_HALF_UP)


@NUMERIC("round half down(n: number, scale: number) -> number")
def _round_half_down(number: Decimal, scale: Decimal) -> Decimal | None:
    return _at_scale(number, scale, ROUND_HALF_DOWN)


@NUMERIC("abs(n: number or days and time duration or years and months duration) -> Any")
def _abs(value: Value) -> Value:
    if isinstance(value, Decimal):
        return NUMBERS.abs(value)
    return YearMonthDuration(abs(value.months)) if isinstance(value, YearMonthDuration) else duration_from(abs(nanos_of(value)))


@NUMERIC("modulo(dividend: number, divisor: number) -> number")
def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    if not divisor:
        return None
    # dividend - divisor * floor(dividend / divisor), but exact: the remainder first, then the divisor's sign.
    remainder = NUMBERS.remainder(dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        return NUMBERS.add(remainder, divisor)
    return remainder


@NUMERIC("sqrt(number: number) -> number", wants_run=True)
def _sqrt(run: Run, number: Decimal) -> Decimal | None:
    run.spend(_SERIES_COST, START)
    return NUMBERS.sqrt(number) if number >= 0 else None


@NUMERIC("log(number: number) -> number", wants_run=True)
def _log(run: Run, number: Decimal) -> Decimal | None:
    run.spend(_SERIES_COST, START)
    return NUMBERS.ln(number) if number > 0 else None


@NUMERIC("exp(number: number) -> number", wants_run=True)
def _exp(run: Run, number: Decimal) -> Decimal:
    run.spend(_SERIES_COST, START)
    return NUMBERS.exp(number)


@NUMERIC("odd(number: number) -> boolean")
def _odd(number: Decimal) -> bool | None:
    return _remainder_of_two(number) == 1 if number == floor_of(number) else None


@NUMERIC("even(number: number) -> boolean")
def _even(number: Decimal) -> bool | None:
    return _remainder_of_two(number) == 0 if number == floor_of(number) else None


def _remainder_of_two(number: Decimal) -> int:
    whole = integer(number)
    # Above 34 digits the last ones are zeros, and the number is even.
    return whole % 2 if whole is not None else 0
