# SPDX-License-Identifier: Apache-2.0
"""The one byte form of an event, and the reader that accepts nothing else.

An event is JSON in UTF-8: keys sorted and ASCII, no spaces, whole numbers only, fields that are empty left out, the time in UTC with microseconds.
`v` is the number of this format and `prev` the leaf of the case's event before it, so that the chain is part of what is hashed. For such
JSON the form is that of RFC 8785.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import compress
from json.encoder import encode_basestring
from operator import is_not
from typing import Any, NamedTuple, get_type_hints

from egov_flow.data import Value, encode
from egov_flow.errors import InvalidData
from egov_flow.values import ChainedEvent, Event

__all__ = ["FORMAT", "SALT_SIZE", "canonical", "following", "leaf", "linked", "read", "salted"]

FORMAT = 1
SALT_SIZE = 32
_FIELDS, _EMPTY = Event._fields, Event._field_defaults
_REQUIRED = {"v", "prev", *(set(_FIELDS) - set(_EMPTY))}
_KINDS: dict[str, type] = get_type_hints(Event)
_NUMBERS = {"v", *(name for name, kind in _KINDS.items() if kind is int)}
_KNOWN = {"v", "prev", *_FIELDS}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_LEAF = re.compile(r"(?:[0-9a-f]{64})?")
_NEVER = object()


def canonical(event: Event, prev: str) -> bytes:
    """Return the bytes of an event.

    Args:
        event: with a time that has a zone.
        prev: leaf (hex) of the case's event before it; "" for the first.

    Raises:
        InvalidData: a time without a zone, text that is no Unicode, or a field of another type.
    """
    return next(following((event,), prev)).data


def following(events: Iterable[Event], prev: str) -> Iterator[ChainedEvent]:
    """Yield events that follow one another with their bytes and leaves, in UTC; args and errors are those of `canonical`.

    The events of one command share most of their fields: what is the very object that the event before had keeps its text.
    """
    if type(prev) is not str:
        raise InvalidData("EF-U021", field="prev")
    texts, known = ["{", *[""] * len(_NAMES), f'"v":{FORMAT}}}'], _EMPTIES
    for event in events:
        for at, place, key, kind, text, empty in compress(_WRITTEN, map(is_not, event, known)):
            value = event[at]
            if type(value) is not kind and not (kind is datetime and isinstance(value, datetime)):
                raise InvalidData("EF-U021", field=_FIELDS[at])
            texts[place] = f"{key}{text(value)}," if value != empty else ""
        texts[_PREV] = f'"prev":{encode_basestring(prev)},'
        try:
            data = "".join(texts).encode()
        except UnicodeEncodeError as cause:
            raise InvalidData("EF-U021", field="text") from cause
        own = leaf(data)
        yield ChainedEvent(event if event.time.tzinfo is UTC else event._replace(time=event.time.astimezone(UTC)), data, prev, own)
        known, prev = event, own


def leaf(data: bytes) -> str:
    """Return the hash of an event's bytes as hex: SHA-256(0x00 ‖ bytes), the leaf hash of RFC 9162 §2.1.1."""
    return hashlib.sha256(b"\x00" + data).hexdigest()


def read(data: bytes) -> Event:
    """Return the event that `canonical` wrote.

    Raises:
        InvalidData: the bytes are not exactly what `canonical` writes: no JSON, another format number, unknown or missing fields, another order …
    """
    return linked(data)[0]


def linked(data: bytes) -> tuple[Event, str]:
    """Return the event and the `prev` inside its bytes; raises like `read`."""
    fields = _fields(data)
    prev = fields["prev"]
    values = {name: fields[name] for name in _FIELDS if name in fields}
    try:
        values["time"] = datetime.fromisoformat(fields["time"])
    except ValueError as cause:
        raise InvalidData("EF-U020", reason="the time is none") from cause
    event = Event(**values)
    if canonical(event, prev) != data:
        raise InvalidData("EF-U020", reason="the same event has another, canonical form")
    return event, prev


def salted(salt: bytes, data: Value) -> str:
    """Return a digest of frozen data that says nothing without its salt: SHA-256("egov-flow/v1" ‖ salt ‖ canonical data), hex.

    Args:
        salt: 32 random bytes, another for each digest; who destroys it makes the digest meaningless.

    Raises:
        ValueError: a salt of another size.
    """
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes, not {len(salt)}")
    return hashlib.sha256(b"egov-flow/v1" + salt + encode(data, sort=True)).hexdigest()


class _Field(NamedTuple):
    """How a field is written: where it stands in the event and among the texts, its key, its one type, how a value becomes text, and what is left out."""

    at: int
    place: int
    key: str
    kind: type
    text: Callable[[Any], str]
    empty: Any


def _written(name: str) -> _Field:
    texts: dict[type, Callable[[Any], str]] = {int: str, str: encode_basestring, datetime: _time_text}
    return _Field(_FIELDS.index(name), _PLACES[name], f'"{name}":', _KINDS[name], texts[_KINDS[name]], _EMPTY.get(name, _NEVER))


def _time_text(time: datetime) -> str:
    if time.utcoffset() is None:
        raise InvalidData("EF-U021", field="time")
    in_utc = time if time.tzinfo is UTC else time.astimezone(UTC)
    return f'"{in_utc.isoformat(timespec="microseconds").removesuffix("+00:00")}Z"'


def _wrongly_typed(fields: dict[str, Any]) -> str:
    """The first field of a wrong type; "" if there is none."""
    for name, value in fields.items():
        if type(value) is not (int if name in _NUMBERS else str):
            return name
    return ""


def _fields(data: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(data.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as cause:
        raise InvalidData("EF-U020", reason="it is no JSON of whole numbers and text") from cause
    if not isinstance(fields, dict):
        raise InvalidData("EF-U020", reason="it is no JSON object")
    if fields.get("v") != FORMAT:
        raise InvalidData("EF-U022", format=FORMAT)
    if not fields.keys() <= _KNOWN or not fields.keys() >= _REQUIRED:
        raise InvalidData("EF-U020", reason="it has fields too many or too few")
    if _wrongly_typed(fields):
        raise InvalidData("EF-U020", reason=f"the field {_wrongly_typed(fields)} has another type")
    if not _TIME.fullmatch(fields["time"]) or not _LEAF.fullmatch(fields["prev"]):
        raise InvalidData("EF-U020", reason="time or prev has another form")
    return fields


def _refuse(_text: str) -> None:
    raise ValueError


# keys in the order of the bytes, behind the brace and before `v`, the last; how an event's fields are written, in the order of the event
_NAMES = tuple(sorted(_KNOWN - {"v"}))
_PLACES = {name: place for place, name in enumerate(_NAMES, start=1)}
_WRITTEN = tuple(map(_written, _FIELDS))
_EMPTIES = tuple(field.empty for field in _WRITTEN)
_PREV = _PLACES["prev"]
