# SPDX-License-Identifier: Apache-2.0
"""Laws of case data: whatever is frozen comes back from its text, equal and with equal bytes."""

from __future__ import annotations

import string
from datetime import timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_flow.data import YearMonthDuration, decode, digest, encode, freeze, number_text, thaw
from egov_flow.errors import InvalidData

ZONES = st.sampled_from(
    [None, ZoneInfo("Asia/Jakarta"), ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=7)), timezone(-timedelta(minutes=210))]
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda n: len(n.as_tuple().digits) <= 34 and abs(n.adjusted()) <= 6144
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = TEXTS.filter(lambda key: not key.startswith("__"))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS,
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**33), 10**33),
    TEXTS,
    st.dates(),
    st.times(timezones=ZONES),
    st.datetimes(timezones=ZONES),
    st.timedeltas(),
    st.builds(YearMonthDuration, st.integers(-12_000, 12_000)),
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12)


@given(VALUES)
def test_frozen_data_comes_back_from_its_text(value):
    frozen = freeze(value)

    assert decode(encode(frozen)) == frozen
    assert encode(decode(encode(frozen))) == encode(frozen)


@given(VALUES)
def test_freezing_again_changes_nothing(value):
    frozen = freeze(value)

    assert encode(freeze(frozen)) == encode(frozen)
    assert encode(freeze(thaw(frozen))) == encode(frozen)


@given(VALUES)
def test_frozen_data_can_be_hashed(value):
    assert hash(freeze(value)) == hash(decode(encode(freeze(value))))


@given(st.dictionaries(KEYS, SCALARS, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_a_digest_ignores_the_order_of_entries(context, random):
    entries = list(context.items())
    random.shuffle(entries)

    assert digest(freeze(dict(entries))) == digest(freeze(context))


@given(NUMBERS)
def test_equal_numbers_have_one_text(number):
    text = number_text(freeze(number))

    assert Decimal(text) == number
    assert number_text(freeze(Decimal(text))) == text
    assert not text.startswith("-0") or Decimal(text) < 0


@given(st.text(string.ascii_letters + "_", max_size=8).map(lambda tail: f"__{tail}"), SCALARS)
def test_a_key_with_two_underscores_is_never_accepted(key, value):
    with pytest.raises(InvalidData):
        freeze({"outer": [{key: value}]})
