# SPDX-License-Identifier: Apache-2.0
"""What is known of a procedure's variables: from its forms, its declared data and its scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from egov_flow.data import freeze
from egov_flow.errors import FeelError, InvalidData
from egov_flow.feel import Domain, TypeRef, infer
from egov_flow.procedure import Procedure

__all__ = ["known_variables"]

_UNKNOWN = Domain()
_REFERENCE = re.compile(r"#/\$defs/(.+)")
_BRANCHES = ("allOf", "anyOf", "oneOf")
_UNDECIDED = frozenset([*_BRANCHES, "not", "if", "then", "else", "dependentSchemas", "unevaluatedProperties"])
_TYPES = {"number": "number", "integer": "number", "string": "string", "boolean": "boolean", "null": "Null"}
_DEEPEST = 12
Schema = Mapping[str, Any]


def known_variables(procedure: Procedure) -> dict[str, Domain]:
    """Return the variables that forms fill, data names and scripts make, each with what is known of its values in all of them."""
    known: dict[str, Domain] = {}
    for form in procedure.forms:
        for name, schema in _fields(form.schema, form.schema, 0):
            _learn(known, name, _domain(schema, form.schema, 0))
    for rule in procedure.data:
        known.setdefault(rule.name, _UNKNOWN)
    for name, domain in _written(procedure, dict(known)):
        _learn(known, name, domain)
    return known


def _learn(known: dict[str, Domain], name: str, domain: Domain) -> None:
    known[name] = known[name].joined(domain) if name in known else domain


def _fields(schema: Any, root: Schema, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield the fields of every schema that speaks of the whole form."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return
    yield from schema.get("properties", {}).items()
    if "$ref" in schema:
        yield from _fields(_target(schema, root), root, depth + 1)
    for word in _BRANCHES:
        for branch in schema.get(word, ()):
            yield from _fields(branch, root, depth + 1)
    for inner in (schema.get("then"), schema.get("else"), *schema.get("dependentSchemas", {}).values()):
        yield from _fields(inner, root, depth + 1)


def _target(schema: Schema, root: Schema) -> Any:
    found = _REFERENCE.fullmatch(str(schema["$ref"]))
    return root.get("$defs", {}).get(found[1]) if found else None


def _domain(schema: Any, root: Schema, depth: int) -> Domain:
    """Return what a field's schema tells; nothing where it decides between schemas. A formatted text may be kept as a date or as text."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST or _UNDECIDED & schema.keys():
        return _UNKNOWN
    if "$ref" in schema:
        return _domain(_target(schema, root), root, depth + 1)
    if "enum" in schema or "const" in schema:
        return _listed(schema.get("enum", [schema.get("const")]))
    kind = schema.get("type")
    if kind == "object":
        inner = {name: _domain(part, root, depth + 1) for name, part in schema.get("properties", {}).items()}
        return Domain(type=TypeRef("context"), entries=inner, is_closed=schema.get("additionalProperties") is False)
    if kind == "array":
        items = _domain(schema["items"], root, depth + 1) if "items" in schema and "prefixItems" not in schema else None
        return Domain(type=TypeRef("list"), items=items)
    if not isinstance(kind, str) or kind not in _TYPES or "format" in schema:
        return _UNKNOWN
    return _number(schema) if _TYPES[kind] == "number" else Domain(type=TypeRef(_TYPES[kind]))


def _listed(values: Any) -> Domain:
    try:
        found = [Domain.of(freeze(value)) for value in values]
    except InvalidData:
        return _UNKNOWN
    if not found or len({domain.type.name for domain in found}) > 1 or found[0].type.name in ("list", "context"):
        return _UNKNOWN
    return Domain(type=found[0].type, values=tuple(value for domain in found for value in domain.values))


def _number(schema: Schema) -> Domain:
    low, low_closed = _end(schema, "minimum", "exclusiveMinimum", max)
    high, high_closed = _end(schema, "maximum", "exclusiveMaximum", min)
    return Domain(
        type=TypeRef("number"),
        low=low,
        high=high,
        low_closed=low_closed,
        high_closed=high_closed,
        is_whole=schema["type"] == "integer",
    )


def _end(schema: Schema, closed: str, opened: str, stricter: Any) -> tuple[Decimal | None, bool]:
    ends = [
        (Decimal(str(schema[word])), word == closed) for word in (opened, closed) if isinstance(schema.get(word), int | float | Decimal)
    ]
    return stricter(ends, key=lambda end: end[0]) if ends else (None, True)


def _written(procedure: Procedure, known: Mapping[str, Domain]) -> Iterator[tuple[str, Domain]]:
    """Yield the variables that scripts and results of tasks make."""
    for node in procedure.model.nodes():
        result = node.vendor.result_variable
        script = node.activity.script if node.activity is not None else None
        if node.kind != "scriptTask" or script is None:
            if result:
                yield result, _UNKNOWN
            continue
        try:
            found = infer(script.text.strip(), known)
        except FeelError:
            found = _UNKNOWN  # the kernel tells what is wrong with it
        if result:
            yield result, found
        else:
            yield from found.entries.items()
