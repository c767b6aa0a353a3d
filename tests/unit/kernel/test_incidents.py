# SPDX-License-Identifier: Apache-2.0
"""Faults inside an accepted command park the token before the faulty element; nothing is lost, and every way out is shown."""

import pytest

from egov_flow import kernel
from egov_flow.errors import ConflictError, NotFound

CHOICE = "start s\nuser a\nxor g\nuser b\nuser c\ns > a\na > g\ng > b : x > 1\ng > c : x < 0"


@pytest.mark.parametrize(("x", "code"), [(None, "EF-K100"), ("text", "EF-K100"), (1, "EF-K102")])
def test_a_gateway_that_cannot_choose_parks_the_token(drawn, x, code):
    """A condition that yields null is an incident, not false. §13.4.2: an exception if no condition holds and there is no default."""
    story = drawn(CHOICE).start().complete("a", {"x": x})

    assert story.incidents == [("g", "condition")]
    (incident,) = story.last.incidents
    assert incident.cause.startswith(code)
    assert (incident.element, incident.ways_out, incident.since) == ("g", ("retry", "resolve", "move"), story.now)
    assert story.status == "running"


def test_a_condition_that_is_no_boolean_is_an_incident(drawn):
    story = drawn("start s\nxor g | default g_b\nuser a\nuser b\ns > g\ng > a : 1 + 1\ng > b").start()

    assert story.last.incidents[0].cause.startswith("EF-K101")


def test_it_ends_when_the_variables_are_corrected_and_it_is_tried_again(drawn):
    story = drawn(CHOICE).start().complete("a").do("correct", "", {"x": 2})
    story.do("retry", story.token("g"))

    assert story.waiting == ["b"]
    assert [(i.element, i.closed) for i in story.last.incidents] == [("g", story.now)]
    assert story.happened("resolved") == ["g"]


def test_trying_again_in_vain_leaves_it_open(drawn):
    story = drawn(CHOICE).start().complete("a")
    token = story.token("g")
    story.do("retry", token)

    assert (story.incidents, story.token("g")) == ([("g", "condition")], token)
    assert [i.closed for i in story.last.incidents] == [None]


def test_resolve_brings_the_variables_along(drawn):
    story = drawn(CHOICE).start().complete("a")

    assert story.do("resolve", story.token("g"), {"x": -1}).waiting == ["c"]


def test_an_officer_may_choose_the_flow(drawn):
    story = drawn(CHOICE).start().complete("a")
    with pytest.raises(NotFound, match="EF-K223"):
        story.do("resolve", story.token("g"), flow="a_g")

    assert story.do("resolve", story.token("g"), flow="g_c").waiting == ["c"]


def test_a_completed_activity_is_not_done_again_when_its_flows_cannot_be_chosen(drawn):
    story = drawn("start s\nuser a\nuser b\ns > a\na > b : x > 1").start().complete("a")
    assert (story.incidents, story.happened("completed")) == ([("a", "condition")], ["a"])

    story.do("retry", story.token("a"), {"x": 2})
    assert story.waiting == ["b"]
    assert story.happened("completed") == []


def test_a_join_that_fired_is_not_waited_for_again(drawn):
    """The split behind a join fails: trying again chooses the flows again and needs no new tokens at the join."""
    text = "start s\nand f\nuser a\nuser b\nor j\nuser c\nuser d\ns > f\nf > a\nf > b\na > j\nb > j\nj > c : x > 1\nj > d : x > 2"
    story = drawn(text).start().complete("a").complete("b")
    assert story.incidents == [("j", "condition")]

    assert story.do("retry", story.token("j"), {"x": 2}).waiting == ["c"]


def test_a_failed_script_changes_nothing_and_can_be_skipped(drawn):
    story = drawn("start s\nscript a | is x.y.z\nuser b\ns > a\na > b").start({"x": 1})
    assert story.last.incidents[0].cause.startswith("EF-K110")
    assert story.variables == {"x": 1}

    assert story.do("resolve", story.token("a"), skip=True).waiting == ["b"]


