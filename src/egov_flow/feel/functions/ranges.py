# SPDX-License-Identifier: Apache-2.0
"""How points and ranges lie to each other: Allen's relations (DMN 1.5 table 80). A point is the range that holds it alone."""

from __future__ import annotations

import operator
from collections.abc import Callable

from egov_flow.data import Value
from egov_flow.errors import FeelError
from egov_flow.feel._kinds import Range
from egov_flow.feel._nodes import Call, Literal, Node, RangeNode
from egov_flow.feel._operators import all_of, any_of, compare
from egov_flow.feel._parser import Parser
from egov_flow.feel.durations import duration_of
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.moments import date_of, datetime_of, time_of

__all__ = ["RANGES"]

RANGES = Registry()
_DEEPEST = 4
_READERS: dict[str, Callable[[str], Value]] = {"date": date_of, "time": time_of, "date and time": datetime_of, "duration": duration_of}
Outcome = bool | None


def _lt(left: Value, right: Value) -> Outcome:
    return compare(operator.lt, left, right)


def _eq(left: Value, right: Value) -> Outcome:
    return compare(operator.eq, left, right)


def _is_range(value: Value) -> bool:
    return type(value) is Range and value.low is not None and value.high is not None


def _ends_before_start(left: Value, left_closed: bool, right: Value, right_closed: bool) -> Outcome:
    """Say whether an end lies wholly before a start: below it, or on it and one of the two is open."""
    return any_of((_lt(left, right), all_of((_eq(left, right), not (left_closed and right_closed)))))


def _parts(value: Value) -> tuple[Value, bool, Value, bool] | None:
    if type(value) is Range:
        return (value.low, value.low_closed, value.high, value.high_closed) if _is_range(value) else None
    return None if value is None else (value, True, value, True)


def _before(left: Value, right: Value) -> Outcome:
    a, b = _parts(left), _parts(right)
    return None if a is None or b is None else _ends_before_start(a[2], a[3], b[0], b[1])


def _starts_no_later(outer: Range, inner: Range) -> Outcome:
    """Say whether `outer` begins before `inner` or with it."""
    return any_of((_lt(outer.low, inner.low), all_of((_eq(outer.low, inner.low), outer.low_closed or not inner.low_closed))))


def _ends_no_earlier(outer: Range, inner: Range) -> Outcome:
    return any_of((_lt(inner.high, outer.high), all_of((_eq(inner.high, outer.high), outer.high_closed or not inner.high_closed))))


def _holds(outer: Range, value: Value) -> Outcome:
    if type(value) is Range:
        return all_of((_starts_no_later(outer, value), _ends_no_earlier(outer, value)))
    low = any_of((_lt(outer.low, value), all_of((_eq(outer.low, value), outer.low_closed))))
    return all_of((low, any_of((_lt(value, outer.high), all_of((_eq(outer.high, value), outer.high_closed))))))


def _same_start(left: Value, right: Range) -> Outcome:
    closed = left.low_closed == right.low_closed if type(left) is Range else right.low_closed
    return all_of((_eq(left.low if type(left) is Range else left, right.low), closed))


def _same_end(left: Value, right: Range) -> Outcome:
    closed = left.high_closed == right.high_closed if type(left) is Range else right.high_closed
    return all_of((_eq(left.high if type(left) is Range else left, right.high), closed))


def _meets(left: Range, right: Range) -> Outcome:
    return all_of((_eq(left.high, right.low), left.high_closed and right.low_closed))


def _overlaps(left: Range, right: Range) -> Outcome:
    before, after = _before(left, right), _before(right, left)
    return None if before is None or after is None else not before and not after


def _overlaps_before(left: Range, right: Range) -> Outcome:
    starts = any_of((_lt(left.low, right.low), all_of((_eq(left.low, right.low), left.low_closed and not right.low_closed))))
    ends = any_of((_lt(left.high, right.high), all_of((_eq(left.high, right.high), not left.high_closed or right.high_closed))))
    before = _before(left, right)
    return all_of((starts, ends, None if before is None else not before))


def _starts(left: Value, right: Range) -> Outcome:
    if type(left) is not Range:
        return _same_start(left, right)
    return all_of((_same_start(left, right), _ends_no_earlier(right, left)))


def _finishes(left: Value, right: Range) -> Outcome:
    if type(left) is not Range:
        return _same_end(left, right)
    return all_of((_same_end(left, right), _starts_no_later(right, left)))


def _coincides(left: Value, right: Value) -> Outcome:
    if type(left) is Range and type(right) is Range:
        return all_of((_same_start(left, right), _same_end(left, right)))
    return None if type(left) is Range or type(right) is Range else _eq(left, right)


_RANGES, _POINTS, _POINT_RANGE, _RANGE_POINT = ("range1", "range2"), ("point1", "point2"), ("point", "range"), ("range", "point")
Names = tuple[str, str]


def _declare(name: str, relation: Callable[..., Outcome], *names: Names, turned: bool = False) -> None:
    """Declare one relation of two values, under each pair of names that its arguments may have.

    It is null unless those that are ranges under all names are ranges with two ends.
    """
    first_range, second_range = (all(pair[side].startswith("range") for pair in names) for side in (0, 1))

    def related(left: Value, right: Value) -> Outcome:
        for value, must in ((left, first_range), (right, second_range)):
            if value is None or (must and not _is_range(value)) or (type(value) is Range and not _is_range(value)):
                return None
        return relation(right, left) if turned else relation(left, right)

    for one, other in names:
        RANGES(f"{name}({one}: any, {other}: any) -> boolean")(related)


@RANGES("range(from: string) -> range")
def _range(text: str) -> Range | None:
    """Return the range that a text of literals states, as `[1..10]` or `(@"2026-01-01"..@"2026-12-31"]`."""
    try:
        node = Parser(text, [], _DEEPEST).whole()
    except FeelError as error:
        if error.code == "EF-F018":
            raise
        return None
    if type(node) is not RangeNode or node.low is None or node.high is None:
        return None
    low, high = _end(node.low), _end(node.high)
    if low is None or high is None or _lt(high, low) is not False:
        return None
    return Range(low=low, high=high, low_closed=node.low_closed, high_closed=node.high_closed)


def _end(node: Node) -> Value:
    """Return a literal's value, also of `date("…")` and its like; None for anything else."""
    if type(node) is Literal:
        return node.value
    if type(node) is Call and node.name in _READERS and len(node.arguments) == 1 and type(node.arguments[0]) is Literal:
        text = node.arguments[0].value
        return _READERS[node.name](text) if type(text) is str else None
    return None


_declare("before", _before, _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)
_declare("after", _before, _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES, turned=True)
_declare("meets", _meets, _RANGES)
_declare("met by", _meets, _RANGES, turned=True)
_declare("overlaps", _overlaps, _RANGES)
_declare("overlaps before", _overlaps_before, _RANGES)
_declare("overlaps after", _overlaps_before, _RANGES, turned=True)
_declare("finishes", _finishes, _POINT_RANGE, _RANGES)
_declare("finished by", _finishes, _RANGE_POINT, _RANGES, turned=True)
_declare("includes", _holds, _RANGE_POINT, _RANGES)
_declare("during", _holds, _POINT_RANGE, _RANGES, turned=True)
_declare("starts", _starts, _POINT_RANGE, _RANGES)
_declare("started by", _starts, _RANGE_POINT, _RANGES, turned=True)
_declare("coincides", _coincides, _POINTS, _RANGES)
