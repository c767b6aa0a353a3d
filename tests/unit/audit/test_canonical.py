# SPDX-License-Identifier: Apache-2.0
"""The byte form of an event, and how strictly it is read."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from egov_flow.audit import canonical, chain, leaf, read, salted
from egov_flow.data import Context
from egov_flow.errors import InvalidData
from egov_flow.values import Event

JAKARTA = timezone(timedelta(hours=7))
EVENT = Event(
    tenant="default", case="case-1", case_seq=1, time=datetime(2026, 1, 5, 9, 0, tzinfo=JAKARTA), kind="completed", command="complete",
    element="Task_Décider", token=3, actor="officer:3",
)  # fmt: skip
BYTES = (
    '{"actor":"officer:3","case":"case-1","case_seq":1,"command":"complete","element":"Task_Décider","kind":"completed","prev":"",'
    '"tenant":"default","time":"2026-01-05T02:00:00.000000Z","token":3,"v":1}'
).encode()


def test_an_event_has_these_very_bytes():
    """The golden form: format 1 must be readable for ever."""
    assert canonical(EVENT, "") == BYTES
    assert read(BYTES) == EVENT


def test_a_leaf_is_hashed_apart_from_a_node():
    assert leaf(BYTES) == hashlib.sha256(b"\x00" + BYTES).hexdigest()
    assert leaf(BYTES) == "acbb9573298ff0b7d5928e4c25aecd67e13000d0446891cc25224c90649f5ace"


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("another format", BYTES.replace(b'"v":1', b'"v":2')),
        ("no format", BYTES.replace(b',"v":1', b"")),
        ("a field that nobody knows", BYTES.replace(b'"v":1', b'"v":1,"w":1')),
        ("a missing field", BYTES.replace(b'"tenant":"default",', b"")),
        ("an empty field", BYTES.replace(b'"token":3', b'"token":0')),
        ("another order", BYTES.replace(b'"token":3,"v":1', b'"v":1,"token":3')),
        ("a field twice", BYTES.replace(b'"token":3', b'"token":2,"token":3')),
        ("a space", BYTES.replace(b'"token":3', b'"token": 3')),
        ("an escape that is not needed", BYTES.replace(b"complete", b"\\u0063omplete")),
        ("a float", BYTES.replace(b'"token":3', b'"token":3.0')),
        ("NaN", BYTES.replace(b'"token":3', b'"token":NaN')),
        ("true for a number", BYTES.replace(b'"token":3', b'"token":true')),
        ("text for a number", BYTES.replace(b'"token":3', b'"token":"3"')),
        ("a number for text", BYTES.replace(b'"officer:3"', b"3")),
        ("an endless number", BYTES.replace(b'"token":3', b'"token":' + b"9" * 5000)),
        ("a time in another zone", BYTES.replace(b"T02:00:00.000000Z", b"T09:00:00.000000+07:00")),
        ("a time without microseconds", BYTES.replace(b".000000Z", b"Z")),
        ("a day that is none", BYTES.replace(b"2026-01-05", b"2026-02-30")),
        ("a hash that is none", BYTES.replace(b'"prev":""', b'"prev":"xyz"')),
        ("latin-1", BYTES.decode().encode("latin-1")),
        ("a lone surrogate", BYTES.replace(b"officer:3", b"\\ud800")),
        ("a byte order mark", b"\xef\xbb\xbf" + BYTES),
        ("a line end", BYTES + b"\n"),
        ("a list", b"[]"),
        ("deep nesting", b"[" * 100_000),
        ("nothing", b""),
    ],
)
def test_only_the_canonical_bytes_are_read(why, data):
    with pytest.raises(InvalidData, match="EF-U02"):
        read(data)


@pytest.mark.parametrize(
    "fields",
    [{"time": datetime(2026, 1, 5)}, {"token": 1.5}, {"token": True}, {"actor": None}, {"reason": "\ud800"}],  # noqa: DTZ001
)
def test_what_has_no_byte_form_is_not_written(fields):
    with pytest.raises(InvalidData, match="EF-U021"):
        canonical(Event(**{"tenant": "t", "case": "c", "case_seq": 1, "time": EVENT.time, "kind": "k", "command": "c", **fields}), "")


def test_each_event_of_a_chain_names_the_one_before():
    one, other = chain([EVENT, EVENT], "ab" * 32)

    assert (one.prev, other.prev) == ("ab" * 32, one.leaf)
    assert f'"prev":"{one.leaf}"'.encode() in other.data
    assert one.event.time.utcoffset() == timedelta(0)


def test_a_salted_digest_is_of_label_salt_and_sorted_data():
    data = Context({"b": Decimal("1.50"), "a": "ä"})
    salt = bytes(range(32))

    assert salted(salt, data) == hashlib.sha256(b"egov-flow/v1" + salt + '{"a":"ä","b":1.5}'.encode()).hexdigest()


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_short_salt_is_refused(size):
    with pytest.raises(ValueError, match="32 bytes"):
        salted(bytes(size), None)
