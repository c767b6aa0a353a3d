# SPDX-License-Identifier: Apache-2.0
"""The values a case can hold, frozen, and their one canonical text.

Null, boolean, number (Decimal, at most 34 digits), string, date, time, date and time, days-and-time duration (`timedelta`), years-and-months
duration, list (tuple) and context (`Context`): the types of FEEL (DMN 1.5 §10.3.2). Everything that enters the kernel has passed `freeze`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Context as Precision
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from json.encoder import encode_basestring
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import attrs

from egov_flow.errors import InvalidData

__all__ = [
    "EMPTY",
    "Context",
    "Value",
    "YearMonthDuration",
    "decode",
    "digest",
    "duration_text",
    "encode",
    "freeze",
    "number_text",
    "thaw",
    "zone_named",
]

Value = Any
"""One of the types above. Python has no recursive union that mypy and attrs both read well; `freeze` is the gate."""

MAX_DEPTH = 64
MAX_VALUES = 1_000_000
MAX_TEXT = 4_000_000
DIGITS = Precision(prec=34)
MAX_ADJUSTED = 6144


class Context(dict[str, Value]):
    """A FEEL context: a dict that nobody can change after it was made."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a Context is frozen; make a new one: Context({**old, 'name': value})")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Context, (dict(self),))


EMPTY = Context()


@attrs.frozen(order=True)
class YearMonthDuration:
    """A FEEL years-and-months duration, in months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if self.months < 0 else ''}P{text}"


def freeze(value: object) -> Value:
    """Return the frozen form of plain Python data: dicts become `Context`, lists tuples, numbers Decimal.

    Raises:
        InvalidData: NaN or infinity, more than 34 digits, a key that is no string or starts with `__`, a type that is no value, or data that is
            too deep, too many or too long. The text names the path, never the value.
    """
    return _Freezer().freeze(value, "", 0)


# made once: to write `int | float` makes a new type each time, and to ask the abstract class first takes ten times as long
_NUMBERS = (int, float, Decimal)
_TIMES = (datetime, date, time, timedelta, YearMonthDuration)
_MAPPINGS = (dict, Mapping)
_LISTS = (list, tuple)


class _Freezer:
    def __init__(self) -> None:
        self.count = 0

    def freeze(self, value: object, path: str, depth: int) -> Value:
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_VALUES:
            raise InvalidData("EF-D001", path=path or "data", depth=MAX_DEPTH, count=MAX_VALUES)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._string(value, path)
        if isinstance(value, _NUMBERS):
            return self._number(value, path)
        if isinstance(value, _TIMES):
            return _exact(value)
        if isinstance(value, _MAPPINGS):
            return self._context(value, path, depth)
        if isinstance(value, _LISTS):
            return tuple(self.freeze(v, f"{path}[{i + 1}]", depth + 1) for i, v in enumerate(value))
        raise InvalidData("EF-D002", path=path or "data", type=type(value).__name__)

    def _string(self, value: str, path: str) -> str:
        if len(value) > MAX_TEXT:
            raise InvalidData("EF-D006", path=path or "data", limit=MAX_TEXT)
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as cause:  # a lone surrogate has no UTF-8 form, so no canonical bytes either
            raise InvalidData("EF-D007", path=path or "data") from cause
        return str(value)

    def _number(self, value: float | Decimal, path: str) -> Decimal:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            raise InvalidData("EF-D003", path=path or "data")
        size = len(number.as_tuple().digits)
        if size > DIGITS.prec and len(number.normalize(Precision(prec=size)).as_tuple().digits) > DIGITS.prec:
            raise InvalidData("EF-D004", path=path or "data", digits=DIGITS.prec)
        if abs(number.adjusted()) > MAX_ADJUSTED:
            raise InvalidData("EF-D003", path=path or "data")
        return DIGITS.plus(number) if number else Decimal(0)

    def _context(self, value: Mapping[Any, object], path: str, depth: int) -> Context:
        for key in value:
            if not isinstance(key, str) or key.startswith("__"):
                raise InvalidData("EF-D005", path=path or "data", key=str(key)[:60])
            self._string(key, path)
        return Context({k: self.freeze(v, f"{path}.{k}" if path else k, depth + 1) for k, v in value.items()})


def _exact(value: date | time | timedelta | YearMonthDuration) -> Value:
    """Return a temporal value as the very type that FEEL knows, its zone as the pinned database has it.

    A subclass (of pandas, for instance) may compare and print in its own way; and two zone objects of one name are not equal where a clock
    is put forward, so that a value would differ from itself once it was stored.
    """
    if isinstance(value, datetime):
        zone = _pinned(value)
        clock = time(value.hour, value.minute, value.second, value.microsecond)
        return datetime.combine(date(value.year, value.month, value.day), clock, zone).replace(fold=_fold(value, zone))
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, time):
        return time(value.hour, value.minute, value.second, value.microsecond, tzinfo=_pinned(value))
    if isinstance(value, timedelta):
        return timedelta(days=value.days, seconds=value.seconds, microseconds=value.microseconds)
    return YearMonthDuration(value.months)


def _fold(moment: datetime, zone: tzinfo | None) -> int:
    """Return which of two equal clock readings is meant, where a zone puts its clocks back; 0 where it makes no difference."""
    return moment.fold if isinstance(zone, ZoneInfo) and moment.replace(fold=0).utcoffset() != moment.utcoffset() else 0


def _pinned(moment: datetime | time) -> tzinfo | None:
    zone = moment.tzinfo
    if zone is None or type(zone) is timezone:
        return zone
    if isinstance(zone, ZoneInfo) and zone.key:
        try:
            return zone_named(zone.key)
        except LookupError as cause:
            raise InvalidData("EF-D002", path="data", type=f"moment in the unknown zone {zone.key}") from cause
    offset = moment.utcoffset()
    if offset is None:
        raise InvalidData("EF-D002", path="data", type=f"moment with a {type(zone).__name__}")
    return timezone(offset)


ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return a zone of the tz database as the tzdata package has it, and not the machine: every machine gets the same.

    Raises:
        LookupError: there is no zone of that name.
    """
    if not ZONE_NAME.fullmatch(name):
        raise LookupError("zone")
    *folders, file = name.split("/")
    place = resources.files("tzdata.zoneinfo").joinpath(*folders, file)
    try:
        with place.open("rb") as data:
            return ZoneInfo.from_file(data, key=name)
    except (ValueError, OSError) as cause:
        raise LookupError("zone") from cause


