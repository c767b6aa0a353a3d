# SPDX-License-Identifier: Apache-2.0
"""The differences between our FEEL and feelin, in classes; docs/explanation/feel.md says of each who is right, and by which clause."""

from __future__ import annotations

from typing import Any

from expressions import Tree
from values import Error

__all__ = ["CLASSES", "UNJUDGED", "judged"]

UNJUDGED = "not judged"
VALUE, NULL, ERROR = "value", "null", "error"
DURATIONS, DATES, ZONES, ELAPSED = (
    "arithmetic of durations",
    "date plus duration",
    "with and without zone",
    "elapsed time across a change of clocks",
)
MONTHS, POSITIONS, KINDS, BETWEEN = "years and months between dates", "positions outside", "two kinds compared", "ends of between"
EMPTY, TEXTS, ORDER, PARTS, GREATEST = (
    "empty and null lists",
    "numbers in texts",
    "order and middle",
    "parts of whole numbers",
    "greatest and least",
)
BINARY, PRECEDENCE, NULL_ITEMS, CONCATENATED = "binary fractions", "what belongs together", "null in a list", "null among lists"
CHARACTERS = "characters outside the basic plane"
CLASSES: dict[str, dict[str, set[tuple[str, str]]]] = {
    DURATIONS: {
        "-({days})": {(VALUE, NULL)},
        "-({months})": {(VALUE, NULL)},
        "({days} * {number})": {(VALUE, NULL)},
        "({months} * {number})": {(VALUE, NULL)},
        "({days} / {days})": {(VALUE, ERROR), (NULL, ERROR)},
    },
    DATES: {"({date} + {days})": {(VALUE, VALUE)}},
    ZONES: {
        "({clock} - {clock})": {(NULL, VALUE), (VALUE, VALUE)},
        "({moment} - {moment})": {(NULL, VALUE), (VALUE, VALUE)},
        "({clock} < {clock})": {(NULL, VALUE)},
        "({moment} < {moment})": {(NULL, VALUE)},
        "({moment} = {moment})": {(VALUE, VALUE)},
    },
    ELAPSED: {"({moment} + {days})": {(VALUE, VALUE)}, "({moment} - {days})": {(VALUE, VALUE)}},
    MONTHS: {"years and months duration({date}, {date})": {(VALUE, VALUE)}},
    POSITIONS: {
        "substring({string}, {number})": {(NULL, VALUE)},
        "substring({string}, 2, {number})": {(NULL, VALUE), (VALUE, VALUE)},
        "sublist({list}, {number})": {(NULL, VALUE)},
        "sublist({list}, 1, {number})": {(NULL, VALUE), (VALUE, VALUE)},
        "remove({list}, {number})": {(NULL, VALUE), (VALUE, VALUE), (NULL, ERROR)},
        "insert before({list}, {number}, {number})": {(NULL, VALUE), (VALUE, VALUE)},
        "list replace({list}, {number}, {number})": {(NULL, VALUE), (VALUE, VALUE)},
    },
    KINDS: {
        "some x in {list} satisfies x = {number}": {(NULL, VALUE)},
        "every x in {list} satisfies x != {number}": {(NULL, VALUE)},
        "before({number}, {number})": {(NULL, VALUE)},
        "overlaps([1..5], [{number}..9])": {(NULL, VALUE)},
        "{number} in (1, 3, > 5)": {(NULL, VALUE)},
        "{number} in [1..5]": {(NULL, VALUE)},
        "({number} < {number})": {(NULL, VALUE)},
        "is({number}, {number})": {(VALUE, NULL)},
    },
    BETWEEN: {"{number} between {number} and {number}": {(VALUE, VALUE), (VALUE, NULL), (VALUE, ERROR)}},
    EMPTY: {
        "({list} = {list})": {(VALUE, NULL)},
        "{list}[item > {number}]": {(VALUE, NULL), (VALUE, VALUE)},
        "{list}[{number}]": {(VALUE, NULL), (VALUE, VALUE)},
        "people[{number}]": {(VALUE, NULL)},
        "people[age > {number}].age": {(VALUE, ERROR)},
    },
    TEXTS: {"number({string})": {(NULL, VALUE)}},
    ORDER: {
        "mode({list})": {(VALUE, VALUE)},
        "median({list})": {(VALUE, VALUE)},
        "sort({list}, function(x, y) x < y)": {(VALUE, VALUE), (VALUE, ERROR)},
    },
    PARTS: {"date(2026, 2, {number})": {(NULL, VALUE)}, "odd({number})": {(NULL, VALUE)}, "even({number})": {(NULL, VALUE)}},
    GREATEST: {"max({date}, {date})": {(VALUE, NULL)}, "min({list})": {(VALUE, NULL)}},
    BINARY: {
        "string({number})": {(VALUE, VALUE)},
        "string({list})": {(VALUE, VALUE)},
        "string({context})": {(VALUE, VALUE)},
        "modulo({number}, {number})": {(VALUE, VALUE)},
    },
    PRECEDENCE: {
        **{
            f"if {{boolean}} then {{{kind}}} else {{{kind}}}": {(VALUE, VALUE), (VALUE, NULL), (NULL, VALUE)}
            for kind in ("number", "string", "list", "context")
        },
        "({boolean} or {boolean})": {(VALUE, VALUE), (VALUE, NULL)},
        "({boolean} and {boolean})": {(VALUE, VALUE), (VALUE, NULL)},
    },
    NULL_ITEMS: {"{list} instance of list<number>": {(VALUE, VALUE)}},
    CHARACTERS: {"substring({string}, {number})": {(VALUE, VALUE)}},
    CONCATENATED: {"concatenate({list}, {list})": {(NULL, VALUE)}},
}
"""Class → forms of the least expressions on which the two differ → what ours and feelin give."""


def judged(least: Tree, mine: Any, other: Any) -> str:
    """Return the class of a difference."""
    outcome = (_kind(mine), _kind(other))
    return next((name for name, forms in CLASSES.items() if outcome in forms.get(least.form, ())), UNJUDGED)


def _kind(value: Any) -> str:
    if isinstance(value, Error):
        return ERROR
    return NULL if value is None else VALUE
