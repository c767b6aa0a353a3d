# SPDX-License-Identifier: Apache-2.0
"""Compensation and transactions (BPMN 2.0.2 §10.7, §13.5.5): what is kept of what was done; the traces are corner cases."""

import pytest

from egov_flow.errors import ConflictError

UNDO = "boundary c | on a | xml <compensateEventDefinition/>\nuser u | isForCompensation true\nc ~ u\n"
THROW = "throw t | xml <compensateEventDefinition/>\n"
PLAIN = f"start s\nuser a\n{UNDO}user b\n{THROW}user n\ns > a\na > b\nb > t\nt > n"
SNAPSHOT = f"""start s
sub p {{
    dataObject d | name d
    start i
    script w | is {{d: "as it was"}}
    subProcess e | triggeredByEvent true {{
        start c | xml <compensateEventDefinition/>
        script h | is {{seen: d}}
        c > h
    }}
    i > w
}}
{THROW}user n
s > p
p > t
t > n"""


def test_without_compensation_in_sight_nothing_is_kept(drawn):
    story = drawn("start s\nuser a\nuser b\ns > a\na > b").start().complete("a")

    assert story.state.scopes[1].records == ()


def test_what_was_done_is_kept_until_it_is_compensated(drawn):
    story = drawn(PLAIN).start().complete("a")
    assert [r.node for r in story.state.scopes[1].records] == [story.program.index["a"]]

    story.complete("b")
    assert story.waiting == ["u"]
    assert story.state.scopes[1].records == ()

    story.complete("u")
    assert story.waiting == ["n"]
    assert len(story.state.scopes) == 1


def test_a_handler_sees_the_variables_that_its_sub_process_had_when_it_was_done(drawn):
    story = drawn(SNAPSHOT).start({"d": "of the case"})

    assert story.variables["seen"] == "as it was"
    assert story.waiting == ["n"]


def test_what_compensates_is_not_moved_but_may_be_skipped(drawn):
    story = drawn(PLAIN.replace("user u |", "service u | handler undo |")).start().complete("a").complete("b")
    with pytest.raises(ConflictError):
        story.do("move", story.token("u"), to="b")

    story.report("u", outcome="failure")
    assert story.incidents == [("u", "handler")]
    story.do("resolve", story.incident_token(), skip=True)
    assert story.waiting == ["n"]


def test_cancelling_the_case_ends_a_compensation_too(drawn):
    story = drawn(PLAIN).start().complete("a").complete("b").do("cancel")

    assert story.status == "cancelled"
    assert story.happened("withdrawn") == ["t", "u"]
