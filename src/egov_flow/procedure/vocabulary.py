# SPDX-License-Identifier: Apache-2.0
"""The words of procedure.yaml and obligations.yaml: each key, what it means, and the value it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from egov_flow.errors import Place
from egov_flow.procedure.model import (
    DataRule,
    DeadlineRule,
    Extension,
    LegalBasis,
    Link,
    Measure,
    Milestone,
    Obligation,
    Role,
    Silenced,
    Trigger,
)
from egov_flow.procedure.shapes import Choice, Day, Field, Flag, ListOf, MapOf, Name, Record, Text, Texts, Whole, json_schema

__all__ = ["OBLIGATIONS", "OBLIGATION_KINDS", "PROCEDURE", "PROTECTIONS", "UNITS", "schema"]

UNITS = ("working days", "calendar days", "weeks", "months", "hours")
OBLIGATION_KINDS = ("exists", "before", "responds", "not_together", "not_same_person", "within", "only_if")
PROTECTIONS = ("personal", "searchable", "public")

_ID = Name(r"[a-z][a-z0-9_]{0,63}", "foi_request")
_ELEMENT = Name(r"[A-Za-z_][A-Za-z0-9_.\-]{0,199}", "Task_Decide")
_BASIS = Name(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,99}", "UU-14-2008-22")
_VERSION = Name(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,31}", "1")
_VARIABLE = Name(r"[A-Za-z_][A-Za-z0-9_]{0,99}", "decision")
_MEASURE = Name(r"[a-z][a-z0-9_.]{0,63}", "cycle_time.median")
_FILE = Name(r"forms/[A-Za-z0-9][A-Za-z0-9_.\-]{0,99}\.json", "forms/decision.json")
_BASES = Field(ListOf(_BASIS, single=True), "ids of `legal_basis` entries")
_TITLE = Field(Texts(200), "what people see; one text, or one per language")

_TRIGGER = Record(
    Trigger,
    {
        "element": Field(_ELEMENT, "id of a flow node; left out: the case itself"),
        "on": Field(Choice(("entered", "completed")), "which moment of it; `completed` if left out"),
    },
    bare="element",
    placed=False,
)
_TRIGGERS = ListOf(_TRIGGER, single=True)

_LEGAL_BASIS = Record(
    LegalBasis,
    {
        "title": Field(Text(500), "act and article"),
        "source": Field(Text(500), "where the text can be read"),
        "verified": Field(Flag(), "somebody compared it with the official text"),
        "note": Field(Text(), "what was compared, and what not"),
    },
    key="id",
)
_ROLE = Record(
    Role,
    {
        "title": _TITLE,
        "lanes": Field(ListOf(Text(200), single=True), "ids or names of its lanes; left out: the lane of the role's own id or title"),
        "is_applicant": Field(Flag(), "its tasks go to the one who started the case"),
    },
    key="id",
)
_LINK = Record(
    Link,
    {
        "form": Field(_FILE, "form of a human task, a message or the start"),
        "handler": Field(
            Name(r"[A-Za-z][A-Za-z0-9_.\-]{0,99}", "notify.applicant"), "handler of a service, send, business rule or script task"
        ),
        "role": Field(_ID, "who does a human task, instead of its lane's role"),
        "due": Field(Text(500), "FEEL duration until when the task should be done; for the task list, no law"),
        "condition": Field(Text(), "FEEL of a sequence flow that has none in the diagram"),
        "expires": Field(_ID, "the deadline whose expiry this timer event catches"),
        "message": Field(Text(200), "name of the message of an event or receive task that names none"),
    },
    key="element",
)
_EXTENSION = Record(
    Extension,
    {
        "amount": Field(Whole(), "by how much", required=True),
        "unit": Field(Choice(UNITS), "of the amount", required=True),
        "times": Field(Whole(1, 100), "how often; once if left out"),
        "reason_required": Field(Flag(), "a reason must be given; true if left out"),
        "legal_basis": Field(_BASIS, "id of a `legal_basis` entry"),
    },
    placed=False,
)
_DEADLINE = Record(
    DeadlineRule,
    {
        "amount": Field(Whole(), "how long", required=True),
        "unit": Field(Choice(UNITS), "of the amount; the day it starts is not counted", required=True),
        "title": _TITLE,
        "starts": Field(_TRIGGER, "when its clock begins; left out: at the start of the case"),
        "ends": Field(_TRIGGERS, "any of these meets it"),
        "stops": Field(_TRIGGERS, "from here its clock stands"),
        "resumes": Field(_TRIGGERS, "from here its clock goes on"),
        "extension": Field(_EXTENSION, "left out: it cannot be extended"),
        "on_expiry": Field(Name(r"[a-z][a-z0-9_]{0,63}", "escalate"), "what the law makes of silence"),
        "legal_basis": _BASES,
    },
    key="name",
)
_DATA = Record(
    DataRule,
    {"protection": Field(Choice(PROTECTIONS), "how the variable is stored", required=True), "title": _TITLE},
    bare="protection",
    key="name",
)
_MEASURE_RULE = Record(Measure, {"title": _TITLE, "target": Field(Text(200), "as people say it")}, key="name", bare="target")
_OBLIGATION = Record(
    Obligation,
    {
        "kind": Field(Choice(OBLIGATION_KINDS), "what is demanded", required=True),
        "elements": Field(ListOf(_ELEMENT, single=True), "ids of flow nodes, in the order that the kind means", required=True),
        "condition": Field(Text(), "FEEL, of `only_if`"),
        "within": Field(Text(100), "amount and unit, of `within`"),
        "why": Field(Text(), "in words", required=True),
        "legal_basis": Field(ListOf(_BASIS, single=True), "ids of `legal_basis` entries of procedure.yaml", required=True),
    },
    key="id",
)

_SILENCED = Record(
    Silenced,
    {
        "element": Field(
            Name(r"[A-Za-z_][A-Za-z0-9_.\-]{0,299}", "Gateway_Urgent"), "what the finding is about, as it names it", required=True
        ),
        "code": Field(Name(r"EF-C[0-9]{3}|[a-z][a-z0-9\-]{1,60}", "EF-C061"), "code or name of the rule", required=True),
        "reason": Field(Text(500), "why it is accepted", required=True),
    },
)


def _milestone(title: Mapping[str, str], place: Place, element: str = "", on: str = "completed") -> Milestone:
    return Milestone(trigger=Trigger(element, on), title=title, place=place)


_MILESTONE = Record(_milestone, {**_TRIGGER.fields, "title": Field(Texts(200), "what the applicant reads", required=True)})

PROCEDURE = Record(
    dict,
    {
        "procedure": Field(_ID, "its name in commands; the folder's name if left out"),
        "version": Field(_VERSION, "raise it with every change that is deployed; 1 if left out"),
        "process": Field(_ELEMENT, "id of the process that is executed, if the diagram holds several"),
        "title": _TITLE,
        "purpose": Field(Texts(), "why the procedure exists"),
        "outcome": Field(Texts(), "what the citizen has in the end"),
        "owner": Field(Text(200), "the office that answers for it"),
        "kind": Field(Choice(("reference", "as_is", "to_be")), "derived from law, observed, or proposed"),
        "legal_basis": Field(MapOf(_LEGAL_BASIS, _BASIS), "the provisions it rests on"),
        "roles": Field(MapOf(_ROLE, _ID), "who acts"),
        "links": Field(MapOf(_LINK, _ELEMENT), "what is added to elements of the diagram, by their ids"),
        "deadlines": Field(MapOf(_DEADLINE, _ID), "the dates that the law sets"),
        "data": Field(MapOf(_DATA, _VARIABLE), "how variables are protected; personal if not named here"),
        "fees": Field(Texts(), "what it costs, in words"),
        "measures": Field(MapOf(_MEASURE_RULE, _MEASURE), "what it is measured by"),
        "milestones": Field(ListOf(_MILESTONE), "moments that the applicant is told of"),
        "start_form": Field(_FILE, "form of the start"),
        "zone": Field(Name(r"[A-Za-z_]+(/[A-Za-z0-9_+\-]+){0,2}", "Asia/Jakarta"), "IANA zone of its deadlines; UTC if left out"),
        "calendar": Field(
            Name(r"[a-z][a-z0-9_\-]*(:\S{1,100})?", "holidays:ID"), "what counts as a working day; Monday to Friday if left out"
        ),
        "engine": Field(Choice(("kernel", "spiff")), "what runs it; kernel if left out"),
        "review_date": Field(Day(), "when somebody looks whether all this still holds"),
        "silenced": Field(ListOf(_SILENCED), "findings of rules that are accepted, each with a reason"),
    },
    placed=False,
)

OBLIGATIONS = Record(
    dict, {"obligations": Field(MapOf(_OBLIGATION, _ID), "what the law demands of every version", required=True)}, placed=False
)

_PUBLISHED = {
    "procedure": (PROCEDURE, "procedure.yaml of egov_flow"),
    "obligations": (OBLIGATIONS, "obligations.yaml of egov_flow"),
}


def schema(name: str = "procedure") -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of a YAML file: `procedure` or `obligations`. An editor completes and checks by it.

    Raises:
        KeyError: no schema of that name.
    """
    shape, title = _PUBLISHED[name]
    return json_schema(shape, title=title)
