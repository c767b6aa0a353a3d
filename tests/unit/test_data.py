# SPDX-License-Identifier: Apache-2.0
"""What a case can hold: frozen, limited, and with one canonical text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from egov_flow.data import EMPTY, Context, YearMonthDuration, decode, digest, duration_text, encode, freeze, number_text, thaw
from egov_flow.errors import InvalidData

JAKARTA = ZoneInfo("Asia/Jakarta")


def nested(depth):
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_plain_data_becomes_frozen_values():
    assert freeze({"fee": 1, "rate": 0.1, "tags": ["a", None, True]}) == Context(
        fee=Decimal(1), rate=Decimal("0.1"), tags=("a", None, True)
    )


@pytest.mark.parametrize(
    ("method", "arguments"), [("update", [{"a": 2}]), ("pop", ["a"]), ("popitem", []), ("clear", []), ("setdefault", ["b", 1])]
)
def test_a_frozen_context_refuses_changes(method, arguments):
    context = freeze({"a": 1})

    with pytest.raises(TypeError, match="frozen"):
        getattr(context, method)(*arguments)
    assert context == {"a": Decimal(1)}


def test_a_frozen_context_refuses_item_and_union_assignment():
    context = freeze({"a": 1})

    with pytest.raises(TypeError, match="frozen"):
        context["a"] = 2
    with pytest.raises(TypeError, match="frozen"):
        del context["a"]
    with pytest.raises(TypeError, match="frozen"):
        context |= {"b": 1}


def test_freezing_keeps_nothing_of_the_callers_data():
    mine = {"list": [{"a": 1}]}
    frozen = freeze(mine)
    mine["list"][0]["a"] = 2

    assert frozen["list"][0]["a"] == 1


def test_equal_contexts_have_equal_hashes_in_any_order():
    assert hash(freeze({"a": 1, "b": [2]})) == hash(freeze({"b": [2], "a": 1}))


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        ({"fee": float("nan")}, "EF-D003", "fee"),
        ({"fee": [1, float("-inf")]}, "EF-D003", "fee[2]"),
        (Decimal("Infinity"), "EF-D003", "data"),
        (Decimal("1E+7000"), "EF-D003", "data"),
        ({"a": {"n": Decimal("1" * 35)}}, "EF-D004", "a.n"),
        (10**34 + 1, "EF-D004", "data"),
        ({"a": {"__class__": 1}}, "EF-D005", "a"),
        ({"__proto__": 1}, "EF-D005", "data"),
        ({1: "a"}, "EF-D005", "data"),
        ({"a": object()}, "EF-D002", "a"),
        ({"a": {1, 2}}, "EF-D002", "a"),
        (b"bytes", "EF-D002", "data"),
        ({"a": "\ud800"}, "EF-D007", "a"),
        ({"\udfff": 1}, "EF-D007", "data"),
        ("x" * 4_000_001, "EF-D006", "data"),
        (nested(66), "EF-D001", "[1]" * 65),
    ],
)
def test_what_is_no_value_is_refused_with_its_place(value, code, path):
    with pytest.raises(InvalidData) as caught:
        freeze(value)

    assert (caught.value.code, caught.value.arguments["path"]) == (code, path)


def test_data_at_the_limits_is_accepted():
    assert freeze(Decimal("9" * 34)) == Decimal("9" * 34)
    assert freeze(10**40) == Decimal("1E+40")
    assert freeze(nested(65)) is not None
    assert len(freeze("x" * 4_000_000)) == 4_000_000


def test_a_refusal_never_shows_the_value():
    with pytest.raises(InvalidData) as caught:
        freeze({"diagnosis": {"secret words"}})

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1.0", "1"),
        ("-0", "0"),
        ("0.000", "0"),
        ("1E+3", "1000"),
        ("1.50", "1.5"),
        ("-12.3400", "-12.34"),
        ("1E-7", "0.0000001"),
        ("1E+33", "1" + "0" * 33),
        ("1E+40", "1E+40"),
        ("1E-80", "1E-80"),
    ],
)
def test_a_number_has_one_text(number, text):
    assert number_text(Decimal(number)) == text


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(days=1, hours=2), "P1DT2H"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(days=-1), "-P1D"),
        (timedelta(seconds=-1.5), "-PT1.5S"),
        (timedelta(microseconds=1), "PT0.000001S"),
        (timedelta(hours=24), "P1D"),
    ],
)
def test_a_duration_has_one_text(duration, text):
    assert duration_text(duration) == text


@pytest.mark.parametrize(("months", "text"), [(0, "P0M"), (14, "P1Y2M"), (24, "P2Y"), (-5, "-P5M")])
def test_a_duration_of_months_has_one_text(months, text):
    assert str(YearMonthDuration(months)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("é\n\x00", '"é\\n\\u0000"'),
        (date(2026, 1, 5), '{"__date":"2026-01-05"}'),
        (datetime(2026, 1, 5, 9, tzinfo=JAKARTA), '{"__datetime":"2026-01-05T09:00:00@Asia/Jakarta"}'),
        (datetime(2026, 1, 5, 9, tzinfo=timezone(timedelta(hours=7))), '{"__datetime":"2026-01-05T09:00:00+07:00"}'),
        (datetime(2026, 1, 5, 9, tzinfo=UTC), '{"__datetime":"2026-01-05T09:00:00+00:00"}'),
        (time(9, 30), '{"__time":"09:30:00"}'),
        (timedelta(seconds=1), '{"__days":"1000000"}'),
        (YearMonthDuration(14), '{"__months":"14"}'),
        (EMPTY, "{}"),
        ((), "[]"),
        ({"b": 1, "a": [1.50, "x"]}, '{"b":1,"a":[1.5,"x"]}'),
    ],
)
def test_a_value_has_one_canonical_form_and_comes_back(value, text):
    frozen = freeze(value)

    assert encode(frozen).decode() == text
    assert decode(text) == frozen
    assert type(decode(text)) is type(frozen)


def test_a_zone_comes_back_as_the_same_zone():
    moment = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)

    assert decode(encode(moment)).tzinfo.key == "Europe/Berlin"


def test_the_digest_does_not_depend_on_the_order_of_entries():
    assert digest(freeze({"a": 1, "b": {"c": 2, "d": 3}})) == digest(freeze({"b": {"d": 3, "c": 2}, "a": 1}))
    assert digest(freeze({"a": 1})) != digest(freeze({"a": 2}))


def test_what_is_not_frozen_is_not_encoded():
    with pytest.raises(TypeError, match="frozen"):
        encode({"a": 1.5})


def test_thawed_data_is_plain_and_can_be_changed():
    plain = thaw(freeze({"n": 3, "d": 1.5, "list": [1, {"a": 2}]}))
    plain["list"].append(4)

    assert plain == {"n": 3, "d": Decimal("1.5"), "list": [1, {"a": 2}, 4]}
    assert type(plain["n"]) is int


def test_the_second_of_two_equal_clock_readings_stays_the_second():
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2000, 10, 29, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1))

    assert decode(encode(freeze(second))).utcoffset() == second.utcoffset() != first.utcoffset()
    assert encode(freeze(first)) != encode(freeze(second))


def test_a_moment_in_the_gap_of_a_clock_change_comes_back_equal():
    moment = freeze(datetime(2000, 3, 26, 2, 0, tzinfo=ZoneInfo("Europe/Berlin")))

    assert decode(encode(moment)) == moment


def test_other_kinds_of_zones_become_offsets():
    class Odd(tzinfo):
        def utcoffset(self, _):
            return timedelta(hours=8)

        def dst(self, _):
            return None

        def tzname(self, _):
            return "odd"

    assert freeze(datetime(2026, 1, 1, tzinfo=Odd())).tzinfo == timezone(timedelta(hours=8))
