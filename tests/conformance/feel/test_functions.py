# SPDX-License-Identifier: Apache-2.0
"""The built-in functions: an example of each, what misfits give, and named arguments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from egov_flow import feel
from egov_flow.errors import FeelError
from egov_flow.feel.functions import FUNCTIONS

EXAMPLES = [
    ('date("2026-02-28") = @"2026-02-28"', True),
    ("date(2026, 2, 30)", None),
    ('date and time(@"2026-01-31", @"09:00:00Z") = @"2026-01-31T09:00:00Z"', True),
    ('time(9, 30, 15.5, @"PT7H") = @"09:30:15.5+07:00"', True),
    ('number("1.000,5", ".", ",")', Decimal("1000.5")),
    ('number("1 000", " ", null)', Decimal(1000)),
    ('number("abc")', None),
    ("string(1.50)", "1.5"),
    ('string(@"P1DT2H")', "P1DT2H"),
    ('string([1, "a", {b: null}])', '[1, "a", {b: null}]'),
    ("string(null)", None),
    ('duration("P1D") = @"P1D"', True),
    ('years and months duration(@"2026-01-31", @"2027-03-30") = @"P1Y1M"', True),
    ('substring("foobar", 3, 2)', "ob"),
    ('substring("foobar", -2)', "ar"),
    ('substring("🐎ab", 2)', "ab"),
    ('string length("🐎ab")', Decimal(3)),
    ('upper case("aBc")', "ABC"),
    ('lower case("aBc")', "abc"),
    ('substring before("foobar", "bar")', "foo"),
    ('substring after("foobar", "ob")', "ar"),
    ('substring after("foobar", "xy")', ""),
    ('contains("foobar", "of")', False),
    ('starts with("foobar", "fo")', True),
    ('ends with("foobar", "r")', True),
    ('string join(["a", null, "b"], "-")', "a-b"),
    ('matches("foobar", "^fo*b")', True),
    ('matches("FOO", "foo", "i")', True),
    (r'matches("7٣", "^\d+$")', True),
    ('matches("a\nb", "a.b")', False),
    ('matches("a\nb", "a.b", "s")', True),
    ('matches("a b", "a b", "x")', False),
    ('replace("abracadabra", "a(.)", "$1-")', "b-rc-d-b-ra"),
    ('replace("abc", "x*", "-")', None),
    ('split("a;b;;c", ";")', ("a", "b", "", "c")),
    ("list contains([1, null], null)", True),
    ("count([1, 2])", Decimal(2)),
    ("min(3, 1, 2)", Decimal(1)),
    ('max(["a", "c", "b"])', "c"),
    ('min([1, "a"])', None),
    ("sum([0.1, 0.2])", Decimal("0.3")),
    ("sum([])", None),
    ("product(2, 3)", Decimal(6)),
    ("mean([1, 2, 3, 6])", Decimal(3)),
    ("median(8, 2, 5, 3)", Decimal(4)),
    ("stddev(2, 4, 7, 5) > 2.08", True),
    ("mode([6, 1, 9, 6, 1])", (Decimal(1), Decimal(6))),
    ("all([true, null])", None),
    ("all([])", True),
    ("any([false, true])", True),
    ("not(false)", True),
    ('is(@"09:00:00Z", @"09:00:00+00:00")', True),
    ("sublist([1, 2, 3], 2, 2)", (2, 3)),
    ("sublist([1, 2, 3], 3, 2)", None),
    ("append([1], 2, 3)", (1, 2, 3)),
    ("concatenate([1], [2, 3])", (1, 2, 3)),
    ("insert before([1, 3], 2, 2)", (1, 2, 3)),
    ("remove([1, 2, 3], -1)", (1, 2)),
    ("list replace([1, 2, 3], 2, 9)", (1, 9, 3)),
    ("list replace([1, 2, 3], function(item, new) item > 1, 9)", (1, 9, 9)),
    ("reverse([1, 2])", (2, 1)),
    ("index of([1, 2, 1], 1)", (1, 3)),
    ("union([1, 2], [2, 3])", (1, 2, 3)),
    ('distinct values([1, 1.0, "1", true])', (Decimal(1), "1", True)),
    ("flatten([[1, [2]], 3])", (1, 2, 3)),
    ("sort([2, 1], function(a, b) a < b)", (1, 2)),
    ("decimal(2.5, 0)", Decimal(2)),
    ("decimal(1/3, 2)", Decimal("0.33")),
    ("floor(-1.5)", Decimal(-2)),
    ("ceiling(1.25, 1)", Decimal("1.3")),
    ("round up(-5.5, 0)", Decimal(-6)),
    ("round down(5.55, 1)", Decimal("5.5")),
    ("round half up(-5.5, 0)", Decimal(-6)),
    ("round half down(5.5, 0)", Decimal(5)),
    ('abs(@"-P1D") = @"P1D"', True),
    ("modulo(-12, 5)", Decimal(3)),
    ("modulo(12, -5)", Decimal(-3)),
    ("modulo(1, 0)", None),
    ("sqrt(16)", Decimal(4)),
    ("sqrt(-1)", None),
    ("log(0)", None),
    ("exp(0)", Decimal(1)),
    ("odd(5)", True),
    ("even(-2)", True),
    ("even(1.5)", None),
    ('day of year(@"2026-02-01")', Decimal(32)),
    ('day of week(@"2026-01-01")', "Thursday"),
    ('month of year(@"2026-01-01")', "January"),
    ('week of year(@"2027-01-01")', Decimal(53)),
    ('5 in range("[1..5]")', True),
    ('range("[5..1]")', None),
    ("before(1, 2)", True),
    ("after([5..9], 4)", True),
    ("meets([1..5], [5..9])", True),
    ("met by([5..9], [1..5])", True),
    ("overlaps([1..5], [5..9])", True),
    ("overlaps([1..5), [5..9])", False),
    ("overlaps before([1..5], [3..9])", True),
    ("overlaps after([3..9], [1..5])", True),
    ("finishes(9, [3..9])", True),
    ("finished by([3..9], 9)", True),
    ("includes([3..9], [4..5])", True),
    ("during(4, [3..9])", True),
    ("starts([3..5], [3..9])", True),
    ("started by([3..9], 3)", True),
    ("coincides([1..2], [1..2])", True),
    ('get value({a: 1}, "a")', Decimal(1)),
    ("get entries({a: 1})[1].key", "a"),
    ('context([{key: "a", value: 1}]).a', Decimal(1)),
    ('context put({a: 1}, "b", 2).b', Decimal(2)),
    ('context put({a: {b: 1}}, ["a", "b"], 2).a.b', Decimal(2)),
    ("context merge([{a: 1}, {a: 2}]).a", Decimal(2)),
]


@pytest.mark.parametrize(("text", "value"), EXAMPLES)
def test_a_built_in_function_gives_what_dmn_says(text: str, value: object) -> None:
    assert feel.evaluate(text) == value


def test_every_built_in_function_has_an_example_here() -> None:
    shown = frozenset().union(*(feel.compile(text).functions for text, _ in EXAMPLES))
    assert set(FUNCTIONS) - shown == {"now", "today"}


def code_of(text: str) -> str:
    try:
        feel.evaluate(text)
    except FeelError as error:
        return error.code
    return ""


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_an_argument_of_a_wrong_kind_gives_null_or_a_value_and_no_other_error(name: str) -> None:
    for form in FUNCTIONS[name]:
        for argument in ("null", '"x"', "1", "true", "{a: 1}", "[[1]]", "[1..2]", '@"2026-01-01"', '@"10:00:00"', "abs"):
            text = f"{name}({', '.join([argument] * len(form.parameters))})"
            assert code_of(text) in ("", "EF-F012", "EF-F013"), text


def test_arguments_may_be_named_in_any_order() -> None:
    assert feel.evaluate('substring(start position: 3, string: "foobar")') == "obar"
    assert feel.evaluate('contains(match: "o", string: "foo")') is True


def test_a_list_of_one_passes_for_its_value_and_a_value_for_a_list_of_one() -> None:
    assert feel.evaluate('upper case(["a"])') == "A"
    assert feel.evaluate("count(5)") == 1


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("[a-z-[aeiou]]", "bz", "aeiB"),
        ("[^x-[abc]]", "dX", "xab"),
        ("[a-c-[^b]]", "b", "ac"),
        ("[a-c-[a-c]]", "", "abc"),
        (r"[+\\-z-[w]]", "+z-", "wx"),
    ],
)
def test_a_class_may_subtract_another(pattern: str, matching: str, others: str) -> None:
    assert [c for c in matching + others if feel.evaluate(f'matches(c, "^{pattern}$")', {"c": c})] == list(matching)
    assert feel.evaluate('matches("i", "[A-Z-[IO]]", "i") or not(matches("q", "[A-Z-[IO]]", "i"))') is False


@pytest.mark.parametrize(
    "pattern",
    [r"(a)\\1", r"[a-z-[\\w]]", r"[\\x{61}]", "a(?=b)", "(?i)a", r"\\bword", "(", "[[:alpha:]]"],
)
def test_a_pattern_that_re2_would_read_otherwise_is_refused(pattern: str) -> None:
    with pytest.raises(FeelError) as error:
        feel.evaluate(f'matches("a", "{pattern}")')
    assert error.value.code == "EF-F020"
