# SPDX-License-Identifier: Apache-2.0
"""Data against a form: which fields are wrong and by which rule, never what they hold."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from egov_flow.data import Value, YearMonthDuration, duration_text
from egov_flow.procedure.forms import fields
from egov_flow.procedure.model import Form

__all__ = ["problems"]


def problems(form: Form, data: Mapping[str, Value]) -> tuple[str, ...]:
    """Check data against a form; unknown top-level fields are refused whatever the schema says.

    Args:
        form: as the procedure folder holds it.
        data: frozen; dates, times and durations count as their ISO 8601 texts.

    Returns:
        One line per problem, sorted: path of the field and the schema's keyword, `decision: enum`, `applicant.name: required`. Empty if all is well.
    """
    known = set(fields(form))
    lines = {f"{name}: unknown field" for name in data if name not in known}
    for error in _validator(form).iter_errors(_plain(data)):
        lines.update(_lines(error))
    return tuple(sorted(lines))


def _lines(error: Any) -> Iterator[str]:
    path = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path).lstrip(".")
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        yield from (f"{path}.{name}".lstrip(".") + ": required" for name in missing)
    elif error.validator == "additionalProperties" and not path:
        return  # said above, field by field
    else:
        bound = (
            error.validator_value
            if isinstance(error.validator_value, int | Decimal | str) and not isinstance(error.validator_value, bool)
            else ""
        )
        yield f"{path or 'data'}: {error.validator} {bound}".rstrip()


def _plain(value: Value) -> Any:
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_text(value)
    return str(value) if isinstance(value, YearMonthDuration) else value


@lru_cache(maxsize=512)
def _validator(form: Form) -> Any:
    import jsonschema
    import referencing

    base = jsonschema.Draft202012Validator
    types = base.TYPE_CHECKER.redefine("integer", _is_integer).redefine("number", _is_number)
    words = {"pattern": _pattern, "multipleOf": _multiple_of}
    checked: Any = jsonschema.validators.extend(base, words, type_checker=types)  # type: ignore[no-untyped-call]
    return checked(dict(form.schema), registry=referencing.Registry(), format_checker=_formats())


def _is_number(_: Any, value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_integer(_: Any, value: object) -> bool:
    return _is_number(_, value) and (isinstance(value, int) or value == value.to_integral_value())  # type: ignore[attr-defined]


def _pattern(_: Any, pattern: str, instance: object, _schema: Any) -> Iterator[Any]:
    import re2  # linear in the text, so that no pattern and no text together take for ever
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, str) and re2.search(pattern, instance) is None:
        yield ValidationError("pattern")


def _multiple_of(_: Any, factor: int | Decimal, instance: Any, _schema: Any) -> Iterator[Any]:
    from jsonschema.exceptions import ValidationError

    if _is_number(None, instance) and (Fraction(instance) / Fraction(factor)).denominator != 1:
        yield ValidationError("multipleOf")


@lru_cache(maxsize=1)
def _formats() -> Any:
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, read in (("date", datetime.date.fromisoformat), ("date-time", datetime.datetime.fromisoformat)):
        checker.checks(name, raises=ValueError)(_format(read, 10 if name == "date" else 0))
    checker.checks("email")(lambda text: not isinstance(text, str) or (0 < text.find("@") < len(text) - 1 and " " not in text))
    return checker


def _format(read: Any, length: int) -> Any:
    def reads(text: object) -> bool:
        if isinstance(text, str):
            if length and len(text) != length:
                return False
            read(text)
        return True

    return reads
