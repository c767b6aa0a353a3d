# SPDX-License-Identifier: Apache-2.0
"""Scenarios: the story of one case, step by step in virtual time, with what shall be seen after each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs

from egov_flow import feel
from egov_flow.data import EMPTY, Context, YearMonthDuration
from egov_flow.errors import FeelError, Finding, Place
from egov_flow.procedure.entries import Entry, read_entries
from egov_flow.procedure.shapes import INVALID, Field, Flag, ListOf, MapOf, Name, Record, Shape, Text, json_schema, read_shape

__all__ = ["COMMAND_WORDS", "Expectation", "Person", "Scenario", "ScenarioStep", "read_scenario", "scenario_schema"]

COMMAND_WORDS: Mapping[str, str] = {
    "start": "id of the procedure that is started",
    "complete": "element whose open task is completed",
    "claim": "element whose open task is claimed",
    "release": "element whose open task is released",
    "send": "name of the message that is sent to the case",
    "extend": "deadline that is extended",
    "report": "element whose job is reported as done",
    "cancel": "`case`: the case is cancelled",
    "suspend": "`case`: the case is suspended",
    "resume": "`case`: the case goes on",
    "advance": "ISO 8601 duration by which the clock is advanced; what is due on the way runs",
    "at": "date and time to which the clock is advanced; what is due on the way runs",
}
"""What a step may do: a step has exactly one of these keys."""


@attrs.frozen
class Person:
    """Somebody who acts in a scenario: the name that steps use, and the actor behind it."""

    name: str
    id: str
    roles: tuple[str, ...] = ()
    office: str = ""


@attrs.frozen(kw_only=True)
class Expectation:
    """What shall be seen after a step; None or empty = not looked at.

    Attributes:
        status: of the case.
        waiting: ids of the elements where the case waits, in any order, each as often as it waits there.
        data: variables and their values; others are not looked at.
        deadlines: status by name; others are not looked at.
        ended: ids of end events that have been reached since the start, among others.
        refused: code of the error that the step must raise (`EF-W003`); then it changes nothing.
    """

    status: str = ""
    waiting: tuple[str, ...] | None = None
    data: Context = EMPTY
    deadlines: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    ended: tuple[str, ...] = ()
    refused: str = ""


@attrs.frozen(kw_only=True)
class ScenarioStep:
    """One step: a command by somebody, or time that passes.

    Attributes:
        command: one of `COMMAND_WORDS`.
        target: what it acts on, as `COMMAND_WORDS` says.
        by: name of a person of the scenario, or `system`.
        data: variables that come with it.
        reason: in words.
        optional: nothing happens if the version that runs has no such element.
        duration: of `advance`; `moment`: of `at`.
    """

    command: str
    target: str
    by: str = "system"
    data: Context = EMPTY
    reason: str = ""
    optional: bool = False
    duration: timedelta | None = None
    moment: datetime | None = None
    expect: Expectation = Expectation()
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Scenario:
    """A scenario file, read; `stores` is what data stores hold in the beginning, by their names."""

    name: str
    start: datetime
    steps: tuple[ScenarioStep, ...]
    title: str = ""
    people: tuple[Person, ...] = ()
    stores: Mapping[str, tuple[Context, ...]] = attrs.field(factory=dict, hash=False)


@attrs.frozen
class _Data:
    """A mapping of variables: texts, numbers, true and false, lists and mappings."""

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        if entry.kind != "map":
            findings.append(Finding.of("EF-P021", entry.place, element=path))
            return INVALID
        return _value(entry)

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}


@attrs.frozen
class _Moment:
    """A date and time with its offset, or an ISO 8601 duration of days and time."""

    is_duration: bool = False

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        try:
            value = feel.parse_duration(entry.text) if self.is_duration else datetime.fromisoformat(entry.text)
        except (FeelError, ValueError):
            value = None
        if value is None or isinstance(value, YearMonthDuration) or (isinstance(value, datetime) and value.tzinfo is None):
            findings.append(Finding.of("EF-P060" if self.is_duration else "EF-P061", entry.place, element=path))
            return INVALID
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["P3D" if self.is_duration else "2026-01-05T09:00+07:00"]}


_NAME = Name(r"[a-z][a-z0-9_]{0,63}", "siti")
_CODE = Name(r"EF-[A-Z][0-9]{3}", "EF-W003")
_NAMES = ListOf(Text(200))
_STATUS = Name(r"[a-z ]{1,40}", "running")


@attrs.frozen
class _ByName:
    """A mapping from free names to values of one shape."""

    shape: Shape

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        if entry.kind != "map":
            findings.append(Finding.of("EF-P021", entry.place, element=path))
            return INVALID
        read = {key.text: self.shape.read(value, f"{path}.{key.text}", findings) for key, value in entry.pairs}
        return {name: value for name, value in read.items() if value is not INVALID}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.shape.schema()}


_ROWS = ListOf(_Data())
_EXPECT = Record(
    Expectation,
    {
        "status": Field(_STATUS, "of the case"),
        "waiting": Field(_NAMES, "where the case waits, in any order"),
        "data": Field(_Data(), "variables; others are not looked at"),
        "deadlines": Field(_ByName(_STATUS), "status by name; others are not looked at"),
        "ended": Field(_NAMES, "end events reached so far, among others"),
        "refused": Field(_CODE, "code of the error the step must raise"),
    },
    placed=False,
)
_COMMANDS = {
    word: Field(_Moment(is_duration=word == "advance") if word in {"advance", "at"} else Text(200), about)
    for word, about in COMMAND_WORDS.items()
}
_STEP = Record(
    dict,
    {
        **_COMMANDS,
        "by": Field(_NAME, "a person of `actors`, or system"),
        "data": Field(_Data(), "variables that come with it"),
        "reason": Field(Text(), "in words"),
        "optional": Field(Flag(), "skipped where the version has no such element"),
        "expect": Field(_EXPECT, "what shall be seen after the step"),
    },
)
_PERSON = Record(
    Person, {"id": Field(Text(200), required=True), "roles": Field(_NAMES), "office": Field(Text(200))}, key="name", placed=False
)
_SCENARIO = Record(
    dict,
    {
        "scenario": Field(_NAME, "its name", required=True),
        "title": Field(Text(300), "what it shows"),
        "start": Field(_Moment(), "when the virtual clock begins", required=True),
        "actors": Field(MapOf(_PERSON, _NAME), "who acts"),
        "stores": Field(_ByName(_ROWS), "what the diagram's data stores hold in the beginning, by name; those left out hold nothing"),
        "steps": Field(ListOf(_STEP), "what happens", required=True),
    },
    placed=False,
)


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of a scenario file."""
    return json_schema(_SCENARIO, title="scenarios/*.yaml of egov_flow")


