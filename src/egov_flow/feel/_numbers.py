# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of FEEL numbers: IEEE 754-2008 decimal128, half even (DMN 1.5 §10.3.2.3.1)."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

__all__ = ["NUMBERS", "ceiling_of", "floor_of", "integer", "plain", "rounded"]

NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
"""Every operation goes through this context: Python's operators on Decimal would round to the thread's 28 digits."""

_INTEGER_DIGITS = 34


def integer(number: Decimal) -> int | None:
    """Return a whole number as int; None if it is not whole or too big to count with."""
    if number.adjusted() >= _INTEGER_DIGITS or number != number.to_integral_value():
        return None
    return int(number)


def plain(number: Decimal) -> Decimal:
    """Return the number without zeros at the end of its fraction."""
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize(NUMBERS)


def rounded(number: Decimal, scale: int, rounding: str) -> Decimal:
    """Return the number with at most `scale` digits after the point (negative: before it)."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -scale:
        return number
    # The target may need more than 34 digits on the way only when nothing has to be rounded, and that was answered above.
    return number.quantize(Decimal(1).scaleb(-scale, NUMBERS), rounding=rounding, context=NUMBERS)


def floor_of(number: Decimal) -> Decimal:
    """Return the greatest whole number that is not above."""
    return number.to_integral_value(rounding=ROUND_FLOOR)


def ceiling_of(number: Decimal) -> Decimal:
    """Return the least whole number that is not below."""
    return number.to_integral_value(rounding=ROUND_CEILING)
