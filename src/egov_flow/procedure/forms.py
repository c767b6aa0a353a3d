# SPDX-License-Identifier: Apache-2.0
"""Forms: JSON Schemas 2020-12, read strictly, so that they cannot reach outside themselves, run for ever or mean nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from egov_flow.errors import Finding, Place
from egov_flow.procedure.model import Form

__all__ = ["fields", "read_form"]

MAX_DEPTH = 30
SMALL, KEPT = 16 * 1024, 64
"""The findings of so many forms of at most so many bytes are kept for the next reading."""
_REFERENCE = re.compile(r"#/\$defs/([A-Za-z0-9_.\-]+)")
_DATA_WORDS = frozenset({"const", "enum", "default", "examples"})
"""Keywords whose values are data, not schemas."""
_NAME_MAPS = frozenset({"properties", "$defs", "dependentSchemas"})
"""Keywords whose values map free names to schemas."""
_BRANCHES = ("allOf", "anyOf", "oneOf")


def read_form(source: bytes, path: str, file: str) -> tuple[Form | None, tuple[Finding, ...]]:
    """Read a form.

    Args:
        source: the bytes, JSON in UTF-8.
        path: inside the procedure folder, `forms/decision.json`.
        file: as findings shall show it.
    """
    try:
        schema = _parsed(source)
    except json.JSONDecodeError as wrong:
        return None, (Finding.of("EF-P030", Place(file, wrong.lineno, wrong.colno), problem=wrong.msg),)
    except (ValueError, RecursionError) as wrong:  # not UTF-8, NaN, a key twice, nested without end
        return None, (Finding.of("EF-P030", Place(file), problem=str(wrong).partition("\n")[0] or type(wrong).__name__),)
    findings = _kept(source, file) if len(source) <= SMALL else tuple(_findings(schema, Place(file)))
    return (None, findings) if findings else (Form(path=path, schema=schema), ())


def _parsed(source: bytes) -> Any:
    return json.loads(source.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_object)


@lru_cache(maxsize=KEPT)
def _kept(source: bytes, file: str) -> tuple[Finding, ...]:
    """Return what is wrong with a small form, kept: a changed procedure is read again whole, and a form's check takes milliseconds."""
    return tuple(_findings(_parsed(source), Place(file)))


def fields(form: Form) -> tuple[str, ...]:
    """Return the names of the top-level fields that a form may fill, in the order it lists them."""
    names: dict[str, None] = {}
    for schema in _top(form.schema, form.schema):
        names.update(dict.fromkeys(schema.get("properties", {})))
    return tuple(names)


def _top(schema: Any, root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the schemas that speak of the same object as `schema` does. Reading has refused circles."""
    if not isinstance(schema, Mapping):
        return
    yield schema
    found = _REFERENCE.fullmatch(str(schema.get("$ref", "")))
    if found:
        yield from _top(root["$defs"][found[1]], root)
    for word in _BRANCHES:
        for branch in schema.get(word, ()):
            yield from _top(branch, root)
    for word in ("then", "else"):
        yield from _top(schema.get(word), root)
    for dependent in schema.get("dependentSchemas", {}).values():
        yield from _top(dependent, root)


def _constant(word: str) -> None:
    raise ValueError(word)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} stands twice in one object")
    return found


def _findings(schema: Any, place: Place) -> Iterator[Finding]:
    if not isinstance(schema, dict) or schema.get("type") != "object":
        yield Finding.of("EF-P031", place)
        return
    if _depth(schema) > MAX_DEPTH:
        yield Finding.of("EF-P030", place, problem=f"nested deeper than {MAX_DEPTH} levels")
        return
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as wrong:
        yield Finding.of("EF-P032", place, where="/".join(str(step) for step in wrong.absolute_path) or "#", rule=str(wrong.validator))
        return
    yield from _references(schema, place)
    yield from _patterns(schema, place)
    yield from (Finding.of("EF-P035", place, field=name[:60]) for name in schema.get("properties", {}) if name.startswith("__"))


def _references(schema: dict[str, Any], place: Place) -> Iterator[Finding]:
    definitions = schema.get("$defs", {})
    edges: dict[str, set[str]] = {}
    for owner, part in [("", {k: v for k, v in schema.items() if k != "$defs"}), *definitions.items()]:
        edges[owner] = set()
        for inner in _schemas(part):
            for word in ("$ref", "$dynamicRef", "$id", "$anchor", "$dynamicAnchor"):
                if word not in inner or (word == "$id" and inner is part and owner == ""):
                    continue
                found = _REFERENCE.fullmatch(str(inner[word])) if word == "$ref" else None
                if found is None or found[1] not in definitions:
                    yield Finding.of("EF-P033", place, word=word, reference=str(inner[word])[:80])
                else:
                    edges[owner].add(found[1])
    if _is_circular(edges):
        yield Finding.of("EF-P034", place)


def _is_circular(edges: dict[str, set[str]]) -> bool:
    """Whether definitions refer to each other in a circle: what remains when those that refer to nothing are taken away, again and again."""
    left = dict(edges)
    while True:
        free = [name for name, targets in left.items() if not targets & left.keys()]
        if not free:
            return bool(left)
        for name in free:
            del left[name]


def _patterns(schema: dict[str, Any], place: Place) -> Iterator[Finding]:
    import re2

    options = re2.Options()
    options.log_errors = False
    for inner in _schemas(schema):
        if "patternProperties" in inner:
            yield Finding.of("EF-P037", place)
        try:
            re2.compile(inner.get("pattern", ""), options)
        except re2.error:
            yield Finding.of("EF-P036", place, pattern=inner["pattern"][:80])


def _schemas(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield a schema and every schema inside it."""
    stack = [schema]
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack.extend(reversed(part))
        if not isinstance(part, dict):
            continue
        yield part
        for word, value in part.items():
            if word in _NAME_MAPS and isinstance(value, dict):
                stack.extend(value.values())
            elif word not in _DATA_WORDS:
                stack.append(value)


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        inner = [v for v in level if isinstance(v, dict | list)]
        level = [v for part in inner for v in (part.values() if isinstance(part, dict) else part)]
        depth += 1
    return depth