def read_scenario(source: bytes, file: str) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """Read a scenario file; None if it cannot be told.

    Args:
        source: its bytes.
        file: its name, as findings shall show it.
    """
    entry, found = read_entries(source, file)
    findings = list(found)
    if entry is None:
        if not findings:
            findings.append(Finding.of("EF-P047", Place(file)))
        return None, tuple(findings)
    said = read_shape(entry, _SCENARIO, findings)
    if said is INVALID:
        return None, tuple(findings)
    people = said.get("actors", ())
    known = {"system", *(person.name for person in people)}
    steps = tuple(step for raw in said["steps"] if (step := _step(raw, known, findings)) is not None)
    title, stores = said.get("title", ""), said.get("stores", {})
    return Scenario(name=said["scenario"], title=title, start=said["start"], people=people, stores=stores, steps=steps), tuple(findings)


def _step(raw: dict[str, Any], known: set[str], findings: list[Finding]) -> ScenarioStep | None:
    words = [word for word in COMMAND_WORDS if word in raw]
    if len(words) != 1:
        findings.append(Finding.of("EF-P062", raw["place"], known=", ".join(COMMAND_WORDS)))
        return None
    if raw.get("by", "system") not in known:
        findings.append(Finding.of("EF-P063", raw["place"], name=raw["by"], known=", ".join(sorted(known))))
    target = raw.pop(words[0])
    time = {"duration": target} if words[0] == "advance" else {"moment": target} if words[0] == "at" else {}
    return ScenarioStep(command=words[0], target="" if time else target, **time, **raw)


def _value(entry: Entry) -> Any:
    """Return the frozen value of an entry; its depth is bounded by the YAML reader."""
    if entry.kind == "map":
        return Context({key.text: _value(value) for key, value in entry.pairs})
    if entry.kind == "list":
        return tuple(_value(item) for item in entry.items)
    if entry.kind == "number":
        return Decimal(entry.text)
    if entry.kind == "flag":
        return entry.text.lower() == "true"
    return None if entry.kind == "null" else entry.text
