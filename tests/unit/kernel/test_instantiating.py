# SPDX-License-Identifier: Apache-2.0
"""Receive tasks and event-based gateways that begin a process (BPMN 2.0.2 §10.3.3, §10.6.6, §13.5.1)."""

import pytest
from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.errors import ConflictError, NotFound
from egov_flow.procedure import read_files

RECEIVE = "receive r | message M | instantiate true\nuser a\nr > a"
GATEWAY = "events g | instantiate true{}\ncatch c | message M\ncatch d | message N\nuser a\nuser b\ng > c\ng > d\nc > a\nd > b"
ALL = GATEWAY.format(" | eventGatewayType Parallel")


def test_a_receive_task_begins_the_case_with_what_the_message_brings(drawn):
    story = drawn(RECEIVE).start({"x": 1}, at="r")

    assert (story.waiting, story.variables["x"]) == (["a"], 1)
    assert story.happened("entered", "caught", "completed", "opened") == [
        "entered r", "caught r", "completed r", "entered a", "opened a",
    ]  # fmt: skip


def test_it_begins_by_nothing_else(drawn):
    with pytest.raises(ConflictError, match="EF-K209"):
        drawn(RECEIVE).start()
    with pytest.raises(NotFound, match="EF-K210"):
        drawn(RECEIVE).start(at="a")


def test_the_first_event_decides_and_the_others_are_never_awaited(drawn):
    story = drawn(GATEWAY.format("")).start(at="d")

    assert (story.waiting, story.state.waits) == (["b"], {})
    assert story.happened("left", "taken", "entered", "caught") == [
        "entered g", "left g", "taken g_d", "entered d", "caught d", "taken d_b", "entered b",
    ]  # fmt: skip


def test_all_events_of_a_parallel_one_must_come_before_the_case_is_finished(drawn):
    story = drawn(ALL).start(at="d")
    story.complete("b")
    assert (story.waiting, story.status) == (["c"], "running")

    story.send("M").complete("a")

    assert story.status == "completed"


def test_the_others_are_awaited_with_the_key_that_the_first_message_brings(story_of_xml):
    keyed = "events g | instantiate | kind Parallel\ncatch c | message M | key number\ncatch d | message N | key number\ng > c\ng > d"

    story = story_of_xml(bpmn(keyed)).start({"number": "7"}, at="c")

    assert [(w.name, w.key) for w in kernel.awaited(story.program, story.state)] == [("N", "7")]


def test_what_an_output_mapping_does_not_name_does_not_pass(story_of_xml):
    story = story_of_xml(bpmn("receive r | message M | instantiate | out y = x\nuser a\nr > a")).start({"x": 1, "z": 2}, at="r")

    assert dict(story.variables) == {"y": 1}


def test_a_fault_before_the_beginning_keeps_what_the_message_brought(drawn):
    esp = "\nsub e | triggeredByEvent true {\nstart t | timer pause\nuser h\nt > h\n}"
    story = drawn(RECEIVE + esp).start({"x": 1}, at="r")
    assert story.incidents == [("r", "timer")]

    story.do("retry", story.incident_token(), {"pause": "PT1H"})

    assert (story.waiting, story.variables["x"]) == (["a"], 1)
    assert [w.kind for w in kernel.awaited(story.program, story.state)] == ["timer"]


def test_what_the_message_brought_stays_when_the_fault_is_passed(drawn):
    esp = "\nsub e | triggeredByEvent true {\nstart t | timer pause\nuser h\nt > h\n}"
    story = drawn(RECEIVE + esp).start({"x": 1}, at="r")
    story.do("resolve", story.incident_token(), skip=True)

    assert (story.waiting, story.variables["x"]) == (["a"], 1)


def test_messages_that_begin_it_are_found_by_name_and_times_by_their_moment(drawn):
    program = drawn("events g | instantiate true\ncatch c | message M\ncatch d | timer PT1H\nuser a\ng > c\ng > d\nc > a\nd > a").program
    story = drawn(RECEIVE)

    assert kernel.begun_by(program, "M") == ("c",)
    assert [t.element for t in kernel.due_starts(program, story.now, story.now.replace(hour=12))] == ["d"]
    assert [kernel.awaits_more(p, e) for p, e in ((program, "c"), (story.program, "r"), (drawn(ALL).program, "c"))] == [False, False, True]


def test_such_a_process_is_not_called():
    called = bpmn("process Q {\nreceive r | message M | instantiate\nuser a\nr > a\n}\nstart s\ncall k | calls Q\ns > k")

    assert "EF-K017" in [f.code for f in kernel.refusals(read_files([("process.bpmn", called.encode())], "drawing"))]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("EF-K011", "start s\nuser u\ns > u\n" + GATEWAY.format("")),
        ("EF-K011", "user u\n" + GATEWAY.format("")),
        ("EF-K011", RECEIVE + "\nuser v\n" + GATEWAY.format("").replace("user a", "user q").replace("> a", "> q")),
        ("EF-K011", "start s\nsub p {\n" + GATEWAY.format("") + "\n}\ns > p"),
        ("EF-K012", "start s\ns > r\n" + RECEIVE),
        ("EF-K012", RECEIVE.replace("instantiate true", "instantiate true | xml <standardLoopCharacteristics loopMaximum='2'/>")),
    ],
    ids=[
        "a start event beside",
        "an element without incoming flow beside",
        "a receive task beside",
        "inside",
        "an incoming flow",
        "a loop",
    ],
)
def test_what_does_not_stand_at_the_beginning_is_refused(drawing, code, text):
    assert code in [f.code for f in kernel.refusals(drawing(text)) if f.severity == "error"]
