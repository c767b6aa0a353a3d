# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from egov_flow.bpmn.model import Definitions
from egov_flow.deadlines import WeekCalendar, follow
from egov_flow.procedure.model import DeadlineRule, LegalBasis, Procedure, Trigger
from egov_flow.values import Occurrence

ZONE = "Asia/Jakarta"
DECISION = DeadlineRule(
    name="decision",
    amount=10,
    unit="working days",
    ends=(Trigger("Decide"),),
    stops=(Trigger("Ask", "entered"),),
    resumes=(Trigger("Ask"),),
    legal_basis=("law",),
)
OBJECTION = DeadlineRule(name="objection", amount=30, unit="working days", starts=Trigger("Decide"))
PROCEDURE = Procedure(
    id="foi",
    model=Definitions(file="process.bpmn"),
    process_id="P",
    deadlines=(DECISION, OBJECTION),
    legal_basis=(LegalBasis(id="law", verified=True),),
)
STARTED = Occurrence("started", "P")


def at(day, hour=9):
    return datetime.fromisoformat(f"2026-{day}").replace(hour=hour, tzinfo=ZoneInfo(ZONE))


def after(*steps, procedure=PROCEDURE):
    """Return all deadlines after steps of (day, occurrence …)."""
    known = {}
    for day, *occurrences in steps:
        changed = follow(
            procedure.deadlines,
            tuple(known.values()),
            tuple(occurrences),
            case="c1",
            now=at(day),
            calendar=WeekCalendar(),
            zone=ZONE,
            procedure=procedure,
        )
        known |= {deadline.name: deadline for deadline in changed}
    return known


def test_a_deadline_opens_with_the_case_by_default():
    known = after(("01-05", STARTED))

    assert list(known) == ["decision"]
    assert (known["decision"].due, known["decision"].verified, known["decision"].legal_basis) == (at("01-20", 0), True, "law")


def test_one_unverified_basis_makes_a_deadline_unverified():
    rule = DeadlineRule(name="decision", amount=1, unit="weeks", legal_basis=("law", "guess"))
    procedure = Procedure(id="foi", model=Definitions(file=""), process_id="P", deadlines=(rule,), legal_basis=PROCEDURE.legal_basis)

    assert after(("01-05", STARTED), procedure=procedure)["decision"].verified is False


def test_its_end_meets_it_and_opens_the_next():
    known = after(("01-05", STARTED), ("01-09", Occurrence("completed", "Decide", 4)))

    assert (known["decision"].status, known["decision"].ended) == ("met", at("01-09"))
    assert known["objection"].status == "running"


def test_only_what_changed_is_returned():
    known = after(("01-05", STARTED))
    changed = follow(
        PROCEDURE.deadlines,
        tuple(known.values()),
        (Occurrence("entered", "Check", 2),),
        case="c1",
        now=at("01-06"),
        calendar=WeekCalendar(),
        zone=ZONE,
        procedure=PROCEDURE,
    )

    assert changed == ()


def test_the_clock_stands_between_question_and_answer():
    asked = after(("01-05", STARTED), ("01-07", Occurrence("entered", "Ask", 3)))
    answered = after(("01-05", STARTED), ("01-07", Occurrence("entered", "Ask", 3)), ("01-13", Occurrence("completed", "Ask", 3)))

    assert asked["decision"].status == "stopped"
    assert (answered["decision"].status, answered["decision"].due) == ("running", at("01-24", 0))


def test_a_trigger_that_comes_again_does_not_restart_a_running_clock():
    assert after(("01-05", STARTED), ("01-08", STARTED))["decision"].opened == at("01-05")


def test_an_ended_deadline_opens_anew():
    again = Occurrence("completed", "Decide", 9)
    objections = after(("01-05", Occurrence("completed", "Decide", 4)), ("01-06", Occurrence("completed", "P")), ("01-07", again))

    assert (objections["objection"].status, objections["objection"].opened) == ("running", at("01-07"))


@pytest.mark.parametrize(
    ("kind", "decision", "objection"),
    [("completed", "withdrawn", "met"), ("cancelled", "withdrawn", "withdrawn"), ("failed", "withdrawn", "withdrawn")],
)
def test_the_end_of_the_case_ends_its_deadlines(kind, decision, objection):
    rules = (DECISION, DeadlineRule(name="objection", amount=30, unit="working days"))
    procedure = Procedure(id="foi", model=Definitions(file=""), process_id="P", deadlines=rules)
    known = after(("01-05", STARTED), ("01-06", Occurrence(kind, "P")), procedure=procedure)

    assert (known["decision"].status, known["objection"].status) == (decision, objection)


def test_a_late_end_leaves_the_deadline_expired():
    known = after(("01-05", STARTED), ("02-02", Occurrence("completed", "Decide", 4)))

    assert (known["decision"].status, known["decision"].ended) == ("expired", at("02-02"))


def test_a_clock_cannot_be_stopped_after_its_end():
    known = after(("01-05", STARTED), ("02-02", Occurrence("entered", "Ask", 3)))

    assert (known["decision"].status, known["decision"].ended) == ("expired", None)
