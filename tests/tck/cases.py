# SPDX-License-Identifier: Apache-2.0
"""The test cases of the DMN TCK: inputs and expected results as FEEL values, and when a value is the expected one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import attrs

from egov_flow import feel, xml
from egov_flow.data import Context, Value

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
TOLERANCE = Decimal("1e-8")
FEW_DIGITS = 8
READERS = {"date": "date", "time": "time", "dateTime": "date and time", "duration": "duration"}
SAME = feel.compile("a = b")


@attrs.frozen(kw_only=True)
class Result:
    """One expected result: `is_error` asks for null because of an error."""

    name: str
    expected: Value
    is_error: bool


@attrs.frozen(kw_only=True)
class Case:
    """One test case of a suite."""

    id: str
    inputs: dict[str, Value]
    results: tuple[Result, ...]
    is_service: bool

    @property
    def kind(self) -> str:
        """`value` if any result is one, else `null`, else `error`."""
        if any(r.expected is not None for r in self.results):
            return "value"
        return "error" if all(r.is_error for r in self.results) else "null"


def read(file: Path) -> tuple[str, tuple[Case, ...]]:
    """Read a file of test cases; return the name of its model and the cases."""
    root = xml.read(file.read_bytes(), file.name).root
    model = next(root.iterchildren("{*}modelName")).text.strip()
    return model, tuple(_case(element) for element in root.iterchildren("{*}testCase"))


def matches(value: Value, expected: Value) -> bool:
    """Say whether a value is the expected one: the same kind and exactly the same.

    Only an expected number written with eight or more decimals, a rounded irrational, is compared to 1e-8, as the TCK prescribes.
    """
    if type(value) is not type(expected):
        return False
    if isinstance(value, tuple):
        return len(value) == len(expected) and all(matches(v, e) for v, e in zip(value, expected, strict=True))
    if isinstance(value, Context):
        return value.keys() == expected.keys() and all(matches(v, expected[k]) for k, v in value.items())
    if isinstance(value, Decimal):
        rounded = -expected.as_tuple().exponent >= FEW_DIGITS
        return value == expected or (rounded and abs(value - expected) <= TOLERANCE)
    return value is expected or SAME({"a": value, "b": expected}) is True


def _case(element: xml.Element) -> Case:
    return Case(
        id=element.get("id", ""),
        inputs={node.get("name"): _value(node) for node in element.iterchildren("{*}inputNode")},
        results=tuple(_results(element)),
        is_service=element.get("type", "decision") != "decision",
    )


def _results(element: xml.Element) -> Iterator[Result]:
    for node in element.iterchildren("{*}resultNode"):
        expected = _value(next(node.iterchildren("{*}expected")))
        yield Result(name=node.get("name"), expected=expected, is_error=node.get("errorResult") == "true")


def _value(holder: xml.Element) -> Value:
    """Return the value inside a node: of a list, of components, or of one `value`."""
    listed = next(holder.iterchildren("{*}list"), None)
    if listed is not None:
        return None if listed.get(XSI + "nil") == "true" else tuple(_value(item) for item in listed.iterchildren("{*}item"))
    components = list(holder.iterchildren("{*}component"))
    if components:
        return Context({c.get("name"): _value(c) for c in components})
    value = next(holder.iterchildren("{*}value"), None)
    if value is None or value.get(XSI + "nil") == "true":
        return None
    return _simple(value.text or "", value.get(XSI + "type", "xsd:string").rpartition(":")[2])


def _simple(text: str, kind: str) -> Value:
    if kind in ("decimal", "double", "integer", "int", "float"):
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind in READERS:
        found = feel.compile(f"{READERS[kind]}(text)").within({"text": text.strip()}, feel.Run(feel.DEFAULT_LIMITS, None))
        assert found is not None, text
        return found
    return text
