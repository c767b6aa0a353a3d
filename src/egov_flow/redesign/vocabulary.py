# SPDX-License-Identifier: Apache-2.0
"""The words of a redesign file: each key, what it means, and the value it becomes."""

from __future__ import annotations

from typing import Any

import attrs

from egov_flow.errors import Finding, Place
from egov_flow.procedure import Entry, Trigger
from egov_flow.procedure.shapes import Choice, Field, ListOf, Name, Record, Shape, Text, Whole, json_schema
from egov_flow.procedure.vocabulary import UNITS
from egov_flow.redesign.model import Base, Parallelise, Remove, SetDeadline, Target

__all__ = ["OPERATIONS", "REDESIGN", "RawChange", "schema"]

_ID = Name(r"[a-z][a-z0-9_]{0,63}", "fast_track")
_VERSION = Name(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,31}", "2")
_HASH = Name(r"[0-9a-f]{12,64}", "9f0c5b1e77aa")
_BASES = Field(
    ListOf(Name(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,99}", "UU-14-2008-22"), single=True), "ids of `legal_basis` entries of procedure.yaml"
)
_STEPS = ListOf(Text(200), single=True)


@attrs.frozen
class RawChange:
    """A change as it stands in the file, with whichever operations it names."""

    because: str
    place: Place
    legal_basis: tuple[str, ...] = ()
    remove: Remove | None = None
    parallelise: Parallelise | None = None
    deadline: SetDeadline | None = None


@attrs.frozen
class Steps:
    """A list of steps, or a mapping that says more about them."""

    record: Record

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the operation."""
        if entry.kind == "map":
            return self.record.read(entry, path, findings)
        whole = Entry("map", entry.place, pairs=((Entry("text", entry.place, "steps"), entry),))
        return self.record.read(whole, path, findings)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"anyOf": [_STEPS.schema(), self.record.schema()]}


def _steps(make: type, vouched: str) -> Shape:
    fields = {"steps": Field(_STEPS, "ids or unique names of activities", required=True), "vouched": Field(_STEPS, vouched)}
    return Steps(Record(make, fields))


_TRIGGER = Record(
    Trigger,
    {
        "element": Field(Name(r"[A-Za-z_][A-Za-z0-9_.\-]{0,199}", "Task_Decide"), "id of a flow node; left out: the case itself"),
        "on": Field(Choice(("entered", "completed")), "which moment of it; `completed` if left out"),
    },
    bare="element",
    placed=False,
)
_DEADLINE = Record(
    SetDeadline,
    {
        "name": Field(_ID, "of the deadline in procedure.yaml; a new name adds one", required=True),
        "amount": Field(Whole(), "how long; never more than before"),
        "unit": Field(Choice(UNITS), "of the amount"),
        "on_expiry": Field(_ID, "what follows when it passes"),
        "starts": Field(_TRIGGER, "when the clock of a new deadline begins; left out: at the start of the case"),
        "ends": Field(ListOf(_TRIGGER, single=True), "any of these meets a new deadline"),
    },
)
OPERATIONS: dict[str, Field] = {
    "remove": Field(_steps(Remove, "steps of which you answer that nobody needs what they write"), "take out steps"),
    "parallelise": Field(_steps(Parallelise, "steps of which you answer that they share no data"), "do consecutive steps at the same time"),
    "deadline": Field(_DEADLINE, "shorten a deadline, say what follows from its expiry, or add one"),
}
_CHANGE = Record(RawChange, {**OPERATIONS, "because": Field(Text(), "the reason, in words", required=True), "legal_basis": _BASES})
_BASE = Record(
    Base,
    {
        "procedure": Field(_ID, "id of the procedure", required=True),
        "version": Field(_VERSION, "its version", required=True),
        "sha256": Field(_HASH, "its hash, at least 12 digits of it", required=True),
    },
)
_TARGET = Record(
    Target,
    {
        "measure": Field(Name(r"[a-z][a-z0-9_.]{0,63}", "cycle_time.median"), "a measure of procedure.yaml", required=True),
        "at_most": Field(Text(200), "as people say it"),
        "at_least": Field(Text(200), "as people say it"),
    },
)
REDESIGN = Record(
    dict,
    {
        "redesign": Field(_ID, "its name", required=True),
        "of": Field(_BASE, "the version it starts from; another one is refused", required=True),
        "to": Field(_VERSION, "the version it makes", required=True),
        "why": Field(Text(), "the reason, in words", required=True),
        "legal_basis": _BASES,
        "targets": Field(ListOf(_TARGET), "what it is meant to reach"),
        "changes": Field(ListOf(_CHANGE), "its operations, made one after the other", required=True),
    },
    placed=False,
)


def schema() -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of a redesign file; an editor completes and checks by it."""
    return json_schema(REDESIGN, title="a redesign of egov_flow")