def thaw(value: Value) -> Any:
    """Return plain, changeable Python data: dicts, lists; whole numbers as int, other numbers as Decimal."""
    if isinstance(value, Mapping):
        return {k: thaw(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [thaw(v) for v in value]
    if isinstance(value, Decimal) and value == value.to_integral_value() and value.adjusted() < DIGITS.prec:
        return int(value)
    return value


@lru_cache(maxsize=4096)  # equal numbers have one text
def number_text(number: Decimal) -> str:
    """Return the one canonical text of a number: no exponent where plain digits do, no trailing zeros, no minus zero."""
    if not number:
        return "0"
    number = number.normalize(DIGITS)
    if number.adjusted() < DIGITS.prec and number.as_tuple().exponent > -2 * DIGITS.prec:  # type: ignore[operator]
        return f"{number:f}"
    return str(number)


def duration_text(duration: timedelta) -> str:
    """Return a days-and-time duration as ISO 8601 text, `P1DT2H`, `PT0S`."""
    micro = duration // timedelta(microseconds=1)
    sign, micro = ("-", -micro) if micro < 0 else ("", micro)
    seconds, micro = divmod(micro, 1_000_000)
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    second = f"{seconds}.{micro:06d}".rstrip("0") if micro else str(seconds)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{second}S" if seconds or micro else "")
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{sign}P{text or 'T0S'}"


def encode(value: Value, *, sort: bool = False) -> bytes:
    """Return frozen data as canonical JSON: numbers in their one form, other types as `{"__date": …}`, UTF-8.

    The order of a context's entries is kept, unless `sort`.
    """
    return _text(value, sort).encode("utf-8")


def digest(value: Value) -> str:
    """Return the SHA-256 of the sorted canonical form, as hex: equal data has an equal digest."""
    return hashlib.sha256(encode(value, sort=True)).hexdigest()


def decode(data: bytes | str) -> Value:
    """Return the frozen data that `encode` wrote."""
    return json.loads(data, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=_object, cls=_TupleDecoder)


class _TupleDecoder(json.JSONDecoder):
    def decode(self, s: str, *args: Any) -> Any:
        return _tuples(super().decode(s, *args))


def _tuples(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_tuples(v) for v in value)
    if isinstance(value, Context):
        return Context({k: _tuples(v) for k, v in value.items()})
    return value


_TAGS = {"__date", "__time", "__datetime", "__days", "__months"}


def _object(pairs: list[tuple[str, Any]]) -> Any:
    if len(pairs) == 1 and pairs[0][0] in _TAGS:
        tag, text = pairs[0]
        return _untag(tag, text)
    return Context(pairs)


def _untag(tag: str, text: str) -> Value:
    if tag == "__date":
        return date.fromisoformat(text)
    if tag == "__months":
        return YearMonthDuration(int(text))
    if tag == "__days":
        return timedelta(microseconds=int(text))
    clock, _, zone = text.partition("@")
    name, _, fold = zone.partition("#")
    moment: datetime | time = datetime.fromisoformat(clock) if tag == "__datetime" else time.fromisoformat(clock)
    return moment.replace(tzinfo=zone_named(name), fold=int(fold or 0)) if zone else moment


def _text(value: Value, sort: bool) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, dict):
        items: Iterable[tuple[str, Value]] = sorted(value.items()) if sort else value.items()
        return "{" + ",".join([f"{encode_basestring(key)}:{_text(entry, sort)}" for key, entry in items]) + "}"
    if isinstance(value, tuple):
        return "[" + ",".join([_text(entry, sort) for entry in value]) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _tagged(value)


def _tagged(value: Value) -> str:
    if isinstance(value, datetime):
        return f'{{"__datetime":"{_clock_text(value)}"}}'
    if isinstance(value, date):
        return f'{{"__date":"{value.isoformat()}"}}'
    if isinstance(value, time):
        return f'{{"__time":"{_clock_text(value)}"}}'
    if isinstance(value, timedelta):
        return f'{{"__days":"{value // timedelta(microseconds=1)}"}}'
    if isinstance(value, YearMonthDuration):
        return f'{{"__months":"{value.months}"}}'
    raise TypeError(f"{type(value).__name__} is no frozen value; freeze() makes one")


def _clock_text(moment: datetime | time) -> str:
    zone = moment.tzinfo
    if isinstance(zone, ZoneInfo) and zone.key:
        return f"{moment.replace(tzinfo=None).isoformat()}@{zone.key}{'#1' if moment.fold else ''}"
    return moment.isoformat()
