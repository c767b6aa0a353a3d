# SPDX-License-Identifier: Apache-2.0
"""What expressions mean: operators, null, ranges, loops, filters, contexts, functions."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from egov_flow import feel
from egov_flow.data import Context, freeze
from egov_flow.errors import FeelError


def decimals(*numbers: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(n) for n in numbers)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2 = 0.3", True),
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("2 - 3 - 4", Decimal(-5)),
        ("-3 ** 2", Decimal(9)),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        ("1 / 0", None),
        ("1e6000 * 1e6000", None),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ("1.5e3", Decimal(1500)),
        ("= 1 + 1", Decimal(2)),
        ("/* why */ 1 // because", Decimal(1)),
    ],
)
def test_arithmetic_is_exact_and_has_no_value_rather_than_a_wrong_one(text: str, value: object) -> None:
    assert feel.evaluate(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null = null", True),
        ("missing = null", True),
        ("1 = null", False),
        ("1 != null", True),
        ('1 = "1"', None),
        ("null < 1", None),
        ('"a" < 1', None),
        ("true and null", None),
        ("false and null", False),
        ("null and false", False),
        ("true or null", True),
        ("null or false", None),
        ('true and "yes"', None),
        ("not(null)", None),
        ("not(1)", None),
        ("if null then 1 else 2", Decimal(2)),
        ("missing.name.first", None),
        ("null + 1", None),
        ("some x in [null, true] satisfies x", True),
        ("every x in [null, true] satisfies x", None),
        ("some x in null satisfies x", None),
    ],
)
def test_null_is_neither_true_nor_false(text: str, value: object) -> None:
    assert feel.evaluate(text) is value if not isinstance(value, Decimal) else feel.evaluate(text) == value


def test_a_string_that_looks_like_a_number_stays_a_string() -> None:
    assert feel.evaluate("a + 0.2 = 0.3", {"a": "0.1"}) is False
    assert feel.evaluate("a + 0.2 = 0.3", {"a": 0.1}) is True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 in [1..5]", True),
        ("5 in [1..5)", False),
        ("5 in (1..5)", False),
        ("1 in ]1..5[", False),
        ("5 in (1..5) or true", True),
        ("2 in (1, 2, 3)", True),
        ("2 in (> 3, < 0)", False),
        ("2 in >= 2", True),
        ('"b" in ["a", "b"]', True),
        ("5 in ([1..3], [5..9])", True),
        ("5 in null", False),
        ("5 in [1..missing]", None),
        ('"a" in [1..3]', None),
        ("3 between 1 and 3 and true", True),
        ("[1..3] = [1..3]", True),
        ("[1..3] = [1..3)", False),
        ("[1..3].end included", True),
        ("includes([1..10], 5)", True),
        ("before([1..5], [6..10])", True),
        ('date("2026-03-01") in [@"2026-01-01"..@"2026-12-31"]', True),
    ],
)
def test_ranges_and_tests_of_in(text: str, value: object) -> None:
    assert feel.evaluate(text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for i in 1..3 return i * i", decimals(1, 4, 9)),
        ("for i in 3..1 return i", decimals(3, 2, 1)),
        ("for i in [1..4) return i", decimals(1, 2, 3)),
        ("for a in [1, 2], b in [10, 20] return a + b", decimals(11, 21, 12, 22)),
        ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", decimals(1, 1, 2, 3, 5)),
        ("for i in null return i", None),
        ("[1, 2, 3][2]", Decimal(2)),
        ("[1, 2, 3][-1]", Decimal(3)),
        ("[1, 2, 3][0]", None),
        ("[1, 2, 3][4]", None),
        ("[1, 2, 3][item > 1]", decimals(2, 3)),
        ("[{a: 1}, {a: 2}][a > 1].a", decimals(2)),
        ("[{a: 1}, {a: 2}].a", decimals(1, 2)),
        ("7[1]", Decimal(7)),
        ("{a: 1, b: a + 1}.b", Decimal(2)),
        ("{double: function(x: number) x * 2, y: double(4)}.y", Decimal(8)),
        ("{double: function(x: number) x * 2, y: double(x: 4)}.y", Decimal(8)),
        ('{double: function(x: number) x * 2, y: double("4")}.y', None),
        ("{fact: function(n) if n < 2 then 1 else n * fact(n - 1), y: fact(10)}.y", Decimal(3628800)),
        ("sort([3, 1, 2], function(a, b) a < b)", decimals(1, 2, 3)),
        ("{apply: function(f, x) f(x), y: apply(abs, -3)}.y", Decimal(3)),
    ],
)
def test_loops_filters_paths_and_functions(text: str, value: object) -> None:
    assert feel.evaluate(text) == value


def test_a_filter_reads_the_item_before_the_scope() -> None:
    scope = {"items": [{"price": 5}, {"price": 50}], "price": 1, "least": 10}
    assert feel.evaluate("count(items[price > least])", scope) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 instance of number", True),
        ('"1" instance of number', False),
        ("null instance of Any", False),
        ("[1, 2] instance of list<number>", True),
        ('[1, "2"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ('@"2026-01-01T00:00:00" instance of date and time', True),
        ('@"P1D" instance of days and time duration', True),
        ("1 + 1 instance of number and true", None),
    ],
)
def test_instance_of_asks_for_the_kind(text: str, value: object) -> None:
    assert feel.evaluate(text) is value


def test_the_result_is_frozen() -> None:
    value = feel.evaluate("{a: [1, {b: 2}]}")
    assert type(value) is Context
    assert type(value["a"]) is tuple
    assert freeze(value) == value


def test_a_range_or_function_cannot_leave_the_expression() -> None:
    for text in ("[1..5]", "[function(x) x]", "abs"):
        with pytest.raises(FeelError) as error:
            feel.evaluate(text)
        assert error.value.code == "EF-F013"


def test_only_get_is_asked_of_the_scope() -> None:
    class Spy(dict[str, object]):
        def __getattribute__(self, name: str) -> object:
            assert name in ("get", "__class__")
            return dict.__getattribute__(self, name)

    assert feel.compile("a.b > 1 and missing = null")(Spy(a=freeze({"b": 2}))) is True


def test_an_expression_says_what_it_reads_and_calls() -> None:
    found = feel.compile("for x in orders[total > limit] return sum(x.lines) + fee")
    assert found.names == {"orders", "total", "limit", "fee"}
    assert found.item_names == {"total", "limit"}
    assert found.functions == {"sum"}


def test_the_same_text_is_compiled_once_and_survives_pickling() -> None:
    found = feel.compile("a > 1")
    assert feel.compile("a > 1") is found
    assert found != feel.compile("a > 1", {"b-c"})
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
    assert pickle.loads(pickle.dumps(found)) is found


@pytest.mark.parametrize(
    ("cell", "value", "outcome"),
    [
        ("-", 5, True),
        ('"low", "medium"', "low", True),
        ("> 10", 5, False),
        ("[1..5]", 5, True),
        ("not(1, 2)", 3, True),
        ("not(1, 2)", 2, False),
        ("? > 3 and ? < 9", 5, True),
        ("not(? = 1) and ? < 9", 5, True),
        ("null", None, True),
        ("> limit", 5, True),
    ],
)
def test_unary_tests_speak_of_the_tested_value(cell: str, value: object, outcome: bool) -> None:
    assert feel.compile_tests(cell)(freeze({"?": value, "limit": 4})) is outcome
