# SPDX-License-Identifier: Apache-2.0
"""Laws of FEEL: any text ends well; evaluation is pure; numbers and dates agree with independent reckoning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import resources

from hypothesis import example, given, settings
from hypothesis import strategies as st

from egov_flow import feel
from egov_flow.data import Context, decode, encode, freeze, zone_named
from egov_flow.errors import FeelError
from egov_flow.feel.functions import FUNCTIONS

DATA = freeze({"a": 1, "b": "text", "c": {"a": [1, 2, {"b": 3}]}, "d": datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "e": None, "l": [3, 1, 2]})
LIMITS = feel.Limits(fuel=2_000, output=100_000)
WORDS = st.sampled_from(
    [
        *[
            "a",
            "b",
            "c",
            "d",
            "e",
            "l",
            "item",
            "?",
            "partial",
            "1",
            "0",
            "-1",
            "1e99",
            '"x"',
            '"(a+)+"',
            "null",
            "true",
            "false",
            "[",
            "]",
            "(",
            ")",
        ],
        *[
            "{",
            "}",
            ",",
            ":",
            ".",
            "..",
            "+",
            "-",
            "*",
            "/",
            "**",
            "=",
            "!=",
            "<",
            ">=",
            "and",
            "or",
            "in",
            "between",
            "if",
            "then",
            "else",
            "for",
        ],
        *[
            "return",
            "some",
            "every",
            "satisfies",
            "instance of",
            "number",
            "list<",
            "function(x)",
            '@"2026-01-31"',
            '@"P1M"',
            '@"PT36H"',
            '@"10:00:00Z"',
        ],
        *sorted(FUNCTIONS),
    ]
)


def outcome(text: str, data: Context = DATA) -> object:
    try:
        return feel.compile(text)(data, LIMITS)
    except FeelError as error:
        return error


def ends_well(text: str) -> None:
    found = outcome(text)
    if isinstance(found, FeelError):
        assert min(found.line, found.column) >= 1
    else:
        assert freeze(found) == found
        assert decode(encode(found)) == found


@given(st.text(max_size=60))
@example("\ud7ff\uf900")
@example("0..")
def test_any_text_gives_a_value_or_a_feel_error(text: str) -> None:
    ends_well(text)


@settings(max_examples=400)
@given(st.lists(WORDS, max_size=16))
def test_any_row_of_feel_words_gives_a_value_or_a_feel_error(words: list[str]) -> None:
    ends_well(" ".join(words))


OPERANDS = st.sampled_from(
    ["a", "b", "c", "d", "e", "l", "1.5", '"x"', "null", "true", '@"2026-01-31"', '@"-P1M"', '@"PT36H"', '@"10:00:00"', "[1..3]"]
)
EXPRESSIONS = st.recursive(
    OPERANDS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**", "=", "<", "and", "or", "in"]), inner).map(
            lambda p: f"({p[0]} {p[1]} {p[2]})"
        ),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, max_size=3)).map(lambda p: f"{p[0]}({', '.join(p[1])})"),
        st.tuples(inner, inner).map(lambda p: f"[{p[0]}, {p[1]}][{p[1]}]"),
        st.tuples(inner, inner).map(lambda p: f"(for x in {p[0]} return [x, {p[1]}])"),
        st.tuples(inner, inner, inner).map(lambda p: f"(if {p[0]} then {p[1]} else {p[2]})"),
        st.tuples(inner, inner).map(lambda p: f"{{k: {p[0]}, m: {p[1]}}}.k"),
    ),
    max_leaves=12,
)


@settings(max_examples=600)
@given(EXPRESSIONS)
def test_any_well_formed_expression_gives_a_value_or_a_feel_error(text: str) -> None:
    ends_well(text)


@settings(max_examples=200)
@given(EXPRESSIONS)
def test_evaluation_is_pure(text: str) -> None:
    before = encode(DATA)
    first, second = outcome(text, Context(DATA)), outcome(text, Context(DATA))
    assert str(first) == str(second)
    assert isinstance(first, FeelError) or encode(first) == encode(second)
    assert encode(DATA) == before


ZONES = st.sampled_from(resources.files("tzdata").joinpath("zones").read_text("utf-8").split()).map(zone_named)
MONEY = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@given(MONEY, MONEY, MONEY)
def test_money_is_added_and_multiplied_exactly(a: Decimal, b: Decimal, c: Decimal) -> None:
    scope = freeze({"a": a, "b": b, "c": c})
    assert Fraction(feel.evaluate("a + b - c", scope)) == Fraction(a) + Fraction(b) - Fraction(c)
    assert Fraction(feel.evaluate("a * b", scope)) == Fraction(a) * Fraction(b)
    assert feel.evaluate("a < b", scope) is (Fraction(a) < Fraction(b))


@given(st.integers(-(10**18), 10**18), st.integers(-(10**9), 10**9).filter(bool))
def test_modulo_is_that_of_floored_division(a: int, b: int) -> None:
    assert feel.evaluate("modulo(a, b)", {"a": a, "b": b}) == a % b


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-5000, 5000))
def test_days_are_counted_as_the_calendar_counts_them(day: date, count: int) -> None:
    scope = {"day": day, "length": timedelta(days=count)}
    assert feel.evaluate("day + length", scope) == date.fromordinal(day.toordinal() + count)
    assert feel.evaluate("(day + length) - day = length", scope) is True


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-600, 600))
def test_a_month_later_keeps_the_day_or_is_the_end_of_the_month(day: date, months: int) -> None:
    later = feel.add_duration(
        datetime(day.year, day.month, day.day, tzinfo=UTC), feel.parse_duration(f"{'-' * (months < 0)}P{abs(months)}M")
    )
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=ZONES),  # noqa: DTZ001 - hypothesis adds the zones
    st.timedeltas(timedelta(days=-400), timedelta(days=400)),
)
def test_elapsed_time_is_the_same_in_every_zone(moment: datetime, length: timedelta) -> None:
    later = feel.add_duration(moment, length)
    assert later.astimezone(UTC) - moment.astimezone(UTC) == length
    assert feel.evaluate("b - a = length", {"a": moment, "b": later, "length": length}) is True