@pytest.mark.parametrize(
    ("arguments", "kind", "code"),
    [
        ({"outcome": "failure", "message": "secret"}, "handler", "EF-K107"),
        ({"outcome": "error", "code": "NO_RECORD"}, "uncaught error", "EF-K108"),
    ],
)
def test_a_failed_job_keeps_its_token_and_its_boundary(drawn, arguments, kind, code):
    text = "start s\nservice a | handler h\nboundary b | on a | timer P3D\nuser other\nend e\ns > a\na > e\nb > other"
    story = drawn(text).start()
    token = story.token("a")
    story.report("a", **arguments)
    assert (story.incidents, story.token("a")) == ([("a", kind)], token)
    assert story.last.incidents[0].cause.startswith(code)
    assert "secret" not in story.last.incidents[0].cause
    with pytest.raises(ConflictError, match="EF-K207"):
        story.report("a")

    again = story.do("retry", token)
    assert [(j.change, j.token) for j in again.last.jobs] == [("opened", token)]
    assert len(again.state.waits) == 1
    assert again.wait(days=3).waiting == ["other"]


def test_time_may_end_an_incident(drawn):
    text = "start s\nservice a | handler h\nboundary b | on a | timer P3D\nuser other\ns > a\nb > other"
    story = drawn(text).start().report("a", outcome="failure").wait(days=3)

    assert (story.incidents, story.waiting) == ([], ["other"])
    assert story.last.incidents[0].closed == story.now


def test_an_error_code_that_might_be_anything_is_not_shown(drawn):
    story = drawn("start s\nservice a | handler h\ns > a").start().report("a", outcome="error", code="Mr. Smith, born 1970")

    assert "Smith" not in story.last.incidents[0].cause


def test_an_unknown_outcome_is_refused(drawn):
    with pytest.raises(ConflictError, match="EF-K220"):
        drawn("start s\nservice a | handler h\ns > a").start().report("a", outcome="maybe")


def test_a_join_that_can_never_complete_is_an_incident(drawn):
    """§13.4.1 waits for ever; when nothing else is left in its scope, the case says so."""
    text = "start s\nxor g | default g_b\nuser a\nuser b\nand j\nuser c\ns > g\ng > a : x\ng > b\na > j\nb > j\nj > c"
    story = drawn(text).start({"x": True}).complete("a")
    assert story.incidents == [("j", "stuck")]

    assert story.do("resolve", story.token("j"), skip=True).waiting == ["c"]


def test_a_stuck_join_inside_a_subprocess_is_seen_while_other_work_goes_on(drawn):
    text = "start s\nuser other\nsub p {\nxor g | default g_b\nuser a\nuser b\nand j\ng > a : x\ng > b\na > j\nb > j\n}\ns > p\ns > other"
    story = drawn(text).start({"x": True}).complete("a")

    assert story.incidents == [("j", "stuck")]
    assert story.waiting == ["j", "other"]


def test_fuel_that_is_spent_parks_what_is_left_and_can_be_refilled(drawn):
    text = "start s\nscript c | is {i: i + 1}\nxor g | default g_m\nxor m\nend e\ns > m\nm > c\nc > g\ng > e : i >= 100\ng > m"
    story = drawn(text, limits=kernel.Limits(fuel=200)).start({"i": 0})
    (incident,) = story.last.incidents
    assert (incident.kind, incident.ways_out) == ("fuel", ("retry", "move"))
    assert 0 < story.variables["i"] < 100

    story.do("retry", story.token(incident.element))
    assert (story.status, story.variables["i"]) == ("completed", 100)


def test_ten_thousand_rounds_in_one_step_are_done_and_counted(drawn):
    text = "start s\nscript c | is {i: i + 1}\nxor g | default g_m\nxor m\nend e\ns > m\nm > c\nc > g\ng > e : i >= 10000\ng > m"
    story = drawn(text, limits=kernel.Limits(fuel=1_000_000)).start({"i": 0})

    assert (story.status, story.variables["i"]) == ("completed", 10_000)
    assert story.happened("entered").count("c") == 10_000


def test_a_loop_without_rest_never_stops_in_silence(drawn):
    story = drawn("start s\nxor m\ntask a\ns > m\nm > a\na > m", limits=kernel.Limits(fuel=1000)).start()

    assert (story.status, [k for _, k in story.incidents]) == ("running", ["fuel"])


def test_every_token_under_way_is_parked_when_fuel_is_spent(drawn):
    text = "start s\nand f\nuser a\nuser b\nuser c\ns > f\nf > a\nf > b\nf > c"

    assert drawn(text, limits=kernel.Limits(fuel=3)).start().waiting == ["a", "b", "c"]
